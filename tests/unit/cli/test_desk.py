"""`ipdocs desk` on the command line: what it prints, and what it does without its extra."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app, desk

HEAVY = ("starlette", "uvicorn", "python_multipart", "ipdocs.desk")


def test_without_the_extra_it_names_the_one_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "starlette" else find(name))
    result = CliRunner().invoke(app, ["desk", str(tmp_path)])
    assert result.exit_code == 1
    assert "pip install 'ipdocs[desk]'" in result.stderr


def test_other_commands_do_not_import_the_server() -> None:
    code = f"import sys, ipdocs.cli, ipdocs.pipeline.build; print([name for name in {HEAVY} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(("display", "browser", "opens"), [(":0", True, True), ("", True, False), (":0", False, False)])
def test_the_browser_is_opened_on_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], display: str, browser: bool, opens: bool
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(webbrowser, "open", opened.append)

    def run(workspace: Path, states: Path, port: int | None, tell: Callable[[str, Path], None], **options: Any) -> None:
        tell("http://127.0.0.1:8417/#c=code", tmp_path / "open.html")

    monkeypatch.setattr("ipdocs.desk.running.run_desk", run)
    desk.start(tmp_path, None, browser=browser, read_only=False)
    assert capsys.readouterr().out == "http://127.0.0.1:8417/#c=code\n"
    for thread in threading.enumerate():
        if thread.name == "browser":
            thread.join()
    assert opened == ([(tmp_path / "open.html").as_uri()] if opens else [])


def test_a_folder_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["desk", str(tmp_path / "nowhere")]).exit_code == 2
