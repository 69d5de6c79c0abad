"""Lists that name no column show the rows with all of their columns."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.outcome import Planned
from services.ml_gateway.engine.reader.planning import plan
from tests.engine.data import NOW
from tests.engine.dialog.library import library

EVERY = ["id", "name", "email", "city", "born", "joined_on", "fee"]


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(library())


def _columns(question: str, index: Index) -> list[str]:
    outcome = plan(question, index, now=NOW, bar=0.0)
    assert isinstance(outcome, Planned), outcome
    return [column.name for column in outcome.columns]


@pytest.mark.parametrize(
    "question", ["Show all members.", "Please list all members in Bristol", "give me every member"]
)
def test_a_list_of_rows(question: str, index: Index) -> None:
    assert _columns(question, index) == EVERY


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Which members live in Bristol?", ["name"]),  # who they are
        ("List the names of members.", ["name"]),
        ("Show the email and city of all members.", ["email", "city"]),
        ("Please list the members in Bristol", ["name"]),
        ("Find the member with the most loans.", ["name"]),  # one of them: who it is
    ],
)
def test_what_is_named_or_asked_who_it_is(question: str, shown: list[str], index: Index) -> None:
    assert len(_columns(question, index)) == len(shown)  # under names of their own


def test_columns_that_are_hidden_stay_so() -> None:
    catalog = library()
    tables = tuple(
        replace(table, columns=tuple(replace(c, hidden=c.name == "email") for c in table.columns))
        for table in catalog.tables
    )
    assert _columns("Show all members.", prepare(replace(catalog, tables=tables))) == [c for c in EVERY if c != "email"]


def test_it_is_told(index: Index) -> None:
    outcome = plan("Show all members.", index, now=NOW, bar=0.0)
    assert isinstance(outcome, Planned)
    assert "No column is named, so the rows are shown with all of theirs." in outcome.interpretation.assumptions
