"""Facts that a source took over from the document from which it began, and whose values nobody has checked yet.

The state file has the value with which each fact was taken over. A fact with another value is no longer inherited, however it was
changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from ipdocs.findings import Finding
from ipdocs.source.changes import SourceChanges
from ipdocs.source.open import Source
from ipdocs.source.state import state_path


def fact_value(fact: Any) -> str:
    """Return the type and value of a fact as the state file has them: "date 2018-08-21".

    A digest stands for a value that is a mapping, such as a person.

    Args:
        fact: the plain values of the fact in its source.
    """
    ((kind, value),) = fact.items()
    if isinstance(value, str):
        return f"{kind} {value}"
    return f"{kind} {blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=4).hexdigest()}"


def inherit_facts(source: Source) -> SourceChanges:
    """Return the changes that mark all facts of a source as taken over with their present values."""
    return SourceChanges(inherited={str(name): fact_value(fact) for name, fact in source.nodes.data.get("facts", {}).items()})


def inherited_facts(source: Source) -> list[str]:
    """Return the names of the inherited facts of a source, in the order of the source."""
    facts = source.nodes.data.get("facts", {})
    return [str(name) for name, fact in facts.items() if source.state.inherited.get(name) == fact_value(fact)]


def inherited_findings(source: Source) -> Iterator[Finding]:
    """Yield a finding for each inherited fact, because a final document must not state a value of an earlier one unchecked."""
    for name in inherited_facts(source):
        message = f"the value of the fact '{name}' was taken over from an earlier document"
        hint = f"correct the value, or remove '{name}' from `inherited` in {state_path(source.path).name} if it is still right"
        yield Finding("inherited-fact", message, source.nodes.locate_key(("facts", name)), hint)
