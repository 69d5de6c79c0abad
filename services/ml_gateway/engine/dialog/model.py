"""What passes between the parts of a dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from services.ml_gateway.engine.dialog.rewriting import Rewritten
from services.ml_gateway.engine.outcome import Meaning, NeedsClarification, Refused
from services.ml_gateway.engine.query.model import Condition, Expression, Field, Query, Rows

_SIGNS = 0.75
_BY_ITSELF = 0.7


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of a whole question. score is 0..1, comparable between questions.

    failure is how the reading ended where there is no query: then the question was understood no better than that.
    """

    query: Query | None
    score: float
    meanings: tuple[Meaning, ...] = ()
    assumptions: tuple[str, ...] = ()
    failure: NeedsClarification | Refused | None = None


class Reads(Protocol):
    """Whoever reads whole questions, best readings first; never nothing: a failure is a reading without a query."""

    def __call__(self, question: str, /) -> Sequence[Read]: ...


class Merge(StrEnum):
    """How the reading of a follow-up that was made whole is joined with the query before."""

    ALONE = "alone"  # not at all: a topic of its own
    ROWS = "rows"  # a question about the rows of before
    VALUES = "values"  # a question about the rows with the values that were shown: "of that genre"
    AMONG = "among"  # the rows of before for which something holds, too
    NARROW = "narrow"  # the same for fewer rows: numbers stay numbers
    EXCLUDE = "exclude"  # the rows of before for which something doesn't hold
    ATTRIBUTES = "attributes"  # the rows of before by other columns
    HIDE = "hide"  # the same without columns that were shown
    ALSO_ATTRIBUTES = "also attributes"  # the rows of before with further columns
    CHANGE = "change"  # whatever it says instead of what was said of the same thing
    BESIDE = "beside"  # the same, but a number stands beside the number before
    WIDEN = "widen"  # what it says, or what was said
    ORDER = "order"
    GROUP = "group"
    ALSO_GROUP = "also group"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to take what was said: a whole question to read, and how it is joined; or a query that is ready.

    prior, 0..1, is how well the signs fit; why are sentences for people. held is the query that it is joined with
    where that is a part of the one before. value is a column by whose values the rows before are spoken of. keeps:
    nothing in it says what is reckoned, or by what: that stays as it was before. plain: it is a
    period alone, of a date that is known, with no word left over.
    """

    merge: Merge
    prior: float
    reading: Rewritten | None = None
    query: Query | None = None
    topic: Rows | None = None
    why: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    held: Query | None = None
    value: Field | None = None
    keeps: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """One reading of what was said, joined with what came before. latest are the conditions that it added.

    score says how well it fits beside the other ways; it isn't the confidence, which may be low for all of them.
    confidence is how likely it is right, 0..1, by its signs (`sureness.py`).
    """

    attempt: Attempt
    read: Read
    query: Query | None
    latest: tuple[Condition, ...] = ()
    confidence: float = 0.0
    signs: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def score(self) -> float:
        """Mostly the signs: that a reading is unsure says little of whether it leans on what came before."""
        return round(self.attempt.prior * (_SIGNS + (1 - _SIGNS) * self.read.score), 4)

    @property
    def alone(self) -> bool:
        return self.attempt.merge is Merge.ALONE

    @property
    def is_certain(self) -> bool:
        """Whether hardly anything in it leans on what came before: it is as likely as by itself."""
        return self.alone and self.attempt.prior >= _BY_ITSELF


@dataclass(frozen=True, slots=True)
class Before:
    """What a follow-up is read against: the last query, how sure that is, and the conditions that its turn added.

    confidence is 1 where somebody chose it who was asked back. shown is what the query before that one showed, where
    it was about the same rows. turns are the follow-ups since the question that began it.
    """

    query: Query
    latest: tuple[Condition, ...] = ()
    confidence: float = 1.0
    shown: tuple[Expression, ...] = ()
    turns: int = 0
