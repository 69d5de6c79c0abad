"""DuckDB's results as Arrow with the types that every source's results have.

Whole numbers are int64, what is beyond them and decimals decimal128(38, scale); floating point float64; times in
microseconds, with a zone in UTC; all else text. What DuckDB's own conversion to Arrow would change (an unsigned
128-bit number, the zone of a time, nanoseconds) is cast to text by DuckDB first.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from services.integration.workers.errors import Refused

# Looked at whole before a column's type is decided.
FIRST_BLOCK_BYTES = 8 * 1024 * 1024
_ROWS = 16 * 1024

_TYPES = {
    "boolean": pa.bool_(),
    "tinyint": pa.int64(), "smallint": pa.int64(), "integer": pa.int64(), "bigint": pa.int64(),
    "utinyint": pa.int64(), "usmallint": pa.int64(), "uinteger": pa.int64(),
    "hugeint": pa.decimal128(38, 0), "ubigint": pa.decimal128(38, 0),
    "float": pa.float64(), "double": pa.float64(),
    "date": pa.date32(), "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"), "timestamp with time zone": pa.timestamp("us", tz="UTC"),
    "varchar": pa.string(), "uuid": pa.string(),
}  # fmt: skip
_BYTES = "CASE WHEN #{n} IS NOT NULL THEN '\\x' || lower(hex(#{n})) END"
_CASTS = {
    "ubigint": "CAST(#{n} AS DECIMAL(38, 0))",
    "blob": _BYTES,
    "timestamp_s": "CAST(#{n} AS TIMESTAMP)",
    "timestamp_ms": "CAST(#{n} AS TIMESTAMP)",
}
_AS = {"timestamp_s": "timestamp", "timestamp_ms": "timestamp"}
_TEXT = "CAST(#{n} AS VARCHAR)"

# What a date of Python, and of most readers, can be. DuckDB's infinities are beyond.
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
_DAY_US = 86_400_000_000


def batches(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()
) -> Iterator[pa.RecordBatch]:
    """The result of one statement, at least one batch; read as DuckDB makes it."""
    as_text: frozenset[int] = frozenset()
    while True:
        relation = connection.sql(sql, params=list(parameters)) if parameters else connection.sql(sql)
        stream = _normalized(relation, as_text)
        first = list(_first_block(stream))
        beyond = frozenset(index for batch in first for index, column in enumerate(batch.columns) if _beyond(column))
        if not beyond:
            break
        as_text |= beyond
        stream.close()
    yield from first
    for batch in stream:
        if any(map(_beyond, batch.columns)):
            raise Refused("unreadable", "A value is beyond its column's type.")
        yield batch


def _first_block(stream: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    size = 0
    for batch in stream:
        yield batch
        size += batch.nbytes
        if size >= FIRST_BLOCK_BYTES:
            return


def _normalized(relation: duckdb.DuckDBPyRelation, as_text: frozenset[int]) -> Generator[pa.RecordBatch, None, None]:
    natives = [str(kind.id) for kind in relation.types]
    schema = pa.schema(
        [
            pa.field(name, pa.string() if index in as_text else _arrow_type(native, relation.types[index]))
            for index, (name, native) in enumerate(zip(relation.columns, natives, strict=True))
        ]
    )
    casts = [_TEXT if index in as_text else _cast(native) for index, native in enumerate(natives)]
    if any(casts):
        expressions = ((cast or "#{n}").replace("{n}", str(index)) for index, cast in enumerate(casts, 1))
        relation = relation.project(", ".join(expressions))
    empty = True
    with relation.to_arrow_reader(_ROWS) as reader:  # left open, it would bar the connection to the next statement
        for batch in reader:
            empty = False
            columns = [_column(array, field.type) for array, field in zip(batch.columns, schema, strict=True)]
            yield pa.RecordBatch.from_arrays(columns, schema=schema)
    if empty:
        yield pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def _arrow_type(native: str, described: duckdb.sqltypes.DuckDBPyType) -> pa.DataType:
    if native == "decimal":
        return pa.decimal128(38, dict(described.children)["scale"])
    return _TYPES.get(_AS.get(native, native), pa.string())


def _cast(native: str) -> str:
    if native in _CASTS:
        return _CASTS[native]
    return "" if native in _TYPES or native == "decimal" else _TEXT


def _column(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type == kind:
        return array
    if pa.types.is_float32(array.type):  # 0.1 is meant, not the nearest that 32 bits have
        return pc.cast(pc.cast(array, pa.string()), kind)
    return pc.cast(array, kind)


def _beyond(array: pa.Array) -> bool:
    """Whether a value is one that its Arrow type, or a reader of it, can't hold."""
    kind = array.type
    if pa.types.is_decimal(kind):
        return not _holds_digits(array)
    if pa.types.is_date(kind):
        return _outside(pc.cast(array, pa.int32()), _FIRST_DAY, _LAST_DAY)
    if pa.types.is_timestamp(kind):
        return _outside(pc.cast(array, pa.int64()), _FIRST_DAY * _DAY_US, (_LAST_DAY + 1) * _DAY_US - 1)
    return False


def _holds_digits(array: pa.Array) -> bool:
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _outside(array: pa.Array, least: int, most: int) -> bool:
    found = pc.min_max(array).as_py()
    return found["min"] is not None and (found["min"] < least or found["max"] > most)
