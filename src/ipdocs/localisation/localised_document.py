"""The model of a document in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.locale.catalogs import Catalog
from ipdocs.locale.language import Language
from ipdocs.model.text import Text
from ipdocs.values.types import Date, DateTime
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChosenText:
    """A text that a localised document uses.

    Attributes:
        original: the text in the source or a boilerplate section.
        text: the same text in the language of the document, possibly converted or translated.
        has_markup: whether markup in the text is interpreted.
    """

    original: Text
    text: str
    has_markup: bool = True


class LocalisedRecord(SimpleNamespace):
    """A record of the model in one language: the same fields, with localised texts and values."""


@dataclass(frozen=True, slots=True)
class LocalisedDocument:
    """A document in one language.

    Attributes:
        document: the fields of the model, with a LocalisedText for each text. `body` is a list of blocks, each with its kind
            and its place in the source. Values such as dates keep their types; templates render them with filters.
        catalog: the phrases of the templates in the language.
        issue_date: the date of issue, with the time if the source states one.
        texts: the texts of the document before expressions are rendered.
        folder: the folder to which the keys of `pictures` are relative.
        draft: whether missing texts are shown as gaps instead of being refused.
    """

    id: str
    kind: str
    language: Language
    value_context: ValueContext
    catalog: Catalog
    issue_date: Date | DateTime | None
    document: LocalisedRecord
    texts: tuple[ChosenText, ...]
    workspace: Workspace
    folder: Path
    pictures: Mapping[str, CleanPicture]
    draft: bool
