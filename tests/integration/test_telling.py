"""Streams of progress: what a caller sees of work that is silent, fails, or isn't wanted any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest
from google.rpc import status_pb2
from infinure.integration.v1 import source_service_pb2 as pb

from meshkit.errors import NotFound
from services.integration.rpc.telling import telling


def failed(status: status_pb2.Status) -> pb.ConnectSourceResponse:
    return pb.ConnectSourceResponse(failed=status)


def told(stage: str) -> pb.ConnectSourceResponse:
    response = pb.ConnectSourceResponse()
    response.progress.stage = stage
    return response


async def test_silent_work_is_heard_of_again_and_again() -> None:
    go_on = asyncio.Event()

    async def work() -> AsyncGenerator[pb.ConnectSourceResponse, None]:
        yield told("reading")
        await go_on.wait()
        yield told("done")

    stages: list[str] = []
    async with aclosing(telling(work(), failed, silent_seconds=0.01)) as responses:
        async for response in responses:
            stages.append(response.progress.stage)
            if len(stages) == 4:
                go_on.set()
    assert stages[:4] == ["reading"] * 4
    assert stages[-1] == "done"


async def test_work_that_has_told_nothing_yet_is_waited_for() -> None:
    async def work() -> AsyncGenerator[pb.ConnectSourceResponse, None]:
        await asyncio.sleep(0.05)
        yield told("done")

    assert [response.progress.stage async for response in telling(work(), failed, silent_seconds=0.01)] == ["done"]


async def test_a_failure_is_told_and_raised() -> None:
    async def work() -> AsyncGenerator[pb.ConnectSourceResponse, None]:
        yield told("reading")
        raise NotFound("no such source")

    seen: list[pb.ConnectSourceResponse] = []

    async def read() -> None:
        async for response in telling(work(), failed):
            seen.append(response)

    with pytest.raises(NotFound):
        await read()
    assert [response.WhichOneof("event") for response in seen] == ["progress", "failed"]
    assert seen[-1].failed.message == "no such source"


async def test_who_leaves_ends_the_work() -> None:
    ended = False

    async def work() -> AsyncGenerator[pb.ConnectSourceResponse, None]:
        nonlocal ended
        try:
            yield told("reading")
            await asyncio.Event().wait()
        finally:
            ended = True

    async with aclosing(telling(work(), failed)) as responses:
        async for _ in responses:
            break
    assert ended
