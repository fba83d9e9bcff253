"""The two lanes of checks over a socket: what the page is answered, and what it is spared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.desk.conftest import RunningDesk
from tests.desk.mendable import MENDABLE, source_of

DOCUMENT = "/d/mending.yaml"


@pytest.fixture
def mending(workspace: Path, open_desk: Callable[..., RunningDesk]) -> RunningDesk:
    (workspace / "mending.yaml").write_text(source_of(*MENDABLE), "utf-8")
    return open_desk(workspace)


def step(desk: RunningDesk, **change: Any) -> Any:
    return desk.post(f"{DOCUMENT}/step", {"id": f"{change}", "tab": "test", "changes": [change]})


def test_findings_carry_the_version_of_the_document(mending: RunningDesk) -> None:
    version = mending.get(DOCUMENT)["version"]
    answer = mending.get(f"{DOCUMENT}/findings")
    assert (answer["version"], answer["more"]) == (version, 0)
    assert {item["code"] for item in answer["findings"]} == {item.code for item in MENDABLE}
    status, _ = mending.call("GET", f"{DOCUMENT}/findings?v={version}")
    assert status == 304


def test_step_about_a_finding_leads_to_a_new_version(mending: RunningDesk) -> None:
    before = mending.get(f"{DOCUMENT}/findings")
    item = next(item for item in before["findings"] if item["code"] == "doubled-word")
    patch = step(mending, type="fix", finding=item["id"])
    after = mending.get(f"{DOCUMENT}/findings?v={before['version']}")
    assert after["version"] == patch["version"] > before["version"]
    assert {found["id"] for found in before["findings"]} - {found["id"] for found in after["findings"]} == {item["id"]}


def test_page_gets_no_more_findings_than_it_can_show(mending: RunningDesk, workspace: Path) -> None:
    text = "禮堂,九時," * 200
    (workspace / "mending.yaml").write_text(source_of(*MENDABLE).replace("禮堂細小,九時開放。", text), "utf-8")
    answer = mending.get(f"{DOCUMENT}/findings")
    if not answer["more"]:  # the change on the disk is noticed within a second
        mending.get(DOCUMENT)
        answer = mending.get(f"{DOCUMENT}/findings")
    assert len(answer["findings"]) == 300
    assert answer["more"] > 50
    look = mending.post(f"{DOCUMENT}/look", {"place": "of-doubled-word.paragraph", "lang": "en", "text": "a,b " * 500})
    assert len(look["findings"]) <= 100


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"lang": "en", "text": "x"}, 400),
        ({"place": "of-doubled-word.paragraph", "lang": "en", "text": None}, 400),
        ({"place": "nowhere", "lang": "en", "text": "x"}, 409),
        ({"place": "of-doubled-word.paragraph", "lang": "fr", "text": "x"}, 409),
        ({"place": "of-doubled-word.paragraph", "lang": "en", "text": "\x00\ufffe"}, 200),
        ({"place": "of-doubled-word.paragraph", "lang": "en", "text": "\ud800"}, 400),
        ({"place": "of-doubled-word.paragraph", "lang": "en", "text": "\U00020bb7"}, 200),
        ({"place": "of-doubled-word.paragraph", "lang": "en", "text": "{{ x | y(1 }} {% [a](javascript:b) ⟦"}, 200),
    ],
)
def test_look_answers_whatever_is_typed(mending: RunningDesk, body: dict[str, Any], status: int) -> None:
    answer, _ = mending.call("POST", f"{DOCUMENT}/look", body)
    assert answer == status


def test_half_a_character_is_refused_not_written(mending: RunningDesk, workspace: Path) -> None:
    before = (workspace / "mending.yaml").read_bytes()
    change = {"type": "text", "place": "of-doubled-word.paragraph", "lang": "en", "before": "x", "after": "\ud800"}
    status, _ = mending.call("POST", f"{DOCUMENT}/step", {"id": "half", "tab": "test", "changes": [change]})
    assert 400 <= status < 500
    assert (workspace / "mending.yaml").read_bytes() == before
