"""Refusals that the page of the desk acts on, besides findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class DeskError(Exception):
    """A request that is refused.

    Attributes:
        status: the status code of the answer.
        body: the JSON of the answer.
    """

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        self.status = status
        self.body = dict(body)
        super().__init__(f"{status}: {self.body}")


def bad_request(reason: str) -> DeskError:
    """Return the error for a request that the page itself never makes."""
    return DeskError(400, {"error": reason})


def text_conflict(place: str, language: str, mine: str | None, theirs: str | None, base: str | None) -> DeskError:
    """Return the error for a text that somebody else has changed.

    Args:
        place: the name of the place.
        language: the language of the text.
        mine: the text of the request.
        theirs: the text in the file, or None if there is none.
        base: the text that the request was made from.
    """
    return DeskError(409, {"conflict": {"place": place, "lang": language, "mine": mine, "theirs": theirs, "base": base}})


def stale() -> DeskError:
    """Return the error for a change of structure to a document that has changed since; the page must load again."""
    return DeskError(409, {"stale": True})


def changed_since(label: Mapping[str, Any]) -> DeskError:
    """Return the error for a step that is not undone because others have changed the place since."""
    return DeskError(409, {"changed_since": dict(label)})
