"""Codes by e-mail, where an organization allows that."""

import re
from datetime import timedelta
from typing import Any

import grpc
from infinure.auth.v1 import auth_service_pb2 as pb

from tests.auth.mailbox import outbox, text
from tests.auth.refusals import refused
from tests.auth.second_factors import EMAIL, RECOVERY_CODE, TOTP, enrolled, first_step, require, verify
from tests.auth.server import AuthServer
from tests.auth.test_changing_passwords import NEW, change

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
SUBJECT = "Your code for http://localhost:8080"


async def mailed_to(auth: AuthServer) -> Any:
    """Somebody whose organization asks for a second factor and takes e-mail for one; the address is confirmed."""
    opened = await auth.signed_up()
    auth.database.run("UPDATE auth.users SET email_verified_at = now()")
    await require(auth, opened.organization.slug)
    assert await require(auth, opened.organization.slug, command="allow-email-codes") == 0
    return opened


async def send(auth: AuthServer, token: str) -> str:
    """The code that comes."""
    await auth.auth.SendMfaCode(pb.SendMfaCodeRequest(mfa_token=token))
    newest = [one for one in outbox(auth) if one["Subject"] == SUBJECT][-1]
    (code,) = re.findall(r"^\d{6}$", text(newest), re.MULTILINE)
    return str(code)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_the_code_that_is_mailed_opens_the_session_once(auth: AuthServer) -> None:
    opened = await mailed_to(auth)
    login = await first_step(auth, opened.user.email)
    assert list(login.supported_methods) == [EMAIL]
    with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, login.mfa_token, "123456", EMAIL)
    code = await send(auth, login.mfa_token)
    with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, login.mfa_token, another(code), EMAIL)
    session = await verify(auth, login.mfa_token, f"{code[:3]} {code[3:]}", EMAIL)
    await auth.me(session.access_token)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, login.mfa_token, code, EMAIL)
    told = auth.database.run("SELECT action FROM auth.user_activities ORDER BY sequence")
    assert told[-4:] == ["MFA_FAILED", "MFA_CODE_SENT", "MFA_FAILED", "LOGIN_SUCCESS"]


async def test_a_code_is_of_one_login_and_for_ten_minutes(auth: AuthServer) -> None:
    opened = await mailed_to(auth)
    mine, other = [(await first_step(auth, opened.user.email)).mfa_token for _ in range(2)]
    code = await send(auth, mine)
    with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, other, code, EMAIL)
    auth.clock.ahead += timedelta(minutes=9, seconds=50)
    await verify(auth, mine, code, EMAIL)
    late = (await first_step(auth, opened.user.email)).mfa_token
    code = await send(auth, late)
    auth.clock.ahead += timedelta(minutes=10)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, late, code, EMAIL)


async def test_a_newer_code_takes_the_place_of_the_older(auth: AuthServer) -> None:
    opened = await mailed_to(auth)
    token = (await first_step(auth, opened.user.email)).mfa_token
    older = await send(auth, token)
    auth.clock.ahead += timedelta(seconds=31)
    newer = await send(auth, token)
    if older != newer:
        with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
            await verify(auth, token, older, EMAIL)
    await verify(auth, token, newer, EMAIL)


async def test_one_in_thirty_seconds_is_sent_and_three_in_fifteen_minutes(auth: AuthServer) -> None:
    opened = await mailed_to(auth)
    for _ in range(3):
        token = (await first_step(auth, opened.user.email)).mfa_token
        await send(auth, token)
        with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED"):
            await send(auth, token)
        auth.clock.ahead += timedelta(seconds=31)
    token = (await first_step(auth, opened.user.email)).mfa_token
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED") as limited:
        await send(auth, token)
    assert limited.error.retry_after == 900
    assert len([one for one in outbox(auth) if one["Subject"] == SUBJECT]) == 3


async def test_it_stands_beside_an_app_only_where_the_organization_allows_it(auth: AuthServer) -> None:
    person = await enrolled(auth)
    assert list((await first_step(auth, person.email)).supported_methods) == [TOTP, RECOVERY_CODE]
    await require(auth, person.organization.slug, command="allow-email-codes")
    # Not confirmed: whoever signed up may have named somebody else's address.
    assert list((await first_step(auth, person.email)).supported_methods) == [TOTP, RECOVERY_CODE]
    auth.database.run("UPDATE auth.users SET email_verified_at = now()")
    token = (await first_step(auth, person.email)).mfa_token
    code = await send(auth, token)
    await require(auth, person.organization.slug, "--off", command="allow-email-codes")
    with refused(grpc.StatusCode.FAILED_PRECONDITION, "MFA_METHOD_UNAVAILABLE"):
        await verify(auth, token, code, EMAIL)


async def test_where_nothing_is_asked_for_a_password_is_enough(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    auth.database.run("UPDATE auth.users SET email_verified_at = now()")
    await require(auth, opened.organization.slug, command="allow-email-codes")
    assert not (await first_step(auth, opened.user.email)).requires_mfa


async def test_nobody_else_can_have_one_sent(auth: AuthServer) -> None:
    opened = await mailed_to(auth)
    for token in ("no token at all", opened.access_token[:500]):
        with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
            await send(auth, token)
    token = (await first_step(auth, opened.user.email)).mfa_token
    await change(auth, opened.access_token, NEW)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await send(auth, token)


async def test_no_code_stands_in_the_database(auth: AuthServer) -> None:
    opened = await mailed_to(auth)
    code = await send(auth, (await first_step(auth, opened.user.email)).mfa_token)
    kept = auth.database.run("SELECT l::text FROM auth.pending_logins l")
    (hashed,) = auth.database.run("SELECT encode(code_hash, 'hex') FROM auth.pending_logins")
    assert f",{code}," not in "".join(kept)
    assert len(hashed) == 64
