"""Pictures of Word files, in DrawingML (a:blip) and in VML (v:imagedata)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ipdocs.files.alternative_text import names_a_file
from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.files.ooxml.names import local_name, qualified_name
from ipdocs.files.ooxml.relationships import resolve_part
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.picture import BadPicture
from ipdocs.importing.paragraph import Image
from ipdocs.importing.readers.word.word_file import WordFile

if TYPE_CHECKING:
    from lxml.etree import _Element

_EXTENSIONS = {"png": "png", "jpeg": "jpg", "svg": "svg"}
_SHAPES = frozenset(("drawing", "pict", "object"))


def read_picture(element: _Element, file: WordFile) -> Image | None:
    """Return the picture to which an element refers; if it cannot be used, leave it out and return None."""
    identifier = next(
        (value for name in ("r:embed", "r:id", "o:relid", "r:pict") if (value := element.get(qualified_name(name)))), ""
    )
    relationship = file.part.relationships.get(identifier)
    target = relationship.target if relationship else ""
    key = (element, "picture")
    name = resolve_part(file.part.name, target)
    data = file.package.parts.get(name)
    if data is None:
        lower_name = name.lower()
        data = next((part for part_name, part in file.package.parts.items() if part_name.lower() == lower_name), b"")
    if not data:
        detail = f"{name.rpartition('/')[2][:80]} is not in the file" if target else "it is not in the file"
        file.ledger.leave_out(key, LeftOutReason.UNUSABLE_PICTURE, detail)
        return None
    try:
        picture = clean_picture(data)
    except BadPicture as error:
        detail = f"{name.rpartition('/')[2][:80]}: {error.message}"
        file.ledger.leave_out(key, LeftOutReason.UNUSABLE_PICTURE, detail)
        return None
    file.ledger.take(key)
    for loss in picture.losses:
        file.left_out.append(LeftOut(target[:80], LeftOutReason.PICTURE_DATA, file.line, loss))
    base_name = name.rpartition("/")[2].rpartition(".")[0]
    return Image(f"{base_name}.{_EXTENSIONS[picture.kind]}", picture, _alternative_text(element))


def _alternative_text(element: _Element) -> str:
    """Return the alternative text of the shape that shows a picture; the name of a file that Word has inserted is none."""
    for ancestor in element.iterancestors():
        name = local_name(ancestor)
        if name in ("inline", "anchor", "pic"):
            for properties in ancestor.iter("{*}docPr", "{*}cNvPr"):
                if (text := properties.get("descr", "")) and not names_a_file(text):
                    return text
        elif (
            text := (ancestor.get("alt", "") if name in ("shape", "rect", "roundrect", "oval", "image", "group") else "")
        ) and not names_a_file(text):
            return text
        if name in _SHAPES:
            break
    return ""
