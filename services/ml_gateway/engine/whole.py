"""Whole questions over one index, on one day: each is read once, and planned where that is sure enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.assuming import guesses
from services.ml_gateway.engine.clarifying.asking import unsure
from services.ml_gateway.engine.clarifying.named_rows import with_named_rows
from services.ml_gateway.engine.clarifying.offering import offered
from services.ml_gateway.engine.clarifying.pinned import as_read, pinned
from services.ml_gateway.engine.clarifying.same_to_people import as_one
from services.ml_gateway.engine.dialog.model import Read
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Outcome, Planned
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.planning import Understood, answering, meanings, planned, understood
from services.ml_gateway.engine.reader.weights import Learned
from services.ml_gateway.engine.refusing import refuse_early
from services.ml_gateway.engine.tokens import tokenize

MOST_CHARACTERS = 5000
_LIKELIEST = 8


@dataclass
class Whole:
    """bar: what is less sure gets no answer; at 0 nothing is asked back either."""

    index: Index
    today: date
    timezone: str
    learned: Learned
    bar: float
    _read: dict[str, Understood] = field(default_factory=dict)
    _compiling: Schema | None = None

    def plan(self, question: str, chosen: bool = False) -> Outcome:
        """How the question ends by itself. chosen: it is what somebody took who was asked back, and needs no bar."""
        taken = self._taken(question)
        if taken:
            return planned(taken, taken.sure, self.index)
        early = refuse_early(self._asked(question), self.index)
        if early:
            return early
        read = self._understood(question)
        bar = 0.0 if chosen else self.bar
        if read.made and read.sure >= bar and not (read.ways > 1 and bar):
            return planned(read, read.sure, self.index)
        return unsure(read, self.index, self._schema())

    def readings(self, question: str, /) -> Sequence[Read]:
        """The likeliest queries of the question, with how sure each is, and how it ends by itself where the words leave
        open which of them is meant, or there is none."""
        taken = self._taken(question)
        if taken:
            return (as_read(taken, self.index),)
        read = self._understood(question)
        if read.made is None or not read.sure:
            outcome = self.plan(question)
            return (Read(None, 0.0, failure=None if isinstance(outcome, Planned) else outcome),)
        best = max(read.order[0].share, 1e-6)
        open_ = offered(read, self.index, self._schema()) if read.ways > 1 else None
        found = [
            Read(
                answering(one.candidate, read.asked, self.index),
                read.sure * min(one.share / best, 1.0),
                tuple(meanings(one.candidate.labelling.parts, read.asked, self.index)),
                tuple(guesses(one.candidate.labelling.parts, read.asked, self.index)),
            )
            for one in read.order[:_LIKELIEST]
        ]
        if open_:
            return (*found[: _LIKELIEST - 1], Read(None, 0.0, failure=open_.clarification))
        return found

    def _understood(self, question: str) -> Understood:
        if question not in self._read:
            read = understood(self._asked(question), self.index, self.learned, self._schema())
            read = as_one(with_named_rows(read, self.index), self.index)
            self._read[question] = replace(read, sure=round(read.sure, 3))  # as an answer tells it
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
