"""Make the PDF of an edition in memory while its source is being written, with the places of its blocks on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ipdocs.findings import Finding
from ipdocs.pipeline.prepare import prepare_source
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import Source
from ipdocs.templating.layout import Layout

if TYPE_CHECKING:
    from ipdocs.writers.pdf.block_boxes import PlacedBlock


@dataclass(frozen=True, slots=True)
class Preview:
    """A PDF that is not verified and not written to disk.

    Attributes:
        data: the PDF.
        page_count: the number of pages.
        boxes: the places of the blocks on the pages.
        findings: the warnings of all stages.
    """

    data: bytes
    page_count: int
    boxes: Sequence[PlacedBlock]
    findings: tuple[Finding, ...]


def preview(source: Source, edition: str, layout: Layout = "parallel") -> Preview:
    """Return the PDF of one edition of a source, as a draft, with gaps marked.

    Args:
        source: the source, which may have gaps.
        edition: the languages, as codes joined by +, such as "en+tc".
        layout: how several languages are arranged.

    Raises:
        IpdocsError: the source cannot be localised, rendered or laid out.
    """
    from ipdocs.writers import pdf

    request = BuildRequest(editions=(edition,), layout=layout, formats=("pdf",), draft=True, verify=False)
    prepared = prepare_source(replace(source, draft=True), request)
    html = prepared.tasks[0].rendered.html
    written, boxes = pdf.write_with_boxes(html, pdf.prepare([html], source.workspace))
    return Preview(written.data, written.page_count or 0, boxes, (*prepared.findings, *written.findings))
