"""A row of totals at the end of a table is left out if the arithmetic proves it, and said; rows keep their order."""

import io
from decimal import Decimal

import duckdb
import openpyxl  # type: ignore[import-untyped]
import pytest

from tests.files.conftest import Read


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("day,n,amount\n2024-01-05,1,1.50\n2024-01-06,2,2.25\nTotal,3,3.75\n", 2),
        ("Land;Umsatz;Anteil\nDE;1.234,50;60 %\nFR;1.000,25;40 %\nSumme:;2.234,75;100 %\n;;\n", 2),
        ('shop,n,avg\na,1,2\nb,3,4\nc,4,9\n"Grand Total",8,15\n\n', 3),
        ("shop,n\na,1\nb,3\nTotal,5\n", 3),  # no sum of what is above
        ("shop,n\na,1\nb,3\nc,4\n", 3),  # no label
        ("shop,n\nTotal,1\nShell,3\nBP,4\n", 3),  # a company of that name
        ("shop,n\na,0\nTotal,0\n", 2),  # nothing is proven by zeros
    ],
)
def test_totals_of_a_text(text: str, rows: int, read: Read) -> None:
    table = read(text).table()
    left_out = text.rstrip("\n;").count("\n") - rows
    assert table.row_count == rows
    assert table.broken_row_count == left_out
    assert [row.problem for row in table.broken_rows] == ["a row of totals, left out"] * left_out


def test_types_are_those_of_the_rows_above(read: Read) -> None:
    outcome = read("day,n,amount\n2024-01-05,1,1.50\n2024-01-06,2,2.25\nTotal,3,3.75\n")
    assert outcome.types() == {"day": "date", "n": "integer", "amount": "decimal"}
    assert outcome.table().broken_rows[0].text == "Total,3,3.75"


def test_totals_of_a_sheet(read: Read) -> None:
    book = openpyxl.Workbook()
    for row in (["Shop", "Sales"], ["a", 10.1], ["b", 20.2], [], ["Gesamt", 30.3]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    outcome = read(data.getvalue())
    assert outcome.rows() == [("a", Decimal("10.1")), ("b", Decimal("20.2"))]
    assert outcome.table().broken_rows[0].problem == "a row of totals, left out"


def test_rows_keep_their_order(read: Read) -> None:
    count = 400_000
    text = "n,word\n" + "".join(f"{n},{'x' * (n * 7919 % 50)}\n" for n in range(count))
    outcome = read(text, limits={"threads": 4})
    with duckdb.connect() as connection:
        misplaced = connection.execute(
            f"SELECT count(*) FILTER (n <> file_row_number) FROM read_parquet('{outcome.out / outcome.table().file}', "
            "file_row_number = true)"
        ).fetchall()
    assert misplaced == [(0,)]


def test_remarks_below_a_sheet_are_left_out_and_said(read: Read) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Shop", "Day", "Sales"],
        [1, "a", 10],
        [2, "b", 20],
        [],
        [3, None, None],
        [4, "d", 40],
        [],
        ["Source"],
    ):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    outcome = read(data.getvalue())
    assert outcome.rows() == [(1, "a", 10), (2, "b", 20), (3, None, None), (4, "d", 40)]
    assert [(row.problem, row.text) for row in outcome.table().broken_rows] == [
        ("a remark below the table, left out", "Source")
    ]
