"""Pictures embedded in stylesheets and drawings as data: URLs (RFC 2397)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from ipdocs.files.pictures.picture import BadPicture, CleanPicture

_IN_STYLESHEET = re.compile(r"data:image/[\w.+-]+;base64,[\w+/=%\s-]*", re.I)


def decode_data_url(url: str) -> bytes:
    """Return the bytes in a data: URL.

    Raises:
        BadPicture: The URL is marked as base64 but is not valid base64.
    """
    head, _, content = url.partition(",")
    raw = unquote_to_bytes(content)
    if not head.replace(" ", "").lower().endswith(";base64"):
        return raw
    try:
        return b64decode(raw)
    except ValueError as error:
        raise BadPicture("it is not valid base64", "insert the picture into the file again") from error


def encode_data_url(picture: CleanPicture) -> str:
    """Return a picture as a data: URL."""
    return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"


def clean_data_urls(text: str, clean: Callable[[bytes], CleanPicture]) -> str:
    """Return a stylesheet with its pictures cleaned; line numbers do not change.

    Raises:
        BadPicture: A picture cannot be used.
    """

    def replacement(match: re.Match[str]) -> str:
        return encode_data_url(clean(decode_data_url(match[0]))) + "\n" * match[0].count("\n")

    return _IN_STYLESHEET.sub(replacement, text)
