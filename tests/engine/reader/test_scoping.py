"""What the words around conditions leave open: each reading is among the queries."""

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Condition,
    Either,
    Field,
    Function,
    Query,
    SetOperator,
)
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Operator
from tests.engine.catalogs import key, table
from tests.engine.reader.labelled import queries


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("lamps", "id int!, title text!, price num!, maker text!, color text!, height int!",
                      samples={"maker": ("Oris", "Veld"), "color": ("red", "green")}),
                table("repairs", "id int!, lamp_id int!, place text!, cost num!",
                      samples={"place": ("Bergen", "Lyon")}),
            ),
            (key("repairs.lamp_id -> lamps.id"),),
            dialect="sqlite",
        )
    )  # fmt: skip


def _inner(query: Query) -> Query | None:
    return query.where.right if isinstance(query.where, Compare) and isinstance(query.where.right, Query) else None


def _functions(found: list[Query]) -> list[Function]:
    return [one.show[0].function for one in found if isinstance(one.show[0], Aggregate)]


def _held(condition: Condition | None) -> object:
    return condition.right if isinstance(condition, Compare) else None


def test_whose_average_is_meant(index: Index) -> None:
    labels = {"lamps": Label.SHOW, "lamps 2": Label.CONTEXT, "price": Label.AGAINST, "oris": Label.WHERE}
    found = queries("lamps with a price above the average of lamps from Oris", labels, index)
    inner = [one for query in found if (one := _inner(query)) and one.where]
    assert _functions(inner)[:1] == [Function.AVG]
    assert _held(inner[0].where) == ("Oris",)
    assert any(isinstance(query.where, Both) for query in found)


def test_and_says_that_nothing_is_narrowed(index: Index) -> None:
    labels = {"lamps": Label.SHOW, "price": Label.AGAINST, "color": Label.WHERE, "red": Label.WHERE}
    found = queries("lamps with a price above the average and color red", labels, index)
    assert found
    assert all(isinstance(query.where, Both) for query in found)


@pytest.mark.parametrize(
    ("words", "operator", "functions"),
    [
        ("above all lamps", Operator.GREATER, [Function.MAX]),
        ("below all lamps", Operator.LESS, [Function.MIN]),
        ("above any lamps", Operator.GREATER, [Function.MIN, Function.MAX]),
    ],
)
def test_more_than_all_or_than_some(words: str, operator: Operator, functions: list[Function], index: Index) -> None:
    labels = {"lamps": Label.SHOW, "lamps 2": Label.CONTEXT, "price": Label.AGAINST, "oris": Label.WHERE}
    found = queries(f"lamps with a price {words} from Oris", labels, index)
    narrowed = [query for query in found if (one := _inner(query)) and one.where]
    assert {one.where.operator for one in narrowed if isinstance(one.where, Compare)} == {operator}
    inner = [one for query in narrowed if (one := _inner(query))]
    assert list(dict.fromkeys(_functions(inner))) == functions


def test_each_side_of_or_may_be_a_whole(index: Index) -> None:
    labels = {"lamps": Label.SHOW, "oris": Label.WHERE, "veld": Label.WHERE, "color": Label.WHERE, "red": Label.WHERE}
    found = queries("lamps either by Oris, or by Veld and in color red", labels, index)
    sides = [query.where for query in found if isinstance(query.where, Either)]
    assert sides
    assert [type(one) for one in sides[0].conditions] == [Compare, Both]


def test_values_of_one_column_need_no_sides(index: Index) -> None:
    labels = {"lamps": Label.SHOW, "oris": Label.WHERE, "veld": Label.WHERE, "color": Label.WHERE, "red": Label.WHERE}
    found = queries("lamps by Oris or Veld in color red", labels, index)
    assert not any(isinstance(query.where, Either) for query in found)


def test_a_value_that_two_rows_share(index: Index) -> None:
    labels = {"heights": Label.SHOW, "lamps": Label.CONTEXT, "bergen": Label.WHERE, "lyon": Label.WHERE}
    found = queries("heights of lamps repaired in both Bergen and Lyon", labels, index)
    assert any(query.combined and query.combined[0] is SetOperator.INTERSECT for query in found)
    assert any(isinstance(query.where, Both) for query in found)


def test_values_less_those_of_rows_that_have_some(index: Index) -> None:
    found = queries("colors of lamps without repairs", {"colors": Label.SHOW, "repairs": Label.NOT}, index)
    less = [query for query in found if query.combined and query.combined[0] is SetOperator.EXCEPT]
    assert less
    assert less[0].combined
    assert [one.table.name for one in less[0].combined[1].also] == ["repairs"]
    assert all(isinstance(one, Field) for one in less[0].show)
