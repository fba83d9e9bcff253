"""One text for each kind of finding that has one right answer, and how it reads once it is put right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mendable:
    """A text with one fault."""

    code: str
    lang: str
    before: str
    after: str
    block: str = "paragraph"

    @property
    def id(self) -> str:
        """The id of its block."""
        return f"of-{self.code}"


MENDABLE = (
    Mendable(
        "full-width-punctuation", "en", "The hall is small，and it opens at nine.", "The hall is small, and it opens at nine."
    ),
    Mendable("half-width-punctuation", "tc", "禮堂細小,九時開放。", "禮堂細小，九時開放。"),
    Mendable("ellipsis-or-dash", "tc", "禮堂九時開放...", "禮堂九時開放……"),
    Mendable("ordinal-suffix", "en", "This is the 22th show.", "This is the 22nd show."),
    Mendable("doubled-punctuation", "tc", "禮堂，，九時開放。", "禮堂，九時開放。"),
    Mendable("look-alike-character", "en", "The hаll opens at eight.", "The hall opens at eight."),
    Mendable("space-at-punctuation", "en", "The hall , too, opens at nine.", "The hall, too, opens at nine."),
    Mendable("invisible-character", "en", "The ha\u00adll opens at seven.", "The hall opens at seven."),
    Mendable("space-at-edge", "tc", "禮堂八時開放。 ", "禮堂八時開放。"),
    Mendable("space-in-chinese", "tc", "禮堂 七時開放。", "禮堂七時開放。"),
    Mendable("house-spelling", "en", "Their cooperation begins at nine.", "Their co-operation begins at nine."),
    Mendable("variant-character", "tc", "禮堂裡九時開放。", "禮堂裏九時開放。"),
    Mendable("taiwan-form", "tc", "軟體九時開放。", "軟件九時開放。"),
    Mendable("doubled-space", "en", "The hall  opens at six.", "The hall opens at six."),
    Mendable("doubled-word", "en", "The the hall opens at five.", "The hall opens at five."),
    Mendable("wrong-zero", "tc", "展覽於二〇一八年開放。", "展覽於二○一八年開放。"),
    Mendable("wrong-article", "en", "It is an hall that opens at nine.", "It is a hall that opens at nine."),
    Mendable("comma-before-and", "tc", "禮堂、走廊、以及花園九時開放。", "禮堂、走廊以及花園九時開放。"),
    Mendable("full-width-letters", "en", "The hall has １４ doors.", "The hall has 14 doors."),
    Mendable("foreign-character", "tc", "安娜・李九時到達。", "安娜·李九時到達。"),
    Mendable("name-in-other-script", "tc", "陳美琼女士九時到達。", "陳美[琼]{keep}女士九時到達。"),
    Mendable("title-full-stop", "tc", "禮堂開放。", "禮堂開放", "heading"),
)
IN_LEGCO_STYLE = Mendable("unpaired-bracket", "tc", "禮堂(舊禮堂）九時開放。", "禮堂(舊禮堂)九時開放。")
QUOTATION_MARKS = Mendable("quotation-marks", "tc", "主題為“開放”。", "主題為「開放」。")
"""Two marks, so two findings of one kind."""

HEAD = """\
# Notes of the author
schema: 1
kind: press-release
id: mending
style: {style}
issued: 2018-08-21   # in the evening
languages: [en, tc]
title: {{en: "The hall opens", tc: "禮堂開放"}}
body:
"""


def quoted(text: str) -> str:
    """Return a text as a YAML scalar in double quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\u00ad", "\\u00AD") + '"'


def source_of(*items: Mendable, style: str = "gia") -> str:
    """Return a source with a block for each text."""
    blocks = (
        f"  - id: {item.id}   # {item.code}\n    only: {item.lang}\n    {item.block}: {{{item.lang}: {quoted(item.before)}}}\n"
        for item in items
    )
    return HEAD.format(style=style) + "".join(blocks)
