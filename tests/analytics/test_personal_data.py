"""What analytics exports, erases and lets go of."""

from datetime import timedelta

from meshkit.ids import new_id
from tests.analytics.test_usage import NOON, ORGANIZATION, USER, Usage, job, leader, moment, usage
from tests.builders.personal_data import Holder, job_token, nothing

__all__ = ["usage"]


async def test_the_events_stay_and_name_nobody(usage: Usage) -> None:
    for minute in range(3):
        await usage.record(job(), timestamp=moment(NOON.replace(minute=minute)))
    other = new_id()
    await usage.record(job(other))
    mine = Holder(usage.channel, job_token(ORGANIZATION))
    exported = await mine.export(USER)
    assert [(store, record["user_id"]) for store, record in exported] == [("query_analytics", str(USER))] * 3

    assert await Holder(usage.channel, job_token(new_id())).erase(USER) == {"query_analytics": (0, 0, 0)}
    done = await mine.erase(USER)
    assert done == {"query_analytics": (0, 3, 0)}
    assert {one.user_id for one in (await usage.listed(leader())).queries} == {""}
    assert [one.user_id for one in (await usage.listed(leader(other))).queries] == [str(USER)]
    assert await mine.erase(USER) == nothing(done)


async def test_what_is_too_old_is_gone(usage: Usage) -> None:
    for days in (-1, 1):
        await usage.record(job(), timestamp=moment(NOON + timedelta(days=days)))
    mine = Holder(usage.channel, job_token(ORGANIZATION))
    assert await mine.retain(NOON) == {"query_analytics": (1, 0, 0)}
    (left,) = (await usage.listed(leader())).queries
    assert left.timestamp.ToDatetime() == (NOON + timedelta(days=1)).replace(tzinfo=None)
    assert await mine.retain(NOON) == {"query_analytics": (0, 0, 0)}
