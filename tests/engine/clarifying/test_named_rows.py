"""Rows that are told by their names are listed, each of them, without asking whether equal names are listed once."""

import pytest

from services.ml_gateway.engine import Planned, plan, prepare
from tests.engine.catalogs import clinic
from tests.engine.data import NOW, database
from tests.engine.dialog.library import library

_LIBRARY, _CLINIC = prepare(library()), prepare(clinic(dialect="sqlite"))


@pytest.mark.parametrize("question", ["which members live in Bristol", "which members live in Cardiff"])
def test_rows_of_a_keyed_table_are_listed(question: str) -> None:
    outcome = plan(question, _LIBRARY, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert "DISTINCT" not in outcome.sql


def test_people_of_the_same_name_are_several() -> None:
    outcome = plan("which patients live in Paris", _CLINIC, now=NOW)
    assert isinstance(outcome, Planned), outcome
    connection = database(clinic())
    connection.execute("UPDATE patients SET city = 'Paris', first_name = 'Ann', last_name = 'Lee' WHERE id < 4")
    (alike,) = connection.execute("SELECT COUNT(*) FROM patients WHERE city = 'Paris'").fetchone()
    assert len(connection.execute(outcome.sql).fetchall()) == alike >= 3
    connection.close()
