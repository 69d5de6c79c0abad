"""A word of the question → the words of names that it may stand for, and how surely."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from services.ml_gateway.engine.lexicon import Lexicon
from services.ml_gateway.engine.spelling import FEWEST, SLIP, near
from services.ml_gateway.engine.tokens import Token
from services.ml_gateway.engine.vocabulary import ADJECTIVES
from services.ml_gateway.engine.words.abbreviations import ABBREVIATIONS
from services.ml_gateway.engine.words.related import is_common, related
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import known, parts
from services.ml_gateway.engine.words.synonyms import CLOSE_WORDS, LOOSE_WORDS

_EXACT, _SHORT, _ROOT, _CLOSE, _LOOSE, _ADJECTIVE, _SUBSEQUENCE = 1.0, 0.95, 0.9, 0.8, 0.6, 0.62, 0.6
RELATED, ADJECTIVE = "related", "adjective"
_LEAST_RELATED, _BY_GRADE = 0.3, 0.4
_SURE = 0.65  # an abbreviation of less is a mere row of letters
_SHORTEST_PIECE = 2
_AGENTS = ("er", "or", "ee", "ist", "ant", "ent")  # who bought is a buyer, but "bought" says no customer
_IRREGULAR = {"latest": "recent", "eldest": "old", "best": "good", "worst": "bad", "farthest": "far", "furthest": "far"}


@dataclass(frozen=True, slots=True)
class Sense:
    score: float
    how: str


def senses(token: Token, lexicon: Lexicon) -> dict[str, Sense]:
    """Words that names of this catalog hold, with the best score each."""
    found: dict[str, Sense] = {}
    _add(found, lexicon, dict.fromkeys((token.lemma, token.form, token.form.removesuffix("s"))), _EXACT, "name")
    _add(found, lexicon, ABBREVIATIONS.get(token.form, ())[:1], _SHORT, "abbreviation")
    for key in dict.fromkeys((root(token.form), root(token.lemma))):
        _add(found, lexicon, lexicon.roots.get(key, ()), _ROOT, "word form")
    for others, score in _synonyms(token.lemma, token.form):
        _add(found, lexicon, others, score, "vocabulary")
        for other in others:
            if key := root(other):
                _add(found, lexicon, lexicon.roots.get(key, ()), score * _ROOT, "vocabulary")
    if base := adjective(token.form):
        _add(found, lexicon, ADJECTIVES[base][0], _ADJECTIVE, ADJECTIVE)
    if not found:
        _guess(token, lexicon, found)
    if all(sense.how == "abbreviation" and sense.score < _SURE for sense in found.values()):
        _relate(token, lexicon, found)
    return found


def _relate(token: Token, lexicon: Lexicon, found: dict[str, Sense]) -> None:
    """By general English: a guess, in both directions."""
    words = dict.fromkeys((token.lemma, token.form))
    told = [*(one for word in words for one in related(word)), *lexicon.related.get(token.lemma, ())]
    for other, grade in told:
        score = _LEAST_RELATED + _BY_GRADE * grade
        _add(found, lexicon, (other,), score, RELATED)
        _add(found, lexicon, lexicon.roots.get(root(other), ()), score * _ROOT, RELATED)


def _guess(token: Token, lexicon: Lexicon, found: dict[str, Sense]) -> None:
    word = token.lemma
    if len(word) > 2 and word.isalpha():
        _add(
            found, lexicon, (w for w in lexicon.odd.get(word[0], ()) if shortens(w, word)), _SUBSEQUENCE, "abbreviation"
        )
    if not known(word):
        pieces = [piece for piece in parts(word) if len(piece) > _SHORTEST_PIECE]
        _add(found, lexicon, pieces if len(pieces) > 1 else (), _ROOT, "word form")
        if not is_common(token.form):
            _add(found, lexicon, near(word, lexicon.spellings, len(word) - len(token.form) + FEWEST), SLIP, "spelling")
        if len(word) in (3, 4):
            longer = (w for (letter, _), words in lexicon.spellings.items() if letter == word[0] for w in words)
            _add(found, lexicon, (w for w in longer if shortens(word, w)), _SUBSEQUENCE, "abbreviation")


def shortens(short: str, long: str) -> bool:
    """Whether a word is cut to another: its beginning, or letters of it in order, the first among them."""
    if len(short) >= len(long) or short[0] != long[0]:
        return False
    if long.startswith(short):
        return True
    letters = iter(long)
    return len(short) <= 5 and len(long) >= len(short) + 2 and all(letter in letters for letter in short)


def adjective(form: str) -> str:
    """The adjective of which this is a comparative or superlative, or the adjective itself; "" if none."""
    form = form.removesuffix("ly") if form.removesuffix("ly") in ADJECTIVES else form
    if form in ADJECTIVES:
        return form
    if (base := _IRREGULAR.get(form, "")) in ADJECTIVES:
        return base
    for ending in ("est", "er"):
        stem = form.removesuffix(ending)
        if stem != form:
            for base in (stem, stem + "e", stem[:-1] + "y" if stem.endswith("i") else stem, stem[:-1]):
                if base in ADJECTIVES:
                    return base
    return ""


@lru_cache(maxsize=8192)
def _synonyms(lemma: str, form: str) -> tuple[tuple[tuple[str, ...], float], ...]:
    found: list[tuple[tuple[str, ...], float]] = []
    for score, words, roots in ((_CLOSE, CLOSE_WORDS, _CLOSE_ROOTS), (_LOOSE, LOOSE_WORDS, _LOOSE_ROOTS)):
        exact = words.get(lemma) or words.get(form)
        if exact:
            found.append((exact, score))
        for base in roots.get(root(lemma), ()):
            if base not in (lemma, form) and not (base.endswith(_AGENTS) and not lemma.endswith(_AGENTS)):
                found.append((words[base], score * _ROOT))
    return tuple(found)


def _rooted(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(root(word), []).append(word)
    return {key: tuple(group) for key, group in found.items()}


_CLOSE_ROOTS, _LOOSE_ROOTS = _rooted(CLOSE_WORDS), _rooted(LOOSE_WORDS)


def _add(found: dict[str, Sense], lexicon: Lexicon, words: Iterable[str], score: float, how: str) -> None:
    for word in words:
        if word in lexicon.postings and (word not in found or found[word].score < score):
            found[word] = Sense(score, how)
