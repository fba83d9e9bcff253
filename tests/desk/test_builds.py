"""Builds from the desk over a real socket: the files of `ipdocs build`, and the last ones after a failure."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DOC = "/d/gd-hk-ip-17:release.yaml"


def finished(desk: Any, job: dict[str, Any]) -> dict[str, Any]:
    """Wait for the end of a build."""
    for _ in range(600):
        job = desk.get(f"/jobs/{job['id']}")
        if job["state"] != "running":
            return job
        time.sleep(0.1)
    raise AssertionError(job)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_equal_those_of_the_command(desk: Any, workspace: Path) -> None:
    choice = {"editions": ["en", "tc", "sc", "en+tc"], "formats": ["docx", "pdf", "html", "txt"], "layout": "stacked"}
    job = finished(desk, desk.post(f"{DOC}/build", choice))
    assert job["state"] == "done"
    made = contents(workspace / "out/gd-hk-ip-17")
    command = [sys.executable, "-m", "ipdocs", "build", "gd-hk-ip-17/release.yaml", "--lang", "en,tc,sc", "--bilingual", "en+tc"]
    command += ["--layout", "stacked", "--format", "docx,pdf,html,txt", "--out", "out"]
    for file in (workspace / "out/gd-hk-ip-17").iterdir():
        file.unlink()
    subprocess.run(command, cwd=workspace, check=True, capture_output=True)
    assert contents(workspace / "out/gd-hk-ip-17") == made
    assert len(made) == 17
    for file in job["files"]:
        data = made[Path(file["path"]).name]
        assert (file["bytes"], file["findings"]) == (len(data), [])
        assert (file["pages"] is not None) == (file["format"] == "pdf")
        assert file["facts"] > 0


def test_choice_is_remembered(desk: Any) -> None:
    before = desk.get(f"{DOC}/files")
    assert (before["built_before"], before["files"], before["choice"]["editions"]) == (False, [], ["en", "tc", "sc"])
    finished(desk, desk.post(f"{DOC}/build", {"editions": ["en+tc"], "formats": ["txt"], "draft": False}))
    after = desk.get(f"{DOC}/files")
    assert after["built_before"]
    assert {name: after["choice"][name] for name in ("editions", "formats")} == {"editions": ["en+tc"], "formats": ["txt"]}
    assert [(file["path"], file["current"]) for file in after["files"]] == [("gd-hk-ip-17/gd-hk-ip-17.en-tc.txt", True)]
    again = finished(desk, desk.post(f"{DOC}/build", {}))
    assert [file["path"] for file in again["files"]] == ["gd-hk-ip-17/gd-hk-ip-17.en-tc.txt"]


def test_failure_keeps_files_and_names_text(desk: Any, workspace: Path) -> None:
    finished(desk, desk.post(f"{DOC}/build", {"editions": ["en", "tc"], "formats": ["txt", "pdf"]}))
    before = contents(workspace / "out/gd-hk-ip-17")
    source = workspace / "gd-hk-ip-17/release.yaml"
    text = source.read_text("utf-8")
    start = text.index("  - id: review")
    chinese = text.index("tc:", start)
    source.write_text(text[:chinese] + 'tc: "⟦draft: 未完成⟧"' + text[text.index("\n\n", chinese) :], "utf-8")
    job = finished(desk, desk.post(f"{DOC}/build", {}))
    assert (job["state"], job["files"]) == ("failed", [])
    errors = [finding for finding in job["findings"] if finding["severity"] == "error"]
    assert errors
    assert {(finding["place"], finding["lang"]) for finding in errors} == {("review.paragraph", "tc")}
    assert contents(workspace / "out/gd-hk-ip-17") == before
    assert not desk.get(f"{DOC}/files")["files"][0]["current"]
    draft = finished(desk, desk.post(f"{DOC}/build", {"draft": True}))
    assert draft["state"] == "done"
    assert draft["files"][0]["draft"]


def test_stopped_build_keeps_files(desk: Any, workspace: Path) -> None:
    finished(desk, desk.post(f"{DOC}/build", {"editions": ["en"], "formats": ["txt"]}))
    before = contents(workspace / "out/gd-hk-ip-17")
    everything = {"editions": ["en", "tc", "sc", "en+tc", "en+sc", "en+tc+sc"], "formats": ["docx", "pdf", "html", "txt"]}
    job = desk.post(f"{DOC}/build", everything)
    assert desk.post(f"{DOC}/build", everything)["id"] == job["id"]
    stopped = desk.call("DELETE", f"/jobs/{job['id']}")[1]
    assert stopped["state"] == "stopped"
    time.sleep(1)
    assert finished(desk, job)["state"] == "stopped"
    assert contents(workspace / "out/gd-hk-ip-17") == before
    assert finished(desk, desk.post(f"{DOC}/build", everything))["state"] == "done"


def test_build_of_unreadable_document_is_refused(desk: Any, workspace: Path) -> None:
    source = workspace / "gd-hk-ip-17/release.yaml"
    desk.get(DOC)
    source.write_text(source.read_text("utf-8").replace("body:", "body: [", 1), "utf-8")
    status, answer = desk.call("POST", f"{DOC}/build", {})
    assert (status, answer["findings"][0]["code"]) == (422, "bad-yaml")


def test_choices_that_do_not_exist_are_refused(desk: Any) -> None:
    for choice in ({"editions": []}, {"formats": ["odt"]}, {"layout": "spiral"}, {"editions": "en"}):
        assert desk.call("POST", f"{DOC}/build", choice)[0] == 400, choice
    assert desk.call("POST", f"{DOC}/build", {"editions": ["xx"]})[0] == 422
    assert desk.call("POST", f"{DOC}/build", {"letterhead": 1})[0] == 400
    assert desk.call("POST", f"{DOC}/build", {"letterhead": "../../etc/passwd"})[0] == 404
    assert desk.call("DELETE", "/jobs/none")[0] == 404


def test_results_are_opened_with_programs(open_desk: Callable[..., Any], workspace: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "xdg-open").write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n')
    (programs / "xdg-open").chmod(stat.S_IRWXU)
    desk = open_desk(workspace, PATH=f"{programs}:{os.environ['PATH']}")
    finished(desk, desk.post(f"{DOC}/build", {"editions": ["en"], "formats": ["txt"]}))
    file = "out/gd-hk-ip-17/gd-hk-ip-17.en.txt"
    desk.post("/open", {"path": file})
    desk.post("/open", {"path": file, "folder": True})
    for _ in range(50):
        opened = (tmp_path / "opened").read_text().split() if (tmp_path / "opened").exists() else []
        if len(opened) == 2:
            break
        time.sleep(0.1)
    assert sorted(opened) == sorted([str(workspace / file), str((workspace / file).parent)])
    for wrong in ("gd-hk-ip-17/release.yaml", "out/none.pdf", "../press-office", "/etc/passwd"):
        assert desk.call("POST", "/open", {"path": wrong})[0] == 404
