"""Who may ask the desk for anything: requests over a real socket."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk.guard import CONTENT_SECURITY_POLICY


@pytest.fixture
def let_in(shared_desk: Any) -> Iterator[Any]:
    """The desk that all tests share, with a client that is let in; the client's secret may be taken away."""
    secret = shared_desk.secret
    yield shared_desk
    shared_desk.secret = secret


RELEASE = "gd-hk-ip-17:release.yaml"


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["findings"][0]["code"]


def test_a_client_that_is_let_in_gets_the_documents(let_in: Any) -> None:
    assert RELEASE in {row["document"] for row in let_in.get("/documents")["documents"]}


def test_a_request_without_the_secret_is_refused(desk: Any) -> None:
    desk.secret = ""
    for given in ("", "Bearer ", "Bearer wrong", "wrong", "Bearer \xe6"):
        for method, path in (("GET", "/documents"), ("GET", "/events"), ("POST", "/desk/stop"), ("POST", "/enter")):
            answer = desk.call(method, path, {} if method == "POST" else None, {"Authorization": given})
            assert code(answer) in ((401, "request-refused"), (429, "request-refused"))
    assert desk.process.poll() is None


@pytest.mark.parametrize(
    "host", ["evil.example.org", "localhost:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.", "[::1]:{port}"]
)
def test_another_name_of_the_computer_is_refused(let_in: Any, host: str) -> None:
    headers = {"Host": host.format(port=let_in.port)}
    assert code(let_in.call("GET", "/documents", headers=headers)) == (421, "request-refused")
    assert let_in.request("GET", "/", headers=headers)[0] == 421
    assert let_in.request("GET", "/static/main.js", headers=headers)[0] == 421


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example.org", "http://127.0.0.1:1", "http://localhost:{port}"])
def test_a_change_from_another_page_is_refused(let_in: Any, origin: str) -> None:
    headers = {"Origin": origin.format(port=let_in.port)}
    assert code(let_in.call("POST", "/desk/entry", {}, headers)) == (403, "request-refused")


def test_reading_from_another_page_is_refused(let_in: Any) -> None:
    assert code(let_in.call("GET", "/documents", headers={"Origin": "http://evil.example.org"}))[0] == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_a_change_that_the_browser_calls_foreign_is_refused(let_in: Any, site: str) -> None:
    assert code(let_in.call("POST", "/desk/entry", {}, {"Sec-Fetch-Site": site}))[0] == 403
    assert let_in.call("POST", "/desk/entry", {}, {"Sec-Fetch-Site": "same-origin"})[0] == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
def test_only_json_is_taken_as_json(let_in: Any, media_type: str) -> None:
    assert code(let_in.call("POST", "/desk/entry", {"a": 1}, {"Content-Type": media_type})) == (415, "request-refused")


@pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000, b"1"])
def test_a_malformed_body_is_refused(let_in: Any, body: bytes) -> None:
    assert code(let_in.call("POST", "/desk/entry", body)) == (400, "request-refused")


def test_a_code_lets_in_once(let_in: Any) -> None:
    fresh = let_in.post("/desk/entry", {})["code"]
    let_in.secret = ""
    assert let_in.call("POST", "/enter", {"code": fresh})[0] == 200
    assert code(let_in.call("POST", "/enter", {"code": fresh})) == (401, "request-refused")


