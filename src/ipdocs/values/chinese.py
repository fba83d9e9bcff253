"""Recognise values in Chinese text of both scripts, with one pattern and a function for each kind of value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, partial

from ipdocs.values import date_readers
from ipdocs.values.form import Form, Numerals
from ipdocs.values.idioms import IDIOMS
from ipdocs.values.numbers import FIGURE, SCALES, UNIT
from ipdocs.values.numerals import TO_ARABIC, TO_TRADITIONAL, read_chinese
from ipdocs.values.types import Decimal as DecimalValue
from ipdocs.values.types import Integer, Label, Money, Ordinal, Percent, Value, integer_or_decimal, without_trailing_zeros
from ipdocs.values.value_span import (
    ReadingContext,
    ValueSpan,
    combine_patterns,
    label_reader,
    matched_group,
    read_figure,
    span_of_group,
)

CURRENCIES = {
    "港元": "HKD",
    "港幣": "HKD",
    "港币": "HKD",
    "HK$": "HKD",
    "美元": "USD",
    "US$": "USD",
    "人民幣": "CNY",
    "人民币": "CNY",
    "RMB": "CNY",
    "歐元": "EUR",
    "欧元": "EUR",
    "英鎊": "GBP",
    "英镑": "GBP",
    "日圓": "JPY",
    "日圆": "JPY",
    "日元": "JPY",
    "澳門元": "MOP",
    "澳门元": "MOP",
}
"""Currencies, keyed by the words before or after an amount; 元 and $ alone mean `ReadingContext.currency`."""

IMPLIED_VALUES: dict[str, Value] = {
    "雙": Integer(2),
    "双": Integer(2),
    "兩": Integer(2),
    "两": Integer(2),
    "半": DecimalValue(Decimal("0.5")),
    "首": Ordinal(1),
}
"""Words that imply a fixed value; such a word cannot be rewritten for another number."""

_DIGIT = "[零○〇一二三四五六七八九]"
_CHINESE = "[一二兩两三四五六七八九十廿卅](?:[零○〇一二兩两三四五六七八九十萬万億亿]|百(?!帕)|千(?![克瓦兆帕卡赫]))*"
_ARABIC = FIGURE
# 千 in 千克 is part of the unit: 5千克 is 5 kilograms.
_SCALE = "[萬万][億亿]|[百千][萬万]|[萬万億亿]|千(?![克米瓦兆帕卡赫伏安焦])"
_MORE = "多|餘|余"
# Numerals in the names of substances, such as 二氧化碳.
_CHEMISTRY = (
    "[一二三四五六七八九十](?:氧|硫化|氯|氟|溴|碘|甲[苯基胺酸醇醚酚]|乙[二烯基胺酸醇醚酚]|丙[烷烯醇基胺酸酮]|丁[烷烯醇基]|聚氰"
    "|胺|烷|烯|苯|噁|硝|氫|氢|磷酸|氮|酚|醚)|[三六][價价](?=[鉻铬砷])"
)
_TO = "至|到|-|–|—|～|／"
_JOIN = f"及|和|與|与|、|{_TO}"
_YEAR = rf"[12]\d{{3}}|[一二]{_DIGIT}{{3}}"
_MONTH = r"十[一二]?|[一二三四五六七八九]|\d\d?"
_DAY = r"[一二三四五六七八九十廿卅]{1,3}|\d\d?"
_MINUTE = r"[零○〇一二三四五六七八九十]{1,3}|\d\d?"
_PART_OF_DAY = "凌晨|清晨|早上|中午|正午|傍晚|晚上|午夜"
_WEEKDAY = "星期[一二三四五六日]"
_SHORT_MONTH = rf"(?:{_MONTH})月"
# Another day after 星期一, unless the numeral has a measure word of its own: 星期三、四名男子 is Wednesday and four men.
_NEXT_DAY_OF_WEEK = (
    "(?:[、及和與与至到][一二三四五六日]"
    "(?![一二三四五六七八九十百千萬万成月日名個个人時时點点次間间宗年歲岁元倍度號号樓楼份項项件位天]))+"
)
_AFTER_COUNT = (
    "個个名人位宗項项間间家所元港美歐欧英日萬万億亿千百多餘余幾几份公平立方米呎尺里厘毫噸吨克升度次天月號号分時时小秒年歲岁倍座輛辆架艘張张條条"
    "棵株隻只頭头戶户幢棟栋層层級级卷冊册頁页篇首場场枝支枚粒包箱瓶罐盒袋尾單单起組组批輪轮部台臺門门種种類类樣样對对雙双套件塊块片段步字票點点戰战"
    "成至到或及和與与之的以左上下不熱热聯联"
)
_CURRENCY_AFTER = "港元|美元|歐元|欧元|英鎊|英镑|日圓|日圆|日元|澳門元|澳门元|元(?![旦朗素首宵件老])"
_CURRENCY_BEFORE = r"港幣|港币|人民幣|人民币|HK\$|US\$|RMB|\$"


def _number_pattern(kind: str, suffix: str = "") -> str:
    """Return the pattern of a number: digits with an optional scale word, or Chinese numerals, each with an optional 多.

    The names of the groups begin with `kind` and end with `suffix`.
    """
    return (
        rf"(?:(?P<{kind}_n{suffix}>{_ARABIC})(?:(?![A-Za-z0-9/]|[.,:]\d)|(?={UNIT}))(?P<{kind}_more{suffix}>{_MORE})?(?P<{kind}_scale{suffix}>{_SCALE})?(?P<{kind}_rest{suffix}>\d[\d,]*[萬万千])?"
        rf"|(?P<{kind}_chinese{suffix}>{_CHINESE}|零(?=[點点]))(?:[點点](?P<{kind}_decimals{suffix}>{_DIGIT}+))?"
        rf"(?P<{kind}_chinese_more_scale{suffix}>(?:{_MORE})?(?:{_SCALE})?))(?P<{kind}_trailing_more{suffix}>(?:{_MORE})(?![蔭荫]))?"
    )


def _hour_pattern(kind: str, suffix: str = "", letter: str = "h") -> str:
    """Return the pattern of an hour and optional minutes, on the 12-hour clock (letter h) or the 24-hour clock (H)."""
    return rf"(?P<{kind}_{letter}{suffix}>{_DAY})[時时](?:(?P<{kind}_m{suffix}>{_MINUTE})分|半|正)?"


# At each position the patterns are tried in this order, and the first match decides. A group named <kind>_<letter>,
# such as date_y, is a CLDR field (see fields.py); <kind>_z is empty and marks where the end of a range begins. Only the
# readers below use other groups, such as money_scale.
_PATTERNS: dict[str, str] = {
    "skip": r"\{\{.*?\}\}|https?://[!-~]+|www\.[!-~]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9_.-]+|"
    + "|".join(IDIOMS)
    + f"|一[點点](?!{_DIGIT})|十分(?!之|一(?![致般直樣样])|鐘|钟)|[五六七八九]旬|"
    f"(?:[七八九]十|[零○〇]{{2}}|(?<!\\d)[0789]0)[後后](?![0-9一二三四五六七八九十來来續续])|{_CHEMISTRY}",
    "file_number": r"(?:[A-Z]{2,}\(\d+\))?\d+/\d\d-\d\d(?:\(\d+\))?(?![A-Za-z0-9年])|\d+(?:\+\d+)+(?![\d.萬万億亿])",
    "named": rf"第(?P<named_n>\d[0-9A-Za-z/().-]*|{_CHINESE}|[IVXLC]+)(?=[條条章段款頁页號号期節节類类級级線线]|部分|階段|阶段)"
    rf"|(?:附件|附錄|附录|附表|熱線|热线|電話|电话|傳真|传真)[：:]?(?P<named_n1>\d[\d -]*\d|\d|{_CHINESE}|[IVXLC]+)"
    rf"|(?P<named_n2>\d+[A-Z]?|{_CHINESE})(?=[號号室座](?!稱|称)|字?[樓楼])"
    # Notes, tables and figures, school years and grades.
    r"|[註注](?P<named_n10>\d\d?|[一二三四五六七八九十]{1,3})(?=[：:）)，、。及至和])"
    r"|(?<![代發发列外填年報报])[表圖图](?P<named_n11>\d\d?|[一二三四五六七八九十]{1,3})(?=[載载列顯显示）)，、。：:及至和的所中])"
    r"|(?:(?<=小)(?<![縮缩減减大最細细微]小)|(?<=中)(?<![其集之當当空途口手心]中))(?P<named_n12>[一二三四五六七])(?=[學学生至入派及畢毕、，。級级])"
    r"|(?<![一二三四五六七八九十第])(?P<named_n13>[一二三四五])(?=[級级](?:歷|历|然|編|编|榮|荣|勞|劳|工|助|校|警|消|關|关|火|督|議|议|行|私|文|翻|醫|医|法|演|建))"
    # Numbers of an enumeration: （一） … （二） …, and 1. or 一、 at the start of a text.
    r"|(?<=[（(])(?P<named_n3>\d\d?|[一二三四五六七八九十]{1,3})(?=[）)])"
    r"|立法[會会](?P<named_n9>[一二三四五六七八九十]{1,3})(?=[題题])"
    rf"|(?:流動圖書館|流动图书馆)(?P<named_n5>{_CHINESE}|\d+)|路[線线](?P<named_n8>\d+[A-Z]?)(?![條条個个])"
    r"|(?:致電|致电)(?P<named_n6>1\d\d ?\d{3}(?!\d)|\d{3,5}(?![\d萬万千名個个宗間间]|[ -]\d)|\d+[A-Z]?(?=[，。、）]))"
    r"|(?P<named_n7>1\d{4}|18\d \d{3}|1\d{3})(?=[」）]?[\u4e00-\u9fff]{0,8}(?:熱線|热线|聯絡中心|联络中心))"
    r"|(?<![\s\S])(?P<named_n4>\d\d?|[一二三四五六七八九十]{1,3})(?=[.．] |[．、](?!\d))",
    "years": rf"(?P<years_y>{_YEAR})年?(?:{_TO}|/)(?P<years_z>)"
    rf"(?P<years_y1>{_YEAR}|\d\d|{_DIGIT}{{2}})(?![\d月百千-]|年代)(?:年度?)?",
    "phone": r"(?:\+\d{1,3} |\(\d{3}\) ?|（\d{3}）)?\d{4}[ -]\d{4}(?!\d)|\d{3} \d\d \d\d(?!\d)",
    "series": rf"(?:(?:{_YEAR})年)?{_SHORT_MONTH}(?:{_DAY})日?(?:、(?:{_SHORT_MONTH})?(?:{_DAY})日?)+"
    rf"(?:[、及和與与]|以及){{1,2}}(?:{_SHORT_MONTH})?(?:{_DAY})日|(?:星期|[周週])[一二三四五六日]{_NEXT_DAY_OF_WEEK}"
    "|(?:星期|[周週])六日(?![常報报刊])",
    "months": rf"(?!(?:{_YEAR})年(?:{_MONTH})月份?(?:{_TO})(?:{_YEAR}))"
    rf"(?:(?P<months_y>{_YEAR})年)?(?P<months_M>{_MONTH})月?(?:份?(?:{_TO}))(?P<months_z>)"
    rf"(?:(?P<months_y1>{_YEAR})年)?(?P<months_M1>{_MONTH})月(?![\d一二三四五六七八九十])",
    "dates": rf"(?:(?P<dates_y>{_YEAR})年)?(?P<dates_M>{_MONTH})月(?P<dates_d>{_DAY})日?(?:{_JOIN})(?P<dates_z>)"
    rf"(?:(?:(?P<dates_y1>{_YEAR})年)?(?P<dates_M1>{_MONTH})月)?(?P<dates_d1>{_DAY})日",
    "date": rf"(?:(?P<date_y>{_YEAR})年 ?)?(?P<date_M>{_MONTH})月(?: ?(?P<date_d>{_DAY})日"
    rf"(?:[（(](?P<date_E>{_WEEKDAY})[）)]|(?P<date_E1>{_WEEKDAY}))?)?"
    r"|(?P<date_y2>[12]\d{3})-(?P<date_M2>[01]\d)-(?P<date_d2>[0-3]\d)(?!\d)",
    "times": rf"(?:(?P<times_a>[上下]午)|{_PART_OF_DAY}){_hour_pattern('times')}(?:{_TO})(?P<times_z>)(?:翌日|次日)?"
    rf"(?:(?P<times_a1>[上下]午)|{_PART_OF_DAY})?{_hour_pattern('times', '1')}"
    rf"|{_hour_pattern('times', '2', 'H')}(?:{_TO})(?P<times_z2>){_hour_pattern('times', '3', 'H')}"
    r"|(?P<times_H4>\d\d?)[:：](?P<times_m4>[0-5]\d)"
    rf" ?(?:{_TO}) ?(?P<times_z4>)(?P<times_H5>\d\d?)[:：](?P<times_m5>[0-5]\d)(?!\d)",
    "time": rf"(?:(?P<time_a>[上下]午)|{_PART_OF_DAY})(?:大?[約约])?"
    rf"(?:{_hour_pattern('time')}|(?P<time_h1>{_DAY})[點点](?:(?P<time_m1>{_MINUTE})分|半|正|整|鐘|钟)?)"
    rf"|{_hour_pattern('time', '2', 'H')}|(?P<time_H3>{_DAY})[點点](?:(?P<time_m3>{_MINUTE})分|半|正|整|鐘|钟)"
    r"|(?P<time_H4>\d\d?)[:：](?P<time_m4>[0-5]\d)(?!\d)"
    rf"|(?P<time_H5>[零○〇])[時时](?:(?P<time_m5>{_MINUTE})分|半|正)?|正午|中午|午夜(?=[至到起前後后，。、）])",
    "decade": rf"(?:(?:二十|20)世[紀纪])?(?:(?P<decade_year>[12]\d{{2}}0|[一二]{_DIGIT}{{3}})"
    "|(?P<decade_tens>[二三四五六七八九]十|[2-9]0))(?:年代|(?=[至及和與与、](?:[12]\\d{2}0|[二三四五六七八九]十|[2-9]0)年代))"
    "|(?P<five_year>十[一二三四五六])五(?=[」』”’規规時时])",
    "year": rf"(?P<year_y>{_YEAR})(?:年度?|(?=(?:[、及和與与或](?:{_YEAR})){{1,4}}年))"
    # A year without 年 in a name, such as 2026研討大會; thousands without a separator have a measure word.
    rf"|(?P<year_y1>(?:19|20)\d\d)(?=[\u4e00-\u9fff《「])(?![{_AFTER_COUNT}])",
    "percent": rf"百分之(?:{_number_pattern('percent')}|百)|(?P<percent_n1>{_ARABIC})[%％]"
    r"|(?P<percent_tenths>[一二兩两三四五六七八九])成(?:半|(?P<percent_ones>[一二三四五六七八九])(?=[的，。、；）及和與与至或以]|$)|(?![員员為为功立果本績绩年長长效分交就熟人份]))",
    "fraction": rf"(?P<fraction_of>{_CHINESE}|[千萬万]|\d+)分之(?P<fraction_n>{_CHINESE}|\d+)"
    r"|(?P<fraction_of1>[三四五六七八九十])分(?P<fraction_n1>[一二三])(?![十百千])",
    "money": rf"(?P<money_before>{_CURRENCY_BEFORE}) ?{_number_pattern('money')}(?P<money_after>{_CURRENCY_AFTER})?"
    rf"|{_number_pattern('money', '1')}(?P<money_after1>{_CURRENCY_AFTER})",
    "ordinal": r"(?P<century>\d\d|[一二十]{2,3})世[紀纪]"
    rf"|第(?:(?P<ordinal_n>{_ARABIC})|(?P<ordinal_chinese>{_CHINESE}))",
    "implied": "(?P<implied_n>[雙双])[方邊边地]|(?P<implied_n1>[兩两])[地岸者國国會会]|(?P<implied_n2>半)[年數数天日個个價价]"
    "|一(?P<implied_n3>半)|(?P<implied_n4>首)[季次屆届個个批輪轮度項项宗間间家場场款階阶部架艘天年周週月任站條条筆笔例局節节支座]",
    "round": "(?:(?<=[近過过逾約约達达])(?P<round_n>[百千萬万億亿](?![一二三四五六七八九十帕克瓦])[萬万億亿]?)"
    "|(?<=超[過过])(?P<round_n1>[百千萬万億亿][萬万]?)|(?<=上)(?P<round_n2>[百千](?=[名人宗間间個个萬万])[萬万]?)"
    "|(?P<round_n3>[百千][多餘余](?:[萬万億亿]|(?=[名人宗間间個个天年元件項项位份歲岁]))))"
    rf"(?P<round_currency>{_CURRENCY_AFTER})?",
    "vague": "[數数幾几][十百千萬万億亿]+|[一二三四五六七八九]、[二三四五六七八九][十百千萬万億亿]+(?![一二三四五六七八九])"
    "|十[多幾几]二十",
    "number": _number_pattern("number"),
    "relative": "[今昨明][日天]",
    "weekday": "(?P<weekday_E>星期(?![一二三四五六日][次趟天節节堂]|[一二三四五六日][個个小]|六日)[一二三四五六日])"
    "|(?:[周週]|禮拜|礼拜)(?P<weekday_E1>[一二三四五六日])(?![次天年個个])",
    "alphanumeric": r"[A-Za-z]+-?\d[A-Za-z0-9./-]*|\d[A-Za-z0-9./-]*[A-Za-z0-9]",
}
# The characters with which a value can begin; checking them first avoids trying every pattern at every character.
_OPENING = (
    "{$零○〇一二兩两三四五六七八九十廿卅百千萬万億亿首雙双半第附熱热電电傳传上下凌清早中正傍晚午港人今昨明星周週禮礼數数幾几（("
    "流路致立註注表圖图"
)


@cache
def value_pattern() -> re.Pattern[str]:
    """Return a pattern that matches any value, with a group for each kind; it never matches inside a Latin word or number."""
    return re.compile(
        rf"(?<![A-Za-z0-9_./])(?<!\d,)(?<![A-Za-z]-)(?=[0-9A-Za-z+{_OPENING}{''.join({idiom[0] for idiom in IDIOMS})}])"
        rf"(?:{combine_patterns(_PATTERNS)})"
    )


def _numerals(surface: str, context: ReadingContext, *, may_precede_measure_word: bool = False) -> Numerals:
    """Return how Chinese numerals are written: which zero they use, and where 2 is 兩.

    Args:
        surface: the numerals.
        context: the context, for the zero if the numerals have none.
        may_precede_measure_word: whether a measure word may follow; before it, 2 is usually 兩.
    """
    zero = next((sign for sign in surface if sign in "零○〇"), context.zero)
    powers = {power for power in re.findall("兩(.)", surface.translate(TO_TRADITIONAL)) if power in "千萬億"}
    single = {"個"} if may_precede_measure_word and surface != "二" else set()
    return Numerals("chinese", zero=zero, two="".join(sorted(powers | single)))


def _read_number(match: re.Match[str], kind: str, suffix: str, context: ReadingContext) -> tuple[Decimal | None, Numerals | None]:
    """Return a number and how its numerals are written.

    The number is None if it cannot be read; the numerals are None if the number is approximate.
    """
    groups = {
        name: match[f"{kind}_{name}{suffix}"] or ""
        for name in ("n", "more", "scale", "rest", "chinese", "decimals", "chinese_more_scale", "trailing_more")
    }
    is_approximate = bool(groups["more"] or groups["rest"] or groups["chinese_more_scale"] or groups["trailing_more"])
    if groups["n"]:
        number, numerals = read_figure(groups["n"], groups["scale"], context, is_money=kind == "money")
        if rest := groups["rest"]:
            number += read_figure(rest[:-1], rest[-1], context)[0]
        return number, None if is_approximate else numerals
    chinese = groups["chinese"]
    whole = read_chinese(chinese)
    if whole is None:
        return None, None
    decimals = groups["decimals"].translate(TO_ARABIC)
    number = Decimal(f"{whole}.{decimals}" if decimals else whole)
    scale = SCALES.get(groups["chinese_more_scale"].lstrip("多餘余"), 1)
    return number if scale == 1 else without_trailing_zeros(number * scale), None if is_approximate else _numerals(
        chinese + groups["decimals"], context, may_precede_measure_word=kind == "number"
    )


def _arabic_digits(text: str) -> str:
    """Return a label with Arabic digits in place of Chinese numerals: 十四 becomes 14."""
    number = read_chinese(text)
    return text if number is None else str(number)


_label_reader = partial(label_reader, normalise=_arabic_digits)


def _number_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    number, numerals = _read_number(match, "number", "", context)
    if number is None:
        return span_of_group(match, "number", Label(match["number"]), None)
    return span_of_group(
        match, "number", integer_or_decimal(number), Form("number", context.locale, "{}", numerals) if numerals else None
    )


def _percent_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    surface = match["percent"]
    if tenths := match["percent_tenths"]:
        ones = read_chinese(match["percent_ones"] or "零") or 0
        number = Decimal(read_chinese(tenths) or 0) * 10 + (5 if surface.endswith("半") else ones)
        return span_of_group(
            match,
            "percent",
            Percent(number),
            Form("percent", context.locale, "{}成", Numerals("chinese", two="個" if tenths in "兩两" else "")),
        )
    if digits := match["percent_n1"]:
        number, figures = read_figure(digits, "", context)
        return span_of_group(match, "percent", Percent(number), Form("percent", context.locale, "{}" + surface[-1], figures))
    if surface == "百分之百":
        return span_of_group(match, "percent", Percent(Decimal(100)), None)
    percentage, numerals = _read_number(match, "percent", "", context)
    if percentage is None:
        return span_of_group(match, "percent", Label(surface), None)
    return span_of_group(
        match, "percent", Percent(percentage), Form("percent", context.locale, "百分之{}", numerals) if numerals else None
    )


def _money_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    suffix = "1" if match["money_after1"] else ""
    before, after = match["money_before"] or "", match["money_after"] or match["money_after1"] or ""
    amount, numerals = _read_number(match, "money", suffix, context)
    if amount is None:
        return span_of_group(match, "money", Label(match["money"]), None)
    currency = CURRENCIES.get(before) or CURRENCIES.get(after) or context.currency
    gap = " " if match["money"][len(before)] == " " else ""
    pattern = before + gap + "{}" + after.translate(TO_TRADITIONAL)
    form = Form("money", context.locale, pattern, numerals, currency) if numerals else None
    return span_of_group(match, "money", Money(currency, amount), form)


def _ordinal_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    if century := match["century"]:
        return span_of_group(match, "century", Ordinal(int(_arabic_digits(century))), None)
    if digits := match["ordinal_n"]:
        number, numerals = read_figure(digits, "", context)
        return span_of_group(match, "ordinal", Ordinal(int(number)), Form("ordinal", context.locale, "第{}", numerals))
    chinese = match["ordinal_chinese"]
    ordinal_number = read_chinese(chinese)
    if not ordinal_number:
        return span_of_group(match, "ordinal", Label(chinese), None)
    return span_of_group(
        match, "ordinal", Ordinal(ordinal_number), Form("ordinal", context.locale, "第{}", _numerals(chinese, context))
    )


def _fraction_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    suffix = "1" if match["fraction_n1"] else ""
    texts = match[f"fraction_n{suffix}"], match[f"fraction_of{suffix}"]
    numerator, denominator = (read_chinese(text) or read_chinese("一" + text) or text for text in texts)
    return span_of_group(match, "fraction", Label(f"{numerator}/{denominator}"), None)


def _implied_value_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    group = matched_group(match, "implied_n", "implied_n1", "implied_n2", "implied_n3", "implied_n4")
    return span_of_group(match, group, IMPLIED_VALUES[match[group]], None)


def _decade_span(match: re.Match[str], _context: ReadingContext) -> ValueSpan:
    """Return the value span of a decade, or of a five-year plan such as 十四五, which is an ordinal; it is frozen."""
    if plan := match["five_year"]:
        return span_of_group(match, "decade", Ordinal(read_chinese(plan) or 0), None)
    if year := match["decade_year"]:
        return span_of_group(match, "decade", Label(f"{year.translate(TO_ARABIC)}s"), None)
    return span_of_group(match, "decade", Label(f"19{_arabic_digits(match['decade_tens'])}s"), None)


def _round_number_span(match: re.Match[str], context: ReadingContext) -> ValueSpan:
    """Return the value span of a power of ten without a digit, such as 百 in 近百名; it is frozen."""
    group = matched_group(match, "round_n", "round_n1", "round_n2", "round_n3")
    number = read_chinese("一" + match[group].translate({ord(more): None for more in "多餘余"})) or 0
    if currency := match["round_currency"]:
        return span_of_group(match, "round", Money(CURRENCIES.get(currency, context.currency), Decimal(number)), None)
    return span_of_group(match, "round", Integer(number), None)


READERS: dict[str, Callable[[re.Match[str], ReadingContext], ValueSpan | Sequence[ValueSpan] | None]] = {
    "file_number": _label_reader("file_number"),
    "named": _label_reader(*(f"named_n{suffix}" for suffix in ("", *range(1, 14)))),
    "phone": _label_reader("phone"),
    "alphanumeric": _label_reader("alphanumeric"),
    "vague": _label_reader("vague"),
    **date_readers.READERS,
    "percent": _percent_span,
    "fraction": _fraction_span,
    "decade": _decade_span,
    "round": _round_number_span,
    "money": _money_span,
    "ordinal": _ordinal_span,
    "implied": _implied_value_span,
    "number": _number_span,
}
"""The functions that return the value span of a match, keyed by the kind of value."""
