"""From the Arrow that ClickHouse sends to the Arrow that answers are in, by the types that the server names.

What Arrow has no type for comes as numbers or bytes that only the named type explains: an enumeration's number, an
address, a moment as seconds. Nested values become JSON text.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from services.integration.executors.arrow_stream import TEXT
from services.integration.executors.errors import QueryFailed

_MOMENT = pa.timestamp("us", tz="UTC")
_MEMBER = re.compile(r"'((?:[^'\\]|\\.|'')*)'\s*=\s*(-?\d+)")
_ESCAPE = re.compile(r"\\(.)|''")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "a": "\a", "v": "\v"}
_WRAPPED = re.compile(r"(?:Nullable|LowCardinality)\((.*)\)", re.DOTALL)

Read = Callable[[pa.Array], pa.Array]


class ResultReader:
    """Reads the batches of one result, `columns` being pairs of name and ClickHouse type."""

    def __init__(self, columns: Sequence[tuple[str, str]]) -> None:
        self._names = [name for name, _ in columns]
        self._reads = [_reader(_bare(kind)) for _, kind in columns]
        self._schema: pa.Schema | None = None

    def read(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Raises QueryFailed where a value can't be read."""
        try:
            arrays = [read(_plain(column)) for read, column in zip(self._reads, batch.columns, strict=True)]
        except (pa.ArrowException, ValueError, KeyError, OverflowError, TypeError, struct.error):
            raise QueryFailed(
                "The result holds a value that can't be passed on: leave out the column, or cast it to text."
            ) from None
        if self._schema is None:
            self._schema = pa.schema(list(zip(self._names, (array.type for array in arrays), strict=True)))
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)


def families(schema: pa.Schema) -> list[tuple[str, str]] | None:
    """Names and types of the columns as far as Arrow's own types tell them; None if the server must be asked."""
    found = [(field.name, "String" if field.metadata == TEXT else _family(field.type)) for field in schema]
    return None if any(not family for _, family in found) else found


def _family(kind: pa.DataType) -> str:
    """ "" for what may be an enumeration, an address, a day, a moment or a number."""
    if isinstance(kind, pa.BaseExtensionType):
        kind = kind.storage_type
    return next((family for is_kind, family in _TOLD if is_kind(kind)), "")


def _plain(column: pa.Array) -> pa.Array:
    return column.storage if isinstance(column, pa.ExtensionArray) else column


def _bare(kind: str) -> str:
    while found := _WRAPPED.fullmatch(kind):
        kind = found.group(1)
    return kind


def _reader(kind: str) -> Read:
    family = kind.partition("(")[0]
    if family in _BY_FAMILY:
        return _BY_FAMILY[family]
    if family in ("Enum8", "Enum16", "Enum"):
        return _enumeration(kind)
    if family in ("Int128", "UInt128", "Int256", "UInt256"):
        return _large(signed=not family.startswith("U"), wide=family.endswith("256"))
    if family == "SimpleAggregateFunction":
        return _reader(_bare(kind.partition(",")[2].rstrip(")").strip()))
    return _json


def _to(target: pa.DataType) -> Read:
    return lambda column: pc.cast(column, target)


def _short(column: pa.Array) -> pa.Array:
    """0.1 rather than 0.10000000149: the digits that tell it from its neighbours, as every source writes them."""
    return pc.cast(pc.cast(column, pa.string()), pa.float64())


def _brain_float(column: pa.Array) -> pa.Array:
    """The upper half of a Float32."""
    values = [None if value is None else struct.unpack("<f", b"\0\0" + value)[0] for value in column.to_pylist()]
    return _short(pa.array(values, pa.float32()))


def _decimal(column: pa.Array) -> pa.Array:
    kind = column.type
    wide = pa.types.is_decimal256(kind)
    return pc.cast(column, pa.decimal256(76, kind.scale) if wide else pa.decimal128(38, kind.scale))


def _date(column: pa.Array) -> pa.Array:
    whole = pc.cast(column, pa.int32()) if pa.types.is_integer(column.type) else column
    return pc.cast(whole, pa.date32())


def _moment(column: pa.Array) -> pa.Array:
    if pa.types.is_integer(column.type):
        return pc.cast(pc.cast(pc.cast(column, pa.int64()), pa.timestamp("s", tz="UTC")), _MOMENT)
    return pc.cast(column, _MOMENT, safe=False)  # what is finer than microseconds is cut


def _text(column: pa.Array) -> pa.Array:
    """Texts as they are; what isn't UTF-8 keeps its letters and shows its other bytes as \\xff."""
    try:
        return pc.cast(column, pa.string())
    except pa.ArrowInvalid:
        return pa.array([None if value is None else _letters(value) for value in column.to_pylist()], pa.string())


