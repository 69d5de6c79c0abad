"""Refresh tokens, the ends of sessions, and how everybody hears of them."""

import asyncio
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import grpc
import jwt
import pytest
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import identity_service_pb2

from tests.auth.refusals import refused
from tests.auth.server import AuthServer, serving
from tests.builders.postgres import Database

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
COOKIE = pb.REFRESH_TOKEN_DELIVERY_COOKIE


def session_of(access_token: str) -> str:
    sid: str = jwt.decode(access_token, options={"verify_signature": False})["sid"]
    return sid


async def initial(call: Any) -> dict[str, str]:
    return dict(await call.initial_metadata())


async def ended(auth: AuthServer, access_token: str) -> None:
    """Waits until the service itself has heard that the token's session ended."""
    async with asyncio.timeout(60):
        while await passes(auth, access_token):  # noqa: ASYNC110 - the other side polls; there is no event to wait for
            await asyncio.sleep(0.05)
    with refused(UNAUTHENTICATED, "TOKEN_REVOKED"):
        await auth.me(access_token)


async def passes(auth: AuthServer, access_token: str) -> bool:
    try:
        await auth.me(access_token)
    except grpc.aio.AioRpcError:
        return False
    return True


async def test_a_refresh_token_works_once_and_the_session_goes_on(auth: AuthServer) -> None:
    first = await auth.signed_up()
    second = await auth.refreshed(first.refresh_token)
    third = await auth.refreshed(second.refresh_token)
    tokens = {first.refresh_token, second.refresh_token, third.refresh_token}
    assert len(tokens) == 3
    assert session_of(third.access_token) == session_of(first.access_token)
    assert (await auth.me(third.access_token)).user.id == first.user.id


