"""Pictures that were dropped on a document: they are cleaned and kept in memory until a step puts them in."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

from ipdocs.desk.answers import Upload
from ipdocs.desk.errors import stale
from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.files.pictures.picture import BadPicture, CleanPicture
from ipdocs.findings import IpdocsError
from ipdocs.source.file_references import bad_picture_finding
from ipdocs.source.open import Source
from ipdocs.source.structure.figures import picture_name

_MAX_KEPT = 20

_kept: OrderedDict[tuple[Path, str], CleanPicture] = OrderedDict()
"""The pictures, keyed by the path of the source and the name that their file will have."""


def keep_picture(source: Source, upload: Upload) -> dict[str, Any]:
    """Clean a picture and keep it; return the name that its file will have, its size and what is not shown of it.

    Raises:
        IpdocsError: the file is no picture that can be used.
    """
    try:
        picture = clean_picture(upload.data)
    except BadPicture as error:
        raise IpdocsError([bad_picture_finding(upload.name, error)]) from error
    taken = [path.name for path in source.path.parent.iterdir()]
    taken += [name for path, name in _kept if path == source.path]
    name = picture_name(upload.name, picture, taken)
    _kept[source.path, name] = picture
    while len(_kept) > _MAX_KEPT:
        _kept.popitem(last=False)
    return {"file": name, "width": picture.width, "height": picture.height, "losses": list(picture.losses)}


def dropped_picture(source: Source, name: str) -> CleanPicture:
    """Return a picture that was dropped on a document.

    Raises:
        DeskError: it is not kept any more.
    """
    picture = _kept.get((source.path, name))
    if picture is None:
        raise stale()
    return picture
