"""The list of documents: what it says about each, how it is kept, and how it is searched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ipdocs.desk import home_index
from ipdocs.desk.begin import begin_from, begin_new
from ipdocs.desk.folding import folded
from ipdocs.desk.home_index import HomeIndex, sources
from ipdocs.findings import IpdocsError
from ipdocs.source.inherited import inherited_facts
from ipdocs.source.open import open_source
from ipdocs.source.update import update_source
from ipdocs.translation.confirm import confirm

RELEASE = """\
schema: 1
kind: press-release
id: {id}
issued: 2018-08-22T11:00+08:00
languages: [en, tc]
reference: {{en: "AB 7/2018", tc: "甲 7/2018"}}
facts:
  stalls: {{integer: 24}}
title: {{en: "Library open day", tc: "圖書館開放日"}}
body:
- id: lead
  paragraph: {{en: "There were {{{{ stalls | number }}}} stalls.", tc: "場內設有{{{{ stalls | number }}}}個攤位。"}}
- id: next
  paragraph: {{en: "The next open day is in spring."}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "office/open-day").mkdir(parents=True)
    (tmp_path / "office/open-day/release.yaml").write_text(RELEASE.format(id="open-day"), "utf-8")
    return tmp_path / "office"


@pytest.fixture
def index(folder: Path, tmp_path: Path) -> Iterator[Callable[[], HomeIndex]]:
    """Make an index whose `wait` waits until all its rows are made."""
    made = []

    def make() -> HomeIndex:
        told = Event()

        def publish(event: Any) -> None:
            if all(row["findings"] is not None or "problem" in row for row in event["rows"]):
                told.set()

        index = HomeIndex(folder, tmp_path / "state", publish)
        index.wait = lambda: told.wait(60)  # type: ignore[attr-defined]
        made.append(index)
        return index

    yield make
    for index in made:
        index.close()


def test_a_row_says_how_the_texts_stand(index: Any) -> None:
    home = index()
    (pending,) = home.rows()
    assert (pending["document"], pending["pending"]) == ("open-day:release.yaml", True)
    assert home.wait()
    (row,) = home.rows()
    assert row["title"] == {"en": "Library open day", "tc": "圖書館開放日", "sc": "图书馆开放日"}
    assert (row["kind"], row["reference"], row["issued"]) == ("press-release", "AB 7/2018", "2018-08-22T11:00+08:00")
    counts = {language["code"]: language["counts"] for language in row["languages"]}
    assert counts["en"]["written"] == counts["en"]["total"]
    assert counts["tc"]["missing"] == 1
    assert counts["sc"] == counts["tc"]
    assert row["pending"] is False


def test_findings_are_counted_by_severity(index: Any, folder: Path) -> None:
    path = folder / "open-day/release.yaml"
    path.write_text(path.read_text("utf-8").replace("攤位。", "攤位,"), "utf-8")
    home = index()
    home.rows()
    home.wait()
    (row,) = home.rows()
    assert row["findings"]["errors"] + row["findings"]["warnings"] >= 1
    assert row["findings"]["first"]["text"]


def test_a_document_that_cannot_be_read_says_why(index: Any, folder: Path) -> None:
    (folder / "open-day/release.yaml").write_text("schema: 1\nkind: press-release\nid: [\n", "utf-8")
    home = index()
    home.rows()
    home.wait()
    (row,) = home.rows()
    assert row["problem"][0]["message"]


