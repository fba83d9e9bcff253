from __future__ import annotations

import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from ipdocs.source.template_text import Content, rendered_text
from ipdocs.translation.memory import index as index_module
from ipdocs.translation.memory.analysed_text import AnalysedText
from ipdocs.translation.memory.index import Index, IndexedText, IndexPart, build_index, grams
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.values.types import Date

Read = Callable[..., AnalysedText]


def simple(number: int, english: str, chinese: str = "中文") -> tuple[MemoryUnit, list[IndexPart]]:
    texts: dict[str, Content] = {"en": (english,), "tc": (chinese,)}
    indexed = tuple(IndexedText(code, rendered_text(text), rendered_text(text)) for code, text in texts.items())
    return MemoryUnit("example", str(number), texts), [IndexPart(0, texts, indexed)]


def test_key_is_found_only_in_its_language(memory: Callable[..., Index], read: Read) -> None:
    index = memory(
        {"en": "The 17th meeting was held.", "tc": "第十七次會議已經舉行。"}, {"en": "Another text.", "tc": "另一段文字。"}
    )
    query = read("The 20th meeting was held.")
    (hit,) = index.with_key("en", query.key, query.search_text)
    assert rendered_text(hit.unit.texts["tc"]) == "第十七次會議已經舉行。"
    assert index.with_key("tc", query.key, query.search_text) == []


def test_unit_is_returned_unchanged(memory: Callable[..., Index], read: Read, text: Callable[..., Content]) -> None:
    english = text("The {{ meeting | ordinal }} meeting was held.", "17th")
    unit = MemoryUnit(
        "doc", "lead", {"en": english, "tc": ("第十七次會議。",)}, Date(2018, 8, 22), "gia", "draft", "me", "2018-08-23"
    )
    query = read(english)
    assert [hit.unit for hit in memory(unit).with_key("en", query.key, query.search_text)] == [unit]


def test_same_names_come_first_then_the_latest_unit(memory: Callable[..., Index], read: Read) -> None:
    places = ["Guangzhou", "Shenzhen", "Zhuhai"]
    index = memory(*({"en": f"It was held in {place}.", "tc": "已經舉行。"} for place in places))
    query = read("It was held in Guangzhou.")
    hits = index.with_key("en", query.key, query.search_text)
    assert [rendered_text(hit.unit.texts["en"]) for hit in hits] == [
        "It was held in Guangzhou.",
        "It was held in Zhuhai.",
        "It was held in Shenzhen.",
    ]


def test_similar_texts_have_the_percentage_of_a_full_scan(tmp_path: Path) -> None:
    texts = [
        "the two sides will mount other joint operations",
        "the two sides will mount other joint operations soon",
        "the sides mount joint operations",
        "customs of both places seized goods",
    ]
    build_index(tmp_path / "index.sqlite", (simple(number, text) for number, text in enumerate(texts)), "x")
    index = Index(tmp_path / "index.sqlite")
    query = "the two sides will mount other joint projects"
    results = index.similar("en", query, 60, 10)
    assert [rendered_text(hit.unit.texts["en"]) for _, hit in results] == texts[:3]
    assert [percent for percent, _ in results] == [fuzz.ratio(query, text) for text in texts[:3]]
    index.close()


def test_chinese_is_found_by_character_pairs(tmp_path: Path) -> None:
    build_index(
        tmp_path / "index.sqlite", [simple(1, "one", "雙方會因應形勢變化開展行動"), simple(2, "two", "兩地海關檢獲貨品")], "x"
    )
    index = Index(tmp_path / "index.sqlite")
    ((_, hit),) = index.similar("tc", "雙方因應形勢變化開展專項行動", 60, 10)
    assert hit.unit.place == "1"
    index.close()


def test_grams_are_words_and_character_pairs() -> None:
    assert grams("The co-operation of IP in 粵港兩地 the end") == [
        "the",
        "co-operation",
        "of",
        "ip",
        "in",
        "end",
        "粵港",
        "港兩",
        "兩地",
    ]


def test_several_batches_make_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "BATCH_SIZE", 10)
    build_index(tmp_path / "index.sqlite", (simple(number, f"word{number} common text here") for number in range(100)), "x")
    index = Index(tmp_path / "index.sqlite")
    for number in (0, 7, 55, 99):
        assert index.similar("en", f"word{number} common text here", 95, 1)[0][1].unit.place == str(number)
    index.close()


def test_building_uses_bounded_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "BATCH_SIZE", 200)

    def peak(count: int) -> int:
        tracemalloc.start()
        build_index(tmp_path / f"{count}.sqlite", (simple(n, f"word{n % 50} other{n % 7} text") for n in range(count)), "x")
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(100)
    few, many = peak(600), peak(2400)
    assert (many - few) / 1800 < 30, "bytes a unit; the postings of the commonest word take eight"


def test_failed_build_keeps_the_earlier_index(tmp_path: Path) -> None:
    path = tmp_path / "index.sqlite"
    build_index(path, [simple(1, "one text")], "first")

    def breaking() -> Iterator[tuple[MemoryUnit, list[IndexPart]]]:
        yield simple(2, "another text")
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        build_index(path, breaking(), "second")
    index = Index(path)
    assert index.fingerprint == "first"
    index.close()
    assert [path.name for path in tmp_path.iterdir()] == ["index.sqlite"]


def test_next_build_removes_files_of_a_killed_one(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from ipdocs.translation.memory.index import build_index\n"
        "build_index(Path(sys.argv[1]), (os.kill(os.getpid(), 9) for _ in range(1)), 'x')\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "index.sqlite"], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    build_index(tmp_path / "index.sqlite", [simple(1, "one text")], "x")
    assert [path.name for path in tmp_path.iterdir()] == ["index.sqlite"]


def test_words_are_found_anywhere_in_a_text(memory: Callable[..., Index]) -> None:
    index = memory({"en": "Customs seized the goods.", "tc": "海關檢獲貨品。"}, {"en": "It was held.", "tc": "已經舉行。"})
    for words in ("seized THE", "檢獲"):
        (hit,) = index.containing(words, 5)
        assert rendered_text(hit.unit.texts["tc"]) == "海關檢獲貨品。"
    assert index.containing("100%", 5) == []


def test_words_are_found_in_superscript_and_subscript(memory: Callable[..., Index]) -> None:
    index = memory(
        {"en": "A *quiet* hall of 80 m^2^ without CO~2~.", "tc": "80平方米（m²）的場地。"}, {"en": "10~20 m", "tc": "10至20米"}
    )
    for words in ("m²", "M2", "m^2^ WITHOUT co₂", "CO2", "平方米（m^2^）", "a quiet hall"):
        assert [hit.unit.texts["en"][0] for hit in index.containing(words, 5)] == ["A *quiet* hall of 80 m^2^ without CO~2~."]
