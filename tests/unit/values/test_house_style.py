from __future__ import annotations

from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.language import Language, language
from ipdocs.locale.style import HouseStyle, house_style
from ipdocs.locale.style_files import style_names
from ipdocs.values.filters import apply_filter
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

SHIPPED = Workspace()


def workspace_with(folder: Path, **styles: str) -> Workspace:
    """Return a workspace with some styles besides the shipped ones."""
    (folder / "locales/styles").mkdir(parents=True)
    for name, text in styles.items():
        (folder / f"locales/styles/{name}.yaml").write_text(text, "utf-8")
    return Workspace(folder)


def finding_of(error: pytest.ExceptionInfo[IpdocsError], folder: Path) -> tuple[str, str, str]:
    """Return the code, place and message of the only finding of an error, with the place relative to a folder."""
    (finding,) = error.value.findings
    return finding.code, str(finding.location).removeprefix(f"{folder}/"), finding.message


def test_each_shipped_style_has_every_language() -> None:
    assert style_names(SHIPPED) == ["gia", "legco", "reprint"]
    assert {tuple(house_style(name, SHIPPED).languages) for name in style_names(SHIPPED)} == {("en", "tc", "sc", "cn")}


def test_simplified_inherits_from_traditional() -> None:
    gia = house_style("gia", SHIPPED).languages
    assert gia["sc"].date == gia["tc"].date
    assert gia["sc"].quotes == gia["tc"].quotes == (("「", "」"), ("『", "』"))
    assert gia["sc"].time.minutes == "ah时mm分"
    assert gia["cn"].quotes == (("“", "”"), ("‘", "’"))
    assert gia["cn"].numerals.date == "arabic"
    assert gia["cn"].numerals.ordinal == "chinese"


def test_the_style_places_the_issue_date() -> None:
    places = {name: (style.release.issued_line, style.release.end_block) for name, style in _shipped().items()}
    assert places == {"gia": (False, True), "legco": (False, True), "reprint": (True, False)}


def _shipped() -> dict[str, HouseStyle]:
    return {name: house_style(name, SHIPPED) for name in style_names(SHIPPED)}


def test_reprint_spelling_reverses_official_spelling() -> None:
    official = {pair[::-1] for pair in house_style("gia", SHIPPED).languages["en"].spelling}
    reprint = set(house_style("reprint", SHIPPED).languages["en"].spelling)
    assert reprint < official
    assert ("cooperation", "co-operation") in reprint
    assert ("program", "programme") not in reprint


@pytest.mark.parametrize(
    ("style", "items"),
    [("en", (";", "; and", ".")), ("tc", ("；", "；及", "。")), ("cn", ("；", "；及", "。"))],
)
def test_list_items_have_the_endings_of_the_language(style: str, items: tuple[str, str, str]) -> None:
    endings = house_style("gia", SHIPPED).languages[style].items
    assert (endings.each, endings.last_but_one, endings.last) == items


def test_a_style_inherits_from_its_base(tmp_path: Path) -> None:
    text = 'about: Ours\nbased-on: legco\ndesign: sans\nlanguages:\n  en: {date: {day: "d MMM"}}\n'
    workspace = workspace_with(tmp_path, ours=text)
    style = house_style("ours", workspace)
    assert (style.design, style.languages["en"].date.day, style.languages["en"].percent) == ("sans", "d MMM", "{}%")
    value_context = ValueContext(language("en", workspace), style, Date(2018, 8, 22))
    assert apply_filter("day", Date(2018, 8, 21), (), {}, value_context) == "21 Aug"
    assert [value_span.surface for value_span in recognise("on 21 Aug", value_context) if value_span.form] == ["21 Aug"]


def test_a_workspace_style_replaces_the_shipped_one(tmp_path: Path) -> None:
    text = Path("locales/styles/legco.yaml").read_text("utf-8") if Path("locales").is_dir() else ""
    workspace = workspace_with(tmp_path, legco=text.replace('percent: "{}%"', 'percent: "{} per cent"', 1))
    assert house_style("legco", workspace).languages["en"].percent == "{} per cent"
    assert house_style("legco", SHIPPED).languages["en"].percent == "{}%"


def test_an_unknown_style_suggests_a_similar_one() -> None:
    with pytest.raises(IpdocsError) as error:
        house_style("lecgo", SHIPPED)
    (finding,) = error.value.findings
    assert finding.code == "unknown-style"
    assert "'lecgo'" in finding.message
    assert "'legco'" in str(finding.hint)


