"""Any text in any YAML style loads unchanged, and each character has the right place."""

from __future__ import annotations

import io
import re
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ipdocs.findings import Location
from ipdocs.model.text import Text
from ipdocs.source.characters import forbidden_characters
from ipdocs.source.scalar import is_chinese
from ipdocs.source.yaml import Mapping, Scalar, SourceText, parse_nodes

SAMPLE = st.sampled_from("abc XYZ 0189 中文會議，。「」（） \"'\\*{}[]()#:&!|>%@`-?,~ ○é😀 \u3000\u200b")
LINE = st.one_of(
    st.text(SAMPLE, max_size=30),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=20),
).filter(lambda text: not any(forbidden_characters(text)))
TEXTS = LINE.filter(lambda text: text.strip() == text and text)


def double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def escaped(text: str) -> str:
    return '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def literal(text: str) -> str:
    return f"|\n  {text}\n"


def folded(text: str) -> str:
    return f">2-  # a comment\n\n  {text}\n\n\n"


STYLES = [double, escaped, single, literal, folded]


def load(source: str) -> Text:
    node, findings = parse_nodes(SourceText(Path("a.yaml"), source))
    assert not findings, findings[0]
    assert isinstance(node, Mapping)
    value = node.get("key")
    assert isinstance(value, Scalar)
    return value.text


@given(TEXTS, st.sampled_from(STYLES), st.sampled_from(["", "\ufeff", "# before\r\n", "\n\n"]))
@example("ends with \\", literal, "")
@example("*", folded, "\ufeff")
def test_a_line_in_any_style_loads_unchanged(text: str, style: object, before: str) -> None:
    loaded = load(f"{before}key: {style(text)}\nlast: x\n")  # type: ignore[operator]
    assert loaded == text
    assert loaded.quoted


@given(
    TEXTS,
    st.sampled_from([double, single, literal, folded]),
    st.sampled_from(["", "\ufeff", "# 前面\r\n", "a: b\n\n"]),
    st.data(),
)
def test_each_character_has_the_place_in_the_file(text: str, style: object, before: str, data: st.DataObject) -> None:
    source = f"{before}key: {style(text)}\nlast: x\n"  # type: ignore[operator]
    offset = data.draw(st.integers(0, len(text) - 1))
    place = load(source).locate(offset, 1)
    assert place
    assert at(source, place)[-1:] == text[offset]


def at(source: str, place: Location) -> str:
    """Return the text at a location, by line and column."""
    line = re.split(r"\r\n|\n|\r", source.removeprefix("\ufeff"))[place.line - 1]
    return line[place.column - 1 : place.column - 1 + place.length]


@given(TEXTS)
def test_an_escaped_character_has_the_place_of_its_escape(text: str) -> None:
    source = f"key: {escaped(text)}\n"
    loaded = load(source)
    for offset in range(len(text)):
        place = loaded.locate(offset, 1)
        assert place
        assert at(source, place) == f"\\U{ord(text[offset]):08X}"


@given(st.text(max_size=200), st.integers(20, 200))
def test_text_written_by_ruamel_is_read_back(text: str, width: int) -> None:
    """For any style and line breaks of a YAML writer, only spaces may differ."""
    assume(not any(forbidden_characters(text)) and "\t" not in text and "\r" not in text)
    assume(not re.search(r"\\\s*\n|\\$", text))
    yaml = YAML()
    yaml.width = width
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump({"key": text}, stream)
    node, _ = parse_nodes(SourceText(Path("a.yaml"), stream.getvalue()))
    assert isinstance(node, Mapping)
    value = node.get("key")
    assert isinstance(value, Scalar)
    assert "".join(value.text.split()) == "".join(text.split())


WORDS = st.lists(st.sampled_from(["the", "meeting", "was", "held", "in", "Guangzhou,", "(IP)"]), min_size=2, max_size=12)
CHINESE = st.lists(
    st.sampled_from(["會議", "在廣州", "舉行，", "「一帶一路」", "{{ met | day }}", "**粵港**"]), min_size=2, max_size=12
)


@given(WORDS, st.data())
def test_english_lines_are_joined_with_one_space(words: list[str], data: st.DataObject) -> None:
    breaks = [data.draw(st.sampled_from([" ", "\n  ", "  \n  "])) for _ in words[1:]]
    body = words[0] + "".join(gap + word for gap, word in zip(breaks, words[1:], strict=True))
    for header in ("|\n  ", ">-\n  ", '"', "'"):
        closing = header if header in ("'", '"') else ""
        assert load(f"key: {header}{body}{closing}\n") == " ".join(words)


@given(CHINESE, st.data())
def test_chinese_lines_are_joined_without_a_space(parts: list[str], data: st.DataObject) -> None:
    assume(is_chinese("".join(parts)))
    breaks = [data.draw(st.sampled_from(["", "\n  ", "  \n  "])) for _ in parts[1:]]
    body = parts[0] + "".join(gap + part for gap, part in zip(breaks, parts[1:], strict=True))
    assert load(f"key: |\n  {body}\n") == "".join(parts)
