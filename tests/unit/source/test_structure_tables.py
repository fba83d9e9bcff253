"""Rows, columns and joined cells of tables; footnotes, recurring text and pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ipdocs.files.pictures.cleaning import clean_picture
from ipdocs.findings import IpdocsError
from ipdocs.source.changes import SourceChanges
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, open_source, parse_source
from ipdocs.source.structure.blocks import insert_block, remove_block
from ipdocs.source.structure.figures import insert_figure, picture_name
from ipdocs.source.structure.items import change_level
from ipdocs.source.structure.kinds import change_kind
from ipdocs.source.structure.notes import insert_note, remove_note
from ipdocs.source.structure.places import PLACEHOLDER
from ipdocs.source.structure.recurring import use_words
from ipdocs.source.structure.splitting import join_with_previous, split_text
from ipdocs.source.structure.tables import change_table
from ipdocs.source.texts import Keys
from ipdocs.source.update import apply_changes, write_source
from ipdocs.workspace import Workspace, find_workspace

PATH = Path("release.yaml")
HEAD = 'schema: 1\nkind: press-release\nid: any\nissued: 2018-08-22\nlanguages: [en, tc]\ntitle: {en: "T", tc: "題"}\nbody:\n'
TABLE = """\
  - id: grid
    table:
      head: [{en: "A"}, {en: "B"}, {en: "C"}]
      rows:
        - - {text: {en: "1"}, columns: 2}  # wide
          - {en: "2"}
        - [{text: {en: "3"}, rows: 2}, {en: "4"}, {en: "5"}]
        - [{en: "6"}, {en: "7"}]
