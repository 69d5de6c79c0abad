"""Usage, recorded and listed over grpc."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.analytics.v1 import usage_service_pb2 as pb
from infinure.analytics.v1 import usage_service_pb2_grpc
from infinure.error.v1 import access_pb2

from meshkit.ids import new_id
from meshkit.server import Assembly, start
from meshkit.settings import PagingSettings, PeerSettings, ServerSettings
from services.analytics.bootstrap import assemble
from services.analytics.settings import Settings, StoreSettings
from tests.builders import grpc_errors, tokens
from tests.builders.ports import free_port

ORGANIZATION, USER = new_id(), new_id()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Usage:
    """A running analytics service that takes the tests' tokens, and its stub."""

    stub: usage_service_pb2_grpc.UsageServiceStub
    channel: grpc.aio.Channel

    async def record(self, token: str, **changes: Any) -> None:
        await self.stub.RecordQuery(pb.RecordQueryRequest(event=event(**changes)), metadata=tokens.bearer(token))

    async def listed(self, token: str, **request: Any) -> pb.ListQueriesResponse:
        return await self.stub.ListQueries(pb.ListQueriesRequest(**request), metadata=tokens.bearer(token))

    async def aggregated(self, token: str, **request: Any) -> pb.AggregateQueriesResponse:
        asked = pb.AggregateQueriesRequest(**request)
        return await self.stub.AggregateQueries(asked, metadata=tokens.bearer(token))


@pytest.fixture
async def usage(usage_store: StoreSettings) -> AsyncIterator[Usage]:
    settings = Settings(
        server=ServerSettings(listen="127.0.0.1:0"),
        store=usage_store,
        paging=PagingSettings(key=tokens.page_token_key()),
        auth=PeerSettings(f"127.0.0.1:{free_port()}"),
    )
    running = await start("analytics", settings.server, partial(assembled, settings))
    try:
        async with grpc.aio.insecure_channel(running.address) as channel:
            yield Usage(usage_service_pb2_grpc.UsageServiceStub(channel), channel)
    finally:
        await running.stop(grace=0)


async def assembled(settings: Settings, resources: AsyncExitStack) -> Assembly:
    """The service as it is, but for whose signatures it takes: auth isn't running here."""
    return replace(await assemble(settings, resources), verifier=tokens.verifier())


def event(**changes: Any) -> pb.QueryEvent:
    fields = {
        "id": str(new_id()),
        "timestamp": moment(NOON),
        "query_type": "answered",
        "query_complexity": 2.0,
        "execution_time_ms": 120,
        "success": True,
        "data_sources": [str(new_id())],
    }
    return pb.QueryEvent(**{**fields, **changes})


def moment(when: datetime) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(when)
    return message


def job(organization_id: UUID = ORGANIZATION) -> str:
    return tokens.token(organization_id, USER, "analyst", [access_pb2.PERMISSION_RECORD_USAGE], job_id=new_id())


def leader(organization_id: UUID = ORGANIZATION) -> str:
    return tokens.token(organization_id, USER, "ceo", [access_pb2.PERMISSION_READ_USAGE])


async def test_who_asked_comes_from_the_token_whatever_the_message_says(usage: Usage) -> None:
    await usage.record(job(), organization_id=str(new_id()), user_id=str(new_id()), user_role="ceo")
    (listed,) = (await usage.listed(leader())).queries
    assert (listed.organization_id, listed.user_id, listed.user_role) == (str(ORGANIZATION), str(USER), "analyst")
    assert (listed.query_type, listed.execution_time_ms, listed.success) == ("answered", 120, True)
    assert listed.timestamp.ToDatetime(tzinfo=UTC) == NOON


async def test_delivered_twice_is_kept_once(usage: Usage) -> None:
    same = str(new_id())
    await usage.record(job(), id=same)
    await usage.record(job(), id=same)
    assert len((await usage.listed(leader())).queries) == 1


async def test_pages_by_token_within_bounds(usage: Usage) -> None:
    for minute in range(7):
        await usage.record(job(), timestamp=moment(NOON.replace(minute=minute)))
    bounds = {"start_time": moment(NOON.replace(minute=1)), "end_time": moment(NOON.replace(minute=6))}
    first = await usage.listed(leader(), page_size=2, **bounds)
    second = await usage.listed(leader(), page_size=2, page_token=first.next_page_token, **bounds)
    third = await usage.listed(leader(), page_size=2, page_token=second.next_page_token, **bounds)
    minutes = [one.timestamp.ToDatetime().minute for page in (first, second, third) for one in page.queries]
    assert minutes == [5, 4, 3, 2, 1]
    assert third.next_page_token == ""


