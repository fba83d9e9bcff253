"""The installed font files from fontconfig, by family, weight and slant."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError
from ipdocs.templating.fonts import Face

REGULAR, BOLD = 80, 200
UPRIGHT, ITALIC = 0, 100
"""Fontconfig's numbers for weights and slants."""

_FORMAT = "%{family}\t%{weight}\t%{slant}\t%{width}\t%{variable}\t%{index}\t%{file}\n"

FontFiles = Mapping[str, tuple["FontFile", ...]]
"""The installed files, keyed by family."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face in a font file. The index selects a face in a font collection."""

    family: str
    weight: int
    slant: int
    path: Path
    index: int


@cache
def installed_fonts() -> FontFiles:
    """Return the static regular and bold faces of every installed family.

    The first call runs fc-list, which takes 15 ms.

    Raises:
        IpdocsError: fc-list is missing or cannot be run.
    """
    try:
        output = subprocess.run(("fc-list", "-f", _FORMAT), capture_output=True, check=True, timeout=60).stdout  # noqa: S603, S607
    except (OSError, subprocess.SubprocessError) as error:
        message = "the command fc-list, which lists the installed fonts, is missing"
        if not isinstance(error, FileNotFoundError):
            message = f"the command fc-list, which lists the installed fonts, cannot be run: {error}"
        raise IpdocsError([Finding("missing-tool", message, None, "run `apt-get install fontconfig`")]) from error
    files_by_family: dict[str, list[FontFile]] = {}
    for line in sorted(set(output.decode("utf-8", "surrogateescape").splitlines())):
        families, weight, slant, width, variable, index, path = line.split("\t")
        if variable == "False" and width == "100" and weight in {"80", "200"} and slant in {"0", "100"}:
            for family in families.split(","):
                files_by_family.setdefault(family, []).append(FontFile(family, int(weight), int(slant), Path(path), int(index)))
    return {family: tuple(files) for family, files in files_by_family.items()}


def font_files_for(face: Face, installed: FontFiles) -> tuple[FontFile, ...]:
    """Return the files of the first installed family among the families of a face, or () if none is installed."""
    return next((installed[family] for family in face.families if family in installed), ())


def missing_font_findings(faces: Iterable[Face], installed: FontFiles) -> list[Finding]:
    """Return a finding for each face without an installed family; the hint is the command that installs the font."""
    return [
        Finding("missing-font", f"the font {face.family!r} is not installed", None, f"run `apt-get install {face.package}`")
        for face in dict.fromkeys(faces)
        if not font_files_for(face, installed)
    ]