def test_the_index_outlives_a_restart(index: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = index()
    first.rows()
    first.wait()
    first.close()
    monkeypatch.setattr(home_index, "home_row", lambda path: pytest.fail("the row is read from the index"))
    (row,) = index().rows()
    assert (row["title"]["en"], row["pending"]) == ("Library open day", False)


def test_a_changed_document_is_read_again(index: Any, folder: Path) -> None:
    first = index()
    first.rows()
    first.wait()
    first.close()
    path = folder / "open-day/release.yaml"
    path.write_text(path.read_text("utf-8").replace("Library open day", "Museum open day"), "utf-8")
    second = index()
    assert second.rows()[0]["pending"] is True
    second.wait()
    assert second.rows()[0]["title"]["en"] == "Museum open day"


def test_findings_of_each_document_are_its_own(index: Any, folder: Path) -> None:
    """Documents are checked in batches; one that cannot be read, and one whose checks fail, take nothing from the others."""
    words = {"comma": ("攤位。", "攤位,"), "unread": ("body:", "body: ["), "fine": ("There is", "There is")}
    for name, change in words.items():
        (folder / name).mkdir()
        (folder / name / "release.yaml").write_text(RELEASE.format(id=name).replace(*change), "utf-8")
    home = index()
    home.rows()
    home.wait()
    rows = {row["document"].partition(":")[0]: row for row in home.rows()}
    assert rows["unread"]["problem"]
    errors = {name: row["findings"]["errors"] for name, row in rows.items() if row["findings"]}
    assert errors["comma"] == errors["fine"] + 1 == errors["open-day"] + 1


def test_an_error_in_one_document_leaves_the_others(index: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "bad").mkdir()
    (folder / "bad/release.yaml").write_text(RELEASE.format(id="bad"), "utf-8")
    right = home_index.home_findings

    def findings(paths: Any) -> Any:
        if any(path.parent.name == "bad" for path in paths):
            raise RuntimeError("an error of a check")
        return right(paths)

    monkeypatch.setattr(home_index, "home_findings", findings)
    home = index()
    home.rows()
    while not all("findings" in row and (row["findings"] or row["document"] == "bad:release.yaml") for row in home.rows()):
        pass
    assert {row["document"]: row["findings"] is None for row in home.rows()} == {
        "bad:release.yaml": True,
        "open-day:release.yaml": False,
    }


@pytest.mark.parametrize(
    "query", ["圖書館", "图书馆", "LIBRARY", "Ｌｉｂｒａｒｙ", "ab 7/2018", "stalls spring", "摊位", "open-day"]
)
def test_the_search_folds_case_width_and_script(index: Any, query: str) -> None:
    home = index()
    home.rows()
    home.wait()
    assert [row["document"] for row in home.rows(query)] == ["open-day:release.yaml"]
    assert home.rows(f"{query} nowhere") == []


def test_folding_keeps_other_words_apart() -> None:
    assert folded("會議") == folded("会议")
    assert folded("會議") != folded("會計")


def test_only_sources_of_the_workspace_are_listed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(RELEASE.format(id="outside"), "utf-8")
    (folder / "link.yaml").symlink_to(outside)
    for name in ("archive/old/release.yaml", "templates/x.yaml", "out/x.yaml", ".hidden/x.yaml", "notes.yaml", "a/release.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("words: 1\n" if name == "notes.yaml" else RELEASE.format(id="x"), "utf-8")
    assert {path.relative_to(folder).as_posix() for path in sources(folder)} == {"open-day/release.yaml", "a/release.yml"}


def test_a_release_from_last_year_marks_its_facts(folder: Path) -> None:
    origin = folder / "open-day/release.yaml"
    confirm(origin, ["lead"], "tc", by="A Person", on="2018-08-21")
    before = origin.read_bytes()
    path = begin_from(folder, origin, "open-day-2019")
    begun = open_source(path, draft=True)
    assert str(begun.document.id) == "open-day-2019"
    assert "issued: 2018" not in path.read_text("utf-8")
    assert inherited_facts(begun) == ["stalls"]
    assert begun.state.bases[("lead", "tc")].by == "A Person"
    assert origin.read_bytes() == before
    lines = zip(before.decode().splitlines(), path.read_text("utf-8").splitlines(), strict=True)
    assert [old.split(":")[0] for old, new in lines if old != new] == ["id", "issued"]


def test_a_changed_value_is_no_longer_inherited(folder: Path) -> None:
    from ipdocs.source.fact_changes import keep_fact

    path = begin_from(folder, folder / "open-day/release.yaml", "next")
    update_source(path, lambda source: keep_fact(source, "stalls"))
    assert inherited_facts(open_source(path, draft=True)) == []


def test_a_copy_differs_in_its_id_only(folder: Path) -> None:
    origin = folder / "open-day/release.yaml"
    path = begin_from(folder, origin, "a-copy", is_copy=True)
    assert path.read_text("utf-8") == RELEASE.format(id="a-copy")
    assert not path.with_suffix(".state.yaml").exists()


def test_pictures_go_along(folder: Path, root: Path) -> None:
    shutil.copytree(root / "fixtures/example-gia", folder / "seminar")
    path = begin_from(folder, folder / "seminar/release.yaml", "seminar-2019")
    assert (path.parent / "seminar.png").read_bytes() == (folder / "seminar/seminar.png").read_bytes()
    open_source(path, draft=True)


@pytest.mark.parametrize("name", ["open-day", "Open Day", "../out", "", "1.", "x" * 300])
def test_a_name_that_cannot_be_used_is_refused(folder: Path, name: str) -> None:
    before = sorted(os.walk(folder))
    for begin in (
        lambda: begin_new(folder, "press-release", name),
        lambda: begin_from(folder, folder / "open-day/release.yaml", name),
    ):
        with pytest.raises(IpdocsError):
            begin()
    assert sorted(os.walk(folder)) == before


def test_the_next_meeting_follows_the_last(folder: Path, root: Path) -> None:
    shutil.copytree(root / "fixtures/gd-hk-ip-17-minutes", folder / "meeting-17")
    path = begin_from(folder, folder / "meeting-17/minutes.yaml", "meeting-18")
    assert open_source(path, draft=True).nodes.data["meeting"]["number"] == "18"
