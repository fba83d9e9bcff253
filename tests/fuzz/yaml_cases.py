"""YAML cases from valid files: keys removed, repeated, retyped or nested, and unexpected values."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from ..properties.mutate import damage


class Pairs(list[Any]):
    """A mapping as a list of keys and values, so that a key may be repeated."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A value that is written without quotation marks."""

    text: str


WORDS = (
    *("", " ", "x", "en", "0", "-1", "1.5", "²", "1e999", "nan", "9" * 30, "0x10", "2018-02-30", "0000-00-00", "9999-12-31"),
    *(
        "2018-08-21T25:61+99:99",
        "24:00",
        "HKD",
        "HKD -1",
        "HKD 1e40",
        "USD 999999999999999999999.999",
        "2018-1018",
        "100.0000001%",
    ),
    *("{{ x }}", "{{ met | day }}", "{{ x | count }}", "{{ a.b.c | number(1, x='y') }}", "{{", "}}", "{% for %}", "{# x #}"),
    *(
        "**",
        "*a",
        "[a](b)",
        "[a](javascript:alert(1))",
        "[a](#lead)",
        "[^n]",
        "[K]{keep}",
        "[[[[",
        "\\",
        "`x`",
        "<b>x</b>",
        "&amp;",
    ),
    *("\u202e", "\ud800", "\x00", "\x1b[31m", "\ufeff", "\u2028", "\u3000", "\U000e0041", "e\u0301" * 50, "𠮷", "字" * 3000),
    *("\r\n", "a\n\nb", "\t", "/etc/passwd", "../../x", "http://127.0.0.1/x", "file:///etc/passwd", "data:,x", "con", "a/b", "."),
    *("十七", "「", "」", "第十七次", "二零一八年", "tel:+852", "+852 1234 5678", "mailto:", "=1+1", "@x", "⟦draft⟧", "⟦", "⟧"),
)
"""Texts that replace other texts."""

PLAIN_WORDS = (
    *("**bold**", "*slanted*", "[a link](https://www.example.org)", "<b>x</b>", "&amp;", "\\*", "=1+1", "tel: +852 2123 4567"),
    *(
        "字" * 2000,
        "x" * 2000,
        "e\u0301" * 50,
        "\u3000",
        "\u00ad",
        "\U00020bb7",
        "שלום",
        "السلام",
        "𝔘",
        "👨‍👩‍👧",
        "①",
        "㎡",
        "\u2028",
    ),
    *(
        "第一百二十三次",
        "二零一八年八月二十一日",
        "HK$1,234.50",
        "August 21, 2018",
        "「『』」",
        "“x”",
        "——",
        "……",
        "A4",
        "(a) (i)",
    ),
)
"""Valid texts of documents."""

RAW = (
    *("null", "~", "true", "0", "0o17", "1:30", "2018-08-21", "2018-02-30", ".inf", "- x", "? x", "!!binary eA==", "!x y"),
    *(
        "!!python/object/apply:os.system [x]",
        "&a [x]",
        "*a",
        "&a [*a]",
        "{<<: *a}",
        "|\n  x\n y",
        ">-\n x",
        "'x",
        '"\\U00110000"',
    ),
    *("[" * 60 + "]" * 60, "{a: " * 60 + "}" * 60, "@", "%", "#", "", "plain, words: here", "x\n---\ny", "...", "[x", "{x"),
)


def load(text: str) -> Any:
    """Return a YAML text as a tree whose scalars are texts."""
    return _paired(YAML(typ="base", pure=True).load(text))


