"""Damaged letterheads, office templates, annexes and finished files: a result or findings, never another error, and soon."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import docx
import pytest
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipdocs.findings import IpdocsError
from ipdocs.minutes.annexes import read_annex
from ipdocs.model.text import Text
from ipdocs.pipeline.build import build
from ipdocs.pipeline.request import BuildRequest
from ipdocs.verification.word import read_docx
from ipdocs.workspace import Workspace

from .mutate import change_part, damage_archive, damage_each_part

ROOT = Path(__file__).resolve().parents[2]
PDF = ROOT / "fixtures/gd-hk-ip-17-minutes/annexes/completed-projects.pdf"
TAGS = ("{{ document.title }}", "{%p for block in document.body %}", "{{r block.paragraph.rich }}", "{%p endfor %}")
SOURCE = """\
schema: 1
kind: press-release
id: small
style: gia
issued: 2018-08-21T18:30+08:00
languages: [en]
title: {en: "A title"}
body:
  - {id: lead, paragraph: {en: "**Strong** and *stressed*, see [the site](https://example.org/a)."}}
"""
SECONDS = 20
"""A file within the limits is read in a fraction of one; the machine may be busy."""


def word_file(*paragraphs: str) -> bytes:
    """Return what an office has: a logo above, an address below, two sections, a list."""
    document = docx.Document()
    header = document.sections[0].header.paragraphs[0]
    header.add_run("Example Office").add_picture(str(ROOT / "fixtures/example-gia/seminar.png"), width=Mm(20))
    document.sections[0].footer.paragraphs[0].text = "1 Example Street"
    for text in paragraphs:
        document.add_paragraph(text)
    document.add_paragraph("An item", style="List Number")
    document.add_section()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class Entrances:
    """A workspace for each entrance, and what is done there with a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("letterhead/locales", "template/templates/press-release", "annex"):
            (folder / name).mkdir(parents=True)
        for name in ("letterhead", "template"):
            (folder / name / "release.yaml").write_text(SOURCE, "utf-8")
        self.seeds = {kind: word_file(*(TAGS if kind == "template" else ("A paragraph.",))) for kind in KINDS}

    def enter(self, kind: str, data: bytes) -> None:
        """Let a file in, and do all that is done with one of its kind."""
        start = time.perf_counter()
        with suppress(IpdocsError):
            KINDS[kind](self.folder / kind, data)
        assert time.perf_counter() - start < SECONDS


def letterhead(folder: Path, data: bytes) -> None:
    (folder / "letterhead.docx").write_bytes(data)
    request = BuildRequest(formats=("docx",), draft=True, letterhead=folder / "letterhead.docx")
    build([folder / "release.yaml"], folder / "out", request)


def template(folder: Path, data: bytes) -> None:
    (folder / "templates/press-release/template.docx").write_bytes(data)
    build([folder / "release.yaml"], folder / "out", BuildRequest(formats=("docx",)))


def annex(folder: Path, data: bytes) -> None:
    (folder / "annex.docx").write_bytes(data)
    read_annex(Text("annex.docx"), folder, Workspace(folder), lambda data, name: PDF.read_bytes())


def finished(folder: Path, data: bytes) -> None:
    read_docx(data, folder / "finished.docx")


KINDS: dict[str, Callable[[Path, bytes], None]] = {
    "letterhead": letterhead,
    "template": template,
    "annex": annex,
    "finished": finished,
}


@pytest.fixture(scope="module")
def entrances(tmp_path_factory: pytest.TempPathFactory) -> Entrances:
    return Entrances(tmp_path_factory.mktemp("entrances"))


@pytest.mark.parametrize("kind", KINDS)
def test_sound_file_is_accepted(kind: str, entrances: Entrances) -> None:
    KINDS[kind](entrances.folder / kind, entrances.seeds[kind])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_damage_to_any_part_is_reported(kind: str, entrances: Entrances) -> None:
    for name, data in damage_each_part(entrances.seeds[kind]):
        try:
            entrances.enter(kind, data)
        except Exception as error:
            raise AssertionError(name) from error


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_random_damage_is_reported(kind: str, entrances: Entrances, seed: int) -> None:
    random = Random(seed)
    damage = random.choice((change_part, damage_archive))
    entrances.enter(kind, damage(entrances.seeds[kind], random))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_random_damage_to_many_files_is_reported(kind: str, entrances: Entrances, seed: int) -> None:
    random = Random(seed)
    damage = random.choice((change_part, damage_archive))
    entrances.enter(kind, damage(entrances.seeds[kind], random))