"""
ROWS: Keys = ("body", 0, "table", "rows")
COLUMNS: Keys = ("body", 0, "table", "head")
LEAD = '  - id: lead\n    paragraph: {en: "On {{ met }} we *met*.", tc: "於{{ met }}。"}\n'


def parsed(body: str, head: str = HEAD) -> Source:
    return parse_source(SourceText(PATH, head + body), SourceContext(PATH, Workspace()), draft=True)


def changed(source: Source, changes: SourceChanges) -> Source:
    return apply_changes(source, changes)


def table(source: Source) -> list[list[str]]:
    """Return the words of a table by rows; spans stand after them, and an open cell is a dot."""
    content = source.nodes.data["body"][0]["table"]
    return [[_cell(cell) for cell in row] for row in ([content["head"]] if "head" in content else []) + content["rows"]]


def _cell(cell: dict[str, object]) -> str:
    texts = cell.get("text", cell)
    assert isinstance(texts, dict)
    return texts["en"].replace(PLACEHOLDER, ".") + "".join(
        f" {name[0]}{cell[name]}" for name in ("columns", "rows") if name in cell
    )


def act(action: str, row: int | None, cell: int, to: tuple[int, int] | None = None) -> list[list[str]]:
    keys: Keys = (*COLUMNS, cell) if row is None else (*ROWS, row, cell)
    source = parsed(TABLE)
    return table(changed(source, change_table(source, keys, action, (*ROWS, *to) if to else None)))


def test_rows_are_added_and_removed_with_their_spans() -> None:
    assert table(parsed(TABLE)) == [["A", "B", "C"], ["1 c2", "2"], ["3 r2", "4", "5"], ["6", "7"]]
    assert act("row-after", None, 0)[1] == [".", ".", "."]
    assert act("row-before", 2, 0)[2:] == [["3 r3", "4", "5"], [".", "."], ["6", "7"]]
    assert act("row-after", 1, 1)[2:] == [["3 r3", "4", "5"], [".", "."], ["6", "7"]]
    assert act("row-after", 1, 0)[-1] == [".", ".", "."]
    assert act("row-delete", 1, 1)[1:] == [["1 c2", "2"], ["3", "6", "7"]]
    assert act("row-delete", 2, 0)[1:] == [["1 c2", "2"], ["3", "4", "5"]]
    assert act("row-delete", None, 0)[0] == ["1 c2", "2"]


def test_columns_are_added_and_removed_with_their_spans() -> None:
    assert act("column-after", None, 0) == [["A", ".", "B", "C"], ["1 c3", "2"], ["3 r2", ".", "4", "5"], [".", "6", "7"]]
    assert act("column-before", 1, 0) == [[".", "A", "B", "C"], [".", "1 c2", "2"], [".", "3 r2", "4", "5"], [".", "6", "7"]]
    assert act("column-delete", 1, 0) == [["B", "C"], ["1", "2"], ["4", "5"], ["6", "7"]]
    assert act("column-delete", 0, 1) == [["A", "B"], ["1 c2"], ["3 r2", "4"], ["6"]]


def test_cells_are_joined_and_separated() -> None:
    assert act("join", 1, 1, (2, 0))[2:] == [["3 r2", "4 6 r2", "5"], ["7"]]
    assert act("separate", 0, 0)[1] == ["1", ".", "2"]
    assert act("separate", 1, 0)[2:] == [["3", "4", "5"], [".", "6", "7"]]


@pytest.mark.parametrize(
    ("action", "row", "cell", "to"),
    [
        ("row-before", None, 0, None),
        ("join", 0, 1, (1, 1)),
        ("separate", 0, 1, None),
        ("join", 0, 0, (0, 0)),
        ("turn", 0, 0, None),
    ],
)
def test_what_a_table_cannot_do_is_refused(action: str, row: int | None, cell: int, to: tuple[int, int] | None) -> None:
    with pytest.raises(IpdocsError) as raised:
        act(action, row, cell, to)
    assert raised.value.findings[0].code == "not-possible"


ACTIONS = ["row-after", "row-before", "row-delete", "column-after", "column-before", "column-delete", "separate", "join"]


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 99), st.integers(0, 99)), max_size=8))
def test_a_table_stays_complete(actions: list[tuple[str, int, int]]) -> None:
    source = parsed(TABLE)
    for action, first, second in actions:
        content = source.nodes.data["body"][0]["table"]
        cells: list[Keys] = [(*ROWS, r, c) for r, row in enumerate(content["rows"]) for c in range(len(row))]
        cells += [(*COLUMNS, c) for c in range(len(content.get("head", [])))]
        try:
            change = change_table(source, cells[first % len(cells)], action, cells[second % len(cells)])
            source = changed(source, change)
        except IpdocsError as error:
            assert error.findings[0].code in ("not-possible", "ragged-table")  # noqa: PT017


def test_a_footnote_is_put_in_and_removed() -> None:
    facts = HEAD.replace("body:\n", "facts:\n  met: {date: 2018-08-21}\nbody:\n")
    source = parsed(LEAD, facts)
    first = changed(source, insert_note(source, ("body", 0, "paragraph"), "en", 8))
    assert first.nodes.data["body"][0]["paragraph"]["en"] == "On {{ met }}[^note-1] we *met*."
    assert first.nodes.data["body"][1] == {"id": "notes", "footnotes": {"note-1": {"en": PLACEHOLDER}}}
    second = changed(first, insert_note(first, ("body", 0, "paragraph"), "tc", 1, {"tc": "註。"}))
    assert second.nodes.data["body"][1]["footnotes"]["note-2"] == {"tc": "註。"}
    one = changed(second, remove_note(second, ("body", 1, "footnotes", "note-1")))
    assert changed(one, remove_note(one, ("body", 1, "footnotes", "note-2"))).text.text == source.text.text


def test_footnotes_are_removed_with_all_their_calls() -> None:
    lead = '  - id: lead\n    paragraph: {en: "A[^a] b[^b].", tc: "[^a]"}\n'
    source = parsed(lead + '  - id: notes\n    footnotes: {a: {en: "A"}, b: {en: "B"}}\n')
    after = changed(source, remove_block(source, 1))
    assert after.nodes.data["body"] == [{"id": "lead", "paragraph": {"en": "A b.", "tc": PLACEHOLDER}}]


MINUTES = """\
schema: 1
kind: minutes
id: any
status: confirmed
languages: [en, tc]
committee: {en: "Committee"}
issued: 2018-09-01
meeting: {number: 3, date: 2018-08-21, begins: 14:30, ends: 16:00, venue: {en: "Room 1"}}
previous: {number: 2, date: 2018-02-20}
offices: {ipd: {name: {en: "IPD"}}}
attendance:
  quorum: 1
  present:
  - {post: {en: "Chief"}, office: ipd, role: chair}
body:
  - id: first
    item: {heading: {en: "H"}}
  - id: said
    restricted: true
    paragraph: {en: "Secret one. Secret two."}
  - id: open
    paragraph: {en: "Open."}
  - id: points
    list: {items: [{en: "Hidden words", restricted: true}, {en: "Shown"}]}
