"""SQL typed as a question: an analyst's runs behind the boundary, anybody else's is explained."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from infinure.error.v1.access_pb2 import PERMISSION_ASK, PERMISSION_READ_SOURCES
from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1.receipt_service_pb2 import ReplayReceiptRequest

from meshkit.errors import InvalidArgument
from meshkit.ids import new_id
from tests.builders import tokens
from tests.ml_gateway.catalogs import employees, orders
from tests.ml_gateway.server import Asker, GatewayServer, Integration

SQL = "select count(*) as n from orders where amount > 3;"


async def test_an_analyst_s_query_runs_as_it_stands(gateway: GatewayServer, integration: Integration) -> None:
    integration.add("People", employees())
    source_id = integration.add("Shop", orders())
    organization_id = new_id()
    answer = await gateway.asker(organization_id).ask(SQL)
    assert answer.kinds == ["interpretation", "query", "rows", "chart", "completed"]
    assert answer.interpretation.source_id == source_id
    assert "Your own SQL" in answer.interpretation.summary
    assert [one.sql for one in integration.queries] == [SQL.removesuffix(";")]
    assert list(answer.query.tables) == ["public.orders"]
    assert answer.rows.rows[0].cells[0].integer == 42
    member = gateway.member(organization_id)
    replayed = await member.call(member.receipts.ReplayReceipt, ReplayReceiptRequest(receipt=answer.receipt))
    assert replayed.identical, replayed


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT sum(amount)/sum(id) FROM orders",
        "select count(*)*1.0/2 from orders",
        "select sum(amount)-1 from orders",
        "select percentile_cont(0.5) within group (order by amount) from orders",
        "SELECT 1",
        "select amount - id from orders",
    ],
)
async def test_reckoning_is_sql_too(gateway: GatewayServer, integration: Integration, sql: str) -> None:
    integration.add("Shop", orders())
    answer = await gateway.asker().ask(sql)
    assert answer.kinds[:3] == ["interpretation", "query", "rows"]
    assert [one.sql for one in integration.queries] == [sql]


@pytest.mark.parametrize("role", ["viewer", "manager"])
async def test_others_are_told_what_it_is(gateway: GatewayServer, integration: Integration, role: str) -> None:
    integration.add("Shop", orders())
    token = tokens.token(new_id(), role=role, permissions=[PERMISSION_ASK, PERMISSION_READ_SOURCES])
    answer = await Asker(gateway.asker().stub, token).ask(SQL)
    assert answer.kinds == ["refusal", "completed"]
    assert "an analyst can run" in answer.refusal.text
    assert not integration.queries


@pytest.mark.parametrize(
    "sql",
    [
        "select * from no_such_table",
        "select nothing_of_the_kind from orders limit 3",
        "select (1",
        "select sum(amount)/ from orders",
        "select 1; drop table orders",
        "drop table orders",
        "update orders set amount = 0",
    ],
)
async def test_what_can_not_run_is_explained(gateway: GatewayServer, integration: Integration, sql: str) -> None:
    integration.add("Shop", orders())
    answer = await gateway.asker().ask(sql)
    assert answer.kinds == ["refusal", "completed"]
    assert answer.refusal.reason == events.REFUSAL_REASON_NOT_SUPPORTED
    assert "SQL" in answer.refusal.text
    assert not integration.queries


async def test_what_the_boundary_refuses_is_told_in_its_words(gateway: GatewayServer, integration: Integration) -> None:
    async def refusing(request: Any) -> AsyncIterator[Any]:
        raise InvalidArgument("pg_sleep: functions like this can't be used", reason="QUERY_CONSTRUCT_REFUSED")
        yield

    integration.add("Shop", orders())
    integration.run = refusing
    answer = await gateway.asker().ask("select pg_sleep(10), id from orders")
    assert answer.kinds[-2:] == ["refusal", "completed"]
    assert "functions like this can't be used" in answer.refusal.text
