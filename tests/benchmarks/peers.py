"""ipdocs compared with alternative tools, on one machine in one run: prints a table in Markdown.

    python tests/benchmarks/peers.py        (or: make peers)

Warm figures are the median of fifteen after one that does not count, cold ones of nine, the two sides in turn. All
have the same text; typst has the same fonts and sizes too. Each tool is used as its experts use it: typst's compiler is
kept from one PDF to the next and writes the same standards. Both sides have their modules compiled, as pip leaves them.
Cold figures are wall time and processor time: one command may use two cores.
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
TYPST = """#set document(title: "{title}", date: datetime(year: 2018, month: 8, day: 22))
#set page(paper: "a4", margin: (x: 69.6pt, y: 58.5pt), numbering: "1 / 1")
#set text(font: ("Liberation Serif", "Noto Serif CJK HK"), size: 12pt, lang: "zh", region: "HK")
#set text(top-edge: 10pt, bottom-edge: -2pt)
#set par(leading: 6pt, spacing: 15pt)
#set list(spacing: 9pt)
"""
"""Our page, sizes and line pitch in typst's words."""

SOURCE = Path(__file__).resolve().parents[2] / "fixtures/gd-hk-ip-17/release.yaml"


def main() -> None:
    """Print the table; garbage collection is as rare as on the command line, for all tools."""
    gc.set_threshold(500_000)
    workspace = find_workspace(SOURCE)
    document = render_html([localise(open_source(SOURCE, workspace), language("tc", workspace))])
    print("| | ipdocs | instead | |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        print(page(document, workspace, Path(folder)))
        print(word(document, workspace, Path(folder)))
        print(cold(document, workspace, Path(folder)))


def page(document: HtmlDocument, workspace: Workspace, folder: Path) -> str:
    """Return the row of a warm PDF: the release, its paragraphs once more to fill two pages, through typst's own compiler.

    Typst remembers what it set before, so an unchanged document is set and written again in a fraction of the first time.
    """
    import typst

    longer = deepcopy(document)
    article = longer.body[0]
    for paragraph in article.findall("p"):
        article.append(deepcopy(paragraph))
        del article[-1].attrib["id"]
    source = folder / "release.typ"
    source.write_text(as_typst(longer), "utf-8")
    session = pdf.prepare([longer], workspace)
    compiler = typst.Compiler(str(source))

    def instead() -> bytes:
        return bytes(compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"]))

    files = pdf.write(longer, session).data, instead()
    for data in files:
        with pikepdf.open(io.BytesIO(data)) as file:
            if len(file.pages) != 2:
                sys.exit("the two sides set different pages")
    ours, theirs = in_turn(lambda: pdf.write(longer, session), instead, 15)
    sizes = [f"{len(data) / 1000:.0f} KB" for data in files]
    sides = [f"{1000 * taken:.0f} ms, {size}" for (taken, _), size in zip((ours, theirs), sizes, strict=True)]
    return f"| a PDF of two Chinese pages, warm | {sides[0]} | {sides[1]} | typst, its compiler kept |"


def as_typst(document: HtmlDocument) -> str:
    """Return a document's words as typst markup: its title as a heading, its items as a list, the rest as paragraphs."""
    lines = []
    for element in document.root.iter("h1", "h2", "h3", "p", "li"):
        words = " ".join(element.text_content().split()).replace("#", r"\#").replace("*", r"\*").replace("_", r"\_")
        mark = {"p": "", "li": "- "}.get(str(element.tag), "= ")
        lines.append(mark + words)
    return TYPST.replace("{title}", document.metadata.title) + "\n\n".join(lines)


def word(document: HtmlDocument, workspace: Workspace, folder: Path) -> str:
    """Return the row of a warm Word file: the same paragraphs through docxtpl."""
    from docx import Document
    from docxtpl import DocxTemplate

    template = Document()
    for tag in ("{{ title }}", "{%p for text in texts %}", "{{ text }}", "{%p endfor %}"):
        template.add_paragraph(tag)
    template.save(str(folder / "template.docx"))
    texts = [str(element.text_content()).strip() for element in document.body.iter("p", "li")]

    def instead() -> None:
        filled = DocxTemplate(folder / "template.docx")
        filled.render({"title": document.metadata.title, "texts": texts}, autoescape=True)
        filled.save(io.BytesIO())

    (ours, _), (theirs, _) = in_turn(lambda: docx.write(document, workspace), instead, 15)
    return f"| a Word file of two Chinese pages, warm | {1000 * ours:.0f} ms | {1000 * theirs:.0f} ms | docxtpl |"


def cold(document: HtmlDocument, workspace: Workspace, folder: Path) -> str:
    """Return the row of the whole command: all files of the release, against one Word file and one PDF of one language."""
    page = folder / "release.html"
    page.write_bytes(html.write(document, workspace).data)
    pandoc = shutil.which("pandoc")
    if not pandoc:
        sys.exit("peers.py needs pandoc: apt-get install pandoc")
    engine = Path(sys.executable).with_name("weasyprint")
    style = folder / "style.css"
    style.write_text("\n".join(sheet.text for sheet in document.stylesheets), "utf-8")

    def run(*command: str | Path) -> None:
        subprocess.run([str(part) for part in command], check=True, capture_output=True, cwd=folder, env=COMPILED)

    def ours() -> None:
        run(Path(sys.executable).with_name("ipdocs"), "build", SOURCE, "--out", folder)

    def instead() -> None:
        run(pandoc, page, "-o", "release.docx")
        run(pandoc, page, f"--pdf-engine={engine}", "--css", style, "-o", "release.pdf")

    sides = [f"{wall:.2f} s, {processor:.2f} s of processors" for wall, processor in in_turn(ours, instead, 9)]
    what = "from the command line, cold: all six files, read again and proved"
    return f"| {what} | {sides[0]} | {sides[1]} | pandoc and WeasyPrint, two files |"


def in_turn(
    ours: Callable[[], object], instead: Callable[[], object], rounds: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the median wall and processor time of two functions that run in turn, after a warm-up round."""
    sides: tuple[list[tuple[float, float]], list[tuple[float, float]]] = ([], [])
    for number in range(rounds + 1):
        for which, do in enumerate((ours, instead)):
            began, used = perf_counter(), _processor_time()
            do()
            if number:
                sides[which].append((perf_counter() - began, _processor_time() - used))
    first, second = ((median(wall for wall, _ in side), median(used for _, used in side)) for side in sides)
    return first, second


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
