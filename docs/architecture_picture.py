"""Draws docs/architecture.svg from the layers of the import contract in pyproject.toml: python docs/architecture_picture.py."""

from __future__ import annotations

import tomllib
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/architecture.svg"
PURPOSES = {
    "cli": "arguments in, findings and paths out",
    "desk": "the page for writing: server, journal, views",
    "minutes": "packs, extracts, actions",
    "review": "review page, edited Word, redline",
    "translation": "exchange files, memory, drafts",
    "importing": "Word, HTML, text to a source",
    "pipeline": "prepare, gate, produce, manifest",
    "verification": "reads finished files again",
    "writers": "HTML to Word, PDF, HTML, text",
    "checks": "one rule a file",
    "templating": "templates, layouts, stylesheets",
    "localisation": "one language of a document",
    "source": "YAML in, changes back, disclosure",
    "model": "documents, blocks, facts",
    "values": "numbers, dates, money",
    "locale": "languages, house styles, glossary, conversion",
    "workspace": "which templates and locales",
    "files": "every byte in or out",
    "findings": "Finding, Location, IpdocsError",
}
"""A few words for each package."""
STAGES = {
    "source": "1 open",
    "minutes": "2 select",
    "pipeline": "3 plan · 5 gate",
    "localisation": "4 localise",
    "templating": "6 render",
    "writers": "7 write",
    "verification": "8 verify",
    "files": "9 place",
}
"""The stages of the path from a source to its files, by the package that has their functions."""

WIDTH, ROW, GAP, MARGIN, TOP = 980, 58, 12, 16, 44


def layers() -> list[list[str]]:
    """Return the rows of the layer contract, top first, with the packages of each."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    contract = next(contract for contract in contracts if contract["type"] == "layers")
    rows = [layer.split(" | ") for layer in contract["layers"]]
    return [row for row in rows if row != ["__main__"]]


def picture() -> str:
    """Return the picture as SVG: a row for each layer, a box for each package."""
    rows = layers()
    height = TOP + len(rows) * (ROW + GAP) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="26" fill="#333">Imports point down only; packages in one row do not import each other. '
        "The numbered stages lead from a source to its files.</text>",
    ]
    for number, row in enumerate(rows):
        y = TOP + number * (ROW + GAP)
        width = (WIDTH - 2 * MARGIN - GAP * (len(row) - 1)) / len(row)
        for column, package in enumerate(row):
            parts += _box(package, MARGIN + column * (width + GAP), y, width)
    return "\n".join([*parts, "</svg>", ""])


def _box(package: str, x: float, y: float, width: float) -> list[str]:
    is_stage = package in STAGES
    fill, edge = ("#e3f0f7", "#1f6f96") if is_stage else ("#f4f4f4", "#999")
    lines = [
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW}" rx="5" fill="{fill}" stroke="{edge}"/>',
        f'<text x="{x + 12:.1f}" y="{y + 24}" fill="#111" font-weight="bold">{escape(package)}</text>',
        f'<text x="{x + 12:.1f}" y="{y + 43}" fill="#444" font-size="12">{escape(PURPOSES[package])}</text>',
    ]
    if is_stage:
        lines.append(
            f'<text x="{x + width - 12:.1f}" y="{y + 24}" fill="{edge}" text-anchor="end">{escape(STAGES[package])}</text>'
        )
    return lines


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
