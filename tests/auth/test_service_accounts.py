"""Programs come in by keys: what a key is good for, how it ends, and what nobody learns by trying."""

from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
import jwt
import pytest
from infinure.auth.v1 import (
    auth_service_pb2,
    identity_service_pb2,
    mfa_service_pb2,
    mfa_service_pb2_grpc,
    service_account_service_pb2_grpc,
    user_pb2,
)
from infinure.auth.v1 import service_account_service_pb2 as pb
from infinure.auth.v1 import user_administration_service_pb2 as administration_pb
from infinure.error.v1 import access_pb2

from meshkit.ids import new_id
from services.auth.audit import NOBODY
from tests.auth.administration import BO, joined, listed
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer, bearer
from tests.auth.test_administering_users import activate, deactivate
from tests.auth.test_audit_trail import recorded
from tests.auth.test_changing_passwords import change
from tests.auth.test_sessions import ended

ASK, READ_SOURCES, ADMINISTER = (
    access_pb2.PERMISSION_ASK,
    access_pb2.PERMISSION_READ_SOURCES,
    access_pb2.PERMISSION_ADMINISTER,
)
DENIED, NOT_FOUND = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.NOT_FOUND
INVALID, UNAUTHENTICATED = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.UNAUTHENTICATED
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED


def service(auth: AuthServer) -> service_account_service_pb2_grpc.ServiceAccountServiceStub:
    return service_account_service_pb2_grpc.ServiceAccountServiceStub(auth.channel)


async def made(auth: AuthServer, token: str, name: str = "Nightly report") -> pb.ServiceAccount:
    request = pb.CreateServiceAccountRequest(name=name, role=user_pb2.ROLE_ANALYST)
    return (await service(auth).CreateServiceAccount(request, metadata=bearer(token))).service_account


async def key(auth: AuthServer, token: str, account_id: str, **changes: Any) -> pb.CreateApiKeyResponse:
    fields = {"service_account_id": account_id, "name": "cron", "scopes": [ASK, READ_SOURCES], **changes}
    return await service(auth).CreateApiKey(pb.CreateApiKeyRequest(**fields), metadata=bearer(token))


async def exchanged(auth: AuthServer, secret: str) -> pb.ExchangeApiKeyResponse:
    return await service(auth).ExchangeApiKey(pb.ExchangeApiKeyRequest(api_key=secret))


async def revoke(auth: AuthServer, token: str, key_id: str) -> None:
    await service(auth).RevokeApiKey(pb.RevokeApiKeyRequest(api_key_id=key_id), metadata=bearer(token))


async def delete(auth: AuthServer, token: str, account_id: str) -> None:
    request = pb.DeleteServiceAccountRequest(service_account_id=account_id)
    await service(auth).DeleteServiceAccount(request, metadata=bearer(token))


async def kept(auth: AuthServer, token: str) -> list[pb.ServiceAccount]:
    reply = await service(auth).ListServiceAccounts(pb.ListServiceAccountsRequest(), metadata=bearer(token))
    return list(reply.service_accounts)


async def revoked(auth: AuthServer) -> set[str]:
    """Sessions and users whose tokens every service refuses."""
    reply = await auth.identity.ListRevocations(identity_service_pb2.ListRevocationsRequest())
    return {one.session_id or one.user_id for one in reply.revocations}


async def internal(auth: AuthServer, token: str) -> dict[str, Any]:
    """The claims of the token that chat would go on with."""
    subject = auth_service_pb2.UserSubject(token=token)
    reply = await auth.auth.ExchangeToken(auth_service_pb2.ExchangeTokenRequest(user=subject))
    return dict(jwt.decode(reply.token, options={"verify_signature": False}))


