"""The built-in engine alone, in this process: from a question to SQL over the demo's catalog."""

import time
from datetime import UTC, datetime
from typing import Any

import grpc
from infinure.integration.v1 import (
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    source_service_pb2,
    source_service_pb2_grpc,
)

from benchmarks.answers import QUESTIONS
from benchmarks.figures import Figure, median, p95
from benchmarks.mesh import Mesh
from benchmarks.people import Person
from services.ml_gateway.builtin.catalog import engine_catalog
from services.ml_gateway.engine import Index, Planned, plan, prepare

SUBJECT = "planning"
PREPARATIONS = 3


async def measure(mesh: Mesh, person: Person, seconds: float) -> list[Figure]:
    reply = await _catalog(mesh, person)
    preparing: list[float] = []
    for _ in range(PREPARATIONS):
        begun = time.perf_counter()
        index = prepare(engine_catalog(reply.catalog, reply.version))
        preparing.append(1000 * (time.perf_counter() - begun))
    planning = _plans(index, seconds)
    return [
        Figure(SUBJECT, "index of the demo's catalog", "ms", median(preparing), note="once for each catalog version"),
        Figure(SUBJECT, "one question", "ms", median(planning), p95(planning), note=f"{len(planning)} plans"),
    ]


def _plans(index: Index, seconds: float) -> list[float]:
    """Milliseconds of each plan; every question must be planned, not asked back."""
    now = datetime.now(UTC)
    times: list[float] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for question in QUESTIONS:
            begun = time.perf_counter()
            outcome = plan(question, index, now=now)
            times.append(1000 * (time.perf_counter() - begun))
            if not isinstance(outcome, Planned):
                raise RuntimeError(f"{question!r} wasn't planned")
    return times


async def _catalog(mesh: Mesh, person: Person) -> catalog_service_pb2.GetCatalogResponse:
    async with grpc.aio.insecure_channel(mesh.edge) as channel:
        sources: Any = source_service_pb2_grpc.SourceServiceStub(channel)
        listed = await sources.ListSources(source_service_pb2.ListSourcesRequest(), metadata=person.metadata)
        catalogs: Any = catalog_service_pb2_grpc.CatalogServiceStub(channel)
        request = catalog_service_pb2.GetCatalogRequest(source_id=listed.sources[0].id)
        reply: catalog_service_pb2.GetCatalogResponse = await catalogs.GetCatalog(request, metadata=person.metadata)
        return reply
