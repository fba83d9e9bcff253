"""Which font files are installed, by family, weight and slope, as fontconfig lists them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError
from ipdocs.templating.fonts import Face

REGULAR, BOLD = 80, 200
UPRIGHT, ITALIC = 0, 100
_FORMAT = "%{family}\t%{weight}\t%{slant}\t%{width}\t%{variable}\t%{index}\t%{file}\n"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face in a file: a collection has several, told apart by their index."""

    family: str
    weight: int
    slant: int
    path: Path
    index: int


@cache
def installed() -> dict[str, tuple[FontFile, ...]]:
    """Return the static regular and bold faces of every installed family: one run of fc-list (15 ms) a process."""
    try:
        listed = subprocess.run(("fc-list", "-f", _FORMAT), capture_output=True, check=True, timeout=60).stdout  # noqa: S603, S607
    except (OSError, subprocess.SubprocessError) as error:
        message = "the command fc-list is missing, which tells where fonts are"
        if not isinstance(error, FileNotFoundError):
            message = f"the command fc-list, which tells where fonts are, cannot be run: {error}"
        raise IpdocsError([Finding("missing-tool", message, None, "apt-get install fontconfig")]) from error
    found: dict[str, list[FontFile]] = {}
    for line in sorted(set(listed.decode("utf-8", "surrogateescape").splitlines())):
        families, weight, slant, width, variable, index, path = line.split("\t")
        if variable == "False" and width == "100" and weight in {"80", "200"} and slant in {"0", "100"}:
            for family in families.split(","):
                found.setdefault(family, []).append(FontFile(family, int(weight), int(slant), Path(path), int(index)))
    return {family: tuple(files) for family, files in found.items()}


def files(face: Face, known: dict[str, tuple[FontFile, ...]]) -> tuple[FontFile, ...]:
    """Return the files of the first installed family of a face: regular, bold and what italics it has; none when none is."""
    return next((known[family] for family in face.families if family in known), ())


def missing_fonts(faces: Iterable[Face], known: dict[str, tuple[FontFile, ...]]) -> list[Finding]:
    """Return a finding for each family of which neither it nor an alternate is installed, with the command that mends it."""
    return [
        Finding("missing-font", f"the font {face.family!r} is not installed", None, f"apt-get install {face.package}")
        for face in dict.fromkeys(faces)
        if not files(face, known)
    ]
