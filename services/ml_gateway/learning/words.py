"""Words and questions in the form in which they compare. Pure.

Two questions are the same in other words if nothing but courtesy, inflection and learned words tells them apart: the
rest stands in the same order, and every number, date, quoted text and word in capitals is the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import Token, TokenKind, name_words, tokenize

# Words that ask without saying what for. None of them negates, compares, orders or relates.
_COURTESY = frozenset(
    """a an the please kindly hi hello hey thanks thank can could would will you i we me us our my want need like to
    show give tell list display get fetch see find know let what whats is are was were do does did have has there here
    it its of""".split()
)
_LONGEST = 6
# Words that count time from the moment of asking, should the reader of periods not know the phrase around them.
_RELATIVE = frozenset(
    """today yesterday tomorrow now current currently recent recently latest lately ago last past previous prior next
    this since ytd mtd qtd wtd upcoming trailing rolling""".split()
)
_ONE_DAY = date(2023, 5, 17)
# Days that differ from the first in week, month, quarter and year.
_OTHER_DAYS = (_ONE_DAY + timedelta(days=1), _ONE_DAY + timedelta(days=500))


def words_key(words: str) -> str:
    """The lemmas of a phrase: "Net Sales" and "net sale" are one. Empty where there are no letters or digits."""
    return " ".join(name_words(words))


def question_key(question: str, meanings: Mapping[str, str] | None = None) -> str:
    """The question's content words in order; meanings are the words that learned ones stand for, by their key."""
    tokens = [token for token in tokenize(question) if token.kind is not TokenKind.PUNCTUATION]
    shouted = not any(character.islower() for character in question)
    said = [_form(token, shouted) for token in tokens]
    kept = [form for token, form in zip(tokens, said, strict=True) if not _is_courtesy(token, form)]
    return " ".join(_replaced(kept, meanings or {}))


def _form(token: Token, shouted: bool) -> str:
    if token.kind is TokenKind.QUOTED:
        return f'"{token.text}"'
    if token.kind is TokenKind.WORD and token.number is None:
        # "IT" isn't "it", nor "US" "us".
        capitals = token.text.isupper() and len(token.text) > 1 and not shouted
        return token.text if capitals else token.lemma
    return token.form


def _is_courtesy(token: Token, form: str) -> bool:
    return token.kind is TokenKind.WORD and form.islower() and token.form in _COURTESY


def _replaced(forms: Sequence[str], meanings: Mapping[str, str]) -> list[str]:
    """Learned words replaced by what they stand for, the longest first."""
    found: list[str] = []
    place = 0
    while place < len(forms):
        for length in range(min(_LONGEST, len(forms) - place), 0, -1):
            meaning = meanings.get(" ".join(forms[place : place + length]))
            if meaning is not None:
                found.append(meaning)
                place += length
                break
        else:
            found.append(forms[place])
            place += 1
    return found


@lru_cache(maxsize=16384)
def figures(question: str) -> frozenset[tuple[str, int]]:
    """The numbers, written or spelled out, and dates of a question, and whether it counts time from now."""
    tokens = tokenize(question)
    found = Counter(f"{token.number:g}" for token in tokens if token.number is not None)
    found.update(token.form for token in tokens if token.kind is TokenKind.DATE)
    found["now"] = int(is_relative(question))
    return frozenset(found.items())


def mentions_time(question: str) -> bool:
    """Whether the zone in which days are cut could matter to the question."""
    return bool(find_times(tokenize(question), Today(_ONE_DAY))) or is_relative(question)


def is_relative(question: str) -> bool:
    """Whether the question counts time from the moment it is asked. Where that is open, it does."""
    tokens = tokenize(question)
    mentions = find_times(tokens, Today(_ONE_DAY))
    if any(find_times(tokens, Today(day)) != mentions for day in _OTHER_DAYS):
        return True
    placed = {place for mention in mentions for place in range(mention.first, mention.last)}
    return any(token.form in _RELATIVE for place, token in enumerate(tokens) if place not in placed)