async def test_a_key_is_exchanged_for_a_short_token_with_its_scopes(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id)
    token = await exchanged(auth, new.secret)
    claims = jwt.decode(token.access_token, options={"verify_signature": False})
    assert (claims["sub"], claims["org"], claims["role"]) == (account.id, opened.organization.id, "analyst")
    assert (claims["perms"], claims["sid"]) == ([ASK, READ_SOURCES], new.api_key.id)
    assert token.expire_time.ToDatetime(UTC) - datetime.now(UTC) <= timedelta(minutes=15)
    me = (await auth.me(token.access_token)).user
    assert (me.id, me.first_name, me.email) == (account.id, "Nightly report", "")
    assert (await internal(auth, token.access_token))["perms"] == [ASK, READ_SOURCES]
    ((shown,),) = [one.keys for one in await kept(auth, opened.access_token)]
    assert shown.last_use_time.seconds > 0
    assert new.secret.startswith(shown.hint)
    assert new.secret not in str(shown)
    assert recorded(auth, opened.organization.id)[3:] == [
        "SERVICE_ACCOUNT_CREATED",
        "API_KEY_CREATED",
        "API_KEY_USED",
    ]
    rows = auth.database.run("SELECT to_jsonb(a)::text FROM auth.user_activities a")
    rows += auth.database.run("SELECT to_jsonb(k)::text FROM auth.api_keys k")
    assert not any(new.secret in row for row in rows)


async def test_it_may_do_what_its_key_says_and_no_more(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id, scopes=[ASK])
    token = (await exchanged(auth, new.secret)).access_token
    with refused(DENIED, "PERMISSION_MISSING"):
        await kept(auth, token)
    with refused(DENIED, "PERMISSION_MISSING"):
        await listed(auth, token)


