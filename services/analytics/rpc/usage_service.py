"""UsageService."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import grpc
from infinure.analytics.v1 import usage_service_pb2 as pb
from infinure.analytics.v1 import usage_service_pb2_grpc

from meshkit import identity
from meshkit.paging import PageTokens
from services.analytics.queries import Queries
from services.analytics.rpc import pages, translate

Context = grpc.aio.ServicerContext[Any, Any]
DEFAULT_PAGE, DEFAULT_GROUPS = 25, 100


@dataclass(frozen=True)
class UsageServicer(usage_service_pb2_grpc.UsageServiceServicer):
    """Keeps, lists and counts query events."""

    queries: Queries
    page_tokens: PageTokens
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def RecordQuery(self, request: pb.RecordQueryRequest, context: Context) -> pb.RecordQueryResponse:
        await self.queries.record(translate.recorded(request, identity.caller()))
        return pb.RecordQueryResponse()

    async def ListQueries(self, request: pb.ListQueriesRequest, context: Context) -> pb.ListQueriesResponse:
        caller, within = identity.caller(), translate.within(request)
        before = pages.opened(self.page_tokens, request.page_token, within, caller)
        page = await self.queries.page(caller.organization_id, within, before, request.page_size or DEFAULT_PAGE)
        return pb.ListQueriesResponse(
            queries=[translate.event(one) for one in page.events],
            next_page_token=pages.sealed(self.page_tokens, page.next, within, caller),
        )

    async def AggregateQueries(
        self, request: pb.AggregateQueriesRequest, context: Context
    ) -> pb.AggregateQueriesResponse:
        caller, by = identity.caller(), translate.grouping(request)
        within, after = pages.opened_groups(self.page_tokens, request, caller, translate.period(request, self.clock()))
        size = request.page_size or DEFAULT_GROUPS
        page = await self.queries.group_page(caller.organization_id, within, by, after, size)
        return pb.AggregateQueriesResponse(
            groups=[translate.group(one, by) for one in page.groups],
            next_page_token=pages.sealed_groups(self.page_tokens, request, caller, within, page.next),
        )
