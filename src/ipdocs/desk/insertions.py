"""What is dropped on a document or pasted into it: pictures, and words of other programs; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.dropped_pictures import keep_picture
from ipdocs.desk.errors import bad_request


def picture(data: Mapping[str, Any], held: HeldDocument) -> dict[str, Any]:
    """Keep the picture of a request until a step puts it in; return the name of its file and its size.

    Raises:
        IpdocsError: the file is no picture that can be used.
        DeskError: the request has no file.
    """
    files = data.get("files") or []
    if len(files) != 1:
        raise bad_request("one file is needed")
    return keep_picture(held.source, files[0])
