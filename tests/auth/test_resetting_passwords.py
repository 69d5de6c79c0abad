"""A forgotten password: what is mailed, what the link is good for, what ends by it, and what asking tells nobody."""

import asyncio
from datetime import timedelta
from typing import Any

import grpc
import pytest
from infinure.auth.v1 import email_service_pb2 as pb

from meshkit.errors import from_rpc_error
from services.auth.audit import NOBODY
from tests.auth.mailbox import link, mail, outbox, queue_empty, text
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer
from tests.auth.test_audit_trail import recorded
from tests.auth.test_changing_passwords import change

INVALID, EXHAUSTED = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.RESOURCE_EXHAUSTED
UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
SUBJECT, CHANGED = "Set a new password", "Your password was changed"
ADA, NEW = "ada@example.test", "Kestrel-Nest-41"


async def ask(auth: AuthServer, email: str = ADA) -> pb.RequestPasswordResetResponse:
    return await auth.emails.RequestPasswordReset(pb.RequestPasswordResetRequest(email=email))


async def reset(auth: AuthServer, token: str, new: str = NEW) -> pb.ResetPasswordResponse:
    return await auth.emails.ResetPassword(pb.ResetPasswordRequest(token=token, new_password=new))


async def mailed(auth: AuthServer, number: int = 1) -> str:
    """The token that Ada was mailed."""
    page, token = link(await mail(auth, ADA, SUBJECT, number))
    assert page == "/reset-password"
    return token


async def test_the_link_sets_a_new_password_and_ends_every_session(auth: AuthServer) -> None:
    opened = await auth.signed_up(email=ADA)
    other = await auth.logged_in(ADA)
    await ask(auth, " Ada@Example.test")
    await reset(auth, await mailed(auth))
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in(ADA)
    for session in (opened, other):
        with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
            await auth.refreshed(session.refresh_token)
    assert len(await auth.revoked_sessions()) == 2
    assert (await auth.logged_in(ADA, NEW)).user.email_verified
    assert recorded(auth, opened.organization.id)[4:] == [
        "PASSWORD_RESET_REQUESTED",
        "PASSWORD_RESET",
        "EMAIL_VERIFIED",
        "SESSION_ENDED password_reset",
        "SESSION_ENDED password_reset",
        "LOGIN_FAILED",
        "LOGIN_SUCCESS",
    ]
    assert "http://localhost:8080/forgot-password" in text(await mail(auth, ADA, CHANGED))


async def test_known_unknown_and_deactivated_accounts_are_answered_alike_by_the_same_work(auth: AuthServer) -> None:
    known = await auth.signed_up(email=ADA)
    gone = await auth.signed_up(email="gone@example.test")
    await queue_empty(auth)
    auth.database.run("UPDATE auth.users SET is_active = false WHERE email = 'gone@example.test'")
    before = len(outbox(auth))
    emails = (ADA, "gone@example.test", "nobody@example.test")
    replies = [await ask(auth, email) for email in emails]
    assert {reply.SerializeToString() for reply in replies} == {b""}
    for organization_id in (known.organization.id, gone.organization.id, NOBODY):
        assert recorded(auth, organization_id)[-1] == "PASSWORD_RESET_REQUESTED"
    await queue_empty(auth)
    assert [one["To"] for one in outbox(auth)[before:]] == [ADA]
    assert auth.database.run("SELECT count(*) FROM auth.email_tokens WHERE letter = 'reset_password'") == ["1"]


async def test_refusals_are_the_same_for_whoever_is_asked_about(auth: AuthServer) -> None:
    await auth.signed_up(email=ADA)
    told = set()
    for email in (ADA, "nobody@example.test"):
        auth.clock.ahead = timedelta()
        await ask(auth, email)
        with refused(EXHAUSTED, "RATE_LIMITED") as soon:
            await ask(auth, email.upper())
        assert soon.error.retry_after == 30
        for minute in (1, 2):
            auth.clock.ahead = timedelta(minutes=minute)
            await ask(auth, email)
        auth.clock.ahead = timedelta(minutes=3)
        with refused(EXHAUSTED, "RATE_LIMITED") as fourth:
            await ask(auth, email)
        assert fourth.error.retry_after == 15 * 60
        told.add((soon.error.message, fourth.error.message))
    assert len(told) == 1
    auth.clock.ahead = timedelta(minutes=20)
    await ask(auth)


