"""Count the words and characters of sources for a quotation: new, repeated, similar to texts of the memory, or translated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.locale.language import languages_by_tag
from ipdocs.localisation.localise import language_context
from ipdocs.pipeline.gates import refuse_disclosure
from ipdocs.source.open import open_source
from ipdocs.source.segment import Segment, segment
from ipdocs.source.template_text import template_source
from ipdocs.source.texts import TextPlace
from ipdocs.translation.job import NothingToTranslate, translation_job, with_displays, withheld_places
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.lookup import MatchedSegment
from ipdocs.translation.memory.segments import split_sentences
from ipdocs.translation.suggestions import suggest_translations

BANDS = ((100, "100 %"), (95, "95-99 %"), (85, "85-94 %"), (75, "75-84 %"), (50, "50-74 %"))
"""The lowest percentage and the name of each band of matches, the best first."""

CATEGORIES = (*(name for _, name in BANDS), "repeated", "new", "draft", "stale", "translated")
"""The categories of texts. Drafts, stale and translated texts have a translation; the others are to be translated."""

_TO_TRANSLATE = frozenset(CATEGORIES) - {"draft", "stale", "translated"}
_FACT = "\ufffc"
_EAST_ASIAN = (
    "\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3100-\u31ff\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef"
    "\U00020000-\U000323af"
)
_CHARACTER = re.compile(f"[{_EAST_ASIAN}]")
_WORD = re.compile(rf"[^\s\u2013\u2014{_EAST_ASIAN}]+")


@dataclass(frozen=True, slots=True)
class TextCount:
    """A number of sentences, their words, and their Chinese characters."""

    units: int = 0
    words: int = 0
    characters: int = 0

    def __add__(self, other: TextCount) -> TextCount:
        """Return the sum of two counts."""
        return TextCount(self.units + other.units, self.words + other.words, self.characters + other.characters)


@dataclass(frozen=True, slots=True)
class SourceCount:
    """The counts of a source, keyed by category, and its texts that are not open, which are not counted."""

    path: Path
    counts: dict[str, TextCount] = field(default_factory=dict)
    withheld: tuple[TextPlace, ...] = ()

    @property
    def total(self) -> TextCount:
        """The count of all texts."""
        return sum(self.counts.values(), TextCount())

    @property
    def to_translate(self) -> TextCount:
        """The count of the texts without a translation."""
        return sum((count for name, count in self.counts.items() if name in _TO_TRANSLATE), TextCount())

    def add(self, category: str, count: TextCount) -> None:
        """Add texts to a category."""
        self.counts[category] = self.counts.get(category, TextCount()) + count


def count_text(text: Segment) -> TextCount:
    """Return the words and characters of a text, as Word and LibreOffice count them.

    A word is a run of letters, digits and other signs between spaces or dashes: "co-operation" and "and/or" are one word. Each
    Chinese character and each full-width sign is a character. A fact is one word, whatever its value; other markup is nothing.
    """
    plain = "".join(
        part if isinstance(part, str) else _FACT if part.kind == "fact" else " " if part.kind == "break" else "" for part in text
    )
    return TextCount(1, len(_WORD.findall(plain)), len(_CHARACTER.findall(plain)))


def source_files(paths: Iterable[Path]) -> list[Path]:
    """Return the sources among files and in folders, without the state files beside them and the files of a workspace.

    A folder is searched for YAML files that state a kind of document.
    """
    files: list[Path] = []
    for path in paths:
        files += sorted(filter(_is_source, path.rglob("*.yaml"))) if path.is_dir() else [path]
    return list(dict.fromkeys(files))


def _is_source(path: Path) -> bool:
    if path.name.endswith(".state.yaml") or not path.is_file():
        return False
    with path.open("rb") as stream:
        return re.search(rb"^kind: *\S", stream.read(4096), re.MULTILINE) is not None


def count_sources(
    paths: Sequence[Path],
    to: str,
    *,
    cache: Path,
    source_language: str = "",
    on_progress: Callable[[str], None] = lambda step: None,
) -> list[SourceCount]:
    """Return the counts of sources, in which a sentence counts as new only once.

    Of several sources, those that are written only in the target language have no texts to count.

    Args:
        paths: the paths of the sources.
        to: the code of the target language.
        cache: the folder of the memory's index.
        source_language: the code of the language to translate from; by default the first language of each document.
        on_progress: called with the name of each step.

    Raises:
        NotReleasable: a document is restricted, or an open text reveals a withheld text.
        IpdocsError: a source or a language is not valid.
    """
    seen: set[str] = set()
    counts = []
    for path in paths:
        try:
            counts.append(_count_source(path, to, cache, source_language, seen, on_progress))
        except NothingToTranslate:
            if len(paths) == 1:
                raise
            counts.append(SourceCount(path))
    return counts


def _count_source(
    path: Path, to: str, cache: Path, source_language: str, seen: set[str], on_progress: Callable[[str], None]
) -> SourceCount:
    source = open_source(path, draft=True)
    refuse_disclosure(source, "its texts cannot be counted for a quotation")
    job = translation_job(source, to, source_language=source_language)
    original = languages_by_tag(source.workspace)[job.source_tag]
    value_context = language_context(source, original).value_context
    suggestions = suggest_translations(
        source, to, cache=cache, source_language=original.code, min_percent=BANDS[-1][0], on_progress=on_progress
    )
    missing = {text.place.name: text.segments for text in suggestions}
    result = SourceCount(path, withheld=tuple(withheld_places(source, to, source_language=source_language)))
    for unit in job.units:
        state = "" if unit.state == "initial" else unit.state if unit.state in ("draft", "stale") else "translated"
        for part in [MatchedSegment(with_displays(unit.source), None)] if state else missing[unit.name]:
            for sentence in split_sentences(AnalysedText(part.source, value_context, source.workspace)):
                text = template_source(sentence.content)
                result.add(state or _category(part, is_repeated=text in seen), count_text(segment(text)))
                seen.add(text)
    return result


def _category(part: MatchedSegment, *, is_repeated: bool) -> str:
    """Return the category of a sentence: a certain match, else a repetition, else a similar text or a new text.

    A term or label that is only similar is no help.
    """
    percent = part.match.percent if part.match and part.match.unit.origin in ("memory", "boilerplate") else 0
    if part.match and part.match.kind != "fuzzy":
        percent = part.match.percent
    if percent < BANDS[0][0] and is_repeated:
        return "repeated"
    return next((name for lowest, name in BANDS if percent >= lowest), "new")
