"""Logging in: known and unknown alike, and never more tries than the limit."""

import asyncio
from datetime import timedelta

import grpc
import pytest
from infinure.auth.v1 import auth_service_pb2 as pb

from meshkit.secrets import Secret
from services.auth.passwords import Passwords
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
# The same for both, so that replies can be compared byte for byte.
SAME_ID = (("x-request-id", "0123456789abcdef"),)


async def test_the_right_password_opens_a_session(auth: AuthServer) -> None:
    signed_up = await auth.signed_up(email="ada@example.test")
    opened = await auth.logged_in("ADA@example.test")
    assert opened.user.id == signed_up.user.id
    assert opened.organization == signed_up.organization
    assert opened.user.last_login_time.ToDatetime() > signed_up.user.create_time.ToDatetime()
    life = opened.access_token_expire_time.ToDatetime() - opened.user.last_login_time.ToDatetime()
    assert timedelta(minutes=14) < life <= timedelta(minutes=15)


async def test_unknown_email_wrong_password_and_deactivated_account_answer_in_the_same_bytes(auth: AuthServer) -> None:
    await auth.signed_up(email="ada@example.test")
    await auth.signed_up(email="gone@example.test")
    auth.database.run("UPDATE auth.users SET is_active = false WHERE email = 'gone@example.test'")
    answers = []
    for email, password in (
        ("ada@example.test", "Wrong-horse-42"),
        ("nobody@example.test", PASSWORD),
        ("gone@example.test", PASSWORD),
        ("not an address", PASSWORD),
    ):
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID") as refusal:
            await auth.auth.Login(pb.LoginRequest(email=email, password=password), metadata=SAME_ID)
        answers.append(refusal.raw)
    assert len(set(answers)) == 1


async def test_parallel_wrong_passwords_reach_the_hash_ten_times_at_most(
    auth: AuthServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await auth.signed_up(email="ada@example.test")
    hashed = 0
    verify = Passwords._verify

    def counting(self: Passwords, password: str, stored: str) -> bool:
        nonlocal hashed
        hashed += 1
        return verify(self, password, stored)

    monkeypatch.setattr(Passwords, "_verify", counting)
    tries = await asyncio.gather(
        *(auth.logged_in("ada@example.test", f"Wrong-horse-{number}") for number in range(100)),
        return_exceptions=True,
    )
    assert all(isinstance(one, grpc.aio.AioRpcError) for one in tries)
    assert 0 < hashed <= 10


async def test_too_many_failures_close_the_account_for_a_while_and_say_nothing_of_it(auth: AuthServer) -> None:
    await auth.signed_up(email="ada@example.test")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID") as wrong:
        await auth.auth.Login(pb.LoginRequest(email="ada@example.test", password="Wrong"), metadata=SAME_ID)
    for _ in range(9):
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
            await auth.logged_in("ada@example.test", "Wrong")
    right = pb.LoginRequest(email="ada@example.test", password=PASSWORD)
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID") as closed:
        await auth.auth.Login(right, metadata=SAME_ID)
    assert closed.raw == wrong.raw
    auth.clock.ahead = timedelta(minutes=16)
    assert (await auth.auth.Login(right)).user.email == "ada@example.test"


async def test_the_right_password_takes_the_failures_back(auth: AuthServer) -> None:
    await auth.signed_up(email="ada@example.test")
    for _ in range(2):
        for _ in range(9):
            with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
                await auth.logged_in("ada@example.test", "Wrong")
        await auth.logged_in("ada@example.test")


async def test_one_address_trying_many_accounts_is_told_to_wait(auth: AuthServer) -> None:
    reasons = []
    for number in range(31):
        with pytest.raises(grpc.aio.AioRpcError) as raised:
            await auth.logged_in(f"person{number}@elsewhere.test", "Summer-2026!!")
        reasons.append(raised.value.code())
    assert reasons == [UNAUTHENTICATED] * 30 + [grpc.StatusCode.RESOURCE_EXHAUSTED]
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED") as refusal:
        await auth.logged_in("another@elsewhere.test")
    assert refusal.error.retry_after


async def test_more_logins_than_can_wait_are_shed_not_queued() -> None:
    async with Passwords(threads=1, most_waiting=1) as passwords:
        tries = await asyncio.gather(
            *(passwords.matches(Secret(PASSWORD), None) for _ in range(5)), return_exceptions=True
        )
    reasons = sorted(getattr(one, "reason", "checked") for one in tries)
    assert reasons == ["OVERLOADED", "OVERLOADED", "OVERLOADED", "checked", "checked"]


async def test_the_event_loop_stays_responsive_while_passwords_are_hashed() -> None:
    async with Passwords(threads=1) as passwords:
        hashing = asyncio.gather(*(passwords.hash(Secret(PASSWORD)) for _ in range(10)))
        turns = 0
        while not hashing.done():
            await asyncio.sleep(0.001)
            turns += 1
    # Hashing in the loop would leave it one turn for each, however quick or busy the machine is.
    assert turns > 3 * 10


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", ""), ("email", "x" * 256), ("email", "a\0"), ("password", ""), ("password", "x" * 1025)],
)
async def test_bad_input_names_its_field(auth: AuthServer, field: str, value: str) -> None:
    request = pb.LoginRequest(email="ada@example.test", password=PASSWORD)
    setattr(request, field, value)
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID") as refusal:
        await auth.auth.Login(request)
    assert {violation.field for violation in refusal.error.violations} == {field}
