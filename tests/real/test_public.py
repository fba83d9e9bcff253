"""Public versions of minutes: nothing restricted is left in any part of their files."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from tests import canaries

from ipdocs.findings import IpdocsError
from ipdocs.minutes.pack import extract_item, make_pack
from ipdocs.pipeline.request import BuildRequest

pytestmark = pytest.mark.slow

CANARY = "Zq7canary"
"""The canary word, with a number for each restricted place. With it stands 龘龘, which no other text has, to search fonts.

One 龘 would be three bytes, which compressed data contains by chance.
"""

SOURCE = """\
# Zq7canary0: a comment of the source
schema: 1
kind: minutes
id: leaks
status: confirmed
languages: [en, tc]
committee: {en: "Committee", tc: "委員會"}
issued: 2018-09-01
meeting: {number: 3, date: 2018-08-21, begins: 14:30, ends: 16:00, venue: {en: "Room 1", tc: "一號室"},
  online: {en: "Zq7canary37", tc: "Zq7canary37龘龘", restricted: true}}
previous:
  number: 2
  date: 2018-06-21
  amendments:
    - {en: "An open amendment.", tc: "公開修訂。"}
    - {en: "Zq7canary38", tc: "Zq7canary38龘龘", restricted: true}
next: {number: 4, date: 2018-10-21, begins: 14:30, venue: {en: "Room 2", tc: "二號室"}}
facts:
  secret: {text: {en: "Zq7canary1", tc: "Zq7canary1龘龘"}}
  site: {link: {href: "https://example.org/Zq7canary2", text: {en: "site", tc: "網站"}}}
  witness: {person: {name: {en: "Zq7canary39", tc: "Zq7canary39龘龘"}}}
offices:
  zq7canary40: {name: {en: "Zq7canary41", tc: "Zq7canary41龘龘"}, short: {en: "Zq7canary42", tc: "Zq7canary42龘龘"}}
  library: {name: {en: "Library", tc: "圖書館"}}
attendance:
  present:
    - name: {en: "Zq7canary3", tc: "Zq7canary3龘龘"}
      post: {en: "Librarian", tc: "館長"}
      role: chair
      restricted: true
      items: [hidden]
papers:
  - {id: open-paper, number: "P 1", title: {en: "Open paper", tc: "公開文件"}}
  - {id: closed-paper, number: "P 2", title: {en: "Zq7canary4", tc: "Zq7canary4龘龘"}, restricted: true}
  - {id: annex-paper, number: "P 3", title: {en: "Zq7canary5", tc: "Zq7canary5龘龘"}, annex: zq7canary6}
  - {id: zq7canary43, number: "Zq7canary44", title: {en: "Zq7canary45", tc: "Zq7canary45龘龘"}, annex: zq7canary46}
  - {id: own-paper, number: "P 4", title: {en: "Zq7canary47", tc: "Zq7canary47龘龘"}, annex: zq7canary48, restricted: true}
annexes:
  - {id: open-annex, title: {en: "Open annex", tc: "公開附件"}, file: open.pdf}
  - id: zq7canary6
    title: {en: "Zq7canary7", tc: "Zq7canary7龘龘"}
    alt: {en: "Zq7canary8", tc: "Zq7canary8龘龘"}
    file: Zq7canary9.pdf
    classification: restricted
  - {id: zq7canary10, title: {en: "Zq7canary11", tc: "Zq7canary11龘龘"}, file: zq7canary12.png, classification: confidential}
  - {id: zq7canary46, title: {en: "Zq7canary49", tc: "Zq7canary49龘龘"}, file: Zq7canary9.pdf}
  - {id: zq7canary48, title: {en: "Zq7canary50", tc: "Zq7canary50龘龘"}, file: Zq7canary9.pdf}
  - {id: budget, label: W, title: {en: "Budget", tc: "預算"}, file: budget.docx, changes: accept}
  - {id: photo, label: P, title: {en: "Photo", tc: "照片"}, file: photo.jpg}
