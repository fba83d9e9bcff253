"""A view: one language of a document, finished."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from ipdocs.locale.catalogs import Catalog
from ipdocs.locale.language import Language
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date, DateTime


class LocalisedRecord(SimpleNamespace):
    """A record of the model in one language: the same names, words where the model has texts by language."""


@dataclass(frozen=True, slots=True)
class LocalisedDocument:
    """One language of a document.

    `document` has the model's fields by their names: Words where the source
    has texts, typed values where it has values, the body as a list of blocks
    each with its kind and place. Templates render the values that stand alone
    through the filters of `setting`, their labels through `catalog`.
    """

    id: str
    kind: str
    language: Language
    setting: Setting
    catalog: Catalog
    dated: Date | DateTime | None
    document: LocalisedRecord
