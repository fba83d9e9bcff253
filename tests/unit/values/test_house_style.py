from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.conversion.characters import wrong_script_characters
from ipdocs.locale.language import Language, language
from ipdocs.locale.style import HouseStyle, house_style
from ipdocs.locale.style_files import style_names
from ipdocs.values.filters import apply_filter
from ipdocs.values.recognise import recognise
from ipdocs.values.types import Date, Integer, Money
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
    assert style_names(SHIPPED) == ["gia", "gia-numerals", "legco", "reprint"]
    assert {tuple(house_style(name, SHIPPED).languages) for name in style_names(SHIPPED)} == {("en", "tc", "sc", "cn")}


def test_simplified_inherits_from_traditional() -> None:
    gia = house_style("gia", SHIPPED).languages
    assert gia["sc"].date == gia["tc"].date
    assert gia["sc"].quotes == gia["tc"].quotes == (("「", "」"), ("『", "』"))
    assert gia["sc"].time.minutes == "ah时mm分"
    assert gia["cn"].quotes == (("“", "”"), ("‘", "’"))
    assert gia["cn"].numerals.date == "arabic"
    assert gia["cn"].numerals.ordinal == "chinese"


def test_shipped_styles_need_no_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading OpenCC would make every command slower."""
    monkeypatch.setattr("ipdocs.locale.conversion.engine.engine", lambda *_: pytest.fail("a style has Traditional characters"))
    values = [
        (name, code, key)
        for name in style_names(SHIPPED)
        for code in ("sc", "cn")
        for key, value in house_style(name, Workspace(tmp_path)).languages[code].model_dump().items()
        if wrong_script_characters(str(value), language(code, SHIPPED))
    ]
    assert values == []


def test_simplified_follows_the_traditional_keys_of_a_style(tmp_path: Path) -> None:
    keys = """large: [萬, 億], no-figures-before: [輛], time: {noon: 正午h時}, money: {KRW: "{}韓圜"}, percent: "百分之{}",
      number: "#,##0.###\""""
    workspace = workspace_with(tmp_path, ours=f"about: x\nbased-on: gia\nlanguages:\n  tc: {{{keys}}}\n  cn: {{large: [亿]}}\n")
    sc, cn = (house_style("ours", workspace).languages[code] for code in ("sc", "cn"))
    assert (sc.large, sc.no_figures_before, sc.time.noon) == (("万", "亿"), ("辆",), "正午h时")
    assert (sc.money["KRW"], sc.money["MOP"], sc.time.midnight) == ("{}韩圜", "{}澳门元", "午夜h时")
    assert (cn.large, cn.no_figures_before, cn.time.noon) == (("亿",), ("辆",), "正午h时")
    assert (cn.percent, cn.number) == ("{}%", "0.###")


def test_the_style_places_the_issue_date() -> None:
    places = {name: (style.release.issued_line, style.release.end_block) for name, style in _shipped().items()}
    assert places == {"gia": (False, True), "gia-numerals": (False, True), "legco": (False, True), "reprint": (True, False)}


def _shipped() -> dict[str, HouseStyle]:
    return {name: house_style(name, SHIPPED) for name in style_names(SHIPPED)}


def test_reprint_spelling_reverses_official_spelling() -> None:
    official = {pair[::-1] for pair in house_style("gia", SHIPPED).languages["en"].spelling}
    reprint = set(house_style("reprint", SHIPPED).languages["en"].spelling)
    # The Government writes cross-boundary only of the boundary with the Mainland.
    assert reprint - {("cross-border", "cross-boundary")} < official
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


@pytest.mark.parametrize("entry", ["lakh", "0.# lakh", "00萬", "0.", ""])
def test_an_unknown_scale_is_refused(entry: str, tmp_path: Path) -> None:
    text = f"about: x\nbased-on: gia\nlanguages:\n  en: {{large: ['{entry}']}}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.large"):
        house_style("ours", workspace_with(tmp_path, ours=text))


def test_an_unknown_babel_locale_is_refused(tmp_path: Path) -> None:
    text = "about: x\nbased-on: gia\nlanguages:\n  en: {cldr: en-Hong-Kong}\n"
    with pytest.raises(IpdocsError, match=r"languages\.en\.cldr.*'en-Hong-Kong'"):
        house_style("ours", workspace_with(tmp_path, ours=text))


def styled(folder: Path, keys: str, code: str = "tc") -> ValueContext:
    """Return the context of a style that is based on gia, with other keys for one language."""
    workspace = workspace_with(folder, ours=f"about: x\nbased-on: gia\nlanguages:\n  {code}: {{{keys}}}\n")
    return ValueContext(language(code, workspace), house_style("ours", workspace))


@pytest.mark.parametrize(
    ("keys", "texts"),
    [
        ('number: "# ##0.###"', ["987", "4\u00a0321", "65\u00a0432"]),
        ('number: "# ##0.###", thousands-from: 5', ["987", "4321", "65\u00a0432"]),
        ('number: "#,##0.###", thousands-from: 5', ["987", "4321", "65,432"]),
        ('number: "0.###"', ["987", "4321", "65432"]),
        ('number: "#,##0.###"', ["987", "4,321", "65,432"]),
    ],
)
def test_thousands_are_set_apart_as_the_style_says(keys: str, texts: list[str], tmp_path: Path) -> None:
    context = styled(tmp_path, keys, "en")
    numbers = [Integer(987), Integer(4_321), Integer(65_432)]
    assert [apply_filter("number", number, (), {}, context) for number in numbers] == texts


