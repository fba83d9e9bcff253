"""Brackets without a partner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕", "{": "}"}
_PRESENTATION_FORMS = str.maketrans("﹙﹚︵︶﹝﹞︹︺︻︼﹇﹈", "（）（）〔〕〔〕【】［］")
"""The ordinary form of small brackets and brackets for vertical text; `look_alike_character` reports them."""

_HALF_WIDTH_BRACKETS = str.maketrans("（）［］", "()[]")
_BRACKET = re.compile("[(（[［【〔{)）\\]］】〕}]")
_NUMBERING = re.compile(
    rf"(?:^|(?<=[\s;；，,。：:]))[0-9A-Za-z一二三四五六七八九十]{{1,4}}[)）]|(?<=[{HAN}])(?:[a-z]|[0-9]{{1,2}})[)）]"
)


def unpaired_bracket(passage: Passage) -> Iterator[Violation]:
    """Find brackets that are not closed or not opened; an item number such as a) or 1) needs no opening bracket.

    In a house style that writes ( ) in Chinese, （ ） is right, too, but not one bracket of each.
    """
    plain = passage.plain.translate(_PRESENTATION_FORMS)
    brackets = list(_BRACKET.finditer(plain))
    if not brackets:
        return
    numbering_offsets = {match.end() - 1 for match in _NUMBERING.finditer(passage.plain)}
    has_two_widths = passage.language.is_chinese and passage.language_style.brackets[0] == "("
    open_brackets: list[tuple[int, str]] = []
    for match in brackets:
        offset, character = match.start(), match[0]
        half_width = character.translate(_HALF_WIDTH_BRACKETS)
        if character in _PAIRS:
            open_brackets.append((offset, _PAIRS[character].translate(_HALF_WIDTH_BRACKETS)))
        else:
            if open_brackets and open_brackets[-1][1] == half_width:
                opening, closing = plain[open_brackets[-1][0]], _PAIRS[plain[open_brackets.pop()[0]]]
                if character != closing and has_two_widths:
                    yield Violation(
                        f"{opening} is closed by {character}",
                        (Highlight(passage, offset, offset + 1),),
                        f"write {closing}",
                        closing,
                    )
            elif offset not in numbering_offsets:
                yield Violation(
                    f"{character} has no opening bracket",
                    (Highlight(passage, offset, offset + 1),),
                    "add the missing bracket, or delete this one",
                )
    for offset, _ in open_brackets:
        yield Violation(
            f"{passage.plain[offset]} is not closed",
            (Highlight(passage, offset, offset + 1),),
            "add the missing bracket, or delete this one",
        )
