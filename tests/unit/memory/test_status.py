"""The state of translations: what makes them stale, what does not, and the effect of a confirmation."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.checks.translation_status import translation_statuses
from ipdocs.findings import IpdocsError, Location
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.open import open_source
from ipdocs.source.state import Basis, SourceState, parse_state, read_state, state_path, with_bases
from ipdocs.translation.confirm import confirm

SOURCE = """\
schema: 1
kind: press-release
id: a-release
issued: 2018-08-22
languages: [en, tc]
facts:
  meeting: {ordinal: 17}
  met: {date: 2018-08-21}
title: {en: "A cooperation meeting", tc: "合作會議"}
body:
  - id: lead
    paragraph:
      en: "The {{ meeting | ordinal }} meeting, held on {{ met | day }}, drew 14 firms."
      tc: "{{ meeting | ordinal }}次會議於{{ met | day }}舉行，有十四間公司參加。"
  - id: areas
    list:
      intro: {en: "The areas:", tc: "範疇如下："}
      items:
        - {en: "trade", tc: "貿易"}
        - {en: "training", tc: "培訓"}
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "release.yaml"
    path.write_text(SOURCE, "utf-8")
    return path


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), "utf-8")


def states(path: Path) -> dict[str, str]:
    return {status.block: status.state for status in translation_statuses(open_source(path, draft=True))}


def test_unrecorded_translation_is_never_stale(source: Path) -> None:
    assert states(source) == {"title": "unrecorded", "lead": "unrecorded", "areas": "unrecorded"}
    change(source, "drew 14 firms", "drew nobody")
    assert build([source], source.parent / "out", BuildRequest(formats=("txt",)))


def test_confirmation_records_source_person_and_day(source: Path) -> None:
    assert confirm(source, ["lead"], "tc", by="me", on="2018-08-22") == ["lead"]
    translated = "The {{ meeting | ordinal }} meeting, held on {{ met | day }}, drew 14 firms."
    basis = read_state(source).bases["lead", "tc"]
    assert (basis.source, basis.texts, basis.by, basis.on) == ("en", (translated,), "me", "2018-08-22")
    assert states(source) == {"title": "unrecorded", "lead": "confirmed", "areas": "unrecorded"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("meeting, held on {{ met | day }}, drew", "meeting held on {{ met | day }} drew"),
        ('"A cooperation meeting"', '"A co-operation meeting"'),
        ("{ordinal: 17}", "{ordinal: 18}"),
        ("{date: 2018-08-21}", "{date: 2018-09-03}"),
        ("held on {{ met | day }}", "held on {{ met | date }}"),
        ('"The areas:"', '"The areas"'),
    ],
)
def test_facts_spelling_and_stops_do_not_make_it_stale(source: Path, before: str, after: str) -> None:
    confirm(source, [], "tc", by="me", on="2018-08-22")
    change(source, before, after)
    assert set(states(source).values()) == {"confirmed"}
    assert build([source], source.parent / "out", BuildRequest(formats=("txt",)))


@pytest.mark.parametrize(
    ("before", "after", "block", "difference"),
    [
        ("drew 14 firms", "drew 15 firms", "lead", "drew [-14-]{+15+} firms"),
        ("drew 14 firms", "drew no firms", "lead", "drew [-14-]{+no+} firms"),
        (
            "held on {{ met | day }}, drew",
            "held on {{ opened | day }}, drew",
            "lead",
            "[-{{ met | day }}-]{+{{ opened | day }}+}",
        ),
        ('"trade"', '"free trade"', "areas", "{+free +}trade"),
        ('"A cooperation meeting"', '"A corporation meeting"', "title", "[-cooperation-]{+corporation+}"),
    ],
)
def test_changed_words_make_a_translation_stale(source: Path, before: str, after: str, block: str, difference: str) -> None:
    change(source, "  met: {date: 2018-08-21}\n", "  met: {date: 2018-08-21}\n  opened: {date: 2018-08-21}\n")
    confirm(source, [], "tc", by="me", on="2018-08-22")
    change(source, before, after)
    (stale,) = [status for status in translation_statuses(open_source(source, draft=True)) if status.state == "stale"]
    assert stale.block == block
    assert difference in stale.difference
    with pytest.raises(IpdocsError) as raised:
        build([source], source.parent / "out", BuildRequest(formats=("txt",)))
    (finding,) = raised.value.findings
    assert finding.code == "stale-translation"
    assert f"'{block}'" in finding.message
    assert f"`ipdocs confirm {source} {block} --lang tc`" in (finding.hint or "")
    assert finding.location
    assert finding.location.line > 0
    assert "stale-translation" in {finding.code for finding in check([source])}
    assert build([source], source.parent / "out", BuildRequest(formats=("txt",), draft=True))


def test_confirmation_or_a_new_translation_ends_staleness(source: Path) -> None:
    confirm(source, [], "tc", by="me", on="2018-08-22")
    change(source, "drew 14 firms", "drew 15 firms")
    change(source, "有十四間公司參加", "有十五間公司參加")
    assert states(source)["lead"] == "rewritten"
    assert build([source], source.parent / "out", BuildRequest(formats=("txt",)))
    change(source, '"trade"', '"free trade"')
    assert states(source)["areas"] == "stale"
    confirm(source, ["areas", "lead"], "tc", by="you", on="2018-08-23")
    assert set(states(source).values()) == {"confirmed"}


