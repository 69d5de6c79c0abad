"""Rows that there must not be, and conditions that say which."""

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import Compare, Exists, Not, Query
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Operator
from tests.engine.catalogs import key, table
from tests.engine.reader.labelled import queries


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("ferries", "id int!, title text!"),
                table("crossings", "id int!, ferry_id int!, weather text!",
                      samples={"weather": ("stormy", "calm")}),
            ),
            (key("crossings.ferry_id -> ferries.id"),),
            dialect="sqlite",
        )
    )  # fmt: skip


def _missing(query: Query) -> Exists | None:
    where = query.where
    return where.condition if isinstance(where, Not) and isinstance(where.condition, Exists) else None


@pytest.mark.parametrize(
    "question", ["ferries without stormy crossings", "ferries with no crossings in stormy weather"]
)
def test_a_condition_says_which_rows_are_missing(question: str, index: Index) -> None:
    labels = {"ferries": Label.SHOW, "crossings": Label.NOT, "stormy": Label.WHERE, "weather": Label.WHERE,
              "stormy weather": Label.WHERE}  # fmt: skip
    found = _missing(queries(question, labels, index)[0])
    assert found is not None
    assert isinstance(found.where, Compare)
    assert found.where.right == ("stormy",)


def test_none_that_have_so_many(index: Index) -> None:
    labels = {"ferries": Label.SHOW, "two": Label.HAVING, "crossings": Label.HAVING}
    found = [one for query in queries("ferries except those with at least two crossings", labels, index)
             if (one := _missing(query))]  # fmt: skip
    assert found
    assert isinstance(found[0].having, Compare)
    assert (found[0].having.operator, found[0].having.right) == (Operator.AT_LEAST, (2.0,))


def test_so_many_stay_so_many_where_nothing_is_negated(index: Index) -> None:
    labels = {"ferries": Label.SHOW, "two": Label.HAVING, "crossings": Label.HAVING}
    assert not any(_missing(query) for query in queries("ferries with at least two crossings", labels, index))
