"""The platform's warehouse in ClickHouse: a database per organization, tables that appear whole."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
from clickhouse_connect.driver.asyncclient import AsyncClient
from clickhouse_connect.driver.exceptions import ClickHouseError, DatabaseError

from services.integration.errors import StorageFull, WarehouseAway, WarehouseTableExists
from services.integration.executors.errors import QueryFailed
from services.integration.ports import WarehouseTable

# Rows go out in blocks of about this size: an insert is a part on disk and a round trip.
BLOCK_BYTES = 64 * 1024 * 1024
_TYPES: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_boolean, "Bool"),
    (pa.types.is_int64, "Int64"),
    (pa.types.is_uint64, "UInt64"),
    (pa.types.is_integer, "Int64"),
    (pa.types.is_floating, "Float64"),
    (pa.types.is_date, "Date32"),
)
# What Date32 and DateTime64 hold; other values would be moved to these bounds without a word.
_FIRST, _END = "1900-01-01", "2299-12-31"
# NOT_ENOUGH_SPACE, among the server's codes.
_NO_SPACE = 243

log = logging.getLogger(__name__)


class ClickhouseWarehouse:
    """The port Warehouse. Connected to when it is needed, as the server may be away at the start."""

    def __init__(self, opened: Callable[[], Awaitable[AsyncClient]]) -> None:
        self._opened = opened
        self._client: AsyncClient | None = None
        self._opening = asyncio.Lock()

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    async def tables(self, database: str) -> Sequence[WarehouseTable]:
        found = await self._query(
            "SELECT name, ifNull(total_bytes, 0) FROM system.tables WHERE database = {database:String} ORDER BY name",
            {"database": database},
        )
        return [WarehouseTable(str(name), int(size)) for name, size in found]

    @asynccontextmanager
    async def load(self, database: str, table: str, *, replace: bool) -> AsyncIterator[_Load]:
        client = await self._connected()
        aside, staged = _aside(database), uuid4().hex
        place, new = f"{_quoted(database)}.{_quoted(table)}", f"{_quoted(aside)}.{_quoted(staged)}"
        load = _Load(client, aside, staged)
        try:
            for name in (database, aside):
                await self._command(f"CREATE DATABASE IF NOT EXISTS {_quoted(name)}")
            yield load
            await load.finish()
            if not (replace and await self._has(database, table)):
                try:
                    await self._command(f"RENAME TABLE {new} TO {place}")
                    return
                except QueryFailed:
                    if not await self._has(database, table):
                        raise
                    if not replace:  # another load of this name was faster
                        raise WarehouseTableExists from None
            await self._command(f"EXCHANGE TABLES {new} AND {place}")
        finally:
            await self._command(f"DROP TABLE IF EXISTS {new}")

    async def sweep(self, older_than_seconds: float) -> None:
        """Drop what is left of loads that ended with a process, ours or the server's: all set aside that long ago."""
        left = await self._query(
            "SELECT database, name FROM system.tables"
            " WHERE startsWith(database, 'org_') AND endsWith(database, {aside:String})"
            " AND metadata_modification_time < now() - toIntervalSecond({age:UInt32})",
            {"aside": _aside(""), "age": int(older_than_seconds)},
        )
        for database, name in left:
            await self._command(f"DROP TABLE IF EXISTS {_quoted(str(database))}.{_quoted(str(name))}")

    async def _has(self, database: str, table: str) -> bool:
        return table in {known.name for known in await self.tables(database)}

    async def drop(self, database: str, table: str) -> None:
        await self._command(f"DROP TABLE IF EXISTS {_quoted(database)}.{_quoted(table)}")

    async def drop_database(self, database: str) -> None:
        for name in (_aside(database), database):
            await self._command(f"DROP DATABASE IF EXISTS {_quoted(name)}")

    async def _query(self, sql: str, parameters: dict[str, Any]) -> Sequence[Sequence[Any]]:
        client = await self._connected()
        with _told():
            rows: Sequence[Sequence[Any]] = (await client.query(sql, parameters=parameters)).result_rows
        return rows

    async def _command(self, sql: str) -> None:
        client = await self._connected()
        with _told():
            await client.command(sql)

    async def _connected(self) -> AsyncClient:
        async with self._opening:
            if self._client is None:
                with _told():
                    self._client = await self._opened()
        return self._client


