"""Make the annexes of the example minutes: a tagged PDF of four pages, a Word file in two languages, and a diagram.

To change their content, run it from the root of the checkout: python tests/real/make_annexes.py
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/gd-hk-ip-17-minutes/annexes"

PROJECTS = {
    "Co-operation in the Bay Area": [
        ("Exchange activities on arbitration and mediation", "Practitioners of both sides compared how disputes are settled."),
        ("Seminar on old shops and time-honoured brands", "Owners of brands of both sides told how they keep them."),
        ("Exchange in the Hengqin area", "Young entrepreneurs met advisers on intellectual property."),
        ("Short promotional videos", "The videos show how a right becomes a business."),
    ],
    "Seminars and forums": [
        ("Seminar for small and medium enterprises", "Speakers explained filing, licensing and enforcement."),
        ("Business of IP Asia Forum", "Members and enterprises from the Guangdong side attended."),
    ],
    "Exchange programmes": [
        ("Protection and use of intellectual property", "Officers of both sides visited each other's offices."),
    ],
    "Promotion and education": [
        ("Activities for young people", "Schools on both sides took part in talks and contests."),
    ],
}

PLAN = {
    "en": (
        "Draft annual co-operation plan for 2018-19",
        "An example. The areas are those of the press release on the 17th meeting.",
        ("Area", "Lead"),
        [
            ("Co-operation mechanisms between Guangdong and Hong Kong", "Both sides"),
            ("Co-operation in the Bay Area", "Both sides"),
            ("Protection in both places", "Customs of both sides"),
            ("Trading in both places", "Hong Kong side"),
            ("Exchange and deliberation", "Both sides"),
            ("Guidance service", "Guangdong side"),
            ("Promotion and education", "Both sides"),
        ],
    ),
    "tc": (
        "2018至19年度合作計劃擬稿",
        "示例。各範疇取自第17次會議的新聞稿。",
        ("範疇", "負責一方"),
        [
            ("粵港知識產權合作機制", "雙方"),
            ("大灣區知識產權合作", "雙方"),
            ("兩地保護知識產權的合作", "兩地海關"),
            ("兩地的知識產權貿易合作", "港方"),
            ("知識產權交流和研討", "雙方"),
            ("知識產權指導服務", "粵方"),
            ("知識產權宣傳教育活動", "雙方"),
        ],
    ),
}

STEPS = [("科研成果", "Research result"), ("專利", "Patent"), ("特許", "Licence"), ("產品", "Product")]


def projects() -> bytes:
    import weasyprint

    sections = "".join(
        f'<section><h2 id="s{number}">{number}. {heading}</h2>'
        + "".join(f"<h3>{title}</h3><p>{text}</p>" for title, text in entries)
        + '<p><a href="#top">Back to the list</a></p></section>'
        for number, (heading, entries) in enumerate(PROJECTS.items(), 1)
    )
    contents = "".join(f'<li><a href="#s{number}">{heading}</a></li>' for number, heading in enumerate(PROJECTS, 1))
    page = f"""<html lang="en"><head><title>Co-operation projects completed in the past year</title><style>
        @page {{ size: A4; margin: 30mm 25mm }} body {{ font: 12pt/18pt "Liberation Sans" }}
        section + section {{ break-before: page }}</style></head><body>
        <h1 id="top">Co-operation projects completed in the past year</h1>
        <p>An example. More at <a href="https://example.org/projects">example.org</a>.</p><ul>{contents}</ul>{sections}</body></html>"""
    pdf: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"ipdocs-example-annex")
    return pdf


def plan(language: str, path: Path) -> None:
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Mm

    title, note, head, rows = PLAN[language]
    document = docx.Document()
    for style in ("Normal", "Heading 1"):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for slot in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{slot}"), None)
        for slot, face in (("ascii", "Liberation Sans"), ("hAnsi", "Liberation Sans"), ("eastAsia", "Noto Sans CJK HK")):
            fonts.set(qn(f"w:{slot}"), face)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    document.add_heading(title, 1)
    document.add_paragraph(note)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    for cells in (head, *rows):
        row = table.rows[0] if cells is head else table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    properties = document.core_properties
    properties.title, properties.author = title, "ipdocs"
    properties.created = properties.modified = datetime(2018, 8, 7, tzinfo=UTC)
    document.save(str(path))


def steps(path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("P", (1600, 420), 0)
    picture.putpalette([255, 255, 255, 11, 79, 156, 230, 238, 248, 17, 17, 17] + [0] * 756)
    draw = ImageDraw.Draw(picture)
    chinese = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", 46, index=3)
    latin = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", 34)
    for index, (upper, lower) in enumerate(STEPS):
        left = 40 + index * 390
        draw.rounded_rectangle((left, 110, left + 310, 310), 20, fill=2, outline=1, width=4)
        draw.text((left + 155, 180), upper, 3, font=chinese, anchor="mm")
        draw.text((left + 155, 250), lower, 3, font=latin, anchor="mm")
        if index:
            draw.line((left - 76, 210, left - 20, 210), fill=1, width=6)
            draw.polygon([(left - 8, 210), (left - 30, 196), (left - 30, 224)], fill=1)
    picture.save(path, optimize=True)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "completed-projects.pdf").write_bytes(projects())
    for name in PLAN:
        plan(name, FOLDER / f"plan.{name}.docx")
    steps(FOLDER / "steps.png")
    sys.stdout.write("".join(f"{path.name}\n" for path in sorted(FOLDER.iterdir())))
