"""From Arrow batches to the rows of an answer: exact decimals, dates, moments, nulls."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.ml_gateway.v1 import result_pb2 as pb

# Rows of one answer stay well below the 4 MiB of a message, with room for the rest of a page of messages.
MAX_BYTES = 1024 * 1024
# A source's division gives up to 20 digits; zeros at the end of more than these say nothing.
PLAIN_FRACTION = 6

_Make = Callable[[Any], pb.Cell]
_NULL = pb.Cell()


class RowReader:
    """Takes batches one by one. Keeps the first `most` rows, and fewer where they would be over MAX_BYTES."""

    def __init__(self, zone: ZoneInfo, most: int) -> None:
        self._zone = zone
        self._most = most
        self._bytes = 0
        self._full = False
        self.names: Sequence[str] = ()
        self.types: Sequence[pb.ValueType.ValueType] = ()
        self.rows: list[pb.Row] = []

    def read(self, message: bytes) -> None:
        """One Arrow IPC stream."""
        with pa.ipc.open_stream(message) as batches:
            made = [cell_type(field.type, self._zone) for field in batches.schema]
            self.names = batches.schema.names
            self.types = [kind for kind, _ in made]
            for batch in batches:
                self._keep(batch, [make for _, make in made])

    def _keep(self, batch: pa.RecordBatch, makes: Sequence[_Make]) -> None:
        wanted = self._most - len(self.rows)
        if self._full or wanted <= 0:
            return
        columns = [column.to_pylist() for column in batch.slice(0, wanted).columns]
        for values in zip(*columns, strict=True):
            cells = [_NULL if value is None else make(value) for value, make in zip(values, makes, strict=True)]
            row = pb.Row(cells=cells)
            self._bytes += row.ByteSize() + 4
            # The first row is kept at any size: a message holds it, or it would not have come.
            if self.rows and self._bytes > MAX_BYTES:
                self._full = True
                return
            self.rows.append(row)


def cell_type(kind: pa.DataType, zone: ZoneInfo) -> tuple[pb.ValueType.ValueType, _Make]:
    """The contract's type for an Arrow type, and what makes a cell of a value; anything unknown becomes text.

    Times of day without a zone are taken to be in `zone`.
    """
    checks = pa.types
    if checks.is_boolean(kind):
        return pb.VALUE_TYPE_BOOLEAN, lambda value: pb.Cell(boolean=value)
    if checks.is_integer(kind) and kind != pa.uint64():
        return pb.VALUE_TYPE_INTEGER, lambda value: pb.Cell(integer=value)
    if checks.is_floating(kind):
        return pb.VALUE_TYPE_NUMBER, lambda value: pb.Cell(number=value)
    if checks.is_decimal(kind) or kind == pa.uint64():
        return pb.VALUE_TYPE_DECIMAL, lambda value: pb.Cell(decimal=decimal_text(Decimal(value)))
    if checks.is_date(kind):
        return pb.VALUE_TYPE_DATE, lambda value: pb.Cell(date=_date(value))
    if checks.is_timestamp(kind):
        return pb.VALUE_TYPE_TIME, lambda value: pb.Cell(time=_moment(value, zone))
    return pb.VALUE_TYPE_TEXT, lambda value: pb.Cell(text=_text(value))


def decimal_text(value: Decimal) -> str:
    """The exact value in decimal notation, never with an exponent."""
    text = format(value, "f")
    whole, point, fraction = text.partition(".")
    return text if len(fraction) <= PLAIN_FRACTION else (whole + point + fraction.rstrip("0")).rstrip(".")


def _date(value: date) -> str:
    return value.isoformat()


def _moment(value: datetime, zone: ZoneInfo) -> Timestamp:
    moment = Timestamp()
    try:
        instant = (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:  # within a day of the calendar's ends
        instant = value.replace(tzinfo=UTC)
    moment.FromDatetime(instant)
    return moment


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, time) else str(value)