@pytest.mark.parametrize("name", ["../styles/gia", "gia.yaml", ""])
def test_a_style_name_is_not_a_path(name: str) -> None:
    with pytest.raises(IpdocsError, match="unknown-style"):
        house_style(name, SHIPPED)


def test_styles_based_on_each_other_are_refused(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, one="based-on: two\n", two="based-on: one\n")
    with pytest.raises(IpdocsError) as error:
        house_style("one", workspace)
    code, place, message = finding_of(error, tmp_path)
    assert (code, place) == ("circular-style", "locales/styles/one.yaml:1:1")
    assert "one > two > one" in message


def test_styles_of_languages_based_on_each_other_are_refused(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path)
    for tag, base in (("en", "tc"), ("zh-Hant-HK", "en")):
        (tmp_path / "locales" / tag).mkdir(parents=True, exist_ok=True)
        (tmp_path / "locales" / tag / "style.yaml").write_text(f"# ours\nbased-on: {base}\n", "utf-8")
    with pytest.raises(IpdocsError) as error:
        house_style("gia", workspace)
    code, place, message = finding_of(error, tmp_path)
    assert (code, place) == ("circular-style", "locales/zh-Hant-HK/style.yaml:2:1")
    assert "en > tc > en" in message


def test_an_unknown_key_is_refused_with_its_place(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, ours="about: x\nbased-on: gia\nlanguages:\n  en: {percents: '{}%'}\n")
    with pytest.raises(IpdocsError) as error:
        house_style("ours", workspace)
    code, place, message = finding_of(error, tmp_path)
    assert (code, place) == ("bad-data", "locales/styles/ours.yaml:4:8")
    assert "languages.en.percents" in message


def test_a_style_that_is_not_a_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match="bad-data"):
        house_style("ours", workspace_with(tmp_path, ours="- gia\n"))


def test_a_language_without_a_style_section_is_a_finding() -> None:
    portuguese = Language(code="pt", tag="pt-MO", name="Português", in_english="Portuguese", script="Latn")
    with pytest.raises(IpdocsError) as error:
        house_style("gia", SHIPPED).for_language(portuguese)
    (finding,) = error.value.findings
    assert (finding.code, str(finding.location)) == ("style-without-language", f"{house_style('gia', SHIPPED).file}:6:1")
    assert "'gia'" in finding.message
    assert "'pt'" in finding.message
    assert "locales/pt-MO/style.yaml" in str(finding.hint)


@pytest.mark.parametrize("pattern", ["{post}, {rank}", "{", "{}"])
def test_a_pattern_with_an_unknown_field_is_refused(pattern: str, tmp_path: Path) -> None:
    text = f"about: x\nbased-on: gia\nlanguages:\n  en: {{person: {{full: '{pattern}'}}}}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.person\.full"):
        house_style("ours", workspace_with(tmp_path, ours=text))


@pytest.mark.parametrize(("key", "bad"), [("percent", "per cent"), ("ordinal", "{0.x}"), ("percent", "{}{}")])
def test_a_pattern_has_one_place_for_its_number(key: str, bad: str, tmp_path: Path) -> None:
    text = f"about: x\nbased-on: gia\nlanguages:\n  en: {{{key}: '{bad}'}}\n"
    with pytest.raises(IpdocsError, match=rf"languages\.en\.{key}"):
        house_style("ours", workspace_with(tmp_path, ours=text))


def test_a_date_pattern_with_an_unknown_letter_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {date: {day: 'the d of MMMM'}}\n"
    with pytest.raises(IpdocsError) as error:
        house_style("ours", workspace_with(tmp_path, ours=text))
    code, place, message = finding_of(error, tmp_path)
    assert (code, place) == ("bad-data", "locales/styles/ours.yaml:4:15")
    assert "languages.en.date.day" in message
    assert "'the d of MMMM'" in message


def test_an_unknown_scale_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {large: [lakh]}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.large"):
        house_style("ours", workspace_with(tmp_path, ours=text))


def test_an_unknown_babel_locale_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {cldr: en-Hong-Kong}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.cldr.*'en-Hong-Kong'"):
        house_style("ours", workspace_with(tmp_path, ours=text))