async def test_one_address_asks_for_thirty_an_hour(auth: AuthServer) -> None:
    for number in range(30):
        await ask(auth, f"stranger{number}@example.test")
    with refused(EXHAUSTED, "RATE_LIMITED") as many:
        await ask(auth)
    assert many.error.retry_after == 3600


async def test_the_link_is_good_for_half_an_hour_once_and_the_newest_alone(auth: AuthServer) -> None:
    await auth.signed_up(email=ADA)
    await ask(auth)
    first = await mailed(auth)
    auth.clock.ahead = timedelta(minutes=1)
    await ask(auth)
    second = await mailed(auth, 2)
    with refused(INVALID, "LINK_INVALID"):
        await reset(auth, first)
    auth.clock.ahead = timedelta(minutes=31, seconds=30)
    with refused(INVALID, "LINK_INVALID"):
        await reset(auth, second)
    auth.clock.ahead = timedelta(minutes=30)
    await reset(auth, second)
    with refused(INVALID, "LINK_INVALID"):
        await reset(auth, second, "Kestrel-Nest-42")
    await auth.logged_in(ADA, NEW)


async def test_of_parallel_uses_of_one_link_one_wins(auth: AuthServer) -> None:
    await auth.signed_up(email=ADA)
    await ask(auth)
    token = await mailed(auth)
    passwords = [f"Kestrel-Nest-{number}" for number in range(8)]
    outcomes: list[Any] = await asyncio.gather(*(reset(auth, token, new) for new in passwords), return_exceptions=True)
    reasons = [from_rpc_error(one).reason if isinstance(one, grpc.aio.AioRpcError) else "" for one in outcomes]
    assert sorted(reasons) == ["", *["LINK_INVALID"] * 7]
    await auth.logged_in(ADA, passwords[reasons.index("")])


@pytest.mark.parametrize(("new", "rules"), [("short", "length,upper,digit,symbol"), (PASSWORD, "reused")])
async def test_a_password_that_is_refused_leaves_the_link_good(auth: AuthServer, new: str, rules: str) -> None:
    opened = await auth.signed_up(email=ADA)
    await ask(auth)
    token = await mailed(auth)
    with refused(INVALID, "PASSWORD_TOO_WEAK") as weak:
        await reset(auth, token, new)
    assert weak.error.metadata["rules"] == rules
    assert token.encode() not in weak.raw
    await auth.refreshed(opened.refresh_token)
    await reset(auth, token)
    await auth.logged_in(ADA, NEW)


async def test_changing_the_password_voids_the_link_and_is_told_by_mail(auth: AuthServer) -> None:
    opened = await auth.signed_up(email=ADA)
    await ask(auth)
    token = await mailed(auth)
    await change(auth, opened.access_token, NEW)
    with refused(INVALID, "LINK_INVALID"):
        await reset(auth, token, "Kestrel-Nest-42")
    await mail(auth, ADA, CHANGED)
    await auth.logged_in(ADA, NEW)


async def test_an_owner_whom_strangers_locked_out_gets_in_by_the_link(auth: AuthServer) -> None:
    await auth.signed_up(email=ADA)
    for _ in range(10):
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
            await auth.logged_in(ADA, "Wrong-horse-42")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in(ADA)
    await ask(auth)
    await reset(auth, await mailed(auth))
    await auth.logged_in(ADA, NEW)


async def test_no_token_and_no_address_lies_where_it_could_be_read(
    auth: AuthServer, caplog: pytest.LogCaptureFixture
) -> None:
    await auth.signed_up(email=ADA)
    await ask(auth)
    token = await mailed(auth)
    _, of_sign_up = link(await mail(auth, ADA, "Confirm your e-mail address"))
    tables = auth.database.run("SELECT tablename FROM pg_tables WHERE schemaname = 'auth'")
    rows = {table: "\n".join(auth.database.run(f"SELECT t::text FROM auth.{table} t")) for table in tables}
    for secret in (token, of_sign_up):
        assert not [table for table, content in rows.items() if secret in content]
        assert secret not in caplog.text
    assert [table for table, content in rows.items() if ADA in content] == ["users"]
    assert ADA not in caplog.text
