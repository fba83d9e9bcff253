"""Audit of a conversion: the decision on each span that has several possible conversions."""

from __future__ import annotations

import json
import re
import subprocess
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.conversion.characters import characters
from ipdocs.locale.conversion.engine import BOUNDARY, Engine, opencc
from ipdocs.locale.conversion.protection import FixedSpan, replace_with_gaps
from ipdocs.locale.tables import read_table
from ipdocs.workspace import shipped_root

DICTIONARY_NAMES = {"hk2s": ("TSPhrases", "TSCharacters"), "s2hk": ("STPhrases", "STCharacters")}
"""The names of the OpenCC dictionaries for phrases and for characters, keyed by configuration."""
_Ambiguity = tuple[int, int, str]
"""The start and end of an ambiguous span, and the name of the dictionary that has it."""
_CONTROL_CHARACTER = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
"""A control character other than a line feed; the OpenCC program writes some of them as JSON that cannot be read."""
CONTEXT = 8
"""The number of characters before and after a span that its context shows."""
FORMS_COLUMNS = ("dictionary", "text", "forms")


@dataclass(frozen=True, slots=True)
class ConversionDecision:
    """The decision on a span that has several possible conversions.

    Attributes:
        start: the offset of the span in the source text, in characters.
        end: the offset of the end of the span.
        context: the span with some text before and after it.
        chosen: the form in the result.
        alternatives: the other possible forms.
        by: the rule, name, choice or dictionary that decided.
        settled: whether a rule, name or choice decided; if not, OpenCC used its first form, which a person should check.
    """

    start: int
    end: int
    text: str
    context: str
    chosen: str
    alternatives: tuple[str, ...]
    by: str
    settled: bool


@dataclass(frozen=True, slots=True)
class AuditedText:
    """A text to audit.

    Attributes:
        engine: converts the text.
        fixed: the spans whose form is known before conversion.
    """

    engine: Engine
    text: str
    fixed: Sequence[FixedSpan]


def audit(texts: Sequence[AuditedText]) -> list[list[ConversionDecision]]:
    """Return the decisions of the conversion of each text, from left to right.

    The program that finds ambiguities is called once for all texts with the same engine, because it takes long to start.
    """
    ambiguities: list[list[_Ambiguity]] = [[] for _ in texts]
    for engine in {id(text.engine): text.engine for text in texts}.values():
        indices = [index for index, text in enumerate(texts) if text.engine is engine]
        rests = [replace_with_gaps(texts[index].text, texts[index].fixed) for index in indices]
        for index, result in zip(indices, _ambiguities_by_text(engine, rests), strict=True):
            ambiguities[index] = result
    return [_decisions(text.engine, text.text, text.fixed, found) for text, found in zip(texts, ambiguities, strict=True)]


def _decisions(
    engine: Engine, text: str, fixed: Sequence[FixedSpan], ambiguities: Sequence[_Ambiguity]
) -> list[ConversionDecision]:
    rest = replace_with_gaps(text, fixed)
    offsets = _source_offsets(text, fixed)
    decisions = [*_name_decisions(engine, text, fixed)]
    converted = engine.convert_script(rest)  # in the target script, with the words of the source
    covered = [False] * len(rest)  # for each character, whether a phrase rule applies
    bounded = {index for start, end in engine.find_boundaries(rest) for index in range(start, end)}
    for start, end in engine.find_phrases(converted):
        rule = engine.phrase_rules[converted[start:end]]
        covered[start:end] = [True] * (end - start)
        if rule.original != rule.replacement:
            offset = offsets[start]
            decisions.append(_decision(text, offset, offset + end - start, rule.replacement, (rule.original,), rule.name, True))
    for start, end, dictionary in ambiguities:
        alternatives = _alternatives(engine, rest[start:end], converted[start:end])
        is_bounded = end - start == 1 and start in bounded  # a word boundary decides on a character, but not on a whole word
        if alternatives and not is_bounded and not any(covered[start:end]):
            character_rule = engine.character_rules.get(converted[start:end])
            by, offset = (character_rule.name if character_rule else f"OpenCC {dictionary}"), offsets[start]
            decisions.append(
                _decision(text, offset, offset + end - start, converted[start:end], alternatives, by, character_rule is not None)
            )
    return sorted(decisions, key=lambda decision: decision.start)


def undecided_count(text: AuditedText) -> int:
    """Return the number of spans that no rule, name or choice decides; fast for a text without such spans."""
    if not _undecided_pattern(text.engine).search(replace_with_gaps(text.text, text.fixed)):
        return 0
    return sum(not decision.settled for decision in audit([text])[0])


def _undecided_pattern(engine: Engine) -> re.Pattern[str]:
    """Return a pattern that matches the texts with several forms of which no character rule settles one."""
    texts = [text for forms in _forms(engine.config).values() for text in forms]
    converted = engine.convert_script("\n".join(texts)).split("\n")
    unsettled = (text for text, form in zip(texts, converted, strict=True) if form not in engine.character_rules)
    return re.compile("|".join(map(re.escape, sorted(unsettled))))


