"""What dropped words change: totals, shares of those that have something, text in titles, months of texts."""

import pytest

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table
from tests.engine.data import NOW

_INDEX = prepare(
    Catalog(
        (
            table("donors", "id int!, full_name text!, email text, enrolled text"),
            table("donations", "id int!, donor_id int!, amount num!, given_on date!"),
            table("films", "id int!, title text!, minutes int!"),
        ),
        (key("donations.donor_id -> donors.id"),),
    )
)
_TEXTS = prepare(Catalog((table("staff", "id int!, name text!, team text!, hired text"),), ()))


def _sql(question: str) -> str:
    outcome = plan(question, _INDEX, now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome.sql


def test_a_total_of_gifts_is_summed_and_not_counted() -> None:
    sql = _sql("donors with total donations over 1000")
    assert 'HAVING SUM("donations"."amount") > 1000' in sql


def test_without_total_nothing_is_summed() -> None:
    sql = _sql("donors with more than 3 donations")
    assert "COUNT(*) > 3" in sql
    assert "SUM(" not in sql


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("percentage of donors with donations", "WHERE EXISTS(SELECT 1"),
        ("percentage of donors without donations", "WHERE NOT EXISTS(SELECT 1"),
        ("what share of donors have no email", '"donors"."email" IS NULL'),
    ],
)
def test_a_share_is_of_those_that_have_one(question: str, held: str) -> None:
    sql = _sql(question)
    assert held in sql
    assert "GROUP BY" not in sql


def test_a_word_in_the_title_is_looked_for_there() -> None:
    assert """LOWER("films"."title") LIKE '%the%'""" in _sql("films with The in the title")


@pytest.mark.parametrize("question", ["staff by hired month", "number of staff hired per month"])
def test_texts_are_not_told_by_month(question: str) -> None:
    outcome = plan(question, _TEXTS, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert outcome.words == ("month",)
