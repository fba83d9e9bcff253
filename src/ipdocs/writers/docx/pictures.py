"""Pictures in, drawings out: PNG and JPEG as they are, SVG with a PNG for a Word that cannot draw it."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import drawing, emu
from ipdocs.files.ooxml.names import NAMESPACES, qualified_name
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.drawings import drawn
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def picture(node: etree._Element, builder: ParagraphBuilder, above: RunFormat, context: DocxContext) -> None:
    """Add a picture to a line, as large as the stylesheet has it and never wider than the line may be."""
    source = node.get("src", "")
    found = context.html.assets.get(source)
    if found is None:
        context.report("missing-picture", f"there is no picture {source!r}", node, "put the file beside the source")
        return
    data = found.data
    if found.is_drawing:
        try:
            data = drawn(found, context.html.languages[0], context.typefaces.workspace)
        except (OSError, ValueError) as error:
            message = f"the picture {source!r} cannot be drawn for Word: {error}"
            context.report("bad-picture", message, node, "export it as SVG again, or save it as PNG")
            return
    width, height = _size(found, context.cascade.of(node), builder.width)
    builder.put(_drawing(found, data, width, height, node.get("alt", ""), context), above)
    builder.pictured = True


def _size(found: CleanPicture, style: Style, room: float) -> tuple[float, float]:
    """Return the width and height a picture is shown with, its proportions kept: within both, where a style has both."""
    ratio = found.height / found.width
    width, height = (None if style[key] == "auto" else pixels(style[key], room) for key in ("width", "height"))
    if width is None:
        width = height / ratio if height is not None else found.width
    height = width * ratio if height is None else height
    width, height = min(width, height / ratio), min(height, width * ratio)
    scale = min(1.0, min(room, _most(style, "max_width", room)) / width, _most(style, "max_height", 0.0) / height)
    return width * scale, height * scale


def _most(style: Style, key: str, whole: float) -> float:
    value: Any = style[key]
    return float("inf") if getattr(value, "unit", "%") == "%" and not whole else pixels(value, whole)


def _drawing(found: CleanPicture, data: bytes, width: float, height: float, alt: str, context: DocxContext) -> etree._Element:
    number = str(context.count_picture())
    extent = {"cx": str(emu(width)), "cy": str(emu(height))}
    about = {"id": number, "name": f"Picture {number}", "descr": alt}
    blip = drawing("a:blip", {"r:embed": context.package.image(data)})
    if found.is_drawing:
        vector = etree.Element(qualified_name("asvg:svgBlip"), {}, {"asvg": NAMESPACES["asvg"]})
        vector.set(f"{{{blip.nsmap['r']}}}embed", context.package.vector(found.data))
        blip.append(drawing("a:extLst", {}, drawing("a:ext", {"uri": _SVG_EXTENSION}, vector)))
    shape = drawing(
        "pic:spPr",
        {},
        drawing("a:xfrm", {}, drawing("a:off", {"x": "0", "y": "0"}), drawing("a:ext", extent)),
        drawing("a:prstGeom", {"prst": "rect"}, drawing("a:avLst")),
    )
    shown = drawing(
        "pic:pic",
        {},
        drawing("pic:nvPicPr", {}, drawing("pic:cNvPr", about), drawing("pic:cNvPicPr")),
        drawing("pic:blipFill", {}, blip, drawing("a:stretch", {}, drawing("a:fillRect"))),
        shape,
    )
    inline = drawing(
        "wp:inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        drawing("wp:extent", extent),
        drawing("wp:docPr", about),
        drawing("wp:cNvGraphicFramePr", {}, drawing("a:graphicFrameLocks", {"noChangeAspect": "1"})),
        drawing("a:graphic", {}, drawing("a:graphicData", {"uri": NAMESPACES["pic"]}, shown)),
    )
    return drawing("w:drawing", {}, inline)
