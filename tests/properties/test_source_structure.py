"""Changes of structure in sources of many layouts: the values are as intended, and the lines around them stay."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.file import SourceText
from ipdocs.source.kept import Kept
from ipdocs.source.open import Source, SourceContext, parse_source
from ipdocs.source.update import apply_changes
from ipdocs.workspace import Workspace

PATH = Path("release.yaml")
HEAD = 'schema: 1\nkind: press-release\nid: any\nissued: 2018-08-22  # kept\nlanguages: [en, tc]\ntitle: {en: "T", tc: "題"}\n'
LINES = """\
body:
  # above the lead
  - id: lead
    paragraph:
      en: |
        The first line,
        and the second.
      # above the Chinese
      tc: "一"  # behind

  # above the list
  - id: areas
    list:
      style: number
      items:
        # above one
        - en: "One"  # behind one
          tc: '一'
        - text: {en: "Two", tc: "二"}
          list:
            items:
              - en: "Two a"
              - en: "Two b"
        - en: "Three"
    # below the list
  - id: grid
    table:
      head: [{en: "A"}, {en: "B"}]
      rows:
        - - {en: "1"}
          - {en: "2"}
        - - {en: "3"}
          # above four
          - {en: "4"}
  - id: said
    quotation:
      - en: "Said."
  - id: end
    paragraph: {en: "End.", tc: "完。"}
# after the body
contact:
  office: {en: "Office"}
  phone: "1"
"""
UNINDENTED = """\
body:
- id: lead
  paragraph:
    en: "One
      and more"
    tc: >
      一
- id: areas
  list:
    style: number
    items:
    - en: "One"
    -   en: "Two"
        tc: "二"

    # above three
    -
      # inside three
      en: "Three"
- id: grid
  table:
    head:
    - en: "A"
    - en: "B"
    rows:
    - - en: "1"
      - en: "2"
        tc: "2"
    - [{en: "3"}, {en: "4"}]
- id: said
  quotation: [{en: "Said."}]
- id: end
  paragraph: {en: "End.",   # behind
    tc: "完。"}
