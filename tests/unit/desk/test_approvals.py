"""Approving on the desk: reading, remarks and approvals are steps that change no word."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk.approvals import approval
from ipdocs.desk.documents import HeldDocument
from ipdocs.desk.errors import DeskError
from ipdocs.desk.home_row import home_row

RELEASE = """\
schema: 1
kind: press-release
id: held
issued: 2018-08-21
languages: [en, tc]
facts:
  rise: {percent: "3.9"}
title: {en: "A title", tc: "標題"}
contact: {office: {en: "The Office", tc: "辦公室"}, phone: "2961 6800"}
body:
  - id: lead
    paragraph: {en: "It rose by {{ rise }}.", tc: "升{{ rise }}。"}
  - id: end
    paragraph: {en: "End.", tc: "完。"}
"""


@pytest.fixture
def held(tmp_path: Path) -> HeldDocument:
    path = tmp_path / "workspace" / "release.yaml"
    path.parent.mkdir()
    path.write_text(RELEASE, "utf-8")
    return HeldDocument("release.yaml", path, tmp_path / "journals", lambda event: None)


def step(held: HeldDocument, **change: Any) -> dict[str, Any]:
    return held.step({"id": f"step-{held.version}", "tab": "tab", "changes": [{"by": "Chan", **change}]})


def read(held: HeldDocument, *rows: str, by: str = "Chan") -> None:
    for row in rows:
        step(held, type="read", row=row, digest=approval({}, held)["digests"][row], by=by)


def approve(held: HeldDocument) -> None:
    read(held, *approval({}, held)["digests"])
    step(held, type="approve")


def test_what_is_read_is_counted_for_each_person(held: HeldDocument) -> None:
    read(held, "lead", "end")
    read(held, "title", by="Lee")
    assert list(approval({"by": "Chan"}, held)["read"]) == ["lead", "end"]
    assert list(approval({"by": "Lee"}, held)["read"]) == ["title"]
    assert approval({}, held)["read"] == {}


def test_an_approval_changes_no_byte_of_the_source(held: HeldDocument) -> None:
    approve(held)
    assert held.path.read_text("utf-8") == RELEASE
    assert held.view()["approval"]["by"] == "Chan"
    assert held.view()["approval"]["changed"] == []
    assert held.source.state.readings == ()


def test_a_document_that_is_not_all_read_is_not_approved(held: HeldDocument) -> None:
    read(held, "lead")
    with pytest.raises(DeskError) as raised:
        step(held, type="approve")
    assert (raised.value.status, raised.value.body) == (409, {"stale": True})
    assert held.view()["approval"] is None


def test_words_that_have_changed_are_not_read(held: HeldDocument) -> None:
    digest = approval({}, held)["digests"]["lead"]
    step(held, type="text", place="lead.paragraph", lang="en", before="It rose by {{ rise }}.", after="It fell by {{ rise }}.")
    with pytest.raises(DeskError):
        step(held, type="read", row="lead", digest=digest)


def test_a_fact_changes_every_row_that_reads_it(held: HeldDocument) -> None:
    approve(held)
    patch = step(held, type="fact", action="put", name="rise", notation="4.1", fact_type="percent", before="3.9")
    assert patch["approval"]["changed"] == ["lead"]
    assert list(approval({"by": "Chan"}, held)["read"]) == [row for row in approval({}, held)["digests"] if row != "lead"]


def test_a_field_without_words_is_named(held: HeldDocument) -> None:
    approve(held)
    step(held, type="head", key="issued", value="2018-08-22", before="2018-08-21")
    assert held.view()["approval"]["changed"] == ["issued"]
    assert held.view()["approval"]["names"]["issued"] == {"text": "Time of issue"}
    fields = {field["id"]: field["values"] for field in approval({}, held)["fields"]}
    assert fields["issued"] == [{"text": "{value}", "values": {"value": "22 Aug 2018"}}]
    assert fields["contact"] == [{"text": "{value}", "values": {"value": "2961 6800"}}]


def test_reading_and_approving_are_undone(held: HeldDocument) -> None:
    approve(held)
    assert (held.undo_label or {})["text"] == "approved the document"
    held.undo({"tab": "tab"})
    assert held.view()["approval"] is None
    assert len(held.source.state.readings) == len(approval({}, held)["digests"])
    held.undo({"tab": "tab"})
    held.redo({"tab": "tab"})
    held.redo({"tab": "tab"})
    assert held.view()["approval"]["by"] == "Chan"


def test_a_remark_stands_until_it_is_settled(held: HeldDocument) -> None:
    patch = step(held, type="remark", row="lead", lang="tc", text=" 再看 ")
    (remark,) = patch["remarks"]
    assert (remark["row"], remark["lang"], remark["text"], remark["settled_by"]) == ("lead", "tc", "再看", None)
    assert home_row(held.path)[0]["remarks"] == 1
    (settled,) = step(held, type="settle", remark=remark["id"], by="Lee")["remarks"]
    assert (settled["id"], settled["settled_by"]) == (remark["id"], "Lee")
    assert home_row(held.path)[0]["remarks"] == 0
    held.undo({"tab": "tab"})
    assert held.view()["remarks"][0]["settled_by"] is None


@pytest.mark.parametrize(
    "change",
    [
        {"type": "remark", "row": "lead", "text": " "},
        {"type": "remark", "row": "lead", "text": "a\u0007"},
        {"type": "remark", "row": "lead", "text": "a" * 2001},
        {"type": "remark", "row": "none", "text": "a"},
        {"type": "remark", "row": "lead", "text": "a", "lang": "sc"},
        {"type": "remark", "row": "lead", "text": "a", "by": " "},
        {"type": "remark", "row": "lead", "text": "a", "by": "A\nB"},
        {"type": "settle", "remark": "none"},
        {"type": "read", "row": "none", "digest": "1"},
        {"type": "read", "row": "lead", "digest": 1},
    ],
)
def test_malformed_changes_are_refused(held: HeldDocument, change: dict[str, Any]) -> None:
    with pytest.raises(DeskError):
        step(held, **change)
    assert not held.path.with_suffix(".state.yaml").exists()


def test_home_says_what_has_changed(held: HeldDocument) -> None:
    assert home_row(held.path)[0]["approval"] is None
    approve(held)
    assert home_row(held.path)[0]["approval"]["changed"] == []
    held.path.write_text(RELEASE.replace("End.", "The end."), "utf-8")
    assert home_row(held.path)[0]["approval"]["changed"] == ["end"]
