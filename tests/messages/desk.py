"""Examples of findings on the desk: on starting it, and on requests that it refuses."""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from ipdocs.cli.desk import start
from ipdocs.desk import app, running
from ipdocs.desk.errors import DeskError
from ipdocs.desk.guard import Guard
from ipdocs.desk.home import archive
from ipdocs.findings import Finding, Location

from .example import RELEASE, produces, write


@produces("desk-not-installed")
def an_installation_without_what_the_desk_needs(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importlib.util, "find_spec", lambda name: None)
        start(folder, None, browser=False, read_only=False)


@produces("pages-not-built")
def a_checkout_in_which_the_pages_were_not_built(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "STATIC", folder / "static")
        running.run_desk(folder, folder / "state", None, lambda address, entry: None)


@produces("port-taken")
def a_port_that_another_program_uses(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 18417)), pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "STATIC", _static(folder))
        running.run_desk(folder, folder / "state", 18417, lambda address, entry: None)


@produces("desk-not-answering")
def a_desk_that_hangs(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "STATIC", _static(folder))
        patch.setattr(running, "_WAIT", 0)
        patch.setattr(running, "lock_private", lambda path: None)
        running.run_desk(folder, folder / "state", None, lambda address, entry: None)


@produces("request-refused")
def a_request_of_a_page_that_was_not_let_in(folder: Path) -> Iterable[Finding]:
    try:
        Guard(b"k" * 32, 8417).check_secret({})
    except DeskError as error:
        (found,) = error.body["findings"]
        yield Finding(found["code"], found["message"], None, found["hint"])


@produces("desk-fault")
def an_error_of_the_desk_itself(folder: Path) -> Iterable[Finding]:
    yield app.fault(ZeroDivisionError("division by zero"))


def _static(folder: Path) -> Path:
    (folder / "static").mkdir()
    (folder / "static/main.js").write_text("")
    return folder / "static"


@produces("shared-folder")
def a_document_to_archive_whose_folder_has_others(folder: Path) -> Iterable[Finding]:
    from types import SimpleNamespace

    for name in ("one.yaml", "two.yaml"):
        write(folder / "shared" / name, RELEASE)
    desk: Any = SimpleNamespace(workspace=folder)
    try:
        archive({"document": "shared:one.yaml"}, desk)
    except DeskError as error:
        (found,) = error.body["findings"]
        yield Finding(found["code"], found["message"], Location(Path(found["path"])), found["hint"])
