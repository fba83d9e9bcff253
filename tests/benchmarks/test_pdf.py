"""One two-page Chinese PDF, warm: ours beside typst's, the same text, fonts and sizes; ours is tagged and archival besides."""

from __future__ import annotations

import io
from copy import deepcopy
from pathlib import Path
from time import perf_counter
from typing import Any

import pikepdf
import pytest
import typst

from ipdocs.locale.language import language
from ipdocs.render.render import render
from ipdocs.render.tree import Tree
from ipdocs.source.load import load
from ipdocs.view import localise
from ipdocs.workspace import find_workspace
from ipdocs.writers import pdf

pytestmark = pytest.mark.bench

ROUNDS = 15
HEAD = """#set page(paper: "a4", margin: (x: 69.6pt, y: 70.5pt), numbering: "1 / 1")
#set text(font: ("Liberation Serif", "Noto Serif CJK HK"), size: 12pt, lang: "zh", region: "HK")
#set text(top-edge: 10pt, bottom-edge: -2pt)
#set par(leading: 6pt, spacing: 15pt)
#set list(spacing: 9pt)
"""
"""Our page, sizes and line pitch in typst's words."""


@pytest.fixture(scope="module")
def release(root: Path) -> Tree:
    """Return the tree of the release in Traditional Chinese, its paragraphs once more at the end to fill two pages."""
    source = root / "fixtures/gd-hk-ip-17/release.yaml"
    workspace = find_workspace(source)
    view = localise(load(source, workspace), language("tc", workspace), workspace)
    tree = render([view], workspace, folder=source.parent)
    article = tree.root.find("body/article")
    for paragraph in article.findall("p"):
        article.append(deepcopy(paragraph))
        del article[-1].attrib["id"]
    return tree


def as_typst(tree: Tree) -> str:
    """Return a tree's words as typst markup: its title as a heading, its items as a list, the rest as paragraphs."""
    lines = []
    for element in tree.root.iter("h1", "h2", "h3", "p", "li"):
        words = " ".join(element.text_content().split()).replace("#", r"\#").replace("*", r"\*").replace("_", r"\_")
        mark = {"p": "", "li": "- "}.get(str(element.tag), "= ")
        lines.append(mark + words)
    return HEAD + "\n\n".join(lines)


def test_a_two_page_chinese_pdf_takes_no_longer_and_is_no_larger_than_typst_s(
    benchmark: Any, release: Tree, root: Path, tmp_path: Path
) -> None:
    source = tmp_path / "release.typ"
    source.write_text(as_typst(release), "utf-8")
    session = pdf.prepare([release], find_workspace(root / "fixtures/gd-hk-ip-17/release.yaml"))
    writers = {"ours": lambda: pdf.write(release, session).data, "typst": lambda: typst.compile(source)}
    made = {name: write() for name, write in writers.items()}
    times: dict[str, list[float]] = {name: [] for name in writers}

    def once_each() -> None:
        for name, write in writers.items():
            began = perf_counter()
            write()
            times[name].append(perf_counter() - began)

    benchmark.pedantic(once_each, rounds=ROUNDS, warmup_rounds=2)
    for data in made.values():
        with pikepdf.open(io.BytesIO(data)) as file:
            assert len(file.pages) == 2
    taken = {name: min(of_one) for name, of_one in times.items()}  # what else the machine does only adds to it
    said = {name: f"{taken[name] * 1000:.0f} ms, {len(made[name]):,} bytes" for name in writers}
    benchmark.extra_info |= said
    print("", *(f"{name}: {text}" for name, text in said.items()), sep="\n")
    assert taken["ours"] <= taken["typst"]
    assert len(made["ours"]) <= len(made["typst"])
