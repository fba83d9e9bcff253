"""Pictures written into a stylesheet or a drawing as data: URLs (RFC 2397)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from ipdocs.files.pictures.picture import BadPicture, CleanPicture

_IN_STYLESHEET = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=%\s-]*", re.I)


def decode_data_url(address: str) -> bytes:
    """Return the bytes that a data: URL holds.

    Raises:
        BadPicture: it says base64, and is not.
    """
    head, _, content = address.partition(",")
    raw = unquote_to_bytes(content)
    if not head.replace(" ", "").lower().endswith(";base64"):
        return raw
    try:
        return b64decode(raw)
    except ValueError as error:
        raise BadPicture("it is no base64", "write it into the file again") from error


def encode_data_url(picture: CleanPicture) -> str:
    """Return a picture as a data: URL."""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"


def clean_data_urls(text: str, clean: Callable[[bytes], CleanPicture]) -> str:
    """Return a stylesheet whose pictures are cleaned; what stands around them stays as it is, and on its lines.

    Raises:
        BadPicture: one of them cannot be used.
    """

    def cleaned(match: re.Match[str]) -> str:
        return encode_data_url(clean(decode_data_url(match[0]))) + "\n" * match[0].count("\n")

    return _IN_STYLESHEET.sub(cleaned, text)
