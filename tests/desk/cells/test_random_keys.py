"""Random keys in a cell: what it shows is what a plain model of the words shows, and the file reads the same."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

pytestmark = pytest.mark.slow

CHIP = "\ufffc"
CHARACTERS = [*"aab c *[]\\~^}#:\"'-_`(){<", "中", "，", "😀", "｛"]
KEYS = ["ArrowLeft", "ArrowRight", "Backspace", "Delete", "Shift+ArrowLeft", "Shift+ArrowRight", "Control+Home", "Control+End"]
FORMATS = ["Control+b", "Control+i"]


@dataclass
class Model:
    """Words as a list of characters and chips, with a selection. Formats do not change the words."""

    units: list[str]
    anchor: int = 0
    head: int = 0
    log: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """Do what a key does."""
        low, high = sorted((self.anchor, self.head))
        match key:
            case "ArrowLeft" | "ArrowRight":
                step = 1 if key.endswith("Right") else -1
                self.anchor = self.head = (
                    (high if step > 0 else low) if low < high else max(0, min(len(self.units), self.head + step))
                )
            case "Shift+ArrowLeft" | "Shift+ArrowRight":
                self.head = max(0, min(len(self.units), self.head + (1 if key.endswith("Right") else -1)))
            case "Control+Home":
                self.anchor = self.head = 0
            case "Control+End":
                self.anchor = self.head = len(self.units)
            case "Backspace" | "Delete":
                self._erase(low, high, key == "Delete")
            case "Shift+Enter":
                self._replace(low, high, ["\n"])
            case character if key not in FORMATS:
                self._replace(low, high, [character])

    def _erase(self, low: int, high: int, forward: bool) -> None:
        if low < high:
            self._replace(low, high, [])
        elif (at := low if forward else low - 1) in range(len(self.units)):
            if self.units[at] == CHIP:
                self.anchor, self.head = at, at + 1
            else:
                self._replace(at, at + 1, [])

    def _replace(self, low: int, high: int, units: list[str]) -> None:
        self.units[low:high] = units
        self.anchor = self.head = low + len(units)


def random_key(generator: random.Random, model: Model) -> str:
    """A key. Left out are a second brace after a brace, which opens the list of facts, and keys that join two texts."""
    choice = generator.random()
    if choice < 0.5:
        character = generator.choice(CHARACTERS)
        before = model.units[min(model.anchor, model.head) - 1 : min(model.anchor, model.head)]
        return "x" if character in "{｛" and before == [character] else character
    if choice < 0.92:
        key = generator.choice(KEYS)
        edge = {"Backspace": 0, "Delete": len(model.units)}.get(key)
        return "x" if model.anchor == model.head == edge else key
    return generator.choice([*FORMATS, "Shift+Enter"])


@pytest.mark.parametrize(
    ("place", "lang"), [("lead.paragraph", "en"), ("marks.paragraph", "en"), ("lead.paragraph", "tc"), ("draft.paragraph", "tc")]
)
def test_the_words_are_those_of_the_model(write: Callable[..., Any], words_of: Any, place: str, lang: str) -> None:
    writer = write()
    for seed in range(4):
        generator = random.Random(f"{place} {lang} {seed}")
        writer.go(place, lang)
        model = Model(list(writer.shown(place, lang)))
        for _ in range(60):
            key = random_key(generator, model)
            model.press(key)
            model.log.append(key)
            if len(key) == 1 and key > "~":
                writer.page.keyboard.insert_text(key)
            else:
                writer.press(key)
            assert writer.shown(place, lang) == "".join(model.units), model.log
        lines = "".join(model.units).split("\n")
        words = "\n".join(line for line in lines if line.strip()).rstrip()
        assert words_of(writer.saved(place, lang) or "") == words, model.log
