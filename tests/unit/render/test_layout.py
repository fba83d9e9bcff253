from __future__ import annotations

from lxml.html import HtmlElement

from ipdocs.locale.language import language
from ipdocs.templating.layout import Column, arrange, column, connect
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


def figure(alt: str, caption: str, file: str = "a.png") -> str:
    said = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-block="photo"><img src="{file}" alt="{alt}">{said}</figure>'


def pictures(languages: list[Column]) -> HtmlElement:
    (parallel,) = arrange(languages, "parallel")
    return parallel


def test_a_picture_stands_once_over_all_columns_and_says_in_every_language_what_it_shows() -> None:
    parallel = pictures([column(EN, figure("Rows of seats", "The hall.")), column(TC, figure("座位成行", "演講廳。"))])
    (cell,) = parallel[1]
    assert (parallel[1].get("class"), cell.get("colspan")) == ("row of-figure", "2")
    assert [one.get("alt") for one in parallel.iter("img")] == ["Rows of seats / 座位成行"]
    assert [(one.get("data-block"), one.get("lang"), one.text_content()) for one in cell] == [
        ("en:photo", "en", "The hall."),
        ("tc:photo", "zh-Hant-HK", "演講廳。"),
    ]


def test_a_picture_stands_once_where_languages_follow_block_by_block() -> None:
    (article,) = arrange([column(EN, figure("Seats", "The hall.")), column(TC, figure("座位", "演講廳。"))], "stacked")
    assert [[child.tag for child in one] for one in article[0]] == [["img", "figcaption"], ["figcaption"]]


def test_what_all_languages_say_of_a_picture_alike_is_said_once() -> None:
    parallel = pictures([column(EN, figure("Logo", "")), column(TC, figure("Logo", ""))])
    assert [one.get("alt") for one in parallel.iter("img")] == ["Logo"]
    assert [one.get("data-block") for one in parallel[1][0]] == ["en:photo"]


def test_pictures_that_differ_all_stand() -> None:
    parallel = pictures([column(EN, figure("Plan", "")), column(TC, figure("計劃", "", "b.png"))])
    assert [one.get("alt") for one in parallel.iter("img")] == ["Plan", "計劃"]


def test_a_picture_of_one_language_stands_over_all_columns_too() -> None:
    parallel = pictures([column(EN, figure("Plan", "")), column(TC, CHINESE)])
    assert [cell.get("colspan") for row in parallel if row.get("class") == "row of-figure" for cell in row] == ["2"]
