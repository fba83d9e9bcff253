"""Put pictures into a document: the file goes beside the source under a plain name, cleaned of camera data and location."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.rearrangement import BODY
from ipdocs.source.structure.blocks import with_ids
from ipdocs.source.structure.places import placeholder

_EXTENSIONS = {"png": "png", "jpeg": "jpg", "svg": "svg"}


def picture_name(name: str, picture: CleanPicture, taken: Iterable[str]) -> str:
    """Return a plain name for the file of a picture: lowercase letters, digits and hyphens.

    Args:
        name: the name that the file had.
        picture: the picture.
        taken: the names of the files that exist.
    """
    plain = unicodedata.normalize("NFKD", PurePath(name.replace("\\", "/")).stem).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-") or "picture"
    used = {other.lower() for other in taken}
    number = 1
    while (result := f"{stem}{f'-{number}' if number > 1 else ''}.{_EXTENSIONS[picture.kind]}") in used:
        number += 1
    return result


def insert_figure(
    source: Source, index: int, file: str, picture: CleanPicture, alt: Mapping[str, str] | None = None
) -> SourceChanges:
    """Return the changes that put a picture into the body; the words for people who cannot see it stay open unless given.

    Args:
        source: the source.
        index: the index at which to insert the block.
        file: the name of the new file beside the source; see `picture_name`.
        picture: the picture, cleaned.
        alt: the words for people who cannot see the picture, in one or more languages.
    """
    figure: dict[str, Any] = {"file": file, "alt": dict(alt or {}) or placeholder(source)}
    (block,) = with_ids(source, index, [{"figure": figure}])
    return SourceChanges(insertions=(Insertion(BODY, index, block),), pictures={file: picture})
