"""What the PDFs of one batch share, and one tree laid out and written with it."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
import weasyprint
from weasyprint.css.counters import CounterStyle

from ipdocs.findings import Finding, Location, raise_errors
from ipdocs.templating.html_document import HtmlDocument, Stylesheet
from ipdocs.templating.weasyprint_errors import stylesheet_errors
from ipdocs.workspace import Workspace
from ipdocs.writers import draft
from ipdocs.writers.asset_fetcher import fetcher
from ipdocs.writers.pdf import weasy
from ipdocs.writers.pdf.breaks import unbroken
from ipdocs.writers.pdf.glyphs import fit, lacking_fonts, no_glyphs, other_fonts, place
from ipdocs.writers.pdf.lines import number_lines
from ipdocs.writers.pdf.tags import mend
from ipdocs.writers.pdf.tree_copy import copied
from ipdocs.writers.pdf.unsupported_css import laying_out, untagged
from ipdocs.writers.pdf.weasyprint_log import heard, is_missing_glyph, of_layout, of_stylesheet
from ipdocs.writers.pdf.xmp import GENERATOR, moment, rdf
from ipdocs.writers.written_file import Written

PRODUCER = f"WeasyPrint {weasyprint.VERSION}"
BASE = Stylesheet(Path(__file__).with_name("pdf.css"), Path(__file__).with_name("pdf.css").read_text("utf-8"))


@dataclass(slots=True)
class Session:
    """The workspace that says which fonts there are, and the stylesheets, parsed when a tree first brings them."""

    workspace: Workspace
    counters: Any = field(default_factory=CounterStyle)
    sheets: dict[Stylesheet, tuple[Any, list[Finding]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Laid:
    """A tree on its pages: how many there are, on which each id and each heading stands, and what was found on the way."""

    tree: HtmlDocument
    root: Element[str]
    document: Any
    findings: tuple[Finding, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.document.pages)

    @property
    def unset(self) -> bool:
        """Whether the source has a character without a glyph."""
        return any(finding.code == "no-glyph" for finding in self.findings)

    @property
    def anchors(self) -> dict[str, int]:
        """The page on which each id begins, the first being 1."""
        return {name: number for number, page in reversed([*enumerate(self.document.pages, 1)]) for name in page.anchors}

    @property
    def headings(self) -> tuple[int, ...]:
        """The page of each h1, h2, h3 and h4 of the tree, in its order; 0 for one that is not shown."""
        anchors = self.anchors
        return tuple(anchors.get(heading.get("id", ""), 0) for heading in _headings(self.root))


def prepare(trees: Iterable[HtmlDocument], workspace: Workspace) -> Session:
    """Return what the PDFs of these trees share. A font that one of them lacks ends it here, before anything is written."""
    raise_errors(lacking_fonts(trees, workspace))
    return Session(workspace)


def lay_out(tree: HtmlDocument, session: Session) -> Laid:
    """Return a tree of the session's batch on its pages."""
    refused: list[str] = []
    fitted = fit(tree, session.workspace, BASE.text + draft.MARK.text)
    fonts = weasy.fonts_of(tuple(fitted.files), tuple(fitted.families.items()))
    findings = [*no_glyphs(tree, fitted), *_skipped_levels(tree), *untagged(tree)]
    sheets = []
    for stylesheet in (BASE, draft.MARK, *tree.stylesheets):
        css, found = _parsed(stylesheet, session)
        sheets.append(css)
        findings += found
    root = copied(tree.root)
    for number, heading in enumerate(_headings(root), 1):
        heading.set("id", heading.get("id", f"ipdocs-heading-{number}"))
        heading.set("data-label", unbroken(" ".join("".join(_words(heading)).split())))
    if tree.draft:
        draft.mark(root)
    with heard() as records, laying_out(tree):
        html = weasy.Html(root, fetcher(tree.assets, refused))
        document = html.render(font_config=fonts, counter_style=session.counters, stylesheets=sheets, presentational_hints=True)
    findings += of_layout(records, refused, _picture_places(tree), tree.stylesheets)
    findings += [_moved(*one) for one in weasy.moved_notes(document)]
    if tree.line_numbers:
        number_lines(document)
    weasy.mark_artifacts(document)
    weasy.separate_words(document)
    return Laid(tree, root, document, tuple(findings))


