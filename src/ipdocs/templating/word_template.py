"""A view and an office's own Word template in, the Word file of one language out.

For offices whose whole layout is a Word file: `templates/KIND/template.docx` has Jinja tags as docxtpl reads them and
knows what the HTML template knows. `{{ document.title }}` gives the words, `{{r document.title.rich }}` the words with
their emphasis and links.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from jinja2 import TemplateError

from ipdocs.findings import Finding, IpdocsError, Location
from ipdocs.localisation.localised_document import LocalisedDocument, LocalisedRecord
from ipdocs.localisation.localised_text import Emphasised, Footnote, LineBreak, Linked, LocalisedText, Part, Piece, shown
from ipdocs.templating.template import MISTAKES, environment, mistake, names
from ipdocs.values.filters import CannotRender
from ipdocs.workspace import Workspace

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, RichText


def filled(view: LocalisedDocument, path: Path, workspace: Workspace) -> bytes:
    """Return an office's Word template with a view in it; a mistake in its tags is a finding that names the template."""
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        hint = "pip install 'ipdocs[word-templates]', or take the template away"
        raise IpdocsError([Finding("missing-library", "a Word template needs docxtpl", Location(path), hint)]) from error
    known = names(view)
    try:
        template = DocxTemplate(path)
        template.init_docx()
    except (BadZipFile, KeyError, ValueError) as error:
        raise IpdocsError(
            [Finding("bad-template", "this is no Word file", Location(path), "save it in Word as .docx")]
        ) from error
    try:
        template.render(
            known | {"document": _worded(known["document"], view, template)}, environment(workspace).overlay(), autoescape=True
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
    """LocalisedText for a Word template: themselves as text, and `rich` as runs of text."""

    rich: RichText

    def __new__(cls, text: str, rich: RichText) -> WordText:
        """Return text with its runs."""
        made = super().__new__(cls, text)
        made.rich = rich
        return made


def _worded(value: Any, view: LocalisedDocument, template: DocxTemplate) -> Any:
    """Return a localised value with its words as Word text."""
    match value:
        case LocalisedText():
            from docxtpl import RichText

            rich = RichText()
            _add(value.content, rich, view, template)
            return WordText(str(value), rich)
        case LocalisedRecord():
            return LocalisedRecord(**{name: _worded(one, view, template) for name, one in vars(value).items()})
        case list():
            return [_worded(one, view, template) for one in value]
        case _:
            return value


def _add(content: tuple[Part, ...], rich: RichText, view: LocalisedDocument, template: DocxTemplate, **look: Any) -> None:
    """Add parts to runs of text; Chinese emphasis is bold, never slanted, and a note stands in brackets where it is called."""
    for part in content:
        match part:
            case Piece():
                rich.add(shown(part), **look)
            case Emphasised():
                bold = part.strong or view.language.is_chinese
                _add(part.content, rich, view, template, **look | ({"bold": True} if bold else {"italic": True}))
            case Linked():
                _add(part.content, rich, view, template, **look, url_id=template.build_url_id(part.href))
            case Footnote():
                rich.add(" [", **look)
                _add(part.content, rich, view, template, **look)
                rich.add("]", **look)
            case LineBreak():
                rich.add("\n", **look)
