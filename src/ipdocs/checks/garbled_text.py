"""Text that another program decoded with the wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ipdocs.checks.passage import Passage
from ipdocs.checks.violation import Highlight, Violation
from ipdocs.locale.conversion.characters import HAN

_GARBLED = re.compile(
    "â(?:€[™œ“”˜¦¢\u009d]?|\u0080[\u0080-\u00bf])"  # quotation marks and dashes as Windows-1252
    "|Ã[\u00a0-\u00bf€-™]|Â[\u00a0-\u00bf]"  # accented letters, spaces and signs
    "|ï¿½|ï»¿|\ufffd+"  # the replacement character and the byte order mark
    "|(?:[äåæçèé][\u0080-\u00bf‚-™œž]{2}){2,}"  # Chinese as Latin-1
    "|(?:锟斤拷|錕斤拷)+|烫烫烫+|屯屯屯+|鈥[\ue000-\uf8ff檚淨]?|銆[\ue000-\uf8ff]?"  # UTF-8 read as GBK, and uninitialised memory
)
_QUESTION_MARKS = re.compile(f"(?<=[{HAN}])\\?{{2,}}|\\?{{2,}}(?=[{HAN}])")


def garbled_text(passage: Passage) -> Iterator[Violation]:
    """Find traces of wrong encodings: â€™ in place of ’, 锟斤拷, or question marks in place of characters."""
    for pattern in (_GARBLED, _QUESTION_MARKS):
        for match in pattern.finditer(passage.plain):
            yield Violation(
                f"{match[0]} was read in the wrong encoding",
                (Highlight(passage, *match.span()),),
                "copy the text from the original again",
            )
