"""Read Hunspell dictionaries: a .dic file lists stems, and the rules of an .aff file give the other forms of each stem.

All forms are listed once, so that a lookup needs no rules. Rules that join stems to compounds are not applied, because English
and Portuguese have none for words; a word that only these rules allow is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError, Location

MAX_FORMS = 4_000_000
"""The maximum number of forms of a dictionary. The Portuguese dictionary has a million."""
_CODE = "bad-dictionary"
_HINT = "install the dictionary again"
_CONDITION = re.compile(r"(?:\[\^?[^\[\]]+\]|[^\[\]])+")
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
        flag_sets: the sets of flags that words refer to by number.
        prefixes, suffixes: the classes of rules, keyed by flag.
        special: the flags with a special meaning, keyed by keyword, such as NOSUGGEST.
    """

    encoding: str = "iso8859-1"
    split_flags: Callable[[str], Sequence[str]] = list
    flag_sets: list[Sequence[str]] = field(default_factory=list)
    prefixes: dict[str, _AffixClass] = field(default_factory=dict)
    suffixes: dict[str, _AffixClass] = field(default_factory=dict)
    special: dict[str, str] = field(default_factory=dict)

    def flags(self, text: str) -> Sequence[str]:
        """Return the flags of a word; the text is a list of flags, or the number of a set of flags."""
        if self.flag_sets:
            return self.flag_sets[int(text) - 1]
        return self.split_flags(text)


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
        IpdocsError: a file is not in its encoding, a rule or the flags of a word cannot be read, or there are no forms
            or too many.
    """
    affixes = _read_affixes(aff, path.with_suffix(".aff"))
    text = _decode(dic, affixes.encoding, path)
    forms, form_count = WordForms(set(), set()), 0
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
        words = set() if needs_affix in flags else {stem}
        for word in _affixed(stem, flags, affixes):
            words.add(word)
            form_count += 1
            if form_count > MAX_FORMS:
                message = f"the dictionary has more than {MAX_FORMS:,} forms"
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


def _affixed(stem: str, flags: Sequence[str], affixes: _AffixFile) -> Iterator[str]:
    """Yield the forms of a stem with a prefix, a suffix or both; a suffix may have a further suffix."""
    prefixes = [affixes.prefixes[flag] for flag in flags if flag in affixes.prefixes]
    for prefix in prefixes:
        yield from _applied(stem, prefix.rules, _AffixRule.add_prefix)
    for flag in flags:
        suffix = affixes.suffixes.get(flag)
        for rule in suffix.rules if suffix else ():
            word = rule.add_suffix(stem)
            if word is None:
                continue
            yield word
            further = [affixes.suffixes[name].rules for name in rule.flags if name in affixes.suffixes]
            words = [word, *(form for rules in further for form in _applied(word, rules, _AffixRule.add_suffix))]
            yield from words[1:]
            more = [affixes.prefixes[name] for name in rule.flags if name in affixes.prefixes]
            for prefix in (*prefixes, *more) if suffix and suffix.combines else more:
                if prefix.combines:
                    for form in words:
                        yield from _applied(form, prefix.rules, _AffixRule.add_prefix)


def _applied(stem: str, rules: Iterable[_AffixRule], apply: Callable[[_AffixRule, str], str | None]) -> Iterator[str]:
    """Yield the results of the rules that apply to a stem."""
    for rule in rules:
        form = apply(rule, stem)
        if form is not None:
            yield form


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
            if not affixes.flag_sets and fields[1].isdigit() and "AF" not in affixes.special:
                affixes.special["AF"] = fields[1]
            else:
                affixes.flag_sets.append(affixes.split_flags(fields[1]))
        case "PFX" | "SFX":
            classes = affixes.prefixes if fields[0] == "PFX" else affixes.suffixes
            if fields[1] not in classes:
                classes[fields[1]] = _AffixClass(fields[2] == "Y")
            else:
                classes[fields[1]].rules.append(_rule(fields, affixes))
        case "FORBIDDENWORD" | "ONLYINCOMPOUND" | "NEEDAFFIX" | "NOSUGGEST":
            affixes.special[fields[0]] = fields[1]


def _rule(fields: Sequence[str], affixes: _AffixFile) -> _AffixRule:
    """Return the rule in a line such as `SFX D y ied [^aeiou]y`; 0 stands for nothing."""
    added, _, flags = fields[3].partition("/")
    condition = fields[4] if len(fields) > 4 else "."
    if not _CONDITION.fullmatch(condition):
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
    try:
        return data.decode("utf-8-sig" if encoding.upper() == "UTF-8" else encoding)
    except (UnicodeDecodeError, LookupError):
        message = f"the dictionary is not in the encoding {encoding:.40} that SET names"
        raise IpdocsError([Finding(_CODE, message, Location(path), _HINT)]) from None


def _bad_line(path: Path, line: int, message: str, hint: str = _HINT) -> IpdocsError:
    return IpdocsError([Finding(_CODE, message, Location(path, line, 1), hint)])
