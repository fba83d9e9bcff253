"""Machine translation by a real HTTP server on this computer: off by default, with facts and terms protected."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.files.system_errors import cannot_write
from ipdocs.findings import Finding, IpdocsError
from ipdocs.source.open import open_source
from ipdocs.source.state import read_state, state_path
from ipdocs.source.update import SourceChangedOnDisk
from ipdocs.translation.libretranslate import LibreTranslate, machine_settings
from ipdocs.translation.machine_drafts import RequestRecord, machine_drafts
from ipdocs.workspace import find_workspace

ROOT = Path(__file__).resolve().parents[3]


class Service:
    """A server with LibreTranslate's interface; `translate` returns the translation of a fragment."""

    def __init__(self) -> None:
        self.requests: list[dict[str, Any]] = []
        self.redirect = "http://127.0.0.1:9/elsewhere"
        self.reason: str | None = None
        self.translate: Callable[[str], str] = chinese
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes]] = self._translated
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.requests.append({"path": self.path, **body})
                status, data = service.answer(body)
                self.send_response(status, service.reason)
                if 300 <= status < 400:
                    self.send_header("Location", service.redirect)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def _translated(self, body: dict[str, Any]) -> tuple[int, bytes]:
        return 200, json.dumps({"translatedText": [self.translate(fragment) for fragment in body["q"]]}).encode()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def chinese(fragment: str) -> str:
    """Replace every word outside protected elements with 譯."""
    parts = re.split(r'(<span translate="no"[^>]*>.*?</span>|<[^>]+>)', fragment)
    return "".join(part if part.startswith("<") else re.sub(r"[^\s].*", "譯", part, flags=re.S) for part in parts)


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    yield server
    server.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The release of the 17th meeting without three of its Chinese texts, in a workspace without a service."""
    (tmp_path / "locales").mkdir()
    shutil.copytree(ROOT / "fixtures/gd-hk-ip-17", tmp_path / "gd-hk-ip-17")
    path = tmp_path / "gd-hk-ip-17/release.yaml"
    text = path.read_text("utf-8")
    text = text.replace('          tc: "加強大灣區知識產權合作"\n', "").replace('  tc: "粵港知識產權會議在{{ city }}舉行"\n', "")
    path.write_text(re.sub(r"      tc: \|\n        粵港保護知識產權合作專責小組.*?\n\n", "\n", text, flags=re.S), "utf-8")
    return path


def write_settings(source: Path, address: str, extra: str = "") -> None:
    settings = source.parents[1] / "locales/machine.yaml"
    settings.write_text(f"provider: libretranslate\naddress: {address}\n{extra}", "utf-8")


def test_nothing_is_sent_without_settings(source: Path, service: Service) -> None:
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert caught.value.findings[0].code == "no-machine"
    assert service.requests == []


def test_missing_texts_become_drafts_with_facts_and_terms(source: Path, service: Service) -> None:
    write_settings(source, f"{service.address}/api")
    drafts = machine_drafts(source, "tc", key="secret")
    assert set(drafts.texts) == {"title", "lead.paragraph", "areas.list.items.1"}
    assert drafts.findings == ()
    (request,) = service.requests
    assert (request["path"], request["source"], request["target"], request["format"]) == ("/api/translate", "en", "zt", "html")
    assert request["api_key"] == "secret"
    assert '<span translate="no" id="c1">第十七</span>' in "".join(request["q"])
    document = open_source(source, draft=True).document
    lead = document.body[0].paragraph["tc"]
    assert lead.startswith("⟦draft: machine⟧")
    for expected in ("{{ meeting | ordinal }}", "{{ city }}", "{{ met | day }}", "專責小組", "一帶一路"):
        assert expected in lead
    assert read_state(source).bases["lead", "tc"].by == ""


def test_settings_can_rename_languages(source: Path, service: Service) -> None:
    write_settings(source, service.address, "languages: {tc: zh-Hant}\n")
    machine_drafts(source, "tc")
    assert service.requests[0]["target"] == "zh-Hant"


@pytest.mark.parametrize(
    ("translate", "quoted"),
    [
        (lambda fragment: re.sub(r'<span translate="no" id="c1">.*?</span>', "第十八", fragment), "fact meeting"),
        (lambda fragment: re.sub(r"<span[^>]*>專責小組</span>", "專家組", fragment), "term 專責小組"),
        (lambda fragment: fragment + '<span translate="no" id="c9">x</span>', "'9'"),
        (lambda fragment: "", "fact meeting"),
    ],
)
def test_answer_without_a_fact_or_term_is_rejected(
    translate: Callable[[str], str], quoted: str, source: Path, service: Service
) -> None:
    write_settings(source, service.address)
    text = source.read_text("utf-8").replace(
        'title:\n  en: "Guangdong/Hong Kong IP', 'title:\n  en: "Expert Group {{ meeting | ordinal }}'
    )
    source.write_text(text, "utf-8")
    service.translate = translate
    drafts = machine_drafts(source, "tc")
    assert "title" not in drafts.texts
    finding = next(finding for finding in drafts.findings if "'title'" in finding.message)
    assert (finding.code, quoted in finding.message) == ("machine-lost", True), finding.message


@pytest.mark.parametrize(
    ("status", "data", "quoted"),
    [
        (500, b"", "500"),
        (302, b"", "302"),
        (200, b"<html>", "JSON"),
        (200, b'{"translatedText": ["one"]}', ""),
        (200, b'{"translatedText": "one"}', ""),
    ],
)
def test_failing_service_leaves_the_source_unchanged(
    status: int, data: bytes, quoted: str, source: Path, service: Service
) -> None:
    write_settings(source, service.address)
    before = source.read_bytes()
    service.answer = lambda body: (status, data)
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity) == ("machine-failed", "error")
    assert all(value in finding.message for value in (service.address, quoted)), finding.message
    assert source.read_bytes() == before


def test_unreachable_service_is_a_finding(source: Path) -> None:
    write_settings(source, "http://127.0.0.1:9")
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert caught.value.findings[0].code == "machine-failed"


@pytest.mark.parametrize("status", [200, 403])
def test_path_of_an_address_is_neither_shown_nor_logged(
    status: int, source: Path, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_settings(source, f"{service.address}/HUSH/")
    if status != 200:
        service.answer = lambda body: (status, b"")
    result = run(source)
    assert [request["path"] for request in service.requests] == ["/HUSH/translate"]
    assert "HUSH" not in result.output
    assert (service.address in result.output) is (status != 200)
    (log,) = (path for path in (tmp_path / "state").rglob("*") if path.is_file())
    assert json.loads(log.read_text("utf-8"))["address"] == service.address
    assert "HUSH" not in repr(machine_settings(find_workspace(source)))


@pytest.mark.parametrize(
    "address", ["http://example.org/HUSH", "https://example.org/HUSH?x", "'https://example.org/HUSH", "https://e/HUSH: x"]
)
def test_refused_address_is_shown_without_its_path(address: str, source: Path) -> None:
    write_settings(source, address)
    with pytest.raises(IpdocsError) as caught:
        machine_settings(find_workspace(source))
    assert "HUSH" not in str(caught.value)


def refused(source: Path) -> Finding:
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert "HUSH" not in str(caught.value)
    assert "HUSH" not in str(caught.value.__cause__)
    (finding,) = caught.value.findings
    assert finding.code == "bad-machine"
    return finding


@pytest.mark.parametrize(
    "address",
    [
        *("file:///etc/passwd", "ftp://example.org", "example.org", "http://", "''", "12", "{http: 1}", "http://a b"),
        *('"http://[::1"', "http://localhost:HUSH", "http://localhost:99999", "http://user:HUSH%40host", '"http://[HUSH]"'),
    ],
)
def test_malformed_address_is_refused(address: str, source: Path) -> None:
    write_settings(source, address)
    assert refused(source).hint


@pytest.mark.parametrize(
    "rest",
    [
        *("//user:HUSH@127.0.0.1:5000", "//HUSH@example.org", "//user:HU/HUSH@example.org", "//user:HUSH?#@example.org"),
        *("//example.org?key=HUSH", "//example.org#HUSH", "//127.0.0.1\\HUSH@example.org", "HUSH@example.org", "//user:HUSH@"),
    ],
)
@pytest.mark.parametrize("scheme", ["http:", "https:", ""])
def test_address_with_a_secret_is_refused_unquoted(scheme: str, rest: str, source: Path) -> None:
    write_settings(source, f"'{scheme}{rest}'")
    assert "IPDOCS_MACHINE_KEY" in (refused(source).hint or "")


@pytest.mark.parametrize("setting", ["key", "api-key", "api_key", "password"])
def test_key_in_the_settings_file_is_refused(setting: str, source: Path) -> None:
    write_settings(source, "https://example.org", f"{setting}: HUSH\n")
    finding = refused(source)
    assert repr(setting) in finding.message
    assert "IPDOCS_MACHINE_KEY" in (finding.hint or "")


@pytest.mark.parametrize("setting", ["languages: tc", "languages: [tc, zt]", "languages: {tc: 1}", "allow-plain-http: 'no'"])
def test_setting_of_the_wrong_type_is_refused(setting: str, source: Path) -> None:
    write_settings(source, "https://example.org", f"{setting}\n")
    assert refused(source).hint


@pytest.mark.parametrize(
    "host", ["translate.example.org", "192.0.2.1", "127.1", "localhost.example.org", "127.0.0.1.example.org", "[2001:db8::1]"]
)
def test_plain_http_to_another_computer_needs_a_setting(host: str, source: Path) -> None:
    write_settings(source, f'"http://{host}:5000"')
    assert "allow-plain-http: true" in (refused(source).hint or "")
    for address in (f"http://{host}:5000", f"https://{host}:5000"):
        write_settings(source, f'"{address}"', "allow-plain-http: true\n")
        assert str(machine_settings(find_workspace(source)).address) == address


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "[::1]", "LOCALHOST"])
def test_plain_http_to_this_computer_is_allowed(host: str, source: Path) -> None:
    write_settings(source, f'"http://{host}:5000/api/"')
    address = machine_settings(find_workspace(source)).address
    assert (address.host, address.path) == (host.lower().strip("[]"), "/api")


def test_key_is_sent_only_to_the_service_and_never_shown(source: Path, service: Service) -> None:
    other = Service()
    write_settings(source, service.address)
    service.redirect = f"{other.address}/translate"
    service.answer = lambda body: (307, json.dumps({"error": body}).encode())
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc", key="HUSH")
    other.close()
    assert [finding.code for finding in caught.value.findings] == ["machine-failed"]
    assert "307" in str(caught.value)
    assert [request["api_key"] for request in service.requests] == ["HUSH"]
    assert other.requests == []
    assert "HUSH" not in str(caught.value)
    assert "HUSH" not in repr(LibreTranslate(machine_settings(find_workspace(source)).address, "HUSH"))


def test_error_text_of_a_service_is_not_repeated(source: Path, service: Service) -> None:
    write_settings(source, service.address)
    service.reason = "no HUSH here"
    service.answer = lambda body: (403, b"HUSH")
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc", key="HUSH")
    (finding,) = caught.value.findings
    assert finding.code == "machine-failed"
    assert service.address in finding.message
    assert "403 Forbidden" in finding.message
    assert "HUSH" not in str(caught.value)


def test_answer_that_repeats_the_key_is_rejected(source: Path, service: Service) -> None:
    write_settings(source, service.address)
    service.translate = lambda fragment: f"{chinese(fragment)} HUSH"
    before = source.read_bytes()
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc", key="HUSH")
    (finding,) = caught.value.findings
    assert finding.code == "machine-failed"
    assert "HUSH" not in str(caught.value)
    assert source.read_bytes() == before


def test_places_are_logged_before_texts_are_sent(source: Path, service: Service) -> None:
    write_settings(source, service.address)
    records: list[tuple[RequestRecord, int]] = []
    machine_drafts(source, "tc", key="HUSH", log=lambda sent: records.append((sent, len(service.requests))))
    ((sent, requests),) = records
    assert requests == 0
    assert (sent.address, sent.document, sent.source_language, sent.target_language) == (
        service.address,
        "gd-hk-ip-17",
        "en",
        "tc",
    )
    assert set(sent.places) == {"title", "lead.paragraph", "areas.list.items.1"}


def test_nothing_is_sent_if_the_log_fails(source: Path, service: Service) -> None:
    def fail(sent: RequestRecord) -> None:
        raise cannot_write(Path("machine.jsonl"), "no space")

    write_settings(source, service.address)
    with pytest.raises(IpdocsError):
        machine_drafts(source, "tc", log=fail)
    assert service.requests == []


def test_source_edited_during_translation_is_not_overwritten(source: Path, service: Service) -> None:
    write_settings(source, service.address)
    original = service.answer

    def edit(body: dict[str, Any]) -> tuple[int, bytes]:
        source.write_bytes(source.read_bytes() + b"# edited\n")
        return original(body)

    service.answer = edit
    with pytest.raises(SourceChangedOnDisk):
        machine_drafts(source, "tc")
    text = source.read_text("utf-8")
    assert text.endswith("# edited\n")
    assert "⟦draft" not in text
    assert not state_path(source).exists()


def test_another_translator_can_replace_the_service(source: Path) -> None:
    class Echo:
        def translate(self, texts: list[str], source: str, target: str) -> list[str]:
            return [chinese(text) for text in texts]

    write_settings(source, "http://127.0.0.1:9")
    assert len(machine_drafts(source, "tc", translator=Echo()).texts) == 3  # type: ignore[arg-type]


def run(source: Path) -> Any:
    return CliRunner().invoke(app, ["translate", "--machine", "--to", "tc", str(source)])


def test_command_writes_drafts_and_a_log(source: Path, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("IPDOCS_MACHINE_KEY", "HUSH")
    write_settings(source, service.address)
    result = run(source)
    assert result.exit_code == 0, result.output
    assert "3 drafts written" in result.output
    assert service.requests[0]["api_key"] == "HUSH"
    (log,) = (path for path in (tmp_path / "state").rglob("*") if path.is_file())
    assert log.stat().st_mode & 0o077 == 0
    (record,) = map(json.loads, log.read_text("utf-8").splitlines())
    assert record.pop("time").startswith("20")
    assert set(record.pop("places")) == {"title", "lead.paragraph", "areas.list.items.1"}
    about = {"address": service.address, "document": "gd-hk-ip-17", "source": str(source), "from": "en", "to": "tc"}
    assert record == about | {"count": 3}


def test_old_command_name_points_to_the_new_one(
    source: Path, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_settings(source, service.address)
    result = CliRunner().invoke(app, ["machine", str(source)])
    assert result.exit_code == 0, result.output
    assert "ipdocs translate --machine" in result.stderr
    assert "3 drafts written" in result.stdout
    assert "machine" not in CliRunner().invoke(app, ["--help"]).output


def test_machine_drafts_as_json(source: Path, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_settings(source, service.address)
    result = CliRunner().invoke(app, ["translate", str(source), "--machine", "--to", "tc", "--json"])
    answer = json.loads(result.stdout)
    assert (answer["written"], answer["held_back"], answer["findings"]) == (3, [], [])


@pytest.mark.parametrize("option", ["--write", "--drafts", "--min=75"])
def test_machine_drafts_refuse_options_of_the_memory(source: Path, option: str) -> None:
    result = CliRunner().invoke(app, ["translate", str(source), "--machine", "--to", "tc", option])
    assert (result.exit_code, option.partition("=")[0] in result.output) == (2, True), result.output


def test_command_sends_nothing_if_it_cannot_log(
    source: Path, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_settings(source, service.address)
    result = run(source)
    assert (result.exit_code, "cannot-write" in result.output) == (1, True), result.output
    assert service.requests == []


MINUTES = """\
schema: 1
kind: minutes
id: quay
languages: [en, tc]
committee: {en: "Quay Committee", tc: "碼頭委員會"}
meeting: {number: 2, date: 2026-03-10, begins: 10:00, ends: 11:00, venue: {en: "Hall", tc: "禮堂"}}
body:
  - {id: wall, item: {heading: {en: "The wall", tc: "海堤"}}}
  - {id: open-talk, paragraph: {en: "Members saw the wall."}}
  - {id: closed-talk, restricted: true, paragraph: {en: "The price is 7 million.[^price]"}}
  - {id: notes, footnotes: {price: {en: "Without the lamps."}}}
