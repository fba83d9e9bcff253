"""Remember why returned translations were refused, so that an export can tell the translator.

The remarks about each source are in a JSON file in the user's cache, by target language. Without this file, an export has no
remarks, and those of an earlier export come back as notes of the translator.
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


def read_remarks(cache: Path, source: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the remarks about a source, keyed by target language; there are none if the file is missing or damaged."""
    try:
        content = json.loads(read_bytes(_path(cache, source)))
        return {
            str(language): {str(name): tuple(map(str, remarks)) for name, remarks in texts.items()}
            for language, texts in content["languages"].items()
        }
    except (IpdocsError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def store_remarks(cache: Path, source: Path, refused: Mapping[str, Remarks], imported: Mapping[str, Collection[str]]) -> None:
    """Store the remarks about the refused texts of a source, and remove those about texts that were imported.

    Args:
        cache: the user's cache.
        source: the path of the source.
        refused: the remarks, keyed by target language.
        imported: the names of the texts that were imported, keyed by target language.

    Raises:
        IpdocsError: the file cannot be written.
    """
    before = read_remarks(cache, source)
    remarks: dict[str, dict[str, Sequence[str]]] = {language: dict(texts) for language, texts in before.items()}
    for language, names in imported.items():
        remarks[language] = {name: texts for name, texts in remarks.get(language, {}).items() if name not in names}
    for language, texts in refused.items():
        remarks[language] = remarks.get(language, {}) | dict(texts)
    remarks = {language: texts for language, texts in remarks.items() if texts}
    if remarks != before:
        content = {"source": str(source.resolve()), "languages": remarks}
        place_files({_path(cache, source): json.dumps(content, ensure_ascii=False, indent=1).encode()})


def _path(cache: Path, source: Path) -> Path:
    digest = blake2b(str(source.resolve()).encode(errors="surrogateescape"), digest_size=16).hexdigest()
    return cache / "refused" / f"{digest}.json"
