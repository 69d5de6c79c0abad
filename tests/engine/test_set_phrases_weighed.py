"""What only the reader of set phrases knows isn't held back, or outvoted, by rules that know none of them."""

import pytest

from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Field, Function, Ordering, Query, Rows
from services.ml_gateway.engine.weighing import Second, in_the_light_of, same

_ORDERS = TableKey("public", "orders")
_REGION, _TOWN = Field(ColumnKey(_ORDERS, "region")), Field(ColumnKey(_ORDERS, "town"))


@pytest.mark.parametrize("sure", [0.1, 0.5, 0.9, 1.0])
def test_rules_that_cannot_hear_a_phrase_say_nothing_of_it(sure: float) -> None:
    assert in_the_light_of(sure, Second.DEAF, business=True) == sure
    assert in_the_light_of(sure, Second.NONE, business=True) < sure


def test_the_best_of_each_are_not_the_best_of_all() -> None:
    number = Aggregate(Function.COUNT, Rows(_ORDERS))
    best = Query(show=(_REGION, _TOWN, number), group=(_REGION, _TOWN), order=(Ordering(number, True),), limit=2)
    of_each = Query(show=best.show, group=best.group, order=best.order, limit=best.limit, per=(_REGION,))

    assert same(best, best)
    assert not same(best, of_each)
