"""AuditService."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import grpc
from infinure.auth.v1 import activity_pb2, audit_service_pb2_grpc
from infinure.auth.v1 import audit_service_pb2 as pb

from meshkit import identity
from meshkit.errors import to_status
from meshkit.paging import PageTokens
from meshkit.telemetry import request_id
from services.auth import activity_files
from services.auth.reading_activities import ReadingActivities
from services.auth.rpc import activity_messages, requests

Context = grpc.aio.ServicerContext[Any, Any]
DEFAULT_PAGE = 50
FORMATS = {pb.ACTIVITY_FORMAT_CSV: "csv", pb.ACTIVITY_FORMAT_JSON_LINES: "json"}


@dataclass(frozen=True)
class AuditServicer(audit_service_pb2_grpc.AuditServiceServicer):
    """The caller's organization's own trail."""

    reading: ReadingActivities
    page_tokens: PageTokens

    async def ListUserActivities(
        self, request: pb.ListUserActivitiesRequest, context: Context
    ) -> pb.ListUserActivitiesResponse:
        caller, listing = identity.caller(), _listing(request.filter)
        position = self.page_tokens.open(request.page_token, listing=listing, caller=caller)
        page = await self.reading.page(
            caller.organization_id,
            activity_messages.wanted(request.filter),
            position["before"] if position is not None else None,
            request.page_size or DEFAULT_PAGE,
        )
        end = await self.reading.end(caller.organization_id) if position is None else None
        following = {"before": page.next}
        return pb.ListUserActivitiesResponse(
            user_activities=activity_messages.activities(page.shown),
            next_page_token=self.page_tokens.seal(following, listing=listing, caller=caller) if page.next else "",
            head=activity_messages.head(end),
        )

    async def ExportUserActivities(
        self, request: pb.ExportUserActivitiesRequest, context: Context
    ) -> AsyncIterator[pb.ExportUserActivitiesResponse]:
        begun = False
        async with aclosing(self._exporting(request, context)) as responses:
            try:
                async for response in responses:
                    yield response
                    begun = True
            except Exception as error:
                if begun:
                    yield pb.ExportUserActivitiesResponse(failed=to_status(error, request_id=request_id()))
                raise

    async def _exporting(
        self, request: pb.ExportUserActivitiesRequest, context: Context
    ) -> AsyncGenerator[pb.ExportUserActivitiesResponse, None]:
        form, count = FORMATS[request.format], 0
        render = activity_files.csv_rows if form == "csv" else activity_files.json_lines
        batches = self.reading.export(requests.person(context), activity_messages.wanted(request.filter), form)
        async with aclosing(batches):
            async for shown in batches:
                header = activity_files.csv_header() if form == "csv" and count == 0 else ""
                yield pb.ExportUserActivitiesResponse(chunk=header + render(shown))
                count += len(shown)
        yield pb.ExportUserActivitiesResponse(completed=pb.ActivityExport(activity_count=count))


def _listing(filter_: activity_pb2.ActivityFilter) -> str:
    return f"user activities {filter_.SerializeToString(deterministic=True).hex()}"
