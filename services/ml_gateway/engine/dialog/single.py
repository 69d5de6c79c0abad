"""The engine that reads single questions, as a dialog needs it: over one index, at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.assuming import dates, guessed, periods, unfinished
from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.dialog.headings import short_title, summary
from services.ml_gateway.engine.dialog.meaning import heard
from services.ml_gateway.engine.dialog.model import Followed, Read, Reads
from services.ml_gateway.engine.dialog.when import Said
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Interpretation, Outcome, Planned, RefusalReason, Refused
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.business.spans import further
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import tokenize

_UNSURE = "I am not sure enough how that follows from what you asked before. Please ask it as a whole question."
_EMPTY = Query(())


class Single:
    """Plans whole questions by `plan`, each once; reads them as queries; plans queries that are known."""

    def __init__(
        self,
        index: Index,
        plan: Callable[[str, bool], Outcome],
        today: date,
        timezone: str,
        readings: Reads | None = None,
        bar: float = 0.0,
    ) -> None:
        """plan: how a whole question ends, and whether somebody chose it who was asked back. readings: the likeliest
        queries of a question, where more is known than what `plan` plans. bar: a follow-up that is less sure gets no
        answer, unless it was chosen.
        """
        self._index = index
        self._plan = plan
        self._today = today
        self._timezone = timezone
        self._planned: dict[tuple[str, bool], Outcome] = {}
        self._schema = Schema(index)
        self._readings = readings
        self._bar = bar
        self._known: dict[str, Sequence[Read]] = {}

    @property
    def reads(self) -> Reads:
        return self._reads

    def plan(self, question: str, /, *, chosen: bool = False, trust: float = 1.0) -> Outcome:
        """How the question ends by itself. trust, 0..1: how likely it is asked by itself at all."""
        if (question, chosen) not in self._planned:
            self._planned[question, chosen] = self._plan(question, chosen)
        outcome = self._planned[question, chosen]
        if trust == 1.0 or not isinstance(outcome, Planned):
            return outcome
        if outcome.confidence * trust < self._bar and not chosen:
            return Refused(RefusalReason.NOT_UNDERSTOOD, _UNSURE)
        return replace(outcome, confidence=round(outcome.confidence * trust, 3))

    def _unsure(self, question: str, followed: Followed) -> Refused:
        """The words of it that nothing explains, where the whole question that was read has such words."""
        reading = followed.attempt.reading
        outcome = self.plan(reading.text) if reading else None
        said = {token.text for token in tokenize(question)}
        if isinstance(outcome, Refused) and outcome.words and said.issuperset(outcome.words):
            return outcome
        return Refused(RefusalReason.NOT_UNDERSTOOD, _UNSURE)

    def _reads(self, question: str, /) -> Sequence[Read]:
        if question not in self._known:
            self._known[question] = self._readings(question) if self._readings else self._of_plan(question)
        return self._known[question]

    def _of_plan(self, question: str) -> Sequence[Read]:
        outcome = self.plan(question)
        if not isinstance(outcome, Planned):
            return (Read(None, 0.0, failure=outcome),)
        told = outcome.interpretation
        return (Read(outcome.reading, outcome.confidence, told.meanings, told.assumptions),)

    def finish(self, question: str, followed: Followed, /, *, chosen: bool = False) -> Outcome:
        """How a follow-up ends whose query is known."""
        query = followed.query or _EMPTY
        if self._bar and not chosen:
            unexplained = self._unsure(question, followed)
            if followed.confidence < self._bar or unexplained.words:
                return unexplained
        try:
            compiled = compile_query(query, self._schema, timezone=self._timezone)
        except Unreadable as problem:
            return problem.outcome
        tokens = tokenize(question)
        times = further(tokens, find_times(tokens, Today.of(self._today, self._index.catalog)))
        said = Said(question, tuple(times), self._today)
        assumed = (
            *followed.attempt.why,
            *followed.read.assumptions,
            *(dates(query, question, self._index) if times else ()),
            *periods(times, query),
            *unfinished(query, times, self._today),
            *guessed(compiled.guessed, self._index),
        )
        told = Interpretation(
            summary(query, compiled.columns, self._index, said),
            tuple(heard(question, tokens, times, followed.read.meanings)),
            tuple(dict.fromkeys(assumed)),
        )
        digest = hashlib.sha256(f"{self._index.catalog.dialect}\n{compiled.sql}".encode()).hexdigest()
        return Planned(
            sql=compiled.sql,
            reading=query,
            columns=compiled.columns,
            interpretation=told,
            chart=chart_for(compiled.columns, len(query.group)),
            confidence=round(followed.confidence, 3),
            tables=compiled.tables,
            fingerprint=digest[:32],
            title=short_title(query, compiled.columns, self._index, said),
            follows=True,
            dropping=compiled.dropping,
        )
