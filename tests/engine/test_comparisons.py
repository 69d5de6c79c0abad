"""Comparisons with figures, in words."""

import pytest

from services.ml_gateway.engine.comparisons import find_comparisons
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize


@pytest.mark.parametrize(
    ("said", "operator", "numbers"),
    [
        ("the ones over 20", Operator.GREATER, (20.0,)),
        ("no fewer than five", Operator.AT_LEAST, (5.0,)),
        ("3 or fewer", Operator.AT_MOST, (3.0,)),
        ("between 9 and 4", Operator.BETWEEN, (4.0, 9.0)),
        ("other than 7", Operator.NOT_EQUAL, (7.0,)),
    ],
)
def test_an_operator_and_its_figures(said: str, operator: Operator, numbers: tuple[float, ...]) -> None:
    tokens = tokenize(said)
    (found,) = find_comparisons(tokens, [False] * len(tokens))
    assert (found.operator, found.numbers) == (operator, numbers)


@pytest.mark.parametrize("said", ["over the counter", "between Oslo and Bergen", "over 30 years old", "less"])
def test_without_a_figure_that_is_compared_there_is_none(said: str) -> None:
    tokens = tokenize(said)
    assert not list(find_comparisons(tokens, [False] * len(tokens)))


def test_what_is_taken_is_passed_over() -> None:
    tokens = tokenize("after 2024 and above 10")
    found = list(find_comparisons(tokens, [True, True, False, False, False]))
    assert [(one.first, one.last, one.numbers) for one in found] == [(3, 5, (10.0,))]
