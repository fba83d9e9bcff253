"""The pattern of values in Chinese text of both scripts, with a group for each kind of value."""

from __future__ import annotations

import re
from functools import cache

from ipdocs.values.idioms import IDIOMS
from ipdocs.values.numbers import FIGURE, UNIT
from ipdocs.values.value_span import EXPRESSION, MAX_ITEMS, combine_patterns

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
_SHARP = "正(?![式值在當当])"
"""The word after a full hour: 九時正, but not in 九時正式開始."""
_WEEKDAY = "星期[一二三四五六日]"
_SHORT_MONTH = rf"(?:{_MONTH})月"
# Another day after 星期一, unless the numeral has a measure word of its own: 星期三、四名男子 is Wednesday and four men.
_NEXT_DAY_OF_WEEK = (
    "(?:[、及和與与至到][一二三四五六日]"
    "(?![一二三四五六七八九十百千萬万成月日名個个人時时點点次間间宗年歲岁元倍度號号樓楼份項项件位天]))+"
)
# Measure words and other characters after a number that is not a year.
_AFTER_COUNT = (
    "個个名人位宗項项間间家所元港美歐欧英日萬万億亿千百多餘余幾几份公平立方米呎尺里厘毫噸吨克升度次天月號号分時时小秒年歲岁倍座輛辆架艘張张條条"
    "棵株隻只頭头戶户幢棟栋層层級级卷冊册頁页篇首場场枝支枚粒包箱瓶罐盒袋尾單单起組组批輪轮部台臺門门種种類类樣样對对雙双套件塊块片段步字票點点戰战"
    "成至到或及和與与之的以左上下不熱热聯联"
)
_BLOCK_FLOOR = r"(?:\d+|[一二三四五六七八九十]+)字?[樓楼室]"
# What follows the name 周一鳴, which does not begin with a day of the week.
_TITLE = (
    "先生|女士|小姐|太太|博士|教授|[議议][員员]|[局署處处司部院校會会社所科組组][長长]|主席|主任|[總总][裁監监]|[醫医][生師师]|律[師师]|法官|大律|[經经]理|"
    "隊長|队长|表示|[說说]|指出|致[辭辞]|[強强][調调]|回[應应]"
)
_NAME_ZHOU = f"周[一二三四五六日](?=[\u4e00-\u9fff](?:{_TITLE}))(?![將将會会曾已即再早晚上下中可亦也就先後后同前])"
# Words that begin with 成 after a number that is no share: 一成員, but 三成員工 and 兩成長者.
_NOT_OF_TENTHS = (
    "(?![功立果績绩效分就熟份]|[員员](?!工)|(?<=一成)[人為为]|本(?![地港科身])|年(?![輕轻長长青])|[長长](?![者期])|交(?![易通]))"
)
# A section of a law, such as 6A（1）, and further sections after it.
_SECTION = rf"\d+[A-Z]*(?:[（(][0-9A-Za-z]{{1,4}}[）)])*|{_CHINESE}"
_MORE_SECTIONS = rf"(?:[至及、和]第?(?:{_SECTION})){{0,{MAX_ITEMS}}}"
_CURRENCY_AFTER = (
    "元?人民[幣币]|加元|澳元|新加坡元|瑞士法郎|韓圜|韩元|泰銖|泰铢|港元|"
    "美元|歐元|欧元|英鎊|英镑|日圓|日圆|日元|澳門元|澳门元|元(?![旦朗素首宵件老])"
)
# Ten-cent and one-cent units after 元: 五角, 五角五分, 零五分.
_CENTS = (
    "(?<=元)(?:[1-9一二三四五六七八九][角毫](?![形柱星樓楼米升克])(?:[1-9一二三四五六七八九]分(?!之))?"
    "|[零○〇][1-9一二三四五六七八九]分(?!之))"
)
_CURRENCY_BEFORE = r"港幣|港币|人民幣|人民币|HK\$|US\$|RMB|\$"


