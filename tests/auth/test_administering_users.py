"""Administrators: who they see, what they change, and how soon that bites."""

import asyncio
from datetime import timedelta
from typing import Any

import grpc
import jwt
import pytest
from infinure.auth.v1 import user_administration_service_pb2 as pb
from infinure.auth.v1 import user_pb2
from infinure.error.v1 import access_pb2

from meshkit.errors import from_rpc_error
from meshkit.ids import new_id
from tests.auth.administration import BO, changed, found, invited, joined, listed, place, service
from tests.auth.refusals import refused
from tests.auth.server import AuthServer, bearer
from tests.auth.test_audit_trail import recorded
from tests.auth.test_people import add_user, person
from tests.auth.test_sessions import ended

DENIED, NOT_FOUND = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.NOT_FOUND
ABORTED, PRECONDITION = grpc.StatusCode.ABORTED, grpc.StatusCode.FAILED_PRECONDITION
UNAUTHENTICATED, INVALID = grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.INVALID_ARGUMENT
ADMINISTER, READ_USAGE = access_pb2.PERMISSION_ADMINISTER, access_pb2.PERMISSION_READ_USAGE
ANALYST, MANAGER = user_pb2.ROLE_ANALYST, user_pb2.ROLE_MANAGER


async def deactivate(auth: AuthServer, token: str, user_id: str) -> pb.UserAccount:
    request = pb.DeactivateUserRequest(user_id=user_id)
    return (await service(auth).DeactivateUser(request, metadata=bearer(token))).account


async def activate(auth: AuthServer, token: str, user_id: str) -> pb.UserAccount:
    request = pb.ActivateUserRequest(user_id=user_id)
    return (await service(auth).ActivateUser(request, metadata=bearer(token))).account


async def end_sessions(auth: AuthServer, token: str, user_id: str) -> int:
    request = pb.EndUserSessionsRequest(user_id=user_id)
    return int((await service(auth).EndUserSessions(request, metadata=bearer(token))).ended_session_count)


