"""An answer to a question back: "2", "the second", "the shipped one", or the option in its own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.ml_gateway.engine.outcome import ClarificationOption
from services.ml_gateway.engine.spelling import near
from services.ml_gateway.engine.tokens import fold, lemma, stem

_ORDINALS = {
    "first": 1, "1st": 1, "former": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "one": 1, "two": 2, "three": 3, "four": 4, "a": 1, "b": 2, "c": 3, "d": 4,
}  # fmt: skip
_FILLING = frozenset(
    """the a an one ones i mean meant want by of please option number choice that this is it s yes ok use take for with
    on to in and would like choose pick let go date column time""".split()
)
_MOST_WORDS = 8


_MORE = re.compile(  # a period alone: any other words might turn what is asked
    r"\W*\b((?:(?:in|for|since|from|during|before|after) )?(?:the )?"
    r"(?:(?:this|last|past|previous|current|q[1-4]|\d{1,2}) )*"
    r"(?:\d{4}|today|yesterday|years?|quarters?|months?|weeks?|days?|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)(?: \d{4})?)",
    re.IGNORECASE,
)


def with_more(said: str, options: Sequence[ClarificationOption]) -> tuple[ClarificationOption, str] | None:
    """The option that was meant and the period that is asked beside it: "by revenue in 2024"; None without."""
    found: list[tuple[ClarificationOption, str]] = []
    for option in options:
        named = re.search(rf"(?<!\w){re.escape(option.label)}(?!\w)", said, re.IGNORECASE)
        if named is None:
            continue
        before = re.findall(r"\w+", fold(said[: named.start()]))
        more = _MORE.fullmatch(said[named.end() :].rstrip(" ?.!"))
        if more and all(word in _FILLING for word in before):
            found.append((option, more[1]))
    return found[0] if len(found) == 1 else None


def chosen(said: str, options: Sequence[ClarificationOption]) -> ClarificationOption | None:
    """The option that was meant; None where it is no answer, or where two options fit as well."""
    plain = " ".join(said.split())
    for option in options:
        if plain.casefold() in (option.question.strip().casefold(), option.label.casefold(), option.id.casefold()):
            return option
    words = re.findall(r"\w+", fold(plain))
    if not words or len(words) > _MOST_WORDS:
        return None
    return _by_place(words, options) or _by_words(words, options) or _by_words(_mended(words, options), options)


def _mended(words: Sequence[str], options: Sequence[ClarificationOption]) -> list[str]:
    """With slips of the pen undone: "gross proffit"."""
    spellings: dict[tuple[str, int], tuple[str, ...]] = {}
    known = {word for option in options for word in re.findall(r"\w+", fold(option.label.replace("_", " ")))}
    for word in sorted(known):
        key = word[0], len(word)
        spellings[key] = (*spellings.get(key, ()), word)
    mended = []
    for word in words:
        meant = () if word in known or word in _FILLING else near(word, spellings)
        mended.append(meant[0] if len(meant) == 1 else word)
    return mended


def _by_place(words: Sequence[str], options: Sequence[ClarificationOption]) -> ClarificationOption | None:
    telling = [word for word in words if word not in _FILLING] or (list(words) if len(words) <= 2 else [])
    if len(telling) > 1 and telling[-1] in ("one",):
        telling = telling[:-1]
    if len(telling) != 1:
        return None
    word = telling[0]
    if word in ("last", "latter"):
        return options[-1]
    number = int(word) if word.isdecimal() and len(word) < 3 else _ORDINALS.get(word, 0)
    return options[number - 1] if 1 <= number <= len(options) else None


def _by_words(words: Sequence[str], options: Sequence[ClarificationOption]) -> ClarificationOption | None:
    """All telling words are of the option's label, and of no other's as well."""
    labels = [_stems(re.findall(r"\w+", fold(option.label.replace("_", " ")))) for option in options]
    shared = set.intersection(*labels) if labels else set()
    said = _stems(words)
    telling = said - shared - _stems(list(_FILLING))
    if not telling:
        return None
    fitting = [option for option, label in zip(options, labels, strict=True) if telling <= label]
    return fitting[0] if len(fitting) == 1 else None


def _stems(words: Sequence[str]) -> set[str]:
    return {stem(lemma(word)) for word in words}
