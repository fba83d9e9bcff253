"""Write pictures as <w:drawing>: PNG and JPEG unchanged, SVG with a PNG for versions of Word that cannot draw SVG."""

from __future__ import annotations

from math import inf
from typing import Any

from lxml import etree

from ipdocs.files.ooxml.elements import drawing, emu
from ipdocs.files.ooxml.names import NAMESPACES, qualified_name
from ipdocs.files.pictures.picture import CleanPicture
from ipdocs.templating.cascade import Style
from ipdocs.writers.docx.context import DocxContext
from ipdocs.writers.docx.css_to_properties import pixels
from ipdocs.writers.docx.drawings import rasterise
from ipdocs.writers.docx.paragraph_builder import ParagraphBuilder, RunFormat

_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def write_picture(node: etree._Element, builder: ParagraphBuilder, parent_format: RunFormat, context: DocxContext) -> None:
    """Write a picture in the size from the stylesheet, but never wider than the line."""
    source = node.get("src", "")
    picture = context.html.assets.get(source)
    if picture is None:
        context.report("missing-picture", f"the picture {source!r} does not exist", node, "put the file beside the source")
        return
    data = picture.data
    if picture.is_drawing:
        try:
            data = rasterise(picture, context.html.languages[0], context.typefaces.workspace)
        except (OSError, ValueError) as error:
            message = f"the picture {source!r} cannot be drawn for Word: {error}"
            context.report("bad-picture", message, node, "export it as SVG again, or save it as PNG")
            return
    width, height = _size(picture, context.cascade.style(node), builder.width)
    builder.add_element(_drawing(picture, data, width, height, node.get("alt", ""), context), parent_format)
    builder.has_picture = True


def _size(picture: CleanPicture, style: Style, available: float) -> tuple[float, float]:
    """Return the width and height of a picture in pixels, within the limits of the style and with the picture's proportions."""
    ratio = picture.height / picture.width
    width, height = (None if style[key] == "auto" else pixels(style[key], available) for key in ("width", "height"))
    if width is None:
        width = height / ratio if height is not None else picture.width
    height = width * ratio if height is None else height
    width, height = min(width, height / ratio), min(height, width * ratio)
    max_width = min(available, _limit(style, "max_width", available))
    scale = min(1.0, max_width / width, _limit(style, "max_height", 0.0) / height)
    return width * scale, height * scale


def _limit(style: Style, key: str, percentage_base: float) -> float:
    value: Any = style[key]
    return inf if getattr(value, "unit", "%") == "%" and not percentage_base else pixels(value, percentage_base)


def _drawing(picture: CleanPicture, data: bytes, width: float, height: float, alt: str, context: DocxContext) -> etree._Element:
    """Return the <w:drawing> of a picture. `data` is a PNG or JPEG; `width` and `height` are in pixels."""
    picture_id = str(context.next_picture_id())
    extent = {"cx": str(emu(width)), "cy": str(emu(height))}
    description = {"id": picture_id, "name": f"Picture {picture_id}", "descr": alt}
    blip = drawing("a:blip", {"r:embed": context.package.add_image(data)})
    if picture.is_drawing:
        vector = etree.Element(qualified_name("asvg:svgBlip"), {}, {"asvg": NAMESPACES["asvg"]})
        vector.set(f"{{{blip.nsmap['r']}}}embed", context.package.add_svg(picture.data))
        blip.append(drawing("a:extLst", {}, drawing("a:ext", {"uri": _SVG_EXTENSION}, vector)))
    shape = drawing(
        "pic:spPr",
        {},
        drawing("a:xfrm", {}, drawing("a:off", {"x": "0", "y": "0"}), drawing("a:ext", extent)),
        drawing("a:prstGeom", {"prst": "rect"}, drawing("a:avLst")),
    )
    pic = drawing(
        "pic:pic",
        {},
        drawing("pic:nvPicPr", {}, drawing("pic:cNvPr", description), drawing("pic:cNvPicPr")),
        drawing("pic:blipFill", {}, blip, drawing("a:stretch", {}, drawing("a:fillRect"))),
        shape,
    )
    inline = drawing(
        "wp:inline",
        {"distT": "0", "distB": "0", "distL": "0", "distR": "0"},
        drawing("wp:extent", extent),
        drawing("wp:docPr", description),
        drawing("wp:cNvGraphicFramePr", {}, drawing("a:graphicFrameLocks", {"noChangeAspect": "1"})),
        drawing("a:graphic", {}, drawing("a:graphicData", {"uri": NAMESPACES["pic"]}, pic)),
    )
    return drawing("w:drawing", {}, inline)
