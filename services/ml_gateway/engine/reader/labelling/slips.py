"""Words that say what to do, misspelt: "befor", "averge", "wich"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from services.ml_gateway.engine.lexicon import Lexicon
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.spelling import near
from services.ml_gateway.engine.tokens import Token, TokenKind, lemma
from services.ml_gateway.engine.words.function import FUNCTION_WORDS
from services.ml_gateway.engine.words.related import is_common
from services.ml_gateway.engine.words.splitting import known

_SHORTEST = 4


def mended(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[Token, ...]:
    """With such words in their right form. What is a word of English or of the catalog stays as it is, and so does what
    is written like a name or is as near to a name."""
    return tuple(
        replace(token, form=meant, lemma=lemma(meant)) if (meant := _meant(token, at, lexicon)) else token
        for at, token in enumerate(tokens)
    )


def _meant(token: Token, at: int, lexicon: Lexicon) -> str:
    word = token.form
    if token.kind is not TokenKind.WORD or len(word) < _SHORTEST or (at and not token.text.islower()):
        return ""
    if any(one in lexicon.postings or one in lexicon.value_postings for one in (word, token.lemma)):
        return ""
    meant = _mark(word)
    names = {*near(word, lexicon.spellings), *near(token.lemma, lexicon.spellings)} if meant else ()
    return meant if set(names) <= {meant, lemma(meant)} else ""


@lru_cache(maxsize=8192)
def _mark(word: str) -> str:
    """The one such word that is a slip away; "" for common English words."""
    if not word.isascii() or word in WORDS or word in FUNCTION_WORDS or is_common(word) or known(word):
        return ""
    found = near(word, _spellings(), shortest=_SHORTEST)
    if len(word) == _SHORTEST:  # an edit in a short word makes another word
        found = tuple(one for one in found if len(one) > _SHORTEST or sorted(one) == sorted(word))
    one = len({WORDS.get(other, other) for other in found}) == 1  # "orderd" is order in any form
    return max(found, key=len) if one else ""


@lru_cache(maxsize=1)
def _spellings() -> Mapping[tuple[str, int], tuple[str, ...]]:
    found: dict[tuple[str, int], tuple[str, ...]] = {}
    for word in sorted({*WORDS, *FUNCTION_WORDS}):
        found[word[0], len(word)] = (*found.get((word[0], len(word)), ()), word)
    return found
