"""Reading by what was learned: what would be asked back is answered by an earlier choice, and told. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.ml_gateway.engine import BAR, Index, NeedsClarification, Outcome, Planned, Refused, plan
from services.ml_gateway.engine.outcome import ClarificationOption, Meaning
from services.ml_gateway.learning.model import Learned, Synonym, SynonymKind
from services.ml_gateway.learning.targets import is_option
from services.ml_gateway.learning.words import words_key

# A question is asked back at most as often; each answer to that settles some of its words.
_MOST_CHOICES = 4
# Fewer words than these say too little of what a longer question with them is unclear about.
_FEWEST_WITHIN = 2


@dataclass(frozen=True, slots=True)
class Resolved:
    """An outcome, the question as it was read in the end, and the learned words that it was read by. earlier is what
    was said before and the question was read against; empty where it was read by itself.
    """

    outcome: Outcome
    text: str
    uses: tuple[Synonym, ...] = ()
    earlier: tuple[str, ...] = ()


def read(
    text: str,
    index: Index,
    learned: Learned,
    *,
    now: datetime,
    timezone: str,
    earlier: Sequence[str] = (),
    bar: float = BAR,
) -> Resolved:
    """The question's outcome over an index made with the same learned words, after what was said earlier."""
    said = list(earlier)
    first = outcome = plan(text, index, now=now, timezone=timezone, earlier=said, bar=bar)
    asked = text
    uses: list[Synonym] = []
    while isinstance(outcome, NeedsClarification) and len(uses) < _MOST_CHOICES:
        found = _chosen(outcome, asked, learned, index)
        if found is None:
            break
        uses.append(found[0])
        said.append(asked)
        asked = found[1].question
        outcome = plan(asked, index, now=now, timezone=timezone, earlier=said if earlier else (), bar=bar)
        if not earlier and isinstance(outcome, Refused):  # alone it isn't sure enough, as an answer it is
            outcome = plan(asked, index, now=now, timezone=timezone, earlier=said, bar=bar)
    if not isinstance(outcome, Planned):
        # What was learned doesn't lead to an answer, so it mustn't hide what there is to choose from.
        return Resolved(first, text, earlier=tuple(earlier))
    named = (one for one in _naming(outcome, learned, asked) if one not in uses)
    before = tuple(said) if outcome.follows else ()
    return Resolved(_in_the_words_of(text, asked, outcome), asked, (*uses, *named), before)


def _chosen(
    asked_back: NeedsClarification, asked: str, learned: Learned, index: Index
) -> tuple[Synonym, ClarificationOption] | None:
    """The option that was chosen before for the same words, for the same table's date, or for words of the question
    where all of it is what is unclear."""
    words = asked[asked_back.start : asked_back.end]
    dates = [one for one in learned.synonyms if one.target.kind is SynonymKind.DATE]
    within = () if words else _within(asked, learned)
    for synonym in (*learned.by_words.get(words_key(words or asked), ()), *dates, *within):
        for option in asked_back.options:
            if is_option(synonym.target, option.id, index.catalog):
                return synonym, option
    return None


def _within(asked: str, learned: Learned) -> Sequence[Synonym]:
    """Choices made for words that a longer question holds as well, in a row but for numbers: what "top customers" was
    said to mean counts for "top 5 customers in June". The longest come first."""
    question = f" {_without_numbers(words_key(asked))} "
    found = []
    for synonym in learned.synonyms:
        said = _without_numbers(synonym.words_key)
        few = len(said.split()) < _FEWEST_WITHIN
        if synonym.target.kind is SynonymKind.CHOICE and not few and f" {said} " in question:
            found.append((len(said), synonym))
    return [synonym for _, synonym in sorted(found, key=lambda pair: -pair[0])]


def _without_numbers(key: str) -> str:
    return " ".join(word for word in key.split() if not word.isdigit())


def _naming(planned: Planned, learned: Learned, asked: str) -> Iterator[Synonym]:
    """Learned words that some of the question's words were read by."""
    question_key = words_key(asked)
    for synonym in learned.synonyms:
        if synonym.is_naming and any(_is_by(m, synonym, question_key) for m in planned.interpretation.meanings):
            yield synonym


def _is_by(meaning: Meaning, synonym: Synonym, question_key: str) -> bool:
    """Whether the meaning is the learned one: of words that hold the learned ones, or of a part of them where the
    question has them all."""
    target = synonym.target
    said, taught = f" {words_key(meaning.text)} ", f" {synonym.words_key} "
    is_part = said.strip() and said in taught and taught in f" {question_key} "
    if taught not in said and not is_part:
        return False
    if target.kind in (SynonymKind.RELATIONSHIP, SynonymKind.METRIC):
        return bool(meaning.table)
    return meaning.table == target.table and meaning.column == target.column


def _in_the_words_of(text: str, asked: str, planned: Planned) -> Planned:
    """The plan with its meanings' characters counted in the question as typed, not as it was read in the end."""
    if text == asked:
        return planned
    head = _common(text, asked)
    tail = _common(text[head:][::-1], asked[head:][::-1])
    moved = _moved(planned.interpretation.meanings, text, asked, head, tail)
    return replace(planned, interpretation=replace(planned.interpretation, meanings=tuple(moved)))


def _moved(meanings: Sequence[Meaning], text: str, asked: str, head: int, tail: int) -> Iterator[Meaning]:
    """The texts are alike but for [head, len - tail): what was said there instead is what was typed there."""
    start, end = head, len(text) - tail
    while start > 0 and text[start - 1 : start].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1 : end].isalnum() and text[end].isalnum():
        end += 1
    shift = len(text) - len(asked)
    for one in meanings:
        if one.end <= start:
            yield one
        elif one.start >= end - shift:
            yield replace(one, start=one.start + shift, end=one.end + shift)
        elif start < end:
            yield replace(one, start=start, end=end, text=text[start:end])


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))
