"""Query events, and figures about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QueryEvent:
    """One question and how it went. `timestamp` is kept to the millisecond, `execution_time_ms` counts milliseconds;
    `user_id` is None where nobody asked."""

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


class Dimension(Enum):
    """What events are grouped by. One without a user is in the group of none; those of ERROR are the failed ones, and
    those of SOURCE the ones that read a source, once in each source's group."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    USER = "user"
    ROLE = "role"
    TYPE = "type"
    ERROR = "error"
    SOURCE = "source"

    @property
    def is_time(self) -> bool:
        return self in (Dimension.HOUR, Dimension.DAY, Dimension.MONTH)


# A group's place in one dimension: text, or for times the period's beginning in milliseconds since 1970 (UTC).
Key = str | int


@dataclass(frozen=True)
class Grouping:
    """None to two dimensions; without any, all events are one group. Periods are cut in `zone`."""

    dimensions: tuple[Dimension, ...]
    zone: ZoneInfo


@dataclass(frozen=True)
class Group:
    """One group's figures; times in milliseconds, interpolated between the nearest events; 0 where there are none."""

    keys: tuple[Key, ...]
    query_count: int
    success_count: int
    user_count: int
    execution_time_ms_median: float
    execution_time_ms_p95: float
    token_count: int
