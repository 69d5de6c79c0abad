"""What people did, and which of several amounts is their revenue: told, asked back, and never something else."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog, Column, DataType, Role
from tests.engine.catalogs import key, table
from tests.engine.data import NOW

_INDEX = prepare(
    Catalog(
        (
            table("sailors", "id int!, name text!, land text!, joined_on date!", samples={"land": ("Norway", "Malta")}),
            table(
                "boats", "id int!, name text!, condition text!", samples={"condition": ("free", "chartered", "docked")}
            ),
            table("charters", "id int!, sailor_id int!, boat_id int!, began_on date!, total_amount num!"),
            table("payments", "id int!, charter_id int!, paid_on date!, amount num!"),
        ),
        (
            key("charters.sailor_id -> sailors.id"),
            key("charters.boat_id -> boats.id"),
            key("payments.charter_id -> charters.id"),
        ),
    )
)


def _read(question: str) -> str:
    """The SQL of the answer, or of the first reading that is asked about."""
    outcome = plan(question, _INDEX, now=NOW)
    if isinstance(outcome, NeedsClarification):
        outcome = plan(outcome.options[0].question, _INDEX, now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome.sql


@pytest.mark.parametrize("question", ["how many sailors chartered in 2025", "how many sailors who chartered in 2025"])
def test_who_did_something_in_a_year_did_it_then(question: str) -> None:
    sql = _read(question)
    assert "began_on" in sql
    assert "joined_on" not in sql
    assert "condition" not in sql


def test_who_joined_in_a_year_joined_then() -> None:
    assert "joined_on" in _read("how many sailors joined in 2025")


def test_one_reading_that_is_not_sure_enough_is_asked_about() -> None:
    outcome = plan("how many sailors chartered in 2025", _INDEX, now=NOW)
    assert isinstance(outcome, NeedsClarification)
    (option,) = outcome.options
    assert isinstance(plan(option.question, _INDEX, now=NOW), Planned)


@pytest.mark.parametrize("word", ["revenue", "turnover", "income"])
def test_of_two_amounts_it_is_asked_which_is_the_revenue(word: str) -> None:
    outcome = plan(f"{word} by month in 2025", _INDEX, now=NOW)
    assert isinstance(outcome, NeedsClarification)
    assert {"payments", "charters"} <= {option.label for option in outcome.options}


def test_revenue_is_no_list_of_those_who_brought_it() -> None:
    outcome = plan("revenue from sailors in Norway", _INDEX, now=NOW)
    assert not isinstance(outcome, Planned) or "SUM(" in outcome.sql


def test_who_did_both_is_listed_once() -> None:
    sql = _read("sailors who chartered both a free and a docked boat")
    assert sql.count("EXISTS(") == 2
    assert "DISTINCT" in sql or sql.split("WHERE")[0].rstrip().endswith('FROM "public"."sailors" AS "sailors"')


_MUSEUM = prepare(
    Catalog(
        (
            table("paintings", "id int!, title text!, on_display bool, hall_id int!, loan_hall_id int!"),
            table("halls", "id int!, name text!"),
            table("ticket_sale", "id int!, channel text!, sold_on date!, quantity int!", samples={"channel": ("web",)}),
            table("gifts", "id int!, given_on date!, amount num!"),
        ),
        (key("paintings.hall_id -> halls.id"), key("paintings.loan_hall_id -> halls.id")),
    )
)


@pytest.mark.parametrize(
    "question",
    [
        "tickets sold by channel",  # a sale is of several
        "running total of gifts by month",  # of what was given, or of how many gave
        "how many paintings hang in a different hall",  # than which?
    ],
)
def test_what_is_open_is_not_answered_as_if_it_were_not(question: str) -> None:
    assert not isinstance(plan(question, _MUSEUM, now=NOW), Planned)


def test_a_column_of_little_words_is_heard() -> None:
    outcome = plan("how many paintings are on display", _MUSEUM, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert '"on_display"' in outcome.sql


def test_not_is_a_no_and_not_unknown() -> None:
    paintings = table("paintings", "id int!, title text!")
    shown = Column("on_display", DataType.INTEGER, role=Role.DIMENSION, distinct_count=2)
    index = prepare(Catalog((replace(paintings, columns=(*paintings.columns, shown)),), ()))
    outcome = plan("how many paintings are not on display", index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert '"on_display" = 0' in outcome.sql
