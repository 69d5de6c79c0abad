"""Questions read: examples for the labeller, then candidates of one that has not seen the database."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

import numpy as np

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, TargetKind, prepare
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labeller import Weights
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.planning import answering
from services.ml_gateway.engine.reader.pruning.sifting import sifted
from services.ml_gateway.engine.reader.scoring.calibrating import most_sure, signs
from services.ml_gateway.engine.reader.scoring.ranking import described, ordered
from services.ml_gateway.engine.reader.scoring.settling import settled
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.descent import Vector
from services.ml_gateway.training.divided import fitting
from services.ml_gateway.training.examples import examples_of
from services.ml_gateway.training.facts import facts_of
from services.ml_gateway.training.fitting import Example
from services.ml_gateway.training.gold import query_of
from services.ml_gateway.training.known import Known, Right
from services.ml_gateway.training.lacking import lacking
from services.ml_gateway.training.laid import acceptable
from services.ml_gateway.training.metrics import with_metrics
from services.ml_gateway.training.packing import Names, Numbers
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.ranks import Choosing, choosing

_OFTEN = 500  # after so many questions it is told how far the reading is


@dataclass(frozen=True, slots=True)
class Chosen:
    """The best candidate of a question, for the calibration. most: the greatest confidence there may be in it."""

    place: int
    lacking: bool
    right: bool
    signs: dict[str, float]
    most: float


@dataclass(frozen=True, slots=True)
class _Read:
    """A question's candidates with their features (one after the other, `ends` where each's end), and which are right.

    lacking: the catalog lacks what it needs.
    """

    place: int
    asked: Asked
    index: Index
    candidates: list[Candidate]
    numbers: Numbers
    values: Vector
    ends: list[int]
    right: list[bool]
    lacking: bool = False

    def features(self, listed: Sequence[str]) -> list[dict[str, float]]:
        every = zip((listed[number] for number in self.numbers.tolist()), self.values.tolist(), strict=True)
        together = list(every)
        return [dict(together[start:end]) for start, end in pairwise((0, *self.ends))]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """The SQL of queries over a catalog: questions of one database often make the same ones."""

    schema: Schema
    known: dict[Query, str | None] = field(default_factory=dict)

    def sql(self, query: Query) -> str | None:
        """None where no SQL can say it."""
        if query not in self.known:
            try:
                self.known[query] = compile_query(query, self.schema, timezone="UTC").sql
            except (Unreadable, LookupError):
                self.known[query] = None
        return self.known[query]


class Reading:
    """Some questions, by their places among all. What is made of them stays here: it is large.

    ranked: places of the questions that candidates are made for. spoiled: of those that are asked a second time where
    they can't be answered.
    """

    def __init__(
        self,
        questions: Mapping[int, Known],
        indexes: Mapping[str, Index],
        right: Right,
        ranked: frozenset[int],
        spoiled: frozenset[int],
        tell: Callable[[str], None],
    ) -> None:
        self._questions, self._indexes, self._right, self._tell = questions, indexes, right, tell
        self._ranked, self._spoiled = ranked, spoiled
        self._statements: dict[str, _Compiled] = {}
        self._divided: dict[int, tuple[Sentence, ...]] = {}
        self._names = Names()
        self._read: list[_Read] = []

    def examples(self) -> tuple[list[str], dict[int, list[Example]]]:
        """Names of features by number, and by place what the labeller learns from the question."""
        names, found = Names(), {}
        for place, one in self._questions.items():
            self._divided[place] = divided(one, self._indexes[one.database])
            found[place] = list(self._examples(one, self._divided[place], names))
        return names.listed, found

    def read(self, labels: Mapping[int, Weights]) -> tuple[list[str], dict[int, Choosing]]:
        """By place what the ranker learns from the question. labels: by fold the labeller that has not seen it."""
        names, found = Names(), {}
        for number, (place, one) in enumerate(self._questions.items()):
            if number % _OFTEN == 0:
                self._tell(f"read {number} of {len(self._questions)}")
                gc.collect()
                gc.freeze()  # what is kept grows; looking through it for garbage again and again would take the most
            if place not in self._ranked:
                continue
            index = self._indexes[one.database]
            read = self._candidates(place, one, index, self._divided[place], labels[one.fold])
            self._read.append(read)
            if read.candidates:
                found[place] = choosing(read.features(self._names.listed), read.right, names)
            if place in self._spoiled and not index.metrics:  # metrics may need what would be taken out
                self._read += self._unanswerable(place, one, index, labels[one.fold])
        return names.listed, found

    def chosen(self, ranks: Mapping[int, Mapping[str, float]]) -> list[Chosen]:
        """What is chosen of each question, where there is anything. ranks: by fold the ranker that has not seen it."""
        listed = self._names.listed
        return [self._chosen(one, listed, ranks) for one in self._read if one.candidates]

    def _chosen(self, read: _Read, listed: Sequence[str], ranks: Mapping[int, Mapping[str, float]]) -> Chosen:
        known = self._questions[read.place]
        order = ordered(read.candidates, read.features(listed), ranks[known.fold])
        order = settled(order, known.text, read.index)
        good = {id(one): right for one, right in zip(read.candidates, read.right, strict=True)}
        best = order[0].candidate
        most = most_sure(best, known.text, read.index)
        return Chosen(read.place, read.lacking, good[id(best)], signs(order), most)

    def _examples(self, known: Known, divided: Sequence[Sentence], names: Names) -> Iterator[Example]:
        index = self._indexes[known.database]
        query = self._query(known, divided, index)
        if query is None:
            return
        facts = facts_of(query)
        sentence = fitting(divided, query, facts)
        yield from examples_of(sentence, acceptable(sentence, facts, index), index, names)

    def _query(self, known: Known, divided: Sequence[Sentence], index: Index) -> Query | None:
        """The first SQL that the intermediate form can say, by metrics where their names stand in the question."""
        named = {
            choice.target.metric: None
            for one in divided
            for item in one.items
            for choice in item.choices
            if choice.target.kind is TargetKind.METRIC and choice.rank == 0
        }
        for sql in known.sql:
            if named and (query := with_metrics(sql, list(named), index, partial(self._same, known, sql))):
                return query
            try:
                return query_of(sql, index.catalog)
            except NotRepresentable:
                continue
        return None

    def _same(self, known: Known, sql: str, made: str) -> bool:
        return bool(self._right(known.database, made, sql))

    def _candidates(
        self, place: int, known: Known, index: Index, divided: Sequence[Sentence], weights: Weights
    ) -> _Read:
        asked, compiled = Asked(known.text, tokenize(known.text), known.asked_on, "UTC"), self._compiled(known, index)
        made = sifted(candidates(divided, index, weights), index)
        kept: list[Candidate] = []
        features: list[Mapping[str, float]] = []
        right: list[bool] = []
        for candidate, told in zip(made, described(made, index), strict=True):
            sql = compiled.sql(answering(candidate, asked, index))
            if sql is None:
                continue
            kept.append(candidate)
            features.append(told)
            right.append(any(self._right(known.database, sql, gold) for gold in known.sql))
        numbers = self._names.numbers(name for one in features for name in one)
        values = np.array([value for one in features for value in one.values()], dtype=np.float64)
        ends = np.cumsum([len(one) for one in features], dtype=np.int64).tolist()
        return _Read(place, asked, index, kept, numbers, values, ends, right)

    def _compiled(self, known: Known, index: Index) -> _Compiled:
        """One for each database; what lacks a column is asked only once."""
        if index is not self._indexes[known.database]:
            return _Compiled(Schema(index))
        return self._statements.setdefault(known.database, _Compiled(Schema(index)))

    def _unanswerable(self, place: int, known: Known, index: Index, weights: Weights) -> Iterator[_Read]:
        try:
            catalog = lacking(query_of(known.sql[0], index.catalog), index.catalog, known.text)
        except NotRepresentable:
            return
        if catalog is not None:
            poorer = prepare(catalog)
            read = self._candidates(place, known, poorer, divided(known, poorer), weights)
            yield replace(read, lacking=True)


def divided(known: Known, index: Index) -> tuple[Sentence, ...]:
    """The question's ways of being divided into items."""
    tokens = tokenize(known.text)
    return sentences(tokens, index, find_times(tokens, Today.of(known.asked_on, index.catalog)))
