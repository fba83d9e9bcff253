from __future__ import annotations

from lxml.html import HtmlElement

from ipdocs.locale.language import language
from ipdocs.templating.layout import Column, arrange, parse_column, remove_dead_links
from ipdocs.workspace import Workspace

EN, TC, SC = (language(name, Workspace()) for name in ("en", "tc", "sc"))


ENGLISH = (
    '<h1 data-block="head">Title</h1> <p data-block="lead">Lead</p><p data-block="only-en">More</p><p data-block="end">Ends</p>'
)
CHINESE = '<h1 data-block="head">題</h1><p data-block="lead">首段</p><p data-block="only-tc">另有</p><p data-block="end">完</p>'


def columns() -> list[Column]:
    return [parse_column(EN, ENGLISH), parse_column(TC, CHINESE)]


def test_one_language_is_one_article() -> None:
    (article,) = arrange(columns()[:1], "parallel")
    assert (article.tag, article.get("lang")) == ("article", "en")
    assert [element.get("data-block") for element in article] == ["en:head", "en:lead", "en:only-en", "en:end"]


def test_ids_are_unique_across_languages() -> None:
    (parallel,) = arrange(columns(), "parallel")
    ids = [element.get("id") for element in parallel.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 8
    assert "tc-lead" in ids


def test_sequential_languages_are_an_article_each() -> None:
    assert [article.get("lang") for article in arrange(columns(), "sequential")] == ["en", "zh-Hant-HK"]


def test_blocks_side_by_side_are_paired_by_name() -> None:
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


def test_stacked_blocks_state_their_language() -> None:
    (article,) = arrange(columns(), "stacked")
    rows = [[(element.get("lang"), element.text_content()) for element in row] for row in article]
    assert rows[1] == [("en", "Lead"), ("zh-Hant-HK", "首段")]
    assert rows[2] == [("zh-Hant-HK", "另有")]


def test_dead_links_become_words_and_dead_entries_are_returned() -> None:
    links = '<a href="#lead">a</a> <a href="#gone">b</a>'
    nav = f'<nav data-block="toc" class="contents"><ul><li>{links}</li></ul></nav>'
    column = parse_column(EN, f'{nav}<p data-block="lead">{links} <a href="#away">c</a></p>')
    assert remove_dead_links([column]) == ["gone"]
    assert [[(link.get("href"), link.text) for link in block.iter("a")] for block in column.blocks.values()] == [
        [("#en-lead", "a")]
    ] * 2
    assert column.blocks["lead"].text_content() == "a b c"


def figure(alt: str, caption: str, file: str = "a.png") -> str:
    figcaption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-block="photo"><img src="{file}" alt="{alt}">{figcaption}</figure>'


def pictures(languages: list[Column]) -> HtmlElement:
    (parallel,) = arrange(languages, "parallel")
    return parallel


def test_picture_in_columns_is_shown_once() -> None:
    parallel = pictures(
        [parse_column(EN, figure("Rows of seats", "The hall.")), parse_column(TC, figure("座位成行", "演講廳。"))]
    )
    (cell,) = parallel[1]
    assert (parallel[1].get("class"), cell.get("colspan")) == ("row of-figure", "2")
    assert [image.get("alt") for image in parallel.iter("img")] == ["Rows of seats / 座位成行"]
    assert [(block.get("data-block"), block.get("lang"), block.text_content()) for block in cell] == [
        ("en:photo", "en", "The hall."),
        ("tc:photo", "zh-Hant-HK", "演講廳。"),
    ]


def test_picture_in_stacked_languages_is_shown_once() -> None:
    (article,) = arrange(
        [parse_column(EN, figure("Seats", "The hall.")), parse_column(TC, figure("座位", "演講廳。"))], "stacked"
    )
    assert [[child.tag for child in block] for block in article[0]] == [["img", "figcaption"], ["figcaption"]]


def test_equal_alternative_texts_are_given_once() -> None:
    parallel = pictures([parse_column(EN, figure("Logo", "")), parse_column(TC, figure("Logo", ""))])
    assert [image.get("alt") for image in parallel.iter("img")] == ["Logo"]
    assert [block.get("data-block") for block in parallel[1][0]] == ["en:photo"]


def test_different_pictures_are_all_shown() -> None:
    parallel = pictures([parse_column(EN, figure("Plan", "")), parse_column(TC, figure("計劃", "", "b.png"))])
    assert [image.get("alt") for image in parallel.iter("img")] == ["Plan", "計劃"]


def test_picture_of_one_language_spans_all_columns() -> None:
    parallel = pictures([parse_column(EN, figure("Plan", "")), parse_column(TC, CHINESE)])
    assert [cell.get("colspan") for row in parallel if row.get("class") == "row of-figure" for cell in row] == ["2"]
