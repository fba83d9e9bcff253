"""One language of a document, finished."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.locale.catalogs import Catalog
from ipdocs.locale.language import Language
from ipdocs.model.text import Text
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date, DateTime
from ipdocs.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChosenText:
    """A text as a language takes it: what stands in the source or a section, and the same converted or translated if it was.

    Markup is not read where has_markup is false: the text is shown as it stands.
    """

    original: Text
    text: str
    has_markup: bool = True


class LocalisedRecord(SimpleNamespace):
    """A record of the model in one language: the same names, words where the model has texts by language."""


@dataclass(frozen=True, slots=True)
class LocalisedDocument:
    """One language of a document.

    `document` has the model's fields by their names: LocalisedText where the source
    has texts, typed values where it has values, the body as a list of blocks
    each with its kind and place. Templates render the values that stand alone
    through the filters of `setting`, their labels through `catalog`.
    `texts` are the texts it was made of, before facts were put in. A draft shows
    gaps. Pictures have the names that their blocks give, seen from the folder.
    """

    id: str
    kind: str
    language: Language
    setting: Setting
    catalog: Catalog
    dated: Date | DateTime | None
    document: LocalisedRecord
    texts: tuple[ChosenText, ...]
    workspace: Workspace
    folder: Path
    pictures: Mapping[str, CleanPicture]
    draft: bool
