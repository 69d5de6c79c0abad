"""Query events in ClickHouse."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from clickhouse_connect.driver.exceptions import DatabaseError

from services.analytics.adapters.clickhouse import ClickHouse, Row
from services.analytics.errors import ZoneUnknown
from services.analytics.model import Dimension, Group, Grouping, Key, Position, QueryEvent, Range

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What DateTime64 holds; a bound beyond is no bound.
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2299, 12, 31, 23, 59, 59, tzinfo=UTC)
_UNKNOWN_ZONE_CODES = frozenset((1000, 1001, 36, 43, 44))

_FIELDS = tuple(one.name for one in fields(QueryEvent))
# In the order of the event's fields.
COLUMNS = (
    "toString(id), toUnixTimestamp64Milli(timestamp), organization_id, user_id, user_role, query_type, "
    "query_complexity, execution_time_ms, tokens_used, success, error_type, data_sources"
)
_RECORD = """
INSERT INTO query_analytics
    (timestamp, organization_id, user_id, user_role, query_type, query_complexity, execution_time_ms, tokens_used,
     success, error_type, data_sources, id)
SELECT fromUnixTimestamp64Milli({timestamp:Int64}, 'UTC'), {organization_id:String}, {user_id:String},
    {user_role:String}, {query_type:String}, {query_complexity:Float32}, {execution_time_ms:UInt32},
    {tokens_used:UInt32}, {success:Bool}, {error_type:String}, {data_sources:Array(String)}, {id:UUID}
