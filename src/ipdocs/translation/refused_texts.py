"""Remember why returned translations were refused, so that an export can tell the translator.

The remarks about each source are in a JSON file in the user's cache.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from ipdocs.files.placing import place_files
from ipdocs.files.reading import read_bytes
from ipdocs.findings import IpdocsError

Remarks = Mapping[str, Sequence[str]]
"""Remarks for the translator, keyed by the dotted name of the text."""


def read_remarks(cache: Path, source: Path) -> dict[str, tuple[str, ...]]:
    """Return the remarks about a source; there are none if the file is missing or damaged."""
    try:
        content = json.loads(read_bytes(_path(cache, source)))
        return {str(name): tuple(map(str, remarks)) for name, remarks in content["texts"].items()}
    except (IpdocsError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def store_remarks(cache: Path, source: Path, refused: Remarks, imported: Collection[str]) -> None:
    """Store the remarks about the refused texts of a source, and remove those about texts that were imported.

    Raises:
        IpdocsError: the file cannot be written.
    """
    before = read_remarks(cache, source)
    remarks = {name: texts for name, texts in before.items() if name not in imported} | dict(refused)
    if remarks != before:
        content = {"source": str(source.resolve()), "texts": remarks}
        place_files({_path(cache, source): json.dumps(content, ensure_ascii=False, indent=1).encode()})


def _path(cache: Path, source: Path) -> Path:
    digest = blake2b(str(source.resolve()).encode(errors="surrogateescape"), digest_size=16).hexdigest()
    return cache / "refused" / f"{digest}.json"