body:
  - id: open
    item: {heading: {en: "Open item", tc: "公開事項"}, papers: [open-paper, closed-paper, annex-paper, own-paper]}
  - id: said
    paragraph: {en: "Said in public[^shown]. See [there](#zq7canary13).", tc: "公開發言[^shown]。見[該處](#zq7canary13)。"}
  - id: notes
    footnotes:
      shown: {en: "An open note.", tc: "公開註釋。"}
      hidden: {en: "Zq7canary14", tc: "Zq7canary14龘龘"}
      marked: {en: "Zq7canary51", tc: "Zq7canary51龘龘", restricted: true}
  - id: parts
    list:
      style: letter
      items:
        - {en: "open first", tc: "公開首項"}
        - {en: "Zq7canary52", tc: "Zq7canary52龘龘", restricted: true}
        - text: {en: "Zq7canary53", tc: "Zq7canary53龘龘", restricted: true}
          list: {items: [{en: "Zq7canary54", tc: "Zq7canary54龘龘"}]}
        - {en: "open last", tc: "公開末項"}
  - id: cells
    table:
      caption: {en: "Zq7canary55", tc: "Zq7canary55龘龘", restricted: true}
      head: [{en: "Open head", tc: "公開欄"}, {en: "Zq7canary56", tc: "Zq7canary56龘龘", restricted: true}]
      rows:
        - [{en: "open cell", tc: "公開格"}, {en: "Zq7canary57", tc: "Zq7canary57龘龘", restricted: true}]
        - [{text: {en: "Zq7canary58", tc: "Zq7canary58龘龘", restricted: true}, columns: 2}]
  - id: words
    definitions:
      - term: {en: "Zq7canary59", tc: "Zq7canary59龘龘", restricted: true}
        text: {en: "Zq7canary60", tc: "Zq7canary60龘龘", restricted: true}
  - id: quoted
    quotation:
      - {en: "Open words[^marked].", tc: "公開言論[^marked]。"}
      - {en: "Zq7canary61", tc: "Zq7canary61龘龘", restricted: true}
    by: {en: "Zq7canary62", tc: "Zq7canary62龘龘", restricted: true}
  - id: zq7canary13
    restricted: true
    absent: {cn: "Zq7canary15"}
    paragraph:
      en: "{{ secret }}, {{ site }}, {{ witness }} and [^hidden]"
      tc: "{{ secret }}、{{ site }}、{{ witness }}及[^hidden]"
  - id: zq7canary16
    restricted: true
    list: {intro: {en: "Zq7canary17", tc: "Zq7canary17龘龘"}, items: [{en: "Zq7canary18", tc: "Zq7canary18龘龘"}]}
  - id: zq7canary19
    restricted: true
    figure:
      file: zq7canary12.png
      alt: {en: "Zq7canary20", tc: "Zq7canary20龘龘"}
      caption: {en: "Zq7canary21", tc: "Zq7canary21龘龘"}
  - id: decided
    decision: {en: "Decided in public.", tc: "公開決定。"}
  - id: zq7canary22
    restricted: true
    decision: {en: "Zq7canary23", tc: "Zq7canary23龘龘"}
  - id: zq7canary24
    restricted: true
    action:
      what: {en: "Zq7canary25", tc: "Zq7canary25龘龘"}
      owner: [library, zq7canary40]
      progress: {en: "Zq7canary26", tc: "Zq7canary26龘龘"}
  - id: zq7canary27
    restricted: true
    post-meeting-note: {en: "Zq7canary28", tc: "Zq7canary28龘龘"}
  - id: zq7canary29
    restricted: true
    table: {caption: {en: "Zq7canary30", tc: "Zq7canary30龘龘"}, rows: [[{en: "Zq7canary31", tc: "Zq7canary31龘龘"}]]}
  - id: acted
    action:
      what: {en: "Act in public.", tc: "公開行動。"}
      owner: [library]
      progress: {en: "Zq7canary63", tc: "Zq7canary63龘龘", restricted: true}
  - id: hidden
    restricted: true
    item: {heading: {en: "Zq7canary32", tc: "Zq7canary32龘龘"}, presenters: [library], papers: [zq7canary43]}
  - id: zq7canary33
    paragraph: {en: "Zq7canary34", tc: "Zq7canary34龘龘"}
  - id: confirmed
    item: {standing: confirmation}
  - id: next-one
    item: {standing: next-meeting}
