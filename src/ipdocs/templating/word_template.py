"""A localised document and an office's own Word template in, the Word file of one language out.

For offices whose whole layout is a Word file: `templates/KIND/template.docx` has Jinja tags as docxtpl reads them and
knows what the HTML template knows. `{{ document.title }}` gives the words, `{{r document.title.rich }}` the words with
their emphasis and links.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from ipdocs.files.ooxml.base_document import MAX_BYTES, open_base_document
from ipdocs.files.reading import UnsafeFile, read_bytes
from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.localisation.localised_text import Emphasised, Footnote, LineBreak, Linked, LocalisedText, Part, Piece, shown
from ipdocs.templating.sandbox import counted_steps
from ipdocs.templating.template import MISTAKES, environment, mistake, names
from ipdocs.values.filters import CannotRender

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, RichText


def filled(document: LocalisedDocument, path: Path) -> bytes:
    """Return an office's Word template filled in; a mistake in its tags is a finding that names the template."""
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        hint = "pip install 'ipdocs[word-templates]', or take the template away"
        raise IpdocsError([Finding("missing-library", "a Word template needs docxtpl", Location(path), hint)]) from error
    known = names(document)
    try:
        template = DocxTemplate(path)
        template.docx = open_base_document(read_bytes(path, MAX_BYTES), path, has_tags=True)
    except UnsafeFile as error:
        raise error.with_codes({}, "bad-template") from error
    try:
        with counted_steps():
            template.render(
                known | {"document": _worded(known["document"], document, template)},
                environment(document.workspace).overlay(),
                autoescape=True,
            )
    except CannotRender as error:
        raise IpdocsError([Finding("bad-template", error.message, Location(path), error.hint)]) from error
    except TemplateError as error:
        raise IpdocsError([Finding("bad-template", str(error.message), Location(path), "mend the tag in Word")]) from error
    except MISTAKES as error:
        raise IpdocsError([Finding("bad-template", mistake(error), Location(path), "mend the tag in Word")]) from error
    result = io.BytesIO()
    template.save(result)
    return result.getvalue()


class WordText(str):
    """Words for a Word template: as text, and `rich` as runs of text."""

    rich: RichText

    def __new__(cls, text: str, rich: RichText) -> WordText:
        """Return text with its runs."""
        made = super().__new__(cls, text)
        made.rich = rich
        return made


def _worded(value: Any, document: LocalisedDocument, template: DocxTemplate) -> Any:
    """Return a localised value with its words as Word text."""
    match value:
        case LocalisedText():
            from docxtpl import RichText

            rich = RichText()
            _add(value.content, rich, document, template)
            return WordText(str(value), rich)
        case LocalisedRecord():
            return LocalisedRecord(**{name: _worded(one, document, template) for name, one in vars(value).items()})
        case list():
            return [_worded(one, document, template) for one in value]
        case _:
            return value


def _add(content: tuple[Part, ...], rich: RichText, document: LocalisedDocument, template: DocxTemplate, **look: Any) -> None:
    """Add parts to runs of text; Chinese emphasis is bold, never slanted, and a note stands in brackets where it is called."""
    for part in content:
        match part:
            case Piece():
                rich.add(shown(part), **look)
            case Emphasised():
                bold = part.strong or document.language.is_chinese
                _add(part.content, rich, document, template, **look | ({"bold": True} if bold else {"italic": True}))
            case Linked():
                _add(part.content, rich, document, template, **look, url_id=template.build_url_id(part.href))
            case Footnote():
                rich.add(" [", **look)
                _add(part.content, rich, document, template, **look)
                rich.add("]", **look)
            case LineBreak():
                rich.add("\n", **look)
