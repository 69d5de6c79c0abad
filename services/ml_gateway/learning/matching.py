"""Which verified answer is the same question in other words. Careful: where it isn't sure, none is.

By words: the same content words in the same order, after courtesy, inflection and learned words. By reading: the engine
reads both questions, at this moment, as the same query. A relative period is read anew for this moment, or not used.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from services.ml_gateway.engine import Index, Outcome, Planned, plan
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.kept import Kept
from services.ml_gateway.learning.checking import fits
from services.ml_gateway.learning.model import Learned, VerifiedAnswer
from services.ml_gateway.learning.words import figures, mentions_time, question_key

# Verified answers that are read anew for one question; the weightiest come first.
_MOST_READ = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """When and where a question is asked; timezone is an IANA name."""

    now: datetime
    timezone: str


@dataclass(frozen=True, slots=True)
class Match:
    """A verified answer, with the engine's plan for this moment; without a plan its query stands as it is."""

    answer: VerifiedAnswer
    planned: Planned | None


class Matching:
    """Plans are kept: the same verified answer over the same index has the same plan all day."""

    def __init__(self, most: int) -> None:
        self._plans: Kept[Hashable, tuple[Planned | None]] = Kept(most)
        self._lock = Lock()  # questions are read in threads

    def find(
        self, text: str, at: Moment, outcome: Outcome, index: Index, index_key: Hashable, learned: Learned
    ) -> Match | None:
        """The verified answer to `text`, whose own outcome is `outcome`; None where none is surely the same."""
        if not learned.verified:
            return None
        for answer in learned.by_question.get(question_key(text, learned.meanings), ()):
            match = self._by_words(answer, at, index, index_key)
            if match is not None:
                return match
        return self._by_reading(text, outcome, at, index, index_key, learned) if isinstance(outcome, Planned) else None

    def _by_words(self, answer: VerifiedAnswer, at: Moment, index: Index, index_key: Hashable) -> Match | None:
        if not answer.is_correction and self._is_still_read(answer, index, index_key):
            planned = self._plan(answer.read_question, at, index, index_key)
            if planned is not None:
                return Match(answer, planned)
        if answer.is_relative or (answer.time_zone != at.timezone and mentions_time(answer.question)):
            return None
        return Match(answer, None) if fits(answer.sql, index.catalog) else None

    def _by_reading(
        self, text: str, outcome: Planned, at: Moment, index: Index, index_key: Hashable, learned: Learned
    ) -> Match | None:
        tables, said = tuple(sorted(map(table_name, outcome.tables))), figures(text)
        alike = [one for one in learned.verified if not one.is_correction and one.tables == tables]
        # "In 2025" and "last year" may be the same today; they are two questions.
        near = [one for one in alike if said in (figures(one.question), figures(one.read_question))]
        for answer in sorted(near, key=lambda one: -one.weight)[:_MOST_READ]:
            planned = self._plan(answer.read_question, at, index, index_key)
            same = planned is not None and planned.fingerprint == outcome.fingerprint
            if same and self._is_still_read(answer, index, index_key):
                return Match(answer, outcome)
        return None

    def _is_still_read(self, answer: VerifiedAnswer, index: Index, index_key: Hashable) -> bool:
        """Whether the question is still read as it was verified: the engine or the catalog may have changed."""
        then = Moment(answer.reference_time, answer.time_zone)
        planned = self._plan(answer.read_question, then, index, index_key)
        return planned is not None and planned.fingerprint == answer.fingerprint

    def _plan(self, text: str, at: Moment, index: Index, index_key: Hashable) -> Planned | None:
        today = at.now.astimezone(ZoneInfo(at.timezone)).date()  # plans know days, not hours
        key = (text, today, at.timezone, index_key)
        with self._lock:
            kept = self._plans.get(key)
        if kept is None:
            # No bar: a person vouched for what it is read as, and only that same query is used.
            outcome = plan(text, index, now=at.now, timezone=at.timezone, bar=0.0)
            kept = (outcome if isinstance(outcome, Planned) else None,)
            with self._lock:
                self._plans.put(key, kept)
        return kept[0]


def table_name(key: TableKey) -> str:
    """A table as it is named outside of the engine: schema.name."""
    return f"{key.schema}.{key.name}" if key.schema else key.name
