"""The same texts are open to the public, to translators, to translation services and to the memory."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from tests.canaries import unpacked

from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.minutes.actions import FORMATS, follow_ups
from ipdocs.minutes.pack import make_pack
from ipdocs.minutes.public_version import public_version
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.disclosure import open_texts, withheld_texts
from ipdocs.source.open import open_source
from ipdocs.translation.export import FORMATS as EXCHANGE_FORMATS
from ipdocs.translation.export import export_translations
from ipdocs.translation.job import translation_job
from ipdocs.translation.machine_drafts import machine_drafts
from ipdocs.translation.memory.workspace_memory import memory_units

TOKEN = re.compile(r"Q\d{3}q")

SOURCE = """\
schema: 1
kind: minutes
id: tokens
status: confirmed
languages: [en, tc]
committee: {TEXT}
secretariat: {TEXT}
meeting: {number: 3, date: 2026-03-10, begins: 10:00, ends: 11:00, venue: {TEXT}, online: {TEXT MARK}}
previous: {number: 2, date: 2026-01-13, amendments: [{TEXT MARK}, {TEXT}]}
next: {number: 4, date: 2026-05-12, venue: {TEXT}}
facts:
  one: {text: {TEXT}}
  two: {text: {TEXT {{ one }}}}
  three: {person: {name: {TEXT}}}
offices:
  works: {name: {TEXT}}
  legal: {name: {TEXT}}
attendance:
  present:
    - {name: {TEXT}, post: {TEXT}, role: chair MARK}
    - {name: {TEXT}, post: {TEXT}, items: [second] MARK}
papers:
  - {id: p-one, number: {TEXT}, title: {TEXT}, annex: a-one MARK}
  - {id: p-two, number: {TEXT}, title: {TEXT}, annex: a-two MARK}
annexes:
  - {id: a-one, title: {TEXT}, file: a.pdf CLASS}
  - {id: a-two, title: {TEXT}, file: a.pdf CLASS}
body:
  - {id: first, item: {standing: confirmation}}
  - {id: said, paragraph: {TEXT [^n-one] {{ one }}} MARK}
  - {id: first-b, item: {heading: {TEXT MARK}, papers: [p-one], presenters: [works]}}
  - {id: steps, list: {intro: {TEXT}, items: [{TEXT MARK}, {text: {TEXT MARK}, list: {items: [{TEXT}, {TEXT MARK}]}}]} MARK}
  - {id: told, paragraph: {TEXT {{ two }} [^n-two]} MARK}
  - {id: second, item: {heading: {TEXT}, papers: [p-two], presenters: [legal]} MARK}
  - {id: grid, table: {caption: {TEXT}, head: [{TEXT MARK}, {TEXT}], rows: [[{TEXT MARK}, {text: {TEXT MARK}, columns: 1}]]} MARK}
  - {id: terms, definitions: [{term: {TEXT MARK}, text: {TEXT MARK}}] MARK}
  - {id: quote, quotation: [{TEXT}], by: {TEXT MARK} MARK}
  - {id: third, item: {heading: {TEXT}} MARK}
  - {id: agreed, decision: {TEXT {{ three.name }}} MARK}
  - {id: act, action: {what: {TEXT}, owner: [legal], progress: {TEXT MARK}} MARK}
  - {id: late, post-meeting-note: {TEXT} MARK}
  - {id: notes, footnotes: {n-one: {TEXT}, n-two: {TEXT}}}
  - {id: last, item: {standing: next-meeting} MARK}
"""


def written(choose: random.Random, *, chinese: bool) -> str:
    """Return the source with a token in each text, and restricted places chosen at random."""
    numbers = iter(range(100, 1000))

    def text(match: re.Match[str]) -> str:
        words = f"Q{next(numbers)}q{match[1]}"
        return f'en: "{words}"' + (f', tc: "{words}"' if chinese else "")

    result = re.sub(r"TEXT((?: (?:\{\{ [a-z.]+ \}\}|\[\^[a-z-]+\]))*)", text, SOURCE)
    result = re.sub(r",? MARK", lambda _: ", restricted: true" if choose.random() < 0.2 else "", result)
    classes = ("", "", "", ", classification: restricted", ", classification: confidential")
    return re.sub(r" CLASS", lambda _: choose.choice(classes), result)


def tokens(texts: Iterable[object]) -> set[str]:
    return {token for text in texts for token in TOKEN.findall(str(text))}


class Recorder:
    """A translator that records the texts it receives, and returns them unchanged."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        self.sent += texts
        return list(texts)


def write(folder: Path, seed: int, *, chinese: bool) -> Path:
    for name in ("templates", "locales"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "locales/machine.yaml").write_text("provider: libretranslate\naddress: http://127.0.0.1:9\n", "utf-8")
    (folder / "a.pdf").write_bytes(pdf())
    path = folder / "minutes.yaml"
    path.write_text(written(random.Random(seed), chinese=chinese), "utf-8")
    return path


def pdf() -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(25))
def test_every_recipient_gets_the_same_texts(tmp_path: Path, seed: int) -> None:
    path = write(tmp_path, seed, chinese=True)
    source = open_source(path, draft=True)
    allowed = tokens(place.texts["en"] for place in open_texts(source.document))  # type: ignore[index]
    secret = tokens(place.texts["en"] for place in withheld_texts(source.document))  # type: ignore[index]
    assert not allowed & secret
    public = localise(public_version(source), languages(source.workspace)["en"])
    assert tokens(chosen.text for chosen in public.texts) == allowed
    assert tokens(unit.source for unit in translation_job(source, "tc").units) == allowed
    assert tokens(unit.texts["en"] for unit in memory_units(source)) == allowed
    path = write(tmp_path, seed, chinese=False)
    service = Recorder()
    drafts = machine_drafts(path, "tc", translator=service)
    assert tokens(service.sent) == allowed
    assert tokens(place.texts["en"] for place in drafts.withheld) == secret  # type: ignore[index]


@pytest.mark.parametrize("seed", range(4))
def test_no_public_or_exported_file_has_a_withheld_text(tmp_path: Path, seed: int) -> None:
    path = write(tmp_path, seed, chinese=True)
    source = open_source(path, draft=True)
    secret = tokens(place.texts["en"] for place in withheld_texts(source.document))  # type: ignore[index]
    assert secret
    pack = make_pack(path, tmp_path, BuildRequest(editions=("en", "en+tc"), formats=("html", "txt")), public=True)
    files = {file.name: file.read_bytes() for file in pack.files}
    exports = {name: export_translations(source, "tc", name) for name in EXCHANGE_FORMATS}  # type: ignore[arg-type]
    actions = follow_ups([path], date(2026, 4, 1), "en", public=True)
    files |= exports | {f"actions {name}": FORMATS[name](actions) for name in ("text", "csv", "json", "ics")}
    contained = {name: tokens(piece.decode("latin-1") for _, piece in unpacked(name, data)) for name, data in files.items()}
    assert {name: disclosed for name, present in contained.items() if (disclosed := present & secret)} == {}
    allowed = tokens(place.texts["en"] for place in open_texts(source.document))  # type: ignore[index]
    assert [name for name in exports if not contained[name] >= allowed] == []
