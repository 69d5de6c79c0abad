"""Which way a query takes over the keys, what it says of it, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.model import Catalog, TableKey
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import Compiled, compile_query
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    During,
    Exists,
    Field,
    Function,
    Ordering,
    Query,
    SetOperator,
)
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reading import Operator
from tests.engine.catalogs import flights, key, shop, table
from tests.engine.data import database
from tests.engine.queries import Named, equal

N = Named("public")


def compiled(query: Query, catalog: Catalog) -> Compiled:
    return compile_query(query, Schema(prepare(catalog)), timezone="UTC")


def guests() -> Catalog:
    """Guests may come without a host, and two tables have nothing to do with the others."""
    tables = (
        table("hosts", "id int!, name text!"),
        table("guests", "id int!, name text!, host_id int, arrived_on date!"),
        table("meals", "id int!, guest_id int!, cost num!"),
        table("planets", "id int!, name text!"),
        table("logs", "line text!, guest_id int"),
    )
    keys = (key("guests.host_id -> hosts.id"), key("meals.guest_id -> guests.id"), key("logs.guest_id -> guests.id"))
    return Catalog(tables, keys, dialect="sqlite")


def test_two_keys_to_one_table_are_told() -> None:
    query = Query((N.field("airports.city"), N.count("flights")), group=(N.field("airports.city"),))
    made = compiled(query, flights(dialect="sqlite"))
    assert [(one.rows.table.name, one.relationships) for one in made.ambiguities] == [("airports", (1, 2))]


def test_a_role_is_no_ambiguity() -> None:
    query = Query((N.field("airports.city", 2), N.count("flights")), group=(N.field("airports.city", 2),))
    made = compiled(query, flights(dialect="sqlite"))
    assert made.ambiguities == ()
    assert "destination_code" in made.sql
    assert "origin_code" not in made.sql


def test_what_nothing_connects_is_refused() -> None:
    with pytest.raises(Unreadable, match="Nothing connects"):
        compiled(Query((N.field("guests.name"), N.field("planets.name"))), guests())


def test_rows_that_multiply_and_have_no_key_are_refused() -> None:
    query = Query((N.field("meals.cost"), N.count("logs")), group=(N.field("meals.cost"),))
    keyless = guests()
    bare = Catalog(
        tuple(one if one.name != "logs" else type(one)(one.schema, one.name, one.columns) for one in keyless.tables),
        keyless.relationships,
        dialect="sqlite",
    )
    with pytest.raises(Unreadable, match="nothing tells apart"):
        compiled(query, bare)


def test_rows_that_a_join_drops_can_be_counted() -> None:
    catalog = guests()
    made = compiled(Query((N.field("guests.name"), N.field("hosts.name"))), catalog)
    assert [(fact.table.name, fact.lacking.name, fact.upward) for fact in made.dropping] == [("guests", "hosts", True)]
    connection = database(catalog)
    ((dropped, total),) = connection.execute(made.dropping[0].sql).fetchall()
    ((missing, rows),) = connection.execute("SELECT sum(host_id IS NULL), count(*) FROM public.guests").fetchall()
    assert (dropped, total) == (missing, rows)
    assert 0 < dropped < total
    assert len(connection.execute(made.sql).fetchall()) == total - dropped
    connection.close()


def test_keys_that_are_never_empty_drop_nothing() -> None:
    query = Query((N.field("customers.name"), N.count("orders")), group=(N.rows("customers"),))
    assert compiled(query, shop(dialect="sqlite")).dropping == ()


def test_a_list_tells_what_its_rows_are() -> None:
    where = equal(N.field("orders.status"), "cancelled")
    name = N.field("customers.name")
    assert compiled(Query((name,), where=where), shop()).row == TableKey("public", "orders")
    assert compiled(Query((name,), subject=N.rows("customers"), where=where), shop()).row == TableKey(
        "public", "customers"
    )
    assert compiled(Query((name,), where=where, distinct=True), shop()).row is None


def test_siblings_are_met_through_their_owner_and_not_multiplied() -> None:
    made = compiled(Query((N.count("payments"),), where=Exists(N.rows("refunds"))), shop())
    assert "EXISTS" in made.sql
    assert TableKey("public", "order_lines") not in made.tables


def test_half_open_periods() -> None:
    query = Query((N.count("orders"),), where=During(N.field("orders.ordered_at"), date(2025, 3, 1), date(2025, 4, 1)))
    sql = compiled(query, shop(dialect="sqlite")).sql
    assert ">= '2025-03-01'" in sql
    assert "< '2025-04-01'" in sql


@pytest.mark.parametrize("descending", [True, False])
def test_the_order_is_total(descending: bool) -> None:
    """Equal numbers are put in order by the key, so that a limit cuts the same rows every time."""
    many = N.count("orders")
    query = Query((N.field("customers.name"), many), group=(N.rows("customers"),), order=(Ordering(many, descending),))
    order = compiled(query, shop(dialect="sqlite")).sql.partition("ORDER BY")[2]
    assert '"customers"."id"' in order


def test_names_of_columns_differ() -> None:
    shown: tuple[Field | Aggregate, ...] = (N.field("orders.id"), N.field("orders.id"), N.of(Function.MAX, "orders.id"))
    names = [column.name for column in compiled(Query(shown[:2]), shop()).columns]
    assert len(set(names)) == 2


def test_lists_of_different_columns_and_lists_of_nothing_are_refused() -> None:
    one = Query((N.field("guests.name"),))
    two = Query((N.field("hosts.name"), N.field("hosts.id")))
    for left, right in ((one, two), (two, one)):
        with pytest.raises(Unreadable):
            compiled(Query(left.show, combined=(SetOperator.UNION, right)), guests())
    with pytest.raises(Unreadable):
        compiled(Query(()), guests())


def test_rows_that_are_joined_already_have_no_others_of_their_kind() -> None:
    many = Exists(N.rows("guests"), having=Compare(N.count("guests"), Operator.LESS, (3.0,)))
    with pytest.raises(Unreadable):
        compiled(Query((N.field("meals.cost"), N.field("guests.name")), where=many), guests())
    assert "matching_guests" in compiled(Query((N.field("hosts.name"),), where=many), guests()).sql


def test_rows_beside_those_that_they_point_to() -> None:
    """Whichever of the two is named first, and though no others are named."""
    staff = table("staff", "id int!, name text!, boss_id int")
    catalog = Catalog((staff,), (key("staff.boss_id -> staff.id"),), dialect="sqlite")
    own, boss = N.field("staff.name"), N.field("staff.name", 0)
    for show in ((own, boss), (boss, own)):
        sql = compiled(Query(show), catalog).sql
        assert '"staff"."boss_id" = "boss_staff"."id"' in sql
        assert '"boss_staff"."name"' in sql
