"""What was said is taken back: another thing was meant, it is given up, or the answer before is wanted again."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, Refused, plan, prepare
from services.ml_gateway.engine.dialog.turning_back import corrected, drops, goes_back
from services.ml_gateway.engine.outcome import RefusalReason
from tests.engine.catalogs import shop
from tests.engine.data import NOW
from tests.engine.dialog.library import library

_LIBRARY, _SHOP = prepare(library()), prepare(shop())


def _sql(said: str, *earlier: str) -> str:
    outcome = plan(said, _LIBRARY, now=NOW, earlier=earlier)
    assert isinstance(outcome, Planned), outcome
    return outcome.sql


@pytest.mark.parametrize("said", ["go back", "Undo that.", "back to the previous one please", "take that back", "undo"])
def test_the_answer_before_is_given_again(said: str) -> None:
    first = ["members in Bristol", "what about Cardiff"]
    assert _sql(said, *first) == _sql(*first[:1])
    assert _sql("how many of them", *first, said) == _sql("how many of them", *first[:1])


def test_one_may_go_back_several_times_and_over_new_topics() -> None:
    said = ["members in Bristol", "what about Cardiff", "how many books are there", "go back"]
    assert _sql("go back", *said[:3]) == _sql(said[1], said[0])
    assert _sql("go back", *said) == _sql(said[0])


def test_nothing_is_before_the_first_answer() -> None:
    for earlier in ([], ["members in Bristol"], ["members in Bristol", "undo"]):
        outcome = plan("go back", _LIBRARY, now=NOW, earlier=earlier)
        assert isinstance(outcome, Refused)
        assert "no answer before" in outcome.message


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("no, I meant Cardiff", "members in Cardiff"),
        ("sorry, Cardiff", "members in Cardiff"),
        ("no, that's wrong, how many books are there?", "how many books are there?"),
        ("never mind, show me the number of books by genre", "show me the number of books by genre"),
    ],
)
def test_another_thing_was_meant(said: str, meant: str) -> None:
    assert _sql(said, "members in Bristol") == _sql(meant)


def test_a_word_that_denies_is_no_correction() -> None:
    for said in ("no members", "not the crime ones", "wait times by clinic", "no-show rate by month"):
        assert corrected(said) == said


def test_what_is_given_up_changes_nothing() -> None:
    outcome = plan("never mind", _LIBRARY, now=NOW, earlier=["members in Bristol"])
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.NOT_A_DATA_QUESTION
    assert _sql("how many of them", "members in Bristol", "never mind") == _sql(
        "how many of them", "members in Bristol"
    )


@pytest.mark.parametrize(
    "said", ["last year", "the previous month", "show the others", "cancelled orders", "the last one"]
)
def test_what_asks_for_something_neither_drops_nor_goes_back(said: str) -> None:
    assert not drops(said)
    assert not goes_back(said)


def _chosen(said: str, *earlier: str) -> Planned:
    outcome = plan(said, _SHOP, now=NOW, earlier=earlier)
    assert isinstance(outcome, Planned), outcome
    return outcome


def test_a_question_back_waits_for_its_answer() -> None:
    asked = plan("top customers", _SHOP, now=NOW)
    assert isinstance(asked, NeedsClarification)
    label = asked.options[1].label
    at_once = _chosen("the second one", "top customers")
    assert _chosen("2", "top customers", "thanks", "why?").sql == at_once.sql
    assert _chosen(label, "top customers", "tell me a joke").sql == at_once.sql


def test_the_other_option_may_have_been_meant() -> None:
    first, second = (_chosen(said, "top customers") for said in ("the first", "the second"))
    assert first.sql != second.sql
    assert _chosen("no, the second one", "top customers", "the first").sql == second.sql


def test_an_answer_is_told_in_its_own_words() -> None:
    said = "the second one, please"
    asked = plan("top customers", _SHOP, now=NOW)
    assert isinstance(asked, NeedsClarification)
    (meant,) = _chosen(said, "top customers").interpretation.meanings
    assert (said[meant.start : meant.end], meant.meaning) == (said, asked.options[1].label)


TOP = "top customers"


@pytest.mark.parametrize("said", ["neither", "both", "no", "none of these", "No."])
def test_no_option_keeps_the_question_back_open(said: str) -> None:
    made = _SHOP
    asked = plan(TOP, made, now=NOW)
    assert isinstance(asked, NeedsClarification)
    told = plan(said, made, now=NOW, earlier=[TOP])
    assert isinstance(told, Refused)
    assert all(option.label in told.message for option in asked.options)
    assert isinstance(plan("number of orders", made, now=NOW, earlier=[TOP, said]), Planned)


def test_a_slip_or_a_period_beside_an_option_keeps_the_question() -> None:
    made = _SHOP
    right = plan("number of orders", made, now=NOW, earlier=[TOP])
    slip = plan("nummber of orders", made, now=NOW, earlier=[TOP])
    assert isinstance(right, Planned)
    assert isinstance(slip, Planned)
    assert slip.sql == right.sql
    dated = plan("by revenue in 2024", made, now=NOW, earlier=[TOP])
    assert isinstance(dated, Planned)
    assert all(part in dated.sql for part in ("customers", "2024", "LIMIT"))
