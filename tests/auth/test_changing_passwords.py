"""Changing one's own password: what it takes, and what ends by it."""

import asyncio
import sys
from itertools import pairwise
from typing import Any

import grpc
import pytest
from infinure.auth.v1 import user_service_pb2 as pb

from cli.launching import base_environment
from meshkit.errors import from_rpc_error
from services.auth.new_passwords import PREVENT_REUSE
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer, bearer

DENIED, INVALID = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT
NEW = "Kestrel-Nest-41"


async def change(auth: AuthServer, token: str, new: str, current: str = PASSWORD) -> pb.ChangePasswordResponse:
    request = pb.ChangePasswordRequest(current_password=current, new_password=new)
    return await auth.users.ChangePassword(request, metadata=bearer(token))


async def test_the_new_password_works_the_old_one_does_not_and_other_sessions_end(auth: AuthServer) -> None:
    mine = await auth.signed_up(email="ada@example.test")
    other = await auth.logged_in("ada@example.test")
    assert (await change(auth, mine.access_token, NEW)).ended_session_count == 1
    with refused(grpc.StatusCode.UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in("ada@example.test")
    await auth.logged_in("ada@example.test", NEW)
    with refused(grpc.StatusCode.UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(other.refresh_token)
    assert len(await auth.revoked_sessions()) == 1
    await auth.refreshed(mine.refresh_token)
    await auth.me(mine.access_token)


async def test_another_organizations_people_are_left_alone(auth: AuthServer) -> None:
    mine, theirs = await auth.signed_up(), await auth.signed_up()
    await change(auth, mine.access_token, NEW)
    await auth.refreshed(theirs.refresh_token)
    await auth.logged_in(theirs.user.email)


async def test_the_current_password_is_needed_and_tries_at_it_are_counted(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    with refused(INVALID, "REQUEST_INVALID") as missing:
        await change(auth, opened.access_token, NEW, current="")
    assert [one.field for one in missing.error.violations] == ["current_password"]
    for _ in range(10):
        with refused(DENIED, "PASSWORD_INCORRECT"):
            await change(auth, opened.access_token, NEW, current="Wrong")
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED") as limited:
        await change(auth, opened.access_token, NEW)
    assert limited.error.retry_after


async def test_a_password_in_use_before_is_refused_until_twelve_others_were(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    passwords = [PASSWORD, *(f"Kestrel-Nest-{number}" for number in range(PREVENT_REUSE))]
    for current, new in pairwise(passwords[:-1]):
        await change(auth, opened.access_token, new, current)
    for former in (passwords[0], passwords[-2]):
        with refused(INVALID, "PASSWORD_TOO_WEAK") as weak:
            await change(auth, opened.access_token, former, passwords[-2])
        assert weak.error.metadata["rules"] == "reused"
    await change(auth, opened.access_token, passwords[-1], passwords[-2])
    await change(auth, opened.access_token, passwords[0], passwords[-1])
    kept = auth.database.run("SELECT count(*) FROM auth.former_passwords")
    assert kept == [str(PREVENT_REUSE - 1)]


async def test_of_parallel_changes_one_wins(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    outcomes: list[Any] = await asyncio.gather(
        *(change(auth, opened.access_token, f"Kestrel-Nest-{number}") for number in range(3)), return_exceptions=True
    )
    reasons = sorted(from_rpc_error(one).reason if isinstance(one, grpc.aio.AioRpcError) else "" for one in outcomes)
    assert reasons == ["", "PASSWORD_INCORRECT", "PASSWORD_INCORRECT"]


@pytest.mark.parametrize(("new", "rules"), [("short", "length,upper,digit,symbol"), ("Person1-Nest-41", "own")])
async def test_a_weak_one_changes_nothing(auth: AuthServer, new: str, rules: str) -> None:
    opened = await auth.signed_up(email="person1@example.test")
    with refused(INVALID, "PASSWORD_TOO_WEAK") as weak:
        await change(auth, opened.access_token, new)
    assert weak.error.metadata["rules"] == rules
    await auth.logged_in("person1@example.test")


async def test_an_organization_may_be_held_to_nist_instead(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    assert await set_policy(auth, "nowhere", "nist") == 1
    assert await set_policy(auth, opened.organization.slug, "nist") == 0
    await change(auth, opened.access_token, "kestrel lagoon timber")
    with refused(INVALID, "PASSWORD_TOO_WEAK"):
        await change(auth, opened.access_token, "Kestrel-41-Nes", "kestrel lagoon timber")
    with refused(INVALID, "PASSWORD_TOO_WEAK"):
        await change(auth, other.access_token, "kestrel lagoon timber")


async def set_policy(auth: AuthServer, organization: str, mode: str) -> int:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "services.auth", "set-password-policy", "--organization", organization, "--mode", mode),
        env={**base_environment(), **auth.environment},
    )
    return await process.wait()
