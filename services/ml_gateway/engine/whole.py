"""Whole questions over one index, on one day: each is read once, and planned where that is sure enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.clarifying.asking import unsure
from services.ml_gateway.engine.clarifying.offering import offered
from services.ml_gateway.engine.clarifying.pinned import as_read, pinned
from services.ml_gateway.engine.dialog.model import Read
from services.ml_gateway.engine.hearing import hears_more
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import NeedsClarification, Outcome, Planned, RefusalReason, Refused
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.planning import Understood, answering, meanings, planned, understood
from services.ml_gateway.engine.reader.weights import Learned
from services.ml_gateway.engine.refusing import refuse_early
from services.ml_gateway.engine.ruled import by_rules, query_of_plan
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.engine.weighing import Second, by_rules_alone, has_metric, in_the_light_of, is_business, same

MOST_CHARACTERS = 5000
_LIKELIEST = 8
_TWO_AGREE = 0.95
_NOT_THERE = RefusalReason.NO_SUCH_DATA
_ASKED_BACK = 0.5  # where the rules ask back, the learned reader is right half of the time


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What both readers make of a question. first: how sure the learned one's best query is; ruled: how sure the rules'
    plan is, 0 where there is none or it is the same; other: the query of that plan.
    """

    read: Understood
    second: Outcome
    first: float
    ruled: float = 0.0
    other: Query | None = None
    business: bool = False


@dataclass
class Whole:
    """bar: what is less sure gets no answer."""

    index: Index
    today: date
    timezone: str
    learned: Learned
    bar: float
    _read: dict[str, Understood] = field(default_factory=dict)
    _weighed: dict[str, _Weighed] = field(default_factory=dict)
    _compiling: Schema | None = None

    def plan(self, question: str, chosen: bool = False) -> Outcome:
        """How the question ends by itself. chosen: it is what somebody took who was asked back, and needs no bar."""
        taken = self._taken(question)
        if taken:
            return planned(taken, taken.sure, self.index)
        asked = self._asked(question)
        early = refuse_early(asked, self.index)
        if early:
            return early
        weighed = self._weigh(question)
        read, second = weighed.read, weighed.second
        bar = 0.0 if chosen else self.bar
        if isinstance(second, NeedsClarification):
            return second
        if chosen and isinstance(second, Planned):  # the option was theirs
            return second
        if weighed.first >= max(bar, weighed.ruled) and read.made:
            return planned(read, weighed.first, self.index)
        if isinstance(second, Planned) and weighed.ruled >= bar:
            return replace(second, confidence=weighed.ruled)
        ended = unsure(read, self.index, self._schema())
        if isinstance(second, Refused) and (isinstance(ended, Refused) or not _perhaps(second)):
            return ended if second.reason is RefusalReason.NOT_UNDERSTOOD else second
        return ended

    def readings(self, question: str, /) -> Sequence[Read]:
        """The likeliest queries of the question, with how sure each is; where there is none, how it ends by itself."""
        taken = self._taken(question)
        if taken:
            return (as_read(taken, self.index),)
        weighed = self._weigh(question)
        asked_back = weighed.second if isinstance(weighed.second, NeedsClarification) else None
        found = list(_ruled(weighed))
        read = weighed.read
        if read.made is not None and weighed.first:
            best = max(read.order[0].share, 1e-6)
            for one in read.order[:_LIKELIEST]:
                told = tuple(meanings(one.candidate.labelling.parts, read.asked, self.index))
                sure = weighed.first * (_ASKED_BACK if asked_back else 1.0) * min(one.share / best, 1.0)
                found.append(Read(answering(one.candidate, read.asked, self.index), sure, told))
        if not found:
            outcome = self.plan(question)
            return (Read(None, 0.0, failure=None if isinstance(outcome, Planned) else outcome),)
        kept = sorted(found, key=lambda one: -one.score)[: _LIKELIEST - bool(asked_back)]
        return (*kept, Read(None, 0.0, failure=asked_back)) if asked_back else kept

    def _weigh(self, question: str) -> _Weighed:
        if question not in self._weighed:
            made = self._weighing(self._understood(question))
            told = replace(made, first=round(made.first, 3), ruled=round(made.ruled, 3))  # as an answer tells it
            self._weighed[question] = told
        return self._weighed[question]

    def _weighing(self, read: Understood) -> _Weighed:
        second = by_rules(read.asked, self.index, read.times)
        other = query_of_plan(second) if isinstance(second, Planned) else None
        metric = any(map(has_metric, (other, read.query)))
        business = is_business(read.asked.text, metric=metric, period=bool(read.times))
        if not isinstance(second, Planned):
            deaf = hears_more(read.best, second if isinstance(second, Refused) else None)
            opinion = Second.DEAF if deaf else Second.NONE
            return _Weighed(read, second, in_the_light_of(read.sure, opinion, business=business), business=business)
        if other and read.query and same(other, read.query):
            sure = in_the_light_of(read.sure, Second.SAME, business=business)
            sure = max(sure, second.confidence * _TWO_AGREE)
            # Of business the rules know more: which rows a figure keeps that lack what it is split by, what to rank.
            return _Weighed(read, second, 0.0 if business else sure, sure if business else 0.0, other, business)
        if hears_more(read.best, None):
            return _Weighed(read, second, in_the_light_of(read.sure, Second.DEAF, business=business), business=business)
        ruled = by_rules_alone(second.confidence, business=business, nothing=read.made is None)
        sure = in_the_light_of(read.sure, Second.OTHER, business=business)
        return _Weighed(read, second, sure, ruled, other, business)

    def _understood(self, question: str) -> Understood:
        if question not in self._read:
            self._read[question] = understood(self._asked(question), self.index, self.learned, self._schema())
        return self._read[question]

    def _taken(self, question: str) -> Understood | None:
        """The reading that the question names as the one that was chosen of several."""
        return pinned(question, self._understood, lambda read: offered(read, self.index, self._schema()))

    def _schema(self) -> Schema:
        if self._compiling is None:
            self._compiling = Schema(self.index)
        return self._compiling

    def _asked(self, question: str) -> Asked:
        return Asked(question, tokenize(question[:MOST_CHARACTERS]), self.today, self.timezone)


def _ruled(weighed: _Weighed) -> Iterator[Read]:
    if isinstance(weighed.second, Planned) and weighed.other and weighed.ruled:
        told = weighed.second.interpretation
        yield Read(weighed.other, weighed.ruled, told.meanings, told.assumptions)


def _perhaps(refused: Refused) -> bool:
    """Whether the learned reader may know better than the rules: they know fewer words."""
    return refused.reason is RefusalReason.NOT_UNDERSTOOD or bool(refused.words and refused.reason is _NOT_THERE)