def _decision(
    text: str, start: int, end: int, chosen: str, alternatives: tuple[str, ...], by: str, settled: bool
) -> ConversionDecision:
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    context = text[max(line_start, start - CONTEXT) : min(line_end, end + CONTEXT)]
    return ConversionDecision(start, end, text[start:end], context, chosen, alternatives, by, settled)


def _name_decisions(engine: Engine, text: str, fixed: Sequence[FixedSpan]) -> Iterator[ConversionDecision]:
    """Yield the decisions on fixed spans whose form differs from the usual conversion."""
    for span in fixed:
        if span.by in ("choice", "glossary", "surname"):
            converted = engine.convert(text[span.start : span.end])
            if converted != span.form:
                yield _decision(text, span.start, span.end, span.form, (converted,), span.by, True)


def _source_offsets(text: str, fixed: Sequence[FixedSpan]) -> list[int]:
    """Return the offset in `text` of each character that is left after gaps have replaced the fixed spans, and of each gap."""
    offsets, end = [], 0
    for span in fixed:
        offsets += [*range(end, span.start), span.start]
        end = span.end
    return [*offsets, *range(end, len(text))]


def _alternatives(engine: Engine, source: str, chosen: str) -> tuple[str, ...]:
    """Return the other forms of a span in the dictionaries of OpenCC, in the character forms of the target language.

    Forms that do not belong to the target script are left out.
    """
    forms = next((dictionary[source] for dictionary in _forms(engine.config).values() if source in dictionary), ())
    if engine.config == "s2hk":
        forms = tuple(opencc("t2hk").convert(form) for form in forms)
    target_forms = dict.fromkeys(engine.with_character_forms(form) for form in forms)
    return tuple(form for form in target_forms if form != chosen and _is_in_target_script(form, engine.config))


def _is_in_target_script(form: str, config: str) -> bool:
    if config == "hk2s":
        return characters("simplified").issuperset(form)
    return characters("simplified-only").isdisjoint(form)


def _ambiguities_by_text(engine: Engine, texts: Sequence[str]) -> list[list[_Ambiguity]]:
    """Return the ambiguities of each text; no ambiguity contains a line break, so the texts can be joined."""
    starts = list(accumulate((len(text) + 1 for text in texts), initial=0))
    results: list[list[_Ambiguity]] = [[] for _ in texts]
    for start, end, dictionary in _ambiguities(engine, "\n".join(texts)):
        index = bisect_right(starts, start) - 1
        results[index].append((start - starts[index], end - starts[index], dictionary))
    return results


def _ambiguities(engine: Engine, text: str) -> Iterator[_Ambiguity]:
    """Yield the start, end and dictionary name of each span that the OpenCC program reports as ambiguous.

    The program prints the output in pieces. Conversion never changes the length, so each piece is as long as its source.
    """
    offset, config = 0, engine.config
    program_input = engine.mark_boundaries(_CONTROL_CHARACTER.sub("\ufffd", text))
    output = _run("opencc", "-c", _data_path(f"{config}.json"), "--ambiguities", text=program_input)
    for line in output.removesuffix("\n").split("\n"):
        record = json.loads(line)
        if "lit" in record:
            offset += len(record["lit"].replace(BOUNDARY, ""))
        elif "amb" in record:
            end = offset + len(record["amb"]["t"])
            source = text[offset:end]
            yield (
                offset,
                end,
                next(
                    (name for name, dictionary in _forms(config).items() if source in dictionary),
                    DICTIONARY_NAMES[config][1],
                ),
            )
            offset = end


@cache
def _forms(config: str) -> dict[str, Mapping[str, tuple[str, ...]]]:
    """Return the texts that have several forms in the OpenCC dictionaries of a configuration, keyed by dictionary name."""
    forms: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in DICTIONARY_NAMES[config]}
    for row in read_table(shipped_root() / "locales/characters/several-forms.csv", FORMS_COLUMNS):
        if row["dictionary"] in forms:
            forms[row["dictionary"]][row["text"]] = tuple(row["forms"].split(" "))
    return {**forms}


def _data_path(name: str) -> str:
    """Return the path of a data file of the OpenCC package."""
    return str(_package_folder() / "share/opencc" / name)


def _package_folder() -> Path:
    import opencc

    return Path(opencc.__file__).parent / "clib"


def _run(program: str, *arguments: str, text: str = "") -> str:
    """Run a program of the OpenCC package and return its output."""
    command = [str(_package_folder() / "bin" / program), *arguments]
    try:
        process = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)  # noqa: S603 - a fixed program
    except (OSError, subprocess.SubprocessError) as error:
        message = f"the program {program} of the opencc package cannot run: {error}"
        hint = "install opencc again, and set TMPDIR to a folder with room for temporary files"
        raise IpdocsError([Finding("missing-tool", message, None, hint)]) from error
    return process.stdout.decode("utf-8")