async def test_a_revoked_key_and_its_tokens_end_everywhere(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    one, other = [await key(auth, opened.access_token, account.id) for _ in range(2)]
    token, going_on = [(await exchanged(auth, new.secret)).access_token for new in (one, other)]
    await revoke(auth, opened.access_token, one.api_key.id)
    with refused(UNAUTHENTICATED, "API_KEY_INVALID"):
        await exchanged(auth, one.secret)
    await ended(auth, token)
    with refused(UNAUTHENTICATED, "TOKEN_REVOKED"):
        await internal(auth, token)
    assert (await auth.me(going_on)).user.id == account.id
    with refused(NOT_FOUND, "API_KEY_NOT_FOUND"):
        await revoke(auth, opened.access_token, one.api_key.id)
    assert [shown.id for shown in (await kept(auth, opened.access_token))[0].keys] == [other.api_key.id]


async def test_a_deactivated_account_is_out_until_activated(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id)
    token = (await exchanged(auth, new.secret)).access_token
    last_use = (await kept(auth, opened.access_token))[0].keys[0].last_use_time
    await deactivate(auth, opened.access_token, account.id)
    await ended(auth, token)
    with refused(UNAUTHENTICATED, "API_KEY_INVALID"):
        await exchanged(auth, new.secret)
    (shown,) = await kept(auth, opened.access_token)
    assert not shown.active
    used = auth.database.run("SELECT count(*) FROM auth.user_activities WHERE action = 'API_KEY_USED'")
    assert (used, shown.keys[0].last_use_time) == (["1"], last_use)
    await activate(auth, opened.access_token, account.id)
    await exchanged(auth, new.secret)


async def test_a_deleted_account_is_gone_with_its_keys_and_tokens(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account, other = await made(auth, opened.access_token), await made(auth, opened.access_token, "Other")
    new, others = [await key(auth, opened.access_token, one.id) for one in (account, other)]
    token = (await exchanged(auth, new.secret)).access_token
    await delete(auth, opened.access_token, account.id)
    with refused(UNAUTHENTICATED, "API_KEY_INVALID"):
        await exchanged(auth, new.secret)
    with refused(UNAUTHENTICATED, "TOKEN_INVALID"):
        await internal(auth, token)
    assert {new.api_key.id, account.id} <= await revoked(auth)
    await exchanged(auth, others.secret)
    assert [one.id for one in await kept(auth, opened.access_token)] == [other.id]
    for gone in (account.id, opened.user.id):
        with refused(NOT_FOUND, "USER_NOT_FOUND"):
            await delete(auth, opened.access_token, gone)
    assert "SERVICE_ACCOUNT_DELETED" in recorded(auth, opened.organization.id)


async def test_fifty_accounts_are_enough_and_a_deleted_one_makes_room(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for _ in range(50):
        account = await made(auth, opened.access_token)
    with refused(EXHAUSTED, "SERVICE_ACCOUNT_LIMIT_REACHED"):
        await made(auth, opened.access_token)
    await delete(auth, opened.access_token, account.id)
    await made(auth, opened.access_token)


async def test_refused_keys_stand_in_the_trail_of_whoever_they_are_of(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id)
    await revoke(auth, opened.access_token, new.api_key.id)
    for secret in (new.secret, "infinure_" + "z" * 43):
        with refused(UNAUTHENTICATED, "API_KEY_INVALID"):
            await exchanged(auth, secret)
    told = auth.database.run(
        "SELECT organization_id, user_id, resource_type, resource_id FROM auth.user_activities "
        "WHERE action = 'API_KEY_REFUSED' ORDER BY created_at"
    )
    assert told == [f"{opened.organization.id}||api_key|{new.api_key.id}", f"{NOBODY}||api_key|"]
    rows = auth.database.run("SELECT to_jsonb(a)::text FROM auth.user_activities a")
    assert not any(new.secret in row or "z" * 43 in row for row in rows)


async def test_a_program_with_an_old_key_shuts_out_nobody_who_logs_in(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for _ in range(30):
        with refused(UNAUTHENTICATED, "API_KEY_INVALID"):
            await exchanged(auth, "infinure_" + "x" * 43)
    with refused(EXHAUSTED, "RATE_LIMITED"):
        await exchanged(auth, "infinure_" + "x" * 43)
    await auth.logged_in(opened.user.email)


async def test_a_job_of_a_program_may_no_more_than_any_job(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    job = auth_service_pb2.JobSubject(organization_id=opened.organization.id, job_id=str(new_id()), user_id=account.id)
    reply = await auth.auth.ExchangeToken(auth_service_pb2.ExchangeTokenRequest(job=job))
    claims = jwt.decode(reply.token, options={"verify_signature": False})
    assert (claims["sub"], claims["perms"]) == (account.id, [access_pb2.PERMISSION_RECORD_USAGE])


async def test_a_program_has_no_password_and_no_second_factor(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    token = (await exchanged(auth, (await key(auth, opened.access_token, account.id)).secret)).access_token
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await change(auth, token, new="Another-horse-43")
    mfa = mfa_service_pb2_grpc.MfaServiceStub(auth.channel)
    with refused(DENIED, "PASSWORD_INCORRECT"):
        request = mfa_service_pb2.BeginTotpEnrolmentRequest(proof=mfa_service_pb2.OwnerProof(password=PASSWORD))
        await mfa.BeginTotpEnrolment(request, metadata=bearer(token))


async def test_a_key_ends_by_itself_and_no_token_outlives_it(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id, life_days=1)
    usual = await key(auth, opened.access_token, account.id)
    life = usual.api_key.expire_time.ToDatetime() - usual.api_key.create_time.ToDatetime()
    assert life == timedelta(days=90)
    auth.clock.ahead = timedelta(days=1) - timedelta(minutes=5)
    last = await exchanged(auth, new.secret)
    assert last.expire_time.ToDatetime() <= new.api_key.expire_time.ToDatetime()
    auth.clock.ahead = timedelta(days=1, seconds=1)
    with refused(UNAUTHENTICATED, "API_KEY_INVALID"):
        await exchanged(auth, new.secret)


async def test_unknown_ended_and_foreign_keys_are_answered_alike_and_counted(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id)
    await revoke(auth, opened.access_token, new.api_key.id)
    told = set()
    for secret in (new.secret, "infinure_" + "x" * 43, "' OR 1=1 --", opened.access_token[:500], opened.refresh_token):
        with refused(UNAUTHENTICATED, "API_KEY_INVALID") as refusal:
            await exchanged(auth, secret)
        assert secret.encode() not in refusal.raw
        told.add((refusal.error.message, str(refusal.error.metadata)))
    assert len(told) == 1
    for _ in range(200):
        try:
            await exchanged(auth, "infinure_" + "x" * 43)
        except grpc.aio.AioRpcError as error:
            if error.code() == EXHAUSTED:
                break
    with refused(EXHAUSTED, "RATE_LIMITED") as throttled:
        await exchanged(auth, "infinure_" + "y" * 43)
    assert throttled.error.retry_after


async def test_right_keys_are_never_counted(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id)
    for _ in range(150):
        await exchanged(auth, new.secret)


async def test_nobody_makes_a_key_that_may_more_than_themselves(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await joined(auth, opened.access_token, role=user_pb2.ROLE_VIEWER, grants=[ADMINISTER])
    granted = await auth.logged_in(BO)
    account = await made(auth, granted.access_token)
    await key(auth, granted.access_token, account.id)
    with refused(DENIED, "PERMISSION_MISSING"):
        await key(auth, granted.access_token, account.id, scopes=[ASK, access_pb2.PERMISSION_MANAGE_SOURCES])
    for scope in (ADMINISTER, access_pb2.PERMISSION_RECORD_USAGE):
        with refused(INVALID, "REQUEST_INVALID"):
            await key(auth, opened.access_token, account.id, scopes=[scope])


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"life_days": 366}, {"name": "  "}, {"scopes": [ASK, ASK]}])
async def test_what_is_no_key_is_refused(auth: AuthServer, wrong: dict[str, Any]) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    with refused(INVALID, "REQUEST_INVALID"):
        await key(auth, opened.access_token, account.id, **wrong)


async def test_there_are_ten_keys_at_most_and_people_have_none(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await made(auth, opened.access_token)
    for _ in range(10):
        new = await key(auth, opened.access_token, account.id)
    with refused(EXHAUSTED, "SERVICE_ACCOUNT_LIMIT_REACHED"):
        await key(auth, opened.access_token, account.id)
    await revoke(auth, opened.access_token, new.api_key.id)
    await key(auth, opened.access_token, account.id)
    with refused(NOT_FOUND, "USER_NOT_FOUND"):
        await key(auth, opened.access_token, opened.user.id)


async def test_programs_are_not_among_people(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await made(auth, opened.access_token)
    assert [one.user.id for one in (await listed(auth, opened.access_token)).accounts] == [opened.user.id]
    everybody = administration_pb.UserFilter(query="nightly")
    assert (await listed(auth, opened.access_token, filter=everybody)).total_size == 0


async def test_somebody_elses_are_like_ones_that_never_were(auth: AuthServer) -> None:
    opened, stranger = await auth.signed_up(), await auth.signed_up()
    account = await made(auth, opened.access_token)
    new = await key(auth, opened.access_token, account.id)
    never = str(new_id())
    for act, theirs, reason in (
        (revoke, new.api_key.id, "API_KEY_NOT_FOUND"),
        (key, account.id, "USER_NOT_FOUND"),
        (delete, account.id, "USER_NOT_FOUND"),
    ):
        raws = []
        for sent in (theirs, never):
            with refused(NOT_FOUND, reason) as refusal:
                await act(auth, stranger.access_token, sent)
            raws.append(refusal.raw.replace(sent.encode(), b""))
        assert raws[0] == raws[1]
    assert await kept(auth, stranger.access_token) == []
    await exchanged(auth, new.secret)
