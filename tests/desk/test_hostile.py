"""Hostile input: large and malformed uploads, and documents whose words would be a program."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BOUNDARY = "a-line-between-parts"
SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


def form(*files: tuple[str, bytes]) -> tuple[bytes, dict[str, str]]:
    """Return the body of a form with files, and its headers."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode() + data + b"\r\n"
        for name, data in files
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def upload(desk: Any, *files: tuple[str, bytes]) -> tuple[int, Any]:
    body, headers = form(*files)
    return desk.call("POST", "/import", body, headers)


def workspace_files(desk: Any) -> set[str]:
    return {path.relative_to(desk.workspace).as_posix() for path in desk.workspace.rglob("*")}


def test_a_file_over_25_megabytes_is_refused(shared_desk: Any) -> None:
    status, answer = upload(shared_desk, ("large.txt", b"words " * 4_400_000))
    assert (status, answer["findings"][0]["code"]) == (413, "request-refused")


def test_files_over_100_megabytes_in_all_are_refused(shared_desk: Any) -> None:
    status, answer = upload(shared_desk, *[(f"{number}.txt", b"words " * 4_000_000) for number in range(5)])
    assert (status, answer["findings"][0]["code"]) == (413, "request-refused")


def test_a_form_is_taken_where_files_are_expected_only(shared_desk: Any) -> None:
    body, headers = form(("a.txt", b"words"))
    assert shared_desk.call("POST", "/desk/entry", body, headers)[0] == 415


@pytest.mark.parametrize(
    "body", [b"", b"no boundary at all", b"--a-line-between-parts\r\nnonsense", b"--a-line-between-parts\r\n\r\n\r\n"]
)
def test_a_malformed_form_is_refused(shared_desk: Any, body: bytes) -> None:
    status, answer = shared_desk.call("POST", "/import", body, form()[1])
    assert status in (400, 422)
    assert answer


@pytest.mark.parametrize(
    "name", ["../../evil.docx", "..\\evil.docx", "/etc/evil.docx", "C:\\evil.docx", ".evil.docx", "e\x01vil.docx", ""]
)
def test_an_upload_stays_in_its_folder(desk: Any, name: str) -> None:
    before = workspace_files(desk)
    status, _ = upload(desk, (name, b"not a Word file"))
    assert status in (200, 400, 422)
    assert workspace_files(desk) == before
    assert not list(desk.state.parent.glob("*evil*"))
    assert all("imports" in str(path) or "import" in str(path) for path in desk.state.rglob("*evil*"))


@pytest.mark.parametrize("files", ["words", -1, True, {"0": {"data": "x"}}, [{"data": "x"}]])
@pytest.mark.parametrize("path", ["/import", "/d/gd-hk-ip-17:release.yaml/picture"])
def test_files_come_by_a_form_only(shared_desk: Any, path: str, files: object) -> None:
    assert shared_desk.call("POST", path, {"files": files})[0] == 400
    assert shared_desk.call("POST", f"{path}?files=words", {})[0] == 400


@pytest.mark.parametrize("name", ["..", "%2e%2e", "x", "0" * 24])
def test_an_import_that_does_not_exist_touches_nothing(desk: Any, name: str) -> None:
    before = set(desk.state.rglob("*"))
    for method, path in (("DELETE", f"/import/{name}"), ("POST", f"/import/{name}"), ("POST", f"/import/{name}/proposal")):
        desk.call(method, path, {"name": "made"} if method == "POST" else None)
    assert before <= set(desk.state.rglob("*"))
    assert not (desk.workspace / "made").exists()


def test_an_archive_that_unpacks_to_gigabytes_is_refused(desk: Any) -> None:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\0" * 400_000_000)
    status, answer = upload(desk, ("bomb.docx", out.getvalue()))
    assert status == 422
    assert answer["findings"]


def test_a_picture_with_a_script_is_refused(desk: Any) -> None:
    before = workspace_files(desk)
    body, headers = form(("seminar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"))
    status, _ = desk.call("POST", "/d/example-gia:release.yaml/picture", body, headers)
    assert status in (400, 404, 415, 422)
    assert workspace_files(desk) == before


@pytest.mark.slow
def test_words_that_are_a_program_stay_words(
    open_desk: Callable[..., Any], open_page: Callable[..., Any], workspace: Path
) -> None:
    path = workspace / "example-gia/release.yaml"
    text = path.read_text("utf-8")
    quoted = SCRIPT.replace("\\", "\\\\").replace('"', '\\"')
    text = re.sub(r"(?m)^(title:\n  en: ).*", lambda match: f'{match[1]}"{quoted}"', text, count=1)
    assert quoted in text
    path.write_text(text, "utf-8")
    page = open_page(open_desk(workspace))
    page.get_by_text("<script>").first.wait_for(timeout=60_000)
    page.goto(page.url + "d/example-gia:release.yaml")
    page.wait_for_selector("main[data-ready]")
    page.locator("h1").get_by_text("<script>").wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate("document.title") != "owned"
    assert page.locator("img[src=x]").count() == 0
