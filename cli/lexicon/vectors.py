"""Word vectors, as far as the lexicon needs them: how alike two words are used."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_SIZE = 100


@dataclass(frozen=True, slots=True)
class Vectors:
    """words: most frequent first. Vectors have length 1, and the mean of all of them is 0 before that."""

    words: tuple[str, ...]
    by_word: Mapping[str, array[float]]

    def alike(self, one: str, other: str) -> float:
        """The cosine, -1..1; 0 for words without a vector."""
        a, b = self.by_word.get(one), self.by_word.get(other)
        return sum(x * y for x, y in zip(a, b, strict=True)) if a and b else 0.0


def read(path: Path, most: int) -> Vectors:
    """Of the `most` most frequent words."""
    document = json.loads(path.read_text())
    words = tuple(document["words"][:most])
    found = [document["vectors"][word][:_SIZE] for word in words]
    middle = [sum(column) / len(found) for column in zip(*found, strict=True)]
    return Vectors(words, {word: _unit(vector, middle) for word, vector in zip(words, found, strict=True)})


def _unit(vector: list[float], middle: list[float]) -> array[float]:
    moved = [x - mean for x, mean in zip(vector, middle, strict=True)]
    length = sum(x * x for x in moved) ** 0.5 or 1.0
    return array("d", (x / length for x in moved))