@pytest.mark.parametrize("pattern", ["#;##0", "#,##0,#", "# # 0", "#,###", "## 0"])
def test_another_pattern_of_figures_is_refused(pattern: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match=r"languages\.tc\.number: '.*' is not a pattern of figures; write .*# ##0\.###"):
        styled(tmp_path, f"number: '{pattern}'")


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("no-figures-before: 個月", "no-figures-before"),
        ("no-figures-before: ['']", "no-figures-before.0"),
        ("no-figures-before: [12]", "no-figures-before.0"),
        ("thousands-from: 3", "thousands-from"),
        ("thousands-from: five", "thousands-from"),
        ("markers: {letter: '(1)'}", "markers.letter"),
        ("markers: {roman: '(a)'}", "markers.roman"),
        ("markers: {number: '(i)'}", "markers.number"),
        ("markers: {levels: [number, bullet]}", "markers.levels.1"),
        ("markers: {levels: []}", "markers.levels"),
        ("quotes: [[「, 」]]", "quotes"),
        ("accepted-quotes: [[“]]", "accepted-quotes.0"),
        ("money: {hkd: '{}元'}", "money.hkd"),
        ("money: {HKD: '{}'}", "money.HKD"),
        ("percent: '{}'", "percent"),
        ("years: yy年", "years"),
        ("person: {later: '{surename}'}", "person.later"),
        ("dictionaries: [English]", "dictionaries.0"),
        ("ordinals: {feminin: '{}a'}", "ordinals.feminin"),
        ("numerals: {count: roman}", "numerals.count"),
    ],
)
def test_a_wrong_value_is_reported_at_its_key(keys: str, place: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as error:
        styled(tmp_path, keys)
    code, location, message = finding_of(error, tmp_path)
    assert code == "bad-data"
    assert location.startswith("locales/styles/")
    assert message.startswith(f"languages.tc.{place}: ")
    assert not re.search("tuple|string|Input|pattern '", message)


@pytest.mark.parametrize("number", ["0", "-3", "eleven", "''"])
def test_figures_begin_at_a_number_or_never(number: str, tmp_path: Path) -> None:
    with pytest.raises(IpdocsError, match=r"languages\.tc\.figures-from: .* is not a number from 1 on, or never"):
        styled(tmp_path, f"figures-from: {number}")


@pytest.mark.parametrize(
    ("keys", "texts"), [("figures-from: 5", ["四", "5", "20"]), ("figures-from: never", ["四", "五", "二十"])]
)
def test_figures_begin_where_the_style_says(keys: str, texts: list[str], tmp_path: Path) -> None:
    context = styled(tmp_path, keys)
    assert [apply_filter("count", Integer(number), (), {}, context) for number in (4, 5, 20)] == texts
    assert [apply_filter("number", Integer(number), (), {}, context) for number in (4, 5, 20)] == texts


def test_a_measure_word_can_keep_chinese_numerals(tmp_path: Path) -> None:
    context = styled(tmp_path, "no-figures-before: [個月, 輪]")
    written = [
        apply_filter("count", Integer(14), (), {}, replace(context, following=following))
        for following in ("輪談判", "個月內", "個", "次")
    ]
    assert written == ["十四", "十四", "14", "14"]


def test_only_whole_multiples_take_a_scale_with_0(tmp_path: Path) -> None:
    context = styled(tmp_path, "large: [0萬, 0.#億]")
    numbers = (370_000, 375_000, 56_780_000, 120_000_000, 123_000_000)
    texts = ["37萬", "375\u00a0000", "5\u00a0678萬", "1.2億", "123\u00a0000\u00a0000"]
    assert [apply_filter("number", Integer(number), (), {}, context) for number in numbers] == texts


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("7000", "七千元"),
        ("68000", "六萬八千元"),
        ("45", "四十五元"),
        ("7250", "7\u00a0250元"),
        ("36500000", "三千六百五十萬元"),
        ("8.5", "8.5元"),
    ],
)
def test_gia_writes_round_amounts_in_chinese_numerals(amount: str, text: str) -> None:
    context = ValueContext(language("tc", SHIPPED), house_style("gia", SHIPPED))
    assert apply_filter("money", Money("HKD", Decimal(amount)), (), {}, context) == text


def test_a_problem_that_languages_inherit_is_one_finding(tmp_path: Path) -> None:
    with pytest.raises(IpdocsError) as error:
        styled(tmp_path, "numerals: {money: round}")
    code, place, message = finding_of(error, tmp_path)
    assert (code, place) == ("bad-data", "locales/styles/ours.yaml:4:19")
    assert message.startswith("languages.tc.numerals.money: ")


def test_phrases_and_terms_have_the_marks_of_the_style() -> None:
    phrase = "「甲『乙』」（丙）"
    assert house_style("gia", SHIPPED).languages["tc"].write_marks(phrase) == phrase
    assert house_style("legco", SHIPPED).languages["tc"].write_marks(phrase) == "“甲‘乙’”(丙)"
