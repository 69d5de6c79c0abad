"""Reading the audit trail as a client does."""

from typing import Any

from infinure.auth.v1 import activity_pb2, audit_service_pb2_grpc
from infinure.auth.v1 import audit_service_pb2 as pb

from tests.auth.server import AuthServer, bearer

EVERYTHING = activity_pb2.ActivityFilter()
Filter = activity_pb2.ActivityFilter


async def listed(auth: AuthServer, token: str, **asked: Any) -> pb.ListUserActivitiesResponse:
    stub = audit_service_pb2_grpc.AuditServiceStub(auth.channel)
    return await stub.ListUserActivities(pb.ListUserActivitiesRequest(**asked), metadata=bearer(token))


async def exported(
    auth: AuthServer,
    token: str,
    form: pb.ActivityFormat.ValueType = pb.ACTIVITY_FORMAT_CSV,
    wanted: Filter = EVERYTHING,
) -> tuple[str, pb.ActivityExport]:
    """The file, and what it came to."""
    stub = audit_service_pb2_grpc.AuditServiceStub(auth.channel)
    request = pb.ExportUserActivitiesRequest(format=form, filter=wanted)
    events = [event async for event in stub.ExportUserActivities(request, metadata=bearer(token))]
    *chunks, last = events
    assert {event.WhichOneof("event") for event in chunks} == {"chunk"}
    assert last.WhichOneof("event") == "completed"
    return "".join(event.chunk for event in chunks), last.completed


def names(found: pb.ListUserActivitiesResponse) -> list[str]:
    """What was done, the newest first."""
    return [
        activity_pb2.ActivityAction.Name(one.action).removeprefix("ACTIVITY_ACTION_") for one in found.user_activities
    ]
