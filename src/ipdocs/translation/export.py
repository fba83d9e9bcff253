"""A source's texts out to translators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from ipdocs.translation.formats import docx, po, tmx, xliff1, xliff2, xlsx
from ipdocs.translation.job import TranslationJob, translation_job
from ipdocs.workspace import find_workspace

Format = Literal["xliff2", "xliff1", "po", "tmx", "docx", "xlsx"]


FORMATS: tuple[str, ...] = get_args(Format)


ENDINGS = {"xliff2": "xlf", "xliff1": "1.2.xlf", "po": "po", "tmx": "tmx", "docx": "docx", "xlsx": "xlsx"}


def export(path: Path, to: str, format: Format, *, source: str = "", cache: Path | None = None) -> bytes:  # noqa: A002 - its name
    """Return a source's texts as a file for translators."""
    made = translation_job(path, to, source=source, cache=cache)
    if format == "tmx":
        return tmx.write(made, find_workspace(path))
    writers: dict[str, Callable[[TranslationJob], bytes]] = {
        "xliff2": xliff2.write,
        "xliff1": xliff1.write,
        "po": po.write,
        "docx": docx.write,
        "xlsx": xlsx.write,
    }
    return writers[format](made)