"""

SOFFICE = shutil.which("soffice")
LAST_ITEM = "  - id: next-one\n"
FIGURES = {f"figure-{number}.{place.split()[0]}": place for number, place in enumerate(canaries.PICTURE_PLACES)}


def annex(text: str) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[0].contents_add(f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    pdf.docinfo["/Title"] = text
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaks")
    (folder / "templates").mkdir()
    figures = "".join(
        f'  - {{id: {Path(file).stem}, figure: {{file: {file}, alt: {{en: "Photo", tc: "照片"}}}}}}\n' for file in FIGURES
    )
    (folder / "minutes.yaml").write_text(SOURCE.replace(LAST_ITEM, figures + LAST_ITEM), "utf-8")
    (folder / "open.pdf").write_bytes(canaries.plant_pdf())
    (folder / "budget.docx").write_bytes(canaries.plant_word())
    (folder / "photo.jpg").write_bytes(canaries.PICTURE_PLACES["jpeg artist"](canaries.word_of("picture annex")))
    for file, place in FIGURES.items():
        (folder / file).write_bytes(canaries.PICTURE_PLACES[place](canaries.word_of(place)))
    (folder / "Zq7canary9.pdf").write_bytes(annex("Zq7canary35"))
    (folder / "zq7canary12.png").write_bytes(PICTURE + b"Zq7canary36")
    return folder / "minutes.yaml"


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def find_words(folder: Path, word: str) -> set[str]:
    return canaries.find_words(folder, [word]).get(word, set())


def test_canaries_are_in_the_whole_pack(source: Path, tmp_path: Path) -> None:
    make_pack(source, tmp_path, BuildRequest(editions=("en", "tc"), formats=("docx", "pdf")), soffice=SOFFICE)
    names = find_words(tmp_path, CANARY)
    assert any("minutes.en.docx!word/document.xml" in name for name in names)
    assert any("pack.en.pdf text" in name for name in names)
    assert any("annexes/annex-B.pdf stream" in name for name in names)
    assert find_words(tmp_path, "<9f98>"), "the fonts do not have the character that only restricted text has"


def test_the_source_has_all_canaries(source: Path) -> None:
    for file, place in FIGURES.items():
        word = canaries.word_of(place)
        assert canaries.find_words_in_data(file, (source.parent / file).read_bytes(), [word]), place
    assert len(re.findall(f"{CANARY}[0-9]+", SOURCE, re.IGNORECASE)) > 60
    assert len(FIGURES) + len(canaries.PDF_PLACES) + len(canaries.WORD_PLACES) > 90


def test_a_public_version_has_nothing_restricted(source: Path, tmp_path: Path) -> None:
    request = BuildRequest(editions=("sc", "en+tc"), formats=("docx", "pdf", "html", "txt"))
    result = make_pack(source, tmp_path, request, public=True, soffice=SOFFICE)
    assert len(result.files) > 30
    assert find_words(tmp_path, CANARY) == set()
    assert find_words(tmp_path, canaries.PREFIX) == set()
    assert find_words(tmp_path, "龘龘") == set()
    assert find_words(tmp_path, "<9f98>") == set()


@pytest.mark.parametrize("item", ["2", "hidden"])
def test_a_restricted_item_has_no_public_extract(source: Path, tmp_path: Path, item: str) -> None:
    with pytest.raises(IpdocsError) as caught:
        extract_item(source, tmp_path, item, BuildRequest(editions=("en",)), public=True)
    assert [finding.code for finding in caught.value.findings] == ["item-not-open"]
    assert not [*tmp_path.rglob("*.*")]


def test_a_public_extract_has_nothing_restricted(source: Path, tmp_path: Path) -> None:
    extract_item(source, tmp_path, "open", BuildRequest(editions=("en",), formats=("docx", "pdf", "html", "txt")), public=True)
    assert find_words(tmp_path, CANARY) == set()


def test_a_public_version_marks_what_is_left_out(source: Path, tmp_path: Path) -> None:
    make_pack(source, tmp_path, BuildRequest(editions=("en", "tc"), formats=("txt", "pdf")), public=True, soffice=SOFFICE)
    folder = tmp_path / "leaks/public"
    minutes = " ".join((folder / "leaks.minutes.public.en.txt").read_text("utf-8").split())
    assert "(name withheld) (Chairman)" in minutes
    assert "P 2: (restricted paper)" in minutes
    assert "P 3: (restricted paper)" in minutes
    assert "(Paragraphs 2 to 3 are restricted and not published.)" in minutes
    assert "(Paragraphs 5 to 6 are restricted and not published.)" in minutes
    assert "II. (restricted item)" in minutes
    assert "(Paragraph 8 is restricted and not published.)" in minutes
    assert "Online | (restricted)" in minutes
    assert "(a) An open amendment. (b) (restricted)" in minutes
    assert "(a) open first (b) (restricted) (c) (restricted) (d) open last" in minutes
    assert "(restricted) Open head | (restricted) open cell | (restricted) (restricted)" in minutes
    assert "P 4: (restricted paper)" in minutes
    assert "[2] (restricted)" in minutes
    assert "Restricted entries are left out here." in (folder / "leaks.decisions.public.en.txt").read_text("utf-8")
    assert "Restricted entries are left out here." in (folder / "leaks.actions.public.en.txt").read_text("utf-8")
    assert "(第2至3段屬限閱內容，不予公開。)" in (folder / "leaks.minutes.public.tc.txt").read_text("utf-8")
    bound = subprocess.run(
        ["pdftotext", "-layout", str(folder / "leaks.pack.public.en.pdf"), "-"], capture_output=True, text=True, check=True
    )
    assert "Annex B: (restricted annex)" in bound.stdout
    assert bound.stdout.count("This annex is restricted and not published.") == 4


def test_a_public_version_keeps_the_numbers(source: Path, tmp_path: Path) -> None:
    for public in (False, True):
        make_pack(source, tmp_path, BuildRequest(editions=("en",), formats=("pdf",)), public=public, soffice=SOFFICE)
    texts = [
        subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
        for path in (tmp_path / "leaks/pack/leaks.minutes.en.pdf", tmp_path / "leaks/public/leaks.minutes.public.en.pdf")
    ]
    for text in texts:
        assert re.search(r"4\.\s+Decision 3/1: Decided in public\.", text)
        assert re.search(r"7\.\s+Act in public\.", text)
        assert re.search(r"11\.\s+There being no other business", text)


def test_a_public_manifest_names_no_restricted_file(source: Path, tmp_path: Path) -> None:
    make_pack(source, tmp_path, BuildRequest(editions=("en",), formats=("pdf",)), public=True, soffice=SOFFICE)
    manifest = json.loads((tmp_path / "leaks/public/manifest.public.json").read_text("utf-8"))
    assert manifest["kind"] == "public"
    assert [entry["file"] for entry in manifest["files"] if entry["file"].startswith("annexes/")] == [
        f"annexes/annex-{name}" for name in ("A.public.pdf", "W.public.pdf", "P.public.jpg")
    ]
