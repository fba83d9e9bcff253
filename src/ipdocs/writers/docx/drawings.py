"""An SVG in, its PNG out, for a Word that cannot draw it: text is set in the document's fonts, as it is in the PDF."""

from __future__ import annotations

from typing import Any

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.pictures.svg import SVG, parse_clean_svg, sharpest, words
from ipdocs.files.temporary import temporary_folder, write_temporary
from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language
from ipdocs.templating.fonts import DesignName, design_of, fonts
from ipdocs.workspace import Workspace
from ipdocs.writers.pdf import sfnt
from ipdocs.writers.pdf.font_files import files_of, installed_fonts
from ipdocs.writers.pdf.glyphs import assign_characters
from ipdocs.writers.pdf.subset import subset, supported_characters

_SHARPNESS, _MOST = 3, 4000
"""Dots for each CSS pixel, 288 to an inch, and how many there are at most on a side."""


def drawn(picture: CleanPicture, language: Language, workspace: Workspace) -> bytes:
    """Return the PNG of an SVG; ValueError when it cannot be drawn.

    Where the document's fonts are not installed, text is set in what the machine has.
    """
    sharpness = sharpest(picture, min(_SHARPNESS, _MOST / max(picture.width, picture.height)))
    dots = max(1, round(picture.width * sharpness))
    said: dict[str, Any] = {"svg_string": picture.data.decode(), "width": dots}
    text = words(picture)
    if not text:
        return _png(**said, skip_system_fonts=True)
    try:
        families, faces = _type(set(map(ord, text)), _designs(picture), language, workspace)
    except IpdocsError:
        return _png(**said)
    with temporary_folder() as folder:
        paths = [folder / str(number) for number, _ in enumerate(faces)]
        for path, face in zip(paths, faces, strict=True):
            write_temporary(path, face)
        return _png(**said, **families, skip_system_fonts=True, font_files=[*map(str, paths)])


def _png(**said: Any) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(**said))


def _designs(picture: CleanPicture) -> tuple[DesignName, DesignName]:
    """Return the design that most of a drawing's text asks for, and the other one."""
    named = [design_of(one.get("font-family", "") + one.get("style", "")) for one in parse_clean_svg(picture).iter(f"{SVG}*")]
    return ("serif", "sans") if named.count("serif") * 2 > len(named) else ("sans", "serif")


def _type(
    codes: set[int], designs: tuple[DesignName, DesignName], language: Language, workspace: Workspace
) -> tuple[dict[str, str], list[bytes]]:
    """Return the families that resvg is to take, and the faces, cut down to the characters that each is asked for.

    For a character that a font lacks resvg takes the first face that has it, and that one for all of a text which it can set:
    so the first are regular, and a Chinese face has no letters.
    """
    known, families = installed_fonts(), {}
    made: list[tuple[int, bytes]] = []
    for name in designs:
        have = {face: files_of(face, known) for face in fonts(language, workspace).design(name).faces}
        if not all(have.values()):
            raise IpdocsError(())
        families[f"{'sans_serif' if name == 'sans' else name}_family"] = next(iter(have.values()))[0].family
        given, _ = assign_characters(codes, {face: supported_characters(found[0]) for face, found in have.items()})
        for face, found in have.items():
            keep, latin = frozenset(given[face]), face.takes == "latin"
            made += [(file.weight, _named(subset(file, keep, latin=latin), file.family)) for file in found if keep]
    return families | {"font_family": families["sans_serif_family"]}, [data for _, data in sorted(made, key=lambda one: one[0])]


def _named(data: bytes, family: str) -> bytes:
    """Return a font with the PostScript name without which resvg does not take it."""
    content = sfnt.read_tables(data)
    content["name"] = sfnt.name_table({1: family, 6: family.replace(" ", "")})
    return sfnt.build_font(data[:4], content)
