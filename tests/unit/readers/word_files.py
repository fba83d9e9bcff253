"""Word files written element by element, for tests of the reader."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from ipdocs.files.ooxml.names import NAMESPACES, RELATIONSHIP_PREFIX, WORD_TYPE_PREFIX
from ipdocs.importing.paragraph import ImportedFile
from ipdocs.importing.readers import word
from ipdocs.source.segment import to_source_text

_PREFIXES = {
    **{prefix: NAMESPACES[prefix] for prefix in ("w", "r", "wp", "a", "pic", "m", "mc", "v", "o", "c", "dgm")},
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())


def part(root: str, content: str) -> bytes:
    """Return a part of a Word file with a root element such as "w:styles"."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_DECLARATIONS}>{content}</{root}>'.encode()


def word_file(body: str, parts: dict[str, bytes] | None = None, relationships: str = "") -> bytes:
    """Return a Word file.

    Args:
        body: the elements of the body.
        parts: other parts, keyed by the name without folder and ending, such as "styles"; the name without digits is the kind
            of relationship. Names with a full stop are used as they are, without a relationship.
        relationships: further elements of the relationships part of the main part.
    """
    related = {name: content for name, content in (parts or {}).items() if "." not in name}
    links = "".join(
        f'<Relationship Id="rIdPart{number}" Type="{RELATIONSHIP_PREFIX}{name.rstrip("0123456789")}" Target="{name}.xml"/>'
        for number, name in enumerate(related)
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{WORD_TYPE_PREFIX}{name.rstrip("0123456789")}+xml"/>'
        for name in related
    )
    types = (
        f'<Types xmlns="{NAMESPACES["ct"]}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE_PREFIX}document.main+xml"/>{overrides}</Types>'
    )
    office = f'<Relationship Id="rId1" Type="{RELATIONSHIP_PREFIX}officeDocument" Target="word/document.xml"/>'
    main = f'<Relationships xmlns="{NAMESPACES["rel"]}">{links}{relationships}</Relationships>'
    contents = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f'<Relationships xmlns="{NAMESPACES["rel"]}">{office}</Relationships>'.encode(),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": main.encode(),
        **{f"word/{name}.xml": content for name, content in related.items()},
        **{name: content for name, content in (parts or {}).items() if "." in name},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def paragraph(content: str, properties: str = "") -> str:
    """Return a paragraph; content without elements becomes a run."""
    return (
        f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{content if content.startswith('<') else run(content)}</w:p>"
    )


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    """Return a table; the cells of a row are separated by "|"."""
    cells = ["".join(cell(text) for text in row.split("|")) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    """Return a cell of a table."""
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{paragraph(text)}</w:tc>"


def read_word_file(folder: Path, body: str, parts: dict[str, bytes] | None = None, relationships: str = "") -> ImportedFile:
    """Write a Word file and read it."""
    path = folder / "incoming.docx"
    path.write_bytes(word_file(body, parts, relationships))
    return word.read(path)


def kinds_and_texts(imported: ImportedFile) -> list[tuple[str, str]]:
    """Return the kind and the source text of each paragraph; for a table, its rows with "|" between the cells."""
    return [
        (entry.kind, " / ".join("|".join(map(to_source_text, row)) for row in entry.rows) or to_source_text(entry.content))
        for entry in imported.paragraphs
    ]
