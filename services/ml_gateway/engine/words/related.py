"""Words that English speakers mean one another by, from WordNet: for words that nothing else explains, as guesses.

`python -m cli.lexicon` writes the file beside; related.LICENSE is WordNet's, whose relations these are.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from services.ml_gateway.engine.tokens import lemma
from services.ml_gateway.engine.words.dates import IRREGULAR_PARTICIPLES
from services.ml_gateway.engine.words.roots import root

FILE = "related.txt"
_FAMILY = 0.85  # of the grade: "leased" for what is told of "lease"
_INFLECTED, _DONE = ("ed", "ing", "er", "est", "ly"), ("ed", "ing")


@lru_cache(maxsize=1)
def _lines() -> Mapping[str, tuple[str, str]]:
    """Each word with its parts of speech and what it is related to, unread: most of it is never asked for."""
    lines = files(__package__).joinpath(FILE).read_text(encoding="ascii").splitlines()
    split = (line.split(" ", 2) for line in lines)
    return {word: (parts, related[0] if related else "") for word, parts, *related in split}


@lru_cache(maxsize=1)
def _families() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in _lines():
        found.setdefault(root(word), []).append(word)
    return {key: tuple(words) for key, words in found.items()}


def is_common(word: str) -> bool:
    """Whether a folded word is a common English word, be it inflected."""
    return word in _lines() or lemma(word) in _lines() or (word.endswith(_INFLECTED) and root(word) in _families())


def part_of_speech(word: str) -> str:
    """What a folded word mostly is: n, v, a or r; "" for words of no list. A participle is a verb."""
    known = _lines().get(word) or _lines().get(lemma(word))
    if word in IRREGULAR_PARTICIPLES or (word.endswith(_DONE) and is_common(word)):
        return "v"
    if known:
        return known[0][:1]
    family = [_lines()[other][0] for other in _families().get(root(word), ())]
    return "v" if any("v" in one for one in family) else "".join(family)[:1]


@lru_cache(maxsize=16384)
def related(word: str) -> tuple[tuple[str, float], ...]:
    """Other words with grades 0..1; of a form that isn't listed, those of its family. None for words of no list."""
    told = _lines().get(word, ("", ""))[1]
    if told:
        return _read(told, 1.0)
    best: dict[str, float] = {}
    for other in _families().get(root(word), ()):
        for found, grade in _read(_lines()[other][1], _FAMILY):
            best[found] = max(best.get(found, 0.0), grade)
    return tuple(sorted(best.items()))


def _read(told: str, factor: float) -> tuple[tuple[str, float], ...]:
    return tuple((one[:-1], int(one[-1]) / 10 * factor) for one in told.split())


def related_from(words: Iterable[str]) -> Mapping[str, tuple[tuple[str, float], ...]]:
    """The other way round: what a word may say of these, by that word."""
    found: dict[str, list[tuple[str, float]]] = {}
    for word in words:
        for other, grade in related(word):
            found.setdefault(other, []).append((word, grade))
    return {other: tuple(named) for other, named in found.items()}
