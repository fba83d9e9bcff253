from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language, language
from ipdocs.locale.style import HouseStyle, house_style, style_names
from ipdocs.values import Setting, apply_filter, recognise
from ipdocs.values.types import Date
from ipdocs.workspace import Workspace

SHIPPED = Workspace()


def workspace_with(folder: Path, **styles: str) -> Workspace:
    """A workspace whose styles are the shipped ones and these."""
    (folder / "locales/styles").mkdir(parents=True)
    for name, text in styles.items():
        (folder / f"locales/styles/{name}.yaml").write_text(text, "utf-8")
    return Workspace(folder)


def message(error: pytest.ExceptionInfo[IpdocsError], folder: Path) -> str:
    return str(error.value).replace(str(folder), "DIR")


def test_three_styles_ship_and_each_has_every_language() -> None:
    assert style_names(SHIPPED) == ["gia", "legco", "reprint"]
    assert {tuple(house_style(name, SHIPPED).languages) for name in style_names(SHIPPED)} == {("en", "tc", "sc", "cn")}


def test_simplified_takes_all_from_traditional_but_what_it_says_itself() -> None:
    gia = house_style("gia", SHIPPED).languages
    assert gia["sc"].date == gia["tc"].date
    assert gia["sc"].quotes == gia["tc"].quotes == (("「", "」"), ("『", "』"))
    assert gia["sc"].time.minutes == "ah时mm分"
    assert gia["cn"].quotes == (("“", "”"), ("‘", "’"))
    assert gia["cn"].numerals.date == "arabic"
    assert gia["cn"].numerals.ordinal == "chinese"


def test_a_release_shows_its_issue_date_where_its_style_says() -> None:
    places = {name: (style.release.issued_line, style.release.end_block) for name, style in _shipped().items()}
    assert places == {"gia": (False, True), "legco": (False, True), "reprint": (True, False)}


def _shipped() -> dict[str, HouseStyle]:
    return {name: house_style(name, SHIPPED) for name in style_names(SHIPPED)}


def test_spelling_pairs_of_the_reprint_are_those_of_the_official_style_turned_round() -> None:
    official = {pair[::-1] for pair in house_style("gia", SHIPPED).languages["en"].spelling}
    reprint = set(house_style("reprint", SHIPPED).languages["en"].spelling)
    assert reprint < official
    assert ("cooperation", "co-operation") in reprint
    assert ("program", "programme") not in reprint


@pytest.mark.parametrize(
    ("style", "items"),
    [("en", (";", "; and", ".")), ("tc", ("；", "；以及", "。")), ("cn", ("；", "；以及", "。"))],
)
def test_list_items_end_as_the_language_ends_them(style: str, items: tuple[str, str, str]) -> None:
    endings = house_style("gia", SHIPPED).languages[style].items
    assert (endings.each, endings.last_but_one, endings.last) == items


def test_a_style_says_only_what_differs_from_its_base(tmp_path: Path) -> None:
    own = 'about: Ours\nbased-on: legco\ndesign: sans\nlanguages:\n  en: {date: {day: "d MMM"}}\n'
    workspace = workspace_with(tmp_path, ours=own)
    style = house_style("ours", workspace)
    assert (style.design, style.languages["en"].date.day, style.languages["en"].percent) == ("sans", "d MMM", "{}%")
    setting = Setting(language("en", workspace), style, Date(2018, 8, 22))
    assert apply_filter("day", Date(2018, 8, 21), (), {}, setting) == "21 Aug"
    assert [slot.surface for slot in recognise("on 21 Aug", setting) if slot.form] == ["21 Aug"]


def test_a_workspaces_style_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    text = Path("locales/styles/legco.yaml").read_text("utf-8") if Path("locales").is_dir() else ""
    workspace = workspace_with(tmp_path, legco=text.replace('percent: "{}%"', 'percent: "{} per cent"', 1))
    assert house_style("legco", workspace).languages["en"].percent == "{} per cent"
    assert house_style("legco", SHIPPED).languages["en"].percent == "{}%"


def test_an_unknown_style_is_told_the_nearest() -> None:
    with pytest.raises(IpdocsError) as error:
        house_style("lecgo", SHIPPED)
    assert str(error.value) == "error[unknown-style]: there is no house style 'lecgo'\n   = hint: did you mean 'legco'?"


