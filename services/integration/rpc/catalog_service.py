"""CatalogService."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import catalog_service_pb2 as pb
from infinure.integration.v1 import catalog_service_pb2_grpc

from meshkit import identity
from services.integration.catalog.descriptions import Description
from services.integration.catalogs import Catalogs
from services.integration.progress import Progress
from services.integration.refreshing import Refreshing
from services.integration.rpc import catalog_messages, translate
from services.integration.rpc.telling import telling

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class CatalogServicer(catalog_service_pb2_grpc.CatalogServiceServicer):
    """What a source holds."""

    catalogs: Catalogs
    refreshing: Refreshing

    async def GetCatalog(self, request: pb.GetCatalogRequest, context: Context) -> pb.GetCatalogResponse:
        caller, source_id = identity.caller(), UUID(request.source_id)
        version = await self.catalogs.version(caller, source_id)
        if request.known_version == version:
            return pb.GetCatalogResponse(version=version)
        known = await self.catalogs.get(caller, source_id)
        return pb.GetCatalogResponse(version=known.version, catalog=catalog_messages.catalog(known))

    async def RefreshCatalog(
        self, request: pb.RefreshCatalogRequest, context: Context
    ) -> AsyncIterator[pb.RefreshCatalogResponse]:
        steps = self.refreshing.follow(identity.caller(), UUID(request.source_id))
        responses = telling(_refreshing(steps), lambda status: pb.RefreshCatalogResponse(failed=status))
        async with aclosing(responses):
            async for response in responses:
                yield response

    async def UpdateDescription(
        self, request: pb.UpdateDescriptionRequest, context: Context
    ) -> pb.UpdateDescriptionResponse:
        description = Description(request.schema, request.table, request.column, request.description)
        version = await self.catalogs.describe(identity.caller(), UUID(request.source_id), description)
        return pb.UpdateDescriptionResponse(version=version)


async def _refreshing(steps: AsyncGenerator[Progress | str, None]) -> AsyncGenerator[pb.RefreshCatalogResponse, None]:
    async with aclosing(steps):
        async for step in steps:
            if isinstance(step, Progress):
                yield pb.RefreshCatalogResponse(progress=translate.progress(step))
            else:
                yield pb.RefreshCatalogResponse(version=step)
