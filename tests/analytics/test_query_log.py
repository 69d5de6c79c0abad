"""What every query log keeps to: one suite, run over each."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from meshkit.ids import new_id
from services.analytics.adapters.clickhouse import ClickHouse
from services.analytics.adapters.query_log import ClickhouseQueryLog
from services.analytics.model import Dimension, Group, Grouping, Key, Position, QueryEvent, Range
from services.analytics.ports import QueryLog
from tests.analytics.memory import MemoryQueryLog

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORGANIZATION, OTHER = new_id(), new_id()


@pytest.fixture(params=["memory", "clickhouse"])
async def log(request: pytest.FixtureRequest) -> AsyncIterator[QueryLog]:
    if request.param == "memory":
        yield MemoryQueryLog()
        return
    async with ClickHouse.open(request.getfixturevalue("usage_store")) as store:
        yield ClickhouseQueryLog(store)


def event(minutes: int = 0, organization_id: UUID = ORGANIZATION) -> QueryEvent:
    return QueryEvent(
        id=new_id(),
        timestamp=NOON + timedelta(minutes=minutes),
        organization_id=organization_id,
        user_id=new_id(),
        user_role="manager",
        query_type="answered",
        query_complexity=3.5,
        execution_time_ms=2**32 - 1,
        tokens_used=0,
        success=True,
        error_type="",
        data_sources=(new_id(), new_id()),
    )


async def everything(log: QueryLog, within: Range = Range(), before: Position | None = None) -> list[QueryEvent]:  # noqa: B008 - frozen
    return list(await log.newest(ORGANIZATION, within, before, 100))


async def test_what_was_recorded_comes_back_whole_newest_first(log: QueryLog) -> None:
    events = [event(minutes) for minutes in (2, 0, 1)]
    for one in events:
        await log.record(one)
    assert await everything(log) == [events[0], events[2], events[1]]


async def test_an_event_without_a_user_or_sources_comes_back_so(log: QueryLog) -> None:
    bare = replace(event(), user_id=None, user_role="", data_sources=())
    await log.record(bare)
    assert await everything(log) == [bare]


async def test_recording_an_id_again_changes_nothing(log: QueryLog) -> None:
    first = event()
    await log.record(first)
    await log.record(replace(first, success=False, timestamp=NOON + timedelta(days=1)))
    assert await everything(log) == [first]


async def test_the_same_id_of_another_organization_is_another_event(log: QueryLog) -> None:
    own = event()
    theirs = replace(own, organization_id=OTHER)
    await log.record(theirs)
    await log.record(own)
    assert await everything(log) == [own]
    assert list(await log.newest(OTHER, Range(), None, 100)) == [theirs]


async def test_bounds_take_the_start_in_and_leave_the_end_out(log: QueryLog) -> None:
    events = [event(minutes) for minutes in range(4)]
    for one in events:
        await log.record(one)
    within = Range(events[1].timestamp, events[3].timestamp)
    assert await everything(log, within) == [events[2], events[1]]
    assert await everything(log, Range(end=events[1].timestamp)) == [events[0]]


async def test_pages_meet_without_gap_or_overlap_even_at_equal_times(log: QueryLog) -> None:
    for one in [event(minutes // 3) for minutes in range(10)]:
        await log.record(one)
    whole = await everything(log)
    read: list[QueryEvent] = []
    before: Position | None = None
    while page := await log.newest(ORGANIZATION, Range(), before, 3):
        read += page
        before = Position(page[-1].timestamp, page[-1].id)
    assert read == whole
    assert len(whole) == 10


UTC_ZONE, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")


async def grouped(log: QueryLog, *dimensions: Dimension, zone: ZoneInfo = UTC_ZONE, **more: object) -> list[Group]:
    within = more.get("within", Range())
    assert isinstance(within, Range)
    return list(await log.groups(ORGANIZATION, within, Grouping(dimensions, zone), None, 1000))


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


async def test_all_events_are_one_group_even_where_there_are_none(log: QueryLog) -> None:
    assert await grouped(log) == [Group((), 0, 0, 0, 0.0, 0.0, 0)]
    one, other = event(), replace(event(), success=False, user_id=None, execution_time_ms=100, tokens_used=7)
    for each in (replace(one, execution_time_ms=200), other):
        await log.record(each)
    assert await grouped(log) == [Group((), 2, 1, 1, 150.0, 195.0, 7)]
    assert await grouped(log, within=Range(end=NOON)) == [Group((), 0, 0, 0, 0.0, 0.0, 0)]


async def test_an_event_delivered_twice_counts_once(log: QueryLog) -> None:
    same = event()
    for _ in range(3):
        await log.record(same)
    assert [group.query_count for group in await grouped(log, Dimension.DAY)] == [1]


async def test_figures_of_each_group_are_its_own(log: QueryLog) -> None:
    times = {"ceo": [10, 20, 30, 40], "analyst": [5]}
    for role, each in times.items():
        for milliseconds in each:
            await log.record(replace(event(), user_role=role, execution_time_ms=milliseconds, tokens_used=2))
    analyst, ceo = await grouped(log, Dimension.ROLE)
    assert analyst == Group(("analyst",), 1, 1, 1, 5.0, 5.0, 2)
    assert ceo == Group(("ceo",), 4, 4, 4, 25.0, 38.5, 8)


async def test_periods_are_cut_in_the_zone_asked_for(log: QueryLog) -> None:
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # already February in Berlin
    await log.record(replace(event(), timestamp=late))
    for dimension, zone, start in (
        (Dimension.MONTH, UTC_ZONE, datetime(2026, 1, 1, tzinfo=UTC)),
        (Dimension.MONTH, BERLIN, datetime(2026, 2, 1, tzinfo=BERLIN)),
        (Dimension.DAY, UTC_ZONE, datetime(2026, 1, 31, tzinfo=UTC)),
        (Dimension.DAY, BERLIN, datetime(2026, 2, 1, tzinfo=BERLIN)),
        (Dimension.HOUR, ZoneInfo("Asia/Kolkata"), datetime(2026, 1, 31, 23, 30, tzinfo=UTC)),
    ):
        assert [group.keys for group in await grouped(log, dimension, zone=zone)] == [(milliseconds(start),)]


async def test_the_hour_that_comes_twice_in_autumn_is_two_groups_and_both_are_of_one_day(log: QueryLog) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 summer time, an hour later 02:30 winter time
    for hours in (0, 1):
        await log.record(replace(event(), timestamp=first + timedelta(hours=hours)))
    hours_found = await grouped(log, Dimension.HOUR, zone=BERLIN)
    begins = [datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1)]
    assert [group.keys for group in hours_found] == [(milliseconds(begin),) for begin in begins]
    (day,) = await grouped(log, Dimension.DAY, zone=BERLIN)
    assert (day.keys, day.query_count) == ((milliseconds(datetime(2026, 10, 25, tzinfo=BERLIN)),), 2)


@pytest.mark.parametrize("year", [1901, 1969, 2107, 2298])
async def test_periods_far_from_today_are_cut_as_well(log: QueryLog, year: int) -> None:
    await log.record(replace(event(), timestamp=datetime(year, 5, 17, 11, 12, tzinfo=UTC)))
    for dimension, start in (
        (Dimension.HOUR, datetime(year, 5, 17, 11, tzinfo=UTC)),
        (Dimension.DAY, datetime(year, 5, 17, tzinfo=UTC)),
        (Dimension.MONTH, datetime(year, 5, 1, tzinfo=UTC)),
    ):
        assert [group.keys for group in await grouped(log, dimension)] == [(milliseconds(start),)]


async def test_failures_are_grouped_by_reason_and_sources_count_in_each(log: QueryLog) -> None:
    first, second = sorted((new_id(), new_id()), key=str)
    await log.record(replace(event(), data_sources=(first, second)))
    await log.record(replace(event(), data_sources=(second,), success=False, error_type="SOURCE_UNREACHABLE"))
    await log.record(replace(event(), data_sources=()))
    sources = await grouped(log, Dimension.SOURCE)
    assert [(group.keys, group.query_count) for group in sources] == [((str(first),), 1), ((str(second),), 2)]
    errors = await grouped(log, Dimension.ERROR)
    assert [(group.keys, group.query_count) for group in errors] == [(("SOURCE_UNREACHABLE",), 1)]


async def test_groups_of_two_dimensions_page_without_gap_or_overlap(log: QueryLog) -> None:
    for number in range(12):
        role = ("analyst", "ceo", "Ärztin", "o'neil\\")[number % 4]
        await log.record(replace(event(minutes=number * 60), user_role=role))
    by = Grouping((Dimension.ROLE, Dimension.HOUR), BERLIN)
    whole = await log.groups(ORGANIZATION, Range(), by, None, 1000)
    read: list[Group] = []
    after: tuple[Key, ...] | None = None
    while page := await log.groups(ORGANIZATION, Range(), by, after, 5):
        read += page
        after = page[-1].keys
    assert read == list(whole)
    assert len(whole) == 12
    assert [group.keys[0] for group in whole[::3]] == ["analyst", "ceo", "o'neil\\", "Ärztin"]


async def test_groups_are_of_one_organization(log: QueryLog) -> None:
    await log.record(event(organization_id=OTHER))
    assert await grouped(log, Dimension.ROLE) == []
