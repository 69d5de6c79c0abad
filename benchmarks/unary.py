"""Calls per second with 32 in flight, directly and through the edge: bare echo, authenticated nothing, one read."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from itertools import cycle
from typing import Any

import grpc
from infinure.auth.v1 import user_service_pb2, user_service_pb2_grpc
from infinure.chat.v1 import chat_service_pb2, chat_service_pb2_grpc
from infinure.integration.v1 import source_service_pb2, source_service_pb2_grpc

from benchmarks.figures import Aim, Figure
from benchmarks.mesh import Baselines, Mesh, channels
from benchmarks.people import Person
from benchmarks.rounds import Call, Measured, interleaved

IN_FLIGHT = 32
ROUNDS = 5
CONVERSATIONS = 10
ECHO, NOTHING, LISTING = "bare echo", "authenticated, reads nothing", "ListConversations, one read"
AIMS = {NOTHING: Aim(0.6, at_least=True), LISTING: Aim(0.35, at_least=True)}
SUBJECT = f"unary, {IN_FLIGHT} in flight"


async def measure(mesh: Mesh, at: Baselines, person: Person, seconds: float) -> list[Figure]:
    """`seconds` in all, over both paths."""
    figures: list[Figure] = []
    async with AsyncExitStack() as stack:
        direct = await _calls(stack, mesh, person, mesh.credentials, (at.echo, at.guarded, mesh.address("chat")))
        edge = await _calls(stack, mesh, person, None, (at.edge,) * 3)
        contenders = {f"{name}, direct": call for name, call in direct.items()}
        contenders |= {f"{name}, edge": call for name, call in edge.items()}
        turn = seconds / ROUNDS / len(contenders)
        measured = await interleaved(contenders, rounds=ROUNDS, turn_seconds=turn, in_flight=IN_FLIGHT)
    for path in ("direct", "edge"):
        baseline = measured[f"{ECHO}, {path}"]
        figures += [_figure(name, path, measured[f"{name}, {path}"], baseline) for name in direct]
    return figures


def _figure(name: str, path: str, own: Measured, baseline: Measured) -> Figure:
    middle, slow = own.latency
    return Figure(
        subject=SUBJECT,
        name=f"{name}, {path}",
        unit="rps",
        median=own.rate,
        ratio=None if name == ECHO else own.ratio_to(baseline),
        baseline="" if name == ECHO else f"{ECHO}, {path}",
        aim=AIMS.get(name),
        note=f"latency p50 {1000 * middle:.1f} ms, p95 {1000 * slow:.1f} ms",
    )


async def _calls(
    stack: AsyncExitStack,
    mesh: Mesh,
    person: Person,
    credentials: grpc.ChannelCredentials | None,
    addresses: tuple[str, str, str],
) -> dict[str, Call]:
    echo, guarded, chat = [channels(address, credentials) for address in addresses]
    for channel in (*echo, *guarded, *chat):
        await stack.enter_async_context(channel)
    return {
        ECHO: _call(
            echo, user_service_pb2_grpc.UserServiceStub, "GetMe", user_service_pb2.GetMeRequest(), person.metadata
        ),
        NOTHING: _call(
            guarded,
            source_service_pb2_grpc.SourceServiceStub,
            "ListSources",
            source_service_pb2.ListSourcesRequest(),
            person.metadata,
        ),
        LISTING: _call(
            chat,
            chat_service_pb2_grpc.ChatServiceStub,
            "ListConversations",
            chat_service_pb2.ListConversationsRequest(page_size=CONVERSATIONS),
            person.metadata,
        ),
    }


def _call(to: Sequence[grpc.aio.Channel], stub: Callable[[Any], Any], method: str, request: Any, metadata: Any) -> Call:
    methods = cycle([getattr(stub(channel), method) for channel in to])

    async def call() -> object:
        return await next(methods)(request, metadata=metadata, timeout=10)

    return call