"""


def minutes(folder: Path, address: str, text: str = MINUTES) -> Path:
    (folder / "locales").mkdir()
    path = folder / "minutes/minutes.yaml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    write_settings(path, address)
    return path


def test_command_names_the_withheld_blocks(tmp_path: Path, service: Service) -> None:
    path = minutes(tmp_path, service.address)
    result = CliRunner().invoke(app, ["translate", "--machine", "--to", "tc", str(path)])
    assert [fragment for request in service.requests for fragment in request["q"]] == ["Members saw the wall."]
    assert "closed-talk, notes" in result.output
    assert "million" not in result.output


def test_text_with_a_withheld_name_is_not_sent(tmp_path: Path, service: Service) -> None:
    attendee = '{name: {en: "Ms YIP Hoi-ching"}, post: {en: "Diver", tc: "潛水員"}, restricted: true}'
    revealing = MINUTES.replace("body:\n", f"attendance: {{present: [{attendee}]}}\nbody:\n").replace(
        "Members saw", "Ms Yip showed"
    )
    path = minutes(tmp_path, service.address, revealing)
    result = CliRunner().invoke(app, ["translate", "--machine", "--to", "tc", str(path)])
    assert (result.exit_code, service.requests) == (1, [])
    assert "“Ms Yip”" in result.output


@pytest.mark.parametrize("classification", ["restricted", "confidential"])
def test_restricted_document_is_not_sent(tmp_path: Path, service: Service, classification: str) -> None:
    path = minutes(tmp_path, service.address, MINUTES.replace("id: quay\n", f"id: quay\nclassification: {classification}\n"))
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["translate", "--machine", "--to", "tc", str(path)])
    assert result.exit_code == 1
    assert classification in result.output
    assert (service.requests, path.read_bytes()) == ([], before)