def test_a_code_is_valid_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    from ipdocs.desk.errors import DeskError
    from ipdocs.desk.guard import Guard

    now = [1000.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    guard = Guard(b"k" * 32, 8417)
    early, late = guard.new_code(), guard.new_code()
    now[0] += 59
    assert guard.enter_with_code(early)["secret"]
    now[0] += 2
    with pytest.raises(DeskError, match="401"):
        guard.enter_with_code(late)


def test_after_twenty_wrong_secrets_the_answer_is_429(desk: Any) -> None:
    right, desk.secret = desk.secret, ""
    statuses = [desk.call("POST", "/enter", {"code": f"wrong-{number}"})[0] for number in range(25)]
    assert statuses == [401] * 20 + [429] * 5
    desk.secret = right
    assert desk.call("GET", "/documents")[0] == 200


def prove(key: bytes, side: str, nonce: str, address: str) -> str:
    return hmac.new(key, f"ipdocs desk\n{side}\n{nonce}\n{address}".encode(), hashlib.sha256).hexdigest()


def test_after_a_restart_both_sides_prove_themselves(desk: Any) -> None:
    key = base64.b64decode(desk.post("/enter", {})["key"])
    old, address = desk.secret, f"http://127.0.0.1:{desk.port}"
    desk.kill()
    desk.start()
    assert code(desk.call("GET", "/documents"))[0] == 401  # the old secret
    desk.secret = ""
    hello = desk.get("/hello?n=a-nonce-of-the-page-0001")
    assert hello["proof"] == prove(key, "desk", "a-nonce-of-the-page-0001", address)
    wrong = {"nonce": hello["nonce"], "proof": prove(key, "page", hello["nonce"], "http://127.0.0.1:1")}
    assert desk.call("POST", "/enter", wrong)[0] == 401
    hello = desk.get("/hello?n=a-nonce-of-the-page-0002")
    right = {"nonce": hello["nonce"], "proof": prove(key, "page", hello["nonce"], address)}
    entered = desk.post("/enter", right)
    assert entered["secret"] != old
    assert base64.b64decode(entered["key"]) == key
    assert desk.call("POST", "/enter", right)[0] == 401  # each nonce serves once
    desk.secret = entered["secret"]
    assert desk.call("GET", "/documents")[0] == 200


def test_the_proof_of_the_desk_does_not_serve_a_page(let_in: Any) -> None:
    let_in.secret = ""
    nonce = let_in.get("/hello?n=a-nonce-of-the-page-0001")["nonce"]
    reflected = let_in.get(f"/hello?n={nonce}")["proof"]
    assert let_in.call("POST", "/enter", {"nonce": nonce, "proof": reflected})[0] == 401


def test_no_answer_sets_a_cookie_and_all_have_the_headers(let_in: Any) -> None:
    paths = ["/", "/d/x.yaml", "/nowhere", "/static/main.js", "/static/nothing", "/api/hello?n=a-nonce-of-the-page-0001"]
    paths += ["/api/documents", "/api/d/x.yaml", "/api/nowhere", "/api/get/x"]
    for path in paths:
        for method in ("GET", "POST"):
            _, headers, _ = let_in.request(method, path, {} if method == "POST" else None)
            assert "set-cookie" not in headers
            assert headers["x-content-type-options"] == "nosniff", path
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cache-control"] == "no-store"
            assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
            nonce = headers["content-security-policy"].partition("'nonce-")[2].partition("'")[0]
            assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY.format(nonce=nonce)
            assert len(nonce) > 20


def test_the_nonce_of_the_page_is_that_of_its_policy(let_in: Any) -> None:
    pages = [let_in.request("GET", "/") for _ in range(2)]
    nonces = [headers["content-security-policy"].partition("'nonce-")[2].partition("'")[0] for _, headers, _ in pages]
    assert all(nonce in page.decode() for nonce, (_, _, page) in zip(nonces, pages, strict=True))
    assert nonces[0] != nonces[1]


OUTSIDE = (
    *("..:secret.yaml", "%2e%2e:secret.yaml", "..%2Fsecret.yaml", "..%5Csecret.yaml", "gd-hk-ip-17:..:..:secret.yaml"),
    *("link:secret.yaml", "linked.yaml", ".hidden.yaml", "x%00.yaml", "%ff.yaml", "x" * 5000 + ".yaml"),
    *(":etc:passwd", "gd-hk-ip-17", "notes.txt", "gd-hk-ip-17::release.yaml", ".:gd-hk-ip-17:release.yaml"),
)
"""Names that lead out of the workspace, are hidden, are no source, or are a second name of one."""


def test_nothing_outside_the_workspace_is_reached(desk: Any) -> None:
    outside = desk.workspace.parent / "secret.yaml"
    shutil.copy(desk.workspace / "gd-hk-ip-17/release.yaml", outside)
    shutil.copy(outside, desk.workspace / ".hidden.yaml")
    (desk.workspace / "notes.txt").write_text("words")
    (desk.workspace / "link").symlink_to(desk.workspace.parent)
    (desk.workspace / "linked.yaml").symlink_to(outside)
    assert {name: desk.call("GET", f"/d/{name}")[0] for name in OUTSIDE} == dict.fromkeys(OUTSIDE, 404)
    assert desk.call("GET", f"/d/{RELEASE}")[0] == 200
    listed = {row["document"] for row in desk.get("/documents")["documents"]}
    assert RELEASE in listed
    assert listed.isdisjoint(OUTSIDE)


def test_a_body_over_two_megabytes_is_refused(let_in: Any) -> None:
    assert code(let_in.call("POST", "/desk/entry", {"x": "y" * 2_000_000})) == (413, "request-refused")
    assert let_in.call("POST", "/desk/entry", {"x": "y" * 1_900_000})[0] == 200


def test_a_body_of_unknown_length_is_counted(let_in: Any) -> None:
    chunk = b"%x\r\n%s\r\n" % (100_000, b"y" * 100_000)
    head = f"POST /api/desk/entry HTTP/1.1\r\nHost: 127.0.0.1:{let_in.port}\r\nOrigin: http://127.0.0.1:{let_in.port}\r\n"
    head += f"Authorization: Bearer {let_in.secret}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", let_in.port)) as connection:
        connection.sendall(head.encode() + chunk * 25 + b"0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_a_result_is_fetched_once_with_a_ticket(desk: Any) -> None:
    path = desk.workspace / "out/seminar/研討會.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF")
    ticket = desk.post("/ticket", {"path": "out/seminar/研討會.pdf"})["ticket"]
    desk.secret = ""
    status, headers, body = desk.request("GET", f"/api/get/{ticket}")
    assert (status, body) == (200, b"%PDF")
    assert headers["content-disposition"].startswith("attachment;")
    assert desk.request("GET", f"/api/get/{ticket}")[0] == 404


