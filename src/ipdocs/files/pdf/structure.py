"""Copy the tags of an annex into the bound PDF, so that screen readers read the annex like the rest of the PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ipdocs.files.pdf.tags import as_list, is_element

if TYPE_CHECKING:
    import pikepdf

MAX_DEPTH = 60
"""Maximum nesting of the structure elements of an annex."""

_ROLE_NAMES = (
    "Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table TR TH TD"
    " THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Figure Formula Form"
)
ROLES = frozenset(_ROLE_NAMES.split())
"""The structure types of PDF 1.7, except Document: a file has only one, so the Document of an annex becomes a Part."""

_COPIED_TEXTS = ("/Alt", "/ActualText", "/E", "/Lang")
"""The text entries of elements that are copied."""

_COPIED_ATTRIBUTES = {"/Table": ("/RowSpan", "/ColSpan", "/Scope"), "/List": ("/ListNumbering",)}
"""The attributes that are copied, keyed by their owner. Identifiers of cells are not copied, since they would need an index."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page of an annex placed on a page of the bound PDF.

    Attributes:
        page: The page of the bound PDF.
        annex_page: The page of the annex.
        form: The form that holds the content of the annex's page on the page of the bound PDF.
    """

    page: pikepdf.Page
    annex_page: pikepdf.Page
    form: Any


@dataclass
class _StructureCopier:
    """Copies the structure of an annex, element by element.

    Attributes:
        pdf: The bound PDF.
        roles: The role map of the annex.
        pages: The placed pages, keyed by the object number of the annex's page.
        links: The copied links, keyed by the object number of the annex's link.
        owners: The elements that own marked content, keyed by the object number of the annex's page, then by identifier.
        link_elements: Pairs of a copied link and the structure element that contains the link.
    """

    pdf: pikepdf.Pdf
    roles: Any
    pages: dict[tuple[int, int], PlacedPage]
    links: dict[tuple[int, int], Any]
    owners: dict[tuple[int, int], dict[int, Any]] = field(default_factory=dict)
    link_elements: list[tuple[Any, Any]] = field(default_factory=list)

    def copy_element(self, annex_element: Any, parent: Any, page: PlacedPage | None) -> Any:
        """Return a copy of a structure element of the annex and of everything below it.

        Args:
            annex_element: The structure element of the annex.
            parent: The parent of the copy.
            page: The page that the parent is on, if known.
        """
        import pikepdf

        element = self.pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{self._role(annex_element)}"), P=parent)
        )
        for key in _COPIED_TEXTS:
            if isinstance(text := annex_element.get(key), pikepdf.String):
                element[key] = pikepdf.String(str(text))
        if attributes := [*_attributes(annex_element.get("/A"))]:
            element.A = pikepdf.Array(attributes)
        page = self._page(annex_element, page)
        kids = [self._copy_kid(kid, element, page) for kid in as_list(annex_element.get("/K"))]
        element.K = pikepdf.Array([kid for kid in kids if kid is not None])
        return element

    def _role(self, annex_element: Any) -> str:
        """Return the standard structure type of an element, according to the role map."""
        name = str(annex_element.get("/S", "/Div"))
        for _ in range(10):
            if name[1:] in ROLES:
                return name[1:]
            if name == "/Document" or name not in self.roles:
                break
            name = str(self.roles[name])
        return (
            "Part"
            if name == "/Document"
            else "Div"
            if any(is_element(kid) for kid in as_list(annex_element.get("/K")))
            else "Span"
        )

    def _page(self, holder: Any, inherited: PlacedPage | None) -> PlacedPage | None:
        import pikepdf

        page = holder.get("/Pg")
        return self.pages.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else inherited

    def _copy_kid(self, kid: Any, parent: Any, page: PlacedPage | None) -> Any:
        """Return a copy of an element's kid: content, a link, or another element; None if the bound PDF does not contain it."""
        import pikepdf

        if isinstance(kid, int):
            return self._content_reference(kid, parent, page)
        if is_element(kid):
            return self.copy_element(kid, parent, page)
        page = self._page(kid, page)
        if isinstance(kid.get("/MCID"), int) and "/Stm" not in kid:
            return self._content_reference(int(kid.MCID), parent, page)
        link = self.links.get(kid.Obj.objgen) if isinstance(kid.get("/Obj"), pikepdf.Dictionary) else None
        if link is None or page is None:
            return None
        self.link_elements.append((link, parent))
        return pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Pg=page.page.obj, Obj=link)

    def _content_reference(self, identifier: int, parent: Any, page: PlacedPage | None) -> Any:
        """Return a reference to marked content in the form that holds a page of the annex, and record `parent` as its owner."""
        import pikepdf

        if page is None:
            return None
        self.owners.setdefault(page.annex_page.obj.objgen, {})[identifier] = parent
        return pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page.page.obj, Stm=page.form, MCID=identifier)


