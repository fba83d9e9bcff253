"""Unfinished translations come back as drafts, and rejections are reported."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from ipdocs.checks.translation_status import translation_statuses
from ipdocs.source.open import open_source
from ipdocs.translation.confirm import confirm
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import ImportResult, import_translations
from ipdocs.translation.refused_texts import read_remarks, store_remarks

SOURCE = """schema: 1
kind: press-release
id: ferry
issued: 2026-11-24
languages: [en, tc]
title: {en: "Ferry piers", tc: "渡輪碼頭"}
body:
  - id: first
    paragraph: {en: "The ferry leaves at noon.", tc: "渡輪正午開出。"}
  - id: second
    paragraph: {en: "Bicycles are carried free of charge."}
"""
NEW = "單車免費運載。"
CHANGED = ("渡輪正午開出。", "渡輪於正午啟航。")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "ferry.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


Return = Callable[..., ImportResult]


@pytest.fixture
def give_back(source: Path) -> Return:
    """Export the source in a format, replace texts of the file by patterns, and import it."""

    def give_back(form: str, *changes: tuple[str, str], **options: object) -> ImportResult:
        text = export_translations(open_source(source, draft=True), "tc", form).decode()  # type: ignore[arg-type]
        for pattern, replacement in changes:
            text, count = re.subn(pattern, replacement, text, count=1, flags=re.DOTALL)
            assert count, pattern
        path = source.with_name(f"back.{ENDINGS[form]}")
        path.write_text(text, "utf-8")
        return import_translations(source, [path], **options)  # type: ignore[arg-type]

    return give_back


def state(source: Path, block: str) -> str:
    return next(status.state for status in translation_statuses(open_source(source, draft=True)) if status.block == block)


@pytest.mark.parametrize(
    ("unit", "target", "is_draft"),
    [
        ("", ' state="new"', True),
        ("", ' state="needs-translation"', True),
        ("", ' state="needs-review-l10n"', True),
        ("", ' state="x-rejected"', True),
        ("", ' state="translated" state-qualifier="rejected-grammar"', True),
        ("", ' state="translated" state-qualifier="mt-suggestion"', True),
        (' approved="no"', "", True),
        (' approved="no"', ' state="translated"', True),
        ("", ' state="translated"', False),
        ("", ' state="signed-off"', False),
        ("", ' state="final" state-qualifier="leveraged-mt"', False),
        (' approved="yes"', ' state="needs-review-translation"', False),
        ("", "", False),
    ],
)
def test_states_of_xliff_1(unit: str, target: str, is_draft: bool, source: Path, give_back: Return) -> None:
    result = give_back(
        "xliff1",
        ('resname="second.paragraph"', f'resname="second.paragraph"{unit}'),
        (r"(free of charge.</source>)\s*<target.*?</target>", rf"\1<target{target}>{NEW}</target>"),
    )
    assert result.changed == ("second.paragraph",)
    assert result.drafts == (("second.paragraph",) if is_draft else ())
    assert state(source, "second") == ("draft" if is_draft else "current")


SDL = 'xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0"'


@pytest.mark.parametrize(
    ("unit", "segments", "is_draft"),
    [
        ("", '<sdl:seg id="1" conf="Draft"/>', True),
        ("", '<sdl:seg id="1" conf="RejectedTranslation"/>', True),
        ("", '<sdl:seg id="1" origin="mt"/>', True),
        ("", '<sdl:seg id="1"/>', True),
        ("", '<sdl:seg id="1" conf="Translated" origin="mt"/>', False),
        ("", '<sdl:seg id="1" conf="ApprovedSignOff"/>', False),
        ("", '<sdl:seg id="1" conf="Translated"/><sdl:seg id="2" conf="Draft"/>', True),
        (' xmlns:mq="MQXliff" mq:status="Rejected"', "", True),
        (' xmlns:mq="MQXliff" mq:status="MachineTranslated"', "", True),
        (' xmlns:mq="MQXliff" mq:status="ManuallyConfirmed"', "", False),
        (' xmlns:m="http://www.memsource.com/mxlf/2.0" m:confirmed="0"', "", True),
        (' xmlns:m="http://www.memsource.com/mxlf/2.0" m:confirmed="1"', "", False),
    ],
)
def test_states_of_tools(unit: str, segments: str, is_draft: bool, source: Path, give_back: Return) -> None:
    target = f'<mrk mtype="seg" mid="1">{NEW[:2]}</mrk><mrk mtype="seg" mid="2">{NEW[2:]}</mrk>' if segments else NEW
    definitions = f"<sdl:seg-defs {SDL}>{segments}</sdl:seg-defs>" if segments else ""
    result = give_back(
        "xliff1",
        ('resname="second.paragraph"', f'resname="second.paragraph"{unit}'),
        (r"(free of charge.</source>)\s*<target.*?</target>", rf'\1<target state="new">{target}</target>{definitions}'),
    )
    assert result.changed == ("second.paragraph",)
    assert result.drafts == (("second.paragraph",) if is_draft else ())


def test_a_workspace_can_state_what_a_tool_means(source: Path, give_back: Return) -> None:
    table = source.parent / "locales/translation-states.csv"
    table.write_text("namespace,attribute,value,state\nhttps://example.org/tool,stage,open,unfinished\n", "utf-8")
    unit = 'resname="first.paragraph" xmlns:t="https://example.org/tool" t:stage="open"'
    assert give_back("xliff1", ('resname="first.paragraph"', unit), CHANGED).drafts == ("first.paragraph",)


@pytest.mark.parametrize(
    ("segment", "is_draft"),
    [
        ('state="initial"', True),
        ("", True),
        ('state="translated" subState="tool:rejected"', True),
        ('state="translated" subState="tool:needs-work"', True),
        ('state="translated"', False),
        ('state="reviewed"', False),
        ('state="final" subState="tool:exported"', False),
    ],
)
def test_states_of_xliff_2(segment: str, is_draft: bool, source: Path, give_back: Return) -> None:
    result = give_back(
        "xliff2",
        (r'state="initial"(>\s*<source>Bicycles.*?</source>)', rf"{segment}\1<target>{NEW}</target>"),
    )
    assert result.drafts == (("second.paragraph",) if is_draft else ())
    assert state(source, "second") == ("draft" if is_draft else "current")


def test_fuzzy_change_replaces_a_finished_text_as_a_draft(source: Path, give_back: Return) -> None:
    result = give_back("po", CHANGED, ('(msgctxt "first)', r"#, fuzzy\n\1"))
    assert result.drafts == result.changed == ("first.paragraph",)
    assert 'tc: "⟦draft: unfinished⟧渡輪於正午啟航。"' in source.read_text("utf-8")
    assert state(source, "first") == "draft"


def test_doubtful_draft_is_imported_with_a_warning(source: Path, give_back: Return) -> None:
    result = give_back(
        "po", (r'(free of charge."\n)msgstr ""', rf'\1msgstr "十五輛{NEW}"'), ('(msgctxt "second)', r"#, fuzzy\n\1")
    )
    assert result.drafts == ("second.paragraph",)
    assert [(finding.code, finding.severity) for finding in result.findings] == [("value-differs", "warning")]


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("po", ('(msgctxt "first)', r"#, fuzzy\n\1")),
        ("xliff1", (r'state="translated"(>渡輪正)', r'state="needs-review-translation"\1')),
        ("xliff1", (r'(state="translated")(>渡輪正)', r'\1 state-qualifier="rejected-spelling"\2')),
        ("xliff2", (r'state="translated"(>\s*<source>The ferry)', r'state="initial"\1')),
        ("xliff2", (r'state="translated"(>\s*<source>The ferry)', r'state="translated" subState="tool:rejected"\1')),
    ],
)
def test_rejection_makes_a_draft(form: str, change: tuple[str, str], source: Path, give_back: Return) -> None:
    result = give_back(form, change)
    assert (result.changed, result.drafts) == ((), ("first.paragraph",))
    (finding,) = result.findings
    assert (finding.code, finding.severity, "渡輪正午開出。" in finding.message) == ("translation-rejected", "warning", True)
    assert 'tc: "⟦draft: rejected⟧渡輪正午開出。"' in source.read_text("utf-8")
    assert state(source, "first") == "draft"


def test_unapproved_unchanged_text_stays(source: Path, give_back: Return) -> None:
    result = give_back("xliff1", ('resname="first.paragraph"', 'resname="first.paragraph" approved="no"'))
    assert (result.changed, result.drafts, result.findings) == ((), (), ())


@pytest.mark.parametrize("form", ["xliff1", "xliff2", "po"])
def test_every_exported_state_comes_back_unchanged(form: str, source: Path, give_back: Return) -> None:
    text = source.read_text("utf-8")
    text += '  - {id: third, paragraph: {en: "Dogs stay on deck.", tc: "⟦draft: machine⟧狗隻留在甲板。"}}\n'
    text += '  - {id: fourth, paragraph: {en: "Tickets are sold on board.", tc: "船上售票。"}}\n'
    source.write_text(text, "utf-8")
    confirm(source, ["first", "fourth"], "tc", by="A. Reader", on="2026-11-20")
    source.write_text(source.read_text("utf-8").replace("sold on board", "sold at the gate"), "utf-8")
    blocks = ("title", "first", "second", "third", "fourth")
    before = [state(source, block) for block in blocks]
    assert before == ["unrecorded", "confirmed", "missing", "draft", "stale"]
    content = source.read_bytes()
    result = give_back(form)
    assert (result.changed, result.finished_drafts, result.drafts, result.findings) == ((), (), (), ())
    assert source.read_bytes() == content
    assert [state(source, block) for block in blocks] == before


@pytest.mark.parametrize(
    ("form", "change"),
    [
        ("po", ("#, fuzzy\n", "")),
        ("xliff1", ("needs-adaptation", "final")),
        ("xliff2", ('state="translated" subState="ipdocs:stale"', 'state="reviewed"')),
    ],
)
def test_stale_text_that_the_translator_finished_is_current(
    form: str, change: tuple[str, str], source: Path, give_back: Return
) -> None:
    confirm(source, ["first"], "tc", by="A. Reader", on="2026-11-20")
    source.write_text(source.read_text("utf-8").replace("leaves at noon", "leaves daily at noon"), "utf-8")
    assert state(source, "first") == "stale"
    assert give_back(form, change).finished_drafts == ("first.paragraph",)
    assert state(source, "first") == "current"


def test_change_of_another_text_leaves_a_text_stale(source: Path, give_back: Return) -> None:
    items = '[{en: "Bells", tc: "鐘"}, {en: "Ropes", tc: "繩"}]'
    source.write_text(f"{source.read_text('utf-8')}  - id: gear\n    list:\n      items: {items}\n", "utf-8")
    confirm(source, ["gear"], "tc", by="A. Reader", on="2026-11-20")
    source.write_text(source.read_text("utf-8").replace("Bells", "Small bells"), "utf-8")
    assert give_back("xliff1", ('needs-adaptation">繩', 'translated">繩索')).changed == ("gear.list.items.1",)
    assert state(source, "gear") == "stale"


def test_empty_target_of_a_missing_text_is_no_error(source: Path, give_back: Return) -> None:
    for target in ("<target/>", "<target> </target>", '<target state="new"/>'):
        result = give_back("xliff1", (r"(free of charge.</source>)\s*<target.*?</target>", rf"\1{target}"))
        assert (result.changed, result.findings) == ((), ())
    assert state(source, "second") == "missing"


def test_emptied_target_is_reported(source: Path, give_back: Return) -> None:
    result = give_back("xliff1", ("渡輪正午開出。", ""))
    assert ([finding.code for finding in result.findings], [*result.refused["tc"]]) == (["text-lost"], ["first.paragraph"])


def test_empty_target_may_stand_for_one_equal_to_its_source(source: Path, give_back: Return) -> None:
    source.write_text(f'{source.read_text("utf-8")}  - {{id: third, paragraph: {{en: "20", tc: "20"}}}}\n', "utf-8")
    result = give_back("po", ('msgid "20"\nmsgstr "20"', 'msgid "20"\nmsgstr ""'))
    assert (result.changed, result.findings) == ((), ())


def test_copy_of_the_source_is_no_translation(source: Path, give_back: Return) -> None:
    copy = (r'(msgid "(Bicycles.*?)"\nmsgstr )""', r'\1"\2"')
    result = give_back("po", copy)
    assert ([(finding.code, finding.severity) for finding in result.findings], result.changed) == (
        [("not-translated", "warning")],
        (),
    )
    result = give_back("po", ('msgstr "渡輪正午開出。"', 'msgstr "The ferry leaves at noon."'))
    assert ([finding.code for finding in result.findings], [*result.refused["tc"]]) == (["not-translated"], ["first.paragraph"])
    assert give_back("po", copy, accept=True).changed == ("second.paragraph",)


@pytest.mark.parametrize("text", ["20", "3.5%", "WIPO"])
def test_text_may_be_the_same_in_both_languages(text: str, source: Path, give_back: Return) -> None:
    source.write_text(f"{source.read_text('utf-8')}  - {{id: third, paragraph: {{en: '{text}'}}}}\n", "utf-8")
    assert give_back("po", (rf'(msgid "{text}"\nmsgstr )""', rf'\1"{text}"')).changed == ("third.paragraph",)


def test_translations_in_the_places_of_others_are_not_imported(source: Path, give_back: Return) -> None:
    swap = (("渡輪碼頭", "MOVED"), ("渡輪正午開出。", "渡輪碼頭"), ("MOVED", "渡輪正午開出。"))
    content = source.read_bytes()
    for form in ("xliff1", "po", "xliff2"):
        result = give_back(form, *swap)
        assert {finding.code for finding in result.findings} == {"misplaced-translation"}
        assert (result.changed, {*result.refused["tc"]}) == ((), {"title", "first.paragraph"})
        assert source.read_bytes() == content
    assert {*give_back("po", *swap, accept=True).changed} == {"title", "first.paragraph"}


def test_equal_translations_are_in_no_wrong_place(source: Path, give_back: Return) -> None:
    result = give_back("po", ("渡輪正午開出。", "渡輪碼頭"))
    assert "misplaced-translation" not in {finding.code for finding in result.findings}


@pytest.mark.parametrize("form", ["xliff1", "xliff2"])
def test_a_translation_written_over_its_source_is_reported(form: str, source: Path, give_back: Return) -> None:
    result = give_back(form, ("Bicycles are carried free of charge.(</source>)", rf"{NEW}\1"))
    (finding,) = [finding for finding in result.findings if finding.code != "not-translated"]
    assert (finding.code, finding.severity, NEW in finding.message) == ("source-differs", "warning", True)


def test_a_cell_that_is_not_selected_is_not_reported(source: Path) -> None:
    file = source.with_name("back.xlsx")
    file.write_bytes(export_translations(open_source(source, draft=True), "tc", "xlsx"))
    book = openpyxl.load_workbook(file)
    row = next(row for row in book.active.iter_rows() if row[0].value == "first.paragraph")
    row[2].value = "=A1"
    book.save(file)
    assert import_translations(source, [file], only=["title"]).findings == ()
    result = import_translations(source, [file])
    (finding,) = result.findings
    assert result.refused == {"tc": {"first.paragraph": (finding.message,)}}


def test_remarks_are_kept_for_each_language(tmp_path: Path) -> None:
    source, remarks = tmp_path / "ferry.yaml", {"first.paragraph": ["value-differs"]}
    store_remarks(tmp_path, source, {"tc": remarks, "pt": remarks}, {"tc": (), "pt": ()})
    store_remarks(tmp_path, source, {}, {"tc": ["first.paragraph"]})
    assert read_remarks(tmp_path, source) == {"pt": {"first.paragraph": ("value-differs",)}}
