"""A Word file as readable text: its content with styles, lists and languages."""

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
    """Return the outline of a Word file: the style, number and text of each paragraph, with changes of language."""

    def write_outline(path: Path) -> str:
        document = docx.Document(str(path))
        names = {style.style_id: style.name for style in document.styles}
        lines = [*_blocks(document.element.body, names, "")]
        for part in sorted(document.part.package.iter_parts(), key=lambda part: str(part.partname)):
            kind = part.partname.rsplit("/", 1)[1].removesuffix(".xml").rstrip("0123456789")
            if kind in {"header", "footer", "footnotes"}:
                from lxml import etree

                lines += [f"== {kind}", *_blocks(etree.fromstring(part.blob), names, "")]
        return "\n".join(lines) + "\n"

    return write_outline


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
    row_span = "" if rows is None else " rows" if rows.get(qn("w:val")) else " above"
    return ("" if columns is None else f" columns {columns.get(qn('w:val'))}") + row_span


def _paragraph(paragraph: Any, names: dict[str, str]) -> str:
    properties = paragraph.find(qn("w:pPr"))
    style, number, flags = "Normal", "", []
    if properties is not None:
        if (style_element := properties.find(qn("w:pStyle"))) is not None:
            style = names[style_element.get(qn("w:val"))]
        if (numbering := properties.find(qn("w:numPr"))) is not None:
            level, key = (numbering.find(qn(f"w:{part}")).get(qn("w:val")) for part in ("ilvl", "numId"))
            number = f" list {key} level {level}"
        flags = [
            tag
            for tag in ("keepNext", "pageBreakBefore")
            if (flag := properties.find(qn(f"w:{tag}"))) is not None and not flag.attrib
        ]
        if properties.find(qn("w:sectPr")) is not None:
            flags.append(_section(properties.find(qn("w:sectPr"))))
    blocks = [bookmark.get(qn("w:name")) for bookmark in paragraph.iterchildren(qn("w:bookmarkStart"))]
    targets = f"  <- {', '.join(blocks)}" if blocks else ""
    suffix = f"  ({', '.join(flags)})" if flags else ""
    return f"[{style}{number}] {_text(paragraph)}{suffix}{targets}"


def _text(paragraph: Any) -> str:
    pieces: list[tuple[str, str]] = []
    for run in paragraph.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        language = "" if properties is None else _language(properties)
        text = "".join(_child_text(child) for child in run)
        if text:
            pieces.append((language, text))
    parts = [(language, "".join(text for _, text in group)) for language, group in groupby(pieces, key=lambda piece: piece[0])]
    return " ".join(f"{language}: {text if len(text) <= LONGEST else text[: LONGEST - 1] + '…'}" for language, text in parts)


def _language(properties: Any) -> str:
    """The language of a run in Word: the East Asian one if the run uses that font."""
    lang, fonts = properties.find(qn("w:lang")), properties.find(qn("w:rFonts"))
    eastern = fonts is not None and fonts.get(qn("w:hint")) == "eastAsia"
    return str(lang.get(qn("w:eastAsia" if eastern else "w:val")))


def _child_text(child: Any) -> str:
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
