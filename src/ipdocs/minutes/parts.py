"""The documents of a pack, and the pages kept in it for annexes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ipdocs.locale.language import Language
from ipdocs.localisation.language_context import fallback_chain
from ipdocs.minutes.annexes import A4, AnnexFile
from ipdocs.model.blocks import Action, Block, Decision
from ipdocs.model.meeting import Annex
from ipdocs.model.minutes import Minutes
from ipdocs.model.text import ByLanguage, Text
from ipdocs.templating.binding import AnnexPage


@dataclass(frozen=True, slots=True)
class Part:
    """A document of a pack: the name of its files, its template, and whether minutes have anything to say in it."""

    name: str
    template: str
    wanted: Callable[[Minutes], bool]


def _held(minutes: Minutes) -> bool:
    return minutes.attendance is not None


def _with(kind: type[Block]) -> Callable[[Minutes], bool]:
    return lambda minutes: _held(minutes) and any(isinstance(block, kind) for block in minutes.body)


PARTS = (
    Part("agenda", "notice-agenda.html", lambda minutes: True),
    Part("minutes", "document.html", _held),
    Part("decisions", "decisions.html", _with(Decision)),
    Part("actions", "actions.html", _with(Action)),
    Part("attendance", "attendance.html", _held),
)
"""The documents of a pack, in the order in which they are bound; before the meeting there is the agenda alone."""


def annex_names(annex: Annex, languages: Sequence[Language]) -> list[Text]:
    """Return the files of an annex for some languages: each language's own, the one there is, or none of a withheld annex."""
    if not isinstance(annex.file, ByLanguage):
        return [annex.file] if annex.file else []
    chosen = [annex.file.first_of(*fallback_chain(language)) for language in languages]
    return list(dict.fromkeys(found[1] for found in chosen if found)) or list(annex.file.values())[:1]


@dataclass(frozen=True, slots=True)
class Placed:
    """A page kept for an annex, and what is laid on it: the nth page of a file, or nothing."""

    page: AnnexPage
    label: str
    file: AnnexFile | None
    number: int


def annex_pages(minutes: Minutes, languages: Sequence[Language], files: Mapping[Text, AnnexFile]) -> list[Placed]:
    """Return the pages that the annexes take in an edition, in order; a withheld annex has a page that says so."""
    placed: list[Placed] = []
    for annex in minutes.annexes:
        found = [files[name] for name in annex_names(annex, languages)]
        sheets = [(file, number) for file in found for number in range(len(file.sizes))]
        count, label = max(len(sheets), 1), str(annex.label)
        for at, (file, number) in enumerate(sheets, 1):
            picture = file.name if file.picture else ""
            page = AnnexPage(str(annex.id), at, count, file.sizes[number], picture)
            placed.append(Placed(page, label, None if file.picture else file, number))
        if not sheets:
            placed.append(Placed(AnnexPage(str(annex.id), 1, 1, A4), label, None, 0))
    return placed