def _aside(database: str) -> str:
    """Where tables are until they are whole; no catalog reads there."""
    return f"{database}_loading"


class _Load:
    """A table on its way."""

    def __init__(self, client: AsyncClient, database: str, staged: str) -> None:
        self._client = client
        self._database = database
        self._staged = staged
        self._schema: pa.Schema | None = None
        self._waiting: list[pa.RecordBatch] = []
        self._bytes = 0
        self._rows = 0

    async def write(self, batch: pa.RecordBatch) -> None:
        batch = _storable(batch)
        if self._schema is None:
            self._schema = batch.schema
            with _told():
                await self._client.command(_create(self._database, self._staged, batch.schema))
        self._waiting.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= BLOCK_BYTES:
            await self._flush()

    async def finish(self) -> None:
        await self._flush()
        if self._schema is None:
            return
        # What was said to be written is counted: a table that lost rows on its way must never be taken for whole.
        with _told():
            place = f"{_quoted(self._database)}.{_quoted(self._staged)}"
            counted = await self._client.query(f"SELECT count() FROM {place}")  # noqa: S608  quoted by us
        if counted.result_rows[0][0] != self._rows:
            log.error("the warehouse keeps other rows than it was given", extra={"rows": self._rows})
            raise WarehouseAway("the warehouse didn't keep all rows, and nothing of them is kept: try again later")

    async def _flush(self) -> None:
        if not self._waiting:
            return
        block = pa.Table.from_batches(self._waiting, self._schema)
        self._waiting, self._bytes = [], 0
        if block.num_rows:
            with _told():
                await self._client.insert_arrow(_quoted(self._staged), block, database=self._database)
            self._rows += block.num_rows


class _told:
    """ClickHouse's errors quote data and are cut off."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DatabaseError) and error.code == _NO_SPACE:
            raise StorageFull from None
        if isinstance(error, DatabaseError):
            raise QueryFailed(
                "The warehouse refused what was to be loaded: look at the types of its columns."
            ) from None
        if isinstance(error, ClickHouseError | OSError):
            raise WarehouseAway from None


def _storable(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch in types that the warehouse has. Raises QueryFailed for dates that it can't hold."""
    columns, fields = [], []
    for field, column in zip(batch.schema, batch.columns, strict=True):
        kind = field.type
        if pa.types.is_dictionary(kind):
            column, kind = column.cast(kind.value_type), kind.value_type
        if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
            _check_range(field.name, column)
        elif not _native(kind):
            column = column.cast(pa.string())
        columns.append(column)
        fields.append(pa.field(field.name, column.type))
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))


def _native(kind: pa.DataType) -> bool:
    return pa.types.is_decimal(kind) or pa.types.is_string(kind) or any(test(kind) for test, _ in _TYPES)


def _check_range(name: str, column: pa.Array) -> None:
    days = column.cast(pa.date32()) if not pa.types.is_date32(column.type) else column
    bounds = pc.min_max(days).as_py()
    if bounds["min"] is None:
        return
    if bounds["min"].isoformat() < _FIRST or bounds["max"].isoformat() > _END:
        raise QueryFailed(
            f"The column {name!r} holds dates before {_FIRST} or after {_END}, which the warehouse can't keep: read it "
            "as text."
        )


def _create(database: str, table: str, schema: pa.Schema) -> str:
    columns = ", ".join(f"{_quoted(field.name)} Nullable({_native_name(field.type)})" for field in schema)
    return f"CREATE TABLE {_quoted(database)}.{_quoted(table)} ({columns}) ENGINE = MergeTree ORDER BY tuple()"


def _native_name(kind: pa.DataType) -> str:
    if pa.types.is_timestamp(kind):
        return "DateTime64(6, 'UTC')" if kind.tz else "DateTime64(6)"
    if pa.types.is_decimal(kind):
        return f"Decimal({kind.precision}, {kind.scale})"
    return next((name for test, name in _TYPES if test(kind)), "String")


def _quoted(identifier: str) -> str:
    escaped = identifier.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"
