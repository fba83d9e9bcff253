"""Forms of official releases that are right, and faults beside them that are still found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ipdocs.pipeline.check import check

SOURCE = """\
schema: 1
kind: press-release
id: any
issued: 2026-01-22
style: gia
languages: [{languages}]
facts:
  deadline: {{date: 2026-03}}
  departure: {{date: 2026-05-31}}
title: {{{title}}}
body:
"""


@pytest.fixture
def codes(tmp_path: Path) -> Callable[..., list[str]]:
    """Return a function that checks paragraphs, and returns the codes of the findings."""

    def run(*paragraphs: dict[str, str]) -> list[str]:
        languages = sorted({code for paragraph in paragraphs for code in paragraph})
        titles = {"en": "Pier repaired", "tc": "碼頭已修葺"}
        title = ", ".join(f"{code}: {json.dumps(titles[code], ensure_ascii=False)}" for code in languages)
        text = SOURCE.format(languages=", ".join(languages), title=title)
        for number, paragraph in enumerate(paragraphs):
            text += f"  - {{id: p{number}, paragraph: {json.dumps(paragraph, ensure_ascii=False)}}}\n"
        source = tmp_path / "release.yaml"
        source.write_text(text, "utf-8")
        return [finding.code for finding in check([source]) if finding.code != "unused-fact"]

    return run


PAIRS = [
    ("Divers raised about 12kg of nets and 4.5kg of rope.", "潛水員撈起約十二公斤漁網及四點五公斤繩索。"),
    ("Sales rose in the first three quarters of 2025.", "銷售額在二○二五年首三季上升。"),
    ("Costs are net of grants (Note 3).", "費用已扣除補助（註三）。"),
    ("Wash the tank at least once a week.", "最少每星期一次清洗水箱。"),
    ("The alarm rang at around 7pm.", "警鐘於晚上約七時響起。"),
    ("The kiosk opens on March 7 (Saturday) and 8 (Sunday).", "攤位於三月七日（星期六）及八日（星期日）開放。"),
    (
        "Replies are due in {{ deadline | date }}; no reply after March 2026 counts.",
        "請於{{ deadline | date }}或之前回覆，逾期不受理。",
    ),
    ("Charges under section 24(1) and paragraphs 3, 4 and 7 follow.", "按第24（1）條及第3、4及7段提出檢控。"),
    ("Talks are held today (January 22) and on January 26 and 30.", "講座於今日（一月二十二日）、二十六日及三十日舉行。"),
    ("The Sample Bill 2026 was read.", "《2026年樣本條例草案》已首讀。"),
    ("The yield is 1.250 per cent.", "收益率為1.250厘。"),
    ("The third and fourth reports are out.", "第三、四次報告已公布。"),
    ("Breaches of sections 7A(1), 9(2) and 12 of Cap. 60I are alleged.", "被指違反第60I章第7A（1）、9（2）及12條。"),
    ("Routes 41A, 42C and 44M are diverted.", "第41A、42C及44M號線改道。"),
    ("The fare rises by 40 cents.", "車費增加四角。"),
    ("The level was 4.1 parts per million.", "含量為百萬分之四點一。"),
    ("Delegates of COP27 met.", "代表出席第27屆聯合國氣候變化大會。"),
    ("The prize is RMB3.6 billion.", "獎金為36億元人民幣。"),
    ("The crew left on May 31, and came home on June 1.", "船員於五月三十一日出發，翌日返抵。"),
    ("The crew left on May 31, and came home the next day.", "船員於五月三十一日出發，六月一日返抵。"),
    ("The crew left on {{ departure | date }}, and came home on June 1.", "船員於{{ departure | date }}出發，翌日返抵。"),
    ("Four medals were won, one of them gold, between January and March.", "一至三月共奪得四面獎牌，包括一面金牌。"),
    ("Call the Safe Boat Helpline 18333.", "請致電「安船易18333」。"),
    ("The 15th Five-Year Plan and other five-year plans cover harbours.", "《十五五規劃綱要》及其他五年規劃涵蓋海港。"),
    ("The dock opens in mid-2026, and the pier opened in 2025.", "船塢於今年年中啟用，碼頭於去年啟用。"),
    ("The dock opens late next year.", "船塢於二○二七年年底啟用。"),
    ("Craft develop fast, and roads lead everywhere.", "船隻發展一日千里，道路四通八達，令人耳目一新。"),
    ('He called them "net menders" at sea.', "他稱他們為海上補網人。"),
    ("Take your litter home.", "請「自己垃圾，自己帶走」。"),
    (
        "The last ferries leave Pier 6 at 10.48pm and Pier 7 at 11.06pm.",
        "尾班渡輪於晚上十時四十八分由六號碼頭開出，以及十一時零六分由七號碼頭開出。",
    ),
    ("Sailings across the territory resume.", "港九新界的航班已恢復。"),
    ("The crew rowed home in 7 minutes 21.6 seconds.", "該隊以7分21秒6衝線。"),
    ("The relay took 3:09.25.", "接力賽以3分9.25秒完成。"),
    ("Article 31(4) and section 8 apply.", "第三十一（四）條及第8條適用。"),
    ("The lamp has burnt since 1866.", "燈塔自一八六六年起亮燈。"),
    ('He said, "Meet at the "Tidal Steps" and the "Kelp Yard" today."', "他說：「今日請到『潮汐梯』及『海藻場』集合。」"),
    ("Crews rose at five, and six out of ten boats left by seven.", "船員清晨五時起床，六成船於七時前開出。"),
    ("Eight out of ten piers are lit.", "碼頭十個有八個已亮燈。"),
    (
        "Catches were more than double those of the previous day, and two and a half times those of May.",
        "漁獲較前一日多逾一倍，是五月的兩倍半。",
    ),
    ("A journey of a thousand miles begins at the pier.", "千里之行，始於碼頭。"),
    ("It takes ten years to grow a tree.", "正所謂十年樹木。"),
    ("Ferry trucks of Euro V are let in, and Euro 3 ones are not.", "歐盟五期的貨車可駛入，歐盟三期的不可。"),
    ("Dust reached 55 µg/m3.", "塵埃達每立方米55微克。"),
    ("The master is on D3 of the pay scale.", "船長屬首長級薪級第三點。"),
    ('Staff of the Harbour Trust "Steady Oars" rowed on.', "海港信託「穩槳」隊員繼續划船。"),
    ("A man in his 40s was helped ashore.", "一名四十多歲男子獲救上岸。"),
    ("One in ten oars was broken.", "十分之一的船槳折斷。"),
    ("A tenth of the sails and a quarter of the nets were torn.", "一成船帆及四分之一的漁網破損。"),
    ("The fair runs from December 6 to January 4 next year.", "市集由今年十二月六日至明年一月四日舉行。"),
    (
        "The slipway is shut from November 8, 2024 to February 2 the following year.",
        "滑道由二○二四年十一月八日至翌年二月二日關閉。",
    ),
    ("It is open from Monday-Saturday.", "逢星期一至六開放。"),
    ("The harbour lights go out at midnight.", "海港燈光於午夜熄滅。"),
    ("The last ferry sails at midnight on March 7.", "尾班船於三月七日晚上十二時開出。"),
    ("The village has eight towers and two piers.", "漁村共八座高塔及兩座碼頭。"),
    ("Mr Chow Yat-fan rows on Friday.", "周一帆先生於星期五划船。"),
    ("A net costs HK$30,000 to HK$50,000.", "漁網售價為港幣三至五萬元。"),
    ("The tide changed by –3.1 per cent.", "潮差變動為－3.1%。"),
    ("The boats are launched in mid-March.", "船隻於三月中下水。"),
    ("They won 3-2 after leading 2:1.", "他們以3比2勝出，曾領先2比1。"),
    ("Over a hundred rowers, 23 of them new, took part.", "過百名划船者參加，其中23名是新手。"),
    ("Two dozen boats sailed over the past three decades.", "過去三十年有24艘船航行。"),
    ("The museum of the 21st century has 12 oars.", "廿一世紀博物館有12支船槳。"),
    ("The harbour shuts from 8pm to midnight.", "海港於晚上八時至十二時關閉。"),
    ("Over 90 per cent of the rowers and 30 per cent of the staff agreed.", "逾九成人士及三成員工同意。"),
    ("Four in five sailors swim.", "八成船員會游泳。"),
    ("One out of three nets is torn.", "三分之一的漁網破損。"),
    ("The trip takes three and a half hours; the way back takes 4.5 hours.", "行程三個半小時，回程四個半小時。"),
    ("Boats of the 1970s and 1980s are shown.", "展出一九七○及八○年代的船隻。"),
    ("Third-party insurance is needed.", "須投保第三者保險。"),
]
ENGLISH = [
    "Guests, neighbours and friends,",
    "Coupon rate: 2.29 per cent",
    "mend the nets, if they are torn;",
    "paint the hull; and",
    "The Trust set up a HK$5 million fund and a US$3 million loan.",
    "Sales rose in September - November 2025.",
    "B. Arrangements at the end of the regatta",
    "The gate closes at 11.15pm, and opens at 12.20pm.",
    "Crews with influenza A infection stayed ashore.",
    "The fund makes cross-border investments, and data flows cross-border.",
    "The report of the ZQM Institute of Tides (ZQM) is out. The ZQM will meet.",
]
CHINESE = [
    "海洋研究中心計劃已完成。海洋研究中心（研究中心）今日開幕。研究中心設於南區。",
    "這些在在都顯示海港的重要。",
    "第12屆海城．漁港座談會今日舉行。",
    "今屆主題為「海風．新途」。",
    "早晚氣温較低，税款可分期繳付。",
    "尾班屯馬綫列車由宋皇臺站開出。鳳凰衛視轉播啓用禮。",
    "漁船共七萬多艘，其中430多艘已註冊。",
    "罰款近六十萬元，首案的罰款為593,000元。",
    "超過六十間船廠參加，其中63艘船參展。",
    "節目由「李小海 X 陳大山」主持。",
]


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_official_forms_of_one_value_do_not_differ(codes: Callable[..., list[str]], english: str, chinese: str) -> None:
    assert codes({"en": english, "tc": chinese}) == []


@pytest.mark.parametrize("text", ENGLISH)
def test_official_english_is_accepted(codes: Callable[..., list[str]], text: str) -> None:
    assert codes({"en": text}) == []


@pytest.mark.parametrize("text", CHINESE)
def test_official_chinese_is_accepted(codes: Callable[..., list[str]], text: str) -> None:
    assert codes({"tc": text}) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the net was torn.", "small-sentence-start"),
        ("The net was torn, and it was mended", "no-full-stop"),
        ("The gate closes at 15pm.", "impossible-date"),
        ("Cross-border ferries were late.", "house-spelling"),
        ("The crew won an HK$5 million prize.", "wrong-article"),
        ("It ended. A oar was lost.", "wrong-article"),
        ("The ZQM met. Later the Institute of Tides (ZQM) met again.", "late-abbreviation"),
        ("The fair runs from November12 in Oslo.", "space-at-punctuation"),
        ("The unit of tides(research and advice) met.", "space-at-punctuation"),
        ("The kiosk opens on March 7 (Saturday) and 8 (Monday).", "weekday-wrong"),
    ],
)
def test_faults_beside_official_forms_are_found(codes: Callable[..., list[str]], text: str, code: str) -> None:
    assert codes({"en": text}) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("講者為安娜．柏格女士。", "look-alike-character"),
        ("他補充︰碼頭已修葺。", "look-alike-character"),
        ("攤位售賣魚、蝦、以及蟹。", "comma-before-and"),
        ("共有六十三艘船，另有58艘在塢內。", "mixed-numerals"),
        ("約五十八艘船在塢內，約63艘船出海。", "mixed-numerals"),
        ("共修葺7間屋，另有八間待修。", "counts-two-ways"),
        ("研究中心已落成。海洋研究中心（研究中心）今日開幕。", "late-abbreviation"),
        ("海風 節目由李小海主持。", "space-in-chinese"),
    ],
)
def test_faults_of_official_chinese_are_found(codes: Callable[..., list[str]], text: str, code: str) -> None:
    assert codes({"tc": text}) == [code]


@pytest.mark.parametrize(
    ("english", "chinese", "code"),
    [
        ("Divers raised about 12kg of nets.", "潛水員撈起約十三公斤漁網。", "number-differs"),
        ("Wash the tank three times a week.", "最少每星期四次清洗水箱。", "number-differs"),
        ("The alarm rang at around 7pm.", "警鐘於晚上約八時響起。", "time-differs"),
        ("Ferries leave at 10.48pm and 11.06am.", "渡輪於晚上十時四十八分及十一時零六分開出。", "time-differs"),
        ("Eight out of ten piers are lit.", "十個有七個已亮燈。", "percent-differs"),
        ("The relay took 3:09.25.", "接力賽以3分9秒35完成。", "label-differs"),
        ("Article 31(4) applies.", "第三十一（五）條適用。", "label-differs"),
        ("The crew left on May 31, and came home on June 2.", "船員於五月三十一日出發，翌日返抵。", "date-differs"),
        ("The dock opens in mid-2027.", "船塢於今年年中啟用。", "years-differ"),
        ("The crew won four medals.", "該隊奪得三面獎牌。", "number-differs"),
        ("Costs are net of grants (Note 3).", "費用已扣除補助（註四）。", "label-differs"),
        ("A quarter of the nets were torn.", "三分之一的漁網破損。", "label-differs"),
        ("One in ten oars was broken.", "兩成船槳折斷。", "percent-differs"),
        ("The harbour lights go out at midnight.", "海港燈光於中午熄滅。", "time-differs"),
        ("It is open from Monday-Saturday.", "逢星期一至五開放。", "weekday-differs"),
        ("A net costs HK$30,000 to HK$50,000.", "漁網售價為港幣四至五萬元。", "money-differs"),
        ("The village has eight towers.", "漁村共六座高塔。", "number-differs"),
        ("The fair runs from December 6 to January 4 next year.", "市集由今年十二月六日至明年一月五日舉行。", "date-differs"),
        ("They led 2:1.", "他們曾領先2比0。", "number-differs"),
        ("The trip takes 3.5 hours.", "行程四個半小時。", "number-differs"),
        ("Four in five sailors swim.", "七成船員會游泳。", "percent-differs"),
    ],
)
def test_wrong_values_in_official_forms_are_found(codes: Callable[..., list[str]], english: str, chinese: str, code: str) -> None:
    assert codes({"en": english, "tc": chinese}) == [code]
