"""States of translations that translation tools write in attributes of their own: the table locales/translation-states.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, get_args

from ipdocs.findings import Finding, raise_errors
from ipdocs.locale.tables import merged_rows
from ipdocs.workspace import Workspace

FILE = "locales/translation-states.csv"
COLUMNS = ("namespace", "attribute", "value", "state")
ToolState = Literal["unfinished", "finished", "unconfirmed"]
"""What a state means, in the order in which states of one segment decide; see `translation.job.ReturnedState`."""

ToolStates = Mapping[tuple[str, str, str], ToolState]
"""The meaning of each state, keyed by namespace, attribute and value in small letters."""


@cache
def tool_states(workspace: Workspace) -> ToolStates:
    """Return the shipped rows of the table, and those of a workspace, which replace rows with the same key.

    Raises:
        IpdocsError: the table is not valid, or a row has an unknown state.
    """
    states: dict[tuple[str, str, str], ToolState] = {}
    findings: list[Finding] = []
    for row in merged_rows(workspace, FILE, COLUMNS, lambda row: (row["namespace"], row["attribute"], row["value"].lower())):
        state = next((known for known in get_args(ToolState) if known == row["state"]), None)
        if state is None:
            message = f"{row['state']!r:.40} is not a state of a translation"
            hint = f"write one of {', '.join(get_args(ToolState))}"
            findings.append(Finding("bad-translation-state", message, row.location, hint))
        else:
            states[row["namespace"], row["attribute"], row["value"].lower()] = state
    raise_errors(findings)
    return states


def strongest_state(states: Iterable[ToolState]) -> ToolState | None:
    """Return the state that decides among those of one segment: a person's states come before a program's; None without any."""
    given = set(states)
    return next((state for state in get_args(ToolState) if state in given), None)