async def test_a_page_token_is_of_its_caller_and_listing_alone(usage: Usage) -> None:
    for minute in range(3):
        await usage.record(job(), timestamp=moment(NOON.replace(minute=minute)))
    token = (await usage.listed(leader(), page_size=1)).next_page_token
    for caller, request in (
        (leader(new_id()), {"page_token": token}),
        (leader(), {"page_token": token, "start_time": moment(NOON)}),
        (leader(), {"page_token": token[:-2] + "AA"}),
        (leader(), {"page_token": "made up"}),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await usage.listed(caller, **request)
        assert grpc_errors.reason(raised.value) == "INVALID_ARGUMENT PAGE_TOKEN_INVALID"


async def test_another_organization_sees_nothing_of_it(usage: Usage) -> None:
    await usage.record(job())
    assert not (await usage.listed(leader(new_id()))).queries


async def test_people_cannot_record_and_not_everybody_may_read(usage: Usage) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await usage.record(leader())
    assert grpc_errors.reason(raised.value) == "PERMISSION_DENIED PERMISSION_MISSING"
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await usage.listed(tokens.token(ORGANIZATION, USER, "viewer", [access_pb2.PERMISSION_ASK]))
    assert grpc_errors.reason(raised.value) == "PERMISSION_DENIED PERMISSION_MISSING"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "no uuid"),
        ("timestamp", None),
        ("timestamp", Timestamp(seconds=10**12)),
        ("timestamp", moment(datetime(1899, 12, 31, tzinfo=UTC))),
        ("query_type", "guessed"),
        ("query_complexity", -1.0),
        ("query_complexity", float("nan")),
        ("error_type", "x" * 101),
        ("data_sources", ["no uuid"]),
    ],
)
async def test_bad_events_name_their_field(usage: Usage, field: str, value: object) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await usage.record(job(), **{field: value})
    assert grpc_errors.reason(raised.value) == "INVALID_ARGUMENT REQUEST_INVALID"
    assert [name.partition("[")[0] for name in grpc_errors.fields(raised.value)] == [f"event.{field}"]


async def test_times_are_kept_to_the_millisecond(usage: Usage) -> None:
    await usage.record(job(), timestamp=moment(NOON.replace(microsecond=123_999)))
    (listed,) = (await usage.listed(leader())).queries
    assert listed.timestamp.ToDatetime(tzinfo=UTC) == NOON.replace(microsecond=123_000)


async def test_groups_page_by_token_and_the_bounds_stay_while_time_goes_on(usage: Usage) -> None:
    now = datetime.now(UTC)
    for minutes in range(5):
        await usage.record(job(), timestamp=moment(now - timedelta(hours=minutes + 1)), tokens_used=minutes)
    await usage.record(job(), timestamp=moment(now - timedelta(days=31)))
    asked = {"group_by": pb.QUERY_DIMENSION_HOUR, "time_zone": "America/St_Johns", "page_size": 2}
    first = await usage.aggregated(leader(), **asked)
    second = await usage.aggregated(leader(), **asked, page_token=first.next_page_token)
    third = await usage.aggregated(leader(), **asked, page_token=second.next_page_token)
    groups = [group for page in (first, second, third) for group in page.groups]
    assert [group.token_count for group in groups] == [4, 3, 2, 1, 0]
    assert third.next_page_token == ""
    zone = ZoneInfo("America/St_Johns")
    expected = [(now - timedelta(hours=hours)).astimezone(zone) for hours in (5, 4, 3, 2, 1)]
    starts = [each.replace(minute=0, second=0, microsecond=0) for each in expected]
    assert [group.value for group in groups] == [start.isoformat() for start in starts]
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await usage.aggregated(leader(), group_by=pb.QUERY_DIMENSION_DAY, page_token=first.next_page_token)
    assert grpc_errors.reason(raised.value) == "INVALID_ARGUMENT PAGE_TOKEN_INVALID"


async def test_groups_of_another_organization_are_not_counted(usage: Usage) -> None:
    await usage.record(job())
    (group,) = (await usage.aggregated(leader(new_id()), start_time=moment(NOON))).groups
    assert group.query_count == 0


@pytest.mark.parametrize(
    ("field", "request_fields"),
    [
        ("time_zone", {"time_zone": "Europe/Atlantis"}),
        ("time_zone", {"time_zone": "../../etc/passwd"}),
        ("time_zone", {"time_zone": "/etc/localtime"}),
        ("time_zone", {"time_zone": "localtime", "group_by": pb.QUERY_DIMENSION_DAY}),
        ("then_by", {"then_by": pb.QUERY_DIMENSION_ROLE}),
        ("then_by", {"group_by": pb.QUERY_DIMENSION_ROLE, "then_by": pb.QUERY_DIMENSION_ROLE}),
        ("group_by", {"group_by": 99}),
        ("page_size", {"page_size": 1001}),
    ],
)
async def test_bad_aggregations_name_their_field(usage: Usage, field: str, request_fields: dict[str, Any]) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await usage.aggregated(leader(), **request_fields)
    assert grpc_errors.reason(raised.value) == "INVALID_ARGUMENT REQUEST_INVALID"
    assert list(grpc_errors.fields(raised.value)) == [field]


@pytest.mark.parametrize(
    ("field", "value"), [("page_size", -1), ("page_size", 101), ("end_time", Timestamp(seconds=-(10**12)))]
)
async def test_bad_listings_name_their_field(usage: Usage, field: str, value: object) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await usage.listed(leader(), **{field: value})
    assert list(grpc_errors.fields(raised.value)) == [field]
