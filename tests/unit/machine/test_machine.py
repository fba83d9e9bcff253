"""Machine translation against a real HTTP server on this computer: closed by default, facts and terms protected."""

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
from ipdocs.findings import IpdocsError
from ipdocs.source.open import open_source
from ipdocs.source.state import read_state, state_path
from ipdocs.source.update import SourceChangedOnDisk
from ipdocs.translation.machine_drafts import machine_drafts

ROOT = Path(__file__).resolve().parents[3]


class Service:
    """A server that speaks LibreTranslate's interface; `turn` makes a translation of each fragment."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.turn: Callable[[str], str] = chinese
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes]] = self._translated
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append({"path": self.path, **body})
                status, data = service.answer(body)
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def _translated(self, body: dict[str, Any]) -> tuple[int, bytes]:
        return 200, json.dumps({"translatedText": [self.turn(one) for one in body["q"]]}).encode()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def chinese(fragment: str) -> str:
    """Turn every word outside protected elements into 譯."""
    parts = re.split(r'(<span translate="no"[^>]*>.*?</span>|<[^>]+>)', fragment)
    return "".join(part if part.startswith("<") else re.sub(r"[^\s].*", "譯", part, flags=re.S) for part in parts)


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The release of the 17th meeting with three of its Chinese texts gone, in a workspace without a service."""
    (tmp_path / "locales").mkdir()
    shutil.copytree(ROOT / "fixtures/gd-hk-ip-17", tmp_path / "gd-hk-ip-17")
    path = tmp_path / "gd-hk-ip-17/release.yaml"
    text = path.read_text("utf-8")
    text = text.replace('          tc: "加強大灣區知識產權合作"\n', "").replace('  tc: "粵港知識產權會議在{{ city }}舉行"\n', "")
    path.write_text(re.sub(r"      tc: \|\n        粵港保護知識產權合作專責小組.*?\n\n", "\n", text, flags=re.S), "utf-8")
    return path


def opened(source: Path, address: str, extra: str = "") -> None:
    settings = source.parents[1] / "locales/machine.yaml"
    settings.write_text(f"provider: libretranslate\naddress: {address}\n{extra}", "utf-8")


def test_nothing_is_sent_unless_a_workspace_says_where(source: Path, service: Service) -> None:
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert caught.value.findings[0].code == "no-machine"
    assert service.asked == []


def test_missing_texts_become_drafts_with_their_facts_and_terms(source: Path, service: Service) -> None:
    opened(source, f"{service.address}/api")
    made = machine_drafts(source, "tc", key="secret")
    assert set(made.texts) == {"title", "lead.paragraph", "areas.list.items.1"}
    assert made.findings == ()
    (asked,) = service.asked
    assert (asked["path"], asked["source"], asked["target"], asked["format"]) == ("/api/translate", "en", "zt", "html")
    assert asked["api_key"] == "secret"
    assert '<span translate="no" id="c1">第十七</span>' in "".join(asked["q"])
    document = open_source(source, draft=True).document
    lead = document.body[0].paragraph["tc"]
    assert lead.startswith("⟦draft: machine⟧")
    for expected in ("{{ meeting | ordinal }}", "{{ city }}", "{{ met | day }}", "專責小組", "一帶一路"):
        assert expected in lead
    assert read_state(source).bases["lead", "tc"].by == ""


def test_the_names_of_languages_can_be_those_of_the_service(source: Path, service: Service) -> None:
    opened(source, service.address, "languages: {tc: zh-Hant}\n")
    machine_drafts(source, "tc")
    assert service.asked[0]["target"] == "zh-Hant"


