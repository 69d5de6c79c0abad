"""In a process of its own: some questions of one database, planned one after the other."""

from __future__ import annotations

import hashlib
import signal
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import FrameType

from cli.evaluate.conversation import Conversation
from cli.evaluate.engines import Engine, EngineNames, loaded
from cli.evaluate.model import FAULT, Id, Kind, Planned, Prediction, Question
from meshkit.libc import PR_SET_PDEATHSIG, prctl
from services.ml_gateway.engine import Index, NeedsClarification, Outcome, Refused
from services.ml_gateway.engine import Planned as PlannedQuery
from services.ml_gateway.engine.glossary import with_definitions
from services.ml_gateway.engine.model import Catalog

# Of one question with its history and its index: far beyond what anybody waits for.
MOST_SECONDS = 120.0
# Indexes of texts of instructions; the catalog's own comes on top.
_KEPT = 8


def begin() -> None:
    """Once in each process: Ctrl-C is the parent's to hear, and without it there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, _late)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _late(received: int, frame: FrameType | None) -> None:
    raise TimeoutError


def plan_questions(names: EngineNames, catalog: Catalog, questions: Sequence[Question], now: datetime) -> Planned:
    """How each of the questions ends; `now` is for those that say none."""
    engine = loaded(names)
    indexes = _Indexes(engine, catalog)
    return Planned([_planned(question, engine, indexes, now) for question in questions], indexes.took_ms)


class _Indexes:
    """The catalog's index, and those of the catalog with what instructions define. Each is built when first needed."""

    def __init__(self, engine: Engine, catalog: Catalog) -> None:
        self._engine = engine
        self._catalog = catalog
        self._built: dict[str, Index] = {}
        self.took_ms: list[float] = []

    def of(self, instructions: str) -> Index:
        catalog = with_definitions(self._catalog, instructions) if instructions else self._catalog
        # Text that defines nothing leaves the catalog as it is, and its index.
        key = "" if catalog is self._catalog else hashlib.sha256(instructions.encode()).hexdigest()
        if key not in self._built:
            if len(self._built) > _KEPT:
                del self._built[next(one for one in self._built if one)]
            began = time.perf_counter()
            self._built[key] = self._engine.prepare(catalog)
            self.took_ms.append((time.perf_counter() - began) * 1000)
        return self._built[key]


def _planned(question: Question, engine: Engine, indexes: _Indexes, now: datetime) -> Prediction:
    try:
        signal.setitimer(signal.ITIMER_REAL, MOST_SECONDS)
        index = indexes.of(question.instructions)
        conversation = Conversation(engine.plan, index, question.now or now, question.instructions)
        for earlier in question.history:
            conversation.heard(earlier)
        outcome, took_ms = _timed(lambda: conversation.ask(question.question))
    except Exception as error:  # a fault of the engine costs one question, not the run; it is told and counted
        return Prediction(question.id, Kind.REFUSE, reason=FAULT, message=_place(error))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return _prediction(question.id, outcome, took_ms)


def _timed(work: Callable[[], Outcome]) -> tuple[Outcome, float]:
    began = time.perf_counter()
    found = work()
    return found, (time.perf_counter() - began) * 1000


def _prediction(id: Id, outcome: Outcome, took_ms: float) -> Prediction:
    match outcome:
        case PlannedQuery():
            return Prediction(id, Kind.ANSWER, outcome.sql, outcome.confidence, latency_ms=took_ms)
        case NeedsClarification():
            options = tuple(option.label for option in outcome.options)
            return Prediction(
                id, Kind.CLARIFY, None, _confidence(outcome), outcome.kind.value, took_ms, outcome.message,
                options=options,
            )  # fmt: skip
        case Refused():
            return Prediction(
                id, Kind.REFUSE, None, _confidence(outcome), outcome.reason.value, took_ms, outcome.message,
                outcome.words,
            )  # fmt: skip


def _place(error: Exception) -> str:
    """The kind of error and where it is, without its text, which may quote data."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}"


def _confidence(outcome: NeedsClarification | Refused) -> float:
    """Of the reading that was not given, where the engine tells it."""
    return float(getattr(outcome, "confidence", 0.0))
