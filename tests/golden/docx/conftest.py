"""A Word file as readable text: what stands in it, in which style, list and language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

LONGEST = 72


@pytest.fixture(scope="session")
def outline() -> Callable[[Path], str]:
    """Show a Word file: each paragraph's style by its name, its number, its text with the languages it changes to."""

    def shown(path: Path) -> str:
        document = docx.Document(str(path))
        names = {style.style_id: style.name for style in document.styles}
        lines = [*_blocks(document.element.body, names, "")]
        for part in sorted(document.part.package.iter_parts(), key=lambda part: str(part.partname)):
            kind = part.partname.rsplit("/", 1)[1].removesuffix(".xml").rstrip("0123456789")
            if kind in {"header", "footer", "footnotes"}:
                from lxml import etree

                lines += [f"== {kind}", *_blocks(etree.fromstring(part.blob), names, "")]
        return "\n".join(lines) + "\n"

    return shown


def _blocks(parent: Any, names: dict[str, str], indent: str) -> Iterator[str]:
    for child in parent:
        if child.tag == qn("w:p"):
            yield indent + _paragraph(child, names)
        elif child.tag == qn("w:tbl"):
            caption = child.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
            yield f"{indent}table{': ' + caption.get(qn('w:val')) if caption is not None else ''}"
            for row in child.iter(qn("w:tr")):
                if row.getparent() is child:
                    head = row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
                    yield f"{indent}  {'head' if head else 'row'}"
                    for cell in row.iterchildren(qn("w:tc")):
                        yield f"{indent}    cell{_spans(cell)}"
                        yield from _blocks(cell, names, f"{indent}      ")
        elif child.tag == qn("w:footnote") and child.get(qn("w:type")) is None:
            yield from _blocks(child, names, indent)
        elif child.tag == qn("w:sectPr"):
            yield _section(child)


def _section(section: Any) -> str:
    size = section.find(qn("w:pgSz"))
    return f"section {size.get(qn('w:w'))} x {size.get(qn('w:h'))}"


def _spans(cell: Any) -> str:
    columns = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    rows = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    reach = "" if rows is None else " rows" if rows.get(qn("w:val")) else " above"
    return ("" if columns is None else f" columns {columns.get(qn('w:val'))}") + reach


def _paragraph(paragraph: Any, names: dict[str, str]) -> str:
    about = paragraph.find(qn("w:pPr"))
    style, number, marks = "Normal", "", []
    if about is not None:
        if (named := about.find(qn("w:pStyle"))) is not None:
            style = names[named.get(qn("w:val"))]
        if (listed := about.find(qn("w:numPr"))) is not None:
            level, key = (listed.find(qn(f"w:{part}")).get(qn("w:val")) for part in ("ilvl", "numId"))
            number = f" list {key} level {level}"
        marks = [
            one for one in ("keepNext", "pageBreakBefore") if (said := about.find(qn(f"w:{one}"))) is not None and not said.attrib
        ]
        if about.find(qn("w:sectPr")) is not None:
            marks.append(_section(about.find(qn("w:sectPr"))))
    blocks = [one.get(qn("w:name")) for one in paragraph.iterchildren(qn("w:bookmarkStart"))]
    where = f"  <- {', '.join(blocks)}" if blocks else ""
    said = f"  ({', '.join(marks)})" if marks else ""
    return f"[{style}{number}] {_text(paragraph)}{said}{where}"


def _text(paragraph: Any) -> str:
    pieces: list[tuple[str, str]] = []
    for run in paragraph.iter(qn("w:r")):
        about = run.find(qn("w:rPr"))
        language = "" if about is None else _language(about)
        words = "".join(_word(child) for child in run)
        if words:
            pieces.append((language, words))
    parts = [(language, "".join(words for _, words in group)) for language, group in groupby(pieces, key=lambda piece: piece[0])]
    return " ".join(f"{language}: {words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}" for language, words in parts)


def _language(about: Any) -> str:
    """The language of a run as Word takes it: the East Asian one where the run asks for that font."""
    lang, fonts = about.find(qn("w:lang")), about.find(qn("w:rFonts"))
    eastern = fonts is not None and fonts.get(qn("w:hint")) == "eastAsia"
    return str(lang.get(qn("w:eastAsia" if eastern else "w:val")))


def _word(child: Any) -> str:
    if child.tag in {qn("w:t"), qn("w:instrText")}:
        return child.text if child.tag == qn("w:t") else f"{{{child.text.strip()}}}"
    return {
        qn("w:br"): "|",
        qn("w:tab"): " -> ",
        qn("w:noBreakHyphen"): "\u2011",
        qn("w:drawing"): "<picture>",
        qn("w:pict"): "<mark>",
        qn("w:footnoteReference"): f"^{child.get(qn('w:id'))}",
        qn("w:footnoteRef"): "^",
    }.get(child.tag, "")
