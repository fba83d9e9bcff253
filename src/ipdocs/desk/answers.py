"""Answers of the desk that are not plain JSON with status 200, and files that a request brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request.

    Attributes:
        body: bytes, or data to be sent as JSON.
        status: the status code.
        media_type: the type of the bytes.
        headers: further headers.
    """

    body: Any
    status: int = 200
    media_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a request brings: its name without folders, and its content."""

    name: str
    data: bytes
