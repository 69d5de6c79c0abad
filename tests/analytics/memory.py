"""A query log in memory: what the port means, without a database."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from services.analytics.model import Dimension, Group, Grouping, Key, Position, QueryEvent, Range


class MemoryQueryLog:
    """The port QueryLog."""

    def __init__(self) -> None:
        self._events: dict[tuple[UUID, UUID], QueryEvent] = {}

    async def record(self, event: QueryEvent) -> None:
        self._events.setdefault((event.organization_id, event.id), event)

    async def newest(
        self, organization_id: UUID, within: Range, before: Position | None, at_most: int
    ) -> Sequence[QueryEvent]:
        found = [
            event
            for event in self._scoped(organization_id, within)
            if before is None or (event.timestamp, event.id) < (before.timestamp, before.id)
        ]
        return sorted(found, key=lambda event: (event.timestamp, event.id), reverse=True)[:at_most]

    async def groups(
        self, organization_id: UUID, within: Range, by: Grouping, after: tuple[Key, ...] | None, at_most: int
    ) -> Sequence[Group]:
        grouped: dict[tuple[Key, ...], list[QueryEvent]] = {} if by.dimensions else {(): []}
        for event in self._scoped(organization_id, within):
            for keys in _keys(event, by, by.dimensions):
                grouped.setdefault(keys, []).append(event)
        order = sorted(grouped, key=_bytes)
        following = [keys for keys in order if after is None or _bytes(keys) > _bytes(after)]
        return [_group(keys, grouped[keys]) for keys in following[:at_most]]

    def _scoped(self, organization_id: UUID, within: Range) -> list[QueryEvent]:
        return [
            event
            for event in self._events.values()
            if event.organization_id == organization_id
            and (within.start is None or event.timestamp >= within.start)
            and (within.end is None or event.timestamp < within.end)
        ]


def _keys(event: QueryEvent, by: Grouping, dimensions: tuple[Dimension, ...]) -> Iterator[tuple[Key, ...]]:
    if not dimensions:
        yield ()
        return
    for first in _of(event, by, dimensions[0]):
        for rest in _keys(event, by, dimensions[1:]):
            yield (first, *rest)


def _of(event: QueryEvent, by: Grouping, dimension: Dimension) -> list[Key]:
    local = event.timestamp.astimezone(by.zone)
    match dimension:
        case Dimension.HOUR:
            return [_milliseconds(local.replace(minute=0, second=0, microsecond=0))]
        case Dimension.DAY:
            return [_milliseconds(local.replace(hour=0, minute=0, second=0, microsecond=0))]
        case Dimension.MONTH:
            return [_milliseconds(local.replace(day=1, hour=0, minute=0, second=0, microsecond=0))]
        case Dimension.USER:
            return [str(event.user_id) if event.user_id else ""]
        case Dimension.ROLE:
            return [event.user_role]
        case Dimension.TYPE:
            return [event.query_type]
        case Dimension.ERROR:
            return [] if event.success else [event.error_type]
        case Dimension.SOURCE:
            return [str(source_id) for source_id in event.data_sources]


def _group(keys: tuple[Key, ...], events: list[QueryEvent]) -> Group:
    times = sorted(event.execution_time_ms for event in events)
    return Group(
        keys,
        query_count=len(events),
        success_count=sum(event.success for event in events),
        user_count=len({event.user_id for event in events if event.user_id}),
        execution_time_ms_median=_interpolated(times, 0.5),
        execution_time_ms_p95=_interpolated(times, 0.95),
        token_count=sum(event.tokens_used for event in events),
    )


def _interpolated(times: list[int], level: float) -> float:
    """Between the nearest ranks: method 7 of Hyndman and Fan, Sample Quantiles (1996)."""
    if not times:
        return 0.0
    place = (len(times) - 1) * level
    below = int(place)
    above = min(below + 1, len(times) - 1)
    return times[below] + (times[above] - times[below]) * (place - below)


def _bytes(keys: tuple[Key, ...]) -> tuple[bytes | int, ...]:
    return tuple(key.encode() if isinstance(key, str) else key for key in keys)


def _milliseconds(moment: datetime) -> int:
    return round((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() * 1000)