def _fixed_text(column: pa.Array) -> pa.Array:
    values = pc.cast(column, pa.binary()).to_pylist()
    return pa.array([None if value is None else _letters(value.rstrip(b"\0")) for value in values], pa.string())


def _letters(value: bytes) -> str:
    return value.decode(errors="backslashreplace")


def _of_each(make: Callable[[Any], Any]) -> Read:
    def read(column: pa.Array) -> pa.Array:
        return pa.array([None if value is None else str(make(value)) for value in column.to_pylist()], pa.string())

    return read


def _uuid(value: Any) -> UUID:
    return UUID(bytes=value) if isinstance(value, bytes) else UUID(str(value))


def _large(*, signed: bool, wide: bool) -> Read:
    def number(value: Any) -> int:
        return int.from_bytes(value, "little", signed=signed) if isinstance(value, bytes) else int(value)

    if wide:  # 78 digits are more than a decimal has
        return _of_each(number)
    return lambda column: pc.cast(_of_each(number)(column), pa.decimal256(76, 0))


def _enumeration(kind: str) -> Read:
    names = {int(number): _unescaped(name) for name, number in _MEMBER.findall(kind)}

    def read(column: pa.Array) -> pa.Array:
        if not pa.types.is_integer(column.type):
            return _text(column)
        numbers = pa.array(list(names), pa.int64())
        found = pc.index_in(pc.cast(column, pa.int64()), value_set=numbers)
        return pa.array(list(names.values()), pa.string()).take(found)

    return read


def _unescaped(name: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]) if found[1] else "'", name)


def _interval(column: pa.Array) -> pa.Array:
    return pc.cast(column, pa.int64())


def _time(column: pa.Array) -> pa.Array:
    return pc.cast(column, pa.time64("us"))


def _nothing(column: pa.Array) -> pa.Array:
    return pa.nulls(len(column), pa.string())


def _json(column: pa.Array) -> pa.Array:
    if pa.types.is_string(column.type):
        return column
    values = column.to_pylist(maps_as_pydicts="lossy") if pa.types.is_map(column.type) else column.to_pylist()
    return pa.array([None if value is None else _document(value) for value in values], pa.string())


def _document(value: Any) -> str:
    return json.dumps(_readable(value), ensure_ascii=False, default=str)


def _readable(value: Any) -> Any:
    if isinstance(value, bytes):
        return _letters(value)
    if isinstance(value, list):
        return [_readable(inner) for inner in value]
    if isinstance(value, dict):
        return {str(_readable(key)): _readable(inner) for key, inner in value.items()}
    return value


_TOLD: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
    (pa.types.is_int64, "Int64"),
    (pa.types.is_uint64, "UInt64"),
    (pa.types.is_int32, "Int32"),
    (pa.types.is_uint8, "UInt8"),
    (pa.types.is_float32, "Float32"),
    (pa.types.is_float64, "Float64"),
    (pa.types.is_boolean, "Bool"),
    (pa.types.is_string, "JSON"),  # within a type of its own
    (pa.types.is_decimal, "Decimal"),
    (pa.types.is_date, "Date"),
    (pa.types.is_timestamp, "DateTime64"),
    (pa.types.is_time, "Time64"),
    (pa.types.is_null, "Nothing"),
    (pa.types.is_nested, "Tuple"),
)
_WHOLE = ("Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32")
_BY_FAMILY: dict[str, Read] = {
    **dict.fromkeys(_WHOLE, _to(pa.int64())),
    "UInt64": _to(pa.uint64()),
    "Float32": _short,
    "BFloat16": _brain_float,
    "Float64": _to(pa.float64()),
    "Bool": _to(pa.bool_()),
    **dict.fromkeys(("Decimal", "Decimal32", "Decimal64", "Decimal128", "Decimal256"), _decimal),
    "Date": _date,
    "Date32": _date,
    "DateTime": _moment,
    "DateTime32": _moment,
    "DateTime64": _moment,
    "Time": _time,
    "Time64": _time,
    "String": _text,
    "FixedString": _fixed_text,
    "UUID": _of_each(_uuid),
    "IPv4": _of_each(IPv4Address),
    "IPv6": _of_each(IPv6Address),
    "Nothing": _nothing,
    **{f"Interval{unit}": _interval for unit in (
        "Nanosecond", "Microsecond", "Millisecond", "Second", "Minute", "Hour", "Day", "Week", "Month", "Quarter",
        "Year")},
}  # fmt: skip
