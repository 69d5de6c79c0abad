"""WarehouseService."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import warehouse_service_pb2 as pb
from infinure.integration.v1 import warehouse_service_pb2_grpc

from meshkit import identity
from services.integration.loading import FromQuery, FromUpload, Loading
from services.integration.model import Source
from services.integration.progress import Progress
from services.integration.rpc import translate
from services.integration.rpc.telling import telling

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class WarehouseServicer(warehouse_service_pb2_grpc.WarehouseServiceServicer):
    """Loading tables, and dropping them."""

    loading: Loading

    async def LoadTable(self, request: pb.LoadTableRequest, context: Context) -> AsyncIterator[pb.LoadTableResponse]:
        steps = self.loading.load(identity.caller(), request.table, request.replace, _origin(request))
        responses = telling(_loading(steps), lambda status: pb.LoadTableResponse(failed=status))
        async with aclosing(responses):
            async for response in responses:
                yield response

    async def DeleteTable(self, request: pb.DeleteTableRequest, context: Context) -> pb.DeleteTableResponse:
        await self.loading.drop(identity.caller(), request.table)
        return pb.DeleteTableResponse()


async def _loading(steps: AsyncGenerator[Progress | Source, None]) -> AsyncGenerator[pb.LoadTableResponse, None]:
    async with aclosing(steps):
        async for step in steps:
            if isinstance(step, Progress):
                yield pb.LoadTableResponse(progress=translate.progress(step))
            else:
                yield pb.LoadTableResponse(source=translate.source(step))


def _origin(request: pb.LoadTableRequest) -> FromUpload | FromQuery:
    if request.WhichOneof("from") == "upload":
        return FromUpload(UUID(request.upload.upload_id), request.upload.table)
    return FromQuery(UUID(request.query.source_id), request.query.sql)
