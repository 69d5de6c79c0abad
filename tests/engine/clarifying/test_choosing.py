"""What is chosen of the options is answered as it was offered: by its words, its number, its id, now and later."""

from __future__ import annotations

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, Refused, plan, prepare
from services.ml_gateway.engine.clarifying.asking import LEAST, among, unsure
from services.ml_gateway.engine.clarifying.offering import Offered, offered
from services.ml_gateway.engine.clarifying.pinned import CHOSEN, pinned
from services.ml_gateway.engine.reader.planning import Understood
from tests.engine.clarifying.orchard import CATALOG, INDEX, NOW, SCHEMA, as_if, read

_QUESTIONS = (
    "average price of deliveries by apple",
    "names of growers in Bolzano with deliveries over 5 kg",
    "which apple has the most deliveries?",
    "names and towns of the buyers who bought Fuji",
    "apples that failed an inspection",
)


def _offered(found: Understood) -> Offered | None:
    return offered(found, INDEX, SCHEMA)


@pytest.mark.parametrize("question", _QUESTIONS)
def test_each_option_is_answered_by_the_sql_that_was_offered(question: str) -> None:
    found = _offered(read(question))
    assert found
    asked: list[str] = []
    for option, made in zip(found.clarification.options, found.made, strict=True):
        taken = pinned(option.question, read, _offered)
        assert taken
        assert taken.made
        assert taken.made.sql == made.sql
        assert taken.sure >= CHOSEN
        outcome = plan(option.question, INDEX, now=NOW, bar=CHOSEN + 0.04)
        assert isinstance(outcome, Planned)
        assert outcome.sql == made.sql
        for meaning in outcome.interpretation.meanings:
            assert option.question[meaning.start : meaning.end] == meaning.text
        asked.append(option.question)
    assert len(set(asked)) == len(asked)


def _asked_back() -> tuple[str, NeedsClarification]:
    """A question that is asked back by its readings, at a bar that nothing passes."""
    for question in _QUESTIONS:
        outcome = plan(question, INDEX, now=NOW, bar=1.0)
        if isinstance(outcome, NeedsClarification) and outcome.options[0].question.startswith(f"{question} ("):
            return question, outcome
    raise AssertionError("nothing is asked back")


def test_an_option_may_be_typed() -> None:
    question, asked = _asked_back()
    for number, option in enumerate(asked.options, start=1):
        wanted = plan(option.question, INDEX, now=NOW)
        assert isinstance(wanted, Planned)
        for said in (
            option.question,
            str(number),
            option.label,
            option.id,
            ("the first", "the second")[min(number, 2) - 1],
        ):
            if said.startswith("the") and number > 2:
                continue
            found = plan(said, INDEX, now=NOW, earlier=[question], bar=1.0)
            assert isinstance(found, Planned), said
            assert found.sql == wanted.sql


def test_a_follow_up_leans_on_what_was_chosen() -> None:
    question, sure = _surely_read()
    asked = plan(question, INDEX, now=NOW, bar=sure + 0.001)
    assert isinstance(asked, NeedsClarification)
    answers = [
        plan("sort them by town", INDEX, now=NOW, earlier=[question, said], bar=sure + 0.001)
        for option in asked.options[:2]
        for said in (option.question, option.label)
    ]
    sql = [one.sql for one in answers if isinstance(one, Planned)]
    assert len(sql) == len(answers)
    assert sql[::2] == sql[1::2]
    assert all("ORDER BY" in one for one in sql)
    assert len(set(sql)) > 1


def _surely_read() -> tuple[str, float]:
    """The question that is asked back at the lowest bar, and how sure its likeliest reading is."""
    found = []
    for question in _QUESTIONS:
        best = plan(question, INDEX, now=NOW, bar=0.0)
        asked = plan(question, INDEX, now=NOW, bar=1.0)
        if isinstance(best, Planned) and isinstance(asked, NeedsClarification):
            found.append((best.confidence, question))
    sure, question = min(found)
    return question, sure


def test_the_same_readings_have_the_same_ids_over_a_catalog_that_was_prepared_again() -> None:
    question, asked = _asked_back()
    again = plan(question, prepare(CATALOG), now=NOW, bar=1.0)
    assert again == asked


def test_brackets_that_name_no_option_are_words_of_the_question() -> None:
    assert pinned("how many deliveries (in boxes)", read, _offered) is None
    assert pinned("(how many deliveries)", read, _offered) is None
    assert pinned("how many deliveries ()", read, _offered) is None


_ONE, _OTHER = ("SELECT name FROM growers", 0.5), ("SELECT town FROM growers", 0.4)


def test_asked_back_only_where_that_is_likely_to_help() -> None:
    likely = unsure(as_if("names of growers", _ONE, _OTHER), INDEX, SCHEMA)
    assert isinstance(likely, NeedsClarification)
    assert likely.confidence >= LEAST
    assert isinstance(unsure(as_if("names of growers", _ONE, _OTHER, sure=0.05), INDEX, SCHEMA), Refused)
    assert among(0.6, 0.9, 0) > among(0.3, 0.9, 0)
    assert among(0.6, 0.9, 0) > among(0.6, 0.5, 0)


def test_a_word_that_nothing_explains_is_named() -> None:
    asked = unsure(as_if("names of the growers zorbing", _ONE, _OTHER, sure=0.7), INDEX, SCHEMA)
    assert isinstance(asked, NeedsClarification)
    assert "zorbing" in asked.message
    refused = unsure(as_if("names of the growers zorbing along flurbish", _ONE, _OTHER, sure=0.7), INDEX, SCHEMA)
    assert isinstance(refused, Refused)
    assert {"zorbing", "flurbish"} <= set(refused.words)


@pytest.mark.parametrize(
    "question",
    [
        "how are you today",
        "what is the capital of France?",
        "who wrote Hamlet",
        "tell me a joke",
        "how many elephants live in Kenya?",
        "what will the weather be like tomorrow",
        "thank you very much",
    ],
)
def test_what_is_no_question_about_the_data_is_refused(question: str) -> None:
    assert isinstance(plan(question, INDEX, now=NOW), Refused)
