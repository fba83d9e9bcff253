"""OmegaT translates exported files in its console, and what it writes comes back: the texts, and its translation memory."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from ipdocs.source.open import open_source
from ipdocs.source.template_text import template_source
from ipdocs.source.texts import iter_texts
from ipdocs.translation.export import ENDINGS, export_translations
from ipdocs.translation.import_translations import import_translations
from ipdocs.translation.memory.store import import_tmx
from ipdocs.translation.suggestions import suggest_translations
from ipdocs.workspace import Workspace

pytestmark = pytest.mark.slow

SOURCE = """\
schema: 1
kind: press-release
id: pier
issued: 2027-06-03
languages: [en]
facts:
  lamps: {integer: 36}
  opened: {date: 2027-06-02}
title: {en: "Pier opened"}
body:
  - id: a
    paragraph: {en: "The pier has {{ lamps | number }} new lamps. It was opened on {{ opened | day }} by the mayor."}
  - id: b
    paragraph: {en: "Read the [notice](https://example.org/notice) at the gate."}
  - id: c
    paragraph: {en: "Nobody has translated this sentence."}
"""
PROJECT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0"><source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>EN</source_lang><target_lang>ZH-HK</target_lang><sentence_seg>true</sentence_seg></project></omegat>
"""
TRANSLATIONS = {
    "xliff1": {
        "Pier opened": "碼頭啟用",
        "The pier has <x0/> new lamps.": "碼頭有<x0/>盞新燈。",
        "It was opened on <x1/> by the mayor.": "市長於<x1/>主持啟用。",
        "Read the <g0>notice</g0> at the gate.": "請看閘口的<g0>告示</g0>。",
    },
    "po": {
        "Pier opened": "碼頭啟用",
        "The pier has {{ lamps | number }} new lamps.": "碼頭有{{ lamps | number }}盞新燈。",
        "It was opened on {{ opened | day }} by the mayor.": "市長於{{ opened | day }}主持啟用。",
        "Read the [notice](https://example.org/notice) at the gate.": "請看閘口的[告示](https://example.org/notice)。",
    },
}
EXPECTED = {
    "title": "碼頭啟用",
    "a.paragraph": "碼頭有{{ lamps | number }}盞新燈。市長於{{ opened | day }}主持啟用。",
    "b.paragraph": "請看閘口的[告示](https://example.org/notice)。",
}


@pytest.fixture(scope="module", params=["xliff1", "po"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export the source, and translate it in a project of OmegaT; the source and the project are in one folder."""
    form = request.param
    folder = tmp_path_factory.mktemp(form)
    (folder / "locales").mkdir()
    (folder / "pier.yaml").write_text(SOURCE, "utf-8")
    project = folder / "project"
    for name in ("source", "target", "tm", "glossary", "dictionary", "omegat"):
        (project / name).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT, "utf-8")
    exported = export_translations(open_source(folder / "pier.yaml", draft=True), "tc", form)
    (project / f"source/pier.{ENDINGS[form]}").write_bytes(exported)
    units = "".join(
        f'<tu><tuv lang="EN"><seg>{escape(source)}</seg></tuv><tuv lang="ZH-HK"><seg>{escape(target)}</seg></tuv></tu>'
        for source, target in TRANSLATIONS[form].items()
    )
    header = (
        '<header creationtool="OmegaT" creationtoolversion="3.6" segtype="sentence" o-tmf="OmegaT TMX" adminlang="EN-US" '
        'srclang="EN" datatype="plaintext"/>'
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?><tmx version="1.1">{header}<body>{units}</body></tmx>'
    (project / "omegat/project_save.tmx").write_text(text, "utf-8")
    run(project, "console-createpseudotranslatetmx", f"--pseudotranslatetmx={folder}/all.tmx", "--pseudotranslatetype=equal")
    run(project, "console-translate")
    return project


def run(project: Path, mode: str, *options: str) -> None:
    settings = f"--config-dir={project.parent}/settings"
    command = ["omegat", str(project), f"--mode={mode}", settings, *options]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def form_of(project: Path) -> str:
    return "po" if any((project / "source").glob("*.po")) else "xliff1"


def test_omegat_sees_every_sentence_of_the_source(project: Path) -> None:
    text = (project.parent / "all.tmx").read_text("utf-8")
    segments = {unescape(segment) for segment in re.findall("<seg>(.*?)</seg>", text)}
    assert segments == {*TRANSLATIONS[form_of(project)], "Nobody has translated this sentence."}


def test_the_translated_file_brings_exactly_the_translations(project: Path) -> None:
    source = project.parent / "pier.yaml"
    before = source.read_text("utf-8")
    (translated,) = (project / "target").iterdir()
    import_translations(source, [translated])
    places = iter_texts(open_source(source, draft=True).document)
    found = {place.name: re.sub("^⟦draft: [^⟧]*⟧", "", str(place.texts["tc"])) for place in places if "tc" in place.texts}  # type: ignore[index]
    source.write_text(before, "utf-8")
    assert found == EXPECTED


@pytest.mark.parametrize("kind", ["omegat", "level1", "level2"])
def test_the_memory_of_the_project_suggests_the_same_texts(kind: str, project: Path) -> None:
    folder = project.parent
    (tmx,) = project.glob(f"*-{kind}.tmx")
    import_tmx(tmx, Workspace(folder), "approved")
    missing = suggest_translations(open_source(folder / "pier.yaml", draft=True), "tc", cache=folder / "cache")
    for path in (folder / "locales/memory").iterdir():
        path.unlink()
    texts = {text.place.name: text.segments for text in missing}
    for name, expected in EXPECTED.items():
        matches = [segment.match for segment in texts[name]]
        lacks_facts = kind == "level1" and form_of(project) != "po"  # in level 1, OmegaT leaves out its codes
        assert min(match.percent if match else 0 for match in matches) > (90 if lacks_facts else 95)
        suggestion = "".join(template_source(match.target) for match in matches if match)
        assert lacks_facts or suggestion == expected
    assert [segment.match for segment in texts["c.paragraph"]] == [None]
