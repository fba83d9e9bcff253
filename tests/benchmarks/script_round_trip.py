"""Convert your own Traditional text to Simplified and back, and print the losses.

    python tests/benchmarks/script_round_trip.py FILE... [--top 40]

Compatibility characters and blanks between Chinese characters, as extraction from a PDF leaves them, are put right first.
"""

from __future__ import annotations

import argparse
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path

from ipdocs.locale.conversion.characters import wrong_script_characters
from ipdocs.locale.conversion.converter import converter
from ipdocs.locale.language import language
from ipdocs.workspace import Workspace


def main() -> None:
    """Print the share of characters that come back unchanged, the speed, and the changed characters."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--top", type=int, default=40)
    options = parser.parse_args()
    text = "\n".join(tidy(path.read_text("utf-8")) for path in options.files)
    there, back = converter("tc", "sc", Workspace()), converter("sc", "tc", Workspace())
    start = time.perf_counter()
    simplified = there.convert(text)
    middle = time.perf_counter()
    again = back.convert(simplified)
    print(f"{len(text)} characters: {middle - start:.2f} s to Simplified, {time.perf_counter() - middle:.2f} s back")
    print(f"twice is once: {there.convert(simplified) == simplified} and {back.convert(again) == again}")
    report(text, again, options.top)
    for name, result in (("sc", simplified), ("tc", again)):
        wrong = Counter(character for _, character in wrong_script_characters(result, language(name, Workspace())))
        print(f"{name}: {sum(wrong.values())} characters of another script: {wrong.most_common(20)}")


def tidy(text: str) -> str:
    """Return text as a person would type it."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans(",;:()?!“”‘’", "，；：（）？！「」『』"))
    return re.sub(r"(?<=[一-鿿，。、]) +(?=[一-鿿，。、])", "", text)


def report(text: str, again: str, top: int) -> None:
    """Print the changed characters, each with its most frequent contexts."""
    lost: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Counter[str]] = {}
    for line, other in zip(text.splitlines(), again.splitlines(), strict=True):
        for index, pair in enumerate(zip(line, other, strict=False)):
            if len(line) == len(other) and pair[0] != pair[1]:
                lost[pair] += 1
                places.setdefault(pair, Counter())[line[max(index - 2, 0) : index + 3]] += 1
    chinese = len(re.findall(r"[\u3400-\u9fff]", text))
    print(f"{sum(lost.values())} of {chinese} Chinese characters are lost: {100 * sum(lost.values()) / chinese:.3f} %")
    for pair, count in lost.most_common(top):
        print(f"  {pair[0]} → {pair[1]} {count}: {', '.join(f'{place} {n}' for place, n in places[pair].most_common(5))}")


if __name__ == "__main__":
    main()
