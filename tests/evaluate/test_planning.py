"""What a process makes of questions, whatever the engine does."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from cli.evaluate import planning
from cli.evaluate.engines import EngineNames, chosen, loaded
from cli.evaluate.model import Kind, Question
from services.ml_gateway.engine.model import Catalog, Column, DataType, Table
from tests.evaluate.engines import broken

NOW = datetime(2026, 2, 10, tzinfo=UTC)
CATALOG = Catalog((Table("main", "boat", (Column("name", DataType.TEXT),)),), dialect="sqlite")


def _questions(*texts: str, instructions: str = "") -> list[Question]:
    return [Question(number, "x", text, instructions=instructions) for number, text in enumerate(texts)]


@pytest.fixture
def alarm() -> Iterator[None]:
    """What `begin` sets, without what would change this process for ever."""
    before = signal.signal(signal.SIGALRM, planning._late)
    yield
    signal.signal(signal.SIGALRM, before)


def test_a_fault_of_the_engine_costs_one_question_and_quotes_none() -> None:
    names = EngineNames(plan="tests.evaluate.engines:broken")
    whole, faulty, after = planning.plan_questions(names, CATALOG, _questions("a", "break", "b"), NOW).predictions
    assert (whole.reason, after.reason) == ("unsupported", "unsupported")
    assert (faulty.kind, faulty.reason) == (Kind.REFUSE, "engine_fault")
    assert faulty.message.startswith("KeyError at engines.py:")
    assert "break" not in faulty.message


def test_a_question_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch, alarm: None) -> None:
    monkeypatch.setattr(planning, "MOST_SECONDS", 0.2)
    names = EngineNames(plan="tests.evaluate.engines:endless")
    (late,) = planning.plan_questions(names, CATALOG, _questions("a"), NOW).predictions
    assert late.reason == "engine_fault"
    assert late.message.startswith("TimeoutError")


def test_an_index_is_built_once_for_each_text_of_instructions() -> None:
    many = [*_questions("boats", "boats"), *_questions("a", "b", instructions="crew means name")]
    planned = planning.plan_questions(EngineNames(), CATALOG, many, NOW)
    assert len(planned.index_ms) == 2


def test_an_engine_hears_of_what_came_before_and_of_instructions_if_it_wants_to() -> None:
    names = EngineNames(plan="tests.evaluate.engines:telling")
    asked = Question("q", "x", "third", history=("first", "second"), instructions="rules")
    (told,) = planning.plan_questions(names, CATALOG, [asked], NOW).predictions
    assert told.message == "third after first, second by rules"


def test_the_environment_may_name_another_plan() -> None:
    assert chosen({}) == EngineNames()
    names = chosen({"INFINURE_EVALUATE_PLAN": "tests.evaluate.engines:broken"})
    found: object = loaded(names).plan
    assert found is broken
