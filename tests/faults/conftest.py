"""A workspace with input for every command that writes, and the commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
STRANGER = ("unshare", "--user", "--map-user=12345", "--map-group=12345")
"""Runs a command as an unprivileged user without a name on this system."""

WORD_ANNEX = "file: {en: annexes/plan.en.docx, tc: annexes/plan.tc.docx}"
HEAD = "schema: 1\nkind: press-release\nid: {}\nissued: 2018-08-21\nlanguages: [en, tc]\n"
VENDOR = (
    '<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>One text.</seg></tuv>'
    '<tuv xml:lang="zh-HK"><seg>一段文字。</seg></tuv></tu></body></tmx>'
)
WRITERS: Mapping[str, list[str]] = {
    "build": ["build", "one/release.yaml", "--format", "docx,html,txt", "--out", "out"],
    "build of several": ["build", "one/release.yaml", "three/release.yaml", "--format", "txt", "--out", "out"],
    "pack": ["pack", "minutes/minutes.yaml", "--lang", "en", "--format", "txt", "--out", "out"],
    "pack --item": ["pack", "minutes/minutes.yaml", "--item", "1", "--lang", "en", "--format", "txt", "--out", "out"],
    "review": ["review", "one/release.yaml", "-o", "page.html"],
    "format": ["format", "plain.yaml"],
    "check --fix": ["check", "--fix", "spaces.yaml"],
    "new": ["new", "press-release", "another", "--out", "new"],
    "new --after": ["new", "minutes", "next", "--after", "minutes/minutes.yaml", "--out", "new"],
    "new workspace": ["new", "workspace", "fresh"],
    "actions": ["actions", "minutes/minutes.yaml", "--csv", "--out", "actions.csv"],
    "convert --choose": ["convert", "text.txt", "--to", "sc", "--choose", "乾=乾"],
    "catalog extract": ["catalog", "extract"],
    "catalog update": ["catalog", "update"],
    "export": ["export", "one/release.yaml", "-o", "texts.xlf"],
    "export of terms": ["export", "one/release.yaml", "--format", "tbx", "-o", "terms.tbx"],
    "import of a page": ["import", "source.html", "-o", "imported"],
    "import of texts": ["import", "returned.xlf", "--into", "two/release.yaml"],
    "redline": ["redline", "one/release.yaml", "one/release.yaml", "-o", "redline.docx", "--by", "me"],
    "translate --write": ["translate", "two/release.yaml", "--to", "tc", "--write", "--drafts"],
    "confirm": ["confirm", "one/release.yaml", "--by", "me"],
    "memory add": ["memory", "add", "one/release.yaml", "--by", "me"],
    "memory import": ["memory", "import", "vendor.tmx"],
    "memory export": ["memory", "export", "all.tmx"],
}
"""Commands that write, each with its arguments in the workspace."""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in the current folder, with its own folders for temporary files and indexes."""
    folder = tmp_path / "workspace"
    for name in ("templates/office", "locales/memory"):
        (folder / name).mkdir(parents=True)
    for name in ("tmp", "cache"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(FIXTURES / "gd-hk-ip-17-minutes", folder / "minutes")
    minutes = folder / "minutes/minutes.yaml"
    text = minutes.read_text("utf-8")
    assert WORD_ANNEX in text
    minutes.write_text(text.replace(WORD_ANNEX, "file: annexes/completed-projects.pdf"), "utf-8")  # no LibreOffice, so quick
    body = 'body:\n  - id: lead\n    paragraph: {en: "One text.", tc: "一段文字。"}\n'
    missing = 'body:\n  - id: lead\n    paragraph: {en: "One text."}\n'
    title = 'title: {en: "A title", tc: "標題"}\n'
    texts = {
        "one/release.yaml": HEAD.format("one") + title + body,
        "two/release.yaml": HEAD.format("two") + title + body,
        "three/release.yaml": HEAD.format("three") + title + body,
        "plain.yaml": HEAD.format("plain") + "title: {en: A title, tc: 標題}\nbody: []\n",
        "spaces.yaml": HEAD.format("spaces") + title + body.replace("One text", "One  text"),
        "source.html": f"<html lang=en><body><h1>A title of some length</h1><p>{'Words and more words. ' * 9}</p></body></html>",
        "text.txt": "乾",
        "vendor.tmx": VENDOR,
        "locales/memory/vendor.tmx": VENDOR,
        "templates/office/note.html": "<p>{{ gettext('A phrase of this office') }}</p>",
        "locales/zh-Hant-HK/phrases.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n',
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    returned(folder)
    (folder / "two/release.yaml").write_text(HEAD.format("two") + title + missing, "utf-8")
    forget()
    return folder


def returned(folder: Path) -> None:
    """Write the returned file of a translator for the missing text of two/release.yaml."""
    assert CliRunner().invoke(app, ["export", "two/release.yaml", "-o", "returned.xlf", "--no-matches"]).exit_code == 0


def forget() -> None:
    """Clear the caches of this process, so that it behaves like a new one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("ipdocs"):
            for value in vars(module).values():
                getattr(value, "cache_clear", lambda: None)()


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, including hidden ones."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def ipdocs() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the program in a process of its own, by default in the current folder."""

    def run(*arguments: object, before: tuple[str, ...] = (), **options: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | options.pop("env", {})  # type: ignore[operator]
        call = [*before, sys.executable, "-m", "ipdocs", *map(str, arguments)]
        return subprocess.run(call, capture_output=True, text=True, encoding="utf-8", timeout=120, env=environment, **options)  # type: ignore[call-overload, no-any-return]

    return run
