"""The screens and states of the desk that are walked for accessibility: one row each. A feature adds its rows here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desk import screen_states as states
from tests.desk.screen_states import ALL_MINUTES, EVERYTHING, FACTS, MENDING, MINUTES, OPEN, RELEASE, TRANSLATING


@dataclass(frozen=True)
class Screen:
    """A screen in one of its states.

    Attributes:
        path: its address.
        arrive: brings the page into the state, once it is drawn; it gets the workspace, too.
    """

    path: str
    arrive: Callable[[Any, Path], None] = states.nothing


SCREENS = {
    "home": Screen("/"),
    "home: menu of a document": Screen("/", states.row_menu),
    "home: new release": Screen("/", states.dialog("New release")),
    "home: new meeting": Screen("/", states.dialog("New meeting")),
    "home: from last year": Screen("/", states.dialog("From last year’s…")),
    "home: duplicate": Screen("/", states.duplicate),
    "home: nothing found": Screen("/", states.nothing_found),
    "home: desk stopped": Screen("/", states.home_stopped),
    "import": Screen("/import"),
    "import with doubts": Screen("/import", states.imported),
    "write": Screen(f"/d/{RELEASE}"),
    "write minutes": Screen(f"/d/{MINUTES}"),
    "findings": Screen(f"/d/{MENDING}", states.cards),
    "reason asked": Screen(f"/d/{MENDING}", states.reason),
    "writing": Screen("/d/writing.yaml", states.writing),
    "menu of a block": Screen(f"/d/{RELEASE}", states.menu),
    "menu of kinds to put in": Screen(f"/d/{RELEASE}", states.put_in),
    "menu of a cell of a table": Screen(f"/d/{EVERYTHING}", states.table_menu),
    "not in a language": Screen(f"/d/{RELEASE}", states.menu_item("Not in English, because…")),
    "deleted": Screen("/d/deleting.yaml", states.menu_item("Delete", ".note")),
    "split": Screen("/d/splitting.yaml", states.split),
    "pasted": Screen(f"/d/{RELEASE}", states.pasted),
    "keys": Screen(f"/d/{RELEASE}", states.keys),
    "list of facts": Screen(f"/d/{RELEASE}", states.facts),
    "selected words": Screen(f"/d/{RELEASE}", states.selected_words),
    "card of a fact": Screen(f"/d/{RELEASE}", states.fact_card),
    "card of a new fact": Screen(f"/d/{FACTS}", states.new_fact_card),
    "menu of a fact": Screen(f"/d/{FACTS}", states.fact_menu),
    "rename a fact": Screen(f"/d/{FACTS}", states.fact_item("Rename…")),
    "type of a fact": Screen(f"/d/{FACTS}", states.fact_item("Change its type…")),
    "new fact": Screen(f"/d/{FACTS}", states.dialog("New fact")),
    "wrong value": Screen(f"/d/{FACTS}", states.wrong_value),
    "facts drawn in": Screen(f"/d/{FACTS}", states.drawn_in),
    "link": Screen(f"/d/{RELEASE}", states.link),
    "drafts from the memory": Screen(f"/d/{TRANSLATING}", states.drafts),
    "who confirms": Screen(f"/d/{TRANSLATING}", states.who_confirms),
    "original changed": Screen(f"/d/{TRANSLATING}", states.original_changed),
    "settings of the desk": Screen("/desk"),
    "files": Screen(f"/d/{RELEASE}/files"),
    "built": Screen("/d/built:release.yaml/files", states.built),
    "not built": Screen(f"/d/{OPEN}/files", states.not_built),
    "conflict": Screen("/d/conflict:release.yaml", states.conflict),
    "file unreadable": Screen("/d/unreadable:release.yaml", states.unreadable),
    "file gone": Screen("/d/gone:release.yaml", states.gone),
    "desk stopped": Screen("/d/stopped:release.yaml", states.stopped),
    "read only": Screen("/d/readonly.yaml"),
    "every block": Screen(f"/d/{EVERYTHING}", states.section_open),
    "every block of minutes": Screen(f"/d/{ALL_MINUTES}"),
    "open texts": Screen(f"/d/{OPEN}"),
    "settings": Screen(f"/d/{EVERYTHING}/settings", states.all_open),
    "settings of minutes": Screen(f"/d/{ALL_MINUTES}/settings", states.all_open),
    "wrong setting": Screen(f"/d/{RELEASE}/settings", states.wrong_setting),
    "to do": Screen(f"/d/{OPEN}/todo"),
    "approve": Screen(f"/d/{OPEN}/approve"),
    "nothing to do": Screen(f"/d/{RELEASE}/todo"),
    "desk closed": Screen("/", states.without_desk),
    "no such document": Screen("/", states.no_such_document),
}
"""Each screen in each of its states, by an everyday name."""
