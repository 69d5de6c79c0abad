"""A period beside a number is of the number's rows: who bought in 2025, and not who signed up then."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.query.model import During
from services.ml_gateway.engine.query.walking import nodes_of
from tests.engine.catalogs import shop

_INDEX = prepare(replace(shop(), dialect="sqlite"))
_NOW = datetime(2026, 11, 23, tzinfo=UTC)


def _dates(outcome: object) -> set[str]:
    assert isinstance(outcome, Planned), outcome
    return {one.field.key.name for one in nodes_of(outcome.reading) if isinstance(one, During)}


@pytest.mark.parametrize("question", ["best customer in 2025", "top 3 customers in June 2026"])
def test_the_best_in_a_period_are_so_by_what_happened_then(question: str) -> None:
    asked_back = plan(question, _INDEX, now=_NOW, timezone="UTC")
    assert isinstance(asked_back, NeedsClarification), asked_back
    for option in asked_back.options:
        outcome = plan(option.label, _INDEX, now=_NOW, timezone="UTC", earlier=(question,))
        assert _dates(outcome) == {"ordered_at"}


def test_who_came_again_in_a_period_came_more_than_once_in_it() -> None:
    outcome = plan("orders", _INDEX, now=_NOW, timezone="UTC", earlier=("repeat customers in 2025",))
    assert _dates(outcome) == {"ordered_at"}


def test_a_verb_says_of_which_date_a_period_is() -> None:
    outcome = plan("repeat customers who signed up in 2025", _INDEX, now=_NOW, timezone="UTC")
    assert not isinstance(outcome, Planned) or _dates(outcome) == {"signed_up_at"}


@pytest.mark.parametrize(
    ("earlier", "said", "told"),
    [
        ("revenue in 2025", "only Q4", "Q4 2025"),
        ("revenue in 2025", "in the first week of March", "the first week of March 2025"),
    ],
)
def test_a_period_of_the_year_that_was_spoken_of_is_told_with_that_year(earlier: str, said: str, told: str) -> None:
    outcome = plan(said, _INDEX, now=_NOW, timezone="UTC", earlier=(earlier,))
    assert isinstance(outcome, Planned), outcome
    assert any(told in one for one in outcome.interpretation.assumptions)
    assert not any("2026" in one for one in outcome.interpretation.assumptions)


@pytest.mark.parametrize(
    ("unit", "days"), [("month", "2025-10-01 to before 2025-11-01"), ("quarter", "2025-07-01 to before 2025-10-01")]
)
def test_the_same_period_last_year_is_told_as_it_is_asked(unit: str, days: str) -> None:
    outcome = plan(f"revenue last {unit} vs same {unit} last year", _INDEX, now=_NOW, timezone="UTC")
    assert isinstance(outcome, Planned), outcome
    assert any(days in one for one in outcome.interpretation.assumptions)
    assert all(one[:4] in days or one[:4] == "2026" for one in _starts(outcome))


def _starts(outcome: Planned) -> list[str]:
    return [one.start.isoformat() for one in nodes_of(outcome.reading) if isinstance(one, During) and one.start]
