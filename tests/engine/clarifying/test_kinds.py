"""What a question back is about, how its options are told, and what they are called for programs."""

from __future__ import annotations

import pytest

from services.ml_gateway.engine.clarifying.offering import offered
from services.ml_gateway.engine.clarifying.sameness import gist
from services.ml_gateway.engine.outcome import ClarificationKind as Kind
from tests.engine.clarifying.orchard import INDEX, SCHEMA, as_if, asks

_NAMES = "SELECT name FROM growers"
_HEAVIEST = "SELECT apple FROM deliveries ORDER BY weight_kg DESC LIMIT 1"


@pytest.mark.parametrize(
    ("one", "other", "kind", "labels", "ids"),
    [
        (
            "SELECT COUNT(*) FROM deliveries WHERE picked_on >= '2025-01-01' AND picked_on < '2026-01-01'",
            "SELECT COUNT(*) FROM deliveries WHERE delivered_on >= '2025-01-01' AND delivered_on < '2026-01-01'",
            None,
            ["picked on", "delivered on"],
            None,
        ),
        (
            "SELECT SUM(weight_kg) FROM deliveries",
            "SELECT SUM(price) FROM deliveries",
            Kind.COLUMN,
            ["weight (kg)", "price"],
            ["column:public.deliveries.weight_kg", "column:public.deliveries.price"],
        ),
        (
            "SELECT T1.name FROM growers AS T1 JOIN deliveries AS T2 ON T1.id = T2.grower_id",
            "SELECT T1.name FROM buyers AS T1 JOIN deliveries AS T2 ON T1.id = T2.buyer_id",
            None,
            None,
            None,
        ),
        (
            "SELECT id FROM deliveries WHERE apple = 'Gala'",
            "SELECT id FROM deliveries WHERE apple = 'Fuji'",
            Kind.CONDITION,
            ["apple is “Gala”", "apple is “Fuji”"],
            None,
        ),
        (
            "SELECT T2.id FROM growers AS T1 JOIN deliveries AS T2 ON T1.id = T2.grower_id WHERE T1.town = 'Bolzano'",
            "SELECT T2.id FROM growers AS T1 JOIN deliveries AS T2 ON T1.id = T2.grower_id WHERE T1.name = 'Bolzano'",
            Kind.VALUE,
            ["town “Bolzano”", "name “Bolzano”"],
            ["value:public.growers.town.Bolzano", "value:public.growers.name.Bolzano"],
        ),
        (
            "SELECT COUNT(*) FROM deliveries",
            "SELECT SUM(weight_kg) FROM deliveries",
            Kind.MEASURE,
            ["number of deliveries", "total weight (kg)"],
            ["aggregate:count:public.deliveries", "aggregate:sum:public.deliveries.weight_kg"],
        ),
        (
            "SELECT AVG(price) FROM deliveries",
            "SELECT SUM(price) FROM deliveries",
            Kind.AGGREGATE,
            ["average price", "total price"],
            ["aggregate:avg:public.deliveries.price", "aggregate:sum:public.deliveries.price"],
        ),
        (
            "SELECT id FROM deliveries WHERE price > 5",
            "SELECT id FROM deliveries WHERE price >= 5",
            Kind.CONDITION,
            ["price over 5", "price at least 5"],
            None,
        ),
        (
            "SELECT id FROM deliveries WHERE price > 5",
            "SELECT id FROM deliveries",
            Kind.CONDITION,
            ["only where price over 5", "whether or not price over 5"],
            None,
        ),
        (
            "SELECT name FROM growers",
            "SELECT name, town FROM growers",
            Kind.SHOWN,
            ["name", "name and town"],
            None,
        ),
        (
            "SELECT COUNT(*), apple FROM deliveries GROUP BY apple",
            "SELECT COUNT(*) FROM deliveries",
            Kind.GROUP,
            ["by apple", "in all"],
            None,
        ),
        (
            "SELECT apple FROM deliveries",
            "SELECT DISTINCT apple FROM deliveries",
            Kind.EQUAL_ROWS,
            ["each row", "equal rows once"],
            ["rows:each", "rows:once"],
        ),
        (
            "SELECT apple FROM deliveries ORDER BY price DESC LIMIT 3",
            "SELECT apple FROM deliveries ORDER BY price LIMIT 3",
            Kind.ORDER,
            ["by price, largest first", "by price, smallest first"],
            None,
        ),
        (
            "SELECT apple FROM deliveries ORDER BY price DESC LIMIT 1",
            "SELECT apple FROM deliveries ORDER BY price DESC LIMIT 3",
            Kind.LIMIT,
            ["only the first", "the first 3"],
            ["limit:1", "limit:3"],
        ),
        (
            _HEAVIEST,
            "SELECT apple FROM deliveries WHERE weight_kg = (SELECT MAX(weight_kg) FROM deliveries)",
            Kind.LIMIT,
            ["only the first", "all that are equal"],
            None,
        ),
        (
            "SELECT COUNT(*) FROM deliveries WHERE price > 5",
            "SELECT name FROM growers WHERE town = 'Bolzano'",
            Kind.READING,
            ["number of deliveries, where price over 5", "name of growers, where town is “Bolzano”"],
            None,
        ),
    ],
)
def test_what_sets_readings_apart(
    one: str, other: str, kind: Kind | None, labels: list[str] | None, ids: list[str] | None
) -> None:
    found = offered(as_if("deliveries of growers", (one, 0.5), (other, 0.4)), INDEX, SCHEMA)
    assert found
    told = found.clarification
    assert kind in (told.kind, None)
    if labels is not None:
        assert [option.label for option in told.options] == labels
    if ids is not None:
        assert [option.id for option in told.options] == ids
    assert len({option.id for option in told.options}) == len(told.options) == len(found.made)
    turned = offered(as_if("names", (other, 0.5), (one, 0.4)), INDEX, SCHEMA)
    assert turned
    assert {option.id for option in turned.clarification.options} == {option.id for option in told.options}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT name, town FROM growers", "SELECT town, name FROM growers"),
        ("SELECT id, name FROM growers", "SELECT DISTINCT id, name FROM growers"),
        ("SELECT COUNT(*) FROM growers", "SELECT COUNT(id) FROM growers"),
        ("SELECT COUNT(*) FROM growers", "SELECT COUNT(*) FROM growers LIMIT 1"),
        (
            "SELECT id FROM deliveries WHERE price > 5 AND apple = 'Gala'",
            "SELECT id FROM deliveries WHERE apple = 'Gala' AND price > 5",
        ),
        (
            "SELECT T1.id FROM growers AS T1 JOIN deliveries AS T2 ON T1.id = T2.grower_id WHERE T2.price > 5",
            "SELECT T2.grower_id FROM growers AS T1 JOIN deliveries AS T2 ON T1.id = T2.grower_id WHERE T2.price > 5",
        ),
    ],
)
def test_the_same_said_otherwise_is_not_offered_twice(one: str, other: str) -> None:
    assert gist(asks(one), INDEX) == gist(asks(other), INDEX)
    alone = offered(as_if("growers", (one, 0.5), (other, 0.4)), INDEX, SCHEMA)
    assert alone
    assert len(alone.clarification.options) == 1
    found = offered(as_if("growers", (one, 0.3), (_HEAVIEST, 0.35), (other, 0.25)), INDEX, SCHEMA)
    assert found
    assert len(found.clarification.options) == 2
    assert found.clarification.options[0].label != found.clarification.options[1].label
    assert found.share == pytest.approx(0.9)
    assert "deliveries" not in found.made[0].sql.split("WHERE")[0] or one.startswith(("SELECT id FROM d", "SELECT T1"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT apple FROM deliveries", "SELECT DISTINCT apple FROM deliveries"),
        ("SELECT COUNT(*) FROM growers", "SELECT COUNT(DISTINCT town) FROM growers"),
        (
            "SELECT id FROM growers WHERE id NOT IN (SELECT grower_id FROM deliveries)",
            "SELECT id FROM growers WHERE id IN (SELECT grower_id FROM deliveries)",
        ),
    ],
)
def test_what_gives_other_rows_is_something_else(one: str, other: str) -> None:
    assert gist(asks(one), INDEX) != gist(asks(other), INDEX)


def test_the_likeliest_comes_first_and_what_nobody_means_is_left_out() -> None:
    found = offered(
        as_if("growers", (_NAMES, 0.5), ("SELECT town FROM growers", 0.3), (_HEAVIEST, 0.02)), INDEX, SCHEMA
    )
    assert found
    assert [option.label for option in found.clarification.options] == ["name", "town"]


def test_no_more_than_four() -> None:
    columns = ("apple", "price", "weight_kg", "picked_on", "delivered_on", "buyer_id")
    several = [(f"SELECT {name} FROM deliveries", 0.15) for name in columns]
    found = offered(as_if("deliveries", *several), INDEX, SCHEMA)
    assert found
    assert len(found.clarification.options) == 4


def test_a_small_difference_waits_for_the_large_one() -> None:
    found = offered(
        as_if(
            "apples",
            ("SELECT apple FROM deliveries", 0.4),
            ("SELECT DISTINCT apple FROM deliveries", 0.3),
            ("SELECT price FROM deliveries", 0.25),
        ),
        INDEX,
        SCHEMA,
    )
    assert found
    assert found.clarification.kind is Kind.COLUMN
    assert [option.label for option in found.clarification.options] == ["apple", "price"]
