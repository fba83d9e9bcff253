from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from ipdocs import IpdocsError, build
from ipdocs.pipeline.request import BuildRequest

SOURCE = """\
schema: 1
kind: press-release
id: small
style: gia
issued: 2018-08-21T18:30+08:00
languages: [en, tc]
title: {en: "Fees & <charges>", tc: "費用"}
body:
  - id: lead
    paragraph:
      en: "**Strong** and *stressed*, see [the site](https://example.org/a).[^why]"
      tc: "**加強**和*著重*，見[網站](https://example.org/a)。[^why]"
  - id: notes
    footnotes: {why: {en: "A note.", tc: "註釋。"}}
"""

TAGS = [
    "{{ document.title }}",
    "{% trans date=document.issued | date %}Issued: {{ date }}{% endtrans %}",
    "{%p for block in document.body %}",
    "{{r block.paragraph.rich }}",
    "{%p endfor %}",
]


def office(folder: Path, *tags: str) -> Path:
    """Make a workspace whose releases have a Word template with these paragraphs, and return its source."""
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Office of Examples"
    for tag in tags:
        template.add_paragraph(tag)
    place = folder / "templates/press-release/template.docx"
    place.parent.mkdir(parents=True)
    template.save(str(place))
    source = folder / "release.yaml"
    source.write_text(SOURCE, "utf-8")
    return source


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_word_template_of_an_office_makes_the_word_file(tmp_path: Path) -> None:
    outputs = build([office(tmp_path, *TAGS)], tmp_path / "out", BuildRequest(editions=("en", "tc"), formats=("docx",)))
    english, chinese = (paragraphs(output.path) for output in outputs)
    assert english == ["Fees & <charges>", "Issued: August\u00a021,\u00a02018", "Strong and stressed, see the site. [A note.]"]
    assert chinese == ["費用", "發出日期：二○一八年八月二十一日", "加強和著重，見網站。 [註釋。]"]
    document = docx.Document(str(outputs[0].path))
    assert document.sections[0].header.paragraphs[0].text == "Office of Examples"
    assert document.core_properties.title == "Fees & <charges>"


def test_emphasis_is_italic_in_english_and_bold_in_chinese(tmp_path: Path) -> None:
    outputs = build([office(tmp_path, *TAGS)], tmp_path / "out", BuildRequest(editions=("en", "tc"), formats=("docx",)))
    looks = [
        {run.text: (bool(run.bold), bool(run.italic)) for run in docx.Document(str(output.path)).paragraphs[2].runs}
        for output in outputs
    ]
    assert (looks[0]["Strong"], looks[0]["stressed"]) == ((True, False), (False, True))
    assert (looks[1]["加強"], looks[1]["著重"]) == ((True, False), (True, False))


def test_the_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    source = office(tmp_path, *TAGS)
    first, second = (
        build([source], tmp_path / name, BuildRequest(editions=("en",), formats=("docx",)))[0].path for name in ("a", "b")
    )
    assert first.read_bytes() == second.read_bytes()


def test_two_languages_together_keep_the_shipped_layout(tmp_path: Path) -> None:
    (output,) = build([office(tmp_path, *TAGS)], tmp_path / "out", BuildRequest(editions=("en+tc",), formats=("docx",)))
    assert "Office of Examples" not in zipfile.ZipFile(output.path).read("word/document.xml").decode()
    assert docx.Document(str(output.path)).tables


@pytest.mark.parametrize(
    ("tag", "quoted"),
    [
        ("{{ document.titel }}", "'titel'"),
        ("{{ document.title | shout }}", "'shout'"),
        (
            "{% for x in range(10**9) %}{% endfor %}",
            "OverflowError",
        ),
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{{ document.title + 1 }}", "TypeError"),
    ],
)
def test_mistake_in_a_tag_names_the_word_template(tag: str, quoted: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as caught:
        build([office(tmp_path, tag)], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    (finding,) = caught.value.findings
    assert finding.code == "bad-template"
    assert quoted in finding.message
    assert finding.location
    assert finding.location.path.name == "template.docx"


def test_word_template_with_an_external_picture_is_refused(tmp_path: Path) -> None:
    source = office(tmp_path, *TAGS)
    path = tmp_path / "templates/press-release/template.docx"
    template = docx.Document(str(path))
    template.part.relate_to(
        "https://example.org/logo.png", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", True
    )
    template.save(str(path))
    with pytest.raises(IpdocsError) as caught:
        build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    (finding,) = caught.value.findings
    assert finding.code == "bad-template"
    assert "'https://example.org/logo.png'" in finding.message
    assert finding.location
    assert finding.location.path == path


def test_template_that_is_not_a_word_file_is_refused(tmp_path: Path) -> None:
    source = office(tmp_path, *TAGS)
    (tmp_path / "templates/press-release/template.docx").write_text("not a Word file")
    with pytest.raises(IpdocsError) as caught:
        build([source], tmp_path / "out", BuildRequest(editions=("en",), formats=("docx",)))
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity) == ("bad-template", "error")
    assert finding.location
    assert finding.location.path.name == "template.docx"
