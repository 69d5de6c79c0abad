"""Of a large SQLite table a part is looked at, wherever its row numbers begin and whatever gaps they have."""

import sqlite3
from datetime import UTC, datetime

import pytest

from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reading import read_catalog
from tests.integration.catalog.readers import dial_to

_STATES = ("open", "paid", "void")


@pytest.mark.parametrize(
    ("first", "step"), [(1, 1), (100_001, 1), (-500, 7), (10, 1_000), (2**62, 3)], ids=lambda number: str(number)
)
async def test_values_are_found_in_all_of_it(first: int, step: int) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE bills (bill_id INTEGER PRIMARY KEY, state TEXT, half TEXT)")
    rows = [(first + step * n, _STATES[n % 3], "first" if n < 1_000 else "second") for n in range(2_000)]
    connection.executemany("INSERT INTO bills VALUES (?, ?, ?)", rows)
    limits = ProfileLimits(sampled_rows=90)
    catalog = await read_catalog("sqlite", dial_to(connection), limits=limits, now=datetime(2026, 1, 1, tzinfo=UTC))
    _, state, half = catalog.tables[0].columns
    assert state.samples == _STATES
    assert half.samples == ("first", "second")