async def test_people_are_listed_by_name_in_pages_and_found_by_role_state_and_words(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    slug, token = opened.organization.slug, opened.access_token
    for number, last in enumerate(("Zola", "adams", "Brontë", "Zola")):
        mail = f"person-{number}@mail.test"
        await add_user(auth, *person(slug, mail, "analyst")[:-8], "--first-name", f"F{number}", "--last-name", last)
    await invited(auth, token)
    first = await listed(auth, token, page_size=4)
    rest = await listed(auth, token, page_size=4, page_token=first.next_page_token)
    names = [f"{one.user.first_name} {one.user.last_name}" for one in (*first.accounts, *rest.accounts)]
    assert names == ["F1 adams", "F2 Brontë", "Ada Byron", "Bo Lind", "F0 Zola", "F3 Zola"]
    assert (first.total_size, rest.total_size, rest.next_page_token) == (6, 0, "")
    for wanted, count in (
        ({"query": "ZOLA"}, 2),
        ({"query": "f2 bron"}, 1),
        ({"query": "person-1@"}, 1),
        ({"query": "%"}, 0),
        ({"role": user_pb2.ROLE_CEO}, 1),
        ({"state": pb.USER_STATE_INVITED}, 1),
        ({"state": pb.USER_STATE_ACTIVE, "query": "zola"}, 2),
        ({"state": pb.USER_STATE_DEACTIVATED}, 0),
    ):
        reply = await listed(auth, token, filter=pb.UserFilter(**wanted))
        assert (reply.total_size, len(reply.accounts)) == (count, count), wanted
    other = pb.UserFilter(query="zola")
    with refused(INVALID, "PAGE_TOKEN_INVALID"):
        await listed(auth, token, page_size=4, page_token=first.next_page_token, filter=other)


async def test_a_change_of_role_voids_the_tokens_of_before_and_the_session_goes_on(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await joined(auth, opened.access_token, role=ANALYST)
    session = await auth.logged_in(BO)
    now = await changed(auth, opened.access_token, account, role=MANAGER, team="North", grants=[READ_USAGE])
    assert (now.user.role, now.user.team, list(now.grants)) == (MANAGER, "North", [READ_USAGE])
    await ended(auth, session.access_token)
    auth.clock.ahead = timedelta(seconds=2)
    renewed = await auth.refreshed(session.refresh_token)
    me = (await auth.me(renewed.access_token)).user
    assert READ_USAGE in me.permissions
    (told,) = auth.database.run(
        "SELECT metadata->>'role_before', metadata->>'role', metadata->>'grants' FROM auth.user_activities "
        "WHERE action = 'USER_CHANGED'"
    )
    assert told == "analyst|manager|READ_USAGE"
    same = await changed(auth, opened.access_token, now, role=MANAGER, team="North", grants=[READ_USAGE])
    assert (same.etag, recorded(auth, opened.organization.id)[-1]) == (now.etag, "USER_CHANGED")


async def test_assigned_sources_stand_in_the_tokens_of_who_does_not_keep_sources(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    assigned = sorted(str(new_id()) for _ in range(2))
    account = await joined(auth, opened.access_token, role=ANALYST, source_ids=assigned)
    assert sorted(account.source_ids) == assigned
    session = await auth.logged_in(BO)
    assert claims(session.access_token)["srcs"] == assigned
    account = await changed(auth, opened.access_token, account, role=ANALYST, source_ids=assigned[:1])
    await ended(auth, session.access_token)
    auth.clock.ahead = timedelta(seconds=2)
    renewed = await auth.refreshed(session.refresh_token)
    assert claims(renewed.access_token)["srcs"] == assigned[:1]
    director = await changed(auth, opened.access_token, account, role=user_pb2.ROLE_DIRECTOR, source_ids=assigned)
    auth.clock.ahead = timedelta(seconds=4)
    assert "srcs" not in claims((await auth.refreshed(renewed.refresh_token)).access_token)
    free = await changed(auth, opened.access_token, director, role=ANALYST)
    assert list(free.source_ids) == []


def claims(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


async def test_who_was_slower_is_told_and_overwrites_nothing(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await joined(auth, opened.access_token)
    await changed(auth, opened.access_token, account, role=MANAGER)
    with refused(ABORTED, "USER_CHANGED"):
        await changed(auth, opened.access_token, account, role=ANALYST, team="South")
    assert (await found(auth, opened.access_token, account.user.id)).user.role == MANAGER


async def test_who_is_deactivated_is_out_everywhere_until_activated(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await joined(auth, opened.access_token)
    session = await auth.logged_in(BO)
    assert (await deactivate(auth, opened.access_token, account.user.id)).state == pb.USER_STATE_DEACTIVATED
    await ended(auth, session.access_token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(session.refresh_token)
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in(BO)
    await deactivate(auth, opened.access_token, account.user.id)
    assert (await activate(auth, opened.access_token, account.user.id)).state == pb.USER_STATE_ACTIVE
    await activate(auth, opened.access_token, account.user.id)
    auth.clock.ahead = timedelta(seconds=2)
    again = await auth.logged_in(BO)
    assert (await auth.me(again.access_token)).user.id == account.user.id
    assert recorded(auth, opened.organization.id)[-5:] == [
        "USER_DEACTIVATED",
        "SESSION_ENDED user_deactivated",
        "LOGIN_FAILED",
        "USER_ACTIVATED",
        "LOGIN_SUCCESS",
    ]


async def test_an_administrator_ends_the_sessions_of_somebody(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await joined(auth, opened.access_token)
    sessions = [await auth.logged_in(BO) for _ in range(2)]
    assert await end_sessions(auth, opened.access_token, account.user.id) == 2
    for session in sessions:
        await ended(auth, session.access_token)
    assert await end_sessions(auth, opened.access_token, account.user.id) == 0
    await auth.logged_in(BO)


async def test_nobody_changes_their_own_place(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    own = await found(auth, opened.access_token, opened.user.id)
    with refused(PRECONDITION, "OWN_ACCOUNT"):
        await changed(auth, opened.access_token, own, role=ANALYST)
    with refused(PRECONDITION, "OWN_ACCOUNT"):
        await deactivate(auth, opened.access_token, own.user.id)


async def test_of_two_who_unmake_each_other_at_once_one_is_left(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await joined(auth, opened.access_token, grants=[ADMINISTER])
    session = await auth.logged_in(BO)
    acts = [
        deactivate(auth, opened.access_token, account.user.id),
        deactivate(auth, session.access_token, opened.user.id),
    ]
    outcomes: list[Any] = await asyncio.gather(*acts, return_exceptions=True)
    reasons = [from_rpc_error(one).reason if isinstance(one, grpc.aio.AioRpcError) else "" for one in outcomes]
    assert sorted(reasons) == ["", "PERMISSION_MISSING"]
    assert auth.database.run("SELECT count(*) FROM auth.users WHERE is_active") == ["1"]


async def test_it_takes_the_permission_by_role_or_by_grant(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for role in ("director", "manager", "analyst", "viewer"):
        await add_user(auth, *person(opened.organization.slug, f"{role}@example.test", role))
        session = await auth.logged_in(f"{role}@example.test")
        with refused(DENIED, "PERMISSION_MISSING"):
            await listed(auth, session.access_token)
        with refused(DENIED, "PERMISSION_MISSING"):
            await invited(auth, session.access_token)
    await joined(auth, opened.access_token, role=user_pb2.ROLE_VIEWER, grants=[ADMINISTER])
    granted = await auth.logged_in(BO)
    assert (await listed(auth, granted.access_token)).total_size == 6


async def test_what_only_jobs_may_is_granted_to_nobody(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for grant in (access_pb2.PERMISSION_RECORD_USAGE, access_pb2.PERMISSION_UNSPECIFIED):
        with refused(INVALID, "REQUEST_INVALID"):
            await invited(auth, opened.access_token, grants=[grant])


async def test_an_invited_person_is_withdrawn_not_deactivated(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await invited(auth, opened.access_token)
    with refused(PRECONDITION, "INVITATION_NOT_OPEN"):
        await deactivate(auth, opened.access_token, account.user.id)


@pytest.mark.parametrize("rpc", ["GetUser", "DeactivateUser", "ActivateUser", "EndUserSessions", "UpdateUser"])
async def test_somebody_elses_people_are_like_ones_that_never_were(auth: AuthServer, rpc: str) -> None:
    opened, stranger = await auth.signed_up(), await auth.signed_up()
    never, raws = str(new_id()), []
    for user_id in (stranger.user.id, never):
        more = {"place": place(), "etag": "x"} if rpc == "UpdateUser" else {}
        request = getattr(pb, f"{rpc}Request")(user_id=user_id, **more)
        with refused(NOT_FOUND, "USER_NOT_FOUND") as refusal:
            await getattr(service(auth), rpc)(request, metadata=bearer(opened.access_token))
        raws.append(refusal.raw.replace(user_id.encode(), b""))
    assert raws[0] == raws[1]
    assert (await auth.me(stranger.access_token)).user.id == stranger.user.id
