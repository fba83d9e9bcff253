"""The pack of the example minutes with its annexes, checked page by page."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ipdocs.minutes.pack import make_pack
from ipdocs.pipeline.request import BuildRequest

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pack")]

NAME = "gd-hk-ip-17-minutes"
EDITIONS = ("en", "tc", "sc", "en-tc")


def make_and_check(source: Path, out: Path, request: BuildRequest) -> Path:
    pack = make_pack(source, out, request, soffice=shutil.which("soffice"))
    assert pack.findings == ()
    return out / NAME / "pack"


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack of the example minutes, in a folder."""
    source = root / f"fixtures/{NAME}/minutes.yaml"
    return make_and_check(source, tmp_path_factory.mktemp("pack"), BuildRequest(editions=("en", "tc", "sc", "en+tc")))


@pytest.fixture(scope="module")
def without_annexes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pack without annexes, in a folder: ipdocs made every page of it."""
    text = (root / f"fixtures/{NAME}/minutes.yaml").read_text("utf-8")
    text = re.sub(r"\nannexes:.*?\nbody:", "\nbody:", text, flags=re.S)
    text = re.sub(r"\n    annex: .*", "", text)
    workspace = tmp_path_factory.mktemp("own")
    shutil.copytree(root / "templates", workspace / "templates")
    (workspace / "minutes.yaml").write_text(text, "utf-8")
    return make_and_check(workspace / "minutes.yaml", workspace / "out", BuildRequest(editions=("tc", "en+tc"), formats=("pdf",)))


def bound(folder: Path, edition: str) -> Path:
    return folder / f"{NAME}.pack.{edition}.pdf"


def texts(path: Path) -> list[str]:
    """Return the text of every page."""
    result = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    return result.stdout.split("\f")[:-1]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {str(name): value for name, value in pikepdf.NameTree(pdf.Root.Names.Dests).items()}


def page_of(target: Any, pdf: pikepdf.Pdf, named: dict[str, Any]) -> int:
    """Return the index of the page that a destination leads to."""
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = named[str(target)]
    if isinstance(target, pikepdf.Dictionary):
        target = target.D
    return pikepdf.Page(target[0]).index


def links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any, int]]:
    """Yield the page, the annotation and the target page of every link within the file."""
    named = destinations(pdf)
    for page in pdf.pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A", pikepdf.Dictionary())
            if "/URI" not in action:
                yield page.index, annotation, page_of(action.get("/D", annotation.get("/Dest")), pdf, named)


def under(annotation: Any, path: Path, page: int) -> str:
    """Return the text that a link lies over."""
    across, down = sorted(map(float, list(annotation.Rect)[0::2])), sorted(map(float, list(annotation.Rect)[1::2]))
    (left, right), (bottom, top) = across, down
    height = 842
    box = ["-x", round(left) + 1, "-y", round(height - top), "-W", round(right - left) - 2, "-H", round(top - bottom)]
    command = ["pdftotext", "-f", page + 1, "-l", page + 1, "-r", 72, *box, path, "-"]
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pack_has_every_document_as_word_and_pdf(folder: Path, edition: str) -> None:
    for part in ("agenda", "minutes", "decisions", "actions", "attendance"):
        for kind in ("docx", "pdf"):
            assert (folder / f"{NAME}.{part}.{edition}.{kind}").stat().st_size > 5000
    assert bound(folder, edition).is_file()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_bound_pack_opens_without_a_warning(folder: Path, edition: str) -> None:
    path = bound(folder, edition)
    with warnings.catch_warnings(action="error"), pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
    for command in ("pdfinfo", "pdffonts"):
        assert subprocess.run([command, str(path)], capture_output=True, text=True, check=True).stderr == ""
    drawn = subprocess.run(
        ["pdftoppm", "-r", "20", "-png", str(path), str(path.with_suffix(""))], capture_output=True, check=True
    )
    assert drawn.stderr == b""


@pytest.mark.parametrize("edition", EDITIONS)
def test_pages_are_numbered_and_labelled(folder: Path, edition: str) -> None:
    path = bound(folder, edition)
    pages = texts(path)
    with pikepdf.open(path) as pdf:
        labels = [page.label for page in pdf.pages]
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))
    annexes = [label for label in labels if "-" in label]
    plan = ["B-1", "B-2"] if edition == "en-tc" else ["B-1"]
    assert annexes == ["A-1", "A-2", "A-3", "A-4", *plan, "C-1"]
    assert labels[: -len(annexes)] == [str(number) for number in range(1, len(pages) - len(annexes) + 1)]


STAMPS = {
    "en": "Annex {label}, page {page} of {pages} · EG Paper No. {paper}",
    "tc": "附件{label}，第{page}頁，共{pages}頁 · 專責小組第{paper}號文件",
    "sc": "附件{label}，第{page}页，共{pages}页 · 专责小组第{paper}号文件",
}


@pytest.mark.parametrize("edition", EDITIONS)
def test_annex_pages_have_a_stamp_in_each_language(folder: Path, edition: str) -> None:
    pages = texts(bound(folder, edition))
    languages = edition.split("-")
    count = {"A": 4, "B": len(languages), "C": 1}
    papers = {"A": "17/01", "B": "17/02", "C": "17/04"}
    stamped = pages[-sum(count.values()) :]
    for label, pages_of in count.items():
        for page in range(1, pages_of + 1):
            text = squeezed(stamped.pop(0))
            for language in languages:
                stamp = STAMPS[language].format(label=label, page=page, pages=pages_of, paper=papers[label])
                assert squeezed(stamp) in text


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_stamp_has_one_line_for_each_language(folder: Path, edition: str) -> None:
    languages = edition.split("-")
    lines = [squeezed(line) for line in texts(bound(folder, edition))[-1].splitlines() if line.strip()]
    for language, line in zip(languages, lines, strict=False):
        assert line.startswith({"en": "AnnexC:", "tc": "附件C：", "sc": "附件C："}[language])
        assert line.endswith(squeezed(STAMPS[language].format(label="C", page=1, pages=1, paper="17/04")))


def test_annexes_stand_on_their_pages(folder: Path) -> None:
    pages = texts(bound(folder, "en"))
    assert "Exchange activities on arbitration and mediation" in pages[-6]
    assert "Activities for young people" in pages[-3]
    assert "Draft annual co-operation plan for 2018-19" in pages[-2]
    assert "Guidance service" in pages[-2]


@pytest.mark.parametrize("edition", ["en", "tc", "sc"])
def test_contents_state_the_page_of_each_title(folder: Path, edition: str) -> None:
    path = bound(folder, edition)
    pages = texts(path)
    listed = re.findall(r"^ *(.+?) *\.{3,} *([0-9]+)$", pages[1], flags=re.M)
    assert len(listed) == 5 + 9 + 3
    for title, number in listed:
        assert squeezed(title) in squeezed(pages[int(number) - 1])
    with pikepdf.open(path) as pdf:
        goals = [goal + 1 for page, _, goal in links(pdf) if page == 1]
    assert goals[::2] == goals[1::2] == [int(number) for _, number in listed], "a title and its page number are a link each"


def outline_of(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str, int]]:
    named = destinations(pdf)

    def walk(items: Any, level: int) -> Iterator[tuple[int, str, int]]:
        for item in items:
            yield level, item.title, page_of(item.destination or item.action.D, pdf, named)
            yield from walk(item.children, level + 1)

    with pdf.open_outline() as outline:
        yield from walk(outline.root, 1)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_outline_leads_to_every_heading(folder: Path, edition: str) -> None:
    path = bound(folder, edition)
    pages = texts(path)
    with pikepdf.open(path) as pdf:
        entries = list(outline_of(pdf))
    assert [goal for *_, goal in entries] == sorted(goal for *_, goal in entries)
    for _, title, goal in entries:
        start = squeezed(title)[:12]
        assert start in squeezed(pages[goal]), title
    titles = " ".join(title for _, title, _ in entries)
    for expected in {"en": ["IX. Date of next meeting", "Annex C: From"], "tc": ["IX. 下次會議日期", "附件C："]}.get(edition, []):
        assert expected in titles


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_agenda_leads_to_the_items_and_the_annexes(folder: Path, edition: str) -> None:
    path = bound(folder, edition)
    pages = texts(path)
    with pikepdf.open(path) as pdf:
        followed = [(under(link, path, page), page, goal) for page, link, goal in links(pdf) if page in (2, 3)]
    languages = len(edition.split("-"))
    annexes = [link for link in followed if link[2] >= len(pages) - 5 - languages]
    items = [link for link in followed if link not in annexes]
    assert len(items) >= 9 * languages
    assert len(annexes) >= 3 * languages
    for words, page, goal in followed:
        assert goal > page
        assert squeezed(words).strip("()（）")[:20] in squeezed(pages[goal])
    assert {"A", "B", "C"} <= {re.sub(r"[^A-Z]", "", words[-2:]) for words, *_ in annexes}


def test_annexes_keep_their_own_links(folder: Path) -> None:
    path = bound(folder, "en")
    with pikepdf.open(path) as pdf:
        first = len(pdf.pages) - 6
        inner = [(page, goal) for page, _, goal in links(pdf) if first <= page < first + 4]
        outer = [
            str(annotation.A.URI)
            for annotation in pdf.pages[first].Annots
            if "/URI" in annotation.get("/A", pikepdf.Dictionary())
        ]
    assert outer == ["https://example.org/projects"]
    assert inner == [
        *((first, first + at) for at in range(4)),
        *((first + at, first) for at in range(4)),
    ]


def test_a_link_of_an_annex_lies_over_its_words(folder: Path) -> None:
    path = bound(folder, "en")
    with pikepdf.open(path) as pdf:
        first = len(pdf.pages) - 6
        words = [under(annotation, path, first) for annotation in pdf.pages[first].Annots]
    assert [word for word in words if word] == [
        "example.org",
        "Co-operation in the Bay Area",
        "Seminars and forums",
        "Exchange programmes",
        "Promotion and education",
        "Back to the list",
    ]


def test_a_pack_with_annexes_does_not_claim_pdf_a(folder: Path, without_annexes: Path) -> None:
    for path, claims in ((bound(folder, "tc"), False), (bound(without_annexes, "tc"), True)):
        with pikepdf.open(path) as pdf:
            metadata = pdf.Root.Metadata.read_bytes()
            assert str(pdf.Root.Lang) == "zh-Hant-HK"
            assert "/StructTreeRoot" in pdf.Root
        assert (b"pdfuaid:part=" in metadata) is claims
        assert (b"pdfaid:part=" in metadata) is claims


def test_a_pack_without_annexes_is_pdf_ua_and_pdf_a(without_annexes: Path, validate: Callable[[bytes, str], list[str]]) -> None:
    violations = {
        (path.name, standard): validate(path.read_bytes(), standard)
        for path in without_annexes.glob("*.pdf")
        for standard in ("ua1", "2a")
    }
    assert len(violations) == 24
    assert set(map(tuple, violations.values())) == {()}


def test_the_manifest_and_the_zip_have_every_file(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["source"]["sha256"]
    listed = {entry["file"]: entry for entry in manifest["files"]}
    for name, entry in listed.items():
        data = (folder / name).read_bytes()
        assert (entry["sha256"], entry["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
        if name.endswith(".pdf"):
            with pikepdf.open(folder / name) as pdf:
                assert entry["pages"] == len(pdf.pages)
    with zipfile.ZipFile(folder / f"{NAME}.zip") as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {*listed, "manifest.json"}
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    on_disk = {name for name in on_disk if not name.endswith(".png") or name.startswith("annexes/")}  # pages drawn by tests
    assert on_disk == {*listed, "manifest.json", f"{NAME}.zip"}


def test_the_same_source_makes_the_same_pack(folder: Path, root: Path, tmp_path: Path) -> None:
    again = make_and_check(root / f"fixtures/{NAME}/minutes.yaml", tmp_path, BuildRequest(editions=("en",)))
    hashes = [
        {entry["file"]: entry["sha256"] for entry in json.loads((place / "manifest.json").read_text("utf-8"))["files"]}
        for place in (folder, again)
    ]
    assert len(hashes[1]) == 15
    assert hashes[1].items() <= hashes[0].items()


def elements(element: Any) -> Iterator[Any]:
    """Yield a structure element and all below it, in reading order."""
    yield element
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def test_tags_of_an_annex_follow_its_stamp(folder: Path) -> None:
    with pikepdf.open(bound(folder, "tc")) as pdf:
        parts = list(pdf.Root.StructTreeRoot.K[0].K)
        names = [str(part.S) for part in parts]
        assert names[-8:] == ["/Sect", "/Part", "/Sect", "/Sect", "/Sect", "/Sect", "/Part", "/Sect"]
        first, second = parts[-7], parts[-2]
        assert str(first.Lang) == "en"
        assert [str(element.S) for element in elements(first) if str(element.S)[1] == "H"] == [
            "/H1",
            "/H2",
            "/H3",
            "/H3",
            "/H3",
            "/H3",
            "/H2",
            "/H3",
            "/H3",
            "/H2",
            "/H3",
            "/H2",
            "/H3",
        ]
        assert sum(str(element.S) == "/TD" for element in elements(second)) == 16
        assert sum(str(element.S) == "/Link" for element in elements(first)) == 9


def test_content_and_tags_of_annexes_refer_to_each_other(folder: Path) -> None:
    with pikepdf.open(bound(folder, "tc")) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        assert numbers[0::2] == sorted(numbers[0::2])
        owners = dict(zip(numbers[0::2], numbers[1::2], strict=True))
        followed = 0
        for element in elements(pdf.Root.StructTreeRoot.K[0]):
            for kid in element.get("/K", ()):
                if isinstance(kid, pikepdf.Dictionary) and "/Stm" in kid:
                    assert owners[kid.Stm.StructParents][kid.MCID].objgen == element.objgen
                    assert f"/MCID {kid.MCID}".encode() in re.sub(rb"\s+", b" ", kid.Stm.read_bytes())
                    followed += 1
                elif isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid:
                    assert owners[kid.Obj.StructParent].objgen == element.objgen
        assert followed == 60


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pack_with_tagged_annexes_only_lacks_the_claim(
    folder: Path, edition: str, validate: Callable[[bytes, str], list[str]]
) -> None:
    """Annexes break no rule of PDF/UA, but the file does not claim PDF/UA, as annexes are not checked for it."""
    assert [clause.split(":")[0] for clause in validate(bound(folder, edition).read_bytes(), "ua1")] == ["5-1"]
