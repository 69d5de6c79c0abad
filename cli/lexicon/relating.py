"""How strongly words are related: the best way through WordNet's senses, weighed by how alike the words are used.

WordNet alone is full of rare senses; vectors alone take sellers for buyers. A pair counts where a short way leads from
one to the other through likely senses, and whoever uses the one uses the other in the same company.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from cli.lexicon.wordnet import Sense, SenseKey, WordNet

# What a step from sense to sense leaves of the strength: same family, attribute, kind of, similar.
_STEPS = {"+": 0.9, "=": 0.9, "@": 0.72, "~": 0.62, "&": 0.7, "\\": 0.8, "<": 0.8, "*": 0.4, ">": 0.5, "^": 0.4,
          "#p": 0.3, "%p": 0.3}  # fmt: skip
_MOST_STEPS = 3
_LEAST = 0.05
_WAY, _COMPANY = 0.5, 0.6  # how much the way and the company count
_SAME, _OF_ONE_SENSE = 0.75, 0.3  # what means the same needs less company
_SENSE = 0.35  # the power of a sense's share: rarer ones count less, but they count


def reached(word: str, net: WordNet) -> dict[str, float]:
    """Other words by the strength of the best way to them, 0..1; vectors aren't asked yet."""
    found: dict[str, float] = {}
    strengths: dict[SenseKey, float] = {}
    border = {at: share**_SENSE for at, share in net.shares.get(word, {}).items()}
    for step in range(_MOST_STEPS + 1):
        for at, strength in border.items():
            strengths[at] = max(strengths.get(at, 0.0), strength)
            for other in net.senses[at].words:
                if other != word:
                    backward = net.shares.get(other, {}).get(at, 0.0) ** (_SENSE * 0.6)
                    found[other] = max(found.get(other, 0.0), strength * backward)
        if step == _MOST_STEPS:
            break
        following: dict[SenseKey, float] = {}
        for at, strength in border.items():
            for target, left in _steps(word if not step else "", net.senses[at], net):
                worth = strength * left
                if worth >= _LEAST and worth > strengths.get(target, 0.0) and worth > following.get(target, 0.0):
                    following[target] = worth
        border = following
    return found


def _steps(word: str, sense: Sense, net: WordNet) -> Iterator[tuple[SenseKey, float]]:
    kinds = sum(one.kind == "~" for one in sense.pointers)
    for pointer in sense.pointers:
        left = _STEPS.get(pointer.kind)
        if left is None:
            continue
        own = pointer.words[0]
        if own and word and sense.words[own - 1] != word:
            left *= 0.85  # a relative of a synonym
        if pointer.kind == "~" and kinds > 25:
            left *= 0.7  # "person", "act": nearly everything is a kind of it
        yield pointer.target, left


def grades(word: str, net: WordNet, alike: Callable[[str, str], float], fits: Collection[str]) -> dict[str, float]:
    """Related words that are in `fits`, with grades 0..1."""
    found = {}
    for other, strength in reached(word, net).items():
        if other in fits:
            least = _OF_ONE_SENSE if strength >= _SAME else 0.0
            found[other] = strength**_WAY * max(least, alike(word, other)) ** _COMPANY
    return found
