"""The tags of a foreign PDF, put into ours behind the stamp of its first page: so that annexes are read out like the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.tags import is_element, listed

if TYPE_CHECKING:
    import pikepdf

MAX_DEPTH = 60
_NAMES = (
    "Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table TR TH TD"
    " THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form"
)
ROLES = frozenset(_NAMES.split())
"""The types of PDF 1.7, but for Document, of which a file has one: that of an annex becomes a part."""

_SAID = ("/Alt", "/ActualText", "/E", "/Lang")
_ATTRIBUTES = {"/Table": ("/RowSpan", "/ColSpan", "/Scope"), "/List": ("/ListNumbering",)}
"""What is said of tables and lists beside their content; ids of cells would need an index of them."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A foreign page that lies on one of ours: both, and the form that holds its content."""

    page: pikepdf.Page
    foreign: pikepdf.Page
    form: Any


@dataclass
class _Graft:
    """A structure on its way from one file to another: pages and links by what they were, and which element owns what."""

    pdf: pikepdf.Pdf
    roles: Any
    pages: dict[tuple[int, int], PlacedPage]
    links: dict[tuple[int, int], Any]
    owners: dict[tuple[int, int], dict[int, Any]] = field(default_factory=dict)
    linked: list[tuple[Any, Any]] = field(default_factory=list)

    def element(self, foreign: Any, parent: Any, page: PlacedPage | None) -> Any:
        """Return a structure element of ours that says what a foreign one does, with all below it."""
        import pikepdf

        made = self.pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{self._role(foreign)}"), P=parent)
        )
        for key in _SAID:
            if isinstance(said := foreign.get(key), pikepdf.String):
                made[key] = pikepdf.String(str(said))
        if attributes := [*_attributes(foreign.get("/A"))]:
            made.A = pikepdf.Array(attributes)
        page = self._page(foreign, page)
        kids = [kid for one in listed(foreign.get("/K")) if (kid := self._kid(one, made, page)) is not None]
        made.K = pikepdf.Array(kids)
        return made

    def _role(self, foreign: Any) -> str:
        name = str(foreign.get("/S", "/Div"))
        for _ in range(10):
            if name[1:] in ROLES:
                return name[1:]
            if name == "/Document" or name not in self.roles:
                break
            name = str(self.roles[name])
        return "Part" if name == "/Document" else "Div" if any(is_element(kid) for kid in listed(foreign.get("/K"))) else "Span"

    def _page(self, holder: Any, otherwise: PlacedPage | None) -> PlacedPage | None:
        import pikepdf

        page = holder.get("/Pg")
        return self.pages.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else otherwise

    def _kid(self, kid: Any, parent: Any, page: PlacedPage | None) -> Any:
        """Return what stands for a kid of an element: content, a link, or another element; None for what is not bound in."""
        import pikepdf

        if isinstance(kid, int):
            return self._content(kid, parent, page)
        if is_element(kid):
            return self.element(kid, parent, page)
        page = self._page(kid, page)
        if isinstance(kid.get("/MCID"), int) and "/Stm" not in kid:
            return self._content(int(kid.MCID), parent, page)
        link = self.links.get(kid.Obj.objgen) if isinstance(kid.get("/Obj"), pikepdf.Dictionary) else None
        if link is None or page is None:
            return None
        self.linked.append((link, parent))
        return pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Pg=page.page.obj, Obj=link)

    def _content(self, number: int, parent: Any, page: PlacedPage | None) -> Any:
        """Return a reference to content of a foreign page where it is now: in the form that lies on our page."""
        import pikepdf

        if page is None:
            return None
        self.owners.setdefault(page.foreign.obj.objgen, {})[number] = parent
        return pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page.page.obj, Stm=page.form, MCID=number)


def is_sound(pdf: pikepdf.Pdf) -> bool:
    """Tell whether a PDF has a structure that can be followed: elements with types, none of them within itself."""
    import pikepdf

    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary) or not isinstance(root.get("/RoleMap", pikepdf.Dictionary()), pikepdf.Dictionary):
        return False
    seen: set[tuple[int, int]] = set()
    todo = [(kid, 0) for kid in listed(root.get("/K"))]
    while todo:
        kid, depth = todo.pop()
        if isinstance(kid, int) or (isinstance(kid, pikepdf.Dictionary) and "/S" not in kid):
            continue
        if not isinstance(kid, pikepdf.Dictionary) or not isinstance(kid.S, pikepdf.Name) or depth > MAX_DEPTH:
            return False
        if kid.is_indirect and kid.objgen in seen:
            return False
        seen.add(kid.objgen)
        todo += [(one, depth + 1) for one in listed(kid.get("/K"))]
    return bool(seen)


def graft(pdf: pikepdf.Pdf, foreign: pikepdf.Pdf, laid: Sequence[PlacedPage], links: dict[tuple[int, int], Any]) -> None:
    """Put the structure of a foreign PDF into ours, as a part behind the stamp of the first page it lies on.

    `links` gives our annotation for each of the foreign ones that was kept.
    """
    import pikepdf

    root = foreign.Root.StructTreeRoot
    stamp, document = _stamp(pdf, laid[0].page)
    pages = {one.foreign.obj.objgen: one for one in laid}
    work = _Graft(pdf, root.get("/RoleMap", pikepdf.Dictionary()), pages, links)
    part = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Part, P=document))
    if isinstance(language := foreign.Root.get("/Lang"), pikepdf.String):
        part.Lang = pikepdf.String(str(language))
    part.K = pikepdf.Array([work.element(kid, part, None) for kid in listed(root.get("/K")) if is_element(kid)])
    kids = list(document.K)
    at = next(at for at, kid in enumerate(kids) if kid.objgen == stamp.objgen)
    document.K = pikepdf.Array([*kids[: at + 1], part, *kids[at + 1 :]])
    _register(pdf, work)


def _stamp(pdf: pikepdf.Pdf, page: pikepdf.Page) -> tuple[Any, Any]:
    """Return the element of our document under which a page's first content stands, and that document."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(numbers[0::2], numbers[1::2], strict=True))[page.obj.StructParents]
    element = owners[0]
    while str(element.P.S) != "/Document":
        element = element.P
    return element, element.P


def _register(pdf: pikepdf.Pdf, work: _Graft) -> None:
    """Note for each form which element owns each of its contents, and for each link its element."""
    import pikepdf

    tree = pdf.Root.StructTreeRoot.ParentTree
    numbers: list[Any] = list(tree.Nums)
    key = max(numbers[0::2], default=-1) + 1
    for page, owners in work.owners.items():
        row = [owners.get(number) for number in range(max(owners) + 1)]
        work.pages[page].form.StructParents = key
        numbers += [key, pdf.make_indirect(pikepdf.Array(row))]
        key += 1
    for link, element in work.linked:
        link.StructParent = key
        numbers += [key, element]
        key += 1
    tree.Nums = pikepdf.Array(numbers)


def _attributes(written: Any) -> Iterator[Any]:
    import pikepdf

    for one in listed(written):
        if isinstance(one, pikepdf.Dictionary) and (kept := _ATTRIBUTES.get(str(one.get("/O", "")))):
            said = {key: one[key] for key in kept if key in one and isinstance(one[key], int | pikepdf.Name)}
            if said:
                yield pikepdf.Dictionary({"/O": one.O, **said})
