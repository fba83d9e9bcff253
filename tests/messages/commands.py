"""Examples of findings on commands, on the computer they run on, and on its disk."""

from __future__ import annotations

import getpass
import os
import signal
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ipdocs.cli.user import user_name
from ipdocs.findings import Finding
from ipdocs.pipeline.executors.forked import ForkedExecutor
from ipdocs.source.scaffold import new_source
from ipdocs.templating.weasyprint_css import load_weasyprint
from ipdocs.workspace import Workspace

from .example import RELEASE, command, produces, write


@produces("usage-error")
def a_command_with_an_option_that_does_not_exist(folder: Path) -> Iterable[Finding]:
    return command("build", write(folder / "source.yaml", RELEASE), "--languages", "en")


@produces("unknown-kind")
def a_new_document_of_a_kind_that_does_not_exist(folder: Path) -> None:
    new_source("letter", "my-letter", folder, datetime(2018, 8, 22, tzinfo=UTC), Workspace(folder))


@produces("not-utf-8")
def a_text_to_convert_in_another_encoding(folder: Path) -> Iterable[Finding]:
    return command("convert", write(folder / "text.txt", "會議".encode("big5")), "--to", "sc")


@produces("cannot-write")
def a_file_where_the_folder_of_a_document_is_needed(folder: Path) -> Iterable[Finding]:
    write(folder / "out/example", "words")
    return command("build", write(folder / "source.yaml", RELEASE), "--format", "txt", "--out", folder / "out")


@produces("unknown-user")
def a_computer_that_does_not_know_its_user(folder: Path) -> None:
    def unknown() -> str:
        raise OSError("no name")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(getpass, "getuser", unknown)
        user_name("")


@produces("cannot-read")
def a_source_without_permission(folder: Path) -> Iterable[Finding]:
    path = write(folder / "source.yaml", RELEASE)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ipdocs.source.format.format_source", refuse)
        return command("format", path)


@produces("process-killed")
def a_process_that_the_system_ends(folder: Path) -> None:
    list(ForkedExecutor().map(lambda number: number and os.kill(os.getpid(), signal.SIGKILL), [0, 1]))


@produces("missing-library")
def a_computer_without_pango(folder: Path) -> None:
    write(folder / "weasyprint.py", "raise OSError('cannot load library libpango-1.0-0')\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.delitem(sys.modules, "weasyprint", raising=False)
        load_weasyprint()
