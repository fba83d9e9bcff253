"""Draw an SVG as a PNG for versions of Word that do not support SVG, with text in the document's fonts, as in the PDF."""

from __future__ import annotations

from typing import Any

from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.files.pictures.svg import SVG, drawing_text, max_dots_per_pixel, parse_clean_svg
from ipdocs.files.temporary import temporary_folder, write_temporary
from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language
from ipdocs.templating.fonts import DesignName, design_of, fonts
from ipdocs.workspace import Workspace
from ipdocs.writers.pdf import sfnt
from ipdocs.writers.pdf.font_files import font_files_for, installed_fonts
from ipdocs.writers.pdf.glyphs import assign_characters
from ipdocs.writers.pdf.subset import subset, supported_characters

_SCALE, _MAX_SIDE = 3, 4000
"""Dots for each CSS pixel (288 dpi), and the maximum number of dots on a side."""


def rasterise(picture: CleanPicture, language: Language, workspace: Workspace) -> bytes:
    """Draw an SVG and return it as a PNG.

    Text is set in the document's fonts or, if they are not installed, in the system's fonts.

    Raises:
        ValueError: resvg cannot draw the SVG.
    """
    scale = max_dots_per_pixel(picture, min(_SCALE, _MAX_SIDE / max(picture.width, picture.height)))
    options: dict[str, Any] = {"svg_string": picture.data.decode(), "width": max(1, round(picture.width * scale))}
    text = drawing_text(picture)
    if not text:
        return _draw_png(**options, skip_system_fonts=True)
    try:
        families, font_data = _fonts(set(map(ord, text)), _designs(picture), language, workspace)
    except IpdocsError:
        return _draw_png(**options)
    with temporary_folder() as folder:
        paths = [folder / str(number) for number, _ in enumerate(font_data)]
        for path, data in zip(paths, font_data, strict=True):
            write_temporary(path, data)
        return _draw_png(**options, **families, skip_system_fonts=True, font_files=[*map(str, paths)])


def _draw_png(**options: Any) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(**options))


def _designs(picture: CleanPicture) -> tuple[DesignName, DesignName]:
    """Return the font design that most text of a drawing uses, then the other design."""
    elements = parse_clean_svg(picture).iter(f"{SVG}*")
    requested = [design_of(element.get("font-family", "") + element.get("style", "")) for element in elements]
    return ("serif", "sans") if requested.count("serif") * 2 > len(requested) else ("sans", "serif")


def _fonts(
    codes: set[int], designs: tuple[DesignName, DesignName], language: Language, workspace: Workspace
) -> tuple[dict[str, str], list[bytes]]:
    """Return resvg's options for font families, and the font files, each subset to the characters that it has to draw.

    If a font lacks a character, resvg uses the first font file that has it, for as much of the text as possible. The
    regular fonts therefore come first, and the Chinese fonts have no Latin letters.

    Raises:
        IpdocsError: A font is not installed.
    """
    installed = installed_fonts()
    families: dict[str, str] = {}
    subsets: list[tuple[int, bytes]] = []
    for design_name in designs:
        face_files = {face: font_files_for(face, installed) for face in fonts(language, workspace).design(design_name).faces}
        if not all(face_files.values()):
            raise IpdocsError(())
        family = next(iter(face_files.values()))[0].family
        families[f"{'sans_serif' if design_name == 'sans' else design_name}_family"] = family
        assigned, _ = assign_characters(
            codes, {face: supported_characters(font_files[0]) for face, font_files in face_files.items()}
        )
        for face, font_files in face_files.items():
            face_codes, is_latin = frozenset(assigned[face]), face.script == "latin"
            if face_codes:
                subsets += [
                    (file.weight, _rename_font(subset(file, face_codes, latin=is_latin), file.family)) for file in font_files
                ]
    by_weight = sorted(subsets, key=lambda weight_and_data: weight_and_data[0])
    return families | {"font_family": families["sans_serif_family"]}, [data for _, data in by_weight]


def _rename_font(data: bytes, family: str) -> bytes:
    """Return a font file with a family name and a PostScript name, which resvg requires."""
    tables = sfnt.read_tables(data)
    tables["name"] = sfnt.name_table({1: family, 6: family.replace(" ", "")})
    return sfnt.build_font(data[:4], tables)
