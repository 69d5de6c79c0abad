"""Counting wrong passwords: the same in every store, exact under parallel tries, and with Redis gone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest

from cli.stores.valkey import ValkeyServer
from meshkit.database import Database as AppDatabase
from meshkit.errors import MeshError
from meshkit.ids import new_id
from meshkit.redis import Names, open_redis
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings, RedisSettings
from services.auth.adapters.attempts import SqlAttempts
from services.auth.adapters.redis_attempts import AttemptsWithFallback, RedisAttempts
from services.auth.errors import CredentialsInvalid, TooManyAttempts
from services.auth.ports import Attempts
from services.auth.throttling import AccountExhausted, LoginLimits, Throttle, key
from tests.builders.postgres import Database

NOW = datetime.now(UTC)
WINDOW = timedelta(minutes=15)
NOWHERE = "redis://auth:password@127.0.0.1:1/0"
Make = Callable[[], Attempts]


@pytest.fixture(params=["postgresql", "redis", "redis gone"])
async def attempts(request: pytest.FixtureRequest, database: Database, valkey: ValkeyServer) -> AsyncIterator[Attempts]:
    """Each store, and what runs when Redis is gone; keys are each test's own, as the server is shared."""
    async with AsyncExitStack() as resources:
        settings = DatabaseSettings(url=Secret(database.app_url("auth")))
        sql = SqlAttempts(await resources.enter_async_context(AppDatabase.open(settings)))
        url = {"redis": valkey.url("auth"), "redis gone": NOWHERE}.get(request.param)
        if url is None:
            yield sql
            return
        redis = await resources.enter_async_context(open_redis(RedisSettings(Secret(url))))
        first = RedisAttempts(redis, Names("auth"))
        yield first if request.param == "redis" else AttemptsWithFallback(first, sql)


@pytest.fixture
def mine() -> bytes:
    return key("test", str(new_id()))


async def test_a_window_opens_with_the_first_and_ends(attempts: Attempts, mine: bytes) -> None:
    assert await attempts.so_far(mine, WINDOW, NOW) == 0
    assert [await attempts.count(mine, WINDOW, NOW) for _ in range(3)] == [1, 2, 3]
    later = NOW + WINDOW - timedelta(seconds=1)
    assert await attempts.count(mine, WINDOW, later) == 4
    assert await attempts.so_far(mine, WINDOW, NOW + WINDOW) == 0
    assert await attempts.count(mine, WINDOW, NOW + WINDOW) == 1


async def test_counts_are_taken_back_and_forgotten(attempts: Attempts, mine: bytes) -> None:
    await attempts.take_back(mine)
    for _ in range(2):
        await attempts.count(mine, WINDOW, NOW)
    await attempts.take_back(mine)
    assert await attempts.so_far(mine, WINDOW, NOW) == 1
    await attempts.forget(mine)
    assert await attempts.so_far(mine, WINDOW, NOW) == 0


async def test_parallel_counts_are_all_different(attempts: Attempts, mine: bytes) -> None:
    found = await asyncio.gather(*(attempts.count(mine, WINDOW, NOW) for _ in range(50)))
    assert sorted(found) == list(range(1, 51))


async def outcome(throttle: Throttle, email: str, address: str, right: bool = False) -> str:
    try:
        async with throttle.trying(email, address):
            await asyncio.sleep(0)
            if not right:
                raise CredentialsInvalid()
    except AccountExhausted:
        return "account"
    except TooManyAttempts:
        return "address"
    except MeshError:
        return "looked"
    return "right"


async def test_no_more_looks_than_the_limits_however_parallel(attempts: Attempts) -> None:
    throttle = Throttle(attempts)
    one, other = (f"{new_id()}" for _ in range(2))
    tries = await asyncio.gather(*(outcome(throttle, one, f"{other}-{number}") for number in range(100)))
    assert (tries.count("looked"), tries.count("account")) == (10, 90)
    tries = await asyncio.gather(*(outcome(throttle, f"{one}-{number}", other) for number in range(100)))
    assert (tries.count("looked"), tries.count("address")) == (30, 70)


async def test_an_office_behind_one_address_uses_nothing_up(attempts: Attempts) -> None:
    throttle = Throttle(attempts)
    office = str(new_id())
    tries = await asyncio.gather(*(outcome(throttle, f"{office}-{i}", office, right=True) for i in range(100)))
    assert set(tries) == {"right"}


async def test_in_a_storm_an_address_is_allowed_little_and_one_without_failures_gets_in(attempts: Attempts) -> None:
    throttle = Throttle(attempts, limits=LoginLimits(everywhere=20))
    bad = str(new_id())
    for number in range(20):
        await outcome(throttle, f"{bad}-{number}", f"{bad}-{number}")
    assert [await outcome(throttle, f"{bad}-x{i}", bad) for i in range(5)] == ["looked"] * 3 + ["address"] * 2
    assert await outcome(throttle, f"{bad}-owner", f"{bad}-owner", right=True) == "right"
