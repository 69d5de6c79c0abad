"""What passes between the parts of `infinure ask`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a run that ends early needs none of it
    from services.integration.boundary.model import Scope
    from services.integration.catalog.model import Catalog
    from services.integration.executors.port import Executor
    from services.ml_gateway.engine import Index, NeedsClarification, Planned, Refused

# Rows that one question brings from the source at most, unless more are asked for.
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How questions are read and run. now: None is the moment of each question; rows: None is what suits the output;
    bar: what is less likely right isn't answered, None is as the engine has it.
    """

    time_zone: str
    now: datetime | None = None
    timeout_seconds: float = 60.0
    rows: int | None = None
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A source that can be asked."""

    name: str
    catalog: Catalog
    scope: Scope
    index: Index
    executor: Executor
    load_seconds: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result. kind: boolean, integer, number, decimal, text, date, timestamp, timestamp_tz, time."""

    name: str
    label: str
    kind: str
    format: str = ""
    unit: str = ""
    grain: str = ""
    is_measure: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave. row_count is how many rows came; truncated says that the source has more."""

    columns: Sequence[Column]
    rows: Sequence[tuple[Any, ...]] = field(repr=False)
    truncated: bool
    seconds: float

    @property
    def row_count(self) -> int:
        return len(self.rows)

    @property
    def is_empty(self) -> bool:
        """No rows, or the one row without any value that totals over no rows make: a sum of nothing isn't 0."""
        return self.row_count == 0 or (self.row_count == 1 and all(value is None for value in self.rows[0]))


@dataclass(frozen=True, slots=True)
class Answered:
    """sql is what ran, as the boundary rendered it; tables are those it read; notices say what the rows don't show."""

    planned: Planned
    sql: str
    tables: tuple[str, ...]
    policy_version: str
    result: Result
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """How one question ended."""

    question: str
    now: datetime
    outcome: Answered | NeedsClarification | Refused
    plan_seconds: float
    suggestions: tuple[str, ...] = ()
