"""Words and characters of sources for a quotation."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ipdocs.cli import app
from ipdocs.findings import NotReleasable
from ipdocs.source.open import open_source
from ipdocs.source.segment import segment
from ipdocs.translation.counting import SourceCount, TextCount, count_sources, count_text, source_files
from ipdocs.translation.job import NothingToTranslate, translation_job
from ipdocs.translation.memory.workspace_memory import add_to_memory

HEAD = """\
schema: 1
kind: press-release
id: {id}
issued: 2027-05-04
languages: [en{more}]
facts:
  boats: {{integer: {boats}}}
title: {{en: "{title}"{title_tc}}}
body:
"""


def source(folder: Path, name: str, *blocks: str, title: str = "A title", boats: int = 14) -> Path:
    """Write a source with paragraphs; a block is the languages of its text."""
    (folder / "locales").mkdir(exist_ok=True)
    is_translated = any("tc:" in block for block in blocks)
    head = HEAD.format(
        id=name, more=", tc" if is_translated else "", boats=boats, title=title, title_tc=', tc: "標題"' if is_translated else ""
    )
    path = folder / f"{name}.yaml"
    body = "".join(f"  - {{id: p{number}, paragraph: {{{block}}}}}\n" for number, block in enumerate(blocks, 1))
    path.write_text(head + body, "utf-8")
    return path


def counted(folder: Path, *paths: Path) -> list[SourceCount]:
    return count_sources(paths, "tc", cache=folder / "cache")


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("The co-operation of 3.2 million people — and/or others – ended.", 9, 0),
        ("It cost $3,200.50 at 3:30 p.m.\u00a0there.", 7, 0),
        ("It drew {{ people | number }} walkers on {{ held | day }}.", 6, 0),
        ("The {{ boats | number }}-boat fleet", 3, 0),
        ("Visit **the** [walk's page](https://example.org/walk).[^1]", 4, 0),
        ("Two\\\nlines", 2, 0),
        ("渡輪「甲」號，共有{{ boats | number }}名乘客。", 1, 13),
        ("The word 渡輪 means ferry.", 4, 2),
        ("", 0, 0),
    ],
)
def test_words_and_characters_of_a_text(text: str, words: int, characters: int) -> None:
    assert count_text(segment(text)) == TextCount(1, words, characters)


def test_repeated_sentences_count_once_as_new(tmp_path: Path) -> None:
    first = source(tmp_path, "first", 'en: "Boats sail daily. The pier is open."', 'en: "The pier is open."')
    second = source(tmp_path, "second", 'en: "Nobody waits. Boats sail daily."', title="Another title")
    one, two = counted(tmp_path, first, second)
    assert one.counts == {"new": TextCount(3, 9, 0), "repeated": TextCount(1, 4, 0)}
    assert two.counts == {"new": TextCount(2, 4, 0), "repeated": TextCount(1, 3, 0)}
    assert (one.total, one.to_translate) == (TextCount(4, 13, 0), TextCount(4, 13, 0))


def test_texts_with_a_translation_are_counted_apart(tmp_path: Path) -> None:
    path = source(
        tmp_path,
        "mixed",
        'en: "Boats sail.", tc: "有船。"',
        'en: "The pier is open.", tc: "⟦draft: fuzzy⟧碼頭。"',
        'en: "Nobody has counted these."',
    )
    (count,) = counted(tmp_path, path)
    expected = {"translated": TextCount(2, 4, 0), "draft": TextCount(1, 4, 0), "new": TextCount(1, 4, 0)}
    assert count.counts == expected
    assert count.to_translate == TextCount(1, 4, 0)


def test_matches_of_the_memory_are_in_bands(tmp_path: Path) -> None:
    earlier = source(
        tmp_path,
        "earlier",
        'en: "There are {{ boats | number }} boats at the pier.", tc: "碼頭有{{ boats | number }}艘船。"',
        'en: "The harbour office thanked all sponsors of the boat race.", tc: "海港辦事處感謝划艇比賽的贊助者。"',
    )
    add_to_memory(open_source(earlier), by="a translator", on="2027-05-05")
    later = source(
        tmp_path,
        "later",
        'en: "There are {{ boats | number }} boats at the pier."',
        'en: "The harbour office thanked all sponsors of a boat race."',
        'en: "The harbour office thanked several ferry companies last year."',
        'en: "There are {{ boats | number }} boats at the pier."',
        title="Nothing like it",
        boats=36,
    )
    (count,) = counted(tmp_path, later)
    assert count.counts["100 %"] == TextCount(2, 14, 0)
    assert count.counts["95-99 %"] == TextCount(1, 10, 0)
    assert count.counts["50-74 %"] == TextCount(1, 9, 0)
    assert count.counts["new"] == TextCount(1, 3, 0)


def test_folders_are_searched_for_sources(tmp_path: Path) -> None:
    first = source(tmp_path, "first", 'en: "Words."')
    (tmp_path / "deep/er").mkdir(parents=True)
    second = source(tmp_path / "deep/er", "second", 'en: "Words."')
    (tmp_path / "first.state.yaml").write_text("kind: x\n", "utf-8")
    (tmp_path / "locales/domains.yaml").write_text("domains: [general]\n", "utf-8")
    assert source_files([tmp_path, first]) == [second, first]


def test_numbers_as_a_table_and_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source(tmp_path, "first", 'en: "Boats sail daily."')
    source(tmp_path, "second", 'en: "Boats sail daily."')
    table = CliRunner().invoke(app, ["export", ".", "--count", "--to", "tc"])
    assert table.exit_code == 0
    rows = [line.split() for line in table.stdout.splitlines()]
    assert ["first.yaml", "2", "5", "0", "2", "5", "0"] in rows
    assert [row for row in rows if row and row[0] in ("new", "repeated", "total")] == [
        ["repeated", "2", "5", "0"],
        ["new", "2", "5", "0"],
        ["total", "4", "10", "0"],
    ]
    result = json.loads(CliRunner().invoke(app, ["export", "first.yaml", "second.yaml", "--count", "--json"]).stdout)
    assert result["total"] == {"units": 4, "words": 10, "characters": 0}
    assert [item["categories"]["new"]["words"] for item in result["sources"]] == [5, 0]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments", [["."], ["first.yaml", "second.yaml"], ["locales", "--count"], ["first.yaml", "--count", "--only", "p1"]]
)
def test_other_sets_of_sources_are_usage_errors(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("first", "second"):
        source(tmp_path, name, 'en: "Words."')
    assert CliRunner().invoke(app, ["export", *arguments]).exit_code == 2


def test_a_restricted_document_is_not_counted(tmp_path: Path) -> None:
    path = source(tmp_path, "first", 'en: "Words."')
    path.write_text(path.read_text("utf-8").replace("kind:", "classification: restricted\nkind:"), "utf-8")
    with pytest.raises(NotReleasable):
        counted(tmp_path, path)


def test_sentences_of_translated_texts_are_counted_and_repeated(tmp_path: Path) -> None:
    path = source(tmp_path, "mixed", 'en: "Boats sail. The pier is open.", tc: "有船。碼頭開放。"', 'en: "Boats sail."')
    (count,) = counted(tmp_path, path)
    assert count.counts == {"translated": TextCount(3, 8, 0), "repeated": TextCount(1, 2, 0)}


def test_terms_and_labels_are_no_similar_sentences(tmp_path: Path) -> None:
    names = [f'en: "{name}"' for name in ("Labour Day", "Programme of events", "A new Bureau for Boats", "Labour Department")]
    (count,) = counted(tmp_path, source(tmp_path, "names", *names, title="Public health"))
    assert count.counts == {"new": TextCount(4, 12, 0), "100 %": TextCount(1, 2, 0)}


def test_a_source_in_the_target_language_has_nothing_to_count(tmp_path: Path) -> None:
    english, chinese = source(tmp_path, "english", 'en: "Boats sail."'), source(tmp_path, "chinese", 'tc: "開航。"')
    text = chinese.read_text("utf-8").replace("[en, tc]", "[tc]").replace('en: "A title", ', "")
    chinese.write_text(text, "utf-8")
    assert [count.total for count in counted(tmp_path, english, chinese)] == [TextCount(2, 4, 0), TextCount()]
    with pytest.raises(NothingToTranslate):
        counted(tmp_path, chinese)


def test_withheld_texts_are_named_and_not_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "minutes.yaml"
    shutil.copytree(Path(__file__).parents[2] / "everything", tmp_path, dirs_exist_ok=True)
    result = CliRunner().invoke(app, ["export", str(path), "--count", "--to", "tc", "--json"])
    assert "texts are not open and not included: secret, " in result.stderr
    job = translation_job(open_source(path), "tc")
    assert json.loads(result.stdout)["total"]["words"] == sum(count_text(unit.source).words for unit in job.units)
