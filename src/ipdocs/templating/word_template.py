"""Fill an office's own Word template with a localised document; the result is the Word file in one language.

Offices use this if their complete layout is a Word file. `templates/KIND/template.docx` has Jinja tags for docxtpl and the same
variables as HTML templates. `{{ document.title }}` gives the plain text, and `{{r document.title.rich }}` the text with emphasis
and links.
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
from ipdocs.localisation.localised_text import (
    Emphasised,
    Footnote,
    LineBreak,
    Linked,
    LocalisedText,
    Part,
    Shifted,
    TextPart,
    display_text,
)
from ipdocs.templating.sandbox import count_steps
from ipdocs.templating.template import EXPRESSION_ERRORS, environment, error_text, template_error_text, template_variables
from ipdocs.values.filters import CannotRender

if TYPE_CHECKING:
    from docxtpl import DocxTemplate, RichText


def fill_word_template(document: LocalisedDocument, path: Path) -> bytes:
    """Return the Word file of a document, made from an office's Word template.

    Args:
        document: the document.
        path: the path of the template.

    Raises:
        IpdocsError: a tag of the template has a mistake, or docxtpl is missing.
    """
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        hint = "run `pip install 'ipdocs[word-templates]'`, or remove the template"
        raise IpdocsError([Finding("missing-library", "a Word template needs docxtpl", Location(path), hint)]) from error
    variables = template_variables(document)
    try:
        template = DocxTemplate(path)
        template.docx = open_base_document(read_bytes(path, MAX_BYTES), path, has_tags=True)
    except UnsafeFile as error:
        raise error.to_ipdocs_error({}, "bad-template") from error
    try:
        with count_steps():
            template.render(
                variables | {"document": _with_word_texts(variables["document"], document, template)},
                environment(document.workspace).overlay(),
                autoescape=True,
            )
    except CannotRender as error:
        raise IpdocsError([Finding("bad-template", error.message, Location(path), error.hint)]) from error
    except TemplateError as error:
        raise IpdocsError(
            [
                Finding(
                    "bad-template",
                    template_error_text(error),
                    Location(path),
                    "correct the tag in Word",
                )
            ]
        ) from error
    except EXPRESSION_ERRORS as error:
        raise IpdocsError([Finding("bad-template", error_text(error), Location(path), "correct the tag in Word")]) from error
    result = io.BytesIO()
    template.save(result)
    return result.getvalue()


class WordText(str):
    """A text for Word templates: a plain string whose attribute `rich` has the formatted runs."""

    rich: RichText

    def __new__(cls, text: str, rich: RichText) -> WordText:
        """Return a plain string with the formatted runs `rich`."""
        self = super().__new__(cls, text)
        self.rich = rich
        return self


def _with_word_texts(value: Any, document: LocalisedDocument, template: DocxTemplate) -> Any:
    """Return a localised value with each text as a `WordText`."""
    match value:
        case LocalisedText():
            from docxtpl import RichText

            rich = RichText()
            _add_runs(value.content, rich, document, template)
            return WordText(str(value), rich)
        case LocalisedRecord():
            return LocalisedRecord(**{name: _with_word_texts(item, document, template) for name, item in vars(value).items()})
        case list():
            return [_with_word_texts(item, document, template) for item in value]
        case _:
            return value


def _add_runs(
    content: tuple[Part, ...], rich: RichText, document: LocalisedDocument, template: DocxTemplate, **formatting: Any
) -> None:
    """Add runs for the parts of a text. Chinese emphasis is bold instead of italic, and a footnote is put in brackets."""
    for part in content:
        match part:
            case TextPart():
                rich.add(display_text(part), **formatting)
            case Emphasised():
                bold = part.strong or document.language.is_east_asian
                _add_runs(part.content, rich, document, template, **formatting | ({"bold": True} if bold else {"italic": True}))
            case Shifted():
                _add_runs(part.content, rich, document, template, **formatting | {part.position: True})
            case Linked():
                _add_runs(part.content, rich, document, template, **formatting, url_id=template.build_url_id(part.href))
            case Footnote():
                rich.add(" [", **formatting)
                _add_runs(part.content, rich, document, template, **formatting)
                rich.add("]", **formatting)
            case LineBreak():
                rich.add("\n", **formatting)
