"""Answers over a scripted integration service: what comes, in which order, and what happens when something fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Any

import grpc
import pyarrow as pa
import pytest
from infinure.integration.v1.catalog_pb2 import COLUMN_TYPE_TEXT
from infinure.integration.v1.source_pb2 import SOURCE_STATE_FAILED
from infinure.ml_gateway.v1 import answer_event_pb2 as events
from infinure.ml_gateway.v1 import receipt_pb2, result_pb2
from infinure.ml_gateway.v1.answer_service_pb2 import AnswerRequest

from meshkit.errors import FailedPrecondition, InvalidArgument, MeshError, NotFound, PermissionDenied, from_status
from meshkit.ids import new_id
from tests.builders.ports import free_port
from tests.builders.postgres import Database
from tests.ml_gateway.catalogs import column, employees, orders, revenue
from tests.ml_gateway.server import NOW, GatewayServer, Integration, batch, running, serving, summary

COUNT = "how many orders are there"


def failing(error: MeshError) -> Any:
    """A query that ends with the error before anything came."""

    async def run(request: Any) -> AsyncIterator[Any]:
        raise error
        yield

    return run


async def test_an_answer_from_the_first_word_to_the_receipt(gateway: GatewayServer, integration: Integration) -> None:
    source_id = integration.add("Shop", orders(), semantic_model_version="m1", policy_version="p0")
    answer = await gateway.asker().ask(COUNT, source_id=source_id, time_zone="Europe/Berlin")
    assert answer.error is None
    stages = [event.status.stage for event in answer.events if event.HasField("status")]
    assert stages == [events.STAGE_READING_CATALOG, events.STAGE_UNDERSTANDING, events.STAGE_QUERYING]
    assert answer.kinds == ["interpretation", "query", "rows", "chart", "completed"]
    assert (answer.interpretation.source_id, answer.interpretation.source_name) == (source_id, "Shop")
    assert [meaning.text for meaning in answer.interpretation.meanings] == ["how many", "orders"]
    assert answer.query.sql == integration.queries[0].sql
    assert list(answer.query.tables) == ["public.orders"]
    (number,) = answer.rows.columns
    assert (number.type, number.is_measure) == (result_pb2.VALUE_TYPE_INTEGER, True)
    assert answer.rows.rows[0].cells[0].integer == 42
    assert list(answer.chart.y_columns) == [0]
    assert not answer.chart.HasField("x_column")

    receipt = answer.receipt
    assert receipt.outcome == receipt_pb2.OUTCOME_ANSWERED
    assert (receipt.engine, receipt.question, receipt.source_name) == ("builtin", COUNT, "Shop")
    assert receipt.engine_version.startswith("0.")
    assert (receipt.sql, list(receipt.tables)) == ("SELECT 42 /* rendered */", ["public.orders"])
    assert (receipt.catalog_version, receipt.semantic_model_version, receipt.policy_version) == ("v1", "m1", "p1")
    assert (receipt.row_count, receipt.time_zone, receipt.scope_note) == (1, "Europe/Berlin", "Own region only")
    assert receipt.reference_time.ToDatetime() == NOW.replace(tzinfo=None)
    assert receipt.confidence == answer.interpretation.confidence > 0.5
    assert len(receipt.plan_fingerprint) == 32
    assert receipt.planning_duration.ToTimedelta().total_seconds() > 0
    assert receipt.query_duration.ToTimedelta().total_seconds() > 0


async def test_without_a_source_it_says_what_to_do(gateway: GatewayServer) -> None:
    answer = await gateway.asker().ask(COUNT)
    assert answer.kinds == ["refusal", "completed"]
    assert answer.refusal.reason == events.REFUSAL_REASON_NO_SOURCE
    assert "Connect one" in answer.refusal.text
    assert answer.receipt.outcome == receipt_pb2.OUTCOME_REFUSED


async def test_a_source_that_is_not_ready_is_named(gateway: GatewayServer, integration: Integration) -> None:
    integration.states[integration.add("Shop", orders())] = SOURCE_STATE_FAILED
    answer = await gateway.asker().ask(COUNT)
    assert answer.refusal.reason == events.REFUSAL_REASON_NO_SOURCE
    assert "Shop: the password has changed" in answer.refusal.text


async def test_the_source_that_the_question_fits_is_chosen(gateway: GatewayServer, integration: Integration) -> None:
    integration.add("People", employees())
    shop = integration.add("Shop", orders())
    answer = await gateway.asker().ask(COUNT)
    assert answer.receipt.source_id == shop == integration.queries[0].source_id


async def test_two_that_fit_equally_are_asked_for(gateway: GatewayServer, integration: Integration) -> None:
    integration.add("North", orders())
    south = integration.add("South (EU)", orders())
    asker = gateway.asker()
    asked_back = await asker.ask(COUNT)
    assert asked_back.kinds == ["clarification", "completed"]
    assert asked_back.receipt.outcome == receipt_pb2.OUTCOME_CLARIFICATION
    assert [option.label for option in asked_back.clarification.options] == ["North", "South (EU)"]
    assert integration.queries == []
    answer = await asker.ask(asked_back.clarification.options[1].question)
    assert answer.kinds[-1] == "completed"
    assert answer.receipt.source_id == south


async def test_a_clarification_keeps_the_source_that_was_chosen(
    gateway: GatewayServer, integration: Integration
) -> None:
    integration.add("People", employees())
    table = orders()
    for name, other in (("bill_city", "Bari"), ("ship_city", "Oslo")):
        table.columns.append(column(name, COLUMN_TYPE_TEXT, sample_values=["Rome", other]))
    shop = integration.add("Shop", table)
    asker = gateway.asker()
    asked_back = await asker.ask("how many orders in Rome?")
    assert asked_back.kinds == ["clarification", "completed"]
    assert 2 <= len(asked_back.clarification.options) <= 4
    integration.run = failing(NotFound("no such source", reason="SOURCE_NOT_FOUND"))
    for option in asked_back.clarification.options:
        await asker.ask(option.question)
    assert {query.source_id for query in integration.queries} == {shop}
    assert len({query.sql for query in integration.queries}) == len(asked_back.clarification.options)


async def test_refusals_suggest_what_can_be_answered(gateway: GatewayServer, integration: Integration) -> None:
    questions = ["weather in Paris", COUNT, "Revenue by month"]
    integration.add("Shop", orders(), metrics=[revenue()], suggested_questions=questions)
    answer = await gateway.asker().ask("list the unicorns of orders")
    assert answer.kinds == ["refusal", "completed"]
    assert answer.refusal.reason == events.REFUSAL_REASON_NO_SUCH_DATA
    assert list(answer.refusal.unplaced_words) == ["unicorns"]
    # The model's own that have an answer, then the engine's.
    assert list(answer.refusal.suggestions) == [COUNT, "Revenue by month", "average amount by status"]


@pytest.mark.parametrize(("count", "cells"), [(0, []), (1, [None])])
async def test_nothing_found_is_no_data(
    gateway: GatewayServer, integration: Integration, count: int, cells: list[None]
) -> None:
    async def empty(request: Any) -> AsyncIterator[Any]:
        yield running("SELECT")
        yield batch(revenue=pa.array(cells, pa.decimal128(38, 2)))
        yield summary(count)

    integration.run = empty
    integration.add("Shop", orders(), metrics=[revenue()])
    answer = await gateway.asker().ask("revenue in 1990")
    assert answer.kinds == ["interpretation", "query", "rows", "completed"]
    assert answer.receipt.outcome == receipt_pb2.OUTCOME_NO_DATA
    assert answer.rows.columns[0].format.currency == "EUR"
    assert answer.rows.columns[0].type == result_pb2.VALUE_TYPE_DECIMAL


async def test_a_thousand_rows_are_kept_and_all_are_counted(gateway: GatewayServer, integration: Integration) -> None:
    async def many(request: Any) -> AsyncIterator[Any]:
        yield running("SELECT")
        for start in (0, 700, 1400):
            numbers = range(start, start + 700)
            names = pa.array([f"s{number}" for number in numbers])
            yield batch(status=names, n=pa.array(list(numbers), pa.int64()))
        yield summary(2100, truncated=True)

    integration.run = many
    integration.add("Shop", orders())
    answer = await gateway.asker().ask("number of orders by status")
    assert len(answer.rows.rows) == 1000
    assert answer.rows.rows[-1].cells[1].integer == 999
    assert (answer.rows.total_row_count, answer.rows.truncated) == (2100, True)


async def test_the_catalog_is_sent_once_and_asked_for_each_time(
    gateway: GatewayServer, integration: Integration
) -> None:
    source_id = integration.add("Shop", orders())
    organization_id = new_id()
    asker = gateway.asker(organization_id)
    for _ in range(2):
        await asker.ask(COUNT)
    assert integration.sent == ["v1", "nothing"]
    integration.catalogs[source_id].version = "v2"
    await asker.ask(COUNT)
    await gateway.asker().ask(COUNT)  # another organization's
    assert integration.sent == ["v1", "nothing", "v2", "v2"]


async def test_a_catalog_that_changed_in_between_is_read_again(
    gateway: GatewayServer, integration: Integration
) -> None:
    source_id = integration.add("Shop", orders())
    whole = integration.run

    async def renamed(request: Any) -> AsyncIterator[Any]:
        if len(integration.queries) == 1:
            catalog = integration.catalogs[source_id]
            catalog.version = "v2"
            catalog.tables[0].name = "purchases"
            catalog.tables[0].synonyms.append("orders")
            raise NotFound("no such table", reason="QUERY_RELATION_UNKNOWN")
        async for part in whole(request):
            yield part

    integration.run = renamed
    answer = await gateway.asker().ask(COUNT)
    assert answer.error is None
    assert answer.receipt.outcome == receipt_pb2.OUTCOME_ANSWERED
    assert list(answer.query.tables) == ["public.purchases"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FailedPrecondition("the source can't be reached", reason="SOURCE_UNREACHABLE"), "SOURCE_UNREACHABLE"),
        (NotFound("no such source", reason="SOURCE_NOT_FOUND"), "SOURCE_NOT_FOUND"),
        (InvalidArgument("no such function: frob", reason="QUERY_CONSTRUCT_REFUSED"), "ENGINE_FAILED"),
        (NotFound("no such table: orders", reason="QUERY_RELATION_UNKNOWN"), "ENGINE_FAILED"),
    ],
)
async def test_a_failed_query_ends_the_answer_and_the_rpc_alike(
    gateway: GatewayServer,
    integration: Integration,
    caplog: pytest.LogCaptureFixture,
    error: MeshError,
    reason: str,
) -> None:
    integration.add("Shop", orders())
    integration.run = failing(error)
    with caplog.at_level(logging.INFO):
        answer = await gateway.asker().ask(COUNT)
    assert answer.kinds == ["interpretation", "query", "failed"]
    told = from_status(answer.failed.status)
    assert answer.error is not None
    assert (told.code, told.reason) == (answer.error.code, answer.error.reason)
    assert told.reason == reason
    noted = [record for record in caplog.records if record.name.startswith("services.ml_gateway")]
    assert bool(noted) == (reason == "ENGINE_FAILED")
    assert "orders" not in "".join(str(record.__dict__) for record in noted)


async def test_a_query_that_is_not_permitted_is_a_refusal(gateway: GatewayServer, integration: Integration) -> None:
    integration.add("Shop", orders(), suggested_questions=["number of orders by status"])
    integration.run = failing(PermissionDenied("Ask the owner of Shop.", reason="QUERY_NOT_PERMITTED"))
    answer = await gateway.asker().ask(COUNT)
    assert answer.error is None
    assert answer.kinds == ["interpretation", "query", "refusal", "completed"]
    assert answer.refusal.reason == events.REFUSAL_REASON_NOT_PERMITTED
    assert answer.refusal.text == "Ask the owner of Shop."
    assert list(answer.refusal.suggestions) == ["number of orders by status"]


async def test_an_unknown_source_is_not_found(gateway: GatewayServer) -> None:
    answer = await gateway.asker().ask(COUNT, source_id=str(new_id()))
    assert answer.kinds == ["failed"]
    assert answer.error is not None
    assert (answer.error.code, answer.error.reason) == ("NOT_FOUND", "SOURCE_NOT_FOUND")


async def test_a_result_of_other_columns_is_a_failure(gateway: GatewayServer, integration: Integration) -> None:
    async def other(request: Any) -> AsyncIterator[Any]:
        yield running("SELECT")
        yield batch(a=pa.array([1]), b=pa.array([2]))
        yield summary(1)

    integration.add("Shop", orders())
    integration.run = other
    answer = await gateway.asker().ask(COUNT)
    assert answer.error is not None
    assert (answer.error.code, answer.error.reason) == ("INTERNAL", "ENGINE_FAILED")


async def test_an_unknown_time_zone_names_the_field(gateway: GatewayServer, integration: Integration) -> None:
    integration.add("Shop", orders())
    for zone in ("Mars/Olympus", "Europe", "/etc/passwd"):
        answer = await gateway.asker().ask(COUNT, time_zone=zone)
        assert answer.error is not None
        assert (answer.error.code, answer.error.violations[0].field) == ("INVALID_ARGUMENT", "time_zone")


async def test_integration_gone_is_unavailable(control_plane: Callable[..., Database]) -> None:
    async with serving(f"127.0.0.1:{free_port()}", control_plane("ml_gateway")) as gateway:
        answer = await gateway.asker().ask(COUNT)
    assert answer.kinds == ["failed"]
    assert answer.error is not None
    assert (answer.error.code, answer.error.reason) == ("UNAVAILABLE", "SERVICE_UNAVAILABLE")


async def test_leaving_cancels_the_query(gateway: GatewayServer, integration: Integration) -> None:
    async def endless(request: Any) -> AsyncIterator[Any]:
        yield running("SELECT pg_sleep(3600)")
        await asyncio.Event().wait()

    integration.add("Shop", orders())
    integration.run = endless
    asker = gateway.asker()
    call = asker.asking(COUNT)
    await asyncio.wait_for(integration.entered.wait(), 60)
    call.cancel()
    await asyncio.wait_for(integration.left.wait(), 60)
    integration.run = one_row
    assert (await asker.ask(COUNT)).receipt.row_count == 1


async def one_row(request: Any) -> AsyncIterator[Any]:
    yield running("SELECT 1")
    yield batch(n=pa.array([1], pa.int64()))
    yield summary(1)


async def test_without_a_token_nothing_is_answered(gateway: GatewayServer, integration: Integration) -> None:
    integration.add("Shop", orders())
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await gateway.asker().stub.Answer(AnswerRequest(answer_id=str(new_id()), question=COUNT)).read()
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
    assert integration.sent == []