def _number_pattern(kind: str, suffix: str = "") -> str:
    """Return the pattern of a number: digits with an optional scale word, or Chinese numerals, each with an optional 多.

    The names of the groups begin with `kind` and end with `suffix`.
    """
    return (
        rf"(?:(?P<{kind}_n{suffix}>{_ARABIC})(?:(?![A-Za-z0-9/]|[.,]\d|[:：]\d\d)|(?={UNIT}))(?P<{kind}_more{suffix}>{_MORE})?(?P<{kind}_scale{suffix}>{_SCALE})?(?P<{kind}_rest{suffix}>\d[\d,]*[萬万千])?"
        rf"|(?P<{kind}_chinese{suffix}>{_CHINESE}|零(?=[點点]))(?:[點点](?P<{kind}_decimals{suffix}>{_DIGIT}+))?"
        rf"(?P<{kind}_chinese_more_scale{suffix}>(?:{_MORE})?(?:{_SCALE})?))(?P<{kind}_trailing_more{suffix}>(?:{_MORE})(?![蔭荫]))?"
    )


def _hour_pattern(kind: str, suffix: str = "", letter: str = "h") -> str:
    """Return the pattern of an hour and optional minutes, on the 12-hour clock (letter h) or the 24-hour clock (H)."""
    return rf"(?P<{kind}_{letter}{suffix}>{_DAY})[時时](?:(?P<{kind}_m{suffix}>{_MINUTE})分|半|{_SHARP})?"


