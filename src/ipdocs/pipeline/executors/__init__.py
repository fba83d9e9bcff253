"""Executors, which run the work of a build in this process, or in two processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Executor(Protocol):
    """Applies a function to items, several at a time if it can.

    Attributes:
        workers: the number of items that the executor works on at a time.
    """

    workers: int

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterable[Result]:
        """Return the result of a function for each item, in order; results must be picklable."""
        ...


class InlineExecutor:
    """Works on one item after another, in this process."""

    workers = 1

    def map(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """Return the result of a function for each item; each result is computed when it is requested."""
        return map(function, items)


INLINE = InlineExecutor()
