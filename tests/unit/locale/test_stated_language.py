"""Tags of languages that other programs write."""

from __future__ import annotations

import pytest

from ipdocs.locale.stated_language import is_taiwan_tag, stated_language
from ipdocs.workspace import Workspace


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"), ("EN-GB", "en"), ("en_US", "en"), ("eng", "en"), ("tc", "tc"), ("zh-Hant-HK", "tc"), ("zh_Hant_HK", "tc"),
        ("ZH-HK", "tc"), ("zh_HK", "tc"), ("zh-Hant", "tc"), ("zh-MO", "tc"), ("yue", "tc"), ("yue-HK", "tc"), ("zho-Hant", "tc"),
        ("zh-CN", "cn"), ("zh_CN", "cn"), ("zh-Hans", "cn"), ("zh-SG", "cn"), ("cmn-Hans-CN", "cn"), ("zh-Hans-HK", "sc"),
        ("zh", "tc"), (" zh-HK ", "tc"), ("zh-yue-HK", "tc"),
    ],
)  # fmt: skip
def test_tag_of_another_program(tag: str, code: str) -> None:
    found = stated_language(tag, Workspace())
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("tag", ["", "fr", "zh-TW", "zh_Hant_TW", "x-none", "english", "chinese"])
def test_tag_of_no_known_language(tag: str) -> None:
    assert stated_language(tag, Workspace()) is None


def test_characters_decide_for_plain_chinese() -> None:
    codes = [stated_language("zh", Workspace(), text) for text in ("這是碼頭", "这是码头", "中文")]
    assert [language and language.code for language in codes] == ["tc", "cn", "tc"]


def test_taiwan_is_recognised() -> None:
    assert [is_taiwan_tag(tag) for tag in ("zh-TW", "ZH_HANT_TW", "zh-HK", "en-TW", "")] == [True, True, False, False, False]
