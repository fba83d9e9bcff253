"""A document as JSON for the page of the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipdocs.desk.cells import document_context
from ipdocs.desk.offsets import character_offsets, utf16_offsets
from ipdocs.desk.rows import row_ids, rows
from ipdocs.desk.view import document_view
from ipdocs.localisation.localise import localise
from ipdocs.localisation.localised_text import LocalisedText, text_parts
from ipdocs.model.blocks import BLOCKS
from ipdocs.source.file import SourceText
from ipdocs.source.open import Source, SourceContext, open_source, parse_source
from ipdocs.source.state import parse_state
from ipdocs.source.texts import iter_texts
from ipdocs.workspace import Workspace

_EVERYTHING = Path(__file__).parents[2] / "everything"
_HEAD = """\
schema: 1
kind: press-release
id: example
issued: 2018-08-21
languages: [en, tc]
title: {en: "Title", tc: "標題"}
"""


@pytest.fixture(scope="module", params=["release", "minutes"])
def source(request: pytest.FixtureRequest) -> Source:
    return open_source(_EVERYTHING / f"{request.param}.yaml")


def _view(body: str, state: str = "", head: str = _HEAD) -> dict[str, Any]:
    path = Path("/nowhere/example.yaml")
    context = SourceContext(path, Workspace(), parse_state(state, path.with_suffix(".state.yaml")))
    return document_view(parse_source(SourceText(path, head + body), context, draft=True))


def _line(view: dict[str, Any], place: str) -> dict[str, Any]:
    return next(line for row in view["rows"] for line in row["lines"] if line["place"] == place)


def _state(view: dict[str, Any], code: str, place: str = "lead.paragraph") -> dict[str, Any]:
    state: dict[str, Any] = _line(view, place)["cells"][code]["state"]
    return state


def test_every_kind_of_block_is_a_row() -> None:
    kinds = {
        row["kind"] for name in ("release", "minutes") for row in document_view(open_source(_EVERYTHING / f"{name}.yaml"))["rows"]
    }
    assert kinds == {*BLOCKS, "head"}


def test_every_text_is_in_one_cell(source: Source) -> None:
    cells = [
        (cell["place"], code, cell["text"])
        for row in document_view(source)["rows"]
        for line in row["lines"]
        for code, cell in line["cells"].items()
        if cell["text"] is not None
    ]
    texts = [
        (place.name, str(code), str(text))
        for place in iter_texts(source.document)
        if place.block != "facts"
        for code, text in place.texts.items()
    ]
    assert sorted(cells) == sorted(texts)


def test_shown_words_are_those_of_the_document(source: Source) -> None:
    """Marks left out and facts replaced, a cell reads as the localised text does."""
    view = document_view(source)
    for code in ("en", "tc"):
        language = document_context(source).written[code].language
        localised = localise(source, language).document
        assert _shown(_line(view, "title")["cells"][code]) == _words(localised.title)
        for block in localised.body:
            texts = [value for value in vars(block).values() if isinstance(value, LocalisedText)]
            row = next((row for row in view["rows"] if row["id"] == block.id and row["kind"] == block.kind), None)
            if row and texts and len(row["lines"]) == 1:
                assert _shown(row["lines"][0]["cells"][code]) == _words(texts[0])


def _words(text: LocalisedText) -> str:
    return "".join(part.text for part in text_parts(text.content, notes=False))


def _shown(cell: dict[str, Any]) -> str:
    """Return the words that the page shows for a cell, without the numbers of footnotes."""
    encoded, end, words = cell["text"].encode("utf-16-le"), 0, ""
    atoms = [span for span in cell["spans"] if span["kind"] in ("fact", "note", "break")]
    hidden = sorted(
        [(span["start"], span["end"], span["shown"] if span["kind"] == "fact" else "") for span in atoms]
        + [(span["start"], span["inner_start"], "") for span in cell["spans"] if span not in atoms]
        + [(span["inner_end"], span["end"], "") for span in cell["spans"] if span not in atoms]
    )
    for start, stop, replacement in hidden:
        words += encoded[2 * end : 2 * max(start, end)].decode("utf-16-le") + replacement
        end = max(stop, end)
    return words + encoded[2 * end :].decode("utf-16-le")


def test_rows_asked_for_equal_those_of_the_whole(source: Source) -> None:
    context = document_context(source)
    whole = {row["id"]: row for row in rows(context)}
    assert [rows(context, [name]) for name in row_ids(context)] == [[whole[name]] for name in row_ids(context)]


def test_block_without_id_has_its_position() -> None:
    view = _view('body:\n  - id: lead\n    paragraph: {en: "One.", tc: "一。"}\n  - boilerplate: expert-group-background\n')
    assert [row["id"] for row in view["rows"]] == ["title", "lead", "block-2"]
    assert view["rows"][2]["name"] == {"text": "Expert group background"}


def test_missing_text_is_null_and_missing() -> None:
    view = _view('body:\n  - id: lead\n    paragraph: {en: "One."}\n')
    line = _line(view, "lead.paragraph")
    assert line["cells"]["tc"] == {
        "place": "lead.paragraph",
        "lang": "tc",
        "text": None,
        "spans": [],
        "state": {"kind": "missing"},
    }
    assert line["derived"] == {}


def test_draft_has_its_origin_and_gap() -> None:
    view = _view('body:\n  - id: lead\n    paragraph: {en: "One.", tc: "⟦draft: memory 94 %⟧一⟦二⟧。"}\n')
    assert _state(view, "tc") == {"kind": "draft", "origin": "memory", "percent": 94, "gap": True}


def test_text_that_is_one_gap_is_missing() -> None:
    view = _view('body:\n  - id: lead\n    paragraph: {en: "⟦…⟧", tc: "一。"}\n')
    assert _state(view, "en") == {"kind": "missing", "gap": True}


_STATE = """\
translations:
  lead:
    tc: {from: en, texts: ["One."], made: [DIGEST], by: Chan, on: 2018-08-21}