WHERE NOT EXISTS (
    SELECT 1 FROM query_analytics WHERE organization_id = {organization_id:String} AND id = {id:UUID}
)
"""
_FIGURES = (
    "count(), countIf(success), uniqExactIf(user_id, user_id != ''), quantileExactInclusive(0.5)(execution_time_ms), "
    "quantileExactInclusive(0.95)(execution_time_ms), sum(tokens_used)"
)
_MILLISECONDS = "toUnixTimestamp64Milli(toDateTime64({}(timestamp, {{zone:String}}), 3, {{zone:String}}))"
_KEYS = {
    Dimension.HOUR: _MILLISECONDS.format("toStartOfHour"),
    Dimension.DAY: _MILLISECONDS.format("toStartOfDay"),
    Dimension.MONTH: _MILLISECONDS.format("toStartOfMonth"),
    Dimension.USER: "user_id",
    Dimension.ROLE: "toString(user_role)",
    Dimension.TYPE: "toString(query_type)",
    Dimension.ERROR: "toString(error_type)",
    Dimension.SOURCE: "arrayJoin(data_sources)",
}
# Without it the beginnings of days and months before 1970 and after 2105 are wrong.
_WIDE_TIMES = {"enable_extended_results_for_datetime_functions": 1}


class ClickhouseQueryLog:
    """The port QueryLog."""

    def __init__(self, store: ClickHouse) -> None:
        self._store = store

    async def record(self, event: QueryEvent) -> None:
        values = {
            "timestamp": milliseconds(event.timestamp),
            "organization_id": str(event.organization_id),
            "user_id": str(event.user_id) if event.user_id else "",
            "user_role": event.user_role,
            "query_type": event.query_type,
            "query_complexity": event.query_complexity,
            "execution_time_ms": event.execution_time_ms,
            "tokens_used": event.tokens_used,
            "success": event.success,
            "error_type": event.error_type,
            "data_sources": [str(source_id) for source_id in event.data_sources],
            "id": str(event.id),
        }
        await self._store.command(_RECORD, values)

    async def newest(
        self, organization_id: UUID, within: Range, before: Position | None, at_most: int
    ) -> Sequence[QueryEvent]:
        sql, values = _scoped(COLUMNS, organization_id, within)
        if before is not None:
            sql += " AND (timestamp, id) < (fromUnixTimestamp64Milli({time:Int64}, 'UTC'), {id:UUID})"
            values |= {"time": milliseconds(before.timestamp), "id": str(before.id)}
        sql += " ORDER BY timestamp DESC, id DESC LIMIT {at_most:UInt32}"
        return [event(row) for row in await self._store.rows(sql, {**values, "at_most": at_most})]

    async def groups(
        self, organization_id: UUID, within: Range, by: Grouping, after: tuple[Key, ...] | None, at_most: int
    ) -> Sequence[Group]:
        names = [f"key_{number}" for number in range(len(by.dimensions))]
        keys = [f"{_KEYS[one]} AS {name}" for one, name in zip(by.dimensions, names, strict=True)]
        sql, values = _scoped(", ".join((*keys, _FIGURES)), organization_id, within)
        if Dimension.ERROR in by.dimensions:
            sql += " AND NOT success"
        if names:
            sql += f" GROUP BY {', '.join(names)}"
        if after is not None:
            told = [
                f"{{after_{name}:{'Int64' if one.is_time else 'String'}}}"
                for one, name in zip(by.dimensions, names, strict=True)
            ]
            sql += f" HAVING ({', '.join(names)},) > ({', '.join(told)},)"
            values |= {f"after_{name}": key for name, key in zip(names, after, strict=True)}
        if names:
            sql += f" ORDER BY {', '.join(names)}"
        sql += " LIMIT {at_most:UInt32}"
        rows = await self._grouped(sql, {**values, "zone": by.zone.key, "at_most": at_most})
        return [_group(row, len(names)) for row in rows]

    async def _grouped(self, sql: str, values: dict[str, Any]) -> Sequence[Row]:
        try:
            return await self._store.rows(sql, values, _WIDE_TIMES)
        except DatabaseError as error:
            if error.code in _UNKNOWN_ZONE_CODES and not await self._knows_zone(values["zone"]):
                raise ZoneUnknown from None
            raise

    async def _knows_zone(self, name: str) -> bool:
        sql = "SELECT count() FROM system.time_zones WHERE time_zone = {zone:String}"
        return bool((await self._store.rows(sql, {"zone": name}))[0][0])


def _scoped(columns: str, organization_id: UUID, within: Range) -> tuple[str, dict[str, Any]]:
    """The one select of events: of one organization, each event once, within the bounds. Conditions may follow."""
    sql = f"SELECT {columns} FROM query_analytics FINAL WHERE organization_id = {{organization_id:String}}"  # noqa: S608 - columns of ours
    values: dict[str, Any] = {"organization_id": str(organization_id)}
    if within.start is not None:
        sql += " AND timestamp >= fromUnixTimestamp64Micro({start:Int64}, 'UTC')"
        values["start"] = _microseconds(within.start)
    if within.end is not None:
        sql += " AND timestamp < fromUnixTimestamp64Micro({end:Int64}, 'UTC')"
        values["end"] = _microseconds(within.end)
    return sql, values


def event(row: Row) -> QueryEvent:
    values = dict(zip(_FIELDS, row, strict=True))
    values["id"] = UUID(values["id"])
    values["timestamp"] = EPOCH + timedelta(milliseconds=values["timestamp"])
    values["organization_id"] = UUID(values["organization_id"])
    values["user_id"] = UUID(values["user_id"]) if values["user_id"] else None
    values["data_sources"] = tuple(UUID(source) for source in values["data_sources"])
    return QueryEvent(**values)


def _group(row: Row, dimensions: int) -> Group:
    queries, successes, users, median, p95, tokens = row[dimensions:]
    if not queries:  # the median of nothing is no number
        median = p95 = 0.0
    return Group(tuple(row[:dimensions]), queries, successes, users, median, p95, tokens)


def milliseconds(moment: datetime) -> int:
    return (moment - EPOCH) // timedelta(milliseconds=1)


def _microseconds(moment: datetime) -> int:
    return (min(max(moment, EARLIEST), LATEST) - EPOCH) // timedelta(microseconds=1)
