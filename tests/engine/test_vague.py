"""Questions that name no number, and no list: nothing is picked for the asker, and what there is, is told."""

import pytest

from services.ml_gateway.engine import Index, Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import RefusalReason
from tests.engine.catalogs import clinic, shop, table
from tests.engine.data import NOW

_SHOP, _CLINIC = prepare(shop()), prepare(clinic())


@pytest.mark.parametrize("index", [_SHOP, _CLINIC], ids=["shop", "clinic"])
@pytest.mark.parametrize(
    "said",
    ["how is business", "how are we doing?", "any news?", "what's new", "how did we do last month", "how are things",
     "how is business in Germany", "anything interesting?", "what happened last week", "give me an overview"],
)  # fmt: skip
def test_how_things_go_is_no_number(said: str, index: Index) -> None:
    outcome = plan(said, index, now=NOW)
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.NOT_A_DATA_QUESTION
    assert not outcome.words
    assert any(isinstance(plan(one, index, now=NOW), Planned) for one in outcome.suggestions)


@pytest.mark.parametrize(
    "said", ["how is revenue doing", "how did orders develop by month", "how many customers are there"]
)
def test_what_names_a_number_is_not_vague(said: str) -> None:
    outcome = plan(said, _SHOP, now=NOW)
    assert isinstance(outcome, Planned) or outcome.reason is not RefusalReason.NOT_A_DATA_QUESTION  # type: ignore[union-attr]


def test_news_that_there_are_may_be_asked_for() -> None:
    index = prepare(Catalog((table("news", "id int!, headline text!"), table("readers", "id int!, name text!"))))
    outcome = plan("any news", index, now=NOW)
    assert not isinstance(outcome, Refused) or "names nothing" not in outcome.message


@pytest.mark.parametrize(
    ("said", "index", "offered"),
    [
        ("average order", _SHOP, "average order value"),
        ("what is the average order?", _SHOP, "average order value"),
        ("average order by country", _SHOP, "average order value by country"),
        ("average doctor", _CLINIC, "average salary"),
        ("highest visit", _CLINIC, "highest fee"),
    ],
)
def test_the_numbers_that_there_are_are_offered(said: str, index: Index, offered: str) -> None:
    outcome = plan(said, index, now=NOW)
    assert isinstance(outcome, Refused)
    assert "number" in outcome.message
    assert outcome.suggestions[0] == offered
    assert isinstance(plan(offered, index, now=NOW, bar=0.5), Planned)


def test_what_has_no_number_says_so() -> None:
    outcome = plan("average customer", _SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert "customers have none" in outcome.message


@pytest.mark.parametrize(
    "said", ["why not", "why did revenue drop last month?", "what explains the drop in revenue", "how come"]
)
def test_causes_are_not_explained(said: str) -> None:
    outcome = plan(said, _SHOP, now=NOW)
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.words) == (RefusalReason.UNSUPPORTED, ())
    assert "causes" in outcome.message
