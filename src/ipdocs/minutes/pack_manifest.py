"""What a pack says of itself: a list of its files with their hashes, and all of them in one ZIP."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from typing import Any

from ipdocs.model.minutes import Minutes

TOOLS = ("ipdocs", "weasyprint", "pikepdf", "opencc", "babel")


@dataclass(frozen=True, slots=True)
class File:
    """A file of a pack: its name, its bytes, the languages it is in, and how many pages it has if it has any."""

    name: str
    data: bytes
    languages: tuple[str, ...] = ()
    pages: int | None = None


def manifest(minutes: Minutes, source: bytes, files: Sequence[File], *, public: bool) -> File:
    """Return the manifest of some files: equal files have equal manifests."""
    said: dict[str, Any] = {
        "id": str(minutes.id),
        "meeting": minutes.meeting.number.number,
        "status": minutes.status,
        "version": "public" if public else "whole",
        "source": {"sha256": hashlib.sha256(source).hexdigest()},
        "made-with": {name: version(name) for name in TOOLS},
        "files": [
            {
                "file": file.name,
                "sha256": hashlib.sha256(file.data).hexdigest(),
                "bytes": len(file.data),
                "pages": file.pages,
                "languages": list(file.languages),
            }
            for file in files
        ],
    }
    return File("manifest.json", json.dumps(said, ensure_ascii=False, indent=2).encode() + b"\n")


def archive(name: str, files: Sequence[File]) -> File:
    """Return all files in one ZIP that does not say when it was made."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for file in files:
            info = zipfile.ZipInfo(file.name, (1980, 1, 1, 0, 0, 0))
            packed = file.name.endswith((".docx", ".pdf", ".png", ".jpg"))
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, file.data)
    return File(f"{name}.zip", out.getvalue())
