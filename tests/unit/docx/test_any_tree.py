"""Random documents of the vocabulary: no text is lost, and all references are valid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}

words = st.text(alphabet="ab c知識、「」·é", min_size=1, max_size=12)
classes = st.sampled_from(
    ["", ' class="lead"', ' class="note"', ' lang="zh-Hant-HK"', ' style="margin: 3pt 5%; border: 1pt solid"']
)


def wrapped(tags: list[str], inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda tag, attributes, text: f"<{tag}{attributes}>{text}</{tag}>", st.sampled_from(tags), classes, inside)


def joined(pieces: st.SearchStrategy[str], least: int = 1) -> st.SearchStrategy[str]:
    return st.lists(pieces, min_size=least, max_size=3).map("".join)


inline = st.recursive(
    words | st.just("<br>"), lambda children: wrapped(["em", "strong", "span", "sub", "sup"], joined(children)), max_leaves=4
)
line = joined(inline)
leaf = wrapped(["p", "h2", "h3", "h4"], line) | st.just("<hr>") | st.just('<hr class="page-break">')
cells = st.lists(line, min_size=1, max_size=3).map(lambda texts: "<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>")


def containers(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inner = joined(block)
    items = st.lists(line | inner | st.builds(str.__add__, line, inner), min_size=1, max_size=3)
    return (
        wrapped(["div", "section", "aside", "blockquote", "header"], inner)
        | st.builds(
            lambda tag, items: f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>",
            st.sampled_from(["ul", "ol"]),
            items,
        )
        | joined(cells).map(lambda rows: f"<table>{rows}</table>")
        | st.builds(lambda term, text: f"<dl><dt>{term}</dt><dd>{text}</dd></dl>", line, inner)
    )


trees = joined(st.recursive(leaf, containers, max_leaves=6))


def squeezed(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(trees)
def test_any_document_keeps_its_text_and_valid_references(
    word: Callable[..., Any], tree_of: Callable[..., Any], body: str
) -> None:
    page = f'<html lang="en"><body><article lang="en">{body}</article></body></html>'
    file = word(page)
    expected = "".join(tree_of(page).root.itertext())
    assert squeezed("".join(file.find("//w:t/text()"))) == squeezed(expected)
    styles = set(file.find("//w:style/@w:styleId", "styles"))
    assert set(file.find("//w:pStyle/@w:val | //w:rStyle/@w:val")) <= styles
    assert set(file.find("//w:style/w:basedOn/@w:val", "styles")) <= styles
    if used := set(file.find("//w:numId/@w:val")):
        assert used <= set(file.find("//w:num/@w:numId", "numbering"))
    for row in file.find("//w:tbl"):
        grid = len(row.xpath("w:tblGrid/w:gridCol", namespaces=SPACES))
        for cells in row.xpath("w:tr", namespaces=SPACES):
            spans = [
                int(span or 1)
                for span in (
                    cell.xpath("string(w:tcPr/w:gridSpan/@w:val)", namespaces=SPACES)
                    for cell in cells.xpath("w:tc", namespaces=SPACES)
                )
            ]
            assert sum(spans) == grid
    assert all(run.xpath("count(w:rPr/w:lang)", namespaces=SPACES) == 1 for run in file.find("//w:r"))
