"""TMX of other tools in the memory: codes get the meaning they have in the text to translate, and are never words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.source.open import open_source
from ipdocs.source.template_text import RenderedFact, rendered_text, template_source
from ipdocs.translation.memory import tmx_codec
from ipdocs.translation.memory.store import import_tmx
from ipdocs.translation.suggestions import MissingText, suggest_translations
from ipdocs.workspace import Workspace

SOURCE = """\
schema: 1
kind: press-release
id: ferry
issued: 2027-05-04
languages: [en]
facts:
  runs: {integer: 48}
  begun: {date: 2027-05-01}
title: {en: "Ferry"}
body:
  - id: a
    paragraph: {en: "{{ runs | number }} sailings a day have been made since {{ begun | day }}."}
  - id: b
    paragraph: {en: "See the **new** [timetable](https://example.org/times) on the pier."}
"""
FACTS_TARGET = "自{{ begun | day }}起每日有{{ runs | number }}班船。"
LINK_TARGET = "請看碼頭上的**新**[班次表](https://example.org/times)。"

# The same two texts, as tools write them: the expected percentage, and the segments of the four variants.
X = "&lt;x{}/&gt;"
FORMS = {
    "OmegaT, from XLIFF": (
        99,
        ("&lt;x0/&gt; sailings a day have been made since &lt;x1/&gt;.", "自&lt;x1/&gt;起每日有&lt;x0/&gt;班船。"),
        (
            "See the &lt;g0&gt;new&lt;/g0&gt; &lt;g1&gt;timetable&lt;/g1&gt; on the pier.",
            "請看碼頭上的&lt;g0&gt;新&lt;/g0&gt;&lt;g1&gt;班次表&lt;/g1&gt;。",
        ),
    ),
    "OmegaT, from PO": (
        100,
        ("{{ runs | number }} sailings a day have been made since {{ begun | day }}.", FACTS_TARGET),
        ("See the **new** [timetable](https://example.org/times) on the pier.", LINK_TARGET),
    ),
    "OmegaT, level 2": (
        99,
        (
            '<ph x="0">&lt;x0/&gt;</ph> sailings a day have been made since <ph x="1">&lt;x1/&gt;</ph>.',
            '自<ph x="1">&lt;x1/&gt;</ph>起每日有<ph x="0">&lt;x0/&gt;</ph>班船。',
        ),
        (
            'See the <bpt i="0" x="0">&lt;g0&gt;</bpt>new<ept i="0">&lt;/g0&gt;</ept> '
            '<bpt i="1" x="1">&lt;g1&gt;</bpt>timetable<ept i="1">&lt;/g1&gt;</ept> on the pier.',
            '請看碼頭上的<bpt i="0" x="0">&lt;g0&gt;</bpt>新<ept i="0">&lt;/g0&gt;</ept>'
            '<bpt i="1" x="1">&lt;g1&gt;</bpt>班次表<ept i="1">&lt;/g1&gt;</ept>。',
        ),
    ),
    "placeholders known by their content": (
        99,
        (
            "<ph>{runs}</ph> sailings a day have been made since <ph>{begun}</ph>.",
            "自<ph>{begun}</ph>起每日有<ph>{runs}</ph>班船。",
        ),
        ("See the <hi>new</hi> <hi>timetable</hi> on the pier.", "請看碼頭上的<hi>新</hi><hi>班次表</hi>。"),
    ),
    "numbers in braces": (
        99,
        ("{1} sailings a day have been made since {2}.", "自{2}起每日有{1}班船。"),
        ("See the {1&gt;new&lt;1} {2&gt;timetable&lt;2} on the pier.", "請看碼頭上的{1&gt;新&lt;1}{2&gt;班次表&lt;2}。"),
    ),
}  # fmt: skip


def tmx(*segments: tuple[str, str], languages: tuple[str, str] = ("EN-GB", "ZH-HK"), head: str = 'srclang="EN-GB"') -> str:
    source_language, target_language = languages
    units = "".join(
        f'<tu><tuv xml:lang="{source_language}"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="{target_language}"><seg>{target}</seg></tuv></tu>'
        for source, target in segments
    )
    doctype = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">'
    return f'<?xml version="1.0"?>{doctype}<tmx version="1.4"><header creationtool="any" {head}/><body>{units}</body></tmx>'


def suggestions(folder: Path, text: str, source: str = SOURCE) -> dict[str, MissingText]:
    """Import a TMX file as approved, and return the suggestions for the source by the name of the text."""
    (folder / "locales").mkdir(exist_ok=True)
    (folder / "ferry.yaml").write_text(source, "utf-8")
    (folder / "other.tmx").write_text(text, "utf-8")
    import_tmx(folder / "other.tmx", Workspace(folder), "approved")
    found = suggest_translations(open_source(folder / "ferry.yaml", draft=True), "tc", cache=folder / "cache")
    return {missing.place.name: missing for missing in found}


def best(missing: MissingText) -> tuple[int, str]:
    (segment,) = missing.segments
    assert segment.match is not None
    return segment.match.percent, template_source(segment.match.target)


@pytest.mark.parametrize("tool", FORMS)
def test_codes_become_the_facts_and_the_markup_of_the_text(tool: str, tmp_path: Path) -> None:
    percent, facts, markup = FORMS[tool]
    found = suggestions(tmp_path, tmx(facts, markup))
    assert best(found["a.paragraph"]) == (percent, FACTS_TARGET)
    assert best(found["b.paragraph"]) == (percent, LINK_TARGET)


def test_text_without_its_codes_is_nearly_the_same(tmp_path: Path) -> None:
    found = suggestions(tmp_path, tmx(("See the new timetable on the pier.", "請看碼頭上的新班次表。")))
    percent, target = best(found["b.paragraph"])
    assert 95 < percent < 100
    assert target == "請看碼頭上的新班次表。"


def test_fact_at_the_end_of_one_text_alone_is_no_close_match(tmp_path: Path) -> None:
    source = SOURCE.replace("Ferry", "Ferry named {{ ship }}").replace(
        "begun:", 'ship: {text: {en: "Queen of the Islands"}}\n  begun:'
    )
    found = suggestions(tmp_path, tmx(("Ferry named", "渡輪命名")), source=source)
    percent, target = best(found["title"])
    assert 75 <= percent < 95
    assert target == "渡輪命名"


@pytest.mark.parametrize(
    ("stored", "text", "place"),
    [
        ("Accidents were seen at the large pier.", "{{ runs | number }} accidents were seen at the large pier.", "this"),
        ("Boats sail at 9am from the small old pier.", "Boats sail from the small old pier.", "the stored"),
        ("Over {{ n | number }} boats sail from the old pier.", "Over boats sail from the old pier.", "the stored"),
    ],
)
def test_a_value_that_one_text_lacks_is_no_close_match(stored: str, text: str, place: str, tmp_path: Path) -> None:
    source = SOURCE.replace("Ferry", text)
    (segment,) = suggestions(tmp_path, tmx((stored, "譯文中有些字。")), source=source)["title"].segments
    assert segment.match is not None
    assert 75 <= segment.match.percent <= 94
    assert segment.match.reason.endswith(f" is stated only in {place} text")


@pytest.mark.parametrize(("code", "reason"), [("<ph>1</ph>", "its codes differ"), ("", "")])
def test_reason_says_that_a_code_is_lost(code: str, reason: str, tmp_path: Path) -> None:
    found = suggestions(
        tmp_path, tmx((f"Ferry {code}services", f"渡輪{code}服務")), source=SOURCE.replace("Ferry", "Ferry services")
    )
    (segment,) = found["title"].segments
    assert segment.match is not None
    assert segment.match.reason == reason


def test_another_number_of_codes_is_left_out_of_the_words(tmp_path: Path) -> None:
    segments = (
        'See the <bpt i="1">[b]</bpt>new timetable<ept i="1">[/b]</ept> on the<ph>[br]</ph> pier.',
        '請看<it pos="begin">[i]</it>碼頭上的<bpt i="1">[b]</bpt>新班次表<ept i="1">[/b]</ept>。<ut>[end]</ut>',
    )
    percent, target = best(suggestions(tmp_path, tmx(segments))["b.paragraph"])
    assert 95 < percent < 100
    assert target == "請看碼頭上的新班次表。"


def test_other_words_stay_a_fuzzy_match(tmp_path: Path) -> None:
    segments = ("&lt;x0/&gt; sailings a week have been made since &lt;x1/&gt;.", "自&lt;x1/&gt;起每周有&lt;x0/&gt;班船。")
    percent, target = best(suggestions(tmp_path, tmx(segments))["a.paragraph"])
    assert 75 <= percent < 97
    assert target == "自{{ begun | day }}起每周有{{ runs | number }}班船。"


def read(folder: Path, text: str, encoding: str = "utf-8", assumed: tuple[str, ...] = ()) -> list[dict[str, str]]:
    path = folder / "other.tmx"
    path.write_bytes(text.replace('version="1.0"', f'version="1.0" encoding="{encoding}"', 1).encode(encoding))
    units = tmx_codec.read_units(path, Workspace(), assumed=assumed)
    return [{code: rendered_text(content) for code, content in unit.texts.items()} for unit in units]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_indented_segments(encoding: str, tmp_path: Path) -> None:
    text = tmx(("\n      Ferries\n      sail.\n    ", "\n      渡輪\n      開航。\n    "), head='srclang="*all*"')
    assert read(tmp_path, text, encoding) == [{"en": "Ferries sail.", "tc": "渡輪開航。"}]


@pytest.mark.parametrize("languages", [("en_GB", "zh_HK"), ("EN", "yue"), ("en-US", "zh_Hant_HK"), ("eng", "zh")])
def test_language_codes_of_other_tools(languages: tuple[str, str], tmp_path: Path) -> None:
    assert read(tmp_path, tmx(("Ferry", "渡輪"), languages=languages)) == [{"en": "Ferry", "tc": "渡輪"}]


@pytest.mark.parametrize("languages", [("", ""), ("x-source", "x-target"), ("en", "zh-TW"), ("English", "Chinese")])
def test_assumed_languages_stand_for_unknown_ones(languages: tuple[str, str], tmp_path: Path) -> None:
    text = tmx(("Ferry", "渡輪"), languages=languages)
    assert read(tmp_path, text) == []
    assert read(tmp_path, text, assumed=("en", "tc")) == [{"en": "Ferry", "tc": "渡輪"}]


def test_another_language_is_not_taken_for_an_assumed_one(tmp_path: Path) -> None:
    assert read(tmp_path, tmx(("Bac", "渡輪"), languages=("fr", "zh-HK")), assumed=("en", "tc")) == []


def test_nested_codes_lose_their_own_words_only(tmp_path: Path) -> None:
    segments = (
        'A <bpt i="1">&lt;a title="<sub>tip</sub>"&gt;</bpt><hi type="x">quay</hi><ept i="1"/> here<ph type="fnote">1</ph>.',
        '此處有<bpt i="1">&lt;a&gt;</bpt>碼<it pos="end"/>頭<ept i="1"/>。',
    )
    assert read(tmp_path, tmx(segments)) == [{"en": "A quay here.", "tc": "此處有碼頭。"}]


def test_tags_of_web_pages_are_codes_and_comparisons_are_words(tmp_path: Path) -> None:
    segments = (
        'Use &lt;b class="x"&gt;less&lt;/b&gt; fuel if 3 &lt; 5.&lt;br/&gt;',
        "如 3 &lt; 5，則&lt;b&gt;減少&lt;/b&gt;燃料。",
    )
    assert read(tmp_path, tmx(segments)) == [{"en": "Use less fuel if 3 < 5.", "tc": "如 3 < 5，則減少燃料。"}]


def test_imported_codes_are_stored_and_read_back(tmp_path: Path) -> None:
    (tmp_path / "locales").mkdir()
    path = tmp_path / "any.tmx"
    path.write_text(tmx(FORMS["OmegaT, level 2"][1], ("{{ runs | number }} boats", "{{ runs | number }}艘船")), "utf-8")
    stored, count, _ = import_tmx(path, Workspace(tmp_path), None)
    imported = [unit.texts for unit in tmx_codec.read_units(path, Workspace())]
    assert count == len(imported) == 2
    assert [unit.texts for unit in tmx_codec.read_units(stored, Workspace(tmp_path))] == imported
    assert imported[1]["en"] == (RenderedFact("runs | number", ""), " boats")


def test_unit_of_codes_alone_is_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, tmx(("<ph>[1]</ph>", "<ph>[1]</ph>"), ("&lt;x0/&gt;", "&lt;x0/&gt;"))) == []
