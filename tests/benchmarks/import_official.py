"""Imports of official releases: python tests/benchmarks/import_official.py FOLDER [--judgements FILE] [--facts].

FOLDER contains releases as published in two languages, NAME.en.txt and NAME.tc.txt. Each pair is imported in memory. Prints how
many paragraphs are paired rightly, how many headings are kept, for how many of the values that both languages state there are
facts, how many facts are wrong, and how many values are reported as doubtful.

A pair of paragraphs is right if the judgements have it: a CSV file with the columns release, en and tc, which has the numbers of
paragraphs (from 1, without those that are left out). Without judgements, releases with as many paragraphs in both languages are
taken to have them in the same order. A short paragraph without an end mark, in both languages, with text after it, is a heading.

Values are those that a fact can hold, equal in both languages of a pair; counts below 3 count if they have a unit. A fact is
wrong if it does not render as the text has it in both languages, or if it joins numbers with different units. --facts prints each
fact with the words around it, to be judged by a person.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from ipdocs.findings import IpdocsError
from ipdocs.importing.import_release import ComposedRelease, compose_release
from ipdocs.importing.stated_values import StatedValue, stated_ranges, stated_values
from ipdocs.importing.value_pairs import pair_values
from ipdocs.locale.language import language
from ipdocs.locale.style import house_style
from ipdocs.locale.units import unit_after
from ipdocs.pipeline.check import run_checks
from ipdocs.source.segment import Code, Segment, segment, to_display_text
from ipdocs.values.notation import notation
from ipdocs.values.types import Date, Integer, Label, Ordinal, RelativeDay
from ipdocs.values.value_context import ValueContext
from ipdocs.workspace import Workspace

LANGUAGES = ("en", "tc")
WORKSPACE = Workspace()
MAX_HEADING = 100
HEADING_END = re.compile(r"[.。:：︰;；,，]$")


def pairs(folder: Path) -> Iterator[tuple[str, list[Path]]]:
    """Yield the name and the files of each release in two languages."""
    for english in sorted(folder.glob("*.en.txt")):
        name = english.name.removesuffix(".en.txt")
        chinese = folder / f"{name}.tc.txt"
        if chinese.exists():
            yield name, [english, chinese]


def judged_pairs(path: Path | None) -> dict[str, set[tuple[int, int]]]:
    """Return the pairs of paragraph numbers that a person found to be right, keyed by release."""
    judged: dict[str, set[tuple[int, int]]] = defaultdict(set)
    if path:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                judged[row["release"]].add((int(row["en"]), int(row["tc"])))
    return judged


def imported(files: Sequence[Path], *, as_written: bool) -> ComposedRelease:
    """Import a release in memory."""
    return compose_release(files, Path("release/release.yaml"), datetime.now(UTC), workspace=WORKSPACE, as_written=as_written)


def count_pairs(release: ComposedRelease, judged: set[tuple[int, int]], counts: Counter[str]) -> None:
    """Count the blocks and those that are paired rightly."""
    numbers = {code: _numbers([row[code] for row in release.lines if code in row]) for code in LANGUAGES}
    expected = judged or set(zip(numbers["en"].values(), numbers["tc"].values(), strict=False))
    if not judged and len(numbers["en"]) != len(numbers["tc"]):
        print("  the languages have different numbers of paragraphs; add judgements")
    found = {(numbers["en"][row["en"]], numbers["tc"][row["tc"]]) for row in release.lines if len(row) == 2}
    counts["paragraphs"] += len(expected)
    counts["paired rightly"] += len(found & expected)
    counts["paired wrongly"] += len(found - expected)


def _numbers(lines: Sequence[int]) -> dict[int, int]:
    return {line: number for number, line in enumerate(sorted(lines), 1)}


def count_headings(files: Sequence[Path], release: ComposedRelease, counts: Counter[str]) -> None:
    """Count the headings of the texts, and those that are headings of the source."""
    found = [_headings(path.read_text("utf-8")) for path in files]
    counts["headings"] += min(map(len, found))
    counts["headings kept"] += len(re.findall(r"^ +heading:$", release.text, re.MULTILINE))


def _headings(text: str) -> list[str]:
    """Return the short paragraphs without an end mark between other paragraphs, except for the title."""
    paragraphs = [paragraph.strip() for paragraph in text.split("\n\n") if paragraph.strip()]
    return [paragraph for paragraph, following in pairwise(paragraphs[1:]) if _is_heading(paragraph, following)]


def _is_heading(paragraph: str, following: str) -> bool:
    is_line = len(paragraph) <= MAX_HEADING and "\n" not in paragraph and not HEADING_END.search(paragraph)
    return is_line and len(following) > len(paragraph)


def texts(release: ComposedRelease) -> Iterator[tuple[Segment, Segment]]:
    """Yield each text of the source that both languages have."""
    if release.source is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "release.yaml"
        path.write_text(release.text, "utf-8")
        for document in run_checks([path]).documents:
            for unit in document.units:
                if set(LANGUAGES) <= unit.passages.keys():
                    first, second = (unit.passages[code] for code in LANGUAGES)
                    yield segment(first.plain), segment(second.plain)


ITEM_END = re.compile(r"(?:[;；](?: and|及|以及)?|[.。])$")


def plain_texts(release: ComposedRelease) -> list[tuple[str, ...]]:
    """Return the texts of a source with the values of its facts, without the ends of list items, which the style writes."""
    return [tuple(_comparable(to_display_text(text)) for text in pair) for pair in texts(release)]


def _comparable(text: str) -> str:
    return ITEM_END.sub("", re.sub(r"(?<=\d)[ \u00a0](?=\d{3})", " ", text))


def is_counted(stated: StatedValue, other: StatedValue) -> bool:
    """Whether a value that both languages state may be a fact."""
    if isinstance(stated.value, Label | RelativeDay):
        return False
    try:
        notation(stated.value)
    except ValueError:
        return False
    if isinstance(stated.value, Integer | Ordinal) and stated.value.number < 3:
        units = [unit_after(value.following, 0, value.value_context.language, WORKSPACE) for value in (stated, other)]
        return isinstance(stated.value, Integer) and units[0] is not None and units[0] == units[1]
    return True


def count_values(release: ComposedRelease, style: str, counts: Counter[str]) -> None:
    """Count the values that both languages of the texts state; each occurrence counts."""
    issued = re.search(r"^issued: (\d{4})-(\d\d)-(\d\d)", release.text, re.MULTILINE)
    day = Date(*map(int, issued.groups())) if issued else None
    contexts = [ValueContext(language(code, WORKSPACE), house_style(style, WORKSPACE), day) for code in LANGUAGES]
    for first, second in texts(release):
        ranges = stated_ranges(first, contexts[0]) & stated_ranges(second, contexts[1])
        values, others = (
            [*stated_values(text, context, ranges)] for text, context in zip((first, second), contexts, strict=True)
        )
        remaining = list(others)
        for stated in values:
            match = next((other for other in remaining if repr(other.value) == repr(stated.value)), None)
            if match:
                remaining.remove(match)
                counts["values in both languages"] += is_counted(stated, match)
        signed = [
            pair for pair in pair_values(values, others, WORKSPACE).same if pair.first not in values or pair.second not in others
        ]
        counts["values in both languages"] += len(signed)


def count_facts(release: ComposedRelease, counts: Counter[str], *, show: bool) -> None:
    """Count the occurrences of facts that both languages have, and those with different units."""
    blocks = re.split(r"\n(?=  - |title:)", release.text)
    for block in blocks:
        for english, chinese in _versions(block):
            found = [
                [code for code in segment(text) if isinstance(code, Code) and code.kind == "fact"] for text in (english, chinese)
            ]
            names = Counter(code.name for code in found[0]) & Counter(code.name for code in found[1])
            counts["facts"] += sum(names.values()) - _second_parts(english, chinese)
            for name in names:
                units = [_units(name, text, code) for text, code in zip((english, chinese), LANGUAGES, strict=True)]
                if units[0] and units[1] and not units[0] & units[1]:
                    counts["facts with different units"] += 1
                    print(f"  different units: {name}: {english} / {chinese}")
                if show:
                    print(f"  {name}: {_around(name, english)} / {_around(name, chinese)}")


def _second_parts(english: str, chinese: str) -> int:
    """Return how many expressions write the weekday of the fact next to them."""
    pattern = re.compile(r"\{\{ (\w+)[^{}]*\}\}[ ,（(]*\{\{ \1\b")
    return min(len(pattern.findall(english)), len(pattern.findall(chinese)))


def _versions(block: str) -> Iterator[tuple[str, str]]:
    """Yield the English and Chinese versions of each text in the lines of a block."""
    found: dict[str, str] = {}
    code = ""
    for line in block.splitlines():
        match = re.match(r"\s*(?:- )?(en|tc): (.*)", line)
        if match:
            if match[1] == "en" and len(found) == 2:
                yield found["en"], found["tc"]
                found = {}
            code = match[1]
            found[code] = match[2].strip('|"')
        elif code:
            found[code] = f"{found[code]} {line.strip()}" if code == "en" else found[code] + line.strip()
    if len(found) == 2:
        yield found["en"], found["tc"]


def _units(name: str, text: str, code: str) -> set[str]:
    found = set()
    for match in re.finditer(rf"\{{\{{ {name}\b[^{{}}]*\}}\}}", text):
        unit = unit_after(text, match.end(), language(code, WORKSPACE), WORKSPACE)
        if unit and unit.is_certain:
            found.add(unit.name)
    return found


def _around(name: str, text: str) -> str:
    return " | ".join(
        text[max(match.start() - 15, 0) : match.end() + 15] for match in re.finditer(rf"\{{\{{ {name}\b[^{{}}]*\}}\}}", text)
    )


def main(arguments: Sequence[str]) -> int:
    """Import the pairs of a folder and print the counts; return 1 if a file cannot be imported."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judgements", type=Path)
    parser.add_argument("--facts", action="store_true", help="print each fact with the words around it")
    options = parser.parse_args(arguments)
    judged, counts = judged_pairs(options.judgements), Counter[str]()
    for name, files in pairs(options.folder):
        print(name)
        try:
            with_facts, as_written = imported(files, as_written=False), imported(files, as_written=True)
        except IpdocsError as error:
            print(*error.findings, sep="\n")
            counts["failed"] += 1
            continue
        style = re.search(r"^style: (\S+)", with_facts.text, re.MULTILINE)
        count_pairs(as_written, judged.get(name, set()), counts)
        count_headings(files, with_facts, counts)
        count_values(as_written, style[1] if style else "gia", counts)
        count_facts(with_facts, counts, show=options.facts)
        rendered, written = plain_texts(with_facts), plain_texts(as_written)
        for first, second in zip(rendered, written, strict=True):
            if first != second:
                counts["texts that render differently"] += 1
                print(f"  renders differently: {first}\n  in place of: {second}")
        for finding in with_facts.summary.findings:
            counts[finding.code] += 1
            print(f"  {finding.code}: {finding.message}")
    values = counts["values in both languages"]
    for key in ("facts with different units", "texts that render differently", "doubtful-value", "failed"):
        counts.setdefault(key, 0)
    print(*(f"{number:>6} {name}" for name, number in counts.items()), sep="\n")
    print(f"facts for {100 * counts['facts'] / max(values, 1):.1f} % of the values in both languages")
    return int(counts["failed"] > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
