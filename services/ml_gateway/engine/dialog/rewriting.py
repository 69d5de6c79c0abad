"""A follow-up made whole: "show their names" read as "show the customers' names". What stands where is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Swap:
    """Characters [start, end) of what was said, and what is read in their place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rewritten:
    """text is what is read; pieces are the stretches of it that were said: (start in text, start in said, length)."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def back(self, start: int, end: int) -> tuple[int, int] | None:
        """The characters of what was said behind characters [start, end) of the text; None where none were."""
        places = [place for position in range(start, end) if (place := self._place(position)) is not None]
        return (min(places), max(places) + 1) if places else None

    def _place(self, position: int) -> int | None:
        for here, there, length in self.pieces:
            if here <= position < here + length:
                return there + position - here
        return None


def rewritten(said: str, swaps: Iterable[Swap], before: str = "", after: str = "") -> Rewritten:
    """The text with the swaps made (they don't overlap), and words put before and after it."""
    text, pieces, position = before, [], 0
    for swap in sorted(swaps, key=lambda one: one.start):
        pieces.append((len(text), position, swap.start - position))
        text += said[position : swap.start] + swap.text
        position = swap.end
    pieces.append((len(text), position, len(said) - position))
    return Rewritten(text + said[position:] + after, tuple(piece for piece in pieces if piece[2]))