# At each position the patterns are tried in this order, and the first match decides. A group named <kind>_<letter>,
# such as date_y, is a CLDR field (see fields.py); <kind>_z is empty and marks where the end of a range begins. Only the
# readers in chinese.py use other groups, such as money_scale.
_PATTERNS: dict[str, str] = {
    "skip": rf"{EXPRESSION}|https?://[!-~]+|www\.[!-~]+|[A-Za-z0-9_.+-]{{1,64}}@[A-Za-z0-9_.-]+|"
    + "|".join(IDIOMS)
    + f"|[一四]面(?![獎奖金銀银銅铜旗錦锦國国牆墙鏡镜鼓])|一[點点](?!{_DIGIT})|百[萬万]分之|十[億亿]分之|"
    "三角(?![，。；、）至]|[一二三四五六七八九]分)|"
    "十分(?!之|一(?![致般直樣样])|鐘|钟)|[五六七八九]旬|"
    rf"{_NAME_ZHOU}|"
    f"(?:[七八九]十|[零○〇]{{2}}|(?<!\\d)[0789]0)[後后](?![0-9一二三四五六七八九十來来續续])|{_CHEMISTRY}",
    "file_number": r"(?:[A-Z]{2,}\(\d+\))?\d+/\d\d-\d\d(?:\(\d+\))?(?![A-Za-z0-9年])"
    r"|\d+(?:\+\d+)+(?![\d.萬万億亿])|\d+\+(?=[」”\"])",
    "clock": r"(?P<clock_minutes>\d+)分(?P<clock_seconds>\d\d?)"
    r"(?:秒(?P<clock_decimals>\d{1,3})(?!\d)|\.(?P<clock_decimals1>\d+)秒)",
    "named": rf"第(?P<named_n>\d[0-9A-Za-z/().（）-]*|{_CHINESE}(?:[（(](?:\d+|{_CHINESE}|[a-z])[）)])*|[IVXLC]+)"
    "(?=[條条章段款頁页號号期節节類类級级線线區区]|部分|階段|阶段)"
    rf"|第(?P<named_n14>{_SECTION})(?=[至及、和]第?(?:{_SECTION}){_MORE_SECTIONS}(?:[條条章段款頁页節节]|[號号]?[線线]))"
    rf"|(?<=[\dA-Z）)一二三四五六七八九十][至及、和])第?(?P<named_n15>{_SECTION})(?={_MORE_SECTIONS}"
    "(?:[段款頁页]|[條条](?=[，。、；）)及和至所的規规]|$)))"
    rf"|(?P<named_n16>2019)(?=冠[狀状]病毒)"
    r"|(?:波音|空中巴士)(?P<named_n18>[A-Z]?\d+(?:-\d+)?)"
    rf"|(?:郵政編[碼號](?:地區)?|邮政编[码号](?:地区)?)(?P<named_n17>\d{{4,6}})"
    rf"|(?:附件|附錄|附录|附表|熱線|热线|電話|电话|傳真|传真)[：:]?(?P<named_n1>\d[\d -]*\d|\d|{_CHINESE}|[IVXLC]+)"
    rf"|(?P<named_n2>\d+[A-Z]?|{_CHINESE})(?=[號号室](?!稱|称)|字?[樓楼])"
    # A block, but not a number of buildings: 八座三樓, but 共八座 and 八座樓宇.
    rf"|(?<![共有設设建造多])(?P<named_n19>\d+[A-Z]?|(?![兩两]){_CHINESE})(?=座(?:[，。、；：）)及和與与至的地]|居民|住[戶户]|[單单]位|{_BLOCK_FLOOR}|$))"
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
    "years": rf"(?!1[0-4])(?P<years_y>{_YEAR})年?(?:{_TO}|/)(?P<years_z>)"
    rf"(?P<years_y1>{_YEAR}|\d\d|{_DIGIT}{{2}})(?![\d月百千零○〇一二三四五六七八九-]|年代)(?:年度?)?",
    "phone": r"(?:\+\d{1,3} |\(\d{3}\) ?|（\d{3}）)?\d{4}[ -]\d{4}(?!\d)|\d{3} \d\d \d\d(?!\d)|18\d\d \d{3}(?! ?\d)"
    r"|18\d \d{4}(?!\d)|18\d{3}(?=[」熱热])",
    "series": rf"(?:(?:{_YEAR})年)?{_SHORT_MONTH}(?:{_DAY})日?(?:、(?:{_SHORT_MONTH})?(?:{_DAY})日?){{1,{MAX_ITEMS}}}"
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
    rf"(?:{_hour_pattern('time')}|(?P<time_h1>{_DAY})[點点](?:(?P<time_m1>{_MINUTE})分|半|{_SHARP}|整|鐘|钟)?)"
    rf"|{_hour_pattern('time', '2', 'H')}|(?P<time_H3>{_DAY})[點点](?:(?P<time_m3>{_MINUTE})分|半|{_SHARP}|整|鐘|钟)"
    r"|(?P<time_H4>\d\d?)[:：](?P<time_m4>[0-5]\d)(?!\d)"
    rf"|(?P<time_H5>[零○〇])[時时](?:(?P<time_m5>{_MINUTE})分|半|{_SHARP})?|正午|中午|午夜(?![場场片班])",
    "decade": rf"(?:(?:二十|20)世[紀纪])?(?:(?P<decade_year>[12]\d{{2}}0|[一二]{_DIGIT}{{3}})"
    "|(?P<decade_tens>[二三四五六七八九][十○零〇]|[2-9]0))"
    f"(?:年代|(?=[至及和與与、](?:[12]\\d{{2}}0|[一二]{_DIGIT}{{3}}|[二三四五六七八九][十○零〇]|[2-9]0)年代))"
    "|(?P<five_year>十[一二三四五六])五(?=[」』”’規规時时])",
    "year": rf"(?P<year_y>{_YEAR})(?:年度?|(?=(?:[、及和與与或](?:{_YEAR})){{1,4}}年))"
    # A year without 年 in a name, such as 2026研討大會; thousands without a separator have a measure word.
    rf"|(?P<year_y1>(?:19|20)\d\d)(?=[\u4e00-\u9fff《「])(?![{_AFTER_COUNT}])",
    "percent": r"(?<!\d)十[個个名人間间][^，。；\d]{0,2}有(?P<percent_in_ten>[一二三四五六七八九])[個个名人間间]"
    rf"|百分之(?:{_number_pattern('percent')}|百)|(?P<percent_n1>{_ARABIC})(?:[%％]|厘(?!米))"
    rf"|(?P<percent_tenths>[一二兩两三四五六七八九])成(?:半|(?P<percent_ones>[一二三四五六七八九])(?=[的，。、；）及和與与至或以]|$)|{_NOT_OF_TENTHS})",
    "fraction": rf"(?P<fraction_of>{_CHINESE}|[千萬万]|\d+)分之(?P<fraction_n>{_CHINESE}|\d+)"
    r"|(?P<fraction_of1>[三四五六七八九十])分(?P<fraction_n1>[一二三])(?![十百千])",
    "money": rf"(?P<money_before>{_CURRENCY_BEFORE}) ?{_number_pattern('money')}"
    rf"(?:(?P<money_after>{_CURRENCY_AFTER})(?P<money_cents>{_CENTS})?)?"
    rf"|{_number_pattern('money', '1')}(?P<money_after1>{_CURRENCY_AFTER})(?P<money_cents1>{_CENTS})?"
    r"|(?P<money_tenths>[一二三四五六七八九])[角毫](?:(?P<money_hundredths>[一二三四五六七八九])分|(?=[，。；、）至]|$))",
    "ordinal": r"(?P<century>\d\d|[一二三四五六七八九十廿]{2,3})世[紀纪]"
    rf"|第(?:(?P<ordinal_n>{_ARABIC})|(?P<ordinal_chinese>{_CHINESE}))",
    "implied": "(?P<implied_n>[雙双])[方地]|(?P<implied_n1>[兩两])[地岸者國国會会]"
    "|(?P<implied_n2>半)(?:(?<=倍半)|年(?!化)|[數数天日個个價价米]|小[時时])"
    "|一(?P<implied_n3>半)|(?P<implied_n4>首)[季次屆届個个批輪轮度項项宗間间家場场款階阶部架艘天年周週月任站條条筆笔例局節节支座團团隻只]",
    "round": "(?:(?<=[近過过逾約约達达])(?P<round_n>[百千萬万億亿](?![一二三四五六七八九十帕克瓦])[萬万億亿]?)"
    "|(?<=超[過过])(?P<round_n1>[百千萬万億亿][萬万]?)|(?<=上)(?P<round_n2>[百千](?=[名人宗間间個个萬万])[萬万]?)"
    "|(?P<round_n3>[百千][多餘余](?:[萬万億亿]|(?=[名人宗間间個个天年元件項项位份歲岁]))))"
    rf"(?P<round_currency>{_CURRENCY_AFTER})?",
    "vague": "[數数幾几][十百千萬万億亿]+|[一二三四五六七八九]、[二三四五六七八九][十百千萬万億亿]+(?![一二三四五六七八九])"
    "|十[多幾几]二十",
    "number": _number_pattern("number"),
    "monthday": rf"(?P<monthday_word>[本今上下])[個个]?月(?P<monthday_d>{_DAY})日",
    "relative": "[今昨明][日天]",
    "weekday": "(?P<weekday_E>星期(?![一二三四五六日][次趟天節节堂]|[一二三四五六日][個个小]|六日)[一二三四五六日])"
    "|(?:[周週]|禮拜|礼拜)(?P<weekday_E1>[一二三四五六日])(?![次天年個个])",
    "alphanumeric": r"[A-Za-z]+-?\d[A-Za-z0-9./-]*|\d[A-Za-z0-9./-]*[A-Za-z0-9]",
}
# The characters with which a value can begin; checking them first avoids trying every pattern at every character.
_OPENING = (
    "{$零○〇一二兩两三四五六七八九十廿卅百千萬万億亿首雙双半第附熱热電电傳传上下凌清早中正傍晚午港人今昨明星周週禮礼數数幾几（("
    "流路致立註注表圖图郵邮本波空"
)


@cache
def value_pattern() -> re.Pattern[str]:
    """Return a pattern that matches any value, with a group for each kind; it never matches inside a Latin word or number."""
    return re.compile(
        rf"(?<![A-Za-z0-9_./])(?<!\d,)(?<![A-Za-z]-)(?=[0-9A-Za-z+{_OPENING}{''.join({idiom[0] for idiom in IDIOMS})}])"
        rf"(?:{combine_patterns(_PATTERNS)})"
    )
