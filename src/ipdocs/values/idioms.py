"""Chinese words that contain a numeral but state no number; they are not recognised as values."""

from __future__ import annotations

_TO_SIMPLIFIED = str.maketrans(
    "過個時線帶進斷窩廂願統單劃萬樣併貫體連籃點來邊龍達峽亞國兩維無聯論應經處丟捨規計魚眾戰輕雙醫護級員內載價羣",
    "过个时线带进断窝厢愿统单划万样并贯体连篮点来边龙达峡亚国两维无联论应经处丢舍规计鱼众战轻双医护级员内载价群",
)
_TRADITIONAL_WORDS = """
一帶一路 一國兩制 一般 一直 一起 一些 一定 一致 一樣 一旦 一方面 一併 一律 一向 一貫 一切 一共 一同 一如 一體
一流 一站式 一再 一時 一邊 一手 一連串 一系列 一籃子 一番 一下 一來 一心 一早 一度 一概 一經 一應
一道 一生 之一 唯一 統一 進一步 第一手 另一 每一 任一 同一 單一 劃一 萬一 不一 逐一 首屈一指 十足
千方百計 百分百 四川 四周 四處 三峽 三亞 三藩市 八達通 九龍 五金 六合 五花八門 二手 二維碼 三合會 七彩
二元論 二元化 三聯 不二 獨一無二 接二連三 再三 丟三落四 四季 四方八面 四面八方 五湖四海 七嘴八舌 八方 九巴 十全十美 萬千
一刻 一口價 冰山一角 年青一代 年輕一代 新一代 下一代 一代又一代 其一 其二 三管齊下 雙管齊下 多管齊下 一級一級
一帶 一線通 三聖邨 五桂山 九肚山 七姊妹 十八鄉 八鄉 三家村 三門仔 九華徑 四排石 百勝角 三支香 三椏 四美街 西九 三醫 這一 那一
十年八載 三五成羣 一戰 二戰 一連 海內外一線 一線城市 一線員工 一線醫護 第一線 一級方程式 一五一十 三角形
三思 一眾 三弦 四捨五入 五年規劃 三原色 三文魚 三文治 七七八八 三三兩兩 一五一十 五年計劃
一廂情願 一刀切 一刀兩斷 一窩蜂 蛇鼠一窩
過去一年 下一 上一 新一 一排排 一個個 一次過 第一線 第一時間
""".split()  # noqa: SIM905
# The longest come first, so that 一帶一路 matches before 一帶.
IDIOMS = tuple(
    sorted(
        {*_TRADITIONAL_WORDS, *(word.translate(_TO_SIMPLIFIED) for word in _TRADITIONAL_WORDS)},
        key=lambda word: (-len(word), word),
    )
)
