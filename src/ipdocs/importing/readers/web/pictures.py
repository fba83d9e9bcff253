"""Pictures of web pages: those in the page itself and those in files beside it. Nothing is read from the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ipdocs.files.ledger import LeftOut, LeftOutReason
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.data_url import decode_data_url
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.files.reading import read_bytes
from ipdocs.findings import IpdocsError
from ipdocs.importing.paragraph import Image, ImportedParagraph
from ipdocs.importing.readers.web.elements import MAX_INVISIBLE_SIZE
from ipdocs.importing.readers.web.page import WebPage, alternative_text, clean_text, picture_address

if TYPE_CHECKING:
    from lxml.etree import _Element

_EXTENSIONS = {"png": "png", "jpeg": "jpg", "svg": "svg"}
_MAX_PICTURES = 500


def add_picture(element: _Element, page: WebPage) -> None:
    """Add the picture of an element to the figures of the current paragraph, or leave it out with the reason."""
    alternative = clean_text(alternative_text(element))
    try:
        data = _data(element, page)
        if len(page.picture_names) >= _MAX_PICTURES:
            raise BadPicture(f"the page has more than {_MAX_PICTURES} pictures")
        picture = clean_picture(data)
    except BadPicture as error:
        page.leave_out(element, LeftOutReason.UNUSABLE_PICTURE, error.message)
        return
    if picture.width <= MAX_INVISIBLE_SIZE and picture.height <= MAX_INVISIBLE_SIZE:
        page.leave_out(element, LeftOutReason.HIDDEN, "too small to be seen")
        return
    for part in ("picture", "alt", "text"):
        page.ledger.take((element, part))
    line = element.sourceline or 0
    image = Image(_name(element, picture, page), picture, alternative)
    page.figures.append(ImportedParagraph("figure", (), line, image=image))
    page.losses += [LeftOut(image.name, LeftOutReason.PICTURE_DATA, line, loss) for loss in picture.losses]


def _data(element: _Element, page: WebPage) -> bytes:
    """Return the file of a picture.

    Raises:
        BadPicture: the picture is neither in the page nor in the folder of the page, or cannot be read.
    """
    if element.tag == "svg":
        raise BadPicture("it is drawn in the page; save it as a file")
    address = picture_address(element)
    if address == "data:":
        return decode_data_url((element.get("src") or element.get("data-src") or "").strip())
    if not address:
        raise BadPicture("it has no address")
    try:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or address.startswith("/"):
            raise BadPicture("it is not in the folder of the page")
        folder = page.path.parent.resolve()
        path = (folder / unquote(parts.path)).resolve()
        if not path.is_relative_to(folder):
            raise BadPicture("it is not in the folder of the page")
        return read_bytes(path)
    except IpdocsError as error:
        raise BadPicture(next(iter(error.findings)).message) from error
    except (OSError, ValueError, RuntimeError) as error:
        if isinstance(error, BadPicture):
            raise
        raise BadPicture("its address is wrong") from error


def _name(element: _Element, picture: CleanPicture, page: WebPage) -> str:
    """Return a name for a picture that no other picture of the page has."""
    if known := page.picture_names.get(picture.data):
        return known
    address = picture_address(element)
    stem = "" if address == "data:" else Path(unquote(urlsplit(address).path)).stem
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-")[:50] or "picture"
    used = {name.lower() for name in page.picture_names.values()}
    extension = _EXTENSIONS[picture.kind]
    name, number = f"{stem}.{extension}", 1
    while name.lower() in used:
        number += 1
        name = f"{stem}-{number}.{extension}"
    page.picture_names[picture.data] = name
    return name
