"""Where a person is logged in, as they see it, and the ends that they give to sessions."""

from uuid import UUID

import grpc
from infinure.auth.v1 import auth_service_pb2 as auth_pb
from infinure.auth.v1 import session_service_pb2 as pb
from infinure.auth.v1 import session_service_pb2_grpc

from meshkit.ids import new_id
from tests.auth.refusals import refused
from tests.auth.server import AuthServer, bearer
from tests.auth.test_sessions import ended, session_of

NOT_FOUND, UNAUTHENTICATED = grpc.StatusCode.NOT_FOUND, grpc.StatusCode.UNAUTHENTICATED


def service(auth: AuthServer) -> session_service_pb2_grpc.SessionServiceStub:
    return session_service_pb2_grpc.SessionServiceStub(auth.channel)


async def listed(auth: AuthServer, token: str) -> list[pb.Session]:
    reply = await service(auth).ListSessions(pb.ListSessionsRequest(), metadata=bearer(token))
    return list(reply.sessions)


async def revoke(auth: AuthServer, token: str, session_id: str) -> None:
    request = pb.RevokeSessionRequest(session_id=session_id)
    await service(auth).RevokeSession(request, metadata=bearer(token))


async def test_it_tells_when_from_where_and_which_one_asks(auth: AuthServer) -> None:
    first = await auth.signed_up()
    second = await auth.logged_in(first.user.email)
    newest, oldest = await listed(auth, second.access_token)
    assert (newest.id, newest.current) == (session_of(second.access_token), True)
    assert (oldest.id, oldest.current) == (session_of(first.access_token), False)
    assert newest.ip_address == "127.0.0.1"
    assert newest.user_agent.startswith("grpc-python")
    assert newest.method == "password"
    assert oldest.start_time.ToDatetime() <= newest.start_time.ToDatetime() <= newest.expire_time.ToDatetime()


async def test_one_that_is_ended_is_refused_everywhere_and_told_in_the_trail(auth: AuthServer) -> None:
    first = await auth.signed_up()
    second = await auth.logged_in(first.user.email)
    await revoke(auth, second.access_token, session_of(first.access_token))
    await ended(auth, first.access_token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(first.refresh_token)
    assert [one.id for one in await listed(auth, second.access_token)] == [session_of(second.access_token)]
    (told,) = auth.database.run(
        "SELECT metadata->>'reason' FROM auth.user_activities WHERE action = 'SESSION_ENDED' "
        f"AND resource_id = '{UUID(session_of(first.access_token))}'"
    )
    assert told == "revoked"


async def test_all_others_end_and_the_one_that_asks_goes_on(auth: AuthServer) -> None:
    first = await auth.signed_up()
    second = await auth.logged_in(first.user.email)
    last = await auth.logged_in(first.user.email)
    request = pb.RevokeOtherSessionsRequest()
    reply = await service(auth).RevokeOtherSessions(request, metadata=bearer(last.access_token))
    assert reply.revoked_count == 2
    for refresh_token in (first.refresh_token, second.refresh_token):
        with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
            await auth.refreshed(refresh_token)
    assert [one.current for one in await listed(auth, last.access_token)] == [True]
    again = await service(auth).RevokeOtherSessions(request, metadata=bearer(last.access_token))
    assert again.revoked_count == 0


async def test_somebody_elses_is_like_one_that_never_was(auth: AuthServer) -> None:
    own, stranger = await auth.signed_up(), await auth.signed_up()
    theirs = session_of(stranger.access_token)
    with refused(NOT_FOUND, "SESSION_NOT_FOUND") as of_another:
        await revoke(auth, own.access_token, theirs)
    never = str(new_id())
    with refused(NOT_FOUND, "SESSION_NOT_FOUND") as of_nobody:
        await revoke(auth, own.access_token, never)
    assert of_another.raw.replace(theirs.encode(), never.encode()) == of_nobody.raw
    assert (await auth.me(stranger.access_token)).user.id == stranger.user.id


async def test_one_that_has_ended_is_not_listed_and_not_ended_twice(auth: AuthServer) -> None:
    first = await auth.signed_up()
    second = await auth.logged_in(first.user.email)
    await auth.auth.Logout(auth_pb.LogoutRequest(refresh_token=first.refresh_token))
    assert [one.current for one in await listed(auth, second.access_token)] == [True]
    with refused(NOT_FOUND, "SESSION_NOT_FOUND"):
        await revoke(auth, second.access_token, session_of(first.access_token))
