"""Our files beside those of the tools people would take instead, on one machine in one run: a table in Markdown.

    python tests/benchmarks/peers.py        (or: make peers)

Warm figures are the median of fifteen after one that does not count, cold ones of nine, the two sides in turn. All
have the same text; typst has the same fonts and sizes too. Both sides have their modules compiled, as pip leaves them.
Needs pandoc (a Debian package), docxtpl, typst and the weasyprint command in the same environment.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from statistics import median
from time import perf_counter

import pikepdf

from ipdocs.locale.language import language
from ipdocs.localisation.localise import localise
from ipdocs.source.open import open_source
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.templating.render_html import render_html
from ipdocs.workspace import Workspace, find_workspace
from ipdocs.writers import docx, html, pdf

COMPILED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
TYPST = """#set page(paper: "a4", margin: (x: 69.6pt, y: 58.5pt), numbering: "1 / 1")
#set text(font: ("Liberation Serif", "Noto Serif CJK HK"), size: 12pt, lang: "zh", region: "HK")
#set text(top-edge: 10pt, bottom-edge: -2pt)
#set par(leading: 6pt, spacing: 15pt)
#set list(spacing: 9pt)
"""
"""Our page, sizes and line pitch in typst's words."""

SOURCE = Path(__file__).resolve().parents[2] / "fixtures/gd-hk-ip-17/release.yaml"


def main() -> None:
    """Print the table; for both sides garbage is looked for as seldom as the command line has it."""
    gc.set_threshold(500_000)
    workspace = find_workspace(SOURCE)
    tree = render_html([localise(open_source(SOURCE, workspace), language("tc", workspace))])
    print("| | ipdocs | instead | |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        print(page(tree, workspace, Path(folder)))
        print(word(tree, workspace, Path(folder)))
        print(cold(tree, workspace, Path(folder)))


def page(tree: HtmlDocument, workspace: Workspace, folder: Path) -> str:
    """Return the row of a warm PDF: the release, its paragraphs once more to fill two pages, through typst's own compiler."""
    import typst

    longer = deepcopy(tree)
    article = longer.body[0]
    for paragraph in article.findall("p"):
        article.append(deepcopy(paragraph))
        del article[-1].attrib["id"]
    source = folder / "release.typ"
    source.write_text(as_typst(longer), "utf-8")
    session = pdf.prepare([longer], workspace)
    made = pdf.write(longer, session).data, typst.compile(source)
    for data in made:
        with pikepdf.open(io.BytesIO(data)) as file:
            if len(file.pages) != 2:
                sys.exit("the two sides set different pages")
    ours, theirs = in_turn(lambda: pdf.write(longer, session), lambda: typst.compile(source), 15)
    sizes = [f"{len(data) / 1000:.0f} KB" for data in made]
    sides = [f"{1000 * taken:.0f} ms, {size}" for taken, size in zip((ours, theirs), sizes, strict=True)]
    return f"| a PDF of two Chinese pages, warm | {sides[0]} | {sides[1]} | typst, neither tagged nor archival |"


def as_typst(tree: HtmlDocument) -> str:
    """Return a tree's words as typst markup: its title as a heading, its items as a list, the rest as paragraphs."""
    lines = []
    for element in tree.root.iter("h1", "h2", "h3", "p", "li"):
        words = " ".join(element.text_content().split()).replace("#", r"\#").replace("*", r"\*").replace("_", r"\_")
        mark = {"p": "", "li": "- "}.get(str(element.tag), "= ")
        lines.append(mark + words)
    return TYPST + "\n\n".join(lines)


def word(tree: HtmlDocument, workspace: Workspace, folder: Path) -> str:
    """Return the row of a warm Word file: the same paragraphs through docxtpl."""
    from docx import Document
    from docxtpl import DocxTemplate

    template = Document()
    for tag in ("{{ title }}", "{%p for text in texts %}", "{{ text }}", "{%p endfor %}"):
        template.add_paragraph(tag)
    template.save(str(folder / "template.docx"))
    texts = [str(element.text_content()).strip() for element in tree.body.iter("p", "li")]

    def instead() -> None:
        filled = DocxTemplate(folder / "template.docx")
        filled.render({"title": tree.metadata.title, "texts": texts}, autoescape=True)
        filled.save(io.BytesIO())

    ours, theirs = in_turn(lambda: docx.write(tree, workspace), instead, 15)
    return f"| a Word file of two Chinese pages, warm | {1000 * ours:.0f} ms | {1000 * theirs:.0f} ms | docxtpl |"


def cold(tree: HtmlDocument, workspace: Workspace, folder: Path) -> str:
    """Return the row of the whole command: all files of the release, against one Word file and one PDF of one language."""
    page = folder / "release.html"
    page.write_bytes(html.write(tree, workspace).data)
    pandoc = shutil.which("pandoc")
    if not pandoc:
        sys.exit("peers.py needs pandoc: apt-get install pandoc")
    engine = Path(sys.executable).with_name("weasyprint")
    style = folder / "style.css"
    style.write_text("\n".join(sheet.text for sheet in tree.stylesheets), "utf-8")

    def run(*command: str | Path) -> None:
        subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=folder, env=COMPILED)

    def ours() -> None:
        run(Path(sys.executable).with_name("ipdocs"), "build", SOURCE, "--out", folder)

    def instead() -> None:
        run(pandoc, page, "-o", "release.docx")
        run(pandoc, page, f"--pdf-engine={engine}", "--css", style, "-o", "release.pdf")

    mine, theirs = in_turn(ours, instead, 9)
    what = "from the command line, cold: all six files, read again and proved"
    return f"| {what} | {mine:.2f} s | {theirs:.2f} s | pandoc and WeasyPrint, two files |"


def in_turn(ours: Callable[[], object], instead: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the median seconds of each of two things done in turn, after one round that does not count."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        for which, do in enumerate((ours, instead)):
            began = perf_counter()
            do()
            if number:
                seconds[which].append(perf_counter() - began)
    return median(seconds[0]), median(seconds[1])


if __name__ == "__main__":
    main()