def _paired(value: Any) -> Any:
    if isinstance(value, dict):
        return Pairs((str(key), _paired(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return [_paired(inner) for inner in value]
    return str(value).strip()


def dump(node: Any) -> str:
    """Return a tree as YAML, with texts in quotation marks."""
    return "".join(_lines(node, "")) if isinstance(node, list) and node else f"{_flow(node)}\n"


def _lines(node: Any, indent: str) -> list[str]:
    lines = []
    for entry in node:
        mark, value = (f"{_key(entry[0])}:", entry[1]) if isinstance(node, Pairs) else ("-", entry)
        if isinstance(value, list) and value and len(indent) < 12:
            lines += [f"{indent}{mark}\n", *_lines(value, f"{indent}  ")]
        else:
            lines.append(f"{indent}{mark} {_flow(value)}\n")
    return lines


def _flow(node: Any) -> str:
    if isinstance(node, Pairs):
        return f"{{{', '.join(f'{_key(key)}: {_flow(value)}' for key, value in node)}}}"
    if isinstance(node, list):
        return f"[{', '.join(map(_flow, node))}]"
    if isinstance(node, Raw):
        return node.text
    return json.dumps(node, ensure_ascii=False)


def _key(text: Any) -> str:
    return text if isinstance(text, str) and re.fullmatch(r"[a-z][a-z0-9_-]*", text) else _flow(text)


def copied(node: Any) -> Any:
    """Return a copy of a tree."""
    if isinstance(node, Pairs):
        return Pairs((key, copied(value)) for key, value in node)
    return [copied(child) for child in node] if isinstance(node, list) else node


def slots(node: Any) -> list[tuple[Any, int]]:
    """Return every place of a tree that holds a value: a list or mapping and an index."""
    slots: list[tuple[Any, int]] = []
    todo = [node]
    while todo:
        current = todo.pop()
        if isinstance(current, list):
            for index, entry in enumerate(current):
                slots.append((current, index))
                todo.append(entry[1] if isinstance(current, Pairs) else entry)
    return slots


WORD = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
VALUE = st.one_of(
    WORD,
    st.sampled_from(RAW).map(Raw),
    st.sampled_from(
        [[], Pairs(), ["x"], [["x"]], Pairs([("en", "x")]), Pairs([("en", "x"), ("tc", "字"), ("xx", "y")]), ["x"] * 300]
    ).map(copied),
)
MANY_VALUES = 5_000
"""Number of values above which a tree is not changed further, to limit its size to some megabytes."""


def trees(seeds: Sequence[Any], most: int = 5) -> st.SearchStrategy[str]:
    """YAML texts from valid trees with some changes, and sometimes with damaged bytes."""
    keys = {holder[index][0] for seed in seeds for holder, index in slots(seed) if isinstance(holder, Pairs)}
    return _changed_trees(seeds, sorted(keys), most)


@st.composite
def _changed_trees(draw: st.DrawFn, seeds: Sequence[Any], keys: list[str], most: int) -> str:
    tree = copied(draw(st.sampled_from(seeds)))
    for number in range(draw(st.integers(1, most))):
        places = slots(tree)
        if not places or len(places) > MANY_VALUES:
            break
        holder, index = places[draw(st.integers(0, len(places) - 1))]
        if index < len(holder):
            _change(draw, tree, holder, index, keys, (1, 2) if number else (1, 2, 30, 150))
    text = dump(tree)
    if draw(st.integers(0, 9)) == 0:
        text = damage(text.encode("utf-8", "surrogatepass"), Random(draw(st.integers(0, 2**32)))).decode(
            "utf-8", "surrogateescape"
        )
    return text


@st.composite
def reworded_trees(draw: st.DrawFn, seeds: Sequence[Any]) -> str:
    """A YAML text from a valid tree with other texts, and with list entries removed, moved or repeated; most can be built."""
    tree = copied(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 8))):
        places = slots(tree)
        texts = [place for place in places if _is_text(*place)]
        entries = [(holder, index) for holder, index in places if not isinstance(holder, Pairs)]
        if entries and draw(st.integers(0, 3)) == 0:
            holder, index = entries[draw(st.integers(0, len(entries) - 1))]
            entry = holder.pop(index)
            if draw(st.booleans()):
                holder.insert(draw(st.integers(0, len(holder))), entry)
        elif texts:
            holder, index = texts[draw(st.integers(0, len(texts) - 1))]
            key, text = holder[index]
            holder[index] = (key, draw(_rewordings(text)))
    return dump(tree)


def _is_text(holder: Any, index: int) -> bool:
    return isinstance(holder, Pairs) and holder[index][0] in ("en", "tc", "sc") and isinstance(holder[index][1], str)


def _rewordings(text: str) -> st.SearchStrategy[str]:
    """Return replacements for a text: with other words, with fewer words, or many times as long."""
    words = re.findall(r"\{\{.*?\}\}|\S+", text) or ["x"]
    return st.one_of(
        st.permutations(words).map(" ".join),
        st.integers(0, len(words) - 1).map(lambda at: " ".join(words[:at] + words[at + 1 :]) or "x"),
        st.sampled_from((2, 10, 40)).map(lambda times: " ".join([text] * times)),
        st.tuples(st.integers(0, len(words)), st.sampled_from(PLAIN_WORDS)).map(
            lambda put: " ".join([*words[: put[0]], put[1], *words[put[0] :]])
        ),
    )


def _change(draw: st.DrawFn, tree: Any, holder: Any, index: int, keys: list[str], depths: tuple[int, ...]) -> None:
    is_pair = isinstance(holder, Pairs)
    key, value = holder[index] if is_pair else (None, holder[index])
    match draw(st.sampled_from(("value", "value", "word", "drop", "double", "key", "new", "other", "nest", "cut", "many"))):
        case "value":
            value = draw(VALUE)
        case "word" if isinstance(value, str):
            at = draw(st.integers(0, len(value)))
            value = value[:at] + draw(WORD) + value[at:]
        case "drop":
            del holder[index]
            return
        case "double":
            holder.insert(index, copied(holder[index]))
        case "key" if is_pair:
            key = draw(st.one_of(st.sampled_from(keys), WORD))
        case "new" if is_pair:
            holder.insert(index, (draw(st.sampled_from(keys)), draw(VALUE)))
            return
        case "other":
            places = slots(tree)
            other, at = places[draw(st.integers(0, len(places) - 1))]
            value = copied(other[at][1] if isinstance(other, Pairs) else other[at])
        case "nest":
            for _ in range(draw(st.sampled_from(depths))):
                value = Pairs([(draw(st.sampled_from(keys)), value)]) if draw(st.booleans()) else [value]
        case "cut" if isinstance(value, str):
            value = value[: draw(st.integers(0, len(value)))]
        case "many" if not is_pair:
            holder[index:index] = [copied(value) for _ in range(draw(st.sampled_from((2, 50))))]
            return
        case _:
            value = draw(VALUE)
    holder[index] = (key, value) if is_pair else value


def encoded(text: str) -> bytes:
    """Return a text as bytes; lone surrogates become invalid UTF-8."""
    return text.encode("utf-8", "surrogatepass")


STATE_BOMB = "a: &a0 [x, x, x, x, x, x, x, x]\n" + "".join(
    f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 12)
)
"""Lists of lists by aliases: a few hundred bytes that would be billions of values."""


def bombs(template: str) -> st.SearchStrategy[str]:
    """Texts of a file with expanding aliases in place of @."""
    return st.sampled_from(
        [STATE_BOMB + template.replace("@", f"*a{n}") for n in (1, 6, 11)] + [template.replace("@", "&a [*a]")]
    )
