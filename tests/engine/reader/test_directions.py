"""Where something comes from and goes to, where its rows have a column for each; and the height of the highest."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, prepare
from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import table
from tests.engine.reader.asking import asked

_CITIES = ("Lyon", "Nice", "Metz")
_PEOPLE = ("Ann Lee", "Bob May")
INDEX = prepare(
    Catalog(
        (
            table("trips", "trip_id int!, start_city text!, end_city text!, distance num!",
                  samples={"start_city": _CITIES, "end_city": _CITIES}),
            table("transfers", "transfer_id int!, sender text!, receiver text!, amount num!",
                  samples={"sender": _PEOPLE, "receiver": _PEOPLE}),
            table("deliveries", "delivery_id int!, bill_city text!, ship_city text!, weight num!",
                  samples={"bill_city": ("Gent", "Ulm"), "ship_city": ("Gent", "Ulm")}),
            table("peaks", "peak_id int!, name text!, height num!, prominence num!, region text!",
                  samples={"region": ("North", "South")}),
        ),
        (),
        dialect="sqlite",
    )
)  # fmt: skip


def _sql(question: str) -> str:
    outcome = asked(question, INDEX)
    assert isinstance(outcome, Planned), outcome
    return " ".join(outcome.sql.replace('"', "").split())


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("average distance of trips from Lyon", "trips.start_city = 'Lyon'"),
        ("how many trips to Nice", "trips.end_city = 'Nice'"),
        ("how many trips from Lyon to Nice", "trips.start_city = 'Lyon' AND trips.end_city = 'Nice'"),
        ("total amount of transfers from Ann Lee", "transfers.sender = 'Ann Lee'"),
    ],
)
def test_the_preposition_tells_the_column(question: str, condition: str) -> None:
    assert f"WHERE {condition}" in _sql(question).replace("(", "").replace(")", "")


def test_where_neither_column_is_an_end_it_is_asked() -> None:
    outcome = asked("how many deliveries to Gent", INDEX)
    assert isinstance(outcome, NeedsClarification), outcome
    assert {"bill", "ship"} == {one.label.split()[0] for one in outcome.options}


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("which city do most trips start from", "start_city"),
        ("in which city do most trips end", "end_city"),
    ],
)
def test_another_word_tells_which_of_two_columns_is_meant(question: str, column: str) -> None:
    assert f"GROUP BY trips.{column} " in _sql(question)


@pytest.mark.parametrize("question", ["What is the name of the highest peak?", "highest peak in North"])
def test_the_highest_of_a_kind_is_the_one_of_most_height(question: str) -> None:
    assert "ORDER BY peaks.height DESC" in _sql(question)


def test_the_highest_of_a_number_is_of_that_number() -> None:
    assert "MAX(peaks.prominence)" in _sql("highest prominence by region")
