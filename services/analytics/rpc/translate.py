"""Messages to the model and back; pure."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from google.protobuf.timestamp_pb2 import Timestamp
from infinure.analytics.v1 import usage_service_pb2 as pb

from meshkit.errors import FieldViolation, InvalidArgument
from meshkit.identity import Caller
from services.analytics.errors import GroupingWrong, TimeOutOfRange, ZoneUnknown
from services.analytics.model import Dimension, Group, Grouping, Key, QueryEvent, Range

DEFAULT_PERIOD = timedelta(days=30)
# Files beside the zones on many machines: what they mean is the machine's affair, or counts leap seconds.
_NO_ZONES = ("localtime", "posix", "right/", "Factory")
_DIMENSIONS = {
    pb.QUERY_DIMENSION_HOUR: Dimension.HOUR,
    pb.QUERY_DIMENSION_DAY: Dimension.DAY,
    pb.QUERY_DIMENSION_MONTH: Dimension.MONTH,
    pb.QUERY_DIMENSION_USER: Dimension.USER,
    pb.QUERY_DIMENSION_ROLE: Dimension.ROLE,
    pb.QUERY_DIMENSION_TYPE: Dimension.TYPE,
    pb.QUERY_DIMENSION_ERROR: Dimension.ERROR,
    pb.QUERY_DIMENSION_SOURCE: Dimension.SOURCE,
}


def recorded(request: pb.RecordQueryRequest, caller: Caller) -> QueryEvent:
    """Who asked comes from the token, whatever the message says."""
    event = request.event
    return QueryEvent(
        id=UUID(event.id),
        timestamp=_kept(event.timestamp, "event.timestamp"),
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


def period(request: pb.AggregateQueriesRequest, now: datetime) -> Range:
    """The bounds, with what stands for the absent ones."""
    end = moment(request.end_time, "end_time") if request.HasField("end_time") else now
    if request.HasField("start_time"):
        return Range(moment(request.start_time, "start_time"), end)
    return Range(end - min(DEFAULT_PERIOD, end - datetime.min.replace(tzinfo=UTC)), end)


def grouping(request: pb.AggregateQueriesRequest) -> Grouping:
    """Raises:
    ZoneUnknown, GroupingWrong: as they say.
    """
    dimensions = tuple(_DIMENSIONS[one] for one in (request.group_by, request.then_by) if one)
    if request.then_by and (not request.group_by or request.then_by == request.group_by):
        raise GroupingWrong
    if request.time_zone.startswith(_NO_ZONES):
        raise ZoneUnknown
    try:
        return Grouping(dimensions, ZoneInfo(request.time_zone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown from None


def group(one: Group, by: Grouping) -> pb.QueryGroup:
    values = [_value(key, by.zone) for key in one.keys]
    return pb.QueryGroup(
        value=values[0] if values else "",
        then_value=values[1] if len(values) > 1 else "",
        query_count=one.query_count,
        success_count=one.success_count,
        user_count=one.user_count,
        execution_time_ms_median=one.execution_time_ms_median,
        execution_time_ms_p95=one.execution_time_ms_p95,
        token_count=one.token_count,
    )


def _value(key: Key, zone: ZoneInfo) -> str:
    if isinstance(key, str):
        return key
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=key)).astimezone(zone).isoformat()


def _kept(message: Timestamp, field: str) -> datetime:
    """To the millisecond, downwards, as the store keeps it."""
    told = moment(message, field)
    if not 1900 <= told.year <= 2299:
        raise TimeOutOfRange(field)
    return told.replace(microsecond=told.microsecond // 1000 * 1000)


def moment(message: Timestamp, field: str) -> datetime:
    """Raises:
    InvalidArgument: not between the years 1 and 9999.
    """
    try:
        return message.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        wrong = FieldViolation(field, "must be a time between the years 1 and 9999")
        raise InvalidArgument("the request is not valid", violations=[wrong]) from None
