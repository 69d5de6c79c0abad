"""A semantic model held to a catalog: what can't be so is told, in each dialect; what is gone takes no part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.integration.catalog.meaning import applied, checked, with_meaning
from services.integration.catalog.model import Catalog, Column, ColumnType, Relationship, Table
from services.integration.catalog.semantic_checks import stale, wrong
from services.integration.catalog.semantic_model import parse
from services.integration.catalog.strict_yaml import InvalidYaml

HOMES = {"postgres": "public", "sqlite": "main", "duckdb": "main", "mysql": "fleet", "clickhouse": "fleet"}
DIALECTS = pytest.mark.parametrize("dialect", HOMES)


def catalog(dialect: str) -> Catalog:
    home = HOMES[dialect]

    def table(called: str, **columns: ColumnType) -> Table:
        made = tuple(Column(one, kind, kind.value) for one, kind in columns.items())
        return Table(home, called, (*made, Column("Gross Fare", ColumnType.DECIMAL, "decimal(10,2)")))

    def link(start: str, column: str, end: str) -> Relationship:
        return Relationship(home, start, (column,), home, end, ("id",))

    whole, text, day = ColumnType.INTEGER, ColumnType.TEXT, ColumnType.DATE
    return Catalog(
        dialect,
        datetime(2026, 1, 1, tzinfo=UTC),
        (
            table("rides", id=whole, driver_id=whole, km=whole, state=text, ended_on=day),
            table("drivers", id=whole, town_id=whole, name=text),
            table("towns", id=whole, name=text, founded=day),
            table("alone", id=whole, name=text),
        ),
        (link("rides", "driver_id", "drivers"), link("drivers", "town_id", "towns")),
    )


def of_metric(expression: str, **more: str) -> str:
    lines = "".join(f'\n    {key}: "{value}"' for key, value in more.items())
    return f"version: 1\nmetrics:\n  m:\n    table: rides\n    expression: {expression}{lines}\n"


def told(text: str, dialect: str) -> list[str]:
    return [f"{one.path}: {one.message}" for one in wrong(parse(text, dialect), catalog(dialect))]


@DIALECTS
def test_good_metrics_pass(dialect: str) -> None:
    quoted = {"mysql": "`Gross Fare`", "clickhouse": "`Gross Fare`"}.get(dialect, '"Gross Fare"')
    assert told(of_metric(f"'sum({quoted}) / count(*)'"), dialect) == []
    assert (
        told(of_metric("sum(km)", filter="rides.state = 'x' AND towns.name <> 'y'", time="towns.founded"), dialect)
        == []
    )
    assert told(of_metric("count(DISTINCT driver_id)", time="ended_on"), dialect) == []


@DIALECTS
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            of_metric("sum(load_extension(state))"),
            "metrics.m.expression: LOAD_EXTENSION: this function isn't on the list",
        ),
        (of_metric("sum(km)", filter="sleep(km) = 1"), "metrics.m.filter: SLEEP: this function isn't on the list"),
        (
            of_metric("sum(km)", filter="alone.name = 'x'"),
            'metrics.m.filter: names a table that rows of "rides" don\'t',
        ),
        (of_metric("sum(km)", time="alone.id"), 'metrics.m.time: "id" holds no dates'),
        (of_metric("sum(km)", time="state"), 'metrics.m.time: "state" holds no dates'),
        ("version: 1\ntables: {rides: {date: km}}", 'tables.rides.date: "km" holds no dates: its type is integer'),
    ],
)
def test_what_cant_be_is_told(dialect: str, text: str, says: str) -> None:
    assert any(one.casefold().startswith(says.casefold()) for one in told(text, dialect)), told(text, dialect)


@pytest.mark.parametrize(("dialect", "problems"), [("postgres", 1), ("clickhouse", 1), ("sqlite", 0), ("mysql", 0)])
def test_keys_of_values_that_are_never_equal_are_told(dialect: str, problems: int) -> None:
    text = "version: 1\nrelationships: [{from: rides.state, to: towns.id}]"
    assert len(told(text, dialect)) == problems


def test_a_table_under_two_names_is_told() -> None:
    text = "version: 1\ntables:\n  rides: {label: A}\n  public.rides: {label: B}\n"
    with pytest.raises(InvalidYaml) as refused:
        with_meaning(catalog("postgres"), text)
    assert [str(one) for one in refused.value.problems] == ['line 4, tables.public.rides: is the same table as "rides"']


FULL = """
version: 1
tables:
  rides: {label: Trips, date: ended_on, display: state, columns: {km: {unit: km}, state: {label: State}}}
  towns: {label: Places}
relationships:
  - {from: drivers.town_id, to: towns.id, ignored: true}
  - {from: rides.km, to: alone.id, name: odd}
metrics:
  distance: {table: rides, expression: sum(km), unit: km, better: higher}
  rides: {table: rides, expression: count(*), filter: drivers.name <> 'x'}
  length: {numerator: distance, denominator: rides}
glossary: {haul: distance}
"""


def test_a_key_that_is_off_is_gone_and_units_are_there() -> None:
    served = with_meaning(catalog("postgres"), FULL)
    assert [(one.from_table, one.to_table, one.name) for one in served.relationships] == [
        ("rides", "drivers", ""),
        ("rides", "alone", "odd"),
    ]
    assert (served.tables[0].columns[2].unit_format, served.metrics[0].unit_format) == ("unit:km", "unit:km")
    assert [one.word for one in served.glossary] == ["haul"]


def test_what_is_gone_takes_no_part_and_is_told() -> None:
    model = checked(FULL, catalog("postgres"))
    rides, drivers, towns, alone = catalog("postgres").tables
    less = replace(
        catalog("postgres"),
        tables=(replace(rides, columns=tuple(one for one in rides.columns if one.name not in ("km", "ended_on"))),
                drivers, alone),
        relationships=catalog("postgres").relationships[:1],
    )  # fmt: skip
    served = applied(less, model, version="1")
    assert (served.tables[0].label, served.tables[0].default_time_column) == ("Trips", "")
    assert served.tables[0].display_column == "state"
    assert [one.name for one in served.metrics] == ["rides"]
    assert [(one.from_table, one.to_table) for one in served.relationships] == [("rides", "drivers")]
    assert [one.path for one in stale(model, less)] == [
        "tables.rides.date",
        "tables.rides.columns.km",
        "tables.towns",
        "relationships[0].to",
        "relationships[1].from",
        "metrics.distance.expression",
    ]
    with pytest.raises(InvalidYaml):
        checked(FULL, less)
    tolerated = {one.message for one in stale(model, less)}
    assert checked(FULL, less, tolerated) == model


def test_a_key_switched_off_that_the_source_lost_is_stale() -> None:
    known = catalog("postgres")
    text = "version: 1\nrelationships: [{from: drivers.town_id, to: towns.id, ignored: true}]"
    lost = replace(known, relationships=known.relationships[:1])
    assert stale(parse(text), known) == ()
    assert [one.path for one in stale(parse(text), lost)] == ["relationships[0].ignored"]


def test_a_model_over_a_model_leaves_nothing_of_the_first() -> None:
    known = catalog("postgres")
    once = applied(known, parse(FULL), version="1")
    plain = applied(once, parse("version: 1"), version="")
    assert (plain.metrics, plain.glossary) == ((), ())
    assert not any(table.label or any(column.label for column in table.columns) for table in plain.tables)
    assert [(one.from_table, one.name) for one in plain.relationships] == [("rides", "")]
