"""The audit trail's messages to the model and back; pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from uuid import UUID

from infinure.auth.v1 import activity_pb2 as pb

from services.auth.audit import Action
from services.auth.model import Member
from services.auth.ports import ActivityFilter
from services.auth.reading_activities import End, Shown
from services.auth.rpc.translate import optional_id, timestamp

ACTIONS: Mapping[str, pb.ActivityAction.ValueType] = {
    action.value: pb.ActivityAction.Value(f"ACTIVITY_ACTION_{action.value}") for action in Action
}
BY_NUMBER = {number: Action(name) for name, number in ACTIONS.items()}


def wanted(filter_: pb.ActivityFilter) -> ActivityFilter:
    return ActivityFilter(
        user_id=optional_id(filter_.user_id),
        actions=[BY_NUMBER[number] for number in filter_.actions],
        resource_type=filter_.resource_type,
        resource_id=optional_id(filter_.resource_id),
        since=filter_.start_time.ToDatetime(UTC) if filter_.HasField("start_time") else None,
        until=filter_.end_time.ToDatetime(UTC) if filter_.HasField("end_time") else None,
    )


def activities(shown: Sequence[Shown]) -> list[pb.UserActivity]:
    return [_activity(one) for one in shown]


def head(end: End | None) -> pb.ActivityTrailHead | None:
    if end is None:
        return None
    return pb.ActivityTrailHead(sequence=end.head.sequence, sign_time=timestamp(end.head.signed_at), valid=end.valid)


def _activity(one: Shown) -> pb.UserActivity:
    entry = one.entry
    return pb.UserActivity(
        id=str(entry.id),
        sequence=entry.sequence,
        create_time=timestamp(entry.created_at),
        action=ACTIONS.get(entry.action, pb.ACTIVITY_ACTION_UNSPECIFIED),
        person=_person(entry.user_id, one.person),
        resource_type=entry.resource_type,
        resource_id=str(entry.resource_id) if entry.resource_id is not None else "",
        resource_person=_person(one.resource_user_id, one.resource_person),
        details=entry.metadata,
        ip_address=entry.origin.ip_address,
        user_agent=entry.origin.user_agent,
        altered=one.altered,
    )


def _person(user_id: UUID | None, member: Member | None) -> pb.ActivityPerson | None:
    if user_id is None:
        return None
    if member is None:
        return pb.ActivityPerson(id=str(user_id), erased=True)
    return pb.ActivityPerson(id=str(user_id), first_name=member.first_name, last_name=member.last_name)
