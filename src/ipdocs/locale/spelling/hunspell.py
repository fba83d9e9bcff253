"""Read Hunspell dictionaries: a .dic file lists stems, and the rules of an .aff file give the other forms of each stem.

All forms are listed once, so that a lookup needs no rules. Rules that join stems to compounds are not applied, because English
and Portuguese have none for words; a word that only these rules allow is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from ipdocs.files.reading import unusable_file
from ipdocs.findings import IpdocsError

MAX_FORMS = 4_000_000
"""The maximum number of forms of a dictionary. The Portuguese dictionary has a million."""
MAX_CHARACTERS = 100_000_000
"""The maximum number of characters of all forms together. The Portuguese dictionary has 14 million."""
MAX_ATTEMPTS = 20_000_000
"""How many times rules may be tried on words. The Portuguese dictionary needs 4 million attempts."""
MAX_RULES = 100_000
_MAX_LENGTH = 200
"""The maximum number of characters of a stem, affix or condition, and of flags of a word."""
_CODE = "bad-dictionary"
_HINT = "install the dictionary again"
_CONDITION = re.compile(r"(?:\[\^?[^\[\]]+\]|[^\[\]])+")
_ENCODING = re.compile(r"utf-?8|iso[-_]?8859[-_]?\d\d?|koi8-[ru]|(?:cp|windows-)125\d|tis-?620", re.IGNORECASE)
"""The encodings of dictionaries. Other codecs of Python are slow, or return characters that cannot be written."""
_FLAG_LISTS: dict[str, Callable[[str], Sequence[str]]] = {
    "char": list,
    "UTF-8": list,
    "long": lambda flags: [flags[index : index + 2] for index in range(0, len(flags), 2)],
    "num": lambda flags: flags.split(","),
}
"""Functions that split the flags of a word, keyed by the value of FLAG."""


@dataclass(frozen=True, slots=True)
class _AffixRule:
    """A rule that replaces the beginning or the end of a stem that matches the condition.

    Attributes:
        removed: the characters to remove.
        added: the characters to add.
        condition: matches the stems to which the rule applies.
        flags: the flags of the result, whose rules apply to it in turn.
    """

    removed: str
    added: str
    condition: re.Pattern[str]
    flags: Sequence[str]

    def add_suffix(self, stem: str) -> str | None:
        """Return the stem with the suffix, or None if the rule does not apply."""
        if not stem.endswith(self.removed) or not self.condition.search(stem):
            return None
        return stem[: len(stem) - len(self.removed)] + self.added

    def add_prefix(self, stem: str) -> str | None:
        """Return the stem with the prefix, or None if the rule does not apply."""
        if not stem.startswith(self.removed) or not self.condition.match(stem):
            return None
        return self.added + stem[len(self.removed) :]


@dataclass(slots=True)
class _AffixClass:
    """The rules of one flag; `combines` means that a prefix and a suffix may stand on the same stem."""

    combines: bool
    rules: list[_AffixRule] = field(default_factory=list)


@dataclass(slots=True)
class _AffixFile:
    """The content of an .aff file, as far as it is needed to list the forms of each stem.

    Attributes:
        encoding: the encoding of both files.
        split_flags: splits the flags of a word.
        flag_sets: the sets of flags that words refer to by number; None before the line that states their number.
        prefixes, suffixes: the classes of rules, keyed by flag.
        special: the flags with a special meaning, keyed by keyword, such as NOSUGGEST.
    """

    encoding: str = "iso8859-1"
    split_flags: Callable[[str], Sequence[str]] = list
    flag_sets: list[Sequence[str]] | None = None
    prefixes: dict[str, _AffixClass] = field(default_factory=dict)
    suffixes: dict[str, _AffixClass] = field(default_factory=dict)
    special: dict[str, str] = field(default_factory=dict)
    rule_count: int = 0

    def flags(self, text: str) -> Sequence[str]:
        """Return the flags of a word; the text is a list of flags, or the number of a set of flags.

        Raises:
            ValueError, IndexError: there is no such set, or there are too many flags.
        """
        if self.flag_sets:
            number = int(text)
            if number < 1:
                raise ValueError(text)
            return self.flag_sets[number - 1]
        return self.listed_flags(text)

    def listed_flags(self, text: str) -> Sequence[str]:
        """Return the flags in a list.

        Raises:
            ValueError: there are too many flags.
        """
        if len(flags := self.split_flags(text)) > _MAX_LENGTH:
            raise ValueError(text)
        return flags


@dataclass(frozen=True, slots=True)
class WordForms:
    """All forms of the words of a dictionary, and the forms that are right but must not be suggested."""

    accepted: set[str]
    withheld: set[str]


def read_forms(aff: bytes, dic: bytes, path: Path) -> WordForms:
    """Return all forms of the words of a dictionary.

    Args:
        aff: the content of the .aff file.
        dic: the content of the .dic file.
        path: the path of the .dic file, for findings.

    Raises:
        IpdocsError: a file is not in its encoding, a rule or the flags of a word cannot be read, or there are no forms,
            too many forms or too many rules.
    """
    affixes = _read_affixes(aff, path.with_suffix(".aff"))
    text = _decode(dic, affixes.encoding, path)
    forms, form_count, character_count, attempts = WordForms(set(), set()), 0, 0, 0
    unlisted = {affixes.special[name] for name in ("FORBIDDENWORD", "ONLYINCOMPOUND") if name in affixes.special}
    needs_affix, no_suggestion = affixes.special.get("NEEDAFFIX"), affixes.special.get("NOSUGGEST")
    for number, line in enumerate(text.splitlines()[1:], 2):
        stem, flag_text = _stem_and_flags(line)
        try:
            flags = affixes.flags(flag_text) if flag_text else ()
        except (ValueError, IndexError):
            raise _bad_line(path, number, f"the flags {flag_text!r:.40} of {stem!r:.40} cannot be read") from None
        if not stem or not unlisted.isdisjoint(flags):
            continue
        if len(stem) > _MAX_LENGTH:
            raise _bad_line(path, number, f"{stem!r:.40} has more than {_MAX_LENGTH} characters")
        words = set()
        for word in chain([None if needs_affix in flags else stem], _affixed(stem, flags, affixes)):
            attempts += 1
            if word is not None:
                words.add(word)
                form_count += 1
                character_count += len(word)
            if form_count > MAX_FORMS or character_count > MAX_CHARACTERS or attempts > MAX_ATTEMPTS:
                message = f"the dictionary has more than {MAX_FORMS:,} forms, or too many rules for a word"
                raise _bad_line(path, number, message, "name another dictionary in the style")
        forms.accepted.update(words)
        if no_suggestion in flags:
            forms.withheld.update(words)
    if not forms.accepted:
        raise _bad_line(path, 1, "the dictionary has no words")
    return forms


def _stem_and_flags(line: str) -> tuple[str, str]:
    """Return the stem in a line of a .dic file, and its flags; notes follow a tab, or a space and a name of two letters."""
    word = re.split(r"\t|\s+[a-z]{2}:", line.strip(), maxsplit=1)[0].strip()
    stem, _, flags = word.replace(r"\/", "\0").partition("/")
    return stem.replace("\0", "/"), flags.split(" ")[0]


def _affixed(stem: str, flags: Sequence[str], affixes: _AffixFile) -> Iterator[str | None]:
    """Yield the form of a stem by each rule or pair of rules, and None for a rule that does not apply."""
    prefixes = [affixes.prefixes[flag] for flag in flags if flag in affixes.prefixes]
    for prefix in prefixes:
        for rule in prefix.rules:
            yield rule.add_prefix(stem)
    for flag in flags:
        suffix = affixes.suffixes.get(flag)
        for rule in suffix.rules if suffix else ():
            word = rule.add_suffix(stem)
            yield word
            if word is not None:
                yield from _affixed_again(word, rule, prefixes if suffix and suffix.combines else (), affixes)


def _affixed_again(word: str, rule: _AffixRule, prefixes: Iterable[_AffixClass], affixes: _AffixFile) -> Iterator[str | None]:
    """Yield the forms of a word with a suffix: with a second suffix, with a prefix, and with both; None as in `_affixed`.

    Args:
        word: the word.
        rule: the rule by which the word has its suffix.
        prefixes: the prefixes of the stem that combine with suffixes.
        affixes: all rules.
    """
    suffixes = (affixes.suffixes[flag] for flag in rule.flags if flag in affixes.suffixes)
    prefixes = [*prefixes, *(affixes.prefixes[flag] for flag in rule.flags if flag in affixes.prefixes)]
    second_forms = (second.add_suffix(word) for suffix in suffixes for second in suffix.rules)
    for form in chain([word], second_forms):
        if form is not word:
            yield form
        if form is not None:
            for prefix in prefixes:
                for prefix_rule in prefix.rules if prefix.combines else ():
                    yield prefix_rule.add_prefix(form)


def _read_affixes(data: bytes, path: Path) -> _AffixFile:
    affixes = _AffixFile()
    encoding = re.search(rb"^SET\s+(\S+)", data.removeprefix(b"\xef\xbb\xbf"), re.MULTILINE)
    if encoding:
        affixes.encoding = encoding[1].decode("ascii", "replace")
    for number, line in enumerate(_decode(data, affixes.encoding, path).splitlines(), 1):
        fields = line.split()
        if len(fields) < 2:
            continue
        try:
            _read_affix_line(affixes, fields)
        except (ValueError, IndexError, KeyError, re.error):
            raise _bad_line(path, number, f"this line cannot be read: {line.strip():.60}") from None
        if affixes.rule_count > MAX_RULES:
            raise _bad_line(path, number, f"the dictionary has more than {MAX_RULES:,} rules")
    return affixes


def _read_affix_line(affixes: _AffixFile, fields: Sequence[str]) -> None:
    """Add a line of an .aff file; the first line of a class of rules states their number, not a rule.

    Raises:
        ValueError, IndexError, KeyError, re.error: the line cannot be read.
    """
    match fields[0]:
        case "FLAG":
            affixes.split_flags = _FLAG_LISTS[fields[1]]
        case "AF":
            # The first line states the number of sets, and every other line is a set.
            if affixes.flag_sets is None:
                affixes.flag_sets = []
            else:
                affixes.flag_sets.append(affixes.listed_flags(fields[1]))
        case "PFX" | "SFX":
            classes = affixes.prefixes if fields[0] == "PFX" else affixes.suffixes
            if fields[1] not in classes:
                classes[fields[1]] = _AffixClass(fields[2] == "Y")
            else:
                classes[fields[1]].rules.append(_rule(fields, affixes))
                affixes.rule_count += 1
        case "FORBIDDENWORD" | "ONLYINCOMPOUND" | "NEEDAFFIX" | "NOSUGGEST":
            affixes.special[fields[0]] = fields[1]


def _rule(fields: Sequence[str], affixes: _AffixFile) -> _AffixRule:
    """Return the rule in a line such as `SFX D y ied [^aeiou]y`; 0 stands for nothing.

    Raises:
        ValueError, IndexError: the rule or its flags cannot be read, or a part of it is too long.
    """
    added, _, flags = fields[3].partition("/")
    condition = fields[4] if len(fields) > 4 else "."
    if max(map(len, (fields[2], added, condition))) > _MAX_LENGTH or not _CONDITION.fullmatch(condition):
        raise ValueError(condition)
    parts = re.findall(r"\[\^?[^\[\]]+\]|[^\[\]]", condition)
    pattern = "".join(part if part == "." else _character_class(part) for part in parts)
    return _AffixRule(
        "" if fields[2] == "0" else fields[2],
        "" if added == "0" else added,
        re.compile(f"{pattern}$" if fields[0] == "SFX" else pattern),
        affixes.flags(flags) if flags else (),
    )


def _character_class(part: str) -> str:
    """Return the regular expression for a character or for a class of characters such as [^aeiou]."""
    if len(part) == 1:
        return re.escape(part)
    negation = "^" if part[1] == "^" else ""
    return f"[{negation}{re.escape(part[1 + len(negation) : -1])}]"


def _decode(data: bytes, encoding: str, path: Path) -> str:
    if not _ENCODING.fullmatch(encoding):
        raise _bad_line(path, 0, f"ipdocs reads no dictionary in the encoding {encoding!r:.40}")
    try:
        return data.decode("utf-8-sig" if encoding.upper() == "UTF-8" else encoding)
    except (UnicodeDecodeError, LookupError):
        raise _bad_line(path, 0, f"the dictionary is not in the encoding {encoding} that SET names") from None


def _bad_line(path: Path, line: int, message: str, hint: str = _HINT) -> IpdocsError:
    """Return an error on a line of a file; line 0 means the whole file."""
    return unusable_file(_CODE, message, path, hint, line)
