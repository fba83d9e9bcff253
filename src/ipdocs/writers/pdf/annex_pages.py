"""A bound PDF with pages kept for annexes in, the same with the annexes on them out: links mapped, pages labelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.structure_graft import PlacedPage, graft
from ipdocs.templating.html_document import KeptPage

if TYPE_CHECKING:
    import pikepdf

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Target:
    """A page of ours, counted from 0, and what is kept there."""

    page: int
    kept: KeptPage


def lay_annexes(data: bytes, kept_pages: Sequence[KeptPage], anchors: Mapping[str, int]) -> bytes:
    """Return a PDF with foreign pages laid on the pages kept for them.

    Our pages stay what they are, with tags, language and links; a foreign page
    becomes a picture of itself on ours, as large as the page lets it be, its
    links are laid over it, and its tags become a part of ours. A file that holds
    foreign pages no longer claims to be PDF/A or PDF/UA: nobody knows whether they are.
    The foreign files went through `files.pdf.sanitise`, so their annotations are links with places, and no others.

    Args:
        data: the PDF.
        kept_pages: what is kept for the pages of annexes.
        anchors: the page on which each id stands, from 1.
    """
    import pikepdf

    targets = [_Target(anchors[kept.anchor] - 1, kept) for kept in kept_pages]
    foreign_pages = [target for target in targets if target.kept.pdf is not None]
    with pikepdf.open(BytesIO(data)) as pdf:
        for source in dict.fromkeys(target.kept.pdf for target in foreign_pages):
            with pikepdf.open(BytesIO(source or b"")) as foreign:
                _lay(pdf, foreign, [target for target in foreign_pages if target.kept.pdf == source])
        if foreign_pages:
            _no_claims(pdf)
        _label(pdf, [(target.page, target.kept.annex) for target in targets if target.kept.is_first])
        out = BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _lay(pdf: pikepdf.Pdf, foreign: pikepdf.Pdf, targets: Sequence[_Target]) -> None:
    """Lay the pages of a foreign PDF on those kept for them, with their links and, where there are any, their tags."""
    import pikepdf

    tagged = "/StructTreeRoot" in foreign.Root
    placed = [_placed(pdf, foreign, target, tagged=tagged) for target in targets]
    pages = {one.foreign.obj.objgen: (one.page, matrix) for one, matrix in placed}
    links: dict[tuple[int, int], Any] = {}
    for one, matrix in placed:
        own = {was: pdf.make_indirect(link) for was, link in _links(one.foreign.obj, matrix, pages, pdf)}
        if own:
            one.page.obj.Annots = pikepdf.Array([*one.page.obj.get("/Annots", ()), *own.values()])
        links |= own
    if tagged:
        graft(pdf, foreign, [one for one, _ in placed], links)


def _placed(pdf: pikepdf.Pdf, foreign: pikepdf.Pdf, target: _Target, *, tagged: bool) -> tuple[PlacedPage, Matrix]:
    """Put a foreign page under what stands on ours; return both, and where its points went.

    What has no tags is marked as no content, since a tagged file may not hold content that is neither.
    """
    import pikepdf

    page, source = pdf.pages[target.page], foreign.pages[target.kept.number]
    left, bottom, right, top = (float(number) for number in page.mediabox)
    form = pdf.copy_foreign(source.as_form_xobject())
    name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name(f"/Annex{target.page}"))
    room = pikepdf.Rectangle(left, bottom + target.kept.below, right, top - target.kept.above)
    content = page.calc_form_xobject_placement(
        form, name, room, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    page.contents_add(content + b"\n" if tagged else b"/Artifact BMC\n" + content + b"\nEMC\n", prepend=True)
    numbers = content.split(b" cm")[0].split()[-6:]
    own = form.get("/Matrix", [1, 0, 0, 1, 0, 0])
    return PlacedPage(page, source, form), _product(_matrix(own), _matrix(numbers))


def _matrix(numbers: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _links(
    foreign: Any,
    matrix: Matrix,
    pages: dict[tuple[int, int], tuple[pikepdf.Page, Matrix]],
    pdf: pikepdf.Pdf,
) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield the links of a foreign page as annotations of ours, each with what it was: to the web, or within the annex."""
    import pikepdf

    for annotation in foreign.get("/Annots", ()):
        made = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=_box(annotation.Rect, matrix),
            Border=[0, 0, 0],
            F=4,
        )
        if "/A" in annotation:
            made.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(str(annotation.A.URI)))
        elif (goal := _goal(annotation.get("/Dest"), pages, pdf)) is not None:
            made.Dest = goal
        else:
            continue
        if isinstance(said := annotation.get("/Contents"), pikepdf.String):
            made.Contents = pikepdf.String(str(said))
        yield annotation.objgen, made


def _box(corners: Any, matrix: Matrix) -> list[float]:
    x1, y1, x2, y2 = (float(number) for number in corners)
    points = [_moved(x, y, matrix) for x, y in ((x1, y1), (x2, y1), (x1, y2), (x2, y2))]
    across, down = zip(*points, strict=True)
    return [round(number, 3) for number in (min(across), min(down), max(across), max(down))]


def _goal(target: Any, pages: dict[tuple[int, int], tuple[pikepdf.Page, Matrix]], pdf: pikepdf.Pdf) -> Any:
    """Return a foreign destination as one of ours, or None when its page is not there."""
    import pikepdf

    if target is None:
        return None
    found = pages.get(target[0].objgen)
    if found is None:
        return None
    page, matrix = found
    if str(target[1] if len(target) > 1 else "") == "/XYZ" and len(target) > 3:
        left, top = _moved(_number(target[2]), _number(target[3]), matrix)
        return pdf.make_indirect(pikepdf.Array([page.obj, pikepdf.Name.XYZ, round(left, 3), round(top, 3), 0]))
    return pdf.make_indirect(pikepdf.Array([page.obj, pikepdf.Name.Fit]))


def _number(value: Any) -> float:
    """Return a coordinate; one that a destination leaves open is the edge of the page."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return 0.0


def _no_claims(pdf: pikepdf.Pdf) -> None:
    """Take out of the properties that the file is PDF/A and PDF/UA."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        for claim in [key for key in said if "/ns/id/" in key]:
            del said[claim]


def _label(pdf: pikepdf.Pdf, labels: Sequence[tuple[int, str]]) -> None:
    """Number the pages as they are counted, and those of an annex by its label: B-1, B-2."""
    import pikepdf

    numbers: list[Any] = [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
    for page, prefix in labels:
        numbers += [page, pikepdf.Dictionary(S=pikepdf.Name.D, P=pikepdf.String(f"{prefix}-"))]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(numbers))
