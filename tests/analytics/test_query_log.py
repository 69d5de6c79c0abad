"""What every query log keeps to: one suite, run over each."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from meshkit.database import Database
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings
from services.analytics.adapters.postgres import SqlQueryLog
from services.analytics.model import Position, QueryEvent, Range
from services.analytics.ports import QueryLog
from tests.analytics.memory import MemoryQueryLog
from tests.builders import postgres

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ORGANIZATION, OTHER = new_id(), new_id()


@pytest.fixture(params=["memory", "postgres"])
async def log(
    request: pytest.FixtureRequest, control_plane: Callable[..., postgres.Database]
) -> AsyncIterator[QueryLog]:
    if request.param == "memory":
        yield MemoryQueryLog()
        return
    settings = DatabaseSettings(url=Secret(control_plane("analytics").app_url("analytics")))
    async with Database.open(settings) as database:
        yield SqlQueryLog(database)


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
