"""Where the work of a build is done: in this process, or in a forked one beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Executor(Protocol):
    """Something that applies a function to items, several at once if it can.

    Attributes:
        workers: how many items it works on at once.
    """

    workers: int

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        """Return what a function makes of each item, in their order; results may cross from one process to another."""
        ...


class InlineExecutor:
    """One item after the other, in this process."""

    workers = 1

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Return what a function makes of each item, made when it is asked for."""
        return map(function, items)


INLINE = InlineExecutor()
