"""Memories made of a few units, and questions to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from ipdocs.locale.language import languages
from ipdocs.locale.style import house_style
from ipdocs.source.expression import find_expressions
from ipdocs.source.template_text import Content, split_facts
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import Index, build_index
from ipdocs.translation.memory.lookup import Query
from ipdocs.translation.memory.segments import index_parts
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.setting import Setting
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace

ISSUED = Date(2018, 8, 22)


def setting_of(language: str, issued: Date | None = ISSUED, style: str = "gia") -> Setting:
    return Setting(languages(Workspace())[language], house_style(style, Workspace()), issued)


@pytest.fixture
def text() -> Callable[..., Content]:
    """Make content of a source's text, its expressions saying what is given for them in order."""

    def make(words: str, *said: str) -> Content:
        surfaces = iter(said)
        assert len(find_expressions(words)[0]) == len(said)
        return split_facts(words, lambda _: next(surfaces))

    return make


@pytest.fixture
def read() -> Callable[..., AnalysedText]:
    """Read a text in a language as of a day of issue."""

    def make(words: str | Content, language: str = "en", issued: Date | None = ISSUED, style: str = "gia") -> AnalysedText:
        said = (words,) if isinstance(words, str) else words
        return AnalysedText(said, setting_of(language, issued, style), Workspace())

    return make


@pytest.fixture
def memory(tmp_path: Path) -> Callable[..., Index]:
    """Make the index of a memory of units, each a mapping of languages to texts or a MemoryUnit."""
    opened: list[Index] = []

    def make(*units: MemoryUnit | Mapping[str, str | Content]) -> Index:
        made = [one if isinstance(one, MemoryUnit) else unit(one) for one in units]
        path = tmp_path / f"memory-{len(opened)}.sqlite"
        build_index(path, ((one, index_parts(one, Workspace())) for one in made), "test")
        opened.append(Index(path))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


def unit(texts: Mapping[str, str | Content], **about: object) -> MemoryUnit:
    contents = {short: (words,) if isinstance(words, str) else words for short, words in texts.items()}
    return MemoryUnit(**{"document": "a-release", "place": "lead", "texts": contents, "issued": ISSUED, "style": "gia"} | about)  # type: ignore[arg-type]


@pytest.fixture
def ask() -> Callable[..., Query]:
    """Make the query of a text in a language, to be translated into another."""

    def make(
        words: str | Content,
        language: str = "en",
        to: str = "tc",
        issued: Date | None = ISSUED,
        style: str = "gia",
        **options: object,
    ) -> Query:
        said = (words,) if isinstance(words, str) else words
        side = AnalysedText(said, setting_of(language, issued, style), Workspace())
        return Query(side, setting_of(to, issued, style), **options)  # type: ignore[arg-type]

    return make


def pairs() -> Sequence[Mapping[str, object]]:
    """Return the pairs that mislead a memory."""
    from ipdocs.files.yaml import read_yaml

    return read_yaml(Path(__file__).with_name("pairs.yaml"))  # type: ignore[no-any-return]
