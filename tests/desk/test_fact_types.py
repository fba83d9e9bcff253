"""Facts of every type, of words in two languages: three languages follow another value, and undo brings all back."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

import pytest
from tests.desk.conftest import RunningDesk

DOCUMENT = "types.yaml"


@dataclass(frozen=True)
class Typed:
    """A value that both languages state.

    Attributes:
        kind: its type.
        en: the English words of the value.
        tc: the Chinese words.
        typed: another value, as people type it.
        reads: how the three languages then read it.
    """

    kind: str
    en: str
    tc: str
    typed: str
    reads: tuple[str, str, str]

    @property
    def texts(self) -> dict[str, str]:
        """The sentences around the value."""
        if self.kind == "phone":
            return {"en": f"Please call {self.en} for help.", "tc": f"請致電{self.tc}。"}
        return {"en": f"They say {self.en} here.", "tc": f"此處為{self.tc}。"}


TYPED = {
    "date": Typed(
        "date",
        "August 21, 2018",
        "二○一八年八月二十一日",
        "5 Dec 2019",
        ("December 5, 2019", "二○一九年十二月五日", "二○一九年十二月五日"),
    ),
    "day without its year": Typed(
        "date", "August 25", "八月二十五日", "26 August 2018", ("August 26", "八月二十六日", "八月二十六日")
    ),
    "several days": Typed(
        "date",
        "August 21 to 23, 2018",
        "二○一八年八月二十一日至二十三日",
        "1 to 2 May 2019",
        ("May 1 to 2, 2019", "二○一九年五月一日至二日", "二○一九年五月一日至二日"),
    ),
    "year": Typed("years", "2017", "二○一七年", "2019", ("2019", "二○一九年", "二○一九年")),
    "amount": Typed("money", "$14 million", "一千四百萬元", "$2.5 billion", ("$2.5 billion", "二十五億元", "二十五亿元")),
    "foreign amount": Typed(
        "money", "US$2.5 billion", "二十五億美元", "US$14 million", ("US$14 million", "一千四百萬美元", "一千四百万美元")
    ),
    "percentage": Typed("percent", "12%", "12%", "4.2 %", ("4.2%", "4.2%", "4.2%")),
    "ordinal": Typed("ordinal", "3rd", "第三", "22nd", ("22nd", "第二十二", "第二十二")),
    "ordinal in words": Typed("ordinal", "third", "第三", "5", ("fifth", "第五", "第五")),
    "telephone": Typed("phone", "2961 6800", "2961 6800", "2961 6835", ("2961 6835", "2961 6835", "2961 6835")),
    "weekday": Typed("weekday", "Tuesday", "星期二", "Friday", ("Friday", "星期五", "星期五")),
    "time": Typed("time", "2.30pm", "下午二時三十分", "18:05", ("6.05pm", "下午六時零五分", "下午六时零五分")),
    "count": Typed("integer", "140", "一百四十", "251", ("251", "二百五十一", "二百五十一")),
    "decimal": Typed("decimal", "2.5", "二點五", "3.25", ("3.25", "三點二五", "三点二五")),
}


@pytest.fixture(scope="module")
def document(shared_desk: RunningDesk) -> RunningDesk:
    """A desk with a document that has all these values, and no facts."""
    head = "schema: 1\nkind: press-release\nid: types\nstyle: gia\nissued: 2018-08-20\nlanguages: [en, tc]\n"
    blocks = (
        f"  - id: block-{index}\n    paragraph: {json.dumps(item.texts, ensure_ascii=False)}\n"
        for index, item in enumerate(TYPED.values())
    )
    title = 'title: {en: "Values", tc: "數值"}\n'
    (shared_desk.workspace / DOCUMENT).write_text(f"{head}{title}body:\n{''.join(blocks)}", "utf-8")
    return shared_desk


def step(desk: RunningDesk, **change: Any) -> Any:
    return desk.post(f"/d/{DOCUMENT}/step", {"id": f"step-{time.time_ns()}", "tab": "tab", "changes": [change]})


def shown(desk: RunningDesk, place: str) -> dict[str, str]:
    """Return the words of a text in each language, with the values of its facts."""
    row = next(row for row in desk.get(f"/d/{DOCUMENT}")["rows"] if row["id"] == place.partition(".")[0])
    (line,) = row["lines"]
    words = {}
    for code, cell in line["cells"].items():
        text = cell["text"]
        for span in reversed([span for span in cell["spans"] if span["kind"] == "fact"]):
            text = text[: span["start"]] + span["shown"] + text[span["end"] :]
        words[code] = text
    return {**words, **{code: cell["text"] for code, cell in line["derived"].items()}}


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize("lang", ["en", "tc"])
def test_fact_of_words_follows_its_value(document: RunningDesk, name: str, lang: str) -> None:
    item, index = TYPED[name], list(TYPED).index(name)
    place, path = f"block-{index}.paragraph", document.workspace / DOCUMENT
    before, words = path.read_bytes(), shown(document, place)
    caret = item.texts[lang].index(item.en if lang == "en" else item.tc) + 1
    request = {"place": place, "lang": lang, "start": caret, "end": caret}
    proposal = document.post(f"/d/{DOCUMENT}/fact-from", request)["proposal"]
    assert proposal["fact_type"] == item.kind
    assert {cell["lang"]: cell["words"] for cell in proposal["cells"]} == {"en": item.en, "tc": item.tc}
    assert [proposal["changes"], proposal["missing"], proposal["same"]] == [[], [], []]
    step(
        document,
        type="fact-from",
        name="made",
        fact_type=item.kind,
        notation=proposal["notation"],
        cells=[
            {**cell, "expression": cell["expression"].replace(f"{{{{ {proposal['name']}", "{{ made")}
            for cell in proposal["cells"]
        ],
    )
    assert shown(document, place) == words
    assert b"{{ made" in path.read_bytes()
    again = document.post(f"/d/{DOCUMENT}/value", {"text": item.typed, "fact_type": item.kind, "name": "made"})
    assert again["problems"] == []
    step(
        document,
        type="fact",
        action="put",
        name="made",
        fact_type=item.kind,
        notation=again["read"]["notation"],
        before=proposal["notation"],
    )
    after = shown(document, place)
    assert after == {
        "en": words["en"].replace(item.en, item.reads[0]),
        "tc": words["tc"].replace(item.tc, item.reads[1]),
        "sc": after["sc"],
    }
    assert item.reads[2] in after["sc"]
    for number in range(2):
        document.post(f"/d/{DOCUMENT}/undo", {"id": f"undo-{name}-{lang}-{number}", "tab": "tab"})
    assert path.read_bytes() == before
