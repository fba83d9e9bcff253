"""Check facts that refer to other facts, and texts that become too long when their facts are inserted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ipdocs.findings import Finding
from ipdocs.model.inline import Anchor, BaselineShift, Emphasis, Expression, Inline
from ipdocs.model.text import Text
from ipdocs.source.inline import parse_with_findings
from ipdocs.source.nodes import SourceNodes

MAX_DEPTH = 8
"""The maximum depth to which facts may be nested."""


def expansion_findings(source: SourceNodes, max_length: int) -> Iterator[Finding]:
    """Yield findings on facts that contain themselves, and on texts that are too long once their facts are inserted."""
    facts = _Facts()
    texts = [(keys, text) for keys, texts in source.texts() for text in texts.values()]
    for keys, text in texts:
        if keys[0] == "facts":
            facts.texts.setdefault(str(keys[1]), []).append(text)
    for name in reversed(facts.texts):
        facts.fact_size(name, ())
    for _, text in texts:
        length, _ = facts.text_size(text, ())
        if length > max_length >= len(text):
            message = f"with its facts this text has {length:,} characters; the limit is {max_length:,}"
            facts.findings.append(Finding("too-large", message, text.locate(), "split it into several texts"))
    yield from facts.findings


Size = tuple[int, int]
"""The length of a text with its facts inserted, and the depth to which these facts are nested."""


@dataclass
class _Facts:
    """The texts and the size of each fact, keyed by its name, and the findings so far."""

    texts: dict[str, list[Text]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def text_size(self, text: Text, trail: tuple[str, ...]) -> Size:
        """Return the size of a text; `trail` is the chain of facts that contain the text."""
        expressions = _expressions(parse_with_findings(text)[0]) if "{{" in text else ()
        sizes = [self.expression_size(expression, text, trail) for expression in expressions if expression.name in self.texts]
        return len(text) + sum(length for length, _ in sizes), max((depth for _, depth in sizes), default=0)

    def expression_size(self, expression: Expression, text: Text, trail: tuple[str, ...]) -> Size:
        """Return the size of the fact that an expression names, or add a finding if the fact cannot be expanded."""
        name = expression.name
        if name in trail:
            cycle = " > ".join((*trail[trail.index(name) :], name))
            return self.report("circular-fact", f"this fact contains itself: {cycle}", expression, text)
        if len(trail) + self.sizes.get(name, (0, 1))[1] > MAX_DEPTH:
            return self.report("too-deep", f"more than {MAX_DEPTH} facts are nested in each other", expression, text)
        return self.fact_size(name, trail)

    def fact_size(self, name: str, trail: tuple[str, ...]) -> Size:
        """Return the size of a fact: the length of all its texts together, and the largest depth."""
        if name not in self.sizes:
            sizes = [self.text_size(text, (*trail, name)) for text in self.texts[name]]
            self.sizes[name] = sum(length for length, _ in sizes), 1 + max(depth for _, depth in sizes)
        return self.sizes[name]

    def report(self, code: str, message: str, expression: Expression, text: Text) -> Size:
        """Add a finding on an expression, and return an empty size."""
        location = text.locate(expression.offset, len(expression.source))
        self.findings.append(Finding(code, message, location, "write words instead of the expression in one of the facts"))
        return 0, 0


def _expressions(content: Iterable[Inline]) -> Iterator[Expression]:
    """Yield the expressions in the content of a text, including the expressions in links and emphasis."""
    for part in content:
        match part:
            case Expression():
                yield part
            case Emphasis() | BaselineShift():
                yield from _expressions(part.content)
            case Anchor():
                yield from (item for item in part.href if isinstance(item, Expression))
                yield from _expressions(part.content)
