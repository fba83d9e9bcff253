"""Targets of the fuzzer: their cases, and the function that is called with each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hypothesis.strategies import SearchStrategy

Case = Mapping[str, bytes]
"""Files by their names in the folder of the target."""


@dataclass(frozen=True, slots=True)
class Target:
    """A function that reads files of users.

    Attributes:
        name: what the table and the command line call it.
        kind: "open" for a target that reads and checks, "build" for one whose documents are written as well.
        cases: the files it is given.
        run: what is done with the files in the folder; it may raise IpdocsError and nothing else.
        prepare: what has to be in the folder beside the files of a case.
        is_text: whether every finding in a file of the case has a line.
        caches: packages whose caches keep contents of files; they are cleared before each case.
        weight: the share of the runs that it gets: what takes long gets fewer.
        warm: makes, before there are several processes, what all of them share.
    """

    name: str
    kind: Literal["open", "build"]
    cases: SearchStrategy[Case]
    run: Callable[[Path], object]
    prepare: Callable[[Path], None] = lambda folder: None
    is_text: bool = True
    caches: tuple[str, ...] = ()
    weight: int = 10
    warm: Callable[[], object] = lambda: None
