"""Checks of facts that refer to other facts: circular references, and texts that become too long with their facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ipdocs.findings import Finding
from ipdocs.model.inline import Anchor, Emphasis, Expression, Inline
from ipdocs.model.text import Text
from ipdocs.source.inline import examine
from ipdocs.source.nodes import SourceNodes

MAX_DEPTH = 8
"""The largest number of facts nested in each other."""


def expansion_findings(source: SourceNodes, max_length: int) -> Iterator[Finding]:
    """Yield facts that contain themselves, and texts that are too long with their facts."""
    facts = _Facts()
    texts = [(path, text) for path, texts in source.texts() for text in texts.values()]
    for path, text in texts:
        if path[0] == "facts":
            facts.texts.setdefault(str(path[1]), []).append(text)
    for name in reversed(facts.texts):
        facts.size(name, ())
    for _, text in texts:
        length, _ = facts.of_text(text, ())
        if length > max_length >= len(text):
            message = f"with its facts this text has {length:,} characters; it may have {max_length:,}"
            facts.findings.append(Finding("too-large", message, text.locate(), "split it into several texts"))
    yield from facts.findings


Size = tuple[int, int]
"""The length of a text with its facts, and the depth to which they are nested."""


@dataclass
class _Facts:
    """The texts of each fact, their sizes, and the findings on them."""

    texts: dict[str, list[Text]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of_text(self, text: Text, trail: tuple[str, ...]) -> Size:
        """Return the size of a text; `trail` is the chain of facts that contain it."""
        expressions = _expressions(examine(text)[0]) if "{{" in text else ()
        sizes = [self.of_expression(expression, text, trail) for expression in expressions if expression.name in self.texts]
        return len(text) + sum(length for length, _ in sizes), max((depth for _, depth in sizes), default=0)

    def of_expression(self, expression: Expression, text: Text, trail: tuple[str, ...]) -> Size:
        """Return the size of the fact that an expression names, or add a finding if the fact cannot be expanded."""
        name = expression.name
        if name in trail:
            circle = " > ".join((*trail[trail.index(name) :], name))
            return self.report("circular-fact", f"this fact contains itself: {circle}", expression, text)
        if len(trail) + self.sizes.get(name, (0, 1))[1] > MAX_DEPTH:
            return self.report("too-deep", f"more than {MAX_DEPTH} facts are nested in each other", expression, text)
        return self.size(name, trail)

    def size(self, name: str, trail: tuple[str, ...]) -> Size:
        """Return the size of a fact, which is that of all its texts together."""
        if name not in self.sizes:
            sizes = [self.of_text(text, (*trail, name)) for text in self.texts[name]]
            self.sizes[name] = sum(length for length, _ in sizes), 1 + max(depth for _, depth in sizes)
        return self.sizes[name]

    def report(self, code: str, message: str, expression: Expression, text: Text) -> Size:
        """Add a finding on an expression, and return the size of nothing."""
        place = text.locate(expression.offset, len(expression.source))
        self.findings.append(Finding(code, message, place, "write the words in one of the facts"))
        return 0, 0


def _expressions(content: Iterable[Inline]) -> Iterator[Expression]:
    """Yield the expressions of a text."""
    for part in content:
        match part:
            case Expression():
                yield part
            case Emphasis():
                yield from _expressions(part.content)
            case Anchor():
                yield from (item for item in part.href if isinstance(item, Expression))
                yield from _expressions(part.content)
