"""Starts the gateway as it starts itself, and asks it as chat does; integration beside it is real or a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import grpc
import pyarrow as pa
from infinure.integration.v1 import (
    catalog_pb2,
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    source_pb2,
    source_service_pb2,
    source_service_pb2_grpc,
)
from infinure.ml_gateway.v1 import answer_service_pb2 as pb
from infinure.ml_gateway.v1 import (
    answer_service_pb2_grpc,
    evaluation_service_pb2_grpc,
    learning_service_pb2_grpc,
    receipt_service_pb2_grpc,
)

from meshkit.errors import MeshError, NotFound, from_rpc_error
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.server import Assembly, Servicer, start
from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings
from services.ml_gateway.bootstrap import assemble_with
from services.ml_gateway.settings import Settings
from tests.builders import tokens
from tests.builders.postgres import Database

PAGE_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Answer:
    """Every event of an answer, and the failure that the rpc ended with, if it did."""

    events: Sequence[pb.AnswerResponse]
    error: MeshError | None

    @property
    def kinds(self) -> list[str]:
        """The kinds of the events in order, statuses left out."""
        found = [str(event.WhichOneof("event")) for event in self.events]
        return [kind for kind in found if kind != "status"]

    def __getattr__(self, kind: str) -> Any:
        """The last event of the kind."""
        return [getattr(event, kind) for event in self.events if event.WhichOneof("event") == kind][-1]

    @property
    def receipt(self) -> Any:
        return self.completed.receipt


@dataclass(frozen=True)
class Asker:
    """One person's calls, as chat makes them."""

    stub: Any
    token: str

    @property
    def metadata(self) -> Any:
        return tokens.bearer(self.token)

    def request(self, question: str, **fields: Any) -> pb.AnswerRequest:
        return pb.AnswerRequest(**{"answer_id": str(new_id()), "question": question} | fields)

    def asking(self, question: str, **fields: Any) -> Any:
        return self.stub.Answer(self.request(question, **fields), metadata=self.metadata)

    async def ask(self, question: str, **fields: Any) -> Answer:
        events: list[pb.AnswerResponse] = []
        error = None
        try:
            async for event in self.asking(question, **fields):
                events.append(event)
        except grpc.aio.AioRpcError as failed:
            error = from_rpc_error(failed)
        assert [event.sequence for event in events] == list(range(1, len(events) + 1))
        return Answer(events, error)

    async def choose(self, asked_back: Answer, question: str, label: str, **fields: Any) -> Answer:
        """The option of that label, asked as chat does after `question` was asked back."""
        clarification = asked_back.clarification
        (option,) = [one for one in clarification.options if one.label == label]
        turns = [pb.Turn(question=question, clarification=clarification)]
        return await self.ask(option.question, turns=turns, **fields)


@dataclass(frozen=True)
class Member:
    """One person's calls of what the edge routes."""

    channel: grpc.aio.Channel
    token: str
    user_id: UUID

    @property
    def learning(self) -> learning_service_pb2_grpc.LearningServiceStub:
        return learning_service_pb2_grpc.LearningServiceStub(self.channel)

    @property
    def receipts(self) -> receipt_service_pb2_grpc.ReceiptServiceStub:
        return receipt_service_pb2_grpc.ReceiptServiceStub(self.channel)

    @property
    def evaluation(self) -> evaluation_service_pb2_grpc.EvaluationServiceStub:
        return evaluation_service_pb2_grpc.EvaluationServiceStub(self.channel)

    @property
    def asker(self) -> Asker:
        return Asker(answer_service_pb2_grpc.AnswerServiceStub(self.channel), self.token)

    async def call(self, method: Any, request: Any) -> Any:
        """The reply. Raises MeshError."""
        try:
            return await method(request, metadata=tokens.bearer(self.token))
        except grpc.aio.AioRpcError as failed:
            raise from_rpc_error(failed) from None

    async def stream(self, method: Any, request: Any) -> list[Any]:
        """Every event. Raises MeshError."""
        try:
            return [event async for event in method(request, metadata=tokens.bearer(self.token))]
        except grpc.aio.AioRpcError as failed:
            raise from_rpc_error(failed) from None


@dataclass
class SaidConsents:
    """The port Consents: everybody is of one mind."""

    given: bool = True

    async def learning(self) -> bool:
        return self.given


@dataclass(frozen=True)
class GatewayServer:
    """A running gateway."""

    channel: grpc.aio.Channel
    consents: SaidConsents = field(default_factory=SaidConsents)

    def asker(self, organization_id: UUID | None = None, role: str = "analyst") -> Asker:
        return Asker(
            answer_service_pb2_grpc.AnswerServiceStub(self.channel),
            tokens.token(organization_id or new_id(), role=role),
        )

    def member(self, organization_id: UUID, permissions: Iterable[int] = tokens.ALL_PERMISSIONS) -> Member:
        """Somebody of the organization."""
        user_id = new_id()
        return Member(self.channel, tokens.token(organization_id, user_id, permissions=permissions), user_id)


