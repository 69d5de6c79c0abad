"""Messages to the model and back; pure."""

from datetime import UTC, datetime
from uuid import UUID

from google.protobuf.timestamp_pb2 import Timestamp
from infinure.analytics.v1 import usage_service_pb2 as pb

from meshkit.errors import FieldViolation, InvalidArgument
from meshkit.identity import Caller
from services.analytics.model import QueryEvent, Range


def recorded(request: pb.RecordQueryRequest, caller: Caller) -> QueryEvent:
    """Who asked comes from the token, whatever the message says."""
    event = request.event
    return QueryEvent(
        id=UUID(event.id),
        timestamp=moment(event.timestamp, "event.timestamp"),
        organization_id=caller.organization_id,
        user_id=caller.user_id,
        user_role=caller.role,
        query_type=event.query_type,
        query_complexity=event.query_complexity,
        execution_time_ms=event.execution_time_ms,
        tokens_used=event.tokens_used,
        success=event.success,
        error_type=event.error_type,
        data_sources=tuple(UUID(source_id) for source_id in event.data_sources),
    )


def within(request: pb.ListQueriesRequest) -> Range:
    return Range(
        moment(request.start_time, "start_time") if request.HasField("start_time") else None,
        moment(request.end_time, "end_time") if request.HasField("end_time") else None,
    )


def event(one: QueryEvent) -> pb.QueryEvent:
    message = pb.QueryEvent(
        id=str(one.id),
        organization_id=str(one.organization_id),
        user_id=str(one.user_id) if one.user_id is not None else "",
        user_role=one.user_role,
        query_type=one.query_type,
        query_complexity=one.query_complexity,
        execution_time_ms=one.execution_time_ms,
        tokens_used=one.tokens_used,
        success=one.success,
        error_type=one.error_type,
        data_sources=[str(source_id) for source_id in one.data_sources],
    )
    message.timestamp.FromDatetime(one.timestamp)
    return message


def moment(message: Timestamp, field: str) -> datetime:
    """Raises:
    InvalidArgument: not between the years 1 and 9999.
    """
    try:
        return message.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        wrong = FieldViolation(field, "must be a time between the years 1 and 9999")
        raise InvalidArgument("the request is not valid", violations=[wrong]) from None
