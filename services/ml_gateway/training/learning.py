"""Questions with known SQL → the weights of the reader.

The labeller learns which labels the known query allows. The ranker and the calibration learn from candidates that a
labeller made for databases that it has not seen: each fifth of the databases is read by one trained on the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.calibrating import confidence, signs
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.describing import describe
from services.ml_gateway.engine.reader.items import Sentence, sentences
from services.ml_gateway.engine.reader.labeller import Weights
from services.ml_gateway.engine.reader.ranking import ranked
from services.ml_gateway.engine.reader.weights import Learned
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.calibration import fit_calibration
from services.ml_gateway.training.examples import examples_of
from services.ml_gateway.training.facts import facts_of
from services.ml_gateway.training.fitting import Example, fit
from services.ml_gateway.training.gold import query_of
from services.ml_gateway.training.laid import acceptable
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.ranks import Choosing, fit_ranks

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A question over a database, and SQL that answers it."""

    database: str
    text: str
    sql: str
    asked_on: date

    @property
    def fold(self) -> int:
        """The same for all questions over a database."""
        return crc32(self.database.encode()) % FOLDS


# Whether the first SQL gives, on a database, what the second gives there; None where it can't be told.
Right = Callable[[str, str, str], bool | None]


@dataclass(frozen=True, slots=True)
class Held:
    """How well databases were read that nothing was learned from. answered and wrong are at the bar."""

    questions: int
    right: int
    among: int  # questions with a right one among their candidates
    answered: int
    wrong: int


@dataclass(slots=True)
class _Read:
    """A question's candidates with their features, and which are right."""

    known: Known
    candidates: list[Candidate] = field(default_factory=list)
    features: list[Mapping[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def learn(
    questions: Sequence[Known], indexes: Mapping[str, Index], right: Right, *, bar: float, rank_every: int = 1
) -> tuple[Learned, Held]:
    """The same questions in the same order give the same weights. rank_every thins the questions that are ranked."""
    divided = {one: _sentences(one, indexes[one.database]) for one in questions}
    examples = {one: list(_examples(one, divided[one], indexes[one.database])) for one in questions}
    read: list[_Read] = []
    for fold in range(FOLDS):
        weights = fit([e for one in questions if one.fold != fold for e in examples[one]])
        for one in questions[::rank_every]:
            if one.fold == fold:
                read.append(_candidates(one, divided[one], indexes[one.database], weights, right))
    calibration, held = _held(read, indexes, bar)
    return (
        Learned(fit([e for one in questions for e in examples[one]]), _ranks(read), calibration),
        held,
    )


def _sentences(known: Known, index: Index) -> tuple[Sentence, ...]:
    tokens = tokenize(known.text)
    return sentences(tokens, index, find_times(tokens, Today(known.asked_on, index.catalog.week_starts_on)))


def _examples(known: Known, divided: Sequence[Sentence], index: Index) -> Iterator[Example]:
    try:
        query = query_of(known.sql, index.catalog)
    except NotRepresentable:
        return
    plain = next(one for one in divided if not one.times)
    yield from examples_of(plain, acceptable(plain, facts_of(query), index), index)


def _candidates(known: Known, divided: Sequence[Sentence], index: Index, weights: Weights, right: Right) -> _Read:
    found, schema = _Read(known), Schema(index)
    made = candidates(divided, index, weights)
    best = max((one.labelling.score for one in made), default=0.0)
    for candidate in made:
        try:
            sql = compile_query(candidate.query, schema, timezone="UTC").sql
        except (Unreadable, LookupError):  # a query that no SQL can say
            continue
        found.candidates.append(candidate)
        found.features.append(describe(candidate, best, index))
        found.right.append(bool(right(known.database, sql, known.sql)))
    return found


def _ranks(read: Sequence[_Read]) -> dict[str, float]:
    return fit_ranks([Choosing(tuple(one.features), tuple(one.right)) for one in read if one.candidates])


def _held(read: Sequence[_Read], indexes: Mapping[str, Index], bar: float) -> tuple[dict[str, float], Held]:
    """The calibration, learned from rankings by a ranker that has not seen the database; figures alike."""
    seen: list[tuple[int, dict[str, float], bool]] = []
    for fold in range(FOLDS):
        weights = _ranks([one for one in read if one.known.fold != fold])
        for one in read:
            if one.known.fold == fold and one.candidates:
                order = ranked(one.candidates, indexes[one.known.database], weights)
                good = {id(c): r for c, r in zip(one.candidates, one.right, strict=True)}
                seen.append((fold, signs(order), good[id(order[0].candidate)]))
    answered: list[bool] = []
    for fold in range(FOLDS):
        calibration = fit_calibration([(signs_, good) for at, signs_, good in seen if at != fold])
        answered += [good for at, signs_, good in seen if at == fold and confidence(signs_, calibration) >= bar]
    held = Held(
        questions=len(read),
        right=sum(good for _, _, good in seen),
        among=sum(any(one.right) for one in read),
        answered=len(answered),
        wrong=sum(not good for good in answered),
    )
    return fit_calibration([(signs_, good) for _, signs_, good in seen]), held
