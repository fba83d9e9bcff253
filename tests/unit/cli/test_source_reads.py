"""How often commands read and parse a source, and which files they write into its folder."""

from __future__ import annotations

import os
import pkgutil
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from typer.testing import CliRunner

import ipdocs
from ipdocs.cli import app
from ipdocs.files import placing
from ipdocs.source import file, validation, yaml

READERS: Mapping[str, tuple[Any, str]] = {
    "read": (file, "read_text"),
    "parse": (yaml, "parse_nodes"),
    "validate": (validation, "validate"),
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Watch:
    """Counts the calls that read a source, and records the files written into its folder."""

    def __init__(self) -> None:
        self.active = self.placing = False
        self.reset()

    def reset(self) -> None:
        """Clear all records."""
        self.calls: Counter[tuple[str, Path]] = Counter()
        self.batches: list[list[Path]] = []
        self.folders: list[set[str]] = []
        self.opened: list[Path] = []

    def count(self, path: Path) -> tuple[int, int, int]:
        """Return how often a source was read, parsed and validated."""
        read, parse, validate = (self.calls[name, path.resolve()] for name in READERS)
        return read, parse, validate

    def written_into(self, folder: Path) -> list[Path]:
        """Return the files that were opened for writing in a folder, except those being placed."""
        return [path for path in self.opened if path.parent == folder]

    def reader(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that counts its calls by the file of its first argument."""

        def counted(text: Any, *arguments: Any, **options: Any) -> Any:
            self.calls[name, (text if isinstance(text, Path) else text.path).resolve()] += 1
            return original(text, *arguments, **options)

        return counted

    def place(self, files: Mapping[Path, bytes], stale: Collection[Path] = ()) -> None:
        """Place files, and record their paths and the earlier contents of their folders."""
        self.batches.append(list(files))
        self.folders += [
            {path.name for path in folder.iterdir()} for folder in {path.parent for path in files} if folder.is_dir()
        ]
        self.placing = True
        try:
            ORIGINAL_PLACE(files, stale)
        finally:
            self.placing = False

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Record files that are opened for writing."""
        if event != "open" or not self.active or self.placing:
            return
        if isinstance(arguments[0], str | Path) and arguments[2] & WRITING:
            self.opened.append(Path(arguments[0]).resolve())


ORIGINAL_PLACE = placing.place_files
WATCHES: list[Watch] = []
sys.addaudithook(lambda event, arguments: [watch.audit(event, arguments) for watch in WATCHES] and None)


@pytest.fixture(scope="module", autouse=True)
def modules() -> None:
    """Import every module, so that none binds a watched function later."""
    for module in pkgutil.walk_packages(ipdocs.__path__, "ipdocs."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def replace_everywhere(original: Any, replacement: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace a function in every module that imported it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("ipdocs"):
            for key, value in list(vars(module).items()):
                if value is original:
                    monkeypatch.setattr(module, key, replacement)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Watch the functions that read sources, and the files that are written."""
    watch = Watch()
    for name, (module, attribute) in READERS.items():
        original = getattr(module, attribute)
        replace_everywhere(original, watch.reader(name, original), monkeypatch)
    replace_everywhere(ORIGINAL_PLACE, watch.place, monkeypatch)
    WATCHES.append(watch)
    yield watch
    WATCHES.remove(watch)


@pytest.fixture
def workspace(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with a copy of the example memory."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(root / "locales/memory", tmp_path / "locales/memory")
    return tmp_path


def copied(workspace: Path, root: Path, name: str) -> Path:
    path = workspace / name
    shutil.copytree((root / "fixtures" / name).parent, path.parent)
    return path


def run(*arguments: str | Path) -> None:
    result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
    assert result.exit_code == 0, result.output


def check_writes(watch: Watch, source: Path, *arguments: str | Path, state: bool = True) -> None:
    """Run a command that changes a source, and check its reads and writes."""
    source = source.resolve()
    own = [source, *([source.with_suffix(".state.yaml")] if state else [])]
    before, text = {path.name for path in source.parent.iterdir()}, source.read_bytes()
    watch.reset()
    watch.active = True
    run(*arguments)
    watch.active = False
    assert source.read_bytes() != text
    read, parse, validate = watch.count(source)
    assert read == 1
    assert parse <= 2
    assert validate <= 2
    assert [batch for batch in watch.batches if set(batch) & set(own)] == [own]
    assert watch.written_into(source.parent) == []
    assert {name for folder in watch.folders for name in folder} <= before
    assert {path.name for path in source.parent.iterdir()} == before | {path.name for path in own}


def test_translate_writes_once(watch: Watch, workspace: Path, root: Path) -> None:
    source = copied(workspace, root, "gd-hk-ip-18/release.yaml")
    check_writes(watch, source, "translate", source, "--to", "tc", "--write")


@pytest.fixture
def release(workspace: Path, root: Path) -> Path:
    return copied(workspace, root, "gd-hk-ip-17/release.yaml")


def exported(source: Path, form: str, ending: str) -> Path:
    path = source.parents[1] / f"sent.{ending}"
    run("export", source, "--format", form, "--no-matches", "-o", path)
    return path


def edited(path: Path, before: str, after: str) -> Path:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")
    return path


@pytest.mark.parametrize(("form", "ending"), [("xliff2", "xlf"), ("xliff1", "xlf"), ("po", "po"), ("tmx", "tmx")])
def test_a_translated_file_is_imported_at_once(form: str, ending: str, watch: Watch, release: Path) -> None:
    path = edited(exported(release, form, ending), "雙方回顧了", "雙方檢視了")
    check_writes(watch, release, "import", "--into", release, path)


def test_a_word_table_is_imported_at_once(watch: Watch, release: Path) -> None:
    path = exported(release, "docx", "docx")
    document = Document(str(path))
    next(row for row in document.tables[0].rows if row.cells[0].text.startswith("title")).cells[2].text = "粵港知識產權會議"
    document.save(str(path))
    check_writes(watch, release, "import", "--into", release, path, "--accept")


def test_a_spreadsheet_is_imported_at_once(watch: Watch, release: Path) -> None:
    import openpyxl

    path = exported(release, "xlsx", "xlsx")
    book = openpyxl.load_workbook(path)
    cell = next(row[2] for row in book.active.iter_rows() if row[0].value == "review.paragraph")
    cell.value = cell.value.replace("雙方回顧了", "雙方檢視了")
    book.save(path)
    check_writes(watch, release, "import", "--into", release, path)


def reviewed(release: Path) -> Path:
    run("build", release, "--lang", "tc", "--format", "docx", "--out", release.parents[1] / "out")
    path = release.parents[1] / "out/gd-hk-ip-17/gd-hk-ip-17.tc.docx"
    document = Document(str(path))
    paragraph = next(item for item in document.paragraphs if item.text.startswith("會上"))
    paragraph.runs[0].text = paragraph.runs[0].text.replace("雙方回顧了", "雙方檢視了")
    document.save(str(path))
    return path


def test_a_reviewed_word_file_is_imported_at_once(watch: Watch, release: Path) -> None:
    path = reviewed(release)
    check_writes(watch, release, "import", "--into", release, path)


def test_files_of_translators_and_reviewers_are_one_change(watch: Watch, release: Path) -> None:
    files = [
        reviewed(release),
        edited(exported(release, "po", "po"), "鞏固現有成果", "鞏固既有成果"),
        edited(exported(release, "xliff2", "xlf"), "加強大灣區知識產權合作", "加強大灣區的知識產權合作"),
    ]
    check_writes(watch, release, "import", "--into", release, *files)
    text = release.read_text("utf-8")
    assert all(words in text for words in ("雙方檢視了", "鞏固既有成果", "加強大灣區的知識產權合作"))


def test_confirm_reads_twice_when_marks_go(watch: Watch, release: Path) -> None:
    edited(release, 'tc: "完善粵港', 'tc: "⟦draft: fuzzy 90 %⟧完善粵港')
    check_writes(watch, release, "confirm", release, "areas", "--lang", "tc", "--by", "me")


def test_check_reads_a_source_that_it_fixes_twice(watch: Watch, release: Path) -> None:
    edited(release, "鞏固現有成果，", "鞏固現有成果,")
    check_writes(watch, release, "check", release, "--fix", state=False)


def test_format_reads_a_source_twice(watch: Watch, release: Path) -> None:
    edited(release, "  - id: review\n    paragraph", "  - paragraph")
    check_writes(watch, release, "format", release, state=False)


def test_machine_reads_a_source_twice(watch: Watch, release: Path) -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            import json

            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["q"]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"translatedText": asked}).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = release.parents[1] / "locales/machine.yaml"
    settings.write_text(f"provider: libretranslate\naddress: http://127.0.0.1:{server.server_port}\n", "utf-8")
    edited(release, '          tc: "加強大灣區知識產權合作"\n', "")
    try:
        check_writes(watch, release, "translate", release, "--machine", "--to", "tc")
    finally:
        server.shutdown()
        server.server_close()


def test_a_choice_is_kept_in_the_state_alone(watch: Watch, release: Path) -> None:
    before = release.read_bytes()
    watch.active = True
    run("convert", release, "--to", "sc", "--choose", "甲=乙", "--choose", "丙=丁")
    assert release.read_bytes() == before
    assert watch.count(release) == (0, 0, 0)
    assert watch.batches == [[release.with_suffix(".state.yaml").resolve()]]
    assert watch.written_into(release.resolve().parent) == []


READING = {
    "build": ("build", "{release}", "--lang", "en,tc,sc", "--bilingual", "en+tc", "--format", "txt,html", "--out", "{out}"),
    "check": ("check", "{release}"),
    "status": ("status", "{release}"),
    "export": ("export", "{release}", "--format", "xliff2", "-o", "{out}/sent.xlf"),
    "review": ("review", "{release}", "-o", "{out}/review.html"),
    "memory": ("memory", "add", "{release}", "--by", "me"),
    "translate": ("translate", "{release}", "--to", "tc"),
}


@pytest.mark.parametrize("command", READING)
def test_a_source_that_is_only_read_is_parsed_once(command: str, watch: Watch, release: Path) -> None:
    out = release.parents[1] / "out"
    out.mkdir()
    run(*(part.format(release=release, out=out) for part in READING[command]))
    assert watch.count(release) == (1, 1, 1)


def test_redline_parses_each_version_once(watch: Watch, release: Path) -> None:
    old = release.with_name("old.yaml")
    shutil.copy(release, old)
    run("redline", old, release, "-o", release.parents[1] / "redline.docx")
    assert watch.count(old) == watch.count(release) == (1, 1, 1)


def test_pack_and_verify_parse_minutes_once(watch: Watch, workspace: Path, root: Path) -> None:
    source = copied(workspace, root, "gd-hk-ip-17-minutes/minutes.yaml")
    run("pack", source, "--lang", "en,tc", "--format", "docx", "--out", workspace / "out")
    assert watch.count(source) == (1, 1, 1)
    run("build", source, "--lang", "en", "--bilingual", "en+tc", "--format", "docx", "--out", workspace / "out")
    watch.reset()
    run("verify", workspace / "out")
    assert watch.count(source) == (1, 1, 1)
