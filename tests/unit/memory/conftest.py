"""Memories of a few units, and queries to them."""

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
from ipdocs.translation.memory.match import Query
from ipdocs.translation.memory.segments import index_parts
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

ISSUED = Date(2018, 8, 22)


def setting_of(language: str, issued: Date | None = ISSUED, style: str = "gia") -> ValueContext:
    return ValueContext(languages(Workspace())[language], house_style(style, Workspace()), issued)


@pytest.fixture
def text() -> Callable[..., Content]:
    """Make the content of a text with expressions, which are rendered as the further arguments in their order."""

    def make(words: str, *surfaces: str) -> Content:
        remaining = iter(surfaces)
        assert len(find_expressions(words)[0]) == len(surfaces)
        return split_facts(words, lambda *_: next(remaining))

    return make


@pytest.fixture
def read() -> Callable[..., AnalysedText]:
    """Analyse a text in a language for a day of issue."""

    def make(words: str | Content, language: str = "en", issued: Date | None = ISSUED, style: str = "gia") -> AnalysedText:
        content = (words,) if isinstance(words, str) else words
        return AnalysedText(content, setting_of(language, issued, style), Workspace())

    return make


@pytest.fixture
def memory(tmp_path: Path) -> Callable[..., Index]:
    """Make the index of a memory of units, each a mapping of languages to texts or a MemoryUnit."""
    opened: list[Index] = []

    def make(*units: MemoryUnit | Mapping[str, str | Content]) -> Index:
        memory_units = [item if isinstance(item, MemoryUnit) else unit(item) for item in units]
        path = tmp_path / f"memory-{len(opened)}.sqlite"
        build_index(path, ((item, index_parts(item, Workspace())) for item in memory_units), "test")
        opened.append(Index(path))
        return opened[-1]

    yield make
    for index in opened:
        index.close()


def unit(texts: Mapping[str, str | Content], **about: object) -> MemoryUnit:
    contents = {code: (text,) if isinstance(text, str) else text for code, text in texts.items()}
    return MemoryUnit(**{"document": "a-release", "place": "lead", "texts": contents, "issued": ISSUED, "style": "gia"} | about)  # type: ignore[arg-type]


@pytest.fixture
def ask() -> Callable[..., Query]:
    """Make the query for the translation of a text from one language into another."""

    def make(
        words: str | Content,
        language: str = "en",
        to: str = "tc",
        issued: Date | None = ISSUED,
        style: str = "gia",
        **options: object,
    ) -> Query:
        content = (words,) if isinstance(words, str) else words
        source = AnalysedText(content, setting_of(language, issued, style), Workspace())
        return Query(source, setting_of(to, issued, style), **options)  # type: ignore[arg-type]

    return make


def pairs() -> Sequence[Mapping[str, object]]:
    """Return the pairs that could mislead a memory."""
    from ipdocs.files.yaml import read_yaml

    return read_yaml(Path(__file__).with_name("pairs.yaml"))  # type: ignore[no-any-return]