"""
BRACKETS = """\
body: [  # the body
  {id: lead, paragraph: {en: "One, two # three", tc: "一"}},  # behind the lead
  # above the list
  {id: areas, list: {style: number, items: [{en: "One"}, {en: "Two"},  # behind two
     {en: "Three
       and more"}]}},
  {id: grid, table: {head: [{en: "A"}, {en: "B"}], rows: [[{en: "1"}, {en: "2"}], [{en: "3"}, {en: "4"}]]}},
  {id: said, quotation: [{en: "Said."}]},
  {id: end, paragraph: {en: "End.", tc: "完。"}},
]
contact: {office: {en: "Office"}, phone: "1"}
"""
MIXED = """\
body:
    - {id: lead, paragraph: {en: "One"}}
    - id: areas
      list: {style: number, items: [{en: "One"}, {en: "Two"}, {en: "Three"}]}  # in one line
    - id: grid
      table:
          head: [{en: "A"}, {en: "B"}]
          rows: [[{en: "1"}, {en: "2"}],
                 [{en: "3"}, {en: "4"}]]
    - id: said
      quotation:
          - {en: "Said."}
    - paragraph: {en: "End."}
      id: end"""
LAYOUTS = [LINES, UNINDENTED, BRACKETS, MIXED]
ITEMS = ("body", 1, "list", "items")
ROWS = ("body", 2, "table", "rows")
HEAD_ROW = ("body", 2, "table", "head")
LEAD = ("body", 0, "paragraph")


def parsed(text: str) -> Source:
    return parse_source(SourceText(PATH, text), SourceContext(PATH, Workspace()), draft=True)


layouts = st.builds(
    lambda body, newline, bom: bom + (HEAD + body).replace("\n", newline),
    st.sampled_from(LAYOUTS),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
words = st.text(st.sampled_from("ab 中文，。#:-'\"{}[]%&*!|>@`,?x"), min_size=1, max_size=120).filter(
    lambda text: (
        text.strip() == text
        and "{{" not in text
        and "{%" not in text
        and "{#" not in text
        and "[" not in text
        and "*" not in text
        and "}}" not in text
    )
)
texts = st.dictionaries(st.sampled_from(["en", "tc"]), words, min_size=1)
items = st.one_of(texts, st.builds(Kept, st.integers(0, 2).map(lambda index: (*ITEMS, index))))
blocks = st.one_of(
    texts.map(lambda value: {"paragraph": value}),
    texts.map(lambda value: {"heading": value, "level": "3"}),
    st.lists(items, min_size=1, max_size=3).map(lambda value: {"list": {"intro": {"en": "I"}, "items": value}}),
    st.lists(texts, min_size=1, max_size=3).map(lambda value: {"quotation": value, "by": {"en": "B"}}),
    texts.map(lambda value: {"definitions": [{"term": value, "text": value}]}),
    st.just({"rule": "true"}),
    st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=2).map(lambda rows: {"table": {"rows": rows}}),
)
changes = st.one_of(
    st.builds(
        lambda index, block, number: SourceChanges(insertions=(Insertion(("body",), index, {"id": f"n-{number}", **block}),)),
        st.integers(0, 5),
        blocks,
        st.integers(1, 9),
    ),
    st.builds(lambda index, value: SourceChanges(insertions=(Insertion(ITEMS, index, value),)), st.integers(0, 3), items),
    st.builds(
        lambda indices: SourceChanges(removals=tuple((*ITEMS, i) for i in indices)), st.sets(st.integers(0, 2), max_size=2)
    ),
    st.builds(
        lambda indices: SourceChanges(removals=tuple(("body", i) for i in indices)), st.sets(st.integers(0, 4), max_size=4)
    ),
    st.builds(lambda order: SourceChanges(order=tuple(order), removals=((*ITEMS, 0),)), st.permutations(range(5))),
    st.builds(
        lambda value, where: SourceChanges(
            insertions=tuple(Insertion(keys, where, value) for keys in (HEAD_ROW, (*ROWS, 0), (*ROWS, 1)))
        ),
        texts,
        st.integers(0, 2),
    ),
    st.builds(
        lambda column: SourceChanges(removals=(*((*ROWS, row, column) for row in (0, 1)), ("body", 2, "table", "head", column))),
        st.integers(0, 1),
    ),
    st.builds(lambda row, value: SourceChanges(insertions=(Insertion(ROWS, row, [value, value]),)), st.integers(0, 2), texts),
    st.builds(
        lambda move, target: SourceChanges(
            insertions=(Insertion(ITEMS, target, Kept((*ITEMS, move))),), removals=((*ITEMS, move),)
        ),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    st.builds(
        lambda value: SourceChanges(
            values={(*ITEMS, 0): {"text": Kept((*ITEMS, 0)), "list": {"items": [Kept((*ITEMS, 1)), value]}}},
            removals=((*ITEMS, 1),),
        ),
        items,
    ),
    st.just(SourceChanges(renames={("body", 0, "paragraph"): "heading"})),
    st.just(
        SourceChanges(
            renames={("body", 0, "paragraph"): "quotation"}, values={("body", 0, "paragraph"): [Kept(("body", 0, "paragraph"))]}
        )
    ),
    st.just(
        SourceChanges(
            renames={("body", 3, "quotation"): "paragraph"}, values={("body", 3, "quotation"): Kept(("body", 3, "quotation", 0))}
        )
    ),
    st.just(SourceChanges(values={("body", 1, "list", "start"): "3", ("body", 1, "list", "style"): "letter"})),
    st.builds(lambda value: SourceChanges(values={("body", 1, "list", "intro"): value}), texts),
    st.just(SourceChanges(removals=(("body", 1, "list", "style"),))),
    st.just(SourceChanges(removals=(("body", 4, "paragraph"),), values={("body", 4, "rule"): "true"})),
    st.builds(lambda reason: SourceChanges(values={("body", 4, "absent"): {"tc": reason}}), words),
    st.builds(
        lambda text: SourceChanges(
            texts={(("body", 0, "paragraph"), "en"): text}, insertions=(Insertion(("body",), 1, {"en": text}),)
        ),
        words,
    ),
)


@given(layouts, changes)
def test_any_layout_reads_back(text: str, change: SourceChanges) -> None:
    source = parsed(text)
    changed = apply_changes(source, change).text.text  # compares the values with the intended ones
    assert changed.count("\r") == (changed.count("\n") if "\r\n" in text else 0)
    assert changed.startswith("\ufeff") == text.startswith("\ufeff")
    assert "# kept" in changed
