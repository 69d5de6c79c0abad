"""Starts the integration service as it starts itself, and speaks to it as clients do."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import grpc
import pyarrow as pa
from google.api import httpbody_pb2
from infinure.integration.v1 import (
    catalog_pb2,
    catalog_service_pb2,
    catalog_service_pb2_grpc,
    query_service_pb2,
    query_service_pb2_grpc,
    semantic_model_service_pb2_grpc,
    source_pb2,
    source_service_pb2,
    source_service_pb2_grpc,
    upload_pb2,
    warehouse_service_pb2_grpc,
)

from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.server import start
from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings
from services.integration.bootstrap import assemble_with
from services.integration.settings import BlobSettings, QuerySettings, Settings
from tests.builders import tokens
from tests.builders.master_keys import master_key
from tests.builders.postgres import Database

PIECE = 256 * 1024


def _piece(data: bytes, name: str) -> source_service_pb2.UploadFileRequest:
    return source_service_pb2.UploadFileRequest(name=name, content=httpbody_pb2.HttpBody(data=data))


@dataclass(frozen=True)
class Result:
    """A query's whole answer."""

    query: query_service_pb2.RunningQuery
    batches: Sequence[pa.RecordBatch]
    message_sizes: Sequence[int]
    summary: query_service_pb2.QuerySummary

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        return [tuple(row.values()) for batch in self.batches for row in batch.to_pylist()]


@dataclass(frozen=True)
class Client:
    """One person's calls."""

    channel: grpc.aio.Channel
    organization_id: UUID
    token: str

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        return tokens.bearer(self.token)

    @property
    def sources(self) -> Any:
        return source_service_pb2_grpc.SourceServiceStub(self.channel)

    @property
    def catalogs(self) -> Any:
        return catalog_service_pb2_grpc.CatalogServiceStub(self.channel)

    @property
    def models(self) -> Any:
        return semantic_model_service_pb2_grpc.SemanticModelServiceStub(self.channel)

    @property
    def queries(self) -> Any:
        return query_service_pb2_grpc.QueryServiceStub(self.channel)

    async def create(
        self, configuration: source_pb2.PostgresConfiguration, name: str = "Shop", semantic_model: str = ""
    ) -> source_pb2.Source:
        request = source_service_pb2.CreateSourceRequest(
            name=name,
            configuration=source_pb2.SourceConfiguration(postgres=configuration),
            semantic_model=semantic_model,
        )
        reply: source_service_pb2.CreateSourceResponse = await self.sources.CreateSource(
            request, metadata=self.metadata
        )
        return reply.source

    @property
    def warehouse(self) -> Any:
        return warehouse_service_pb2_grpc.WarehouseServiceStub(self.channel)

    async def upload(self, name: str, content: bytes | AsyncIterator[bytes]) -> upload_pb2.Upload:
        """Sends a file in pieces, as native clients do."""

        async def requests() -> AsyncIterator[source_service_pb2.UploadFileRequest]:
            if isinstance(content, bytes):
                pieces = [content[at : at + PIECE] for at in range(0, len(content), PIECE)] or [b""]
                for number, piece in enumerate(pieces):
                    yield _piece(piece, "" if number else name)
            else:
                yield _piece(b"", name)
                async for piece in content:
                    yield _piece(piece, "")

        reply = await self.sources.UploadFile(requests(), metadata=self.metadata)
        return reply.upload  # type: ignore[no-any-return]

    async def prepare(self, upload_id: str, **reading: Any) -> upload_pb2.Upload:
        """The upload as it was read; progress is looked at on the way."""
        request = source_service_pb2.PrepareUploadRequest(
            upload_id=upload_id, reading=upload_pb2.FileReading(**reading) if reading else None
        )
        steps = [step async for step in self.sources.PrepareUpload(request, metadata=self.metadata)]
        assert [step.WhichOneof("event") for step in steps] == ["progress"] * (len(steps) - 1) + ["upload"]
        return steps[-1].upload  # type: ignore[no-any-return]

    async def add_file(self, name: str, content: bytes, source_name: str = "Files") -> source_pb2.Source:
        """A source of one file."""
        upload = await self.prepare((await self.upload(name, content)).id)
        return await self.connect([upload.id], source_name)

    async def connect(self, upload_ids: Sequence[str], name: str = "Files") -> source_pb2.Source:
        files = source_pb2.FilesConfiguration(upload_ids=upload_ids)
        configuration = source_pb2.SourceConfiguration(files=files)
        wanted = source_service_pb2.CreateSourceRequest(name=name, configuration=configuration)
        call = self.sources.ConnectSource(
            source_service_pb2.ConnectSourceRequest(source=wanted), metadata=self.metadata
        )
        steps = [step async for step in call]
        assert [step.WhichOneof("event") for step in steps] == ["progress"] * (len(steps) - 1) + ["source"]
        return steps[-1].source  # type: ignore[no-any-return]

    async def delete(self, source_id: str) -> None:
        request = source_service_pb2.DeleteSourceRequest(source_id=source_id)
        await self.sources.DeleteSource(request, metadata=self.metadata)

    async def list(self, **fields: Any) -> source_service_pb2.ListSourcesResponse:
        request = source_service_pb2.ListSourcesRequest(**fields)
        reply: source_service_pb2.ListSourcesResponse = await self.sources.ListSources(request, metadata=self.metadata)
        return reply

    async def catalog(self, source_id: str) -> catalog_pb2.Catalog:
        request = catalog_service_pb2.GetCatalogRequest(source_id=source_id)
        reply: catalog_service_pb2.GetCatalogResponse = await self.catalogs.GetCatalog(request, metadata=self.metadata)
        return reply.catalog

    def executing(self, source_id: str, sql: str, max_rows: int = 0) -> Any:
        request = query_service_pb2.ExecuteQueryRequest(source_id=source_id, sql=sql, max_rows=max_rows)
        return self.queries.ExecuteQuery(request, metadata=self.metadata)

    async def execute(self, source_id: str, sql: str, max_rows: int = 0) -> Result:
        parts = [part async for part in self.executing(source_id, sql, max_rows)]
        kinds = [part.WhichOneof("part") for part in parts]
        assert kinds == ["query", *["batch"] * (len(parts) - 2), "summary"]
        messages = [part.batch for part in parts[1:-1]]
        batches = [batch for message in messages for batch in pa.ipc.open_stream(message)]
        assert len(batches) == len(messages)
        return Result(parts[0].query, batches, [len(message) for message in messages], parts[-1].summary)


