"""Values as people read them and as JSON holds them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from cli.ask import cells
from cli.ask.model import Column

BERLIN = ZoneInfo("Europe/Berlin")


def column(kind: str = "number", **more: Any) -> Column:
    return Column("c", "C", kind, **{"is_measure": True, **more})


@pytest.mark.parametrize(
    ("one", "value", "shown"),
    [
        (column("integer"), 1234567, "1,234,567"),
        (column("integer", is_measure=False), 2024, "2024"),
        (column("integer"), 2**60 + 1, "1,152,921,504,606,846,977"),
        (column("decimal"), Decimal("1234.50"), "1,234.50"),
        (column("decimal"), Decimal("1234.00"), "1,234"),
        (column(), 0.1 + 0.2, "0.30"),
        (column(), 0.00321, "0.00321"),
        (column(), -12.5, "-12.50"),
        (column(), float("nan"), "—"),
        (column(), float("-inf"), "-∞"),
        (column(format="currency", unit="EUR"), Decimal("-1234.5"), "-€1,234.50"),
        (column(format="currency", unit="JPY"), 1234, "¥1,234"),
        (column(format="currency", unit="SEK"), 5, "SEK 5.00"),
        (column(format="percent"), 0.256, "25.6 %"),
        (column("integer", unit="kg"), 12, "12 kg"),
        (column("boolean"), True, "yes"),
        (column("text"), None, "—"),
        (column("date", grain="month"), date(2025, 3, 1), "2025-03"),
        (column("date", grain="quarter"), date(2025, 4, 1), "2025 Q2"),
        (column("date", grain="year"), date(2025, 1, 1), "2025"),
        (column("text", grain="month"), "2025-03-01", "2025-03"),
        (column("timestamp_tz"), datetime(2025, 3, 1, 23, 30, tzinfo=UTC), "2025-03-02 00:30:00"),
        (column("timestamp"), datetime(2025, 3, 1, 23, 30, 1, 500000), "2025-03-01 23:30:01.5"),
        (column("text"), "a\x1b[31mred\u202e\nb", "a�[31mred� b"),
    ],
)
def test_a_value_reads_well(one: Column, value: Any, shown: str) -> None:
    assert cells.text(one, value, BERLIN) == shown


def test_a_column_of_numbers_has_one_number_of_digits() -> None:
    assert cells.texts(column(), [1.0, 2.25, None], BERLIN) == ["1.00", "2.25", "—"]


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (2**53, 9007199254740992),
        (2**53 + 1, "9007199254740993"),
        (Decimal("0.10"), "0.10"),
        (Decimal("1E+3"), "1000"),
        (date(2025, 3, 1), "2025-03-01"),
        (datetime(2025, 3, 1, 12, tzinfo=UTC), "2025-03-01T12:00:00+00:00"),
        (float("inf"), "inf"),
        (b"\x00\xff", "00ff"),
        (True, True),
        (None, None),
    ],
)
def test_json_holds_values_exactly(value: Any, held: Any) -> None:
    assert cells.as_json(value) == held


def test_values_that_python_cannot_hold_come_as_text_or_cut() -> None:
    nanoseconds = pa.array([1_700_000_000_000_000_001], pa.timestamp("ns"))
    assert cells.values_of(nanoseconds) == [datetime(2023, 11, 14, 22, 13, 20)]
    far = pa.array([10_000_000], pa.date32())
    (text,) = cells.values_of(far)
    assert isinstance(text, str)
