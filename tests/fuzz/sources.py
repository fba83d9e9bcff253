"""Targets for sources and the files beside them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

from hypothesis import strategies as st

from ipdocs.findings import Finding, IpdocsError, raise_errors
from ipdocs.locale.conversion.choice import Choice
from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.request import BuildRequest
from ipdocs.source.file import read_text
from ipdocs.source.format import format_text
from ipdocs.source.open import open_source
from ipdocs.source.state import Basis, read_state, state_path, with_bases, with_choices
from ipdocs.workspace import find_workspace

from .target import Case, Target
from .yaml_cases import Pairs, bombs, copied, encoded, load, reworded_trees, trees

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING = ROOT / "tests/everything"
SMALL = """\
schema: 1
kind: press-release
id: small
style: gia
issued: 2018-08-21T18:30+08:00
languages: [en, tc]
facts: {met: {date: 2018-08-21}, drew: {integer: 140}}
title: {en: "A title", tc: "標題"}
body:
  - id: lead
    paragraph:
      en: "**Strong** and *stressed*, see [the site](https://example.org/a). {{ drew | number }}."
      tc: "**重要**事項載於[網站](https://example.org/a)，共{{ drew | number }}人。"
  - {id: more, list: {intro: {en: "The items:", tc: "項目如下："}, items: [{en: "one", tc: "一"}, {en: "two", tc: "二"}]}}
"""
SMALL_MINUTES = """\
schema: 1
kind: minutes
id: small-minutes
style: legco
languages: [en, tc]
committee: {en: "Example Committee", tc: "示例委員會"}
issued: 2018-10-12
meeting:
  number: 17
  date: 2018-08-21
  begins: 14:30
  ends: 17:05
  venue: {en: "Conference Room 1", tc: "第一會議室"}
next: {number: 18, date: 2019-08-20, begins: 14:30}
facts: {videos: {integer: 3}}
offices:
  ipd: {name: {en: "Example Department", tc: "示例署"}, short: {en: "ED", tc: "示例署"}}
attendance:
  quorum: 1
  present: [{post: {en: "Director", tc: "署長"}, office: ipd, role: co-chair}]
papers:
  - {id: plan-paper, number: {en: "Paper No. 1", tc: "第1號文件"}, title: {en: "Draft plan", tc: "計劃擬稿"}, annex: plan-annex}
annexes:
  - {id: plan-annex, title: {en: "Draft plan", tc: "計劃擬稿"}, file: plan.pdf, language: en}
body:
  - id: confirmation
    item: {standing: confirmation}
  - id: plan
    item: {heading: {en: "Draft plan", tc: "計劃擬稿"}, papers: [plan-paper], presenters: [ipd]}
  - id: agreed
    decision: {en: "The plan was agreed.", tc: "會議同意有關計劃。"}
  - id: films
    action:
      what: {en: "The department is to make {{ videos | number }} films.", tc: "署方須製作{{ videos | number }}部短片。"}
      owner: [ipd]
      due: 2018-12-05
      status: open
