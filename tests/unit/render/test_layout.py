from __future__ import annotations

from ipdocs.locale.language import language
from ipdocs.render.layout import Column, arrange, column, connect
from ipdocs.workspace import Workspace

EN, TC, SC = (language(name, Workspace()) for name in ("en", "tc", "sc"))


ENGLISH = (
    '<h1 data-block="head">Title</h1> <p data-block="lead">Lead</p><p data-block="only-en">More</p><p data-block="end">Ends</p>'
)
CHINESE = '<h1 data-block="head">題</h1><p data-block="lead">首段</p><p data-block="only-tc">另有</p><p data-block="end">完</p>'


def columns() -> list[Column]:
    return [column(EN, ENGLISH), column(TC, CHINESE)]


def test_one_language_is_one_article() -> None:
    (article,) = arrange(columns()[:1], "parallel")
    assert (article.tag, article.get("lang")) == ("article", "en")
    assert [element.get("data-block") for element in article] == ["en:head", "en:lead", "en:only-en", "en:end"]


def test_ids_name_the_language_so_that_they_stay_unique() -> None:
    (parallel,) = arrange(columns(), "parallel")
    ids = [element.get("id") for element in parallel.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 8
    assert "tc-lead" in ids


def test_languages_one_after_the_other_are_an_article_each() -> None:
    assert [article.get("lang") for article in arrange(columns(), "sequential")] == ["en", "zh-Hant-HK"]


def test_blocks_side_by_side_stand_level_and_a_missing_one_leaves_an_empty_cell() -> None:
    (parallel,) = arrange(columns(), "parallel")
    rows = [[cell.text_content() for cell in row] for row in parallel]
    assert rows == [
        ["English", "繁體中文"],
        ["Title", "題"],
        ["Lead", "首段"],
        ["", "另有"],
        ["More", ""],
        ["Ends", "完"],
    ]
    assert {cell.get("lang") for row in parallel for cell in row} == {"en", "zh-Hant-HK"}


def test_block_under_block_keeps_each_language_on_its_element() -> None:
    (article,) = arrange(columns(), "stacked")
    rows = [[(element.get("lang"), element.text_content()) for element in row] for row in article]
    assert rows[1] == [("en", "Lead"), ("zh-Hant-HK", "首段")]
    assert rows[2] == [("zh-Hant-HK", "另有")]


def test_links_that_lead_nowhere_are_words_and_those_of_the_contents_are_told() -> None:
    links = '<a href="#lead">a</a> <a href="#gone">b</a>'
    nav = f'<nav data-block="toc" class="contents"><ul><li>{links}</li></ul></nav>'
    (one,) = made = [column(EN, f'{nav}<p data-block="lead">{links} <a href="#away">c</a></p>')]
    assert connect(made) == ["gone"]
    assert [[(link.get("href"), link.text) for link in block.iter("a")] for block in one.blocks.values()] == [
        [("#en-lead", "a")]
    ] * 2
    assert one.blocks["lead"].text_content() == "a b c"
