"""The example minutes in every format: terms, numbers and columns in three languages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import docx
import pytest
from lxml import html

from ipdocs.locale.conversion.characters import wrong_script_characters
from ipdocs.locale.language import language
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.workspace import Workspace

NAME = "gd-hk-ip-17-minutes"
LANGUAGES = ("en", "tc", "sc")


@pytest.fixture(scope="module")
def outputs(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    out = tmp_path_factory.mktemp("minutes")
    built_files = build(
        [root / f"fixtures/{NAME}/minutes.yaml"],
        out,
        BuildRequest(editions=(*LANGUAGES,), formats=("docx", "pdf", "html", "txt")),
    )
    assert [finding for output in built_files for finding in output.findings] == []
    return {output.path.name.removeprefix(f"{NAME}."): output.path for output in built_files}


def pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


TERMS = {
    "en": [
        "Minutes of the 17th meeting",
        "(Confirmed minutes)",
        "Date Tuesday, 21 August 2018",
        "Time 2:30 pm",
        "Director of Intellectual Property (Co-chairman)",
        "Director-General, Guangdong Intellectual Property Office (Co-chairman)",
        "Absent with apologies: Assistant Director-General of Trade and Industry",
        "In attendance: Senior Solicitor, Intellectual Property Department (Secretary)",
        "(for item VI)",
        "I. Confirmation of minutes",
        "The minutes of the 16th meeting held on 5 September 2017 were confirmed without amendment.",
        "II. Matters arising",
        "(b) strengthening co-operation in the Bay Area, in particular: (i) holding a high-end symposium on intellectual "
        "property; and (ii) bringing training institutes of the three places together to nurture talent; (c) reinforcing",
        "EG Paper No. 17/03: Figures on cross-boundary enforcement (tabled at the meeting)",
        "Decision 17/1: The Expert Group noted the report",
        "(Post-meeting note: The final plan was sent to members on 8 October 2018.)",
        "VIII. Any other business",
        "IX. Date of next meeting",
        "The 18th meeting would be held on 20 August 2019 at 2:30 pm (venue: Hong Kong).",
        "There being no other business, the meeting ended at 5:05 pm.",
    ],
    "tc": [
        "第17次會議紀錄",
        "(已確認的會議紀錄)",
        "日期 2018年8月21日(星期二)",
        "時間 下午2時30分",
        "知識產權署署長(聯席主席)",
        "廣東省知識產權局局長(聯席主席)",
        "因事缺席者：工業貿易署助理署長",
        "列席者：知識產權署高級律師(秘書)",
        "應邀出席者",
        "(議程第VI項)",
        "經辦人／部門",
        "I. 通過會議紀錄",
        "在2017年9月5日舉行的第16次會議的紀錄無須修訂，獲得通過。",
        "II. 續議事項",
        "(b)加強大灣區知識產權合作，重點包括：(i)舉辦高端知識產權研討會；及(ii)推動三地培訓機構合作培育人才；(c)鞏固",
        "(於會議席上提交)",
        "決定17/1：專責小組備悉有關報告",
        "(會後備註：計劃定稿已於2018年10月8日發送各成員。)",
        "VIII. 其他事項",
        "IX. 下次會議日期",
        "第18次會議將於2019年8月20日下午2時30分在香港舉行。",
        "議事完畢，會議於下午5時05分結束。",
    ],
    "sc": [
        "第17次会议纪录",
        "(已确认的会议纪录)",
        "因事缺席者",
        "列席者",
        "应邀出席者",
        "经办人／部门",
        "通过会议纪录",
        "续议事项",
        "(b)加强大湾区知识产权合作，重点包括：(i)举办高端知识产权研讨会；及(ii)推动三地培训机构合作培育人才；(c)巩固",
        "(于会议席上提交)",
        "(会后备注：计划定稿已于2018年10月8日发送各成员。)",
        "其他事项",
        "下次会议日期",
        "议事完毕，会议于下午5时05分结束。",
    ],
}


def squeezed(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_files_number_paragraphs_as_pages_do(outputs: dict[str, Path], language: str) -> None:
    numbers = re.findall(r"^\s+(\d+)\. ", outputs[f"{language}.txt"].read_text("utf-8"), re.MULTILINE)
    assert len(numbers) > 5
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_official_terms_of_minutes_are_used(outputs: dict[str, Path], language: str) -> None:
    text = squeezed(outputs[f"{language}.txt"].read_text("utf-8"))
    assert [term for term in TERMS[language] if squeezed(term) not in text] == []


@pytest.mark.parametrize("code", ["tc", "sc"])
@pytest.mark.parametrize("kind", ["txt", "pdf"])
def test_each_chinese_edition_is_in_its_own_script(outputs: dict[str, Path], code: str, kind: str) -> None:
    path = outputs[f"{code}.{kind}"]
    text = pdf_text(path) if kind == "pdf" else path.read_text("utf-8")
    assert len(text) > 1500
    assert wrong_script_characters(text, language(code, Workspace())) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_paragraphs_are_numbered_from_1_to_27_on_the_page(outputs: dict[str, Path], code: str) -> None:
    numbers = [int(number) for number in re.findall(r"^[\f ]*([0-9]{1,2})\. ", pdf_text(outputs[f"{code}.pdf"]), flags=re.M)]
    assert numbers == list(range(1, 28))


@pytest.mark.parametrize("code", LANGUAGES)
def test_paragraphs_are_one_numbered_list_in_word(outputs: dict[str, Path], code: str) -> None:
    """Word numbers the list itself, so that an added paragraph renumbers those after it."""
    body = docx.Document(str(outputs[f"{code}.docx"])).element.body
    properties = body.xpath(".//w:p/w:pPr[w:numPr][not(w:numPr/w:ilvl[@w:val!='0'])]")
    lists = {number for element in properties for number in element.xpath("w:numPr/w:numId/@w:val")}
    assert len(properties) == 27
    assert len(lists) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_nested_lists_are_levels_of_the_paragraph_list(outputs: dict[str, Path], code: str) -> None:
    body = docx.Document(str(outputs[f"{code}.docx"])).element.body
    levels = [int(level) for level in body.xpath(".//w:p/w:pPr/w:numPr/w:ilvl/@w:val")]
    assert "".join(map(str, levels)).count("01122111110") == 1
    marks = re.findall(r"^[\f ]*\(([a-z]+)\) ", pdf_text(outputs[f"{code}.pdf"]), flags=re.M)
    index = marks.index("ii")
    assert marks[index - 3 : index + 6] == ["a", "b", "i", "ii", "c", "d", "e", "f", "g"]


@pytest.mark.parametrize(
    ("code", "owner", "due"), [("en", "GDIPO", "31\u00a0October\u00a02018"), ("tc", "省知識產權局", "2018年10月31日")]
)
def test_owners_of_actions_stand_in_a_side_column(outputs: dict[str, Path], code: str, owner: str, due: str) -> None:
    lines = pdf_text(outputs[f"{code}.pdf"]).splitlines()
    (line,) = [line for line in lines if line.strip().endswith(owner) or line.strip() == owner]
    assert line.index(owner) > (70 if code == "en" else 35)
    tables = docx.Document(str(outputs[f"{code}.docx"])).tables
    beside = [table.rows[0].cells[1].text.splitlines() for table in tables if len(table.rows) == 1]
    assert sum(lines[-2:] == [owner, due] for lines in beside) == 1


@pytest.mark.parametrize("code", LANGUAGES)
def test_sections_are_headings_with_roman_numbers(outputs: dict[str, Path], code: str) -> None:
    page = html.document_fromstring(outputs[f"{code}.html"].read_bytes())
    heads = [heading.text_content() for heading in page.iter("h2")]
    assert [head.split(".")[0] for head in heads] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    paragraphs = docx.Document(str(outputs[f"{code}.docx"])).paragraphs
    word_heads = [paragraph.text for paragraph in paragraphs if paragraph.style.name == "Heading 1"]
    assert [squeezed(head) for head in word_heads] == [squeezed(head) for head in heads]


def test_boilerplate_is_shared_with_the_release(outputs: dict[str, Path], built: dict[str, Path]) -> None:
    """The description of the Expert Group is one boilerplate section for both documents."""
    for code in ("en", "tc", "sc"):
        release = html.document_fromstring(built[f"{code}.html"].read_bytes())
        description = [squeezed(paragraph.text_content()) for paragraph in release.iter("p")][-1]
        minutes = squeezed(html.document_fromstring(outputs[f"{code}.html"].read_bytes()).text_content())
        words = description.replace("二○○三年八月", "2003年8月")
        assert len(words) >= 80
        assert words in minutes
