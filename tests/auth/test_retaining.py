"""What is older than seven years is let go of, in every service and in the trail, which still holds."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import pytest

from meshkit.channel import open_channel
from meshkit.database import Database as Pool
from meshkit.settings import SettingsError, load
from services.auth.adapters.activities import SqlActivities, SqlTrail
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.holders import ServiceHolder
from services.auth.adapters.retention import SqlRetentions
from services.auth.adapters.signing_keys import open_keyring
from services.auth.retaining import Retaining
from services.auth.settings import SEVEN_YEARS, PrivacySettings
from services.auth.tokens import TokenIssuer
from tests.auth.server import AuthServer
from tests.auth.test_audit_trail import anchored, recorded, verified
from tests.auth.test_erasing import SERVICES, Organization, organization

__all__ = ["organization"]
DAY = timedelta(days=1)
LIMIT = timedelta(days=SEVEN_YEARS)


@asynccontextmanager
async def retaining(organization: Organization) -> AsyncIterator[Retaining]:
    """As the service runs it once a day."""
    auth, given = organization.auth, organization.auth.settings.privacy
    keyring = open_keyring(auth.settings.audit.key_dir, auth.clock())
    trail = SqlTrail(HeadSigner(keyring))
    issuer = TokenIssuer(keyring, auth.clock)
    async with Pool.open(auth.settings.database) as pool, AsyncExitStack() as stack:
        opened = [open_channel(getattr(given, name), None, service=name) for name in SERVICES]
        channels = [await stack.enter_async_context(channel) for channel in opened]
        holders = [ServiceHolder(name, channel, issuer) for name, channel in zip(SERVICES, channels, strict=True)]
        yield Retaining(SqlRetentions(pool, trail), SqlActivities(pool, trail), holders, LIMIT, auth.clock)


async def aged(auth: AuthServer) -> str:
    """Three activities of 7 years and a day ago, two of a day later than 7 years ago; the organization's id."""
    auth.clock.ahead = -(LIMIT + DAY)
    opened = await auth.signed_up(email="ada@example.test")
    auth.clock.ahead = -(LIMIT - DAY)
    await auth.logged_in("ada@example.test")
    await auth.logged_in("ada@example.test")
    auth.clock.ahead = timedelta()
    return opened.organization.id


async def test_what_is_a_day_too_old_is_gone_and_a_day_younger_stays(organization: Organization) -> None:
    auth = organization.auth
    organization_id = await aged(auth)
    await anchored(auth)
    async with retaining(organization) as task:
        await task.run_due()
        assert recorded(auth, organization_id) == ["LOGIN_SUCCESS", "LOGIN_SUCCESS", "ACTIVITIES_REMOVED"]
        assert await verified(auth) == (0, "1 trails hold: 3 activities\n")
        before = (auth.clock() - LIMIT).date()
        assert [one.asked for one in organization.kept.values()] == [[f"retain {before}"]] * 4
        # Once a day.
        await task.run_due()
        assert [len(one.asked) for one in organization.kept.values()] == [1] * 4
        runs = "SELECT service, stores -> 0 ->> 'store', stores -> 0 ->> 'deleted' FROM auth.retention_runs ORDER BY 1"
        others = [f"{name}|notes|1" for name in sorted(SERVICES)]
        assert auth.database.run(runs) == sorted(["auth|user_activities|3", *others])
        # What follows is chained to what is left, and the next cut as well.
        await auth.logged_in("ada@example.test")
        auth.clock.ahead = 2 * DAY
        await task.run_due()
        assert recorded(auth, organization_id) == ["ACTIVITIES_REMOVED", "LOGIN_SUCCESS", "ACTIVITIES_REMOVED"]
        assert (await verified(auth))[0] == 0


async def test_a_trail_that_is_too_old_as_a_whole_tells_of_its_removal_alone(organization: Organization) -> None:
    auth = organization.auth
    auth.clock.ahead = -(LIMIT + DAY)
    opened = await auth.signed_up()
    auth.clock.ahead = timedelta()
    async with retaining(organization) as task:
        await task.run_due()
    assert recorded(auth, opened.organization.id) == ["ACTIVITIES_REMOVED"]
    assert (await verified(auth))[0] == 0


async def test_a_service_that_is_away_is_asked_again_and_the_others_are_not(organization: Organization) -> None:
    await aged(organization.auth)
    organization.kept["chat"].away = True
    async with retaining(organization) as task:
        await task.run_due()
        organization.kept["chat"].away = False
        await task.run_due()
    assert {name: len(one.asked) for name, one in organization.kept.items()} == {
        "chat": 2,
        "ml_gateway": 1,
        "integration": 1,
        "analytics": 1,
    }


# What is done to a trail that was cut, and what is then told.
TAMPERING = {
    "cut further": ("DELETE FROM auth.user_activities WHERE sequence = 4", "activity 4 is missing"),
    "start removed": ("DELETE FROM auth.activity_starts", "activity 1 is missing"),
    "start moved": (
        "UPDATE auth.activity_starts SET sequence = 4, "
        "hash = (SELECT hash FROM auth.user_activities WHERE sequence = 4); "
        "DELETE FROM auth.user_activities WHERE sequence = 4",
        "the start at 4 isn't signed by any key of ours",
    ),
}


@pytest.mark.parametrize("case", TAMPERING)
async def test_nobody_else_can_cut_it_unnoticed(organization: Organization, case: str) -> None:
    await aged(organization.auth)
    async with retaining(organization) as task:
        await task.run_due()
    statement, told = TAMPERING[case]
    organization.auth.database.run(statement)
    status, said = await verified(organization.auth)
    assert (status, told in said) == (1, True), said


async def test_the_services_role_removes_nothing_of_the_last_year(organization: Organization) -> None:
    auth = organization.auth
    opened = await auth.signed_up()
    remove = (
        f"SET ROLE auth_app; BEGIN; SET LOCAL app.organization_id = '{opened.organization.id}'; "
        "SELECT remove_activities(100); COMMIT;"
    )
    auth.database.run(f"SET search_path = auth; {remove}")
    assert len(recorded(auth, opened.organization.id)) == 3


def test_seven_years_are_the_default_and_less_than_one_is_refused() -> None:
    addresses = {f"INFINURE_{name.upper()}_ADDRESS": "127.0.0.1:1" for name in SERVICES}
    assert load(PrivacySettings, addresses).retention_days == 7 * 365 + 2
    with pytest.raises(SettingsError, match="INFINURE_RETENTION_DAYS"):
        load(PrivacySettings, {**addresses, "INFINURE_RETENTION_DAYS": "364"})
