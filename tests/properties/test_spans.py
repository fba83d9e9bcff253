"""Spans cover exactly the markup: what is left when marks are taken out and atoms are replaced is the content of the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipdocs.model.inline import Anchor, BaselineShift, Break, Emphasis, Expression, Inline, NoteReference, Plain
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.open import open_source
from ipdocs.source.spans import MarkupSpan, find_spans
from ipdocs.source.texts import iter_texts

_ROOT = Path(__file__).parents[2]
_SOURCES = [
    *_ROOT.glob("fixtures/*/*.yaml"),
    _ROOT / "tests/everything/release.yaml",
    _ROOT / "tests/everything/minutes.yaml",
]
_MARKS = ("*", "**", "***", "^", "~", "[", "]", "(", ")", "](", "{keep}", "{lose}", "\\", "\\*", "\\[", "\n", "{{", "}}")
_WHOLE = (
    "{{ met | day }}",
    "{{ rise }}",
    "{{ x.y }}",
    "{{ 1 }}",
    "[^why]",
    "[a](https://example.org)",
    "[b]({{ site }})",
    "[c]{keep}",
)
_DRAFT = ("⟦", "⟧", "⟦draft: memory⟧", "⟦fuzzy 78 %⟧ ", "⟦to *write*⟧")
_PLAIN = (" ", "a", "字", "，", "𠮷", "\u202e", "\ufdd0", "#", "https:")
_PIECES = st.sampled_from(_MARKS + _WHOLE + _DRAFT + _PLAIN)
_MARKUP = st.lists(_PIECES, max_size=24).map("".join)
_Shown = tuple[str, tuple[str, ...]]


def _shown_by_content(content: tuple[Inline, ...], kinds: tuple[str, ...] = ()) -> Iterator[_Shown]:
    """Yield each character and atom of the content with the kinds of markup around it."""
    for node in content:
        match node:
            case Plain(text, verbatim):
                yield from ((character, (*kinds, *(["verbatim"] if verbatim else []))) for character in text)
            case Expression():
                yield f"{{{{{node.source[2:-2].strip()}}}}}", kinds
            case NoteReference():
                yield f"[^{node.name}]", kinds
            case Break():
                yield "\n", kinds
            case Emphasis():
                yield from _shown_by_content(node.content, (*kinds, "strong" if node.strong else "emphasis"))
            case BaselineShift():
                yield from _shown_by_content(node.content, (*kinds, node.position))
            case Anchor():
                yield from _shown_by_content(node.content, (*kinds, "link"))


def _atom(text: str, span: MarkupSpan) -> str:
    match span.kind:
        case "fact":
            assert span.expression is not None
            return f"{{{{{span.expression.source[2:-2].strip()}}}}}"
        case "note":
            return f"[^{span.name}]"
        case _:
            return "\n"


def _shown_by_spans(text: str, spans: tuple[MarkupSpan, ...]) -> Iterator[_Shown]:
    """Yield each character and atom that an editor shows, with the kinds of markup around it; draft marks count as words."""
    spans = tuple(span for span in spans if span.kind not in ("draft", "gap"))
    for position, character in enumerate(text):
        around = [span for span in spans if span.start <= position < span.end]
        kinds = tuple(span.kind for span in around if not span.is_atom and span.kind != "escape")
        atoms = [span for span in around if span.is_atom]
        if atoms:
            if atoms[0].start == position:
                yield _atom(text, atoms[0]), kinds
        elif all(span.inner_start <= position < span.inner_end for span in around):
            yield character, kinds


def _assert_exact(text: str) -> None:
    content, findings = parse_with_findings(Text(text))
    if not findings:
        assert list(_shown_by_spans(text, find_spans(text))) == list(_shown_by_content(content))


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_spans_of_every_text_are_exact(path: Path) -> None:
    if path.name.endswith(".state.yaml"):
        pytest.skip("a state file")
    for place in iter_texts(open_source(path, draft=True).document):
        for text in place.texts.values():
            _assert_exact(text)


@given(_MARKUP)
def test_spans_of_any_markup_are_exact(text: str) -> None:
    _assert_exact(text)


@given(_MARKUP)
def test_spans_of_any_text_lie_in_it(text: str) -> None:
    for span in find_spans(text):
        assert 0 <= span.start <= span.inner_start <= span.inner_end <= span.end <= len(text)
        assert span.start < span.end


@given(_MARKUP)
def test_spans_are_nested_or_apart(text: str) -> None:
    spans = [span for span in find_spans(text) if span.kind != "gap"]
    for first in spans:
        for second in spans:
            is_apart = first.end <= second.start or second.end <= first.start
            is_inside = first.inner_start <= second.start and second.end <= first.inner_end
            is_around = second.inner_start <= first.start and first.end <= second.inner_end
            assert first is second or is_apart or is_inside or is_around, (first, second)