def test_a_ticket_is_for_results_only(desk: Any) -> None:
    (desk.workspace.parent / "secret").write_text("words")
    (desk.workspace / "out").mkdir()
    (desk.workspace / "out/link").symlink_to(desk.workspace.parent)
    paths = ("gd-hk-ip-17/release.yaml", "out/../gd-hk-ip-17/release.yaml", "out/link/secret", "out", "", "/etc/passwd")
    assert {path: desk.call("POST", "/ticket", {"path": path})[0] for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="becomes another user, which only root can")
def test_another_user_of_the_computer_is_refused(let_in: Any) -> None:
    program = "import socket; s = socket.create_connection(('127.0.0.1', PORT)); s.sendall(b'GET / HTTP/1.1\\r\\nHost: 127.0.0.1:PORT\\r\\n\\r\\n'); print(len(s.recv(10)))"  # noqa: E501
    command = ["/usr/bin/python3", "-c", program.replace("PORT", str(let_in.port))]
    answers = [subprocess.run(command, capture_output=True, text=True, check=False, user=user, cwd="/") for user in (0, 65534)]
    assert answers[0].stdout == "10\n"
    assert answers[1].stdout in ("", "0\n")


def test_the_files_of_the_desk_are_for_their_owner_only(desk: Any) -> None:
    entry = desk.post("/desk/entry", {})
    files = [path for path in (desk.state / "ipdocs/desk").rglob("*") if path.is_file()]
    assert Path(entry["file"]) in files
    assert [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
    assert entry["code"] not in Path(entry["file"]).read_text("utf-8")  # that file has a code of its own


def test_the_file_for_the_browser_is_gone_once_used(let_in: Any) -> None:
    path = Path(let_in.post("/desk/entry", {})["file"])
    let_in.post("/enter", {"code": path.read_text("utf-8").partition("#c=")[2].partition('"')[0]})
    assert not path.exists()


def test_a_second_desk_finds_the_first(desk: Any) -> None:
    command = [sys.executable, "-m", "ipdocs", "desk", str(desk.workspace), "--no-browser"]
    second = subprocess.run(command, capture_output=True, text=True, env=desk.environment, check=True, timeout=60)
    assert second.stdout.startswith(f"http://127.0.0.1:{desk.port}/#c=")
    desk.secret = ""
    assert desk.call("POST", "/enter", {"code": second.stdout.strip().partition("#c=")[2]})[0] == 200


def test_a_stranger_on_the_port_gets_nothing(open_desk: Callable[..., Any], workspace: Path) -> None:
    """A program that took the port of a desk that was killed is not asked with any secret, and not believed."""
    desk = open_desk(workspace)
    (folder,) = (path.parent for path in (desk.state / "ipdocs/desk").glob("*/running"))
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        (folder / "running").write_text(str(stranger.getsockname()[1]))
        command = [sys.executable, "-m", "ipdocs", "desk", str(workspace), "--no-browser"]
        pipe = subprocess.PIPE
        second = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=desk.environment)
        stranger.settimeout(30)
        asked = []
        while second.poll() is None:
            try:
                connection, _ = stranger.accept()
            except TimeoutError:
                break
            with connection:
                asked.append(connection.recv(10_000))
                body = json.dumps({"proof": "0" * 64, "nonce": "n", "version": "0"}).encode()
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            if len(asked) > 200:
                break
            stranger.settimeout(3)
        _, error = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "desk-not-answering" in error
    assert asked
    assert all(request.startswith(b"GET /api/hello?n=") and b"Authorization" not in request for request in asked)


