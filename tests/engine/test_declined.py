"""Why there is no answer is told: what isn't there, what can't be made of a figure, and what is no question at all."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Refused, plan, prepare
from services.ml_gateway.engine.outcome import ClarificationKind, RefusalReason
from tests.engine.catalogs import shop
from tests.engine.data import NOW
from tests.engine.trades import freight, staffing

SHOP = prepare(shop())


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("customers in Atlantis", "Atlantis"),
        ("orders from Utopia", "Utopia"),
        ("sales of Foobar by month", "Foobar"),
        ("revenue in Atlantis", "Atlantis"),
        ("average hat size of customers", "size"),
    ],
)
def test_what_is_not_there_is_named(question: str, word: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert outcome.reason is RefusalReason.NO_SUCH_DATA
    assert word in outcome.words
    assert f"“{word}”" in outcome.message


@pytest.mark.parametrize(
    ("question", "word"), [("average revenue by month", "average"), ("highest revenue", "highest")]
)
def test_of_a_figure_no_other_is_made(question: str, word: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert outcome.reason is RefusalReason.UNSUPPORTED
    assert outcome.words == (word,)


@pytest.mark.parametrize(
    "said",
    ["how old are you", "hello, how is it going?", "i like you", "are you a robot?", "do you like music", "what's up",
     "tell me a joke", "what is the weather in Paris"],
)  # fmt: skip
def test_small_talk_is_no_question_about_data(said: str) -> None:
    outcome = plan(said, SHOP, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert outcome.reason is RefusalReason.NOT_A_DATA_QUESTION
    assert outcome.suggestions


@pytest.mark.parametrize(
    ("question", "catalog", "labels"),
    [
        ("price by category", shop, {"total unit price", "average unit price"}),
        ("salary by department", staffing, {"total salary", "average salary"}),
        ("weight by carrier", freight, {"total weight (kg)", "average weight (kg)"}),
    ],
)
def test_which_number_is_meant_is_asked_back(question: str, catalog: object, labels: set[str]) -> None:
    assert callable(catalog)
    outcome = plan(question, prepare(catalog()), now=NOW)
    assert isinstance(outcome, NeedsClarification), outcome
    assert outcome.kind is ClarificationKind.AGGREGATE
    assert {option.label for option in outcome.options} == labels


def test_which_of_several_amounts_is_meant_is_asked_back() -> None:
    outcome = plan("total amount", SHOP, now=NOW)
    assert isinstance(outcome, NeedsClarification), outcome
    assert outcome.kind is ClarificationKind.COLUMN
    assert {option.label for option in outcome.options} == {
        "payment amount", "refund amount", "marketing spend amount",
    }  # fmt: skip
