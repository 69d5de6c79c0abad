"""Texts that could become a wrong number, day or moment: they become the right one, or stay text, or it is said."""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.files.conftest import Read


@pytest.mark.parametrize(
    ("text", "types", "first"),
    [
        ("a;b\n1.000;1,5\n2.000;2,5\n", ["integer", "decimal"], ["1000", "1.5"]),  # thousands, not 1 with zeros
        ("a\tb\n1.0\t1.000,5\n2.0\t2.000,5\n", ["integer", "decimal"], ["1", "1000.5"]),
        ("id,v\n1.10.1,1\n1.2.3,2\n", ["text", "integer"], ["1.10.1", "1"]),
        ("id,v\n123E4,1e5\n124E5,2.5E-3\n", ["text", "number"], ["123E4", "100000.0"]),
        (
            "at,n\n2024-01-05 10:00:00 +0100,#DIV/0!\n2024-01-06 10:00:00 -0530,5\n",
            ["timestamp_tz", "integer"], ["2024-01-05 09:00:00+00", "None"],
        ),
        ("d,n\n0000-00-00,1\n2024-01-31,2\n", ["date", "integer"], ["None", "1"]),
        ("phone,n\n+4915112345678,5-\n+33612345678,(6)\n", ["text", "integer"], ["+4915112345678", "-5"]),
    ],
)  # fmt: skip
def test_first_row(text: str, types: list[str], first: list[Any], read: Read) -> None:
    outcome = read(text)
    assert list(outcome.types().values()) == types
    assert [str(value) for value in outcome.rows()[0]] == first


@pytest.mark.parametrize(
    "text", ["n,x\n1.234,a\n2.345,b\n", "n\tx\n1,234\ta\n2,345\tb\n", "n;x\n1.000;1.0\n2.000;2.0\n"]
)
def test_what_could_be_thousands_or_decimals_is_said(text: str, read: Read) -> None:
    assert "though it could be" in read(text).table().columns[0].note


def test_a_number_too_great_to_keep_makes_text(read: Read) -> None:
    assert list(read("n,x\n1e400,-1e5\n5,2\n").types().values()) == ["text", "number"]
    assert read("n,x\n1e4,-1e5\n5,2\n").rows() == [(10000.0, -100000.0), (5.0, 2.0)]


def test_parquet_numbers_that_are_none_are_empty(read: Read) -> None:
    data = io.BytesIO()
    pq.write_table(pa.table({"v": [1.5, float("nan"), 2.5]}), data)
    outcome = read(data.getvalue())
    assert outcome.rows() == [(1.5,), (None,), (2.5,)]
    assert outcome.table().columns[0].empty_count == 1
