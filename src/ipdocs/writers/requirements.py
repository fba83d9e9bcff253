"""The requirements of builds: what is installed, what is missing, and how to install it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.language import languages
from ipdocs.templating.fonts import DESIGNS, fonts
from ipdocs.workspace import Workspace

HARFBUZZ_HINT = "run `apt-get install libharfbuzz-subset0`"
LIBREOFFICE_HINT = "run `apt-get install --no-install-recommends libreoffice-writer-nogui`"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement of builds: its name, the installed version, path or fonts, and a finding for each missing part."""

    name: str
    installed: str
    missing: tuple[Finding, ...] = ()


def diagnose(workspace: Workspace, soffice: str | None) -> list[Requirement]:
    """Return the requirements of builds. A missing part is an error if PDFs or Simplified Chinese need it.

    `soffice` is the path of LibreOffice, or None if it is not installed.
    """
    return [*_font_requirements(workspace), *_library_requirements(), _opencc_requirement(), _libreoffice_requirement(soffice)]


def _font_requirements(workspace: Workspace) -> Iterator[Requirement]:
    """Yield a requirement for the fonts of each language and design."""
    from ipdocs.writers.pdf.font_files import BOLD, font_files_for, installed_fonts, missing_font_findings

    try:
        installed = installed_fonts()
    except IpdocsError as error:
        yield Requirement("fonts", "", error.findings)
        return
    for language in languages(workspace).values():
        for design in DESIGNS:
            faces = fonts(language, workspace).design(design).faces
            face_files = {face: font_files for face in faces if (font_files := font_files_for(face, installed))}
            no_bold_findings = [
                Finding(
                    "missing-font",
                    f"{font_files[0].family} has no bold font",
                    None,
                    f"run `apt-get install {face.package}`",
                    "warning",
                )
                for face, font_files in face_files.items()
                if all(file.weight != BOLD for file in font_files)
            ]
            families = ", ".join(font_files[0].family for font_files in face_files.values())
            yield Requirement(
                f"{language.code} {design}", families, (*missing_font_findings(faces, installed), *no_bold_findings)
            )


def _library_requirements() -> Iterator[Requirement]:
    """Yield a requirement for each library that lays out text or subsets fonts for PDFs."""
    from ipdocs.writers import pdf

    try:
        with warnings.catch_warnings(action="ignore"):
            yield Requirement("pango", pdf.engine_version())
    except IpdocsError as error:
        yield Requirement("pango", "", error.findings)
        return
    from weasyprint.text.ffi import harfbuzz_subset

    if harfbuzz_subset:
        yield Requirement("harfbuzz-subset", "found")
        return
    message = "harfbuzz-subset is not installed; without it a Chinese page takes seconds"
    yield Requirement("harfbuzz-subset", "", (Finding("missing-library", message, None, HARFBUZZ_HINT, "warning"),))


def _opencc_requirement() -> Requirement:
    """Return the requirement for OpenCC, which converts Traditional to Simplified Chinese."""
    try:
        import opencc

        opencc.OpenCC("hk2s")
    except (ImportError, RuntimeError) as error:
        finding = Finding("missing-library", f"OpenCC does not load: {error}", None, "run `pip install opencc`")
        return Requirement("OpenCC", "", (finding,))
    return Requirement("OpenCC", opencc.__version__)


def _libreoffice_requirement(soffice: str | None) -> Requirement:
    if soffice:
        return Requirement("LibreOffice", soffice)
    message = "LibreOffice is not installed; it is needed only to view Word files as pages"
    return Requirement("LibreOffice", "", (Finding("missing-tool", message, None, LIBREOFFICE_HINT, "warning"),))
