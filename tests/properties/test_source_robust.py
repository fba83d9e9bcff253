"""Any source is a document or has findings, and never raises another error; edits change only their ranges."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ipdocs.findings import IpdocsError
from ipdocs.model.inline import Anchor, BaselineShift, Emphasis, Expression, Inline, NoteReference, Plain
from ipdocs.model.text import Text
from ipdocs.source.edits import Edit, splice
from ipdocs.source.file import SourceText, read_text
from ipdocs.source.format import format_text
from ipdocs.source.inline import parse_inline, parse_with_findings
from ipdocs.source.open import open_source
from ipdocs.source.segment import Code, join_words, shift_code, to_source_text
from ipdocs.source.yaml import parse_nodes
from ipdocs.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path.read_text("utf-8") for path in sorted(ROOT.glob("fixtures/*/release.yaml"))]
SOURCES += [(ROOT / "templates/_starters/press-release.yaml").read_text("utf-8")]
MARKS = "* ** *** ^ ~ ^2^ ~2~ [ ] ( ) ]( { } {{ }} {% {# #} \\ 字 「 word https://example.org #id [^note] {keep} ' \" | - _ < &"
MARKUP = st.lists(
    st.sampled_from([*MARKS.split(" "), " ", "\u3000", "\n", "{{ met | day }}", "{{ a.b | c(1, d='e') }}"]), max_size=40
).map("".join)
SIGNS = ": - ? { } [ ] , # &a *a ! !!x | > |2 >- ' \" %YAML --- ... @ ` \\ \\U00110000 \\x1 a 中 <<"
BLANKS = ["\n", "\r\n", "\r", " ", "  ", "\t", ": ", "- ", " #", "\ufeff", "\x00", "\x85", "\u2028"]
YAML_PARTS = st.lists(st.sampled_from([*SIGNS.split(" "), *BLANKS]), max_size=60).map("".join)


@given(st.one_of(MARKUP, st.text()))
@example("*[a*](#x)")
@example("{{" * 100)
@example("[" * 3000)
@example("[" * 500 + "]" * 500)
@example("*a " * 3000)
@example("**a" * 2000)
@example("[a](" * 1000)
def test_any_text_is_parsed_or_has_findings_within_it(text: str) -> None:
    content, findings = parse_with_findings(Text(text, _Offsets()))  # type: ignore[arg-type]
    for finding in findings:
        assert finding.location
        assert 1 <= finding.location.column <= len(text) + 1
        assert finding.message
    if not findings:
        assert parse_inline(Text(text)) == content
        assert not {"\U000f0000", "\U000f0001"} & set(words(content))


class _Offsets:
    """A place whose columns are offsets from 1."""

    def locate(self, offset: int = 0, length: int = 0) -> object:
        from ipdocs.findings import Location

        return Location(Path("a.yaml"), 1, offset + 1, length)


def words(content: tuple[Inline, ...]) -> str:
    """Return the words of inline content, without markup."""
    parts = []
    for part in content:
        match part:
            case Plain():
                parts.append(part.text)
            case Expression():
                parts.append(part.source)
            case Emphasis() | BaselineShift() | Anchor():
                parts.append(words(part.content))
            case NoteReference():
                parts.append(f"[^{part.name}]")
            case _:
                parts.append("\n")
    return "".join(parts)


@given(st.text(st.sampled_from("abc 中文。「」_<>&!|#`+-=:;/'\"")))
def test_text_without_markup_is_unchanged(text: str) -> None:
    assert words(parse_inline(Text(text))) == text


WORDS = st.text(st.sampled_from("ab1 ^~*\\[](註。"), min_size=1, max_size=4)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "superscript", "subscript"])), max_size=6))
def test_superscript_of_any_words_keeps_the_words(pieces: list[tuple[str, str]]) -> None:
    parts: list[str | Code] = []
    for piece, position in pieces:
        codes = [shift_code(position, role) for role in ("open", "close")] if position else ["", ""]  # type: ignore[arg-type]
        parts += [codes[0], piece, codes[1]]
    content = parse_inline(Text(to_source_text(join_words(tuple(parts)))))
    assert words(content) == "".join(piece for piece, _ in pieces)


@given(st.text(min_size=1))
def test_all_markup_can_be_escaped(text: str) -> None:
    escaped = "".join(f"\\{character}" if character in "*[]{}\\()^~" else character for character in text)
    content, findings = parse_with_findings(Text(escaped))
    if not findings:
        assert words(content) == text


@given(st.one_of(YAML_PARTS, st.text()))
@example("a: 'x'\n 'y'")
@example("%YAML 1.1\n")
@example("a: |9\n")
@example("? |\n")
def test_any_text_is_yaml_or_findings(text: str) -> None:
    node, findings = parse_nodes(SourceText(Path("a.yaml"), text))
    assert node is not None or findings
    assert all(finding.location and finding.location.column >= 1 for finding in findings)


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_source_or_findings(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "release.yaml"
    path.write_bytes(content)
    with pytest.raises(IpdocsError):
        open_source(path)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid source with random deletions, repetitions, changes and insertions."""
    text = draw(st.sampled_from(SOURCES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 30)))
        text = text[:start] + draw(st.one_of(YAML_PARTS, MARKUP, st.just(text[start:end] * 2), st.just(""))) + text[end:]
    return text


@given(mutated())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_source_is_a_document_or_findings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "release.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(IpdocsError):
        open_source(path)


@given(mutated())
@settings(max_examples=100)
def test_formatting_is_idempotent_and_keeps_comments(text: str) -> None:
    try:
        once, findings = format_text(SourceText(Path("a.yaml"), text), Workspace())
    except IpdocsError:
        return
    twice, again = format_text(SourceText(Path("a.yaml"), once), Workspace())
    assert twice == once
    assert len(again) == len(findings)
    assert {line.strip() for line in text.splitlines() if line.strip().startswith("#")} <= {
        line.strip() for line in once.splitlines()
    }


@pytest.mark.parametrize("text", SOURCES)
def test_a_formatted_source_is_unchanged(text: str) -> None:
    assert format_text(SourceText(Path("a.yaml"), text), Workspace()) == (text, [])


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5), st.text(max_size=5)), max_size=5))
def test_edits_change_only_their_ranges(text: str, spans: list[tuple[int, int, str]]) -> None:
    edits, position = [], 0
    for gap, length, new in spans:
        start = min(len(text), position + gap)
        position = min(len(text), start + length)
        edits.append(Edit(start, position, new))
    spliced = splice(SourceText(Path("a.yaml"), text), edits)
    pieces = [
        text[before:after]
        for before, after in zip([0, *(edit.end for edit in edits)], [*(edit.start for edit in edits), len(text)], strict=True)
    ]
    assert spliced == "".join(piece + edit for piece, edit in zip(pieces, [*(edit.text for edit in edits), ""], strict=True))


@given(st.text(st.characters(codec="utf-8")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_writing_without_edits_keeps_all_bytes(tmp_path: Path, text: str) -> None:
    path = tmp_path / "release.yaml"
    path.write_bytes(text.encode())
    assert splice(read_text(path), []).encode() == path.read_bytes()