@asynccontextmanager
async def serving(
    integration: str, database: Database, *, now: datetime = NOW, **changes: Any
) -> AsyncIterator[GatewayServer]:
    """Over the integration service at that address. Without TLS: certificates are meshkit's test."""
    settings = Settings(
        server=ServerSettings(listen="127.0.0.1:0"),
        database=DatabaseSettings(url=Secret(database.app_url("ml_gateway"))),
        paging=PagingSettings(key=Secret(PAGE_KEY)),
        auth=PeerSettings("127.0.0.1:1"),
        integration=PeerSettings(integration),
        **changes,
    )
    consents = SaidConsents()
    assemble = partial(assemble_with, tokens.verifier(), consents, settings, clock=lambda: now)
    running = await start("ml_gateway", settings.server, assemble)
    try:
        async with grpc.aio.insecure_channel(running.address) as channel:
            yield GatewayServer(channel, consents)
    finally:
        await running.stop(grace=0)


Run = Callable[[query_service_pb2.ExecuteQueryRequest], AsyncIterator[query_service_pb2.ExecuteQueryResponse]]


def batch(**columns: Any) -> query_service_pb2.ExecuteQueryResponse:
    """A batch of a result, as integration sends it."""
    made = pa.RecordBatch.from_pydict(columns)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, made.schema) as writer:
        writer.write_batch(made)
    return query_service_pb2.ExecuteQueryResponse(batch=sink.getvalue().to_pybytes())


def running(sql: str, **fields: Any) -> query_service_pb2.ExecuteQueryResponse:
    return query_service_pb2.ExecuteQueryResponse(query=query_service_pb2.RunningQuery(sql=sql, **fields))


def summary(row_count: int, **fields: Any) -> query_service_pb2.ExecuteQueryResponse:
    return query_service_pb2.ExecuteQueryResponse(summary=query_service_pb2.QuerySummary(row_count=row_count, **fields))


async def one_number(
    request: query_service_pb2.ExecuteQueryRequest,
) -> AsyncIterator[query_service_pb2.ExecuteQueryResponse]:
    """A whole result of one row."""
    yield running(
        "SELECT 42 /* rendered */", tables=["public.orders"], policy_version="p1", scope_note="Own region only"
    )
    yield batch(n=pa.array([42], pa.int64()))
    yield summary(1)


@dataclass
class Integration(
    source_service_pb2_grpc.SourceServiceServicer,
    catalog_service_pb2_grpc.CatalogServiceServicer,
    query_service_pb2_grpc.QueryServiceServicer,
):
    """The other side of the gateway's port: holds the catalogs that a test gives it, and runs the test's script."""

    catalogs: dict[str, catalog_pb2.Catalog] = field(default_factory=dict)
    states: dict[str, source_pb2.SourceState.ValueType] = field(default_factory=dict)
    run: Run = one_number
    sent: list[str] = field(default_factory=list)
    queries: list[query_service_pb2.ExecuteQueryRequest] = field(default_factory=list)
    entered: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, name: str, *tables: catalog_pb2.Table, **fields: Any) -> str:
        """A source; returns its id."""
        source_id = str(new_id())
        self.catalogs[source_id] = catalog_pb2.Catalog(
            source_id=source_id, source_name=name, dialect="postgres", version="v1", tables=tables, **fields
        )
        return source_id

    async def ListSources(self, request: Any, context: Any) -> source_service_pb2.ListSourcesResponse:
        """One source a page, so that every listing has pages."""
        ids = sorted(self.catalogs, key=lambda source_id: self.catalogs[source_id].source_name)
        place = int(request.page_token or 0)
        shown = [
            source_pb2.Source(
                id=source_id,
                name=self.catalogs[source_id].source_name,
                state=self.states.get(source_id, source_pb2.SOURCE_STATE_READY),
                state_text="" if source_id not in self.states else "the password has changed",
            )
            for source_id in ids[place : place + 1]
        ]
        more = str(place + 1) if place + 1 < len(ids) else ""
        return source_service_pb2.ListSourcesResponse(sources=shown, next_page_token=more)

    async def GetCatalog(self, request: Any, context: Any) -> catalog_service_pb2.GetCatalogResponse:
        held = self.catalogs.get(request.source_id)
        if held is None:
            raise NotFound("no such source", reason="SOURCE_NOT_FOUND", source_id=request.source_id)
        known = request.known_version == held.version
        self.sent.append("nothing" if known else held.version)
        return catalog_service_pb2.GetCatalogResponse(version=held.version, catalog=None if known else held)

    async def ExecuteQuery(self, request: Any, context: Any) -> AsyncIterator[query_service_pb2.ExecuteQueryResponse]:
        self.queries.append(request)
        self.entered.set()
        try:
            async for part in self.run(request):
                yield part
        except asyncio.CancelledError:
            self.left.set()
            raise


@asynccontextmanager
async def scripted(integration: Integration) -> AsyncIterator[str]:
    """Serves a scripted integration with the mesh's own interceptors: its failures travel as real ones do."""

    async def assemble(_resources: Any) -> Assembly:
        adds: list[tuple[Callable[[Any, Any], None], Any, str]] = [
            (source_service_pb2_grpc.add_SourceServiceServicer_to_server, source_service_pb2, "SourceService"),
            (catalog_service_pb2_grpc.add_CatalogServiceServicer_to_server, catalog_service_pb2, "CatalogService"),
            (query_service_pb2_grpc.add_QueryServiceServicer_to_server, query_service_pb2, "QueryService"),
        ]
        servicers = [Servicer(add, integration, module.DESCRIPTOR.services_by_name[name]) for add, module, name in adds]
        return Assembly(servicers=servicers, verifier=tokens.verifier())

    server = await start("integration", ServerSettings(listen="127.0.0.1:0"), assemble)
    try:
        yield server.address
    finally:
        await server.stop(grace=0)