@pytest.mark.parametrize(
    ("turn", "words"),
    [
        (lambda one: re.sub(r'<span translate="no" id="c1">.*?</span>', "第十八", one), "the fact"),
        (lambda one: re.sub(r"<span[^>]*>專責小組</span>", "專家組", one), "the term 專責小組 is gone"),
        (lambda one: one + '<span translate="no" id="c9">x</span>', "'9' that was never sent"),
        (lambda one: "", "the fact meeting is not where it was"),
    ],
)
def test_an_answer_that_lost_a_fact_or_term_is_not_taken(
    turn: Callable[[str], str], words: str, source: Path, service: Service
) -> None:
    opened(source, service.address)
    text = source.read_text("utf-8").replace(
        'title:\n  en: "Guangdong/Hong Kong IP', 'title:\n  en: "Expert Group {{ meeting | ordinal }}'
    )
    source.write_text(text, "utf-8")
    service.turn = turn
    made = machine_drafts(source, "tc")
    assert "title" not in made.texts
    found = next(one for one in made.findings if "'title'" in one.message)
    assert (found.code, words in found.message) == ("machine-lost", True), found.message


@pytest.mark.parametrize(
    ("status", "data", "words"),
    [
        (500, b"", "it answers 500"),
        (302, b"", "it answers 302"),
        (200, b"<html>", "its answer is no JSON"),
        (200, b'{"translatedText": ["one"]}', "no list of as many texts"),
        (200, b'{"translatedText": "one"}', "no list of as many texts"),
    ],
)
def test_a_service_that_fails_is_a_finding_and_nothing_is_written(
    status: int, data: bytes, words: str, source: Path, service: Service
) -> None:
    opened(source, service.address)
    before = source.read_bytes()
    service.answer = lambda body: (status, data)
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert words in caught.value.findings[0].message
    assert source.read_bytes() == before


def test_a_service_that_is_not_there_is_a_finding(source: Path) -> None:
    opened(source, "http://127.0.0.1:9")
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert caught.value.findings[0].code == "machine-failed"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org", "example.org", "http://"])
def test_an_address_that_is_none_is_refused(address: str, source: Path) -> None:
    opened(source, address)
    with pytest.raises(IpdocsError) as caught:
        machine_drafts(source, "tc")
    assert caught.value.findings[0].code == "bad-machine"


def test_a_source_that_is_edited_while_the_service_works_is_left_alone(source: Path, service: Service) -> None:
    opened(source, service.address)
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


def test_any_translator_can_stand_in(source: Path) -> None:
    class Echo:
        def translate(self, texts: list[str], source: str, target: str) -> list[str]:
            return [chinese(one) for one in texts]

    opened(source, "http://127.0.0.1:9")
    assert len(machine_drafts(source, "tc", translator=Echo()).texts) == 3  # type: ignore[arg-type]


def test_the_command_writes_drafts(source: Path, service: Service) -> None:
    opened(source, service.address)
    result = CliRunner().invoke(app, ["machine", str(source)])
    assert result.exit_code == 0, result.output
    assert "3 drafts written" in result.output


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
    opened(path, address)
    return path


def test_what_is_not_open_is_held_back_and_the_command_says_so(tmp_path: Path, service: Service) -> None:
    path = minutes(tmp_path, service.address)
    result = CliRunner().invoke(app, ["machine", str(path)])
    assert [fragment for asked in service.asked for fragment in asked["q"]] == ["Members saw the wall."]
    assert "2 texts are not open and held back: closed-talk, notes" in result.output
    assert "million" not in result.output


@pytest.mark.parametrize("classification", ["restricted", "confidential"])
def test_nothing_is_sent_of_a_document_that_is_not_open(tmp_path: Path, service: Service, classification: str) -> None:
    path = minutes(tmp_path, service.address, MINUTES.replace("id: quay\n", f"id: quay\nclassification: {classification}\n"))
    before = path.read_bytes()
    result = CliRunner().invoke(app, ["machine", str(path)])
    assert result.exit_code == 1
    assert f"this document is {classification}: nothing of it is sent to a service" in result.output
    assert (service.asked, path.read_bytes()) == ([], before)
