"""Query events."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class QueryEvent:
    """One question and how it went. `execution_time_ms` counts milliseconds; `user_id` is None where nobody asked."""

    id: UUID
    timestamp: datetime
    organization_id: UUID
    user_id: UUID | None
    user_role: str
    query_type: str
    query_complexity: float
    execution_time_ms: int
    tokens_used: int
    success: bool
    error_type: str
    data_sources: tuple[UUID, ...]


@dataclass(frozen=True)
class Position:
    """Where a page ended: the last event's time and id."""

    timestamp: datetime
    id: UUID


@dataclass(frozen=True)
class Range:
    """From `start` on, before `end`; None is no bound."""

    start: datetime | None = None
    end: datetime | None = None
