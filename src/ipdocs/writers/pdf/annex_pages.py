"""Place annexes on the pages that a bound PDF keeps free for them, map their links, and label their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.structure import PlacedPage, copy_structure
from ipdocs.templating.html_document import KeptPage

if TYPE_CHECKING:
    import pikepdf

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Target:
    """A page of the pack on which a page of an annex is placed: its index, and the properties of the kept page."""

    page_index: int
    kept_page: KeptPage


def place_annexes(data: bytes, kept_pages: Sequence[KeptPage], anchors: Mapping[str, int]) -> bytes:
    """Place the pages of annexes on the pages of a PDF that are kept free for them, and return the new PDF.

    The pages of the pack keep their tags, language and links. A page of an annex is scaled down if the free space is
    smaller. Its links are copied, and its tags become part of the pack's structure tree.

    A file with annexes no longer claims to be PDF/A or PDF/UA, because the pages of annexes have not been checked.
    `files.pdf.sanitise` has already cleaned the annexes, so all their annotations are links.

    Args:
        data: the PDF.
        kept_pages: the pages kept free for annexes.
        anchors: the page number of each id, from 1.
    """
    import pikepdf

    targets = [_Target(anchors[kept.anchor] - 1, kept) for kept in kept_pages]
    pdf_targets = [target for target in targets if target.kept_page.pdf is not None]
    with pikepdf.open(BytesIO(data)) as pdf:
        for annex_data in dict.fromkeys(target.kept_page.pdf for target in pdf_targets):
            with pikepdf.open(BytesIO(annex_data or b"")) as annex:
                _place_pages(pdf, annex, [target for target in pdf_targets if target.kept_page.pdf == annex_data])
        if pdf_targets:
            _remove_claims(pdf)
        _label_pages(pdf, [(target.page_index, target.kept_page.label) for target in targets if target.kept_page.is_first])
        result = BytesIO()
        pdf.save(result, deterministic_id=True, fix_metadata_version=False)
    return result.getvalue()


def _place_pages(pdf: pikepdf.Pdf, annex: pikepdf.Pdf, targets: Sequence[_Target]) -> None:
    """Place pages of an annex, with their links and tags, on the target pages."""
    import pikepdf

    tagged = "/StructTreeRoot" in annex.Root
    placed_pages = [_place_page(pdf, annex, target, tagged=tagged) for target in targets]
    pages = {placed.annex_page.obj.objgen: (placed.page, matrix) for placed, matrix in placed_pages}
    links_by_old_id: dict[tuple[int, int], Any] = {}
    for placed, matrix in placed_pages:
        mapped_links = _mapped_links(placed.annex_page.obj, matrix, pages, pdf)
        page_links = {object_id: pdf.make_indirect(link) for object_id, link in mapped_links}
        if page_links:
            placed.page.obj.Annots = pikepdf.Array([*placed.page.obj.get("/Annots", ()), *page_links.values()])
        links_by_old_id |= page_links
    if tagged:
        copy_structure(pdf, annex, [placed for placed, _ in placed_pages], links_by_old_id)


def _place_page(pdf: pikepdf.Pdf, annex: pikepdf.Pdf, target: _Target, *, tagged: bool) -> tuple[PlacedPage, Matrix]:
    """Draw a page of an annex behind the content of the target page; return both pages, and the matrix between them.

    The matrix maps coordinates of the annex page to coordinates of the target page. A page of an untagged annex is drawn as an
    artifact, because all content of a tagged file must be tagged or be an artifact.
    """
    import pikepdf

    page, annex_page = pdf.pages[target.page_index], annex.pages[target.kept_page.page_index]
    left, bottom, right, top = (float(number) for number in page.mediabox)
    form = pdf.copy_foreign(annex_page.as_form_xobject())
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Annex{target.page_index}"))
    free_space = pikepdf.Rectangle(left, bottom + target.kept_page.below, right, top - target.kept_page.above)
    content = page.calc_form_xobject_placement(
        form, name, free_space, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    page.contents_add(content + b"\n" if tagged else b"/Artifact BMC\n" + content + b"\nEMC\n", prepend=True)
    placement = content.split(b" cm")[0].split()[-6:]
    form_matrix = form.get("/Matrix", [1, 0, 0, 1, 0, 0])
    return PlacedPage(page, annex_page, form), _product(_matrix(form_matrix), _matrix(placement))


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that transforms by `first`, then by `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _transform(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _mapped_links(
    annex_page: Any,
    matrix: Matrix,
    pages: dict[tuple[int, int], tuple[pikepdf.Page, Matrix]],
    pdf: pikepdf.Pdf,
) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield the old object id and the new annotation of each link on a page of an annex, to the web or within the annex.

    `pages` maps the object id of each page of the annex to its target page and matrix.
    """
    import pikepdf

    for annotation in annex_page.get("/Annots", ()):
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=_bounding_box(annotation.Rect, matrix),
            Border=[0, 0, 0],
            F=4,
        )
        if "/A" in annotation:
            link.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(str(annotation.A.URI)))
        elif (destination := _mapped_destination(annotation.get("/Dest"), pages, pdf)) is not None:
            link.Dest = destination
        else:
            continue
        if isinstance(description := annotation.get("/Contents"), pikepdf.String):
            link.Contents = pikepdf.String(str(description))
        yield annotation.objgen, link


def _bounding_box(corners: Any, matrix: Matrix) -> list[float]:
    """Return the bounding box of a transformed rectangle."""
    x1, y1, x2, y2 = (float(number) for number in corners)
    points = [_transform(x, y, matrix) for x, y in ((x1, y1), (x2, y1), (x1, y2), (x2, y2))]
    xs, ys = zip(*points, strict=True)
    return [round(number, 3) for number in (min(xs), min(ys), max(xs), max(ys))]


def _mapped_destination(destination: Any, pages: dict[tuple[int, int], tuple[pikepdf.Page, Matrix]], pdf: pikepdf.Pdf) -> Any:
    """Return the destination in the pack for a destination within an annex, or None if its page is not in the pack."""
    import pikepdf

    page_and_matrix = None if destination is None else pages.get(destination[0].objgen)
    if page_and_matrix is None:
        return None
    page, matrix = page_and_matrix
    if str(destination[1] if len(destination) > 1 else "") == "/XYZ" and len(destination) > 3:
        left, top = _transform(_coordinate(destination[2]), _coordinate(destination[3]), matrix)
        return pdf.make_indirect(pikepdf.Array([page.obj, pikepdf.Name.XYZ, round(left, 3), round(top, 3), 0]))
    return pdf.make_indirect(pikepdf.Array([page.obj, pikepdf.Name.Fit]))


def _coordinate(value: Any) -> float:
    """Return a coordinate of a destination; a missing coordinate is 0, the edge of the page."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _remove_claims(pdf: pikepdf.Pdf) -> None:
    """Remove the claims to be PDF/A and PDF/UA from the metadata of a PDF."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for claim in [key for key in metadata if "/ns/id/" in key]:
            del metadata[claim]


def _label_pages(pdf: pikepdf.Pdf, annexes: Sequence[tuple[int, str]]) -> None:
    """Label the pages of a PDF with numbers, and the pages of each annex with its label and numbers, such as B-1 and B-2.

    Args:
        pdf: the PDF.
        annexes: for each annex the index of its first page, and its label.
    """
    import pikepdf

    numbers: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
    for page_index, label in annexes:
        numbers += [page_index, pikepdf.Dictionary(S=pikepdf.Name.D, P=pikepdf.String(f"{label}-"))]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