"""


def _shorter(text: str) -> list[object]:
    """Return the tree of a source several times, each with a few of its blocks, so that each is quick to read."""
    tree = load(text)
    where = next(index for index, (name, _) in enumerate(tree) if name == "body")
    blocks = tree[where][1]
    parts = []
    for begin in range(0, len(blocks), 6):
        part = Pairs(copied(tree))
        part[where] = ("body", copied(blocks[begin : begin + 6]))
        parts.append(part)
    return parts


RELEASES = [tree for path in sorted(ROOT.glob("fixtures/*/release.yaml")) for tree in _shorter(path.read_text("utf-8"))]
RELEASES += [load(SMALL), load((EVERYTHING / "release.yaml").read_text("utf-8"))]
MINUTES = [load(SMALL_MINUTES), load((EVERYTHING / "minutes.yaml").read_text("utf-8"))]


def beside(folder: Path) -> None:
    """Write the files that sources name into a workspace."""
    (folder / "locales").mkdir(exist_ok=True)
    shutil.copytree(EVERYTHING, folder / "d", ignore=shutil.ignore_patterns("*.py", "__pycache__"), dirs_exist_ok=True)
    for name in ("gd-hk-ip-17", "example-gia", "gd-hk-ip-17-minutes"):
        shutil.copytree(ROOT / "fixtures" / name, folder / "d", dirs_exist_ok=True)
    for path in (folder / "d").glob("*.yaml"):
        path.unlink()


def all_of(*calls: Callable[[], object]) -> None:
    """Call functions, even if earlier ones fail, and raise the findings of all."""
    findings: list[Finding] = []
    for call in calls:
        try:
            call()
        except IpdocsError as error:
            findings += error.findings or [Finding("no-findings", "")]
    if findings:
        raise IpdocsError(findings)


def opened(folder: Path) -> None:
    """Open and localise a source; check one in three and format another, because both parse it again."""
    path = folder / "d/x.yaml"
    more = (lambda: format_text(read_text(path), find_workspace(path)), lambda: raise_errors(check([path])), lambda: None)

    def localised() -> None:
        source = open_source(path, draft=True)
        for language in list(languages(source.workspace).values())[:3]:
            localise(source, language)

    all_of(localised, more[crc32(path.read_bytes()) % 3])


def built(*formats: str) -> Callable[[Path], None]:
    """Return a function that builds a source in some formats."""

    def run(folder: Path) -> None:
        shutil.rmtree(folder / "out", ignore_errors=True)
        request = BuildRequest(editions=("tc", "en+tc"), formats=formats, draft=True)
        build([folder / "d/x.yaml"], folder / "out", request)

    return run


def packed(folder: Path) -> None:
    """Make a pack in one language without LibreOffice."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    request = BuildRequest(editions=("en",), formats=("pdf",), draft=True)
    make_pack(folder / "d/x.yaml", folder / "out", request)


def single_file(name: str, text: st.SearchStrategy[str]) -> st.SearchStrategy[Case]:
    """Cases of one file."""
    return text.map(lambda content: {name: encoded(content)})


def buildable(seeds: list[Any]) -> st.SearchStrategy[str]:
    """Sources most of which can be built."""
    return st.one_of(reworded_trees(seeds), reworded_trees(seeds), trees(seeds, 2))


STATE = load(
    """\
choices:
  - {source: tc, target: sc, text: "乾", form: "干", by: "me", on: "2018-08-21"}
translations:
  lead: {tc: {from: en, texts: ["One text."], made: ["abc"], by: "me", on: "2018-08-21"}}
  title: {tc: {from: en, texts: ["A title"]}}
"""
)


def state_beside(folder: Path) -> None:
    """Write a small source into the folder."""
    beside(folder)
    (folder / "d/x.yaml").write_text(SMALL, "utf-8")


def state_read(folder: Path) -> None:
    """Read a state, open its source, and write into the state."""
    path = folder / "d/x.yaml"
    state = read_state(path)
    with_choices(state, [Choice("tc", "sc", "乾", "乾")], state_path(path))
    with_bases(state, {("lead", "tc"): Basis("en", ("x",))}, state_path(path))
    localise(open_source(path, draft=True), languages(find_workspace(path))["sc"])


SOURCE_TARGETS = (
    Target("release", "open", single_file("d/x.yaml", trees(RELEASES)), opened, beside, weight=20),
    Target("minutes", "open", single_file("d/x.yaml", trees(MINUTES)), opened, beside, weight=5),
    Target(
        "state",
        "open",
        single_file(
            "d/x.state.yaml",
            st.one_of(trees([STATE]), bombs("choices: [@]\n"), bombs("translations: {lead: {tc: @}}\n"), bombs("choices: @\n")),
        ),
        state_read,
        state_beside,
        weight=20,
    ),
    Target("built-release-word", "build", single_file("d/x.yaml", buildable(RELEASES)), built("docx", "html", "txt"), beside),
    Target("built-release-pdf", "build", single_file("d/x.yaml", buildable(RELEASES)), built("pdf"), beside),
    Target("built-pack", "build", single_file("d/x.yaml", buildable(MINUTES)), packed, beside),
)