def test_each_workspace_keeps_its_port(open_desk: Callable[..., Any], workspace: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    first = open_desk(workspace, port=port)
    first.stop()
    first.port = None
    second = open_desk(other)
    first.start()
    assert (first.port, second.port != port) == (port, True)


def test_stopping_ends_the_process(desk: Any) -> None:
    desk.post("/desk/stop", {})
    assert desk.process.wait(timeout=30) == 0
    desk.stop()
    assert desk.log == [""]


def answer_to(desk: Any, request: str) -> bytes:
    """Send a request as it stands; return all that comes back."""
    text = request.replace("HOST", f"127.0.0.1:{desk.port}").replace("SECRET", desk.secret).replace("\n", "\r\n")
    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as connection:
        connection.sendall(text.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65536), b""))


ENTRY = """\
POST /api/desk/entry HTTP/1.1
Host: HOST
Origin: http://HOST
Authorization: Bearer SECRET
Content-Type: application/json
Connection: close
"""


@pytest.mark.parametrize(
    "header",
    [
        *("Host: example.org", "Origin: http://example.org", "Sec-Fetch-Site: same-origin\nSec-Fetch-Site: cross-site"),
        *("Authorization: Bearer x", "Content-Type: text/plain", "Content-Length: 3", "Transfer-Encoding: chunked"),
    ],
)
def test_a_header_that_is_sent_twice_is_refused(let_in: Any, header: str) -> None:
    request = f"{ENTRY}{header}\nContent-Length: 2\n\n{{}}"
    answer = answer_to(let_in, request)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer_to(let_in, request.replace(f"{header}\n", "")).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "target", ["http://example.org/api/documents", "//example.org/api/documents", "*", "/api/../api/documents"]
)
def test_other_forms_of_an_address_lead_nowhere(let_in: Any, target: str) -> None:
    head = f"GET {target} HTTP/1.1\nHost: HOST\nAuthorization: Bearer SECRET\nConnection: close\n\n"
    assert answer_to(let_in, head).startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 "))


def test_a_link_made_after_the_ticket_leads_nowhere(desk: Any) -> None:
    (desk.workspace.parent / "secret").write_text("words")
    folder = desk.workspace / "out/seminar"
    folder.mkdir(parents=True)
    (folder / "file.txt").write_text("result")
    tickets = [desk.post("/ticket", {"path": "out/seminar/file.txt"})["ticket"] for _ in range(2)]
    (folder / "file.txt").unlink()
    (folder / "file.txt").symlink_to(desk.workspace.parent / "secret")
    answers = [desk.request("GET", f"/api/get/{tickets[0]}")]
    (folder / "file.txt").unlink()
    folder.rmdir()
    folder.symlink_to(desk.workspace.parent)
    (desk.workspace.parent / "file.txt").write_text("words")
    answers.append(desk.request("GET", f"/api/get/{tickets[1]}"))
    assert [(status, b"words" in body) for status, _, body in answers] == [(404, False)] * 2
