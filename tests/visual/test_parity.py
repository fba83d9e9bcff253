"""The pages of Word files and PDFs are the same, line by line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.templating.html_document import HtmlDocument
from ipdocs.workspace import Workspace
from ipdocs.writers import docx, pdf

pytestmark = pytest.mark.slow

ENGLISH = (
    "Quarterly figures show how many applications were received, examined and granted in each class of goods and services.",
    "The Group agreed to strengthen co-operation on the protection of intellectual property rights in both places.",
    "A seminar on “Brand Development of Time-honoured Brands” drew 140 people – half of them from small enterprises.",
    "Officers of both sides exchanged intelligence, shared information and mounted joint operations on 14 occasions.",
    "Members noted the report (Annex A) and thanked the Secretariat for the figures on trade marks, patents and designs.",
)
CHINESE = (
    "各類別的商品及服務的申請數字顯示，本季接獲、審查及批准的申請數目較去年同期上升3.9%，詳情載於「附件一」。",
    "專責小組同意加強兩地在保護知識產權方面的合作，並於二○一九年五月舉辦高端研討會。",
    "以「老字號品牌發展」為題的研討會吸引140人參加——其中半數來自中小企業。",
    "雙方執法人員交換情報、分享資訊，並採取14次聯合行動；行動中檢獲的物品總值約200萬元。",
    "成員備悉有關報告（附件A），並感謝秘書處提供商標、專利及外觀設計的數字。",
)
QUOTE = '<blockquote lang="{}"><p>{}</p></blockquote>'
CELL = '<div class="cell" lang="{}">{}</div>'
BOXES = f"""<header><h1>A title</h1><p class="box">{ENGLISH[1]}</p></header><p>{ENGLISH[0]}</p>
<section><ul><li>{ENGLISH[1]}</li></ul><p>{ENGLISH[2]}</p><ul><li>{ENGLISH[3]}</li></ul></section>
{QUOTE.format("en", ENGLISH[0])}{QUOTE.format("zh-Hant-HK", CHINESE[0])}{QUOTE.format("en", ENGLISH[1])}<hr><hr>
<p>{ENGLISH[2]}<span class="footnote">{ENGLISH[3]}</span></p><div class="parallel of-2 of-1-latin">
<div class="row">{CELL.format("en", "<table><tr><td>a</td></tr></table>")}{CELL.format("zh-Hant-HK", "")}</div>
<div class="row">{CELL.format("en", "<p>b</p>")}{CELL.format("zh-Hant-HK", CHINESE[1])}</div></div>"""
BOXED = """header { border-bottom: 0.75pt solid; padding-bottom: 3pt; margin-bottom: 12pt } table { margin-bottom: 9pt }
.box { border: 0.75pt solid; padding: 3pt 6pt }
section { border: solid; border-width: 0.75pt 0; padding: 6pt 0; margin: 9pt 0 }
@page { @footnote { margin-top: 6pt; padding-top: 3pt; border-top: 0.75pt solid black } }"""
HYPHENS = {
    "en": "{}the co-operation plan of 2018-2019 for the re-export and non-local goods of the Guangdong-Hong Kong area "
    "in 2019-20, with the COVID-19 measures of 2020-21",
    "zh-Hant-HK": "{}專責小組第十七號文件：2018-2019年度合作計劃擬稿及其後的2019-20年度計劃的文件，載於其後的COVID-19報告",
}
"""Texts that are set after more and more characters, so that each hyphen comes to the end of a line."""

STRESS = """.footnote { float: footnote; font-size: 9pt; line-height: 12.75pt; orphans: 1; widows: 1 }
@page { @footnote { margin-top: 6pt; padding-top: 3pt; border-top: 0.75pt solid black } }
.labels td:first-child { width: 30% } .note { border: 0.75pt solid #888888; padding: 3pt 6pt } ul + p { text-indent: 24pt }"""


def texts(results: dict[str, Any], condition: Callable[[Any], bool] = lambda result: True) -> dict[str, str]:
    """Return the results that meet a condition as text."""
    return {name: str(result) for name, result in results.items() if condition(result)}


def stress(words: tuple[str, ...], lang: str, count: int) -> str:
    """Return about 25 pages with all elements of long documents in varying amounts."""

    def text(start: int, length: int) -> str:
        return ("" if "zh" in lang else " ").join(words[(start + offset) % len(words)] for offset in range(length))

    parts = [f"<h1>{words[0]}</h1>"]
    for n in range(count):
        items = "".join(f"<li>{text(n + item, 1 + (n + item) % 2)}</li>" for item in range(3 + n % 3))
        inner = f"<ol type='a'><li>{text(n, 1)}</li><li>{text(n + 2, 1)}</li></ol>"
        rows = "".join(f"<tr><td>{n}.{row}</td><td>{text(n + row, 1 + row % 2)}</td></tr>" for row in range(3))
        parts += [
            f"<h2>{n + 1}. {text(n, 1)[:30]}</h2>",
            f"<p>{text(n, 3 + n % 4)}</p>",
            f"<p>{text(n + 1, 2)} <em>{text(n, 1)[:20]}</em> <strong>{text(n + 2, 1)[:20]}</strong></p>",
            f"<ul>{items}</ul><p>{text(n + 3, 2)}</p>",
            f"<h3>{text(n + 3, 1)[:24]}</h3>",
            f"<ol type='1'><li>{text(n, 2)}{inner}</li><li>{text(n + 1, 1)}</li></ol>" if n % 2 else "",
            f"<table class='labels'>{rows}</table>" if n % 3 == 0 else "",
            f"<blockquote><p>{text(n, 2)}</p><p>{text(n + 1, 1)}</p></blockquote>" if n % 3 == 1 else "",
            f"<p class='note'>{text(n, 2)}</p><dl><dt>{text(n, 1)[:12]}</dt><dd>{text(n + 1, 1)}</dd></dl>",
        ]
    return f'<html lang="{lang}" class="serif"><body><article lang="{lang}">{"".join(parts)}</article></body></html>'


@pytest.fixture(scope="session")
def pictured(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the release with a picture, by the ends of their names."""
    source, out = root / "fixtures/example-gia/release.yaml", tmp_path_factory.mktemp("pictured")
    outputs = build([source], out, BuildRequest(editions=("en", "tc", "sc", "en+tc"), formats=("docx", "pdf")))
    return {output.path.name.removeprefix("example-"): output.path for output in outputs}


def test_releases_have_the_same_pages_in_both_formats(
    built: dict[str, Path], pictured: dict[str, Path], parity: Callable[..., dict[str, Any]]
) -> None:
    single = ("en", "tc", "sc", "gia.en", "gia.tc", "gia.sc")
    files, names = built | pictured, (*single, "en-tc", "gia.en-tc")
    results = parity({name: files[f"{name}.docx"].read_bytes() for name in names}, {name: files[f"{name}.pdf"] for name in names})
    print(texts(results))
    assert {name: result.pages for name, result in results.items() if result.pages[0] != result.pages[1]} == {}
    assert texts(results, lambda result: result.percent < 99 or result.max_distance > 0.5) == {}
    for name in single:
        word_lines, pdf_lines = results[name].lines
        assert "".join(line.text for line in word_lines) == "".join(line.text for line in pdf_lines)


def test_minutes_have_the_same_lines_in_both_formats(root: Path, tmp_path: Path, parity: Callable[..., dict[str, Any]]) -> None:
    source = root / "fixtures/gd-hk-ip-17-minutes/minutes.yaml"
    outputs = build([source], tmp_path, BuildRequest(editions=("en", "tc"), formats=("docx", "pdf")))
    files = {output.path.name.split(".", 1)[1]: output.path for output in outputs}
    results = parity(
        {name: files[f"{name}.docx"].read_bytes() for name in ("en", "tc")}, {name: files[f"{name}.pdf"] for name in ("en", "tc")}
    )
    print(texts(results))
    assert texts(results, lambda result: result.percent < 99 or result.max_distance > 0.5) == {}


def test_long_document_has_the_same_lines_in_both_formats(
    tree_of: Callable[..., HtmlDocument], tmp_path: Path, parity: Callable[..., dict[str, Any]]
) -> None:
    trees = {
        "stress-en": tree_of(stress(ENGLISH, "en", 20), STRESS),
        "stress-tc": tree_of(stress(CHINESE, "zh-Hant-HK", 20), STRESS),
    }
    session = pdf.prepare(trees.values(), Workspace())
    pages = {name: tmp_path / f"{name}.pdf" for name in trees}
    for name, tree in trees.items():
        pages[name].write_bytes(pdf.write(tree, session).data)
    results = parity({name: docx.write(tree, Workspace()).data for name, tree in trees.items()}, pages)
    print(texts(results))
    assert texts(results, lambda result: result.pages[0] != result.pages[1] or result.percent < 97) == {}


def test_boxes_notes_and_hyphens_agree_in_both_formats(
    tree_of: Callable[..., HtmlDocument], tmp_path: Path, parity: Callable[..., dict[str, Any]]
) -> None:
    trees = {"boxes": tree_of(f'<html lang="en"><body><article lang="en">{BOXES}</article></body></html>', BOXED)}
    for lang, words in HYPHENS.items():
        padding = "字" if "zh" in lang else "it "
        lines = "".join(f"<p>{words.format(padding * repetitions)}</p>" for repetitions in range(38))
        trees[f"hyphens-{lang}"] = tree_of(f'<html lang="{lang}"><body><article lang="{lang}">{lines}</article></body></html>')
    session = pdf.prepare(trees.values(), Workspace())
    pages = {name: tmp_path / f"{name}.pdf" for name in trees}
    for name, tree in trees.items():
        pages[name].write_bytes(pdf.write(tree, session).data)
    results = parity({name: docx.write(tree, Workspace()).data for name, tree in trees.items()}, pages)
    print(texts(results))
    assert texts(results, lambda result: result.percent < 100 or result.max_distance > 0.5) == {}
