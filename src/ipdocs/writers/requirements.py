"""What a computer needs to build documents: what is there, what is missing, and the command that mends it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import languages
from ipdocs.templating.fonts import DESIGNS, fonts
from ipdocs.workspace import Workspace

HARFBUZZ_SUBSET = "apt-get install libharfbuzz-subset0"
LIBREOFFICE = "apt-get install --no-install-recommends libreoffice-writer-nogui"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing documents need: what it is, what was found of it, and for each part that is missing a finding."""

    name: str
    found: str
    missing: tuple[Finding, ...] = ()


def diagnose(workspace: Workspace, soffice: str | None) -> list[Need]:
    """Return what building needs; a missing part is an error where no PDF or Simplified text can do without it.

    soffice is where LibreOffice was found, which only looking at Word files needs.
    """
    return [*_fonts(workspace), *_libraries(), _opencc(), _libreoffice(soffice)]


def _fonts(workspace: Workspace) -> Iterator[Need]:
    """Yield the faces of every language and design."""
    from ipdocs.writers.pdf.font_files import BOLD, files_of, installed_fonts, missing_font_findings

    try:
        known = installed_fonts()
    except IpdocsError as error:
        yield Need("fonts", "", error.findings)
        return
    for language in languages(workspace).values():
        for design in DESIGNS:
            faces = fonts(language, workspace).design(design).faces
            have = {face: found for face in faces if (found := files_of(face, known))}
            light = [
                Finding("missing-font", f"{found[0].family} has no bold face", None, f"apt-get install {face.package}", "warning")
                for face, found in have.items()
                if all(file.weight != BOLD for file in found)
            ]
            names = ", ".join(found[0].family for found in have.values())
            yield Need(f"{language.code} {design}", names, (*missing_font_findings(faces, known), *light))


def _libraries() -> Iterator[Need]:
    """Yield what sets the PDF's text and what cuts its fonts."""
    from ipdocs.writers import pdf

    try:
        with warnings.catch_warnings(action="ignore"):
            yield Need("pango", pdf.engine())
    except IpdocsError as error:
        yield Need("pango", "", error.findings)
        return
    from weasyprint.text.ffi import harfbuzz_subset

    slow = Finding("missing-library", "without harfbuzz-subset a Chinese page takes seconds", None, HARFBUZZ_SUBSET, "warning")
    yield Need("harfbuzz-subset", "found" if harfbuzz_subset else "", () if harfbuzz_subset else (slow,))


def _opencc() -> Need:
    """Return what converts Traditional into Simplified."""
    try:
        import opencc

        opencc.OpenCC("hk2s")
    except (ImportError, RuntimeError) as error:
        return Need("OpenCC", "", (Finding("missing-library", f"OpenCC does not load: {error}", None, "pip install opencc"),))
    return Need("OpenCC", opencc.__version__)


def _libreoffice(soffice: str | None) -> Need:
    if soffice:
        return Need("LibreOffice", soffice)
    message = "LibreOffice is not installed; it is only needed to look at Word files as pages"
    return Need("LibreOffice", "", (Finding("missing-tool", message, None, LIBREOFFICE, "warning"),))
