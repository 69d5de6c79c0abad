"""Events delivered until they are acknowledged, while the store is killed again and again: each is there once."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from meshkit.errors import Unavailable
from meshkit.ids import new_id
from meshkit.secrets import Secret
from services.analytics.adapters.clickhouse import ClickHouse
from services.analytics.adapters.query_log import ClickhouseQueryLog
from services.analytics.migrating import migrate
from services.analytics.model import Grouping, QueryEvent, Range
from services.analytics.settings import StoreSettings
from tests.builders.clickhouse import RunningClickHouse, running_clickhouse

ORGANIZATION = new_id()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVENTS, KILLS = 60, 3


@pytest.fixture
def server() -> Iterator[RunningClickHouse]:
    with running_clickhouse() as running:
        yield running


@pytest.fixture
async def log(server: RunningClickHouse) -> AsyncIterator[ClickhouseQueryLog]:
    settings = StoreSettings(url=Secret(f"{server.url}analytics_{secrets.token_hex(4)}"), timeout=60.0)
    await asyncio.to_thread(migrate, settings)
    async with ClickHouse.open(settings) as store:
        yield ClickhouseQueryLog(store)


def event(number: int) -> QueryEvent:
    return QueryEvent(
        new_id(), NOON + timedelta(seconds=number), ORGANIZATION, None, "ceo", "answered", 1.0, 5, 0, True, "", ()
    )


async def deliver(log: ClickhouseQueryLog, one: QueryEvent) -> int:
    """As the outbox does: again until it is acknowledged; how often it was tried."""
    attempts = 1
    while True:
        try:
            await log.record(one)
            return attempts
        except Unavailable:
            attempts += 1
            await asyncio.sleep(0.05)


async def test_a_store_killed_between_record_and_acknowledgement_loses_and_doubles_nothing(
    server: RunningClickHouse, log: ClickhouseQueryLog
) -> None:
    events = [event(number) for number in range(EVENTS)]
    queue, attempts = list(events), 0
    reached = {EVENTS * (KILLS - number) // (KILLS + 1): asyncio.Event() for number in range(KILLS)}

    async def delivering() -> None:
        nonlocal attempts
        while queue:
            one = queue.pop()
            if len(queue) in reached:
                reached[len(queue)].set()
            took = await deliver(log, one)  # others count while this one waits
            attempts += took

    workers = [asyncio.create_task(delivering()) for _ in range(3)]
    for part in reached.values():
        await part.wait()
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    await asyncio.gather(*workers)
    for one in events[::7]:  # an acknowledgement that was lost on its way brings the event once more
        await log.record(one)
    assert attempts > EVENTS
    assert {one.id for one in await log.newest(ORGANIZATION, Range(), None, 1000)} == {one.id for one in events}
    (group,) = await log.groups(ORGANIZATION, Range(), Grouping((), ZoneInfo("UTC")), None, 10)
    assert group.query_count == EVENTS


async def test_a_store_that_is_away_is_said_to_be(server: RunningClickHouse, log: ClickhouseQueryLog) -> None:
    await log.record(event(0))
    server.kill()
    with pytest.raises(Unavailable, match="store of usage"):
        await log.record(event(1))
    with pytest.raises(Unavailable):
        await log.newest(ORGANIZATION, Range(), None, 10)
    await asyncio.to_thread(server.start)
    assert len(await log.newest(ORGANIZATION, Range(), None, 10)) == 1
