"""Examples of findings on files that are read from outside: releases to import, Office files, web pages, spreadsheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from ipdocs.files.ledger import Ledger
from ipdocs.files.ooxml.package import open_package
from ipdocs.files.reading import read_bytes
from ipdocs.files.spreadsheet import read_spreadsheet
from ipdocs.files.xml import parse_xml
from ipdocs.findings import Finding
from ipdocs.importing.folder import import_folder
from ipdocs.importing.import_release import import_release

from .example import produces, write

ENGLISH = "A seminar for designers\n\nThe seminar on registered designs was held on August 21, 2018, and 120 people came.\n"
CHINESE = "設計師研討會\n\n註冊外觀設計研討會於二○一八年八月二十一日舉行，一百二十人出席。\n"


def imported(folder: Path, *texts: str, name: str = "a.txt", style: str = "") -> Iterable[Finding]:
    """Import texts, each as a file of its own."""
    files = [write(folder / f"{number}-{name}", text) for number, text in enumerate(texts)]
    now = datetime(2018, 8, 22, tzinfo=UTC)
    return import_release(files, folder / "source", now, style=style).findings


@produces("unknown-format")
def a_spreadsheet_as_a_release(folder: Path) -> Iterable[Finding]:
    return imported(folder, "a,b", name="a.csv")


@produces("not-utf8")
def a_text_in_another_encoding(folder: Path) -> Iterable[Finding]:
    path = write(folder / "a.txt", bytes(range(128, 256)))
    return import_release([path], folder / "source", datetime(2018, 8, 22, tzinfo=UTC)).findings


@produces("nothing-to-import")
def a_file_without_text(folder: Path) -> Iterable[Finding]:
    return imported(folder, "\n")


def folder_imported(folder: Path, *files: tuple[str, str], out: str = "out") -> Iterable[Finding]:
    """Import a folder with text files, each with its name and text."""
    for name, text in files:
        write(folder / "in" / name, text)
    (folder / "in").mkdir(exist_ok=True)
    return import_folder(folder / "in", folder / out, datetime(2018, 8, 22, tzinfo=UTC)).findings


@produces("unknown-format")
def a_picture_in_a_folder_of_releases(folder: Path) -> Iterable[Finding]:
    return folder_imported(folder, ("1.en.txt", ENGLISH), ("1.tc.txt", CHINESE), ("1.jpg", ""))


@produces("link-not-followed")
def a_link_out_of_a_folder_of_releases(folder: Path) -> Iterable[Finding]:
    target = write(folder / "1.en.txt", ENGLISH)
    (folder / "in").mkdir()
    (folder / "in/1.en.txt").symlink_to(target)
    return folder_imported(folder, ("1.tc.txt", CHINESE))


@produces("plain-subscript")
def chinese_characters_in_subscript(folder: Path) -> Iterable[Finding]:
    page = "<html lang='zh-Hant'><body><h1>公式</h1><p>速度為v<sub>平均</sub>。</p></body></html>"
    return imported(folder, page, name="a.html")


@produces("nothing-to-import")
def a_folder_without_releases(folder: Path) -> Iterable[Finding]:
    return folder_imported(folder)


@produces("out-inside-input")
def a_folder_for_sources_inside_that_of_the_files(folder: Path) -> Iterable[Finding]:
    return folder_imported(folder, out="in/out")


@produces("unpaired-file")
def a_file_in_one_language_in_a_folder(folder: Path) -> Iterable[Finding]:
    return folder_imported(folder, ("1.en.txt", ENGLISH))


@produces("files-alike")
def three_files_of_one_name_in_two_languages(folder: Path) -> Iterable[Finding]:
    return folder_imported(folder, ("1.en.txt", ENGLISH), ("1_ENG.txt", ENGLISH), ("1.tc.txt", CHINESE))


@produces("source-edited")
def a_release_that_changed_after_its_source_was_edited(folder: Path) -> Iterable[Finding]:
    folder_imported(folder, ("1.en.txt", ENGLISH), ("1.tc.txt", CHINESE))
    source = folder / "out/1/release.yaml"
    source.write_text(source.read_text("utf-8") + "# read by the editor\n", "utf-8")
    return folder_imported(folder, ("1.en.txt", ENGLISH.replace("people", "guests")))


@produces("bad-record")
def a_damaged_record_of_an_import(folder: Path) -> Iterable[Finding]:
    write(folder / "out/import.json", "{}")
    return folder_imported(folder, ("1.en.txt", ENGLISH))


@produces("possible-heading")
def a_short_line_in_one_language(folder: Path) -> Iterable[Finding]:
    text = "\nHow to apply\n\nForms are at the counter of the office.\n\nEnds/Tuesday, August 21, 2018\n"
    return imported(folder, ENGLISH + text)


@produces("struck-out")
def words_with_a_line_through_them(folder: Path) -> Iterable[Finding]:
    document = Document()
    document.add_paragraph("The pier closes at ").add_run("noon").font.strike = True
    document.save(str(folder / "pier.docx"))
    return import_release([folder / "pier.docx"], folder / "source", datetime(2018, 8, 22, tzinfo=UTC)).findings


@produces("text-unaccounted")
def a_passage_that_a_reader_passes_over(folder: Path) -> Iterable[Finding]:
    ledger = Ledger(folder / "a.docx")
    ledger.enter("run", "text", "A passage in an unknown element", 3)
    ledger.check()
    return ()


@produces("file-exists")
def a_source_that_is_there_already(folder: Path) -> Iterable[Finding]:
    write(folder / "source/release.yaml", "schema: 1\n")
    return imported(folder, ENGLISH)


@produces("language-twice")
def two_files_in_english(folder: Path) -> Iterable[Finding]:
    return imported(folder, ENGLISH, ENGLISH)


@produces("unknown-style")
def a_house_style_that_does_not_exist(folder: Path) -> Iterable[Finding]:
    return imported(folder, ENGLISH, style="giaa")


@produces("no-date", "no-partner")
def a_release_without_a_date_and_with_a_paragraph_that_lacks_a_translation(folder: Path) -> Iterable[Finding]:
    more = (
        "\nA second talk for lawyers and for trade mark agents follows in the autumn, and all of them can come without a fee.\n"
    )
    return imported(folder, ENGLISH + more, CHINESE)


@produces("issue-dates-differ")
def files_that_state_different_days_of_issue(folder: Path) -> Iterable[Finding]:
    return imported(folder, ENGLISH + "\nEnds/Monday, May 4, 2026\n", CHINESE + "\n完\n2026年5月5日（星期二）\n")


@produces("items-differ")
def lists_of_different_lengths(folder: Path) -> Iterable[Finding]:
    items = "\nThe talks were on:\n\n- trade marks\n\n- patents\n\n- designs\n"
    return imported(folder, ENGLISH + items, CHINESE + "\n講題包括：\n\n- 商標\n\n- 專利\n")


@produces("doubtful-pair")
def paragraphs_that_may_not_correspond(folder: Path) -> Iterable[Finding]:
    english = "\nThe Intellectual Property Department held 80 talks.\n"
    chinese = "\n香港海關其後舉辦了多場講座，九十人出席，當中有多間公司的代表。\n"
    return imported(folder, ENGLISH + english, CHINESE + chinese)


@produces("paragraphs-joined")
def a_paragraph_that_chinese_divides(folder: Path) -> Iterable[Finding]:
    english = "\nThe talk on trade marks drew 140 people on March 5. The next talk, on patents, is on June 9 for 60 people.\n"
    chinese = "\n商標講座於三月五日舉行，吸引一百四十人出席。\n\n下次專利講座於六月九日舉行，可供六十人出席。\n"
    return imported(folder, ENGLISH + english, CHINESE + chinese)


@produces("doubtful-value")
def equal_numbers_with_other_units(folder: Path) -> Iterable[Finding]:
    return imported(folder, ENGLISH + "\nThe fair lasts 15 days.\n", CHINESE + "\n市集設有15個攤位。\n")


@produces("run-together-items")
def list_items_on_one_line(folder: Path) -> Iterable[Finding]:
    return imported(
        folder, ENGLISH + "\nThe talks were on:\n\n• promoting trade marks in both places; • using patents in both places; and\n"
    )


@produces("bad-html")
def a_web_page_with_binary_data(folder: Path) -> Iterable[Finding]:
    return imported(folder, "A picture\0\1\2 in pixels", name="a.html")


@produces("assumed-encoding", "unreadable-characters")
def a_web_page_that_states_no_character_set_and_has_a_damaged_character(folder: Path) -> Iterable[Finding]:
    path = write(
        folder / "a.html", "<h1>設計師研討會</h1><p>研討會於二○一八年八月二十一日舉行。</p>".encode("big5") + b"\n<p>\xff</p>"
    )
    return import_release([path], folder / "source", datetime(2018, 8, 22, tzinfo=UTC)).findings


@produces("old-format")
def a_word_file_of_an_old_version(folder: Path) -> None:
    open_package(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), folder / "a.doc")


@produces("encrypted-file")
def a_word_file_with_a_password(folder: Path) -> None:
    open_package(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), folder / "a.docx")


@produces("damaged-file")
def a_word_file_that_is_cut_short(folder: Path) -> None:
    open_package(b"PK\x03\x04", folder / "a.docx")


@produces("hostile-file")
def a_word_file_with_a_part_outside_of_it(folder: Path) -> None:
    stream = io.BytesIO()
    Document().save(stream)
    with zipfile.ZipFile(stream, "a") as file:
        file.writestr("../outside.txt", "words")
    open_package(stream.getvalue(), folder / "a.docx")


@produces("bad-xml")
def an_xml_file_with_a_tag_that_is_not_closed(folder: Path) -> None:
    parse_xml(b"<a><b></a>", folder / "a.xml")


@produces("no-such-file")
def a_file_that_does_not_exist(folder: Path) -> None:
    read_bytes(folder / "a.pdf")


@produces("too-large")
def a_file_that_is_too_large(folder: Path) -> None:
    read_bytes(write(folder / "a.pdf", bytes(101)), limit=100)


@produces("unreadable")
def a_device_instead_of_a_file(folder: Path) -> None:
    read_bytes(Path("/dev/null"))


@produces("formula", "not-text")
def a_spreadsheet_with_a_formula_and_a_date(folder: Path) -> Iterable[Finding]:
    book = Workbook()
    book.active.append(["a text", "=1+1", datetime(2018, 8, 22)])
    book.save(folder / "a.xlsx")
    return read_spreadsheet(folder / "a.xlsx", 3).findings