"""


def _with_digest(text: str) -> str:
    from ipdocs.source.basis import digest

    return _STATE.replace("DIGEST", f'"{digest(text, Workspace())}"')


@pytest.mark.parametrize(
    ("english", "chinese", "kind"),
    [("One.", "一。", "confirmed"), ("Two.", "一。", "changed"), ("One.", "二。", "written"), ("Two.", "二。", "written")],
)
def test_state_follows_the_confirmed_words(english: str, chinese: str, kind: str) -> None:
    view = _view(f'body:\n  - id: lead\n    paragraph: {{en: "{english}", tc: "{chinese}"}}\n', _with_digest("一。"))
    assert _state(view, "tc")["kind"] == kind
    assert _state(view, "en") == {"kind": "written"}
    if kind in ("confirmed", "changed"):
        assert (_state(view, "tc")["by"], _state(view, "tc")["on"]) == ("Chan", "2018-08-21")


def test_offsets_count_utf16_units() -> None:
    view = _view('body:\n  - id: lead\n    paragraph: {en: "𠮷 **x**", tc: "一。"}\n')
    (span,) = _line(view, "lead.paragraph")["cells"]["en"]["spans"]
    assert (span["start"], span["inner_start"], span["inner_end"], span["end"]) == (3, 5, 6, 8)


def test_offsets_convert_back() -> None:
    text = "a𠮷b𠮷𠮷c"
    there, back = utf16_offsets(text), character_offsets(text)
    assert [back(there(offset)) for offset in range(len(text) + 1)] == list(range(len(text) + 1))
    assert there(len(text)) == len(text.encode("utf-16-le")) // 2


def test_fact_that_cannot_be_written_shows_its_name() -> None:
    view = _view(
        'body:\n  - id: lead\n    paragraph: {en: "{{ met | money }}", tc: "一"}\n',
        head=f"{_HEAD}facts:\n  met: {{date: 2018-08-21}}\n",
    )
    (span,) = _line(view, "lead.paragraph")["cells"]["en"]["spans"]
    assert span["shown"] == "⟦met⟧"


def test_facts_read_as_people_write_them() -> None:
    values = "{date: 2018-08-21}", "{percent: 3.9}", "{money: HKD 14000000}", "{years: 2018-2019}", "{ordinal: 3}"
    facts = "facts:\n" + "".join(f"  {name}: {value}\n" for name, value in zip("abcde", values, strict=True))
    view = _view('body:\n  - id: lead\n    paragraph: {en: "{{ a | day }} {{ a }} {{ b }}", tc: "{{ a }}"}\n', head=_HEAD + facts)
    assert {fact["name"]: (fact["value"], fact["notation"], fact["uses"]) for fact in view["facts"]} == {
        "a": ("21 Aug 2018", "2018-08-21", 1),
        "b": ("3.9 %", "3.9", 1),
        "c": ("$14 million", "HKD 14000000", 0),
        "d": ("2018 to 2019", "2018-2019", 0),
        "e": ("3rd", "3", 0),
    }
    assert view["facts"][0]["reads"] == {"en": "August 21, 2018", "tc": "二○一八年八月二十一日", "sc": "二○一八年八月二十一日"}


def test_table_cells_have_their_columns() -> None:
    view = document_view(open_source(_EVERYTHING / "release.yaml"))
    line = _line(view, "figures.table.rows.1.0")
    assert (line["row"], line["column"]) == (2, 1)
    assert _line(view, "figures.table.head.1.text")["colspan"] == 2


def test_list_items_have_markers_and_endings() -> None:
    view = document_view(open_source(_EVERYTHING / "release.yaml"))
    inner = _line(view, "numbers.list.items.0.list.items.1.list.items.1")
    assert (inner["level"], inner["marker"]["en"], inner["ending"]["tc"]) == (3, "(ii)", "；")
    assert _line(view, "more.list.items.0.text")["marker"]["en"] == "(6)"


def test_contact_of_each_language_shares_lines() -> None:
    line = _line(document_view(open_source(_EVERYTHING / "release.yaml")), "contact.office")
    assert {code: cell["place"] for code, cell in line["cells"].items()} == {"en": "contact.en.office", "tc": "contact.tc.office"}
    assert line["derived"]["sc"]["text"] == "新闻组"


def test_recurring_text_is_read_only() -> None:
    row = next(row for row in document_view(open_source(_EVERYTHING / "release.yaml"))["rows"] if row["kind"] == "boilerplate")
    assert row["section"] == "expert-group-background"
    assert all(not line["cells"] and set(line["derived"]) == {"en", "tc", "sc"} for line in row["lines"])


def test_footnotes_are_numbered_through_the_document() -> None:
    view = _view(
        'body:\n  - id: lead\n    paragraph: {en: "A[^x] b[^y]", tc: "甲[^x]"}\n'
        '  - id: next\n    paragraph: {en: "C[^x]", tc: "乙[^y]"}\n'
        '  - id: notes\n    footnotes: {x: {en: "X", tc: "X"}, y: {en: "Y", tc: "Y"}}\n'
    )
    shown = [span["shown"] for place in ("lead", "next") for span in _line(view, f"{place}.paragraph")["cells"]["en"]["spans"]]
    assert shown == ["1", "2", "3"]
    assert _line(view, "next.paragraph")["derived"]["sc"]["text"] == "乙2"


def test_derived_words_have_no_marks_of_drafts() -> None:
    view = _view('body:\n  - id: lead\n    paragraph: {en: "One.", tc: "⟦draft: memory⟧𠮷一⟦二⟧。⟦fuzzy 78 %⟧ 三**⟦四**⟧"}\n')
    derived = _line(view, "lead.paragraph")["derived"]["sc"]
    assert derived["text"] == "𠮷一⟦二⟧。三⟦四⟧"
    gaps = [
        (span["start"], span["inner_start"], span["inner_end"], span["end"]) for span in derived["spans"] if span["kind"] == "gap"
    ]
    assert gaps == [(3, 4, 5, 6), (8, 9, 10, 11)]
