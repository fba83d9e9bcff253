"""Printed names and texts cannot control a terminal, and all streams are UTF-8."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ipdocs.cli import app
from ipdocs.cli.annotations import annotation
from ipdocs.findings import Finding, Location

from .conftest import HEAD, contents

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]
STEERING = ("\x1b[31m", "\x9b31m", "\u202e", "\u2066", "\x07", "\x85", "\u200f", "\r")
"""Colours in two forms, bidirectional characters, a bell, line ends."""
CODES = ("U+001B", "U+009B", "U+202E", "U+2066", "U+0007", "U+0085", "U+200F", "U+000D")
EVIL = "".join(STEERING)
SOURCE = Path(__file__).resolve().parents[2] / "src/ipdocs"


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def is_safe(text: str) -> bool:
    return all(character.isprintable() or character in "\n\u3000\u00a0" for character in text)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(autouse=True)
def folder(workspace: Path) -> Path:
    return workspace


BAD = HEAD.format("x") + 'title: {en: "A title", tc: "標題"}\nbody: [{id: a, rule: true}, {id: a, rule: true}]\n'


def evil_file() -> list[str]:
    return ["check", str(write(f"a{EVIL}.yaml", BAD))]


def evil_folder() -> list[str]:
    return ["build", str(write(f"a{EVIL}/x.yaml", BAD))]


def evil_key() -> list[str]:
    key = "".join(f"\\u{ord(character):04x}" for character in EVIL)
    return ["check", str(write("x.yaml", BAD.replace("schema: 1\n", f'schema: 1\n"k{key}": 1\n')))]


def evil_state() -> list[str]:
    by = json.dumps(EVIL)
    state = f'translations: {{lead: {{tc: {{from: en, texts: ["Other."], made: [], by: {by}, on: {by}}}}}}}\n'
    write("one/release.state.yaml", state)
    return ["status", "one/release.yaml"]


def evil_checks() -> list[str]:
    write("checks.yaml", f"{json.dumps(EVIL)}: off\n")
    return ["check", "one/release.yaml"]


def evil_page() -> list[str]:
    words = "Words and more words. " * 9
    write("evil.html", f"<html lang=en><body><nav>Home{EVIL}</nav><h1>A title of length</h1><p>{words}</p></body></html>")
    return ["import", "evil.html", "-o", "imported"]


def evil_memory() -> list[str]:
    text = (Path("vendor.tmx").read_text("utf-8")).replace("One text", "One text \x85\x9b31m\u202e\u2066\u200f")
    write("locales/memory/vendor.tmx", text)
    return ["memory", "search", "One text"]


def evil_tags() -> list[str]:
    write("vendor.tmx", Path("vendor.tmx").read_text("utf-8").replace('"zh-HK"', '"xx\x9b31m\u202e"'))
    return ["memory", "import", "vendor.tmx"]


def evil_option() -> list[str]:
    return ["build", "one/release.yaml", "--format", EVIL]


def evil_switch() -> list[str]:
    return ["build", f"--{EVIL}"]


def evil_name() -> list[str]:
    return ["build", f"none{EVIL}.yaml"]


def evil_command() -> list[str]:
    return [EVIL]


def evil_block() -> list[str]:
    return ["confirm", "one/release.yaml", EVIL, "--by", "me"]


def evil_manifest() -> list[str]:
    files = [{"file": EVIL, "sha256": "0", "bytes": 1}]
    source = {"file": f"../{EVIL}", "sha256": "0"}
    write("out/x/manifest.json", json.dumps({"id": EVIL, "kind": "build", "source": source, "files": files}))
    return ["verify", "out/x"]


def evil_output() -> list[str]:
    return ["export", "one/release.yaml", "-o", f"a{EVIL}.xlf"]


def evil_choice() -> list[str]:
    write(f"{EVIL}.txt", "乾")
    return ["convert", f"{EVIL}.txt", "--to", "sc", "--audit"]


CALLS = [one for name, one in sorted(globals().items()) if name.startswith("evil_")]


@pytest.mark.parametrize("prepare", CALLS, ids=lambda call: call.__name__)
def test_output_for_people_is_printable(prepare: Callable[[], list[str]]) -> None:
    result = run(*prepare())
    assert is_safe(result.output), ascii(result.output)


@pytest.mark.parametrize("prepare", [evil_file, evil_folder, evil_key, evil_checks], ids=lambda call: call.__name__)
def test_hidden_characters_are_shown_as_code_points(prepare: Callable[[], list[str]]) -> None:
    output = run(*prepare()).output
    assert all(f"<{code}>" in output for code in CODES), output


@pytest.mark.parametrize("option", ["--json", "--sarif", "--github"])
@pytest.mark.parametrize("prepare", [evil_file, evil_key], ids=lambda call: call.__name__)
def test_output_for_programs_is_printable_and_keeps_chinese(prepare: Callable[[], list[str]], option: str) -> None:
    call = prepare()
    Path(call[-1]).write_text(Path(call[-1]).read_text("utf-8").replace("{id: a, rule", "{id: 標, rule"), "utf-8")
    output = run(*call, option).stdout
    assert is_safe(output)
    assert "標" in output
    if option == "--json":
        read = json.loads(output)["findings"]
        assert any(EVIL in f"{finding['path']}{finding['message']}" for finding in read)


def test_json_results_are_printable(workspace: Path) -> None:
    for prepare in (evil_memory, evil_page, evil_state):
        output = run(*prepare(), "--json").stdout
        assert is_safe(output)
        json.loads(output)


def test_an_annotation_is_one_printable_line(tmp_path: Path) -> None:
    finding = Finding("any", f"100%{EVIL}\nmore", Location(tmp_path / f"{EVIL}.yaml", 3), EVIL)
    line = annotation(finding, tmp_path)
    assert is_safe(line)
    assert "\n" not in line
    assert "100%25<U+001B>" in line


def test_an_astral_character_is_escaped_in_json_as_a_pair() -> None:
    path = write("a\U000e0041標.yaml", BAD)
    output = run("check", str(path), "--json").stdout
    assert "a\\udb40\\udc41標.yaml" in output
    assert json.loads(output)["findings"][0]["path"] == str(path)


def test_a_name_that_is_not_utf8_is_reported(ipdocs: Run) -> None:
    name = os.fsdecode(b"a\xff.yaml")
    write(name, BAD)
    done = ipdocs("check", name)
    assert (done.returncode, "a<U+DCFF>.yaml" in done.stderr) == (1, True)
    assert json.loads(ipdocs("check", name, "--json").stdout)["findings"][0]["path"] == "a\udcff.yaml"


ENCODINGS = (
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.mark.parametrize("environment", ENCODINGS, ids=["cp1252", "ascii", "C"])
def test_streams_are_utf8_in_every_environment(ipdocs: Run, environment: dict[str, str]) -> None:
    assert ipdocs("convert", "text.txt", "--to", "sc", env=environment).stdout == "干"
    assert ipdocs("convert", "-", "--to", "sc", env=environment, input="廣東").stdout == "广东"
    write("x.yaml", BAD.replace("{id: a, rule", "{id: 標, rule"))
    done = ipdocs("check", "x.yaml", "--json", env=environment)
    assert "標" in done.stdout
    assert "標" in ipdocs("check", "x.yaml", env=environment).stderr
    assert "一段文字" in ipdocs("memory", "search", "One text", env=environment).stdout


def test_text_for_a_file_is_unchanged(ipdocs: Run) -> None:
    write("text.txt", "乾\x0c\x1b[0m\u200d\t\r\n")
    call = [sys.executable, "-m", "ipdocs", "convert", "text.txt", "--to", "sc"]
    assert subprocess.run(call, capture_output=True, check=True).stdout == "干\x0c\x1b[0m\u200d\t\r\n".encode()


@pytest.mark.skipif(sys.platform != "linux", reason="a terminal of Linux")
def test_text_and_progress_on_a_terminal_are_printable() -> None:
    import pty

    write(f"text{EVIL}.txt", f"乾{EVIL}\n廣\n")
    write(f"a{EVIL}.yaml", BAD)
    for call in (["convert", f"text{EVIL}.txt", "--to", "sc"], ["check", f"a{EVIL}.yaml"]):
        main, terminal = pty.openpty()
        environment = os.environ | {"TERM": "xterm", "NO_COLOR": "1"}
        arguments = [sys.executable, "-m", "ipdocs", *call]
        with subprocess.Popen(arguments, stdout=terminal, stderr=terminal, env=environment) as process:
            os.close(terminal)
            data = b""
            while chunk := read(main):
                data += chunk
        os.close(main)
        assert process.returncode in (0, 1)
        text = data.decode().replace("\r\n", "\n").replace("\r\x1b[K", "").replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert is_safe(text), ascii(text)
        assert "<U+202E>" in text


def read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # its other end is closed
        return b""


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_error(closed: str) -> None:
    command = f'"{sys.executable}" -m ipdocs build one/release.yaml --format txt {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "One text." in Path("out/one/one.en.txt").read_text("utf-8")
    write("x.yaml", BAD)
    command = f'"{sys.executable}" -m ipdocs check x.yaml --json {closed}'
    assert subprocess.run(["sh", "-c", command], capture_output=True, check=False).returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_standard_output_is_a_finding() -> None:
    write("x.yaml", BAD)
    for arguments in (
        "schema minutes",
        "convert text.txt --to sc",
        "check --list",
        "build one/release.yaml --format txt",
        "check one/release.yaml",
        "check x.yaml --json",
        "--help",
        "memory --help",
        "check --help",
    ):
        command = f'"{sys.executable}" -m ipdocs {arguments} > /dev/full'
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
        assert done.returncode == 1, arguments
        message = "error[cannot-write]: standard output cannot be written: No space left on device\n"
        assert done.stderr.startswith(message), arguments
    command = f'"{sys.executable}" -m ipdocs check x.yaml 2> /dev/full'
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 1


@pytest.mark.parametrize("arguments", ["schema minutes", "check --list", "check --list --json", "--help"])
def test_a_reader_that_stops_reading_is_no_error(arguments: str) -> None:
    command = f'{{ "{sys.executable}" -m ipdocs {arguments}; echo "code $?" >&2; }} | head -n 1 >/dev/null'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr in ("code 0\n", "code 1\n")


def test_only_one_module_prints() -> None:
    """Only cli/output.py prints; process.py prepares the streams, and drawing.py is a program whose output is data."""
    uses = []
    for path in SOURCE.rglob("*.py"):
        if path.relative_to(SOURCE).as_posix() in ("cli/output.py", "cli/process.py", "files/pdf/drawing.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name("print")):
                    uses.append(f"{path}:{node.lineno}")
                case ast.Attribute(ast.Name("typer"), "echo" | "secho" | "style"):
                    uses.append(f"{path}:{node.lineno}")
                case ast.Attribute(ast.Name("sys"), "stdout" | "stderr"):
                    uses.append(f"{path}:{node.lineno}")
                case ast.ImportFrom("rich.console"):
                    uses.append(f"{path}:{node.lineno}")
    assert uses == []


@pytest.mark.parametrize("typed", [os.fsdecode(b"a\xff"), "a\x01", "a\u202e"])
@pytest.mark.parametrize(
    "call",
    [
        ["memory", "search"],
        ["confirm", "one/release.yaml", "--by"],
        ["memory", "add", "one/release.yaml", "--by"],
        ["redline", "one/release.yaml", "two/release.yaml", "-o", "changes.docx", "--by"],
    ],
    ids=lambda call: " ".join(call[:2]),
)
def test_a_refused_character_in_an_argument_is_a_finding(folder: Path, call: list[str], typed: str) -> None:
    before = contents(folder)
    result = run(*call, typed)
    assert (result.exit_code, f"has the character U+{ord(typed[1]):04X}" in result.output) == (1, True)
    assert contents(folder) == before