async def test_using_a_refresh_token_again_ends_its_session_for_good(auth: AuthServer) -> None:
    first = await auth.signed_up()
    second = await auth.refreshed(first.refresh_token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(first.refresh_token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(second.refresh_token)
    assert await auth.revoked_sessions() == [session_of(first.access_token)]
    assert auth.live_heads() == 0
    await ended(auth, second.access_token)


async def test_parallel_refreshes_never_leave_two_live_heads(auth: AuthServer) -> None:
    for _ in range(5):
        opened = await auth.signed_up()
        tries = await asyncio.gather(*(auth.refreshed(opened.refresh_token) for _ in range(20)), return_exceptions=True)
        assert sum(isinstance(one, pb.RefreshSessionResponse) for one in tries) == 1
        # The second use of the token was a reuse, so not even the winner's goes on.
        assert auth.live_heads() == 0


async def test_the_role_in_a_refreshed_token_is_that_of_now(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.database.run("UPDATE auth.users SET role = 'viewer'")
    refreshed = await auth.refreshed(opened.refresh_token)
    claims = jwt.decode(refreshed.access_token, options={"verify_signature": False})
    assert (claims["role"], claims["perms"]) == ("viewer", [1, 2])


async def test_a_deactivated_user_cannot_refresh(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.database.run("UPDATE auth.users SET is_active = false")
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(opened.refresh_token)
    assert await auth.revoked_sessions() == [session_of(opened.access_token)]


async def test_parallel_logins_leave_three_sessions_the_newest(auth: AuthServer) -> None:
    await auth.signed_up(email="ada@example.test")
    opened = await asyncio.gather(*(auth.logged_in("ada@example.test") for _ in range(20)))
    live = auth.database.run("SELECT id FROM auth.sessions WHERE ended_at IS NULL")
    assert len(live) == 3
    assert auth.live_heads() == 3
    everybody = {session_of(one.access_token) for one in opened}
    assert len(set(await auth.revoked_sessions())) == 18
    assert set(live) <= everybody


async def test_the_oldest_session_ends_when_a_fourth_opens(auth: AuthServer) -> None:
    first = await auth.signed_up(email="ada@example.test")
    others = [await auth.logged_in("ada@example.test") for _ in range(3)]
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(first.refresh_token)
    for one in others:
        await auth.refreshed(one.refresh_token)


async def test_a_session_ends_after_eight_hours_however_often_refreshed(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    began = auth.clock()  # the session began a moment earlier, and after the user was made
    token = opened.refresh_token
    for hours in (1.5, 3, 4.5, 6, 7.5):
        auth.clock.ahead = timedelta(hours=hours)
        token = (await auth.refreshed(token)).refresh_token
    auth.clock.ahead = timedelta(hours=7, minutes=55)
    last = await auth.refreshed(token)
    assert last.access_token_expire_time.ToDatetime(tzinfo=UTC) <= began + timedelta(hours=8)
    auth.clock.ahead = timedelta(hours=8, seconds=1)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(last.refresh_token)


async def test_a_session_left_alone_ends(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.clock.ahead = timedelta(hours=2, seconds=1)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(opened.refresh_token)


async def test_logout_ends_the_session_everywhere_and_twice_is_no_error(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for _ in range(2):
        await auth.auth.Logout(pb.LogoutRequest(refresh_token=opened.refresh_token))
    assert await auth.revoked_sessions() == [session_of(opened.access_token)]
    await ended(auth, opened.access_token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(opened.refresh_token)


@pytest.mark.parametrize("token", ["", "never-handed-out", "é" * 20])
async def test_an_unknown_token_ends_nothing_and_prolongs_nothing(auth: AuthServer, token: str) -> None:
    await auth.auth.Logout(pb.LogoutRequest(refresh_token=token))
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(token)


@pytest.mark.parametrize("token", ["x" * 513, "a\0b"])
async def test_bad_input_names_its_field(auth: AuthServer, token: str) -> None:
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID") as refusal:
        await auth.refreshed(token)
    assert [violation.field for violation in refusal.error.violations] == ["refresh_token"]
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID") as refusal:
        await auth.auth.Logout(pb.LogoutRequest(refresh_token=token))
    assert [violation.field for violation in refusal.error.violations] == ["refresh_token"]


async def test_revocations_continue_after_a_cursor_and_are_forgotten_when_they_no_longer_matter(
    auth: AuthServer,
) -> None:
    for _ in range(3):
        opened = await auth.signed_up()
        await auth.auth.Logout(pb.LogoutRequest(refresh_token=opened.refresh_token))
    listing = identity_service_pb2.ListRevocationsRequest
    first = await auth.identity.ListRevocations(listing(page_size=2))
    rest = await auth.identity.ListRevocations(listing(after_cursor=first.cursor))
    assert [len(first.revocations), len(rest.revocations)] == [2, 1]
    nothing = await auth.identity.ListRevocations(listing(after_cursor=rest.cursor))
    assert (len(nothing.revocations), nothing.cursor) == (0, rest.cursor)
    auth.clock.ahead = timedelta(minutes=20)
    assert await auth.revoked_sessions() == []


async def test_the_browsers_refresh_token_lives_in_a_cookie_only(auth: AuthServer) -> None:
    call = auth.auth.SignUp(auth.sign_up_request(refresh_token_delivery=COOKIE))
    cookie = (await initial(call))["set-cookie"]
    opened = await call
    assert opened.refresh_token == ""
    pair, *attributes = cookie.split("; ")
    assert set(attributes) >= {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert "Secure" not in attributes
    assert pair.startswith("infinure_refresh=")

    refresh = auth.auth.RefreshSession(pb.RefreshSessionRequest(), metadata=(("cookie", f"theme=dark; {pair}"),))
    renewed = (await initial(refresh))["set-cookie"].split("; ")[0]
    assert (await refresh).refresh_token == ""
    assert renewed != pair

    logout = auth.auth.Logout(pb.LogoutRequest(), metadata=(("cookie", renewed),))
    cleared = (await initial(logout))["set-cookie"]
    await logout
    assert cleared.startswith("infinure_refresh=;")
    assert "Max-Age=0" in cleared
    assert await auth.revoked_sessions() == [session_of(opened.access_token)]


async def test_a_native_client_gets_no_cookie(auth: AuthServer) -> None:
    call = auth.auth.SignUp(auth.sign_up_request())
    assert "set-cookie" not in await initial(call)
    assert (await call).refresh_token


async def test_where_browsers_come_by_https_the_cookie_is_secure(
    database: Database, signing_keys: Path, tmp_path: Path
) -> None:
    async with serving(database, signing_keys, "https://data.example.test") as auth:
        call = auth.auth.SignUp(auth.sign_up_request(refresh_token_delivery=COOKIE))
        assert (await initial(call))["set-cookie"].endswith("; Secure")
