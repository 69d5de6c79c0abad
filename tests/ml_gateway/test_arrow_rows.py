"""Arrow in, cells out: no digit, day or moment is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from infinure.ml_gateway.v1 import result_pb2 as pb

from services.ml_gateway.adapters.arrow_rows import MAX_BYTES, RowReader, decimal_text

BERLIN = ZoneInfo("Europe/Berlin")


def read(columns: Sequence[pa.Array], most: int = 1000, zone: ZoneInfo = BERLIN) -> RowReader:
    """A reader that has read one batch of those columns."""
    batch = pa.RecordBatch.from_arrays(list(columns), names=[f"c{place}" for place in range(len(columns))])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    reader = RowReader(zone, most)
    reader.read(sink.getvalue().to_pybytes())
    return reader


def values(reader: RowReader) -> list[Any]:
    """The first column, None for NULL."""
    kinds = [(row.cells[0], row.cells[0].WhichOneof("value")) for row in reader.rows]
    return [getattr(cell, kind) if kind else None for cell, kind in kinds]


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1)))
def test_whole_numbers(given_values: list[int | None]) -> None:
    reader = read([pa.array(given_values, pa.int64())])
    assert list(reader.types) == [pb.VALUE_TYPE_INTEGER]
    assert values(reader) == given_values


@given(st.lists(st.none() | st.integers(-(10**33), 10**33).map(lambda digits: Decimal(digits).scaleb(-4))))
def test_decimals_stay_exact(given_values: list[Decimal | None]) -> None:
    for kind in (pa.decimal128(38, 4), pa.decimal256(76, 20)):
        reader = read([pa.array(given_values, kind)])
        assert list(reader.types) == [pb.VALUE_TYPE_DECIMAL]
        told = values(reader)
        assert [None if text is None else Decimal(text) for text in told] == given_values
        assert not any("E" in text for text in told if text is not None)


def test_decimals_are_written_as_people_write_them() -> None:
    written = {"1234.50": "1234.50", "5": "5", "0E+3": "0", "12.3400000000": "12.34", "7.0000000000": "7"}
    assert {text: decimal_text(Decimal(text)) for text in written} == written
    assert decimal_text(Decimal("1E+3")) == "1000"


@given(st.lists(st.none() | st.floats(allow_nan=False)), st.lists(st.none() | st.booleans()))
def test_numbers_and_truth(numbers: list[float | None], truths: list[bool | None]) -> None:
    assert values(read([pa.array(numbers, pa.float64())])) == numbers
    assert values(read([pa.array(truths, pa.bool_())])) == truths


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]))))
def test_text(given_values: list[str | None]) -> None:
    for kind in (pa.string(), pa.large_string()):
        assert values(read([pa.array(given_values, kind)])) == given_values


@given(st.lists(st.none() | st.dates()))
def test_days(given_values: list[date | None]) -> None:
    reader = read([pa.array(given_values, pa.date32())])
    assert list(reader.types) == [pb.VALUE_TYPE_DATE]
    assert [None if text is None else date.fromisoformat(text) for text in values(reader)] == given_values


@given(st.lists(st.none() | st.datetimes(timezones=st.just(UTC))))
def test_moments(given_values: list[datetime | None]) -> None:
    reader = read([pa.array(given_values, pa.timestamp("us", tz="UTC"))])
    assert list(reader.types) == [pb.VALUE_TYPE_TIME]
    assert [None if one is None else one.ToDatetime(tzinfo=UTC) for one in values(reader)] == given_values


@given(
    st.datetimes().map(lambda moment: moment.replace(fold=0)),
    st.sampled_from(["UTC", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns"]),
)
def test_times_without_a_zone_are_the_askers(wall: datetime, name: str) -> None:
    """Also at the calendar's ends, and in the hour that a clock skips."""
    zone = ZoneInfo(name)
    (moment,) = values(read([pa.array([wall], pa.timestamp("us"))], zone=zone))
    if datetime(2, 1, 1) < wall < datetime(9999, 1, 1):
        assert moment.ToDatetime(tzinfo=UTC) == wall.replace(tzinfo=zone).astimezone(UTC)


def test_what_has_no_type_of_its_own_is_text() -> None:
    reader = read([pa.array([time(9, 30), None], pa.time64("us"))])
    assert list(reader.types) == [pb.VALUE_TYPE_TEXT]
    assert values(reader) == ["09:30:00", None]


def test_an_empty_result_still_has_types() -> None:
    reader = read([pa.array([], pa.date32()), pa.array([], pa.decimal128(38, 2))])
    assert list(reader.types) == [pb.VALUE_TYPE_DATE, pb.VALUE_TYPE_DECIMAL]
    assert reader.rows == []


def test_rows_stop_at_the_count_and_at_the_size_of_a_message() -> None:
    assert len(read([pa.array(range(50))], most=20).rows) == 20
    large = read([pa.array(["x" * 100_000] * 50)])
    assert 0 < len(large.rows) < 50
    assert pb.Rows(rows=large.rows).ByteSize() <= MAX_BYTES
    assert len(read([pa.array(["x" * 2 * MAX_BYTES, "y"])]).rows) == 1
