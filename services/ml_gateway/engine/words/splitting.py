"""The words in a name of a table or column, however it is written: "memberFirstName", "mbr_fname", "MEMBERNAME"."""

import re
from collections.abc import Sequence
from functools import lru_cache

from services.ml_gateway.engine.tokens import fold, lemma, spaced
from services.ml_gateway.engine.vocabulary import (
    ADDITIVE,
    ADJECTIVES,
    DATE_ENDINGS,
    DATE_VERBS,
    FILLER,
    IDENTIFIERS,
    NON_ADDITIVE,
    UNITS,
)
from services.ml_gateway.engine.words.abbreviations import ABBREVIATIONS, ALSO_WORDS
from services.ml_gateway.engine.words.common import COMMON
from services.ml_gateway.engine.words.synonyms import CLOSE_WORDS, LOOSE_WORDS

KNOWN: frozenset[str] = frozenset(
    word
    for group in (
        CLOSE_WORDS, LOOSE_WORDS, ADDITIVE, NON_ADDITIVE, FILLER, UNITS, IDENTIFIERS, DATE_ENDINGS, ADJECTIVES, COMMON,
        (long for longs in ABBREVIATIONS.values() for long in longs),
        (word for verbs, dates in DATE_VERBS for word in (*verbs, *dates)),
    )
    for word in group
)  # fmt: skip
_SHORT_PARTS = frozenset("id no in by of to on at up is cm mm km kg mb gb ms ft".split())
_INITIALS = {"f": "first", "l": "last", "m": "middle"}
_MOST_PARTS = 4
_VERBS = {"lives": "live"}  # in a name rather a verb than the plural of a noun


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """Folded words, run-together ones apart; abbreviations as they stand."""
    found: list[str] = []
    for piece in re.findall(r"[^\W\d_]+|\d+", spaced(name)):
        found.extend(_apart(fold(piece)))
    return tuple(found)


@lru_cache(maxsize=65536)
def full_words(name: str) -> tuple[str, ...]:
    """Lemmas with abbreviations written out: ("manager", "first", "name") for "mgr_fname"."""
    found: list[str] = []
    pieces = parts(name)
    for place, piece in enumerate(pieces):
        following = pieces[place + 1 : place + 2]
        if piece in _INITIALS and following == ("name",):
            found.append(_INITIALS[piece])
        else:
            found.extend(_in_full(piece, alone=len(pieces) == 1))
    return tuple(found)


def as_written(name: str) -> tuple[str, ...]:
    """Lemmas with abbreviations as they stand, where written out they may be missed: "sub" in "sub_total" may be no
    subject, and people say "dob" too. Else ()."""
    pieces = parts(name)
    if any(piece in ALSO_WORDS or len(ABBREVIATIONS.get(piece, ())) > 1 for piece in pieces):
        return tuple(lemma(piece) for piece in pieces)
    return ()


def plain_words(name: str) -> tuple[str, ...]:
    """Lemmas of the words as they stand, run-together ones not taken apart."""
    return tuple(lemma(fold(piece)) for piece in re.findall(r"[^\W\d_]+|\d+", spaced(name)))


def _in_full(piece: str, *, alone: bool) -> tuple[str, ...]:
    """A piece that is a word too is an abbreviation only beside others."""
    short = _short(piece)
    if short and not (alone and short in ALSO_WORDS):
        return ABBREVIATIONS[short]
    return (_VERBS.get(piece) or lemma(piece),)


def _short(piece: str) -> str:
    """The abbreviation that a piece is, be it in the plural; "" if none."""
    if piece in ABBREVIATIONS:
        return piece
    one = piece.removesuffix("s")
    return one if len(one) > 2 and one in ABBREVIATIONS and one not in ALSO_WORDS and not known(piece) else ""


def known(word: str) -> bool:
    return word in KNOWN or lemma(word) in KNOWN


@lru_cache(maxsize=65536)
def _apart(piece: str) -> tuple[str, ...]:
    if len(piece) < 4 or known(piece) or piece in ABBREVIATIONS or not piece.isascii():
        return (piece,)
    best = _split(piece, _MOST_PARTS)
    return best if best else (piece,)


@lru_cache(maxsize=65536)
def _split(piece: str, most: int) -> tuple[str, ...]:
    """The fewest and then the longest-first known words that make up the piece; () if none do."""
    if _is_part(piece):
        return (piece,)
    if most == 1 or len(piece) < 4:
        return ()
    found: tuple[str, ...] = ()
    for at in range(len(piece) - 1, 0, -1):
        initial = at == 1 and piece[0] in _INITIALS and piece[1:] == "name"
        if not initial and not _is_part(piece[:at]):
            continue
        rest = _split(piece[at:], most - 1)
        if rest and (not found or len(rest) + 1 < len(found)):
            found = (piece[:at], *rest)
    return found


def _is_part(piece: str) -> bool:
    if len(piece) <= 2:
        return piece in _SHORT_PARTS
    return known(piece) or (piece in ABBREVIATIONS and piece not in ALSO_WORDS)


def column_words(name: str, own: Sequence[str]) -> tuple[str, ...]:
    """The words of a column's name; what is left of "bname" (of a branch) without the table's initials."""
    found: list[str] = []
    pieces = parts(name)
    for place, piece in enumerate(pieces):
        rest = _without_initials(piece, own, alone=len(pieces) == 1)
        if rest is not None:
            found.extend(_in_full(rest, alone=False))
        elif len(piece) == 1 and place == 0 and len(pieces) > 1:
            if any(word.startswith(piece) for word in own):
                continue
            if piece in _INITIALS and pieces[1] == "name":
                return full_words(name)
            found.append(piece)
        else:
            found.extend(_in_full(piece, alone=len(pieces) == 1))
    return tuple(found) or full_words(name)


def _without_initials(piece: str, own: Sequence[str], *, alone: bool) -> str | None:
    if known(piece) or piece in ABBREVIATIONS or not 3 <= len(piece) <= 10:
        return None
    for length in (3, 2, 1):
        start, rest = piece[:length], piece[length:]
        if len(rest) > 1 and (known(rest) or (rest in ABBREVIATIONS and rest not in ALSO_WORDS) or rest == "no"):
            initials = "".join(word[0] for word in own)
            if any(word.startswith(start) for word in own) or start == initials:
                return rest
            if alone and length == 1 and rest in ("id", "name", "no"):
                return rest
    return None
