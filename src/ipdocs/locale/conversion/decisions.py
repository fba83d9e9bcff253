"""The audit of a conversion: every span where more than one form was possible, and what decided."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ipdocs.files.temporary import temporary_folder
from ipdocs.findings import Finding, IpdocsError
from ipdocs.locale.conversion.characters import characters
from ipdocs.locale.conversion.engine import Engine, opencc
from ipdocs.locale.conversion.protection import FixedSpan, replace_with_gaps

DICTIONARIES = {"hk2s": ("TSPhrases", "TSCharacters"), "s2hk": ("STPhrases", "STCharacters")}
CONTEXT = 8


@dataclass(frozen=True, slots=True)
class ConversionDecision:
    """A span that could have become something else: where it stands, what it became, what else it could be, who decided.

    start and end count characters of the text that was converted. settled: a rule, a name or a person decided;
    otherwise OpenCC took its first form, and a person should look.
    """

    start: int
    end: int
    text: str
    context: str
    chosen: str
    alternatives: tuple[str, ...]
    by: str
    settled: bool


def audit(engine: Engine, text: str, fixed: Sequence[FixedSpan]) -> list[ConversionDecision]:
    """Return the decisions of one conversion from left to right; fixed: the spans that were settled before it."""
    rest = replace_with_gaps(text, fixed)
    places = _places(text, fixed)
    found = [*_names(engine, text, fixed)]
    converted = engine.script(rest)
    covered = [False] * len(rest)
    for start, end in engine.applied(converted):
        rule = engine.phrases[converted[start:end]]
        covered[start:end] = [True] * (end - start)
        if rule.original != rule.replacement:
            place = places[start]
            found.append(_decision(text, place, place + end - start, rule.replacement, (rule.original,), rule.name, True))
    for start, end, name in _ambiguities(engine.config, rest):
        others = _others(engine, rest[start:end], converted[start:end])
        if others and not any(covered[start:end]):
            guard = engine.characters.get(converted[start:end])
            by, place = (guard.name if guard else f"OpenCC {name}"), places[start]
            found.append(_decision(text, place, place + end - start, converted[start:end], others, by, guard is not None))
    return sorted(found, key=lambda decision: decision.start)


def _decision(
    text: str, start: int, end: int, chosen: str, alternatives: tuple[str, ...], by: str, settled: bool
) -> ConversionDecision:
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end) if "\n" in text[end:] else len(text)
    context = text[max(line, start - CONTEXT) : min(stop, end + CONTEXT)]
    return ConversionDecision(start, end, text[start:end], context, chosen, alternatives, by, settled)


def _names(engine: Engine, text: str, fixed: Sequence[FixedSpan]) -> Iterator[ConversionDecision]:
    for span in fixed:
        if span.by in ("choice", "glossary", "surname"):
            plain = engine.convert(text[span.start : span.end])
            if plain != span.form:
                yield _decision(text, span.start, span.end, span.form, (plain,), span.by, True)


def _places(text: str, fixed: Sequence[FixedSpan]) -> list[int]:
    """Return for each character between the fixed spans (one for each gap) its place in the text."""
    places, end = [], 0
    for span in fixed:
        places += [*range(end, span.start), span.start]
        end = span.end
    return [*places, *range(end, len(text))]


def _others(engine: Engine, source: str, chosen: str) -> tuple[str, ...]:
    """Return the other forms that OpenCC's dictionaries have for a span, as the target language writes characters.

    Forms that do not belong to the target's script at all are left out.
    """
    forms = next((table[source] for table in _tables(engine.config).values() if source in table), ())
    if engine.config == "s2hk":
        forms = tuple(opencc("t2hk").convert(form) for form in forms)
    written = dict.fromkeys(form.translate(engine.forms) for form in forms)
    return tuple(form for form in written if form != chosen and _in_script(form, engine.config))


def _in_script(form: str, config: str) -> bool:
    if config == "hk2s":
        return characters("simplified").issuperset(form)
    return characters("simplified-only").isdisjoint(form)


def _ambiguities(config: str, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the start and end of the spans that OpenCC's own program reports as ambiguous, and the dictionary they are in.

    Its records give the output piece by piece. A conversion of script never changes the length, so the pieces' lengths
    are those of the source.
    """
    place = 0
    for line in _run("opencc", "-c", _share(f"{config}.json"), "--ambiguities", text=text).splitlines():
        record = json.loads(line)
        if "lit" in record:
            place += len(record["lit"])
        elif "amb" in record:
            end = place + len(record["amb"]["t"])
            source = text[place:end]
            yield place, end, next((name for name, table in _tables(config).items() if source in table), DICTIONARIES[config][1])
            place = end


@cache
def _tables(config: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the forms that OpenCC's dictionaries of a configuration list for each phrase and character."""
    return {name: _table(name) for name in DICTIONARIES[config]}


def _table(name: str) -> dict[str, tuple[str, ...]]:
    with temporary_folder() as folder:
        out = folder / "dictionary.txt"
        _run("opencc_dict", "-i", _share(f"{name}.ocd2"), "-o", str(out), "-f", "ocd2", "-t", "text")
        rows = (line.split("\t") for line in out.read_text("utf-8").splitlines())
        return {row[0]: tuple(row[1].split(" ")) for row in rows}


def _share(name: str) -> str:
    return str(_home() / "share/opencc" / name)


def _home() -> Path:
    import opencc

    return Path(opencc.__file__).parent / "clib"


def _run(program: str, *arguments: str, text: str = "") -> str:
    """Run a program of the OpenCC package and return what it prints."""
    command = [str(_home() / "bin" / program), *arguments]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60)  # noqa: S603 - our own
    except (OSError, subprocess.SubprocessError) as error:
        message = f"the program {program} of the opencc package cannot be run: {error}"
        hint = "install opencc again, and set TMPDIR to a folder with room for temporary files"
        raise IpdocsError([Finding("missing-tool", message, None, hint)]) from error
    return done.stdout.decode("utf-8")
