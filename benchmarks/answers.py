"""Asking by gRPC-web as the page does: the time to the first event and to `completed`, against a gRPC-web echo."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import cycle

from infinure.chat.v1 import chat_service_pb2 as pb
from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_ANSWERED, Outcome

from benchmarks.figures import Aim, Figure, median, p95
from benchmarks.grpc_web import GrpcWebConnection
from benchmarks.mesh import Baselines, Mesh
from benchmarks.people import Person, conversations

QUESTIONS = (
    "revenue by month in 2025",
    "top 5 products by revenue last quarter",
    "how many customers signed up last year by country",
)
AT_ONCE = 16
ECHOES = 30
ECHO_PATH = "/infinure.auth.v1.UserService/GetMe"
SEND_PATH = "/infinure.chat.v1.ChatService/SendMessage"
FIRST_AIM, COMPLETED_AIM = Aim(3.0), Aim(100.0)
SUBJECT = "SendMessage, gRPC-web"


@dataclass
class Times:
    """Milliseconds of every call, and the ratio of each round."""

    echo: list[float] = field(default_factory=list)
    first: dict[int, list[float]] = field(default_factory=lambda: {1: [], AT_ONCE: []})
    completed: dict[int, list[float]] = field(default_factory=lambda: {1: [], AT_ONCE: []})
    ratios: list[float] = field(default_factory=list)


async def measure(mesh: Mesh, at: Baselines, people: Sequence[Person], seconds: float) -> list[Figure]:
    """Rounds of echoes, each question alone, and AT_ONCE questions together, until `seconds` are over."""
    times = Times()
    async with AsyncExitStack() as stack:
        echo = await stack.enter_async_context(GrpcWebConnection.open(at.edge))
        connections = [await stack.enter_async_context(GrpcWebConnection.open(mesh.edge)) for _ in range(AT_ONCE)]
        await _round(mesh, echo, connections, people, Times())
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await _round(mesh, echo, connections, people, times)
    return _figures(times)


async def _round(
    mesh: Mesh,
    echo: GrpcWebConnection,
    connections: Sequence[GrpcWebConnection],
    people: Sequence[Person],
    times: Times,
) -> None:
    rooms = {person.role: iter(await conversations(mesh, person, 8)) for person in people}
    echoes, alone = [], []
    for _ in range(ECHOES):
        begun = time.perf_counter()
        async for _message in echo.call(ECHO_PATH, b"", people[0].token):
            echoes.append(1000 * (time.perf_counter() - begun))
    for question in QUESTIONS:
        person = people[0]
        first, whole = await _ask(connections[0], person, next(rooms[person.role]), question)
        alone.append(first)
        times.completed[1].append(whole)
    asking = zip(connections, cycle(people[1:]), cycle(QUESTIONS), strict=False)
    together = await asyncio.gather(
        *(_ask(connection, person, next(rooms[person.role]), question) for connection, person, question in asking)
    )
    times.echo += echoes
    times.first[1] += alone
    times.ratios.append(median(alone) / median(echoes))
    times.first[AT_ONCE] += [first for first, _ in together]
    times.completed[AT_ONCE] += [whole for _, whole in together]


async def _ask(connection: GrpcWebConnection, person: Person, room: str, question: str) -> tuple[float, float]:
    """Milliseconds to the first event and to `completed`. Raises if the question wasn't answered."""
    request = pb.SendMessageRequest(conversation_id=room, content=question)
    begun = time.perf_counter()
    first = whole = 0.0
    async for message in connection.call(SEND_PATH, request.SerializeToString(), person.token):
        first = first or 1000 * (time.perf_counter() - begun)
        event = pb.SendMessageResponse.FromString(message)
        if event.WhichOneof("event") == "completed":
            whole = 1000 * (time.perf_counter() - begun)
            outcome = event.completed.receipt.outcome
            if outcome != OUTCOME_ANSWERED:
                raise RuntimeError(f"{question!r} ended as {Outcome.Name(outcome)}")
    if not whole:
        raise RuntimeError(f"{question!r} wasn't completed")
    return first, whole


def _figures(times: Times) -> list[Figure]:
    figures = [_figure("gRPC-web echo", times.echo)]
    for at_once in (1, AT_ONCE):
        alone = at_once == 1
        figures.append(
            _figure(
                f"first event, {at_once} at once",
                times.first[at_once],
                ratio=median(times.ratios) if alone else None,
                aim=FIRST_AIM if alone else None,
            )
        )
        figures.append(
            _figure(
                f"completed, {at_once} at once",
                times.completed[at_once],
                aim=COMPLETED_AIM if alone else None,
                aim_on="p95",
            )
        )
    return figures


def _figure(
    name: str, values: Sequence[float], ratio: float | None = None, aim: Aim | None = None, aim_on: str = "ratio"
) -> Figure:
    baseline = "gRPC-web echo" if ratio is not None else ""
    note = f"{len(values)} calls"
    return Figure(SUBJECT, name, "ms", median(values), p95(values), ratio, baseline, aim, aim_on, note)
