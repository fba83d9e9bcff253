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
    keyed = tuple(IndexedText(short, rendered_text(words), rendered_text(words)) for short, words in texts.items())
    return MemoryUnit("made", str(number), texts), [IndexPart(0, texts, keyed)]


def test_what_has_the_key_is_found_in_its_language_alone(memory: Callable[..., Index], read: Read) -> None:
    index = memory(
        {"en": "The 17th meeting was held.", "tc": "第十七次會議已經舉行。"}, {"en": "Another text.", "tc": "另一段文字。"}
    )
    asked = read("The 20th meeting was held.")
    (found,) = index.with_key("en", asked.key, asked.search_text)
    assert rendered_text(found.unit.texts["tc"]) == "第十七次會議已經舉行。"
    assert index.with_key("tc", asked.key, asked.search_text) == []


def test_a_unit_comes_back_as_it_went_in(memory: Callable[..., Index], read: Read, text: Callable[..., Content]) -> None:
    said = text("The {{ meeting | ordinal }} meeting was held.", "17th")
    unit = MemoryUnit(
        "doc", "lead", {"en": said, "tc": ("第十七次會議。",)}, Date(2018, 8, 22), "gia", "draft", "me", "2018-08-23"
    )
    side = read(said)
    assert [one.unit for one in memory(unit).with_key("en", side.key, side.search_text)] == [unit]


def test_what_names_the_same_things_comes_first_then_the_latest(memory: Callable[..., Index], read: Read) -> None:
    places = ["Guangzhou", "Shenzhen", "Zhuhai"]
    index = memory(*({"en": f"It was held in {place}.", "tc": "已經舉行。"} for place in places))
    asked = read("It was held in Guangzhou.")
    found = [rendered_text(one.unit.texts["en"]) for one in index.with_key("en", asked.key, asked.search_text)]
    assert found == ["It was held in Guangzhou.", "It was held in Zhuhai.", "It was held in Shenzhen."]


def test_similar_texts_come_with_the_percentage_of_a_scan_the_best_first(tmp_path: Path) -> None:
    texts = [
        "the two sides will mount other joint operations",
        "the two sides will mount other joint operations soon",
        "the sides mount joint operations",
        "customs of both places seized goods",
    ]
    build_index(tmp_path / "index.sqlite", (simple(number, one) for number, one in enumerate(texts)), "x")
    index = Index(tmp_path / "index.sqlite")
    asked = "the two sides will mount other joint projects"
    found = index.similar("en", asked, 60, 10)
    assert [rendered_text(one.unit.texts["en"]) for _, one in found] == texts[:3]
    assert [score for score, _ in found] == [fuzz.ratio(asked, one) for one in texts[:3]]
    index.close()


def test_chinese_is_found_by_pairs_of_characters(tmp_path: Path) -> None:
    build_index(
        tmp_path / "index.sqlite", [simple(1, "one", "雙方會因應形勢變化開展行動"), simple(2, "two", "兩地海關檢獲貨品")], "x"
    )
    index = Index(tmp_path / "index.sqlite")
    (found,) = index.similar("tc", "雙方因應形勢變化開展專項行動", 60, 10)
    assert found[1].unit.place == "1"
    index.close()


def test_words_and_pairs_are_what_a_text_is_found_by() -> None:
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


def test_building_in_several_batches_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "BATCH_SIZE", 10)
    build_index(tmp_path / "index.sqlite", (simple(number, f"word{number} common text here") for number in range(100)), "x")
    index = Index(tmp_path / "index.sqlite")
    for number in (0, 7, 55, 99):
        assert index.similar("en", f"word{number} common text here", 95, 1)[0][1].unit.place == str(number)
    index.close()


def test_memory_is_bounded_while_building(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_build_that_fails_leaves_the_former_index(tmp_path: Path) -> None:
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
    assert [one.name for one in tmp_path.iterdir()] == ["index.sqlite"]


def test_what_a_killed_build_left_is_deleted_by_the_next(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from ipdocs.translation.memory.index import build_index\n"
        "build_index(Path(sys.argv[1]), (os.kill(os.getpid(), 9) for _ in range(1)), 'x')\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "index.sqlite"], check=False)
    assert len(list(tmp_path.iterdir())) == 1
    build_index(tmp_path / "index.sqlite", [simple(1, "one text")], "x")
    assert [one.name for one in tmp_path.iterdir()] == ["index.sqlite"]


def test_words_are_found_wherever_they_stand(memory: Callable[..., Index]) -> None:
    index = memory({"en": "Customs seized the goods.", "tc": "海關檢獲貨品。"}, {"en": "It was held.", "tc": "已經舉行。"})
    for words in ("seized THE", "檢獲"):
        (found,) = index.containing(words, 5)
        assert rendered_text(found.unit.texts["tc"]) == "海關檢獲貨品。"
    assert index.containing("100%", 5) == []
