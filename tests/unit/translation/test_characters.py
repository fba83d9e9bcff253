from __future__ import annotations

import pytest

from ipdocs.locale.conversion.characters import characters, wrong_script_characters
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        ("专责小组説明", "sc", [(4, "説")]),
        ("甚么、覆核、乾隆", "cn", []),
        ("谘询、答覆及帐目", "sc", []),
        ("谘询", "cn", [(0, "谘")]),
        ("專責小组", "tc", [(3, "组")]),
        ("皇后、公里、若干、台灣、秘書", "tc", []),
        ("陳恒鑌", "tc", []),
        ("组說", "en", []),
        ("ＩＰ（１）：○", "sc", []),
    ],
)
def test_characters_of_the_other_script_have_their_place(text: str, code: str, wrong: list[tuple[int, str]]) -> None:
    assert wrong_script_characters(text, language(code, Workspace())) == wrong


def test_character_list_is_the_whole_table() -> None:
    assert len(characters("simplified")) == 8105
    assert characters("simplified-only") <= characters("simplified")
