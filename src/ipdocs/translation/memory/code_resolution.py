"""Give the numbered codes and the unknown facts of a stored unit the meaning that they have in a text to translate.

Units that other tools made from exported files have codes and expressions, but not the facts behind them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ipdocs.locale.folding import fold, normalise, spellings
from ipdocs.source.segment import Code, segment
from ipdocs.source.template_text import Content, RenderedFact, join_content, template_source
from ipdocs.translation.memory.unit import MemoryUnit
from ipdocs.workspace import Workspace

_MARKUP_SIGNS = frozenset("[]*\\^~")
"""The signs without which a text has no markup."""


def has_codes(content: Content) -> bool:
    """Whether a text has numbered codes, or facts whose values are unknown."""
    return any(isinstance(part, RenderedFact) and not part.surface for part in content)


def has_numbered_codes(content: Content) -> bool:
    """Whether a text has numbered codes of another tool."""
    return any(isinstance(part, RenderedFact) and part.is_code for part in content)


def words_only(content: Content, workspace: Workspace) -> str:
    """Return the words of a text without facts, markup and spaces, to compare texts that may differ only in their codes."""
    texts = [part for part in content if isinstance(part, str)]
    if _MARKUP_SIGNS.intersection("".join(texts)):
        texts = [part for part in segment(template_source(content)) if isinstance(part, str)]
    words = " ".join(texts)
    return "".join(fold(normalise(words), spellings(workspace)).split())


@dataclass(frozen=True, slots=True)
class _QueryCodes:
    """The codes of a text to translate.

    Attributes:
        alone: the facts, notes and line breaks, in the order of the text.
        pairs: the opening and closing markup of emphasis and links, in the order of the text.
        facts: the facts, keyed by name.
    """

    alone: list[str | RenderedFact] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, RenderedFact] = field(default_factory=dict)


def resolve_codes(unit: MemoryUnit, source: str, query: Content) -> MemoryUnit:
    """Return a stored unit in which the codes and facts of a text to translate replace codes and unknown facts.

    A fact is found by its name. Numbered codes are matched by their order, if the stored text has as many as the text to
    translate; otherwise they are left out.

    Args:
        unit: the stored unit.
        source: the code of the language of the text to translate.
        query: the text to translate.
    """
    if not any(map(has_codes, unit.texts.values())):
        return unit
    codes = _query_codes(query)
    replacements = _replacements(unit.texts[source], codes)
    return replace(unit, texts={language: _replaced(text, replacements, codes.facts) for language, text in unit.texts.items()})


def loses_codes(stored: Content, query: Content) -> bool:
    """Whether numbered codes of a stored text are left out, because the text to translate has another number of codes."""
    replacements = _replacements(stored, _query_codes(query))
    return any(part.is_code and part.expression not in replacements for part in stored if isinstance(part, RenderedFact))


def _query_codes(query: Content) -> _QueryCodes:
    surfaces = {f"{{{{ {part.expression} }}}}": part.surface for part in query if isinstance(part, RenderedFact)}
    codes = _QueryCodes()
    open_indexes: list[int] = []
    for part in segment(template_source(query), lambda expression, following: surfaces.get(expression, "")):
        if not isinstance(part, Code):
            continue
        if part.kind == "fact":
            fact = RenderedFact(part.data[2:-2].strip(), part.display)
            codes.alone.append(fact)
            codes.facts.setdefault(fact.name, fact)
        elif part.role == "alone":
            codes.alone.append(part.data)
        elif part.role == "open":
            open_indexes.append(len(codes.pairs))
            codes.pairs.append((part.data, ""))
        else:
            index = open_indexes.pop()
            codes.pairs[index] = (codes.pairs[index][0], part.data)
    return codes


def _replacements(stored: Content, codes: _QueryCodes) -> dict[str, str | RenderedFact]:
    """Return the replacement for each code of a stored text, keyed by its expression."""
    expressions = [part.expression for part in stored if isinstance(part, RenderedFact) and not part.surface]
    alone = [expression for expression in expressions if not expression.endswith(("(", ")"))]
    opening = [expression for expression in expressions if expression.endswith("(")]
    replacements: dict[str, str | RenderedFact] = {}
    if len(alone) == len(codes.alone):
        numbered = zip(alone, codes.alone, strict=True)
        replacements |= {expression: part for expression, part in numbered if expression.startswith("#")}
    if len(opening) == len(codes.pairs):
        for expression, (start, end) in zip(opening, codes.pairs, strict=True):
            replacements |= {expression: start, f"{expression[:-1]})": end}
    return replacements


def _replaced(content: Content, replacements: Mapping[str, str | RenderedFact], facts: Mapping[str, RenderedFact]) -> Content:
    return join_content(
        part if isinstance(part, str) or part.surface else _replacement(part, replacements, facts) for part in content
    )


def _replacement(
    part: RenderedFact, replacements: Mapping[str, str | RenderedFact], facts: Mapping[str, RenderedFact]
) -> str | RenderedFact:
    if part.is_code:
        return replacements.get(part.expression, "")
    return replace(part, surface=facts[part.name].surface if part.name in facts else part.name)
