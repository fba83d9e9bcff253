"""False findings on official texts: python tests/benchmarks/official.py FOLDER [options]; --help lists them.

FOLDER contains releases as published, NAME.en.txt and NAME.tc.txt (or .html, or one language alone). Each release is imported
with its languages aligned by paragraph, and checked. Prints each finding with its words, a table of findings by rule for each
1,000 English words and Chinese characters, and how many of the recognised values render again as they are written.

A value renders as published if a filter of the house style, or else the form that recognition keeps with the value, writes its
very words. These are the same: any space between thousands, and ○ and 零 in years if the style accepts both. Numbers that are
names (Cap. 559, a hotline, 2050 in 《藍圖2050》) are no values, and are counted apart. Words for a value that have no form, such
as the 3 in "3 to 5 million", count as not rendered.

A file of judgements is CSV with the columns release, rule, words and verdict; the verdict is true for a real fault and false
for a false finding. Findings that are not in the file are counted as "open", in the form of rows to add to the file.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ipdocs.checks.passage import Passage
from ipdocs.cli.user import cache_folder, dictionary_folders
from ipdocs.findings import Finding, IpdocsError
from ipdocs.importing.import_release import import_release
from ipdocs.pipeline.check import CheckResult, run_checks
from ipdocs.pipeline.dictionaries import SpellingOptions
from ipdocs.values.filters import FILTERS, apply_filter
from ipdocs.values.form import CannotRender
from ipdocs.values.numbers import GROUP_SPACES
from ipdocs.values.render import render
from ipdocs.values.types import Label, Value
from ipdocs.values.value_context import ValueContext
from ipdocs.values.value_span import ValueSpan

Key = tuple[str, str, str]
"""The release, the rule and the words of a finding."""

NAME = re.compile(r"(?P<release>.+?)(?:[.-](?P<language>en|tc|sc|c|e))?\.(?:txt|html)", re.IGNORECASE)
HAN = re.compile("[\u3400-\u9fff]")


@dataclass
class Totals:
    """Counts over all releases: sizes by language, findings by rule and verdict, and values by language."""

    words: int = 0
    characters: int = 0
    by_rule: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_language: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    values: Counter[str] = field(default_factory=Counter)
    in_style: Counter[str] = field(default_factory=Counter)
    in_form: Counter[str] = field(default_factory=Counter)


def releases(folder: Path) -> dict[str, list[Path]]:
    """Return the files of each release in a folder, keyed by the name that the files share."""
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.iterdir()):
        if match := NAME.fullmatch(path.name):
            files[match["release"]].append(path)
    # Two Chinese languages of one release are two releases: one of them is converted from the other.
    return {
        (name if len(paths) == 1 or any(".en." in path.name for path in paths) else path.name): (
            paths if any(".en." in path.name for path in paths) else [path]
        )
        for name, paths in files.items()
        for path in paths
    }


def check_release(paths: Sequence[Path], style: str, spelling: SpellingOptions | None = None) -> CheckResult:
    """Import the files of a release into a temporary workspace, and check the source."""
    with tempfile.TemporaryDirectory() as folder:
        source = import_release(paths, Path(folder) / "release", datetime.now(UTC), style=style).path
        return run_checks([source], spelling=spelling)


def judgements(path: Path | None) -> dict[Key, str]:
    """Return the verdicts ("true" or "false") of a person, keyed by finding."""
    if path is None or not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["release"], row["rule"], row["words"]): row["verdict"] for row in csv.DictReader(file)}


def key(release: str, finding: Finding) -> Key:
    """Return the key of a finding: its words with some context, or its message if it has no words."""
    excerpt = finding.excerpts[0] if finding.excerpts else None
    if excerpt is None:
        return release, finding.code, f"{finding.message} {finding.location.line if finding.location else ''}".strip()
    start, end = excerpt.start, excerpt.end
    text = f"{excerpt.text[max(start - 12, 0) : start]}⟦{excerpt.text[start:end]}⟧{excerpt.text[end : end + 12]}"
    return release, finding.code, " ".join(text.split())


def language_of(finding: Finding) -> str:
    """Return the language of the text to fix; a finding without a text counts for both languages."""
    if not finding.excerpts:
        return "both"
    return "en" if finding.excerpts[0].language == "en" else "zh"


def measure(release: str, result: CheckResult, verdicts: Mapping[Key, str], totals: Totals) -> Iterator[tuple[Key, str, Finding]]:
    """Add a release to the totals, and yield each finding with its verdict."""
    for document in result.documents:
        for passage in document.passages:
            if passage.language.is_chinese:
                totals.characters += len(HAN.findall(passage.plain))
            else:
                totals.words += len(passage.plain.split())
            for span in passage.value_spans:
                counts = {"label": totals.labels, "style": totals.in_style, "form": totals.in_form}
                way = rendered_by(span, passage)
                if way in counts:
                    counts[way][passage.language.code] += 1
                totals.values[passage.language.code] += way != "label"
    for finding in result.findings:
        finding_key = key(release, finding)
        verdict = verdicts.get(finding_key, "open")
        totals.by_rule[finding.code][verdict] += 1
        if verdict != "true":
            totals.by_language[language_of(finding)] += 1
        yield finding_key, verdict, finding


def rendered_by(span: ValueSpan, passage: Passage) -> str:
    """Return what writes a value as published: "style", "form" or "nothing"; "label" for a number that is a name."""
    if isinstance(span.value, Label):
        return "label"
    context = replace(passage.value_context, following=passage.plain[span.end :])
    written = [_filtered(name, span.value, context) for name in FILTERS if isinstance(span.value, FILTERS[name].takes)]
    if _comparable(span.surface, passage) in [_comparable(text, passage) for text in written if text]:
        return "style"
    try:
        return "form" if span.form and render(span.value, span.form) == span.surface else "nothing"
    except CannotRender:
        return "nothing"


def _filtered(name: str, value: Value, context: ValueContext) -> str:
    try:
        return apply_filter(name, value, (), {}, context)
    except CannotRender:
        return ""


def _comparable(text: str, passage: Passage) -> str:
    """Return a text with one kind of space between thousands and, if the style accepts several, one zero in years."""
    zero = passage.language_style.zero
    for accepted in zero.accepted_in_years if zero else ():
        text = text.replace(accepted, zero.in_years if zero else "")
    return re.sub(rf"(?<=\d)[{GROUP_SPACES}](?=\d{{3}})", " ", text)


def print_totals(totals: Totals) -> None:
    """Print the table of rules, the rates of false findings, and the values."""
    print(f"\n{'rule':<28}{'all':>6}{'false':>7}{'true':>6}{'open':>6}{'/1000 words':>13}{'/1000 chars':>13}")
    for rule, counts in sorted(totals.by_rule.items(), key=lambda entry: -sum(entry[1].values())):
        all_findings = sum(counts.values())
        per_word, per_character = (1000 * all_findings / max(size, 1) for size in (totals.words, totals.characters))
        verdicts = "".join(f"{counts[verdict]:>{width}}" for verdict, width in (("false", 7), ("true", 6), ("open", 6)))
        print(f"{rule:<28}{all_findings:>6}{verdicts}{per_word:>13.2f}{per_character:>13.2f}")
    doubtful = sum(counts["false"] + counts["open"] for counts in totals.by_rule.values())
    print(f"\n{totals.words:,} English words, {totals.characters:,} Chinese characters")
    print(f"false or open: {doubtful}; by language of the text to fix: {dict(totals.by_language)}")
    print(f"false or open for each 1,000 English words: {1000 * doubtful / max(totals.words, 1):.2f}")
    print(f"false or open for each 1,000 Chinese characters: {1000 * doubtful / max(totals.characters, 1):.2f}")
    for code, number in sorted(totals.values.items()):
        style, form = totals.in_style[code], totals.in_form[code]
        rates = [100 * count / max(number, 1) for count in (style + form, style)]
        print(
            f"{code}: {number} values recognised, {style + form} render as published ({rates[0]:.1f} %), "
            f"{style} of them in the house style ({rates[1]:.1f} %); {totals.labels[code]} numbers are names"
        )


def main(arguments: Sequence[str]) -> int:
    """Measure the releases in a folder, and return 1 if a file cannot be imported."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judgements", type=Path)
    parser.add_argument("--style", default="gia")
    parser.add_argument("--pairs", action="store_true", help="leave out releases in one language")
    parser.add_argument("--spelling", action="store_true", help="look words up in the installed dictionary, too")
    parser.add_argument("--values", action="store_true", help="print each value that the house style does not write as published")
    options = parser.parse_args(arguments)
    spelling = SpellingOptions(dictionary_folders(), cache_folder()) if options.spelling else None
    verdicts, totals, failed = judgements(options.judgements), Totals(), 0
    rows = csv.writer(sys.stdout)
    for release, paths in releases(options.folder).items():
        if options.pairs and len(paths) < 2:
            continue
        try:
            result = check_release(paths, options.style, spelling)
        except IpdocsError as error:
            failed += 1
            print(release, *error.findings, sep="\n")
            continue
        for finding_key, verdict, finding in measure(release, result, verdicts, totals):
            rows.writerow((*finding_key, verdict))
            print(f"    {finding.severity}: {finding.message}")
            for excerpt in finding.excerpts:
                print(f"      [{excerpt.text}]")
        if options.values:
            _print_values(result)
    print_totals(totals)
    return int(failed > 0)


def _print_values(result: CheckResult) -> None:
    for document in result.documents:
        for passage in document.passages:
            for span in passage.value_spans:
                if (way := rendered_by(span, passage)) != "style":
                    words = passage.plain[max(span.start - 8, 0) : span.end + 8]
                    print(f"    {way} {passage.language.code}: {span.surface} = {span.value} in [{words}]")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
