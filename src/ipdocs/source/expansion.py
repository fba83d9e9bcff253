"""Facts whose texts name facts: those that would never end, and texts that would grow too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ipdocs.findings import Finding
from ipdocs.model.inline import Anchor, Emphasis, Expression, Inline
from ipdocs.model.text import Text
from ipdocs.source.inline import examine
from ipdocs.source.nodes import SourceNodes

MAX_DEPTH = 8
"""How many facts may stand one within the other."""


def expansion_findings(source: SourceNodes, longest: int) -> Iterator[Finding]:
    """Yield the facts that are made of themselves, and texts longer than the longest once their facts stand in them."""
    facts = _Facts()
    texts = [(path, text) for path, texts in source.texts() for text in texts.values()]
    for path, text in texts:
        if path[0] == "facts":
            facts.texts.setdefault(str(path[1]), []).append(text)
    for name in reversed(facts.texts):
        facts.size(name, ())
    for _, text in texts:
        length, _ = facts.of_text(text, ())
        if length > longest >= len(text):
            message = f"with its facts this text has {length:,} characters; it may have {longest:,}"
            facts.findings.append(Finding("too-large", message, text.locate(), "make it several texts"))
    yield from facts.findings


Size = tuple[int, int]  # how long a text is with its facts, and how many of them stand one within the other


@dataclass
class _Facts:
    """The texts of each fact, their sizes, and what is wrong with them."""

    texts: dict[str, list[Text]] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of_text(self, text: Text, trail: tuple[str, ...]) -> Size:
        """Return the size of a text; the trail is that of the facts in which it stands."""
        named = _named(examine(text)[0]) if "{{" in text else ()
        sizes = [self.named(one, text, trail) for one in named if one.name in self.texts]
        return len(text) + sum(length for length, _ in sizes), max((depth for _, depth in sizes), default=0)

    def named(self, called: Expression, text: Text, trail: tuple[str, ...]) -> Size:
        """Return the size of a fact that a text names; one that has none is a finding there."""
        name = called.name
        if name in trail:
            circle = " > ".join((*trail[trail.index(name) :], name))
            return self.refused("circular-fact", f"a fact is made of itself: {circle}", called, text)
        if len(trail) + self.sizes.get(name, (0, 1))[1] > MAX_DEPTH:
            return self.refused("too-deep", f"more than {MAX_DEPTH} facts stand one within the other", called, text)
        return self.size(name, trail)

    def size(self, name: str, trail: tuple[str, ...]) -> Size:
        """Return the size of a fact: all of its texts together."""
        if name not in self.sizes:
            sizes = [self.of_text(text, (*trail, name)) for text in self.texts[name]]
            self.sizes[name] = sum(length for length, _ in sizes), 1 + max(depth for _, depth in sizes)
        return self.sizes[name]

    def refused(self, code: str, message: str, called: Expression, text: Text) -> Size:
        """Note what is wrong with a fact where it is named."""
        place = text.locate(called.offset, len(called.source))
        self.findings.append(Finding(code, message, place, "write it out in one of them"))
        return 0, 0


def _named(content: Iterable[Inline]) -> Iterator[Expression]:
    """Yield the expressions of a text."""
    for part in content:
        match part:
            case Expression():
                yield part
            case Emphasis():
                yield from _named(part.content)
            case Anchor():
                yield from (one for one in part.href if isinstance(one, Expression))
                yield from _named(part.content)
