"""QueryService."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import grpc
from infinure.integration.v1 import query_service_pb2 as pb
from infinure.integration.v1 import query_service_pb2_grpc

from meshkit import identity
from services.integration.executors.arrow_ipc import message
from services.integration.querying import Querying
from services.integration.rpc import translate


@dataclass(frozen=True)
class QueryServicer(query_service_pb2_grpc.QueryServiceServicer):
    """The only way to tenants' data."""

    querying: Querying

    async def ExecuteQuery(
        self, request: pb.ExecuteQueryRequest, context: "grpc.aio.ServicerContext[Any, Any]"
    ) -> AsyncIterator[pb.ExecuteQueryResponse]:
        asked = self.querying.run(identity.caller(), UUID(request.source_id), request.sql, request.max_rows)
        async with asked as running:
            yield translate.running(running)
            async with aclosing(running.batches()) as batches:
                async for batch in batches:
                    yield pb.ExecuteQueryResponse(batch=message(batch))
            yield translate.summary(running.execution)
