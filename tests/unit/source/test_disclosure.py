"""Which parts of a document are open, and which are withheld with a restricted part."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import languages
from ipdocs.localisation.localise import localise
from ipdocs.source.changes import Insertion, SourceChanges
from ipdocs.source.disclosure import open_texts, refuse_unless_open, restrictions, withheld_texts
from ipdocs.source.open import Source, open_source
from ipdocs.source.update import write_changes

SOURCE = """\
schema: 1
kind: minutes
id: harbour
languages: [en]
committee: {en: "Harbour Committee"}
meeting: {number: 5, date: 2026-03-10, begins: 10:00, ends: 11:00, venue: {en: "Room 5"}, online: {en: "Code 4711"}}
previous: {number: 4, date: 2026-01-13, amendments: [{en: "amendment one"}, {en: "amendment two"}]}
next: {number: 6, date: 2026-05-12, venue: {en: "Pier 9"}}
facts:
  tower: {text: {en: "Harbour Tower"}}
  outer: {text: {en: "the {{ inner }} wing"}}
  inner: {text: {en: "west"}}
  talks: {person: {name: {en: "Mr HO Ka-ming"}}}
offices:
  works: {name: {en: "Works Office"}}
  legal: {name: {en: "Legal Office"}}
attendance:
  present:
    - {name: {en: "Ms KWOK Lai-yee"}, post: {en: "Member"}}
  in-attendance:
    - {post: {en: "Engineer"}, office: works, items: [piers, deal]}
papers:
  - {id: piers-paper, title: {en: "Piers"}, annex: plan}
  - {id: deal-paper, number: {en: "Paper 2"}, title: {en: "The deal"}, annex: terms}
annexes:
  - {id: plan, title: {en: "Plan of the piers"}, file: plan.pdf}
  - {id: terms, title: {en: "Terms of the deal"}, file: terms.pdf}
body:
  - id: last
    item: {standing: confirmation}
  - id: piers
    item: {heading: {en: "Repair of the piers"}, papers: [piers-paper], presenters: [works]}
  - id: said
    paragraph: {en: "Members noted the report.[^open]"}
  - id: steps
    list: {intro: {en: "Steps:"}, items: [{en: "survey"}, {text: {en: "repair of"}, list: {items: [{en: "the wall"}]}}]}
  - id: deal
    item: {heading: {en: "A deal"}, papers: [deal-paper], presenters: [works]}
  - id: talk
    paragraph: {en: "{{ tower }} is in {{ outer }}, said {{ talks.name }}.[^closed]"}
  - id: write
    action: {what: {en: "Write the terms."}, owner: [legal]}
  - id: notes
    footnotes: {open: {en: "An open note."}, closed: {en: "A closed note."}}
  - id: date
    item: {standing: next-meeting}
