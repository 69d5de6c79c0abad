"""WordNet's files as words, senses and relations between senses (`wndb(5WN)`, `senseidx(5WN)`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SenseKey = tuple[str, str]  # part of speech (n, v, a, r), offset
_FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_PARTS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A relation of a sense: `words` of both sides (1-based) where only these are related, else (0, 0)."""

    kind: str
    target: SenseKey
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sense:
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    topic: int  # the lexicographers' file


@dataclass(frozen=True, slots=True)
class WordNet:
    """shares: of each word, how likely each of its senses is (tagged texts, smoothed; they add up to 1 per word)."""

    senses: Mapping[SenseKey, Sense]
    shares: Mapping[str, Mapping[SenseKey, float]]


def read(folder: Path) -> WordNet:
    """folder holds data.* and index.sense."""
    senses = {(part, one[0]): one[1] for part, name in _FILES.items() for one in _data(folder / f"data.{name}")}
    counts: dict[str, dict[SenseKey, float]] = defaultdict(dict)
    for line in (folder / "index.sense").read_text().splitlines():
        key, offset, number, count = line.split()
        word, rest = key.split("%")
        # Senses that no text was tagged with come in the dictionary's order.
        counts[word][_PARTS[rest[0]], offset] = int(count) + 1.5 / int(number)
    shares = {word: {at: n / sum(of.values()) for at, n in of.items()} for word, of in counts.items()}
    return WordNet(senses, shares)


def _data(path: Path) -> Iterator[tuple[str, Sense]]:
    for line in path.read_text().splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        offset, topic, count = fields[0], int(fields[1]), int(fields[3], 16)
        words = tuple(word.split("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2])
        at = 4 + 2 * count
        pointers = tuple(
            Pointer(kind, (_PARTS_OF[part], target), (int(ends[:2], 16), int(ends[2:], 16)))
            for kind, target, part, ends in (fields[at + 1 + 4 * n : at + 5 + 4 * n] for n in range(int(fields[at])))
        )
        yield offset, Sense(words, pointers, topic)


_PARTS_OF = {"n": "n", "v": "v", "a": "a", "s": "a", "r": "r"}