@pytest.mark.parametrize("name", ["../styles/gia", "gia.yaml", ""])
def test_a_style_is_named_and_not_a_path(name: str) -> None:
    with pytest.raises(IpdocsError, match="unknown-style"):
        house_style(name, SHIPPED)


def test_styles_based_on_each_other_are_refused(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, one="based-on: two\n", two="based-on: one\n")
    with pytest.raises(IpdocsError) as error:
        house_style("one", workspace)
    assert message(error, tmp_path) == (
        "error[circular-style]: house styles are based on each other: one > two > one\n"
        "  --> DIR/locales/styles/one.yaml:1:1\n"
        "   = hint: end 'based-on' at one"
    )


def test_styles_of_languages_based_on_each_other_are_refused(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    for tag, base in (("en", "tc"), ("zh-Hant-HK", "en")):
        (tmp_path / "locales" / tag).mkdir(parents=True, exist_ok=True)
        (tmp_path / "locales" / tag / "style.yaml").write_text(f"# ours\nbased-on: {base}\n", "utf-8")
    with pytest.raises(IpdocsError) as error:
        house_style("gia", workspace)
    assert message(error, tmp_path) == (
        "error[circular-style]: the styles of languages are based on each other: en > tc > en\n"
        "  --> DIR/locales/zh-Hant-HK/style.yaml:2:1\n"
        "   = hint: end 'based-on' at one"
    )


def test_a_key_nobody_reads_is_refused_with_its_place(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, ours="about: x\nbased-on: gia\nlanguages:\n  en: {percents: '{}%'}\n")
    with pytest.raises(IpdocsError) as error:
        house_style("ours", workspace)
    assert message(error, tmp_path) == (
        "error[bad-data]: languages.en.percents: there is no such key here\n  --> DIR/locales/styles/ours.yaml:4:8\n"
        "   = hint: remove it, or spell it as in the shipped file"
    )


def test_a_style_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match=r"a house style is a mapping of keys and values"):
        house_style("ours", workspace_with(tmp_path, ours="- gia\n"))


def test_a_language_the_style_says_nothing_about_is_a_finding() -> None:
    portuguese = Language(code="pt", tag="pt-MO", name="Português", in_english="Portuguese", script="Latn")
    with pytest.raises(IpdocsError) as error:
        house_style("gia", SHIPPED).of(portuguese)
    assert str(error.value) == (
        "error[style-without-language]: house style 'gia' has no section for 'pt'\n"
        f"  --> {house_style('gia', SHIPPED).file}\n"
        "   = hint: write locales/pt-MO/style.yaml; locales/README.md shows one"
    )


@pytest.mark.parametrize("pattern", ["{post}, {rank}", "{", "{}"])
def test_a_pattern_with_a_blank_nobody_fills_is_refused(pattern: str, tmp_path: Path) -> None:
    text = f"about: x\nbased-on: gia\nlanguages:\n  en: {{person: {{full: '{pattern}'}}}}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.person\.full"):
        house_style("ours", workspace_with(tmp_path, ours=text))


@pytest.mark.parametrize(("key", "bad"), [("percent", "per cent"), ("ordinal", "{0.x}"), ("percent", "{}{}")])
def test_a_pattern_has_one_place_for_its_number(key: str, bad: str, tmp_path: Path) -> None:
    text = f"about: x\nbased-on: gia\nlanguages:\n  en: {{{key}: '{bad}'}}\n"
    with pytest.raises(IpdocsError, match=rf"languages\.en\.{key}: .*one \{{\}} for the number"):
        house_style("ours", workspace_with(tmp_path, ours=text))


def test_a_date_pattern_with_a_letter_nobody_knows_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {date: {day: 'the d of MMMM'}}\n"
    with pytest.raises(IpdocsError) as error:
        house_style("ours", workspace_with(tmp_path, ours=text))
    assert message(error, tmp_path) == (
        "error[bad-data]: languages.en.date.day: 'the d of MMMM' is no pattern of a date or time: "
        "put words of Latin letters in single quotation marks\n"
        "  --> DIR/locales/styles/ours.yaml:4:15\n"
        "   = hint: write it as in the shipped file; locales/README.md says what it means"
    )


def test_a_scale_nobody_knows_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {large: [lakh]}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.large"):
        house_style("ours", workspace_with(tmp_path, ours=text))


def test_a_locale_babel_does_not_have_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {cldr: en-Hong-Kong}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.cldr: there is no locale 'en-Hong-Kong'"):
        house_style("ours", workspace_with(tmp_path, ours=text))