"""


def read(tmp_path: Path, *changes: tuple[str, str]) -> Source:
    text = SOURCE
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    (tmp_path / "templates").mkdir(exist_ok=True)
    for name in ("plan.pdf", "terms.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-1.4")
    path = tmp_path / "minutes.yaml"
    path.write_text(text, "utf-8")
    return open_source(path, draft=True)


def withheld(tmp_path: Path, *changes: tuple[str, str]) -> set[str]:
    return {place.name for place in withheld_texts(read(tmp_path, *changes).document)}


DEAL = ("  - id: deal\n", "  - id: deal\n    restricted: true\n")
TALK = ("  - id: talk\n", "  - id: talk\n    restricted: true\n")


def test_minutes_without_a_mark_are_open(tmp_path: Path) -> None:
    source = read(tmp_path)
    assert restrictions(source.document) == {}
    assert withheld_texts(source.document) == []
    assert len(open_texts(source.document)) > 30


def test_footnote_and_facts_of_a_restricted_paragraph(tmp_path: Path) -> None:
    assert withheld(tmp_path, TALK) == {
        "talk.paragraph",
        "notes.footnotes.closed",
        "facts.tower.text",
        "facts.outer.text",
        "facts.inner.text",
        "facts.talks.person.name",
    }


def test_a_fact_named_through_another_stays_open(tmp_path: Path) -> None:
    change = ("Members noted the report.[^open]", "Members saw {{ outer }}.[^open]")
    assert "facts.inner.text" not in withheld(tmp_path, TALK, change)
    assert "facts.tower.text" in withheld(tmp_path, TALK, change)


def test_a_fact_in_a_withheld_footnote_is_withheld(tmp_path: Path) -> None:
    for note, is_withheld in (("open", False), ("closed", True)):
        named = (f'{note}: {{en: "A', f'{note}: {{en: "{{{{ tower }}}} A')
        without = ('en: "{{ tower }} is in', 'en: "It is in')
        assert ("facts.tower.text" in withheld(tmp_path, TALK, without, named)) == is_withheld


def test_a_restricted_item_withholds_what_it_alone_uses(tmp_path: Path) -> None:
    places = withheld(tmp_path, DEAL)
    assert {"deal.item.heading", "talk.paragraph", "write.action.what", "notes.footnotes.closed"} <= places
    assert {"papers.1.title", "papers.1.number", "annexes.1.title", "offices.legal.name"} <= places
    assert not {"papers.0.title", "annexes.0.title", "offices.works.name"} & places


def test_an_open_note_below_a_restricted_item_is_open(tmp_path: Path) -> None:
    places = withheld(tmp_path, DEAL)
    assert "notes.footnotes.closed" in places
    assert "notes.footnotes.open" not in places


def test_a_paper_of_a_restricted_annex_keeps_its_number(tmp_path: Path) -> None:
    for classification in ("restricted", "confidential"):
        change = ("file: terms.pdf", f"file: terms.pdf, classification: {classification}")
        assert withheld(tmp_path, change) >= {"papers.1.title", "annexes.1.title"}
        assert "papers.1.number" not in withheld(tmp_path, change)


def test_an_annex_is_withheld_with_its_only_paper(tmp_path: Path) -> None:
    restricted = ("annex: terms}", "annex: terms, restricted: true}")
    assert "annexes.1.title" in withheld(tmp_path, restricted)
    shared = ('title: {en: "Piers"}, annex: plan}', 'title: {en: "Piers"}, annex: terms}')
    assert "annexes.1.title" not in withheld(tmp_path, restricted, shared)


def test_a_restricted_name_leaves_the_post_open(tmp_path: Path) -> None:
    change = ('post: {en: "Member"}}', 'post: {en: "Member"}, restricted: true}')
    assert withheld(tmp_path, change) == {"attendance.present.0.name"}


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ('{en: "Code 4711"', "meeting.online"),
        ('{en: "amendment two"', "previous.amendments.1"),
        ('{en: "survey"', "steps.list.items.0"),
        ('{en: "the wall"', "steps.list.items.1.list.items.0"),
        ('{en: "Steps:"', "steps.list.intro"),
        ('{en: "An open note."', "notes.footnotes.open"),
        ('{en: "Pier 9"', "next.venue"),
        ('{en: "Write the terms."', "write.action.what"),
    ],
)
def test_any_text_can_be_restricted(tmp_path: Path, before: str, name: str) -> None:
    places = withheld(tmp_path, (before, f"{before}, restricted: true"))
    assert name in places
    assert places - {name} <= {"offices.legal.name"}


def test_a_restricted_list_item_withholds_its_nested_list(tmp_path: Path) -> None:
    places = withheld(tmp_path, ('{en: "repair of"', '{en: "repair of", restricted: true'))
    assert places == {"steps.list.items.1.text", "steps.list.items.1.list.items.0"}


def test_a_picture_is_withheld_with_its_alternative_text(tmp_path: Path) -> None:
    (tmp_path / "pier.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>', "utf-8"
    )
    figure = '  - {id: view, figure: {file: pier.svg, alt: {en: "A pier", restricted: true}, caption: {en: "View"}}}\n'
    places = withheld(tmp_path, ("  - id: deal\n", figure + "  - id: deal\n"))
    assert places == {"view.figure.alt", "view.figure.caption"}


def test_standing_items_withhold_their_statements(tmp_path: Path) -> None:
    last, date = (("  - id: " + name + "\n", "  - id: " + name + "\n    restricted: true\n") for name in ("last", "date"))
    assert withheld(tmp_path, last) >= {"previous.amendments.0", "previous.amendments.1"}
    assert "next.venue" in withheld(tmp_path, date)
    assert ("next",) in restrictions(read(tmp_path, date).document)
    named = ("Members noted the report.", "Members meet on {{ next_held | date }}.")
    assert ("next",) not in restrictions(read(tmp_path, date, named).document)


def test_templates_see_what_is_restricted(tmp_path: Path) -> None:
    source = read(tmp_path, DEAL)
    document = localise(source, languages(source.workspace)["en"]).document
    assert [block.id for block in document.body if block.restricted] == ["deal", "talk", "write"]
    assert [paper.id for paper in document.papers if paper.restricted] == ["deal-paper"]
    assert [annex.id for annex in document.annexes if annex.restricted] == ["terms"]


@pytest.mark.parametrize("classification", ["restricted", "confidential"])
def test_a_classified_document_has_no_open_text(tmp_path: Path, classification: str) -> None:
    source = read(tmp_path, ("id: harbour\n", f"id: harbour\nclassification: {classification}\n"))
    assert open_texts(source.document) == []
    with pytest.raises(IpdocsError, match=f"{classification}: it stays here") as raised:
        refuse_unless_open(source, "it stays here")
    assert raised.value.findings[0].location == source.nodes.locate(("classification",))


def test_a_classification_is_not_a_status(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as raised:
        read(tmp_path, ("id: harbour\n", "id: harbour\nstatus: restricted\n"))
    (finding,) = raised.value.findings
    assert finding.code == "bad-value"
    assert "classification: restricted" in (finding.hint or "")


def test_minutes_can_be_draft_and_confidential(tmp_path: Path) -> None:
    document = read(tmp_path, ("id: harbour\n", "id: harbour\nstatus: draft\nclassification: confidential\n")).document
    assert (document.status, document.classification) == ("draft", "confidential")  # type: ignore[attr-defined]


@pytest.mark.parametrize("mark", ["false", "yes", "[true]", "{}"])
def test_only_true_marks_a_restricted_text(tmp_path: Path, mark: str) -> None:
    with pytest.raises(IpdocsError, match="bad-value"):
        read(tmp_path, ('{en: "survey"', f'{{en: "survey", restricted: {mark}'))


def test_a_fact_cannot_be_restricted_itself(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="restricted-fact"):
        read(tmp_path, ('{en: "Harbour Tower"', '{en: "Harbour Tower", restricted: true'))


def test_only_minutes_have_restricted_texts(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    path = tmp_path / "release.yaml"
    path.write_text(
        "schema: 1\nkind: press-release\nid: r\nissued: 2026-03-10\nlanguages: [en]\n"
        'title: {en: "A title", restricted: true}\nbody:\n  - {id: lead, paragraph: {en: "One.", restricted: true}}\n',
        "utf-8",
    )
    with pytest.raises(IpdocsError) as raised:
        open_source(path)
    assert [(finding.code, finding.location.line) for finding in raised.value.findings if finding.location] == [
        ("not-here", 6),
        ("not-here", 8),
    ]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        (SourceChanges(removals=(("body", 4),)), "talk.paragraph"),
        (SourceChanges(order=(0, 1, 2, 5, 3, 4)), "talk.paragraph"),
        (SourceChanges(texts={(("body", 2, "paragraph"), "en"): "See {{ tower }}.[^open]"}), "facts.tower.text"),
        (SourceChanges(texts={(("body", 2, "paragraph"), "en"): "See.[^open][^closed]"}), "notes.footnotes.closed"),
    ],
)
def test_no_change_opens_withheld_text(tmp_path: Path, changes: SourceChanges, name: str) -> None:
    source = read(tmp_path, DEAL, ("items: [piers, deal]", "items: [piers]"))
    before = source.path.read_bytes()
    with pytest.raises(IpdocsError, match="would-disclose") as raised:
        write_changes(source, changes)
    assert f"'{name}'" in str(raised.value)
    assert source.path.read_bytes() == before


def test_items_before_a_restricted_one_can_change(tmp_path: Path) -> None:
    lines = '}\n      items:\n      - {en: "survey"}\n      - {en: "price", restricted: true}\n      - '
    block = ("    list: {intro:", "    list:\n      intro:"), ('}, items: [{en: "survey"}, ', lines), ("}]}}]}\n", "}]}}\n")
    source = read(tmp_path, *block)
    place = ("body", 3, "list", "items")
    write_changes(source, SourceChanges(insertions=(Insertion(place, 0, {"en": "plan"}),)))
    assert {place.name for place in withheld_texts(open_source(source.path, draft=True).document)} == {"steps.list.items.2"}
    write_changes(open_source(source.path, draft=True), SourceChanges(removals=((*place, 2),)))
    assert withheld_texts(open_source(source.path, draft=True).document) == []


def test_a_translation_is_added_beside_the_mark(tmp_path: Path) -> None:
    source = read(tmp_path, ('{en: "survey"', '{en: "survey", restricted: true'))
    write_changes(source, SourceChanges(texts={(("body", 3, "list", "items", 0), "tc"): "測量"}))
    assert '{en: "survey", tc: "測量", restricted: true}' in source.path.read_text("utf-8")
