"""Features by number: a training keeps hundreds of millions of them, which names would not fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]


class Names:
    """Names in the order in which they were first met; a name's number is its place there."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def numbers(self, names: Iterable[str]) -> Numbers:
        known = self._numbers
        return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int32)

    @property
    def listed(self) -> list[str]:
        return list(self._numbers)


def of_most(listed: Sequence[str], seen: NDArray[np.int64], rarest: int) -> tuple[list[str], Numbers]:
    """The names seen often enough, sorted, and by a name's number its place among them, -1 where it is rarer.

    Sorted: what is learned doesn't depend on the order in which they were met.
    """
    kept = sorted((name, number) for number, name in enumerate(listed) if seen[number] >= rarest)
    places = np.full(len(listed), -1, dtype=np.int32)
    places[[number for _, number in kept]] = np.arange(len(kept), dtype=np.int32)
    return [name for name, _ in kept], places
