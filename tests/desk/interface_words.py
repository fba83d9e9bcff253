"""Finds the words of the interface: those in t(), n() and tables of the pages, and in message() of the server."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "src/ipdocs/desk"
_STRING = r'"((?:[^"\\]|\\.)*)"'
_PATTERNS = (
    re.compile(rf"\bt\(\s*{_STRING}"),
    re.compile(rf"\bn\([^\"`]*?,\s*{_STRING}"),
    re.compile(rf"\bn\([^\"`]*?,\s*{_STRING},\s*{_STRING}"),
    re.compile(rf"\bt\([^()\"]*\?\s*{_STRING}\s*:\s*{_STRING}"),
    re.compile(rf"\b(?:does|label|text):\s*{_STRING}"),
    re.compile(rf"^\s*(?:const \w+[^=]*= \[)?\[\"[^\"]*\", {_STRING}\]", re.M),
)
"""Where words stand in TypeScript; `does`, `label` and `text` are the fields of tables whose words are translated when shown."""


_TABLE = re.compile(r"^(?:export )?const ([A-Z_]+): Record<\w+, string> = \{(.*?)\};", re.M | re.S)
"""Tables of words that are looked up before they are translated."""
_NO_WORDS = {"MARKS", "LOCALES", "SIGNS"}
LANGUAGES = ("English", "Traditional Chinese", "Simplified Chinese", "Simplified Chinese (Mainland)")
"""Names of languages, which come from the data."""


def interface_words() -> dict[str, str]:
    """Return the English words of the interface, and for each a file that has it."""
    words: dict[str, str] = dict.fromkeys(LANGUAGES, "language.yaml")
    for path in sorted((DESK / "frontend/src").glob("*.ts")):
        for word in typescript_words(path.read_text("utf-8")):
            words.setdefault(word, path.name)
    for path in sorted(DESK.glob("*.py")):
        for word in python_words(path.read_text("utf-8")):
            words.setdefault(word, path.name)
    return words


def typescript_words(text: str) -> Iterator[str]:
    """Yield the words in the text of a TypeScript module."""
    for name, table in _TABLE.findall(text):
        if name not in _NO_WORDS:
            yield from re.findall(rf":\s*{_STRING}", table)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            for word in match.groups():
                if re.search(r"[A-Za-z]", word):
                    yield word.replace('\\"', '"').replace("\\u00a0", "\u00a0")


def python_words(text: str) -> Iterator[str]:
    """Yield the words in the text of a Python module: the literal arguments of message()."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message" and node.args:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value
