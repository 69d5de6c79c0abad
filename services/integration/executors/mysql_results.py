"""From the bytes that MySQL answers with to Arrow: a column's type follows from how the server describes it.

A date that isn't one (0000-00-00, 2024-00-10) is null. A TIME may be longer than a day or negative, which no time of
day is: where the first rows hold such a one, the column is text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from asyncmy.constants import FIELD_TYPE, FLAG

from services.integration.executors.errors import QueryFailed

_BINARY_CHARSET = 63
_VECTOR = 242
_INTEGERS = {
    FIELD_TYPE.TINY, FIELD_TYPE.SHORT, FIELD_TYPE.LONG, FIELD_TYPE.LONGLONG, FIELD_TYPE.INT24, FIELD_TYPE.YEAR,
}  # fmt: skip
_FLOATS = {FIELD_TYPE.FLOAT, FIELD_TYPE.DOUBLE}
_DECIMALS = {FIELD_TYPE.DECIMAL, FIELD_TYPE.NEWDECIMAL}
_DATES = {FIELD_TYPE.DATE, FIELD_TYPE.NEWDATE}
_NAIVE = pa.timestamp("us")
_INSTANT = pa.timestamp("us", tz="UTC")
_TIME = pa.time64("us")

Read = Callable[[Sequence[Any]], pa.Array]


class ResultReader:
    """Reads blocks of rows of one result, `fields` being the driver's descriptions of its columns."""

    def __init__(self, fields: Sequence[Any]) -> None:
        self._names = [str(field.name) for field in fields]
        self._reads = [_read(field) for field in fields]
        self._times = {index for index, field in enumerate(fields) if field.type_code == FIELD_TYPE.TIME}
        self._schema: pa.Schema | None = None

    @property
    def looks_first(self) -> bool:
        """True if a column's type is decided by the first block, which should then be a large one."""
        return bool(self._times)

    def read(self, rows: Sequence[tuple[Any, ...]]) -> pa.RecordBatch:
        """Raises QueryFailed where a value can't be read, or not as its column was decided to be."""
        columns = list(zip(*rows, strict=True)) or [()] * len(self._names)
        try:
            if self._schema is None:
                self._decide(columns)
            arrays = [read(values) for read, values in zip(self._reads, columns, strict=True)]
        except (pa.ArrowException, UnicodeDecodeError, OverflowError):
            raise QueryFailed(
                "The result holds a value that can't be passed on: leave out the column, or cast it to text."
            ) from None
        if self._schema is None:
            self._schema = pa.schema(list(zip(self._names, (array.type for array in arrays), strict=True)))
        return pa.RecordBatch.from_arrays(arrays, schema=self._schema)

    def _decide(self, columns: Sequence[Sequence[Any]]) -> None:
        for index in self._times:
            try:
                _time(columns[index])
            except pa.ArrowInvalid:
                self._reads[index] = _text


def _read(field: Any) -> Read:
    kind, unsigned = field.type_code, bool(field.flags & FLAG.UNSIGNED)
    if kind in _INTEGERS:
        wide = unsigned and kind == FIELD_TYPE.LONGLONG
        return _of(pa.uint64() if wide else pa.int64())
    if kind in _FLOATS:
        return _of(pa.float64())
    if kind in _DECIMALS:
        return _decimal(field.length, field.scale, unsigned)
    if kind in _DATES:
        return _date
    if kind == FIELD_TYPE.DATETIME:
        return _naive
    if kind == FIELD_TYPE.TIMESTAMP:
        return _instant
    if kind == FIELD_TYPE.TIME:
        return _time
    if kind == FIELD_TYPE.BIT:
        return _bit if field.length == 1 else _bits
    if kind in (_VECTOR, FIELD_TYPE.GEOMETRY) or (field.charsetnr == _BINARY_CHARSET and kind != FIELD_TYPE.JSON):
        return _hex
    return _text


def _of(kind: pa.DataType) -> Read:
    return lambda values: pa.array(values, kind)


def _text(values: Sequence[Any]) -> pa.Array:
    return pa.array(values, pa.string())


def _hex(values: Sequence[Any]) -> pa.Array:
    return pa.array([None if value is None else "\\x" + value.hex() for value in values], pa.string())


def _bit(values: Sequence[Any]) -> pa.Array:
    return pa.array([None if value is None else any(value) for value in values], pa.bool_())


def _bits(values: Sequence[Any]) -> pa.Array:
    return pa.array([None if value is None else int.from_bytes(value, "big") for value in values], pa.uint64())


def _decimal(length: int, scale: int, unsigned: bool) -> Read:
    # The length counts digits, the point and the sign.
    digits = length - (scale > 0) - (not unsigned)
    kind = pa.decimal128(38, scale) if digits <= 38 else pa.decimal256(76, scale)
    return lambda values: pc.cast(_text(values), kind)


def _date(values: Sequence[Any]) -> pa.Array:
    return _calendar(values, pa.date32(), date.fromisoformat, date(1, 1, 1))


def _naive(values: Sequence[Any]) -> pa.Array:
    return _calendar(values, _NAIVE, datetime.fromisoformat, datetime(1, 1, 1))


def _instant(values: Sequence[Any]) -> pa.Array:
    return pc.cast(_naive(values), _INSTANT)


def _calendar(values: Sequence[Any], kind: pa.DataType, parse: Callable[[str], date], earliest: date) -> pa.Array:
    texts = _text(values)
    try:
        found = pc.cast(texts, kind)
        if not pc.any(pc.less(found, pa.scalar(earliest, kind))).as_py():
            return found
    except pa.ArrowInvalid:
        pass
    return pa.array([_parsed(text, parse) for text in texts.to_pylist()], kind)


def _parsed(text: str | None, parse: Callable[[str], date]) -> date | None:
    try:
        return None if text is None else parse(text)
    except ValueError:
        return None


def _time(values: Sequence[Any]) -> pa.Array:
    moments = pc.binary_join_element_wise("1970-01-01", _text(values), " ")
    return pc.cast(pc.cast(moments, _NAIVE), _TIME)