def write(laid: Laid, attach: tuple[str, bytes] | None = None) -> Written:
    """Return the PDF of a laid out tree: PDF/UA-1 and PDF/A-2a, or PDF/A-3a when a file is attached as its source.

    The same tree gives the same bytes: dates come from the document, the file's identifier from its content.
    """
    tree, document = laid.tree, laid.document
    said = tree.metadata
    tags = tuple(language.tag for language in tree.languages)
    document.metadata = weasy.Metadata(
        lambda part: rdf(said, tags, part, PRODUCER),
        title=said.title,
        authors=[said.issuer] if said.issuer else [],
        description=said.subject or None,
        keywords=list(said.keywords),
        generator=GENERATOR,
        created=moment(said),
        modified=moment(said),
        lang=tree.root.get("lang"),
    )
    with heard() as records, stylesheet_errors(tree.stylesheets):
        data = document.write_pdf(
            finisher=lambda _, pdf: _finish(pdf),
            pdf_variant="pdf/a-3a" if attach else "pdf/a-2a",
            attachments=[_attachment(*attach, said.created)] if attach else None,
        )
    told = [record for record in records if not is_missing_glyph(record) or not laid.unset]
    found = [*laid.findings, *of_layout(told, (), _picture_places(tree), tree.stylesheets)]
    if tree.draft:
        found = [replace(finding, severity="warning") for finding in found]
    return Written(data, tuple(raise_errors(found)))


def _picture_places(tree: HtmlDocument) -> dict[str, Location | None]:
    """Return where the source names each picture, by the name that its img has."""
    return {image.get("src", ""): place(image) for image in tree.root.iter("img")}


def _moved(note: Element[str], stands: int, called: int) -> Finding:
    words = " ".join("".join(note.itertext()).split())
    where = f"stands on page {stands}" if stands else "is on no page"
    message = f"the note {words[:40]!r} {where}, and is called on page {called}"
    return Finding("note-moved", message, None, "make it shorter, or call fewer notes so near", "warning" if stands else "error")


def _headings(root: Element[str]) -> list[Element[str]]:
    return [element for element in root.iter() if element.tag in {"h1", "h2", "h3", "h4"}]


def _words(element: Element[str]) -> Iterator[str]:
    """Yield what an element says, without its notes."""
    yield element.text or ""
    for child in element:
        if child.get("class") != "footnote":
            yield from _words(child)
        yield child.tail or ""


def _skipped_levels(tree: HtmlDocument) -> list[Finding]:
    """Return a finding for each heading that is deeper by more than one than the heading before it: no PDF/UA (7.4.2)."""
    found, level = [], 0
    for heading in tree.root.iter("h1", "h2", "h3", "h4"):
        deeper = int(str(heading.tag)[1])
        if deeper > level + 1:
            before = f"follows one of level {level}" if level else "comes first"
            message = f"the heading {heading.text_content().strip()!r} of level {deeper} {before}"
            found.append(Finding("skipped-heading", message, place(heading), f"make it level {level + 1}"))
        level = deeper
    return found


def _finish(pdf: Any) -> None:
    mend(pdf)
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})
    for stream in pdf.objects:
        if isinstance(stream, pydyf.Stream) and stream.compress:
            _compress(stream)


def _compress(stream: Any) -> None:
    """Compress a stream for good: pydyf does it each time it looks, once for the file and once for its identifier."""
    stream.compress = False
    content = stream.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    stream.stream = [zlib.compress(content, 9)]
    stream.extra["Filter"] = "/FlateDecode"


def _attachment(name: str, data: bytes, created: datetime) -> weasyprint.Attachment:
    return weasyprint.Attachment(string=data, name=name, created=created, modified=created, relationship="Source")


def _parsed(stylesheet: Stylesheet, session: Session) -> tuple[Any, list[Finding]]:
    """Return a stylesheet as WeasyPrint keeps it, parsed once, and what of it was ignored."""
    if stylesheet not in session.sheets:
        refused: list[str] = []
        with heard() as records, stylesheet_errors([stylesheet]):
            css = weasyprint.CSS(
                string=stylesheet.text,
                base_url="asset:",
                url_fetcher=fetcher({}, refused),
                counter_style=session.counters,
            )
        session.sheets[stylesheet] = css, [*of_stylesheet(records, stylesheet.path), *other_fonts(stylesheet)]
    return session.sheets[stylesheet]
