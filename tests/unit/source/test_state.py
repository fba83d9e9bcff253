from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError, Location
from ipdocs.locale.conversion.choice import Choice
from ipdocs.source.state import parse_state, read_state, state_path, with_approvals, with_inherited, with_readings, with_remarks
from ipdocs.source.state_entries import Approval, Reading, Remark
from ipdocs.source.update import store_choices

CHOICE = Choice("sc", "tc", "编制年报", "編製年報", on="2018-08-22")


def test_the_state_file_is_beside_the_source() -> None:
    assert state_path(Path("a/release.yaml")) == Path("a/release.state.yaml")


def test_a_stored_choice_is_read_back(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    assert read_state(source).choices == ()
    store_choices(source, [CHOICE])
    assert read_state(source).choices == (CHOICE,)


def test_a_later_choice_replaces_an_earlier_one(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    store_choices(source, [CHOICE])
    store_choices(source, [Choice("sc", "tc", "编制年报", "編制年報"), Choice("tc", "cn", "编制年报", "编制年报")])
    assert [(choice.target, choice.form) for choice in read_state(source).choices] == [("tc", "編制年報"), ("cn", "编制年报")]


def test_a_new_choice_keeps_other_entries_and_comments(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    path = state_path(source)
    path.write_text("# kept by tools\nconfirmed: {lead: 2018-08-22}\n", "utf-8")
    store_choices(source, [CHOICE])
    assert path.read_text("utf-8").startswith("# kept by tools\nconfirmed: {lead: 2018-08-22}\nchoices:\n")


def test_several_choices_are_stored_at_once(tmp_path: Path) -> None:
    source = tmp_path / "text.txt"
    state = store_choices(source, [CHOICE, Choice("sc", "tc", "编制年报", "編制年報"), Choice("sc", "tc", "干", "乾")])
    assert [choice.form for choice in state.choices] == ["編制年報", "乾"]
    assert read_state(source) == state


def test_a_stored_choice_is_not_written_again(tmp_path: Path) -> None:
    source = tmp_path / "release.yaml"
    store_choices(source, [CHOICE])
    before = state_path(source).stat().st_mtime_ns
    store_choices(source, [CHOICE])
    assert state_path(source).stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("text", "column", "quoted"),
    [
        ("choices: {a: b}", 1, "choices"),
        ("choices: [{text: a}]", 11, "{'text': 'a'}"),
        ("choices: [{source: tc, target: sc, text: a, form: b, when: c}]", 11, "'source': 'tc'"),
        ("- a", 1, ""),
        ("approvals: [{by: A}]", 13, "{'by': 'A'}"),
        ("remarks: [{block: lead, text: [a], by: A, at: b}]", 25, "['a']"),
        ("readings: [{block: lead, by: A, at: b}]", 12, "'block': 'lead'"),
        ("inherited: [day]", 1, "['day']"),
    ],
)
def test_a_malformed_state_is_a_finding(tmp_path: Path, text: str, column: int, quoted: str) -> None:
    state_path(tmp_path / "release.yaml").write_text(text, "utf-8")
    with pytest.raises(IpdocsError) as caught:
        read_state(tmp_path / "release.yaml")
    (finding,) = caught.value.findings
    assert (finding.code, finding.location) == ("bad-state", Location(state_path(tmp_path / "release.yaml"), 1, column))
    assert quoted in finding.message


def test_approvals_and_remarks_are_added_to_those_before(tmp_path: Path) -> None:
    path = state_path(tmp_path / "release.yaml")
    state = parse_state("# ours\nother: [1]\n", path)
    approvals = [Approval("A", "2018-08-22T14:10", {"lead": "1a"}), Approval("B", "2018-08-22T15:00")]
    remark = Remark("lead", "tc", "再看: 甲", "C", "2018-08-22T14:20")
    for approval in approvals:
        state = with_approvals(state, [approval], path)
    state = with_inherited(with_remarks(state, [remark], path), {"day": "date 2018-08-21"}, path)
    assert parse_state(state.text, path) == state
    assert (list(state.approvals), state.remarks, state.inherited) == (approvals, (remark,), {"day": "date 2018-08-21"})
    assert state.text.startswith("# ours\nother: [1]\n")


def test_the_last_inherited_fact_leaves_nothing_behind(tmp_path: Path) -> None:
    path = state_path(tmp_path / "release.yaml")
    before = parse_state("# ours\nother: [1]\n", path)
    after = with_inherited(with_inherited(before, {"day": "date 2018-08-21"}, path), {"day": None}, path)
    assert after == before


def test_a_settled_remark_takes_the_place_of_the_open_one(tmp_path: Path) -> None:
    path = state_path(tmp_path / "release.yaml")
    remark, other = (Remark("lead", "tc", text, "C", "2018-08-22T14:20") for text in ("One", "Two"))
    settled = replace(remark, settled_by="D", settled_at="2018-08-22T15:00")
    state = with_remarks(with_remarks(parse_state("", path), [remark, other], path), [settled], path)
    assert parse_state(state.text, path).remarks == (settled, other)


def test_a_person_has_one_reading_of_a_block(tmp_path: Path) -> None:
    path = state_path(tmp_path / "release.yaml")
    first, again = (Reading("lead", digest, "A", "2018-08-22T14:10") for digest in ("1a", "2b"))
    other = Reading("lead", "1a", "B", "2018-08-22T14:11")
    state = with_readings(with_readings(parse_state("", path), [first, other], path), [again], path)
    assert parse_state(state.text, path).readings == (again, other)


def test_an_approval_ends_the_readings_of_its_person(tmp_path: Path) -> None:
    path = state_path(tmp_path / "release.yaml")
    readings = [Reading("lead", "1a", person, "2018-08-22T14:10") for person in ("A", "B")]
    state = with_readings(parse_state("", path), readings, path)
    state = with_approvals(state, [Approval("A", "2018-08-22T14:30", {"lead": "1a"})], path)
    assert parse_state(state.text, path).readings == (readings[1],)
    assert with_approvals(state, [Approval("B", "2018-08-22T14:40", {})], path).readings == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# kept by tools\n", "# kept by tools\nchoices:\n"),
        ("# kept\r\nother: 1   # too\r\n", "# kept\r\nother: 1   # too\r\nchoices:\r\n"),
    ],
)
def test_a_state_keeps_its_comments_and_line_ends(tmp_path: Path, before: str, after: str) -> None:
    source = tmp_path / "release.yaml"
    state_path(source).write_bytes(before.encode())
    store_choices(source, [CHOICE])
    assert state_path(source).read_bytes().startswith(after.encode())
    assert read_state(source).choices == (CHOICE,)


LAYERS = "".join(f"l{number}: &l{number} [{', '.join([f'*l{number - 1}'] * 9)}]\n" for number in range(1, 10))
TEXTS = "{from: en, texts: [*l9]}"


@pytest.mark.parametrize(
    "entry",
    [
        "choices: [*l9]",
        "approvals: [{by: *l9, at: x}]",
        "readings: [{block: lead, digest: *l9, by: A, at: b}]",
        "remarks: *l9",
        "inherited: {day: *l9}",
        "choices: [{source: tc, target: sc, text: *l9, form: a}]",
        f"translations: {{lead: {{tc: {TEXTS}}}}}",
        "translations: {lead: {tc: *l9}}",
        "translations: {lead: {tc: {from: *l9, texts: [a], made: [b]}}}",
    ],
)
def test_a_state_with_a_billion_aliases_is_a_finding(entry: str, tmp_path: Path) -> None:
    state_path(tmp_path / "release.yaml").write_text(f"l0: &l0 [x]\n{LAYERS}{entry}\n", "utf-8")
    with pytest.raises(IpdocsError) as raised:
        read_state(tmp_path / "release.yaml")
    (finding,) = raised.value.findings
    assert finding.code == "bad-state"
    assert len(finding.message) < 300
