"""Reading Hunspell dictionaries: the forms that rules make, and files that cannot be read."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from ipdocs.findings import IpdocsError
from ipdocs.locale.spelling import hunspell
from ipdocs.locale.spelling.hunspell import read_forms
from ipdocs.locale.spelling.word_list import FORMAT, from_forms, load

HEAD = "SET UTF-8\n"
RULES = """\
PFX U Y 1
PFX U 0 un .
SFX D Y 3
SFX D 0 d e
SFX D y ied [^aeiou]y
SFX D 0 ed [^ey]
SFX N N 1
SFX N 0 ness .
"""


def forms(rules: str, words: str, encoding: str = "utf-8") -> set[str]:
    count = str(len(words.splitlines()))
    return read_forms(rules.encode(encoding), f"{count}\n{words}\n".encode(encoding), Path("xx.dic")).accepted


@pytest.mark.parametrize(
    ("rules", "words", "expected"),
    [
        (RULES, "tidy/D", "tidy tidied"),
        (RULES, "bake/D", "bake baked"),
        (RULES, "lock/UD", "lock locked unlock unlocked"),
        (RULES, "kind/UN", "kind unkind kindness"),
        (RULES, "plain\tnote: a word", "plain"),
        (RULES, "plain po:noun", "plain"),
        (RULES, r"either\/or", "either/or"),
        ("FLAG num\nSFX 12 Y 1\nSFX 12 0 s .\n", "cat/12,13", "cat cats"),
        ("FLAG long\nSFX Aa Y 1\nSFX Aa 0 s .\n", "cat/BbAa", "cat cats"),
        ("AF 2\nAF AB\nAF B\nSFX B Y 1\nSFX B 0 s .\n", "cat/2\ndog/1", "cat cats dog dogs"),
        ("SFX A Y 1\nSFX A 0 er/B .\nSFX B Y 1\nSFX B 0 s .\n", "bake/A", "bake bakeer bakeers"),
        ("NEEDAFFIX !\nSFX S Y 1\nSFX S 0 s .\n", "scissor/!S", "scissors"),
        ("FORBIDDENWORD !\nONLYINCOMPOUND _\n", "bad/!\nhalf/_\ngood", "good"),
        ("SFX Q Y 1\nSFX Q 0 + [.]\n", "a./Q\nab/Q", "a. a.+ ab"),
    ],
)
def test_rules_make_the_forms_of_stems(rules: str, words: str, expected: str) -> None:
    assert forms(HEAD + rules, words) == set(expected.split())


def test_files_may_have_another_encoding() -> None:
    assert forms("SET ISO8859-1\n", "café", "iso8859-1") == {"café"}
    assert forms("﻿SET UTF-8\n", "café") == {"café"}


@pytest.mark.parametrize(
    ("rules", "words", "line"),
    [
        (HEAD + "SFX D Y 1\nSFX D y\n", "a", 3),
        (HEAD + "SFX D Y 1\nSFX D 0 s [a\n", "a", 3),
        (HEAD + "FLAG none\n", "a", 2),
        (HEAD + "AF 1\nAF A\n", "a\nb/7", 3),
        ("SET KOI-99\n", "a", 0),
    ],
)
def test_damaged_files_are_reported(rules: str, words: str, line: int) -> None:
    with pytest.raises(IpdocsError) as caught:
        forms(rules, words)
    (finding,) = caught.value.findings
    assert (finding.code, finding.location and finding.location.line) == ("bad-dictionary", line)


@pytest.mark.parametrize("words", ["", "0\n", "3\n\n\n"])
def test_a_dictionary_without_words_is_reported(words: str) -> None:
    with pytest.raises(IpdocsError, match="no words"):
        read_forms(HEAD.encode(), words.encode(), Path("xx.dic"))


def test_text_in_the_wrong_encoding_is_reported() -> None:
    with pytest.raises(IpdocsError, match="UTF-8"):
        read_forms(HEAD.encode(), b"1\n\xff\xfe\n", Path("xx.dic"))


def test_offensive_words_are_right_but_not_suggested() -> None:
    data = read_forms(b"SET UTF-8\nNOSUGGEST !\n", b"2\nblast/!\nblest\n", Path("xx.dic"))
    words = from_forms(data)
    assert words.accepts("blast")
    assert list(words.similar_words("blust", 2)) == ["blest"]


def test_every_word_of_a_list_is_found_and_no_other() -> None:
    all_words = ["a", "ab", "abc", "b", "zebra", "Zürich", "é", "naïve"]
    words = from_forms(read_forms(HEAD.encode(), "\n".join(["8", *all_words]).encode(), Path("xx.dic")))
    restored = load(words.stored)
    assert restored is not None
    for word in all_words:
        assert word in restored
    for word in ("", "aa", "abcd", "zebr", "zebras", "zürich", "Z", "~"):
        assert word not in restored
    assert restored.accepts("Abc")


@pytest.mark.parametrize("data", [b"", b"{}\na", b"\xff"])
def test_damaged_lists_are_not_loaded(data: bytes) -> None:
    assert load(data) is None


@pytest.mark.parametrize(
    ("header", "is_loaded"),
    [
        (f'{{"format": {FORMAT}, "alphabet": "a", "withheld": []}}', True),
        (f'{{"format": {FORMAT - 1}, "alphabet": "a", "withheld": []}}', False),
        (f'{{"format": {FORMAT}, "alphabet": "a"}}', False),
        (f'{{"format": {FORMAT}, "alphabet": "a", "withheld": 1}}', False),
        ("[]", False),
        ("{", False),
    ],
)
def test_a_list_in_another_form_is_not_loaded(header: str, is_loaded: bool) -> None:
    content = f"{header}\na\n".encode()
    assert (load(sha256(content).hexdigest().encode() + b"\n" + content) is not None) is is_loaded


SUFFIXES = "SFX A Y 1\n" + "\n".join(f"SFX A 0 a{number}/B ." for number in range(1000))
SECOND_SUFFIXES = "\nSFX B Y 1\n" + "\n".join(f"SFX B 0 b{number} x" for number in range(9000))


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        *((f"SET {encoding}\n", "a") for encoding in ("undefined", "idna", "punycode", "unicode_escape", "a\0b", "rot13")),
        (HEAD + "AF 1\nAF A\n", "a/0"),
        (HEAD + "AF 1\nAF A\n", "a/-1"),
        (HEAD + "AF 1\nAF A\n", "a/" + "9" * 5000),
        (HEAD + f"SFX A Y 1\nSFX A 0 a {'[ab]' * 1000}\n", "a/A"),
        (HEAD + f"SFX A Y 1\nSFX A 0 {'a' * 1000} .\n", "a/A"),
        (HEAD, "a" * 1000),
        (HEAD, "a/" + "A" * 1000),
        (HEAD + SUFFIXES + SECOND_SUFFIXES, "\n".join(f"a{number}/A" for number in range(100))),
    ],
)
def test_hostile_dictionaries_are_refused(rules: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunspell, "MAX_ATTEMPTS", 100_000)
    with pytest.raises(IpdocsError) as caught:
        forms(rules, words)
    assert {finding.code for finding in caught.value.findings} == {"bad-dictionary"}


@pytest.mark.parametrize("limit", ["MAX_CHARACTERS", "MAX_FORMS", "MAX_RULES", "MAX_ATTEMPTS"])
def test_a_dictionary_has_limits(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(forms(HEAD + RULES, "kind/UN\nbake/D")) == 5
    monkeypatch.setattr(hunspell, limit, 3)
    with pytest.raises(IpdocsError, match="more than"):
        forms(HEAD + RULES, "kind/UN\nbake/D")


@pytest.mark.parametrize("old", [b'"alphabet": "', b"kind", b"format"])
def test_a_damaged_stored_list_is_not_used(old: bytes) -> None:
    stored = from_forms(read_forms((HEAD + RULES).encode(), b"1\nkind/UN\n", Path("xx.dic"))).stored
    assert load(stored) is not None
    assert load(stored.replace(old, old + b"x", 1)) is None


def test_a_very_long_word_has_no_similar_words() -> None:
    words = from_forms(read_forms(HEAD.encode(), b"1\nkind\n", Path("xx.dic")))
    assert words.similar_words("kindd") == {"kind": 0}
    assert words.similar_words("k" * 100_000) == {}
