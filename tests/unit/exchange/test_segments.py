"""Split texts, notes and edits inside codes in XLIFF files of translation tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.source.segment import Ref
from ipdocs.translation.formats import xliff1, xliff2, xliff2_reader
from ipdocs.translation.job import ReturnedFile, ReturnedUnit

ONE = (
    f'<xliff xmlns="{xliff1.CORE}" xmlns:t="urn:tool" version="1.2"><file original="d" target-language="zh-Hant-HK"><body>'
    "{}</body></file></xliff>"
)
TWO = (
    f'<xliff xmlns="{xliff2.CORE}" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:t="urn:tool" version="2.1" '
    f'trgLang="x"><file id="f" original="d">{{}}</file></xliff>'
)


def read_one(tmp_path: Path, body: str) -> ReturnedFile:
    path = tmp_path / "x.xlf"
    path.write_text(ONE.format(body), "utf-8")
    return xliff1.read(path)


def read_two(tmp_path: Path, body: str) -> ReturnedFile:
    path = tmp_path / "x.xlf"
    path.write_text(TWO.format(body), "utf-8")
    return xliff2_reader.read(path)


def unit_one(tmp_path: Path, source: str, target: str) -> ReturnedUnit:
    segments = f"<source>x</source><seg-source>{source}</seg-source><target>{target}</target>"
    return read_one(tmp_path, f'<trans-unit id="1">{segments}</trans-unit>').units[0]


def unit_two(tmp_path: Path, segments: str) -> ReturnedUnit:
    return read_two(tmp_path, f'<unit id="1" name="a">{segments}</unit>').units[0]


def seg(number: int, text: str) -> str:
    return f'<mrk mtype="seg" mid="{number}">{text}</mrk>'


def text(unit: ReturnedUnit) -> str:
    return "".join(part if isinstance(part, str) else f"‹{getattr(part, 'id', '')}›" for part in unit.target or ())


@pytest.mark.parametrize(
    ("source", "target", "result"),
    [
        (f"{seg(0, 'One.')} {seg(1, 'Two.')}", f"{seg(0, '一。')} {seg(1, '二。')}", "一。二。"),
        (f"{seg(0, 'One.')} {seg(1, 'Two.')}", f"{seg(0, '一。')}{seg(1, '二。')}", "一。二。"),
        (f"{seg(0, '一。')}{seg(1, '二。')}", f"{seg(0, 'One.')}{seg(1, 'Two.')}", "One. Two."),
        (f"{seg(0, '一。')}{seg(1, '二。')}", f"{seg(0, 'Um.')}\n  {seg(1, 'Dois.')}", "Um. Dois."),
        (f"{seg(0, 'One.')} {seg(1, 'Two.')}", f"{seg(0, 'Um.')}{seg(1, 'Dois.')}", "Um. Dois."),
        (f"{seg(0, 'well-')}{seg(1, 'known')}", f"{seg(0, 'bem-')}{seg(1, 'vindo')}", "bem-vindo"),
        (f"{seg(0, 'One.')} {seg(1, 'Two.')}", f"{seg(0, '見IPD。')} {seg(1, 'IPD在此。')}", "見IPD。IPD在此。"),
        (f"{seg(0, 'A')} {seg(1, 'B')}", f"{seg(0, '他說：“一。”')} {seg(1, '“二。”')}", "他說：“一。”“二。”"),
        (f"{seg(0, 'A')} – {seg(1, 'B')}", f"{seg(0, 'C')} – {seg(1, 'D')}", "C – D"),
        (f"{seg(0, 'A')}<x id='1'/>{seg(1, 'B')}", f"{seg(0, '甲')}<x id='1'/>{seg(1, '乙')}", "甲‹1›乙"),
        (f"<g id='1'>{seg(0, 'A.')} {seg(1, 'B.')}</g>", f"<g id='1'>{seg(0, '甲。')} {seg(1, '乙。')}</g>", "‹1›甲。乙。‹1›"),
    ],
)
def test_segments_are_joined_as_the_language_writes(source: str, target: str, result: str, tmp_path: Path) -> None:
    unit = unit_one(tmp_path, source, target)
    assert (text(unit), unit.missing_count) == (result, 0)


@pytest.mark.parametrize(
    ("source", "target", "result", "missing"),
    [
        (f"{seg(0, 'A.')} {seg(1, 'B.')}", f"{seg(0, '甲。')} {seg(1, '')}", "甲。⟦B.⟧", 1),
        (f"{seg(0, 'A.')} {seg(1, 'B.')}", f"{seg(1, '乙。')}", "⟦A.⟧乙。", 1),
        (f"{seg(0, 'A.')} {seg(1, 'B.')} {seg(2, 'C.')}", f"{seg(1, 'E.')}", "⟦A.⟧ E. ⟦C.⟧", 2),
        (f"{seg(0, 'A.')} {seg(1, 'B.')}", f"{seg(0, ' ')} {seg(1, '')}", "", 0),
        (f"{seg(0, 'A.')} {seg(1, '…')}", f"{seg(0, '甲。')} {seg(1, '')}", "甲。…", 0),
        ("", f"{seg(0, '甲。')} {seg(1, '')}", "甲。⟦…⟧", 1),
        (f"{seg(0, 'A.')} {seg(1, 'B.')}", "甲。乙。", "甲。乙。", 0),
    ],
)
def test_segments_without_a_translation(source: str, target: str, result: str, missing: int, tmp_path: Path) -> None:
    unit = unit_one(tmp_path, source, target)
    assert (text(unit).strip(), unit.missing_count) == (result, missing)


@pytest.mark.parametrize(
    ("segments", "result", "missing"),
    [
        ("S 甲。 I S 乙。", "甲。乙。", 0),
        ("S One. S Two.", "One. Two.", 0),
        ("S One. I S Two.", "One. Two.", 0),
        ("S 甲。 I S -", "甲。⟦X.⟧", 1),
        ("S - I S -", "", 0),
    ],
)
def test_segments_of_xliff_2(segments: str, result: str, missing: int, tmp_path: Path) -> None:
    body = ""
    for part in segments.split():
        if part == "I":
            body += "<ignorable><source> </source></ignorable>"
        elif part != "S":
            body += f"<segment><source>X.</source>{f'<target>{part}</target>' if part != '-' else ''}</segment>"
    unit = unit_two(tmp_path, body)
    assert (text(unit), unit.missing_count) == (result, missing)


def test_order_of_segments(tmp_path: Path) -> None:
    def segment(words: str, order: str) -> str:
        return f"<segment><source>x</source><target{order}>{words}</target></segment>"

    ordered = segment("一。", ' order="3"') + segment("二。", "") + segment("三。", ' order="1"')
    assert text(unit_two(tmp_path, ordered)) == "三。二。一。"
    assert text(unit_two(tmp_path, segment("一。", ' order="x"') + segment("二。", ""))) == "一。二。"


def test_codes_between_segments_are_kept_once(tmp_path: Path) -> None:
    segment = "<segment><source>x</source><target>{}</target></segment>"
    between = '<ignorable><source><ph id="1"/> </source></ignorable>'
    assert text(unit_two(tmp_path, segment.format("一") + between + segment.format("二"))) == "一‹1›二"
    assert text(unit_two(tmp_path, segment.format('一<ph id="1"/>') + between + segment.format("二"))) == "一‹1›二"


def test_notes_in_every_place_of_xliff_1(tmp_path: Path) -> None:
    unit = (
        '<trans-unit id="1"><source>a</source><target>甲<mrk mtype="x-c" comment="in mrk">乙</mrk></target><note>of unit</note>'
        '<note from="ipdocs">exported</note><alt-trans><target>x</target><note>of match</note></alt-trans>'
        "<t:comment>of tool</t:comment><t:data>7</t:data></trans-unit>"
    )
    returned = read_one(tmp_path, f"<group><note>of group</note>{unit}</group>")
    assert sorted(filter(None, returned.units[0].notes)) == ["exported", "in mrk", "of match", "of tool", "of unit"]
    assert [note.text for note in returned.notes] == ["of group"]


def test_notes_in_every_place_of_xliff_2(tmp_path: Path) -> None:
    metadata = "<mda:metadata><mda:metaGroup><mda:meta type='t'>of metadata</mda:meta></mda:metaGroup></mda:metadata>"
    notes = '<notes><note id="n1" appliesTo="target">of unit</note><note category="ipdocs">exported</note></notes>'
    target = '甲<mrk id="m" type="comment" value="in mrk">乙</mrk><sm id="s" type="comment" value="in sm"/><em startRef="s"/>'
    unit = f"<unit id='1'>{metadata}{notes}<segment><source>a</source><target>{target}</target></segment></unit>"
    returned = read_two(
        tmp_path, f"<notes><note>of file</note></notes><group id='g'><notes><note>of group</note></notes>{unit}</group>"
    )
    assert sorted(returned.units[0].notes) == ["exported", "in mrk", "in sm", "of metadata", "of unit"]
    assert [note.text for note in returned.notes] == ["of file", "of group"]


@pytest.mark.parametrize(
    "unit",
    [
        "<source>a</source><target>甲</target>lost",
        "<source>a</source><target>甲</target><target>lost</target>",
        "<source>a</source><target>甲</target><unknown>lost</unknown>",
        "lost<source>a</source><target>甲</target>",
    ],
)
def test_text_in_an_unknown_place_is_reported(unit: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match=r"text-unaccounted.*lost"):
        read_one(tmp_path, f'<trans-unit id="1">{unit}</trans-unit>')
    with pytest.raises(IpdocsError, match=r"text-unaccounted.*lost"):
        read_two(tmp_path, f'<unit id="1"><segment>{unit}</segment></unit>')


def test_processing_instructions_are_no_words(tmp_path: Path) -> None:
    unit = read_one(tmp_path, '<trans-unit id="1"><source>a</source><target>甲<?tool here?>乙</target></trans-unit>').units[0]
    assert text(unit) == "甲乙"


def test_texts_in_codes_are_read(tmp_path: Path) -> None:
    body = '<ph id="1" equiv-text="14">十五</ph><x id="2" equiv-text="八"/><it id="3" pos="open">i</it>甲<it id="3" pos="close"/>'
    unit = read_one(tmp_path, f'<trans-unit id="1"><source>a</source><target>{body}</target></trans-unit>').units[0]
    codes = [(part.id, part.role, part.display) for part in unit.target or () if isinstance(part, Ref)]
    assert codes == [("1", "alone", "十五"), ("2", "alone", "八"), ("3", "open", "i"), ("3", "close", None)]
