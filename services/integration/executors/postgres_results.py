"""From what PostgreSQL copies out as CSV to Arrow, without a Python object for each value.

A column's Arrow type is decided by the first block and then kept. Numerics become decimals of the largest scale
found; what doesn't fit an Arrow type (an infinite date, a year before Christ, NaN among decimals) makes its column
text.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from services.integration.executors.errors import QueryFailed

_TYPES = {
    "int2": pa.int64(), "int4": pa.int64(), "int8": pa.int64(), "oid": pa.int64(),
    "float4": pa.float64(), "float8": pa.float64(), "bool": pa.bool_(),
    "date": pa.date32(), "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"), "timestamptz": pa.timestamp("us", tz="UTC"),
}  # fmt: skip
_NUMERIC = "numeric"
# The scale kept free for later blocks of a result too large to be looked at whole.
_SPARE_SCALE = 20


class ResultReader:
    """Reads the blocks of one result. `columns` are pairs of name and PostgreSQL type name."""

    def __init__(self, columns: Sequence[tuple[str, str]]) -> None:
        self._names = [name for name, _ in columns]
        self._keys = [f"c{index}" for index in range(len(columns))]
        self._numeric = [native == _NUMERIC for _, native in columns]
        self._types: list[pa.DataType] = [_TYPES.get(native, pa.string()) for _, native in columns]
        self._decided = False

    def read(self, block: bytes, *, whole: bool) -> pa.RecordBatch:
        """The rows of a block of whole CSV lines; `whole` says that the first block is the entire result.

        Raises QueryFailed where a later block holds what the decided types can't.
        """
        try:
            arrays = self._arrays(block, self._types)
        except pa.ArrowInvalid:
            if self._decided:
                raise _unreadable() from None
            self._types = self._readable_types(block)
            arrays = self._arrays(block, self._types)
        if not self._decided:
            self._decide_decimals(arrays, whole)
        fields = [pa.field(name, kind) for name, kind in zip(self._names, self._types, strict=True)]
        cast = [self._cast(index, array) for index, array in enumerate(arrays)]
        return pa.RecordBatch.from_arrays(cast, schema=pa.schema(fields))

    def _decide_decimals(self, arrays: list[pa.Array], whole: bool) -> None:
        for index, numeric in enumerate(self._numeric):
            if numeric:
                self._types[index] = _decimal_type(arrays[index], 0 if whole else _SPARE_SCALE)
        self._decided = True

    def _cast(self, index: int, array: pa.Array) -> pa.Array:
        if not self._numeric[index] or array.type == self._types[index]:
            return array
        try:
            return pc.cast(array, self._types[index])
        except pa.ArrowInvalid:
            raise _unreadable() from None

    def _arrays(self, block: bytes, types: list[pa.DataType]) -> list[pa.Array]:
        # Decimals are read as text: their scale isn't known before all are seen.
        read_as = [pa.string() if pa.types.is_decimal(kind) else kind for kind in types]
        if not block:
            return [pa.array([], kind) for kind in read_as]
        table = self._parse(block, dict(zip(self._keys, read_as, strict=True)))
        columns = [column.combine_chunks() for column in table.columns]
        return [column.chunk(0) if isinstance(column, pa.ChunkedArray) else column for column in columns]

    def _parse(self, block: bytes, types: dict[str, pa.DataType]) -> pa.Table:
        return pyarrow.csv.read_csv(
            io.BytesIO(block),
            read_options=pyarrow.csv.ReadOptions(
                column_names=self._keys, use_threads=False, block_size=max(len(block), 1) + 1
            ),
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=types,
                include_columns=list(types),
                null_values=[""],
                true_values=["t"],
                false_values=["f"],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )

    def _readable_types(self, block: bytes) -> list[pa.DataType]:
        return [self._readable(block, key, kind) for key, kind in zip(self._keys, self._types, strict=True)]

    def _readable(self, block: bytes, key: str, kind: pa.DataType) -> pa.DataType:
        for candidate in (kind, pa.string()):
            try:
                self._parse(block, {key: candidate})
            except pa.ArrowInvalid:
                continue
            return candidate
        raise _unreadable()


def _decimal_type(texts: pa.Array, spare: int) -> pa.DataType:
    if pc.any(pc.match_substring_regex(texts, "[A-Za-z]")).as_py():
        return pa.string()
    digits = pc.utf8_ltrim(texts, "-")
    point = pc.find_substring(digits, ".")
    length = pc.utf8_length(digits)
    found = pc.max(pc.if_else(pc.less(point, 0), 0, pc.subtract(pc.subtract(length, point), 1))).as_py() or 0
    whole = pc.max(pc.if_else(pc.less(point, 0), length, point)).as_py() or 0
    scale = max(found, spare)
    if not spare and whole + scale <= 38:
        return pa.decimal128(38, scale)
    return pa.decimal256(76, scale) if whole + scale <= 76 else pa.string()


def _unreadable() -> QueryFailed:
    return QueryFailed("The result holds a value that can't be passed on: leave out the column, or cast it to text.")