def has_valid_structure(pdf: pikepdf.Pdf) -> bool:
    """Whether a PDF has a valid structure tree: every element has a type, and no element contains itself."""
    import pikepdf

    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, pikepdf.Dictionary) or not isinstance(root.get("/RoleMap", pikepdf.Dictionary()), pikepdf.Dictionary):
        return False
    visited: set[tuple[int, int]] = set()
    pending = [(kid, 0) for kid in as_list(root.get("/K"))]
    while pending:
        kid, depth = pending.pop()
        if isinstance(kid, int) or (isinstance(kid, pikepdf.Dictionary) and "/S" not in kid):
            continue
        if not isinstance(kid, pikepdf.Dictionary) or not isinstance(kid.S, pikepdf.Name) or depth > MAX_DEPTH:
            return False
        if kid.is_indirect and kid.objgen in visited:
            return False
        visited.add(kid.objgen)
        pending += [(child, depth + 1) for child in as_list(kid.get("/K"))]
    return bool(visited)


def copy_structure(pdf: pikepdf.Pdf, annex: pikepdf.Pdf, pages: Sequence[PlacedPage], links: dict[tuple[int, int], Any]) -> None:
    """Copy the structure of an annex into the bound PDF, as a Part after the stamp of its first page.

    Args:
        pdf: The bound PDF.
        annex: The annex.
        pages: The placed pages of the annex.
        links: The copied links, keyed by the object number of the annex's link.
    """
    import pikepdf

    root = annex.Root.StructTreeRoot
    stamp, document = _stamp(pdf, pages[0].page)
    pages_by_id = {page.annex_page.obj.objgen: page for page in pages}
    copier = _StructureCopier(pdf, root.get("/RoleMap", pikepdf.Dictionary()), pages_by_id, links)
    part = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Part, P=document))
    if isinstance(language := annex.Root.get("/Lang"), pikepdf.String):
        part.Lang = pikepdf.String(str(language))
    part.K = pikepdf.Array([copier.copy_element(kid, part, None) for kid in as_list(root.get("/K")) if is_element(kid)])
    kids = list(document.K)
    position = next(index for index, kid in enumerate(kids) if kid.objgen == stamp.objgen) + 1
    document.K = pikepdf.Array([*kids[:position], part, *kids[position:]])
    _register(pdf, copier)


def _stamp(pdf: pikepdf.Pdf, page: pikepdf.Page) -> tuple[Any, Any]:
    """Return the kid of the document element that contains a page's first content, and the document element itself."""
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    owners = dict(zip(numbers[0::2], numbers[1::2], strict=True))[page.obj.StructParents]
    element = owners[0]
    while str(element.P.S) != "/Document":
        element = element.P
    return element, element.P


def _register(pdf: pikepdf.Pdf, copier: _StructureCopier) -> None:
    """Add the owners of the content of each form, and the element of each link, to the parent tree."""
    import pikepdf

    tree = pdf.Root.StructTreeRoot.ParentTree
    numbers: list[Any] = list(tree.Nums)
    key = max(numbers[0::2], default=-1) + 1
    for page, owners in copier.owners.items():
        elements = [owners.get(identifier) for identifier in range(max(owners) + 1)]
        copier.pages[page].form.StructParents = key
        numbers += [key, pdf.make_indirect(pikepdf.Array(elements))]
        key += 1
    for link, element in copier.link_elements:
        link.StructParent = key
        numbers += [key, element]
        key += 1
    tree.Nums = pikepdf.Array(numbers)


def _attributes(value: Any) -> Iterator[Any]:
    """Yield copies of the attributes of an element, with only the entries in _COPIED_ATTRIBUTES."""
    import pikepdf

    for attribute in as_list(value):
        if isinstance(attribute, pikepdf.Dictionary) and (keys := _COPIED_ATTRIBUTES.get(str(attribute.get("/O", "")))):
            entries = {key: attribute[key] for key in keys if isinstance(attribute.get(key), int | pikepdf.Name)}
            if entries:
                yield pikepdf.Dictionary({"/O": attribute.O, **entries})
