"""SourceService."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import source_service_pb2 as pb
from infinure.integration.v1 import source_service_pb2_grpc

from meshkit import identity
from services.integration.rpc import translate
from services.integration.sources import Sources


@dataclass(frozen=True)
class SourceServicer(source_service_pb2_grpc.SourceServiceServicer):
    """Connecting and removing sources."""

    sources: Sources

    async def CreateSource(
        self, request: pb.CreateSourceRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.CreateSourceResponse:
        configuration, password = translate.configuration(request.configuration)
        made = await self.sources.create(
            identity.caller(), request.name, configuration, password, request.semantic_model
        )
        return pb.CreateSourceResponse(source=translate.source(made))

    async def TestSource(
        self, request: pb.TestSourceRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.TestSourceResponse:
        found = await self.sources.test(identity.caller(), UUID(request.source_id))
        return translate.inspection(found)

    async def ListSources(
        self, request: pb.ListSourcesRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.ListSourcesResponse:
        found, next_page = await self.sources.list(identity.caller(), request.page_size, request.page_token)
        return pb.ListSourcesResponse(sources=map(translate.source, found), next_page_token=next_page)

    async def GetSource(
        self, request: pb.GetSourceRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.GetSourceResponse:
        found = await self.sources.get(identity.caller(), UUID(request.source_id))
        return pb.GetSourceResponse(source=translate.source(found))

    async def DeleteSource(
        self, request: pb.DeleteSourceRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> pb.DeleteSourceResponse:
        await self.sources.remove(identity.caller(), UUID(request.source_id))
        return pb.DeleteSourceResponse()
