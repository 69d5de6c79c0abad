"""What planning a question costs: processor time in this process, beside what no engine can do without."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar

import sqlglot

from benchmarks.figures import Aim, Figure, median, p95
from services.ml_gateway.engine import Index, Planned, plan

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    index: Index
    now: datetime


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds of processor time. bare: the answers' SQL read and written by sqlglot, in turns with it."""

    planning: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def costs(asked: Iterable[Asked]) -> Costs:
    """Of each question, asked once. What is answered has SQL, so the bare figure is of those alone."""
    found = Costs()
    for one in asked:
        outcome = _timed(found.planning, partial(plan, one.question, one.index, now=one.now, bar=0.0))
        if isinstance(outcome, Planned):
            _timed(found.bare, partial(_again, outcome.sql, one.index.catalog.dialect))
    return found


def figure(subject: str, name: str, found: Costs, most: float) -> Figure:
    """most: milliseconds that 95 of 100 may take at most."""
    return Figure(
        subject, name, "ms", median(found.planning), p95(found.planning), median(found.planning) / median(found.bare),
        "its SQL read and written", Aim(most), "p95", f"{len(found.planning)} questions, processor time",
    )  # fmt: skip


def _again(sql: str, dialect: str) -> str:
    return sqlglot.parse_one(sql, read=dialect).sql(dialect)


def _timed(into: list[float], run: Callable[[], Result]) -> Result:
    begun = time.process_time()
    result = run()
    into.append(1000 * (time.process_time() - begun))
    return result
