"""Calls that tell their progress tell their failure too: over JSON the status of a call that has begun is invisible."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc
import pytest
from google.rpc import error_details_pb2
from infinure.integration.v1 import source_service_pb2, warehouse_service_pb2

from meshkit.ids import new_id
from tests.builders.grpc_errors import info
from tests.integration.server import Client, IntegrationServer


async def header_alone(client: Client) -> Any:
    sent = await client.upload("header.csv", b"a,b,c\n")
    return client.sources.PrepareUpload(
        source_service_pb2.PrepareUploadRequest(upload_id=sent.id), metadata=client.metadata
    )


async def failure(call: Any) -> tuple[list[Any], grpc.aio.AioRpcError]:
    """What was told, and the status at the end."""
    told: list[Any] = []

    async def read() -> None:
        async for event in call:
            told.append(event)

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await read()
    return told, refused.value


async def test_a_failure_after_progress_is_the_last_event_and_the_status(integration: IntegrationServer) -> None:
    told, status = await failure(await header_alone(integration.client()))
    assert [event.WhichOneof("event") for event in told] == ["progress"] * (len(told) - 1) + ["failed"]
    assert len(told) > 1
    failed = told[-1].failed
    reason = error_details_pb2.ErrorInfo()
    assert failed.details[0].Unpack(reason)
    assert (failed.code, failed.message) == (status.code().value[0], status.details())
    assert reason == info(status)
    assert reason.reason == "UPLOAD_EMPTY"


async def test_a_failure_before_anything_is_told_is_the_status_alone(integration: IntegrationServer) -> None:
    client = integration.client()
    calls: list[Callable[[], Any]] = [
        lambda: client.sources.PrepareUpload(
            source_service_pb2.PrepareUploadRequest(upload_id=str(new_id())), metadata=client.metadata
        ),
        lambda: client.warehouse.LoadTable(
            warehouse_service_pb2.LoadTableRequest(
                table="sales", upload=warehouse_service_pb2.LoadedUpload(upload_id=str(new_id()))
            ),
            metadata=client.metadata,
        ),
    ]
    for call in calls:
        told, status = await failure(call())
        assert told == []
        assert info(status).reason in ("UPLOAD_NOT_FOUND", "SERVICE_UNAVAILABLE")  # these servers have no warehouse
