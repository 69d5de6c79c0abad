"""What is answered, at which bar, and what never is."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import RefusalReason
from tests.engine.catalogs import CATALOGS, shop, table
from tests.engine.data import NOW

INDEX = prepare(shop())


def test_what_is_less_sure_than_the_bar_is_not_answered() -> None:
    question = "how many customers are there"
    sure = plan(question, INDEX, now=NOW)
    assert isinstance(sure, Planned)
    assert isinstance(plan(question, INDEX, now=NOW, bar=sure.confidence), Planned)
    assert not isinstance(plan(question, INDEX, now=NOW, bar=1.0), Planned)


@pytest.mark.parametrize(
    "question",
    [
        "how many customers are called Zanzibarton",
        "how many orders have 4711",
        'how many products are named "Qwertz"',
        "how many orders of Blorbington",
    ],
)
def test_nothing_is_answered_without_a_name_or_a_number_that_was_said(question: str) -> None:
    outcome = plan(question, INDEX, now=NOW)
    said = question.split()[-1].strip('"').lower()
    assert not isinstance(outcome, Planned) or said in outcome.sql.lower()


@pytest.mark.parametrize(
    "typed",
    [
        "select count(*) from orders",
        "SELECT name, country FROM customers WHERE country = 'Germany'",
        "with o as (select 1) select * from o",
        "DELETE FROM orders",
        "drop table orders",
    ],
)
def test_sql_is_explained_and_not_read(typed: str) -> None:
    outcome = plan(typed, INDEX, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.UNSUPPORTED
    assert "SQL" in outcome.message


def test_a_sentence_that_begins_with_select_is_no_sql() -> None:
    outcome = plan("Select the names of the customers from Germany", INDEX, now=NOW)
    assert not isinstance(outcome, Refused) or "SQL" not in outcome.message


def test_the_answer_to_a_question_back_needs_no_bar() -> None:
    question = "how many flights in 2025"

    index = prepare(CATALOGS["flights"]())
    asked = plan(question, index, now=NOW)
    assert isinstance(asked, NeedsClarification)
    for option in asked.options:
        assert isinstance(plan(option.question, index, now=NOW, earlier=[question], bar=0.99), Planned)


def test_what_is_no_number_is_not_reckoned_with() -> None:
    """ "More than once" is no moment after 1, and a follow-up doesn't make an average of texts."""
    kinds = "id int!, grade text!, weight num!, weighed_on date!"
    index = prepare(Catalog((table("parcels", kinds, samples={"grade": ("p", "q")}),)))
    earlier = ["total weight by grade", "how many in 2024"]
    for question in ("average amount", "average grade", "average weighed on", "how many were weighed more than once"):
        outcome = plan(question, index, now=NOW, earlier=earlier)
        sql = outcome.sql if isinstance(outcome, Planned) else ""
        assert 'AVG("parcels"."grade' not in sql
        assert 'AVG("parcels"."weighed' not in sql
        assert '"weighed_on" > 1' not in sql


@pytest.mark.parametrize("question", ["how many VIP parcels", "how many parcels from Xanadu", "parcels of Zorblatt"])
def test_a_value_that_is_surely_not_there_is_no_answer_of_zero(question: str) -> None:
    kinds = "id int!, sender text!, weight num!"
    index = prepare(Catalog((table("parcels", kinds, samples={"sender": ("Alder", "Cobalt", "Dunmore")}),)))
    (known,) = [one for one in index.catalog.tables[0].columns if one.name == "sender"]
    assert known.samples_complete
    assert not isinstance(plan(question, index, now=NOW), Planned)
    assert isinstance(plan("how many parcels of Cobalt", index, now=NOW), Planned)


@pytest.mark.parametrize("question", ["how many cleared orders", "list the loyal customers", "glorious orders"])
def test_a_quality_that_nothing_explains_is_not_left_out(question: str) -> None:
    outcome = plan(question, prepare(shop()), now=NOW)
    assert not isinstance(outcome, Planned), outcome.sql
