"""SQLite's results as Arrow. Its columns hold values of any type: what was found decides, and then what was declared.

Whole numbers are int64 (bool where declared so and nothing but 0 and 1 is found), numbers float64 as long as none loses
a digit, dates the text that they are, bytes hexadecimal text. A column of several kinds is text, each value as SQLite
would write it. A column without a value has the type that its declaration promises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pyarrow as pa

from services.integration.workers.errors import Refused

# Looked at whole before a column's type is decided.
FIRST_BLOCK_BYTES = 8 * 1024 * 1024
_NEXT_BLOCK_BYTES = 1024 * 1024
_FIRST_ROWS, _MOST_ROWS = 256, 16 * 1024
_SAMPLED_ROWS = 64
# Beyond, a float64 has no room for each whole number.
_EXACT = 2**53

Row = tuple[Any, ...]


def batches(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[object], declared: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """The result of one statement, at least one batch; read as SQLite makes it."""
    try:
        yield from _batches(connection, sql, parameters, declared)
    except _Undecodable:  # somebody wrote text in another encoding; nothing was yielded yet
        connection.text_factory = _lenient
        yield from _batches(connection, sql, parameters, declared)


def _batches(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[object], declared: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    with closing(connection.execute(sql, tuple(parameters))) as cursor:
        names = [column[0] for column in cursor.description or ()]
        if not names:
            raise Refused("forbidden", "No query.")
        promised = declared if len(declared) == len(names) else ("",) * len(names)
        chunks = _chunks(cursor)
        try:
            first = _first_block(chunks)
        except sqlite3.OperationalError as error:
            raise (_Undecodable if "decode" in str(error) else error) from None
        columns = _columns(first, len(names))
        kinds = [_decide(column, kind) for column, kind in zip(columns, promised, strict=True)]
        schema = pa.schema([pa.field(name, kind) for name, kind in zip(names, kinds, strict=True)])
        yield _batch(columns, schema)
        for chunk in chunks:
            yield _batch(_columns(chunk, len(names)), schema)


class _Undecodable(Exception):
    """A text isn't UTF-8."""


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _chunks(cursor: sqlite3.Cursor) -> Iterator[list[Row]]:
    wanted = _FIRST_ROWS
    while rows := cursor.fetchmany(wanted):
        yield rows
        wanted = max(1, min(_MOST_ROWS, _NEXT_BLOCK_BYTES * len(rows) // _size(rows)))


def _first_block(chunks: Iterator[list[Row]]) -> list[Row]:
    rows: list[Row] = []
    size = 0
    for chunk in chunks:
        rows += chunk
        size += _size(chunk)
        if size >= FIRST_BLOCK_BYTES:
            break
    return rows


def _size(rows: list[Row]) -> int:
    """About, in bytes, as a few of them are."""
    sample = rows[:: max(1, len(rows) // _SAMPLED_ROWS)]
    found = sum(len(value) if isinstance(value, str | bytes) else 8 for row in sample for value in row)
    return max(1, found * len(rows) // len(sample))


def _columns(rows: list[Row], width: int) -> Sequence[Sequence[Any]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _batch(columns: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [_array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _decide(values: Sequence[Any], declared: str) -> pa.DataType:
    found = set(map(type, values)) - {type(None)}
    promised = _promised(declared)
    if not found:
        return promised
    if found == {int}:
        if promised == pa.bool_():
            return promised if _all_bits(values) else pa.int64()
        return promised if promised == pa.float64() and _all_exact(values) else pa.int64()
    if found <= {int, float}:
        return pa.float64() if _all_exact(values) else pa.string()
    return pa.string()


def _promised(declared: str) -> pa.DataType:
    """By SQLite's rules of affinity (datatype3, 3.1), and BOOLEAN, which they count among the numbers."""
    upper = declared.upper()
    if "INT" in upper:
        return pa.int64()
    if any(word in upper for word in ("CHAR", "CLOB", "TEXT", "BLOB", "DATE", "TIME")) or not upper:
        return pa.string()
    if "BOOL" in upper:
        return pa.bool_()
    if any(word in upper for word in ("REAL", "FLOA", "DOUB", "NUM", "DEC", "MONEY")):
        return pa.float64()
    return pa.string()


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    found = set(map(type, values)) - {type(None)}
    if kind == pa.string():
        return pa.array(values if found <= {str} else [_text(value) for value in values], kind)
    if kind == pa.int64() and found <= {int}:
        return pa.array(values, kind)
    if kind == pa.float64() and found <= {int, float} and _all_exact(values):
        return pa.array(values, kind)
    if kind == pa.bool_() and found <= {int} and _all_bits(values):
        return pa.array([None if value is None else bool(value) for value in values], kind)
    raise Refused("unreadable", "A later value is of another kind than the column's first ones.")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return repr(value)


def _all_bits(values: Sequence[Any]) -> bool:
    return all(value in (0, 1, None) for value in values)


def _all_exact(values: Sequence[Any]) -> bool:
    return all(not isinstance(value, int) or -_EXACT <= value <= _EXACT for value in values)
