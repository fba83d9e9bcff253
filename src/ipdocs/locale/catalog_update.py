"""Extract phrases from templates and boilerplate, update the PO files, and convert phrases between the Chinese scripts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipdocs.files.placing import place_files
from ipdocs.files.reading import read_utf8
from ipdocs.files.yaml import read_yaml
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.locale.catalogs import CONVERSION_COMMENT, conversion_comment, is_converted, msgid, read_po, translated_forms
from ipdocs.locale.conversion.converter import Converter, converter
from ipdocs.locale.language import Language, languages
from ipdocs.workspace import Workspace, shipped_root

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog as Messages

COMMENT_TAG = "TRANSLATORS:"
"""The beginning of a template comment that is copied into the PO files."""
HEADER = '# Phrases of the templates and of the boilerplate; "ipdocs catalog" keeps this file up to date.'
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
"""The functions of gettext, with the positions of the context and the English texts in their arguments, as Babel needs them."""
ExtractedPhrase = tuple[int, Any, list[str], str | None]  # line, msgid or (singular, plural), comments, context


def extract(workspace: Workspace, now: datetime) -> Path:
    """Write the phrases of a workspace's templates and boilerplate to locales/phrases.pot, and return its path.

    A comment {# TRANSLATORS: … #} before a phrase is copied, too. If nothing has changed, the file keeps its dates.
    """
    root = workspace.root or shipped_root()
    path = root / "locales/phrases.pot"
    place_files(_changed_file(path, extract_messages(root), now))
    return path


def extract_messages(*roots: Path) -> Messages:
    """Return the messages in the templates and boilerplate of the given root folders, in the order of files and lines.

    If several folders have a file of the same name, only the file in the first of these folders is read.
    """
    messages = _empty_messages(None)
    files: dict[Path, Path] = {}
    for root in reversed(roots):
        for path in (*(root / "templates").rglob("*.html"), *(root / "templates/boilerplate").glob("*.yaml")):
            files[path.relative_to(root)] = path
    for name, path in sorted(files.items()):
        for line, identifier, comments, context in (
            _template_phrases(path) if path.suffix == ".html" else _boilerplate_phrases(path)
        ):
            messages.add(identifier, locations=[(name.as_posix(), line)], auto_comments=comments, context=context)
    return messages


def _template_phrases(path: Path) -> Iterator[ExtractedPhrase]:
    """Yield the phrases that a Jinja template translates.

    Raises:
        IpdocsError: the template cannot be parsed.
    """
    from babel.messages.extract import extract as babel_extract
    from jinja2 import TemplateSyntaxError

    options = {"newstyle_gettext": "true", "silent": "false", "trimmed": "true"}
    file = BytesIO(read_utf8(path).encode())
    try:
        phrases = list(babel_extract("jinja2.ext:babel_extract", file, KEYWORDS, [COMMENT_TAG], options, strip_comment_tags=True))
    except TemplateSyntaxError as error:
        message = f"the phrases of this template cannot be collected: {error.message}"
        raise IpdocsError([Finding("bad-template", message, Location(path, error.lineno), "correct this line")]) from error
    for line, identifier, comments, context in phrases:
        texts = tuple(map(msgid, identifier)) if isinstance(identifier, tuple) else msgid(identifier)
        yield line, texts, comments, context


def _boilerplate_phrases(path: Path) -> Iterator[ExtractedPhrase]:
    """Yield the English texts to translate in a boilerplate section.

    Texts that the section also has in another language are left out, as are blocks for one language only.
    """
    for line, text in _english_only_texts(read_yaml_with_lines(path)):
        yield line, msgid(text), ["Boilerplate: keep {{ … }} and Markdown as they are."], None


def read_yaml_with_lines(path: Path) -> Any:
    """Return the content of a YAML file with the line of every value, as ruamel.yaml provides it.

    Raises:
        IpdocsError: the file is not valid YAML.
    """
    from ruamel.yaml import YAML

    read_yaml(path)
    return YAML().load(read_utf8(path))


def _english_only_texts(node: Any) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each mapping that has English as its only language."""
    if isinstance(node, dict) and "only" not in node:
        for key, value in node.items():
            if key == "en" and isinstance(value, str) and set(node) == {"en"}:
                yield node.lc.key(key)[0] + 1, value  # type: ignore[attr-defined]
            else:
                yield from _english_only_texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _english_only_texts(value)


def update(workspace: Workspace, now: datetime) -> list[Path]:
    """Update every phrases.po of a workspace from its templates, and return the paths of the changed files.

    A phrase whose English changed keeps its translation, but is marked fuzzy and not used until a person checks it. Unused
    translations stay at the end of the file as comments. A language that only the workspace has also needs the phrases of the
    shipped templates.
    """
    root = workspace.root or shipped_root()
    own_phrases, all_phrases = extract_messages(root), extract_messages(*workspace.roots)
    changed: dict[Path, bytes] = {}
    for language in languages(workspace).values():
        path = _po_path(root, language)
        phrases = own_phrases if _po_path(shipped_root(), language).is_file() else all_phrases
        if not path.is_file() and (language.converted_from or language.code == "en" or not len(phrases)):
            continue
        messages = read_po(path) if path.is_file() else _empty_messages(language)
        _update_messages(messages, phrases, keep_changed=not language.converted_from)
        changed |= _changed_file(path, messages, now)
    place_files(changed)
    return list(changed)


def _update_messages(messages: Messages, phrases: Messages, keep_changed: bool) -> None:
    """Update the messages of a PO file from the extracted phrases; drop unused messages unless a person translated them.

    If `keep_changed` is true, a phrase whose English changed keeps its translation, which is marked fuzzy.
    """
    messages.update(phrases, no_fuzzy_matching=not keep_changed, keep_user_comments=True)
    for key, message in list(messages.obsolete.items()):
        if not any(translated_forms(message)) or is_converted(message):
            del messages.obsolete[key]


def derive(workspace: Workspace, now: datetime) -> list[Path]:
    """Convert the phrases of tc into sc and cn, mark them as converted, and return the paths of the changed files.

    Phrases that a person wrote, or changed after a conversion, stay as they are.
    """
    root = workspace.root or shipped_root()
    phrases, all_languages = extract_messages(root), languages(workspace)
    changed: dict[Path, bytes] = {}
    for language in all_languages.values():
        source = all_languages.get(language.converted_from or "")
        if source and _po_path(root, source).is_file():
            path = _po_path(root, language)
            messages = read_po(path) if path.is_file() else _empty_messages(language)
            _update_messages(messages, phrases, keep_changed=False)
            _convert_messages(
                read_po(_po_path(root, source)), messages, source.code, converter(source.code, language.code, workspace)
            )
            changed |= _changed_file(path, messages, now)
    place_files(changed)
    return list(changed)


def _convert_messages(source: Messages, target: Messages, source_code: str, converter: Converter) -> None:
    for message in target:
        original = source.get(_singular(message.id), message.context) if message.id else None
        is_written_by_person = any(translated_forms(message)) and not is_converted(message)
        if original is None or original.fuzzy or not all(translated_forms(original)) or is_written_by_person:
            continue
        converted = tuple(map(converter.convert, translated_forms(original)))
        comments = [comment for comment in message.user_comments if not CONVERSION_COMMENT.match(comment)]
        message.string = converted if message.pluralizable else converted[0]
        message.user_comments = [*comments, conversion_comment(source_code, converted)]


def _singular(identifier: Any) -> str:
    return identifier if isinstance(identifier, str) else str(identifier[0])


def _po_path(root: Path, language: Language) -> Path:
    return root / "locales" / language.tag / "phrases.po"


def _empty_messages(language: Language | None) -> Messages:
    """Return a collection without messages, for the PO file of a language, or for the POT file if the language is None."""
    from babel.messages.catalog import Catalog as Messages

    return Messages(
        locale=language.babel if language else None,
        header_comment=HEADER,
        project="ipdocs",
        version="1",
        msgid_bugs_address="none",
        last_translator="none",
        language_team="none",
        charset="utf-8",
        fuzzy=language is None,
    )


def _changed_file(path: Path, messages: Messages, now: datetime) -> dict[Path, bytes]:
    """Return the new content of a PO file, keyed by its path, or an empty mapping if only the dates in the file would change."""
    if path.is_file():
        existing = read_po(path)
        messages.creation_date, messages.revision_date = existing.creation_date, existing.revision_date
        if _po_bytes(messages) == path.read_bytes():
            return {}
    messages.creation_date = messages.revision_date = now
    return {path: _po_bytes(messages)}


def _po_bytes(messages: Messages) -> bytes:
    from babel.messages.pofile import write_po

    for message in messages:
        if "%(" not in str(message.id):  # Babel mistakes a per cent sign in running text for a placeholder
            message.flags.discard("python-format")
    out = BytesIO()
    write_po(out, messages, width=100, include_lineno=False)
    return out.getvalue()