def test_items_may_be_reordered_and_removed(source: Path) -> None:
    confirm(source, [], "tc", by="me", on="2018-08-22")
    change(source, '        - {en: "trade", tc: "貿易"}\n', "")
    assert states(source)["areas"] == "confirmed"
    change(source, '{en: "training", tc: "培訓"}\n', '{en: "training", tc: "培訓"}\n        - {en: "trade", tc: "貿易"}\n')
    assert states(source)["areas"] == "confirmed"
    change(source, '{en: "trade", tc: "貿易"}\n', '{en: "trade", tc: "貿易"}\n        - {en: "law", tc: "法律"}\n')
    assert states(source)["areas"] == "rewritten"
    change(source, '{en: "training"', '{en: "drawing"')
    assert states(source)["areas"] == "stale"


def test_missing_texts_and_drafts_have_their_own_states(source: Path) -> None:
    change(source, ', tc: "合作會議"', "")
    change(source, 'tc: "貿易"', 'tc: "⟦draft: facts⟧貿易"')
    assert states(source) == {"title": "missing", "lead": "unrecorded", "areas": "draft"}


def test_block_for_one_language_has_no_state(source: Path) -> None:
    change(source, "  - id: areas\n", "  - id: areas\n    only: en\n")
    change(source, '{en: "The areas:", tc: "範疇如下："}', '{en: "The areas:"}')
    change(source, '{en: "trade", tc: "貿易"}', '{en: "trade"}')
    change(source, '{en: "training", tc: "培訓"}', '{en: "training"}')
    assert states(source) == {"title": "unrecorded", "lead": "unrecorded"}


def test_confirming_removes_draft_marks(source: Path) -> None:
    change(source, 'tc: "貿易"', 'tc: "⟦draft: fuzzy 91 %⟧貿易"')
    with pytest.raises(IpdocsError) as raised:
        build([source], source.parent / "out", BuildRequest(formats=("txt",)))
    (finding,) = raised.value.findings
    assert str(finding.location).endswith("release.yaml:19:30")
    assert "⟦draft: fuzzy 91 %⟧" in finding.message
    assert f"`ipdocs confirm {source}`" in (finding.hint or "")
    confirm(source, ["areas"], "tc", by="me", on="2018-08-22")
    assert source.read_text("utf-8") == SOURCE
    assert build([source], source.parent / "out", BuildRequest(formats=("txt",)))


@pytest.mark.parametrize("text", ["⟦draft: in part⟧⟦fuzzy 78 %⟧貿易", "⟦貿易⟧", "⟦draft: facts⟧貿易⟦十七⟧"])
def test_unfinished_text_cannot_be_confirmed(source: Path, text: str) -> None:
    change(source, 'tc: "貿易"', f'tc: "{text}"')
    before = source.read_text("utf-8")
    with pytest.raises(IpdocsError) as raised:
        confirm(source, [], "tc", by="me", on="2018-08-22")
    (finding,) = raised.value.findings
    assert finding.code == "open-text"
    assert source.read_text("utf-8") == before
    assert not state_path(source).exists()


def test_missing_text_cannot_be_confirmed(source: Path) -> None:
    change(source, '{en: "trade", tc: "貿易"}', '{en: "trade"}')
    with pytest.raises(IpdocsError, match=r"areas\.list\.items\.0") as raised:
        confirm(source, ["areas"], "tc", by="me", on="2018-08-22")
    assert [finding.code for finding in raised.value.findings] == ["missing-translation"]


def test_unknown_block_gets_the_nearest_id_as_hint(source: Path) -> None:
    with pytest.raises(IpdocsError) as raised:
        confirm(source, ["leed"], "tc", by="me", on="2018-08-22")
    (finding,) = raised.value.findings
    assert finding.code == "unknown-block"
    assert "'leed'" in finding.message
    assert "lead?" in (finding.hint or "")


def test_english_of_a_chinese_document_can_be_stale(source: Path) -> None:
    change(source, 'title: {en: "A cooperation meeting", tc: "合作會議"}', 'title: {tc: "合作會議", en: "A cooperation meeting"}')
    confirm(source, ["title"], "en", by="me", on="2018-08-22")
    change(source, 'tc: "合作會議"', 'tc: "聯席會議"')
    (title,) = [status for status in translation_statuses(open_source(source, draft=True)) if status.block == "title"]
    assert (title.language, title.state, title.difference) == ("en", "stale", "[-合作-]{+聯席+}會議")


def test_state_keeps_choices_and_comments(source: Path) -> None:
    state = "# Decided on 22 August.\nchoices:\n- source: tc\n  target: sc\n  text: 乾隆\n  form: 乾隆\n"
    state_path(source).write_text(state, "utf-8")
    confirm(source, ["title"], "tc", by="me", on="2018-08-22")
    assert state_path(source).read_text("utf-8").startswith(state)


@pytest.mark.parametrize(
    ("content", "column", "quoted"),
    [
        ("translations: [a]", 1, "translations"),
        ("translations: {lead: {tc: en}}", 23, "'en'"),
        ("translations: {lead: {tc: {from: en, texts: a}}}", 23, "texts"),
    ],
)
def test_a_malformed_translation_state_is_a_finding(source: Path, content: str, column: int, quoted: str) -> None:
    state_path(source).write_text(content, "utf-8")
    with pytest.raises(IpdocsError) as raised:
        translation_statuses(open_source(source, draft=True))
    (finding,) = raised.value.findings
    assert (finding.code, finding.location) == ("bad-state", Location(state_path(source), 1, column))
    assert quoted in finding.message


def test_recorded_bases_read_back(source: Path) -> None:
    bases = {
        ("lead", "tc"): Basis("en", ("a: b", "{{ met }} “c”\nd"), ("123e4", "0"), "me", "2018-08-22"),
        ("b", "en"): Basis("tc", ("一",)),
    }
    state = with_bases(SourceState(), bases, state_path(source))
    assert state.bases == bases
    assert parse_state(state.text, state_path(source)) == state
    assert with_bases(state, bases, state_path(source)) is state