"""


def minutes() -> Source:
    return parse_source(SourceText(PATH, MINUTES), SourceContext(PATH, Workspace()), draft=True)


def test_restricted_words_stay_restricted() -> None:
    source = minutes()
    parts = changed(source, split_text(source, ("body", 1, "paragraph"), "en", 11)).nodes.data["body"][1:3]
    assert [part["paragraph"]["en"] for part in parts] == ["Secret one.", "Secret two."]
    assert [part["restricted"] for part in parts] == ["true", "true"]
    items = changed(source, split_text(source, ("body", 3, "list", "items", 0), "en", 6)).nodes.data["body"][3]["list"]["items"]
    assert items[:2] == [{"en": "Hidden", "restricted": "true"}, {"en": "words", "restricted": "true"}]
    for keys in (("body", 2), ("body", 3, "list", "items", 1)):
        with pytest.raises(IpdocsError) as raised:
            join_with_previous(source, keys)
        assert raised.value.findings[0].code == "not-possible"
    level = changed(source, change_level(source, ("body", 3, "list", "items", 1), 1)).nodes.data["body"][3]["list"]["items"]
    assert level == [{"text": {"en": "Hidden words", "restricted": "true"}, "list": {"items": [{"en": "Shown"}]}}]


@pytest.mark.parametrize("kind", ["item", "decision", "action", "post-meeting-note"])
def test_blocks_of_minutes_are_put_in(kind: str) -> None:
    source = minutes()
    after = changed(source, insert_block(source, 2, kind, {"en": "Words"}))
    assert kind in after.nodes.data["body"][2]
    assert changed(after, remove_block(after, 2)).text.text == MINUTES


def test_a_paragraph_of_minutes_becomes_a_decision() -> None:
    source = minutes()
    after = changed(source, change_kind(source, 2, "decision"))
    assert after.text.text == MINUTES.replace('paragraph: {en: "Open."}', 'decision: {en: "Open."}')


SECTION = """\
schema: 1
kind: boilerplate
id: about
facts:
  founded: {date: 2003-08}
body:
  - paragraph:
      en: "Founded in {{ founded | month }}."
  - heading: {en: "More", tc: "更多"}
"""


def test_recurring_text_gives_its_words(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "boilerplate"
    folder.mkdir(parents=True)
    (tmp_path / "locales").mkdir()
    (folder / "about.yaml").write_text(SECTION, "utf-8")
    path = tmp_path / "release.yaml"
    path.write_text(HEAD + "  - boilerplate: about\n", "utf-8")
    source = open_source(path, find_workspace(path), draft=True)
    after = changed(source, use_words(source, 0, lambda english, code: "成立。" if "Founded" in english else None))
    assert after.nodes.data["facts"] == {"founded": {"date": "2003-08"}}
    assert after.nodes.data["body"] == [
        {"id": "lead", "paragraph": {"en": "Founded in {{ founded | month }}.", "tc": "成立。"}},
        {"id": "more", "heading": {"en": "More", "tc": "更多"}},
    ]


def photo() -> bytes:
    """Return a photo with a location."""
    picture = Image.new("RGB", (40, 30), "navy")
    exif = picture.getexif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825).update({1: "N", 2: (22.0, 16.0, 45.0), 3: "E", 4: (114.0, 9.0, 32.0)})
    content = io.BytesIO()
    picture.save(content, "JPEG", exif=exif)
    return content.getvalue()


def test_a_picture_comes_without_its_location(tmp_path: Path) -> None:
    path = tmp_path / "release.yaml"
    (tmp_path / "locales").mkdir()
    path.write_text(HEAD + '  - id: lead\n    paragraph: {en: "L"}\n', "utf-8")
    data = photo()
    assert b"Camera maker" in data
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    source = open_source(path, find_workspace(path), draft=True)
    picture = clean_picture(data)
    name = picture_name(r"C:\Bilder\IMG 1234 (Höhe).JPG", picture, ["img-1234-hohe.jpg"])
    assert name == "img-1234-hohe-2.jpg"
    after = apply_changes(source, insert_figure(source, 1, name, picture))
    write_source(source, after)
    assert after.nodes.data["body"][1] == {"id": "figure-1", "figure": {"file": name, "alt": {"en": PLACEHOLDER}}}
    written = (tmp_path / name).read_bytes()
    assert b"Camera maker" not in written
    assert not Image.open(io.BytesIO(written)).getexif()
    assert open_source(path, draft=True).pictures[name].width
    assert picture_name("圖片.svg", picture, []) == "picture.jpg"
