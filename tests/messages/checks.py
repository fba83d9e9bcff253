"""Examples of the findings of `ipdocs check`: the first planted error of each rule in tests/corpus, and those of its settings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ipdocs.findings import Finding
from ipdocs.pipeline.check import check
from ipdocs.pipeline.dictionaries import SpellingOptions
from ipdocs.translation.confirm import confirm

from .example import EXAMPLES, RELEASE, Example, changed, produces, write

PLANTED = sorted((Path(__file__).resolve().parents[1] / "corpus").glob("*/planted/*.yaml"))


def register_planted() -> None:
    """Register the first planted error of each rule as its example."""
    known: set[str] = set()
    for path in PLANTED:
        match = re.match(r"# expect: (?P<code>[a-z-]+)", path.read_text("utf-8"))
        assert match, path
        if match["code"] not in known:
            known.add(match["code"])
            title = path.stem.replace("-", " ")
            EXAMPLES.setdefault("checks", []).append(Example((match["code"],), title, lambda folder, path=path: check([path])))


register_planted()


@produces("unknown-check")
def a_rule_that_does_not_exist_is_switched_off(folder: Path) -> Iterable[Finding]:
    (folder / "locales").mkdir()
    write(folder / "checks.yaml", "doubled-wrd: off\n")
    return check([write(folder / "source.yaml", RELEASE)])


@produces("bad-value")
def a_rule_with_a_severity_that_does_not_exist(folder: Path) -> Iterable[Finding]:
    (folder / "locales").mkdir()
    write(folder / "checks.yaml", "doubled-word: fatal\n")
    return check([write(folder / "source.yaml", RELEASE)])


@produces("bad-data")
def settings_that_are_a_list(folder: Path) -> Iterable[Finding]:
    (folder / "locales").mkdir()
    write(folder / "checks.yaml", "- doubled-word\n")
    return check([write(folder / "source.yaml", RELEASE)])


@produces("idle-silence")
def a_rule_that_is_allowed_without_need(folder: Path) -> Iterable[Finding]:
    return check([write(folder / "source.yaml", RELEASE + '  allow: {doubled-word: "a song"}\n')])


@produces("misspelt-word")
def a_word_that_no_dictionary_has(folder: Path) -> Iterable[Finding]:
    source = write(folder / "source.yaml", changed(RELEASE, ("A meeting.", "We recieve forms.")))
    return check([source], spelling=_dictionary(folder, "we\nreceive\nforms\na\ntitle\n"))


@produces("no-dictionary")
def a_dictionary_that_is_not_installed(folder: Path) -> Iterable[Finding]:
    return check([write(folder / "source.yaml", RELEASE)], spelling=SpellingOptions((folder / "dictionaries",), folder / "cache"))


@produces("bad-dictionary")
def a_dictionary_with_a_damaged_rule(folder: Path) -> Iterable[Finding]:
    options = _dictionary(folder, "word/D\n", "SET UTF-8\nSFX D Y 1\nSFX D y ied [^aeiou\n")
    return check([write(folder / "source.yaml", RELEASE)], spelling=options)


def _dictionary(folder: Path, words: str, rules: str = "SET UTF-8\n") -> SpellingOptions:
    write(folder / "dictionaries/en_GB.aff", rules)
    write(folder / "dictionaries/en_GB.dic", f"{words.count(chr(10))}\n{words}")
    return SpellingOptions((folder / "dictionaries",), folder / "cache")


@produces("undecided-conversion")
def a_word_with_two_simplified_forms(folder: Path) -> Iterable[Finding]:
    return check([write(folder / "source.yaml", changed(RELEASE, ("會議。", "會議後頭髮乾了。")))])


@produces("stale-translation")
def a_translation_of_an_earlier_version(folder: Path) -> Iterable[Finding]:
    path = write(folder / "source.yaml", RELEASE)
    confirm(path, [], "tc", by="A. Reader", on="2018-08-22")
    return check([write(path, changed(RELEASE, ("A meeting.", "A long meeting.")))])
