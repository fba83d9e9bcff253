"""The release gates are the same for builds, packs, extracts and redlines, and `check` reports them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.minutes.pack import extract_item, make_pack
from ipdocs.pipeline.build import build
from ipdocs.pipeline.check import check
from ipdocs.pipeline.manifest import NAME
from ipdocs.pipeline.request import BuildRequest
from ipdocs.review.redline import redline
from ipdocs.translation.confirm import confirm

Write = Callable[..., Path]
Command = Callable[[Path, Path, BuildRequest], object]

FAULTS: dict[str, tuple[tuple[str, str], ...]] = {
    "wrong-script": (("委員審議計劃。", "委員审議計劃。"),),
    "stale-translation": (("Members considered the plan.", "Members rejected the plan."),),
    "draft-text": (("委員審議計劃。", "⟦draft: fuzzy 80 %⟧委員審議計劃。"),),
    "missing-translation": (
        ('{en: "Members considered the plan.", tc: "委員審議計劃。"}', '{en: "Members considered the plan."}'),
    ),
}


def redlined(source: Path, out: Path, request: BuildRequest) -> object:
    old = source.with_name("old.yaml")
    old.write_text(source.read_text("utf-8"), "utf-8")
    return redline(old, source, "tc", author="A. Writer", now=datetime(2018, 9, 1, tzinfo=UTC), draft=request.draft)


COMMANDS: dict[str, Command] = {
    "build": lambda source, out, request: build([source], out, request),
    "pack": make_pack,
    "public pack": lambda source, out, request: make_pack(source, out, request, public=True),
    "extract": lambda source, out, request: extract_item(source, out, "books", request),
    "public extract": lambda source, out, request: extract_item(source, out, "books", request, public=True),
    "redline": redlined,
}
TEXT = BuildRequest(editions=("tc",), formats=("txt",))


def faulty(minutes: Write, code: str) -> Path:
    """Return minutes that were confirmed in Chinese before a fault was put into them."""
    source = minutes()
    confirm(source, [], "tc", by="A. Reader", on="2018-09-01")
    return minutes(*FAULTS[code])


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_stops_every_command(code: str, command: str, minutes: Write, tmp_path: Path) -> None:
    source, out = faulty(minutes, code), tmp_path / "out"
    with pytest.raises(IpdocsError) as raised:
        COMMANDS[command](source, out, TEXT)
    assert [finding.code for finding in raised.value.findings] == [code]
    assert not list(out.rglob("*.*"))


@pytest.mark.parametrize("code", FAULTS)
def test_check_reports_what_a_build_would_refuse(code: str, minutes: Write) -> None:
    assert code in [finding.code for finding in check([faulty(minutes, code)]) if finding.severity == "error"]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("code", FAULTS)
def test_a_draft_may_have_a_fault(code: str, command: str, minutes: Write, tmp_path: Path) -> None:
    COMMANDS[command](faulty(minutes, code), tmp_path / "out", BuildRequest(editions=("tc",), formats=("txt",), draft=True))


def test_all_faults_are_reported_together(minutes: Write, tmp_path: Path) -> None:
    source = minutes()
    confirm(source, [], "tc", by="A. Reader", on="2018-09-01")
    changes = [
        FAULTS["stale-translation"][0],
        ('tc: "通過計劃。"', 'tc: "通过計劃。"'),
        ('en: "poems", tc: "詩集"', 'en: "poems"'),
    ]
    with pytest.raises(IpdocsError) as raised:
        make_pack(minutes(*changes), tmp_path / "out", TEXT)
    assert [finding.code for finding in raised.value.findings] == ["stale-translation", "missing-translation", "wrong-script"]


def test_a_fault_in_a_boilerplate_section_stops_a_release(tmp_path: Path) -> None:
    folder = tmp_path / "templates/boilerplate"
    folder.mkdir(parents=True)
    text = '{en: "The seminar is free.", tc: "讲座免費。"}'
    (folder / "free.yaml").write_text(f"schema: 1\nkind: boilerplate\nid: free\nbody:\n  - paragraph: {text}\n", "utf-8")
    head = "schema: 1\nkind: press-release\nid: free\nissued: 2018-08-22\nlanguages: [en, tc]\n"
    source = tmp_path / "release.yaml"
    source.write_text(f'{head}title: {{en: "A title", tc: "標題"}}\nbody:\n  - boilerplate: free\n', "utf-8")
    with pytest.raises(IpdocsError) as raised:
        build([source], tmp_path / "out", TEXT)
    (finding,) = raised.value.findings
    assert (finding.code, finding.location and finding.location.path.name) == ("wrong-script", "free.yaml")


def test_a_refused_pack_leaves_the_last_one_in_place(minutes: Write, tmp_path: Path) -> None:
    out = tmp_path / "out"
    make_pack(minutes(), out, TEXT)
    before = {path: path.read_bytes() for path in out.rglob("*.*")}
    with pytest.raises(IpdocsError):
        make_pack(minutes(*FAULTS["wrong-script"]), out, TEXT)
    assert before[out / "small/pack" / NAME]
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == before