@dataclass(frozen=True)
class IntegrationServer:
    """A running server on a database of its own."""

    channel: grpc.aio.Channel
    database: Database
    address: str
    folder: Path

    def kept(self) -> list[str]:
        """Every file that the server keeps, and every one on its way, by its path."""
        roots = (self.folder / "blobs", self.folder / "work")
        # os.walk passes over a folder that goes while it looks; Path.rglob raises.
        files = [Path(folder) / name for root in roots for folder, _, names in os.walk(root) for name in names]
        return sorted(str(path.relative_to(self.folder)) for path in files)

    def client(self, organization_id: UUID | None = None, role: str = "analyst", **more: Any) -> Client:
        """A person of a new organization, or of the one given."""
        organization_id = organization_id or new_id()
        return Client(self.channel, organization_id, tokens.token(organization_id, role=role, **more))


def configuration(on: Database, **changes: Any) -> source_pb2.PostgresConfiguration:
    """How the test server's database is reached as a source, as its superuser unless changed."""
    parts = urlsplit(on.superuser_url)
    fields: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port,
        "database": on.name,
        "username": parts.username,
        "password": parts.password,
        "tls_mode": source_pb2.TLS_MODE_DISABLE,
    }
    return source_pb2.PostgresConfiguration(**fields | changes)


@asynccontextmanager
async def serving(
    database: Database, folder: Path, query: QuerySettings | None = None, **changes: Any
) -> AsyncIterator[IntegrationServer]:
    """Without TLS, so peers aren't checked here: who may call what by certificate is meshkit's test."""
    given: dict[str, Any] = {
        "allow_private_hosts": True,
        "catalog_seconds": 20.0,
        "blobs": BlobSettings(str(folder / "blobs"), folder / "work", reserve_bytes=0),
    }
    settings = Settings(
        server=ServerSettings(listen="127.0.0.1:0"),
        database=DatabaseSettings(url=Secret(database.app_url("integration"))),
        paging=PagingSettings(tokens.page_token_key()),
        query=query or QuerySettings(),
        auth=PeerSettings("127.0.0.1:1"),
        master_key_file=master_key(folder),
        **given | changes,
    )
    running = await start("integration", settings.server, partial(assemble_with, tokens.verifier(), settings))
    try:
        async with grpc.aio.insecure_channel(running.address) as channel:
            yield IntegrationServer(channel, database, running.address, folder)
    finally:
        await running.stop(grace=0)
