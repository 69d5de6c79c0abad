"""Questions with known SQL → the weights of the reader.

The labeller learns which labels the known query allows. The ranker and the calibration learn from candidates that a
labeller made for databases that it has not seen: each fifth of the databases is read by one trained on the others. The
calibration learns from questions that can't be answered, too (`lacking.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from zlib import crc32

from services.ml_gateway.engine.index import Index, TargetKind, prepare
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.calibrating import confidence, signs
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.items import Sentence, sentences
from services.ml_gateway.engine.reader.labeller import Weights
from services.ml_gateway.engine.reader.ranking import described, ordered
from services.ml_gateway.engine.reader.settling import settled
from services.ml_gateway.engine.reader.weights import Learned
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.calibration import fit_calibration
from services.ml_gateway.training.divided import fitting
from services.ml_gateway.training.examples import examples_of
from services.ml_gateway.training.facts import facts_of
from services.ml_gateway.training.fitting import Example, fit
from services.ml_gateway.training.gold import query_of
from services.ml_gateway.training.lacking import lacking
from services.ml_gateway.training.laid import acceptable
from services.ml_gateway.training.metrics import with_metrics
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.ranks import Choosing, fit_ranks

FOLDS = 5
_LACKING = 7  # each n-th question is asked a second time where it can't be answered


@dataclass(frozen=True, slots=True)
class Known:
    """A question over a database, and SQL that answers it: several where several answers are right.

    group: figures are told for each. weight: how often it counts when weights are fitted.
    """

    database: str
    text: str
    sql: tuple[str, ...]
    asked_on: date
    group: str = ""
    weight: int = 1

    @property
    def fold(self) -> int:
        """The same for all questions over a database."""
        return crc32(self.database.encode()) % FOLDS


# Whether the first SQL gives, on a database, what the second gives there; None where it can't be told.
Right = Callable[[str, str, str], bool | None]


@dataclass(frozen=True, slots=True)
class Held:
    """How well databases were read that nothing was learned from. answered and wrong are at the bar."""

    group: str
    questions: int
    right: int
    among: int  # questions with a right one among their candidates
    answered: int
    wrong: int


@dataclass(slots=True)
class _Read:
    """A question's candidates with their features, and which are right. lacking: the catalog lacks what it needs."""

    known: Known
    index: Index
    lacking: bool = False
    candidates: list[Candidate] = field(default_factory=list)
    features: list[Mapping[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def learn(
    questions: Sequence[Known], indexes: Mapping[str, Index], right: Right, *, bar: float, rank_every: int = 1
) -> tuple[Learned, tuple[Held, ...]]:
    """The same questions in the same order give the same weights. rank_every thins the questions that are ranked,
    but not those of a group."""
    divided = {one: _sentences(one, indexes[one.database]) for one in questions}
    examples = {one: list(_examples(one, divided[one], indexes[one.database], right)) * one.weight for one in questions}
    read: list[_Read] = []
    lack: list[_Read] = []
    for fold in range(FOLDS):
        weights = fit([e for one in questions if one.fold != fold for e in examples[one]])
        for place, one in enumerate(questions):
            if one.fold == fold and (one.group or place % rank_every == 0):
                read.append(_candidates(one, divided[one], indexes[one.database], weights, right))
                if not one.group and place % _LACKING == 0:
                    lack += _unanswerable(one, indexes[one.database], weights, right)
    calibration, held = _held(read, lack, bar)
    return (
        Learned(fit([e for one in questions for e in examples[one]]), _ranks(read), calibration),
        held,
    )


def _sentences(known: Known, index: Index) -> tuple[Sentence, ...]:
    tokens = tokenize(known.text)
    return sentences(tokens, index, find_times(tokens, Today.of(known.asked_on, index.catalog)))


def _examples(known: Known, divided: Sequence[Sentence], index: Index, right: Right) -> Iterator[Example]:
    query = _query(known, divided, index, right)
    if query is None:
        return
    facts = facts_of(query)
    sentence = fitting(divided, query, facts)
    yield from examples_of(sentence, acceptable(sentence, facts, index), index)


def _query(known: Known, divided: Sequence[Sentence], index: Index, right: Right) -> Query | None:
    """The first SQL that the intermediate form can say, by metrics where their names stand in the question."""
    named = {
        choice.target.metric: None
        for one in divided
        for item in one.items
        for choice in item.choices
        if choice.target.kind is TargetKind.METRIC and choice.rank == 0
    }
    for sql in known.sql:
        if named and (query := with_metrics(sql, list(named), index, partial(_same, known, sql, right))):
            return query
        try:
            return query_of(sql, index.catalog)
        except NotRepresentable:
            continue
    return None


def _same(known: Known, sql: str, right: Right, made: str) -> bool:
    return bool(right(known.database, made, sql))


def _candidates(known: Known, divided: Sequence[Sentence], index: Index, weights: Weights, right: Right) -> _Read:
    found, schema = _Read(known, index), Schema(index)
    made = candidates(divided, index, weights)
    for candidate, features in zip(made, described(made, index), strict=True):
        try:
            sql = compile_query(candidate.query, schema, timezone="UTC").sql
        except (Unreadable, LookupError):  # a query that no SQL can say
            continue
        found.candidates.append(candidate)
        found.features.append(features)
        found.right.append(any(right(known.database, sql, gold) for gold in known.sql))
    return found


def _unanswerable(known: Known, index: Index, weights: Weights, right: Right) -> Iterator[_Read]:
    try:
        catalog = lacking(query_of(known.sql[0], index.catalog), index.catalog, known.text)
    except NotRepresentable:
        return
    if catalog is not None:
        poorer = prepare(catalog)
        read = _candidates(known, _sentences(known, poorer), poorer, weights, right)
        read.lacking = True
        yield read


def _ranks(read: Sequence[_Read]) -> dict[str, float]:
    made = [[Choosing(tuple(one.features), tuple(one.right))] * one.known.weight for one in read if one.candidates]
    return fit_ranks([one for several in made for one in several])


def _held(read: Sequence[_Read], lack: Sequence[_Read], bar: float) -> tuple[dict[str, float], tuple[Held, ...]]:
    """The calibration, learned from rankings by a ranker that has not seen the database; figures alike."""
    seen: list[tuple[_Read, dict[str, float], bool]] = []
    for fold in range(FOLDS):
        weights = _ranks([one for one in read if one.known.fold != fold])
        for one in (*read, *lack):
            if one.known.fold == fold and one.candidates:
                order = settled(ordered(one.candidates, one.features, weights), one.known.text, one.index)
                good = {id(c): r for c, r in zip(one.candidates, one.right, strict=True)}
                seen.append((one, signs(order), good[id(order[0].candidate)]))
    answered: list[tuple[_Read, bool]] = []
    for fold in range(FOLDS):
        calibration = fit_calibration([(told, good) for one, told, good in seen if one.known.fold != fold])
        answered += [
            (one, good)
            for one, told, good in seen
            if one.known.fold == fold and not one.lacking and confidence(told, calibration) >= bar
        ]
    held = tuple(
        Held(
            group=group,
            questions=sum(one.known.group == group for one in read),
            right=sum(good for one, _, good in seen if one.known.group == group and not one.lacking),
            among=sum(any(one.right) for one in read if one.known.group == group),
            answered=sum(one.known.group == group for one, _ in answered),
            wrong=sum(not good for one, good in answered if one.known.group == group),
        )
        for group in sorted({one.known.group for one in read})
    )
    return fit_calibration([(told, good) for _, told, good in seen]), held
