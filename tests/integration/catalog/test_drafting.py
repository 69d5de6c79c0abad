"""First models read from catalogs: what comments say, abbreviations, figures, dates, keys; and what is left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.integration.catalog.abbreviations import spelled_out
from services.integration.catalog.comments import other_names, spelled_values
from services.integration.catalog.drafting import drafted
from services.integration.catalog.meaning import checked
from services.integration.catalog.model import Catalog, Column, ColumnType, Relationship, Table
from services.integration.catalog.roles import with_roles
from services.integration.catalog.semantic_terms import Metric, SemanticModel, TableMeaning
from services.integration.catalog.semantic_yaml import rendered

WHOLE, TEXT, DAY, DECIMAL = ColumnType.INTEGER, ColumnType.TEXT, ColumnType.DATE, ColumnType.DECIMAL


def column(name: str, kind: ColumnType, **more: Any) -> Column:
    return Column(name, kind, kind.value, **more)


def catalog(*tables: Table, links: tuple[Relationship, ...] = (), dialect: str = "postgres") -> Catalog:
    return Catalog(dialect, datetime(2026, 1, 1, tzinfo=UTC), tuple(with_roles(one, links) for one in tables), links)


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("Guests (also known as visitors or patrons).", ("visitors", "patrons")),
        ("Stock on hand. AKA inventory", ("inventory",)),
        ("Synonyms: fare, ticket price", ("fare", "ticket price")),
        ("Also calls at other ports", ()),
        ("", ()),
        ("also called a very long story that nobody would ever say for it", ()),
    ],
)
def test_other_names_are_read_from_comments(comment: str, names: tuple[str, ...]) -> None:
    assert other_names(comment) == names


@pytest.mark.parametrize(
    ("comment", "values"),
    [
        ("1 = open, 2 = closed", (("1", "open"), ("2", "closed"))),
        ("State: 'A' -> active; 'X' -> struck off", (("A", "active"), ("X", "struck off"))),
        ("The rate is 1 = full", ()),
        ("Distance in km", ()),
    ],
)
def test_meanings_of_values_are_read_from_comments(comment: str, values: tuple[tuple[str, str], ...]) -> None:
    found = dict(spelled_values(comment))
    assert {value: found.get(value) for value, _ in values} == dict(values)
    assert bool(found) == bool(values)


@pytest.mark.parametrize(
    ("name", "words", "spelled"),
    [
        ("cust_addr", "customer address", True),
        ("OrdQty", "order quantity", True),
        ("customer", "customer", False),
        ("exp", "exp", False),  # expiry, expense, experience
    ],
)
def test_abbreviations_are_spelled_out(name: str, words: str, spelled: bool) -> None:
    assert spelled_out(name) == (words, spelled)


def test_figures_are_of_what_happened_and_say_which_way_is_good() -> None:
    rentals = Table(
        "public",
        "rentals",
        (
            column("id", WHOLE),
            column("rented_on", DAY),
            column("Total Revenue", DECIMAL),
            column("repair_cost", DECIMAL),
            column("speed", DECIMAL),
            column("latitude", DECIMAL),
            column("salary", DECIMAL, sensitive=True),
        ),
        primary_key=("id",),
    )
    lookup = Table("public", "kinds", (column("id", WHOLE), column("amount", DECIMAL)), primary_key=("id",))
    draft = drafted(catalog(rentals, lookup), SemanticModel(currency="EUR"))
    assert {one.name: (one.expression, one.better, one.format.kind) for one in draft.model.metrics} == {
        "number_of_rentals": ("count(*)", "neither", "integer"),
        "total_revenue": ('sum("Total Revenue")', "higher", "currency"),
        "total_repair_cost": ("sum(repair_cost)", "lower", "currency"),
        "average_speed": ("avg(speed)", "neither", "number"),
    }
    assert checked(rendered(draft.model), catalog(rentals, lookup)) == draft.model


def test_what_is_said_already_stays() -> None:
    trips = Table("public", "trip_txn", (column("id", WHOLE), column("at", DAY), column("amt", DECIMAL)))
    current = SemanticModel(
        tables=(TableMeaning("trip_txn", label="Journeys"),),
        metrics=(Metric("takings", "Takings", table="trip_txn", expression="SUM(amt)"),),
    )
    draft = drafted(catalog(trips), current)
    assert draft.model.tables[0].label == "Journeys"
    assert [metric.name for metric in draft.model.metrics] == ["takings", "number_of_trip_transaction"]
    assert drafted(catalog(trips), draft.model).suggestions == ()


def test_of_several_dates_the_likeliest_is_proposed() -> None:
    table = Table("public", "calls", (column("planned", DAY), column("call_date", DAY), column("updated_at", DAY)))
    draft = drafted(catalog(table), SemanticModel())
    (meaning,) = draft.model.tables
    assert (meaning.date, [one.name for one in meaning.columns if one.hidden]) == ("call_date", ["updated_at"])


def test_unsure_keys_are_told_but_not_taken() -> None:
    def key(name: str, confidence: float) -> Relationship:
        return Relationship(
            "public", "stops", (name,), "public", "lines", ("id",), inferred=True, confidence=confidence
        )

    tables = (
        Table("public", "stops", (column("a", WHOLE), column("b", WHOLE), column("c", WHOLE))),
        Table("public", "lines", (column("id", WHOLE),), primary_key=("id",)),
    )
    declared = Relationship("public", "stops", ("c",), "public", "lines", ("id",))
    draft = drafted(catalog(*tables, links=(key("a", 0.65), key("b", 0.95), declared)), SemanticModel())
    assert [link.from_column for link in draft.model.relationships] == ["b"]
    assert [(one.included, one.confidence) for one in draft.suggestions] == [(True, 0.95), (False, 0.65)]


def test_no_value_of_a_sensitive_column_and_no_name_that_a_model_cant_write() -> None:
    people = Table(
        "public",
        "people",
        (
            column("mail", TEXT, sensitive=True, description="a@x.test = Ann, b@x.test = Bob", samples=()),
            column("kind", TEXT, description="1 = one, 2 = two", samples=("1",)),
        ),
    )
    odd = Table("public", "odd.name", (column("qty", WHOLE), column("at", DAY)))
    draft = drafted(catalog(people, odd), SemanticModel())
    assert "x.test" not in rendered(draft.model)
    (table,) = draft.model.tables
    assert {one.name: one.values for one in table.columns} == {"kind": (("1", ("one",)),)}
    assert draft.model.metrics == ()


def test_a_draft_of_a_large_catalog_stays_within_a_models_bounds() -> None:
    tables = [
        Table("public", f"txn_{n}", (column("id", WHOLE), column("at", DAY), column("amt", DECIMAL)))
        for n in range(700)
    ]
    draft = drafted(catalog(*tables), SemanticModel())
    assert (len(draft.model.tables), len(draft.model.metrics)) == (500, 200)
