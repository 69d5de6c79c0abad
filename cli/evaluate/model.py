"""What passes between the parts of `infinure evaluate`. All of it is plain data: it goes from process to process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

# As it was written: what comes out is looked up by it.
Id: TypeAlias = str | int


# Reasons of refusals that aren't the engine's own: it broke, there was nothing to ask.
FAULT, DATABASE_UNREADABLE = "engine_fault", "database_unreadable"


class Kind(StrEnum):
    """How a question ended."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Question:
    """A line of the questions.

    history: earlier utterances of the same dialog, oldest first. now: the moment it is asked at, None for that of the
    run. instructions: glossary text that the asker gives along, "" for none.
    """

    id: Id
    db_path: str
    question: str
    history: tuple[str, ...] = ()
    now: datetime | None = None
    instructions: str = ""


@dataclass(frozen=True, slots=True)
class Prediction:
    """How one question ended. sql is None unless it was answered; confidence is 0 to 1, 0 without a reading.

    reason is a word for programs, "" for an answer. message, words and options say more to a person.
    """

    id: Id
    kind: Kind
    sql: str | None = None
    confidence: float = 0.0
    reason: str = ""
    latency_ms: float = 0.0
    message: str = ""
    words: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What a process made of some of a database's questions. index_ms: how long each index took that it built."""

    predictions: Sequence[Prediction]
    index_ms: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """A line of the gold: SQL of which any is right; none where the question has no answer in the data.

    groups are what figures are also given by, as (kind of group, group).
    """

    id: Id
    sql: tuple[str, ...]
    now: str = ""
    answerable: bool = True
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a prediction is right. problem: "" or why its SQL, or that of the gold, gave no rows."""

    right: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds of a run: of each question's planning, each index, each catalog; seconds of the whole."""

    planning: Sequence[float] = field(default=())
    index: Sequence[float] = field(default=())
    catalog: Sequence[float] = field(default=())
    whole_seconds: float = 0.0
