"""Confirming an e-mail address: what is mailed, what the link is good for, and what nobody learns by asking."""

import asyncio
import sys
from datetime import timedelta

import grpc
import pytest
from infinure.auth.v1 import email_service_pb2 as pb

from cli.launching import base_environment
from meshkit.ids import new_id
from tests.auth.mailbox import link, mail, outbox, queue_empty
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer
from tests.auth.test_audit_trail import recorded

INVALID = grpc.StatusCode.INVALID_ARGUMENT
SUBJECT = "Confirm your e-mail address"
ADA = "ada@example.test"
PER_ADDRESS = 30


async def verify(auth: AuthServer, token: str) -> pb.VerifyEmailResponse:
    return await auth.emails.VerifyEmail(pb.VerifyEmailRequest(token=token))


async def resend(auth: AuthServer, email: str) -> pb.ResendVerificationResponse:
    return await auth.emails.ResendVerification(pb.ResendVerificationRequest(email=email))


async def test_who_signs_up_is_mailed_a_link_that_confirms_the_address_once(auth: AuthServer) -> None:
    opened = await auth.signed_up(email=ADA)
    assert not opened.user.email_verified
    page, token = link(await mail(auth, ADA, SUBJECT))
    assert page == "/verify-email"
    await verify(auth, token)
    assert (await auth.me(opened.access_token)).user.email_verified
    assert recorded(auth, opened.organization.id)[-1] == "EMAIL_VERIFIED"
    with refused(INVALID, "LINK_INVALID"):
        await verify(auth, token)


async def test_the_link_is_good_for_a_day_and_the_newest_alone(auth: AuthServer) -> None:
    await auth.signed_up(email=ADA)
    _, first = link(await mail(auth, ADA, SUBJECT))
    await resend(auth, "ADA@example.test")
    _, second = link(await mail(auth, ADA, SUBJECT, 2))
    with refused(INVALID, "LINK_INVALID"):
        await verify(auth, first)
    auth.clock.ahead = timedelta(hours=24, seconds=1)
    with refused(INVALID, "LINK_INVALID"):
        await verify(auth, second)
    auth.clock.ahead = timedelta(hours=23, minutes=59)
    await verify(auth, second)


async def test_asking_again_tells_nothing_and_mails_only_who_waits_for_it(auth: AuthServer) -> None:
    verified = await auth.signed_up(email="done@example.test")
    await verify(auth, link(await mail(auth, "done@example.test", SUBJECT))[1])
    await auth.signed_up(email=ADA)
    await queue_empty(auth)
    before = len(outbox(auth))
    replies = [await resend(auth, email) for email in (ADA, "done@example.test", "nobody@example.test")]
    assert {reply.SerializeToString() for reply in replies} == {b""}
    await queue_empty(auth)
    assert [one["To"] for one in outbox(auth)[before:]] == [ADA]
    assert recorded(auth, verified.organization.id)[-1] == "EMAIL_VERIFIED"


async def test_a_token_that_is_none_or_of_another_letter_is_refused_in_one_way(auth: AuthServer) -> None:
    opened = await auth.signed_up(email=ADA)
    await auth.emails.RequestPasswordReset(pb.RequestPasswordResetRequest(email=ADA))
    _, of_reset = link(await mail(auth, ADA, "Set a new password"))
    answers = set()
    for token in (of_reset, "x" * 43, "' OR 1=1 --", opened.refresh_token):
        with refused(INVALID, "LINK_INVALID") as refusal:
            await verify(auth, token)
        assert token.encode() not in refusal.raw
        answers.add(refusal.error.message)
    assert len(answers) == 1


async def test_one_address_signs_up_many_but_mails_few(auth: AuthServer) -> None:
    emails = [f"stranger{number}@example.test" for number in range(PER_ADDRESS + 1)]
    for email in emails:
        await auth.signed_up(email=email)
    await queue_empty(auth)
    assert sorted(one["To"] for one in outbox(auth)) == sorted(emails[:-1])
    await resend(auth, emails[-1])
    await mail(auth, emails[-1], SUBJECT)


async def run(auth: AuthServer, *arguments: str, said: str = "") -> int:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.auth", *arguments),
        env={**base_environment(), **auth.environment},
        stdin=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await process.communicate(said.encode())
    assert process.returncode is not None
    return process.returncode


async def test_the_operator_vouches_for_whom_they_add_and_for_others(auth: AuthServer) -> None:
    opened = await auth.signed_up(email=ADA)
    person = f"{new_id()}@example.test"
    names = ("--role", "viewer", "--first-name", "Vera", "--last-name", "Rossi", "--password-stdin")
    added = ("add-user", "--organization", opened.organization.slug, "--email", person, *names)
    assert await run(auth, *added, said=PASSWORD) == 0
    assert (await auth.logged_in(person)).user.email_verified
    assert await run(auth, "vouch-for-email", "--email", "nobody@example.test") == 1
    for _ in range(2):
        assert await run(auth, "vouch-for-email", "--email", ADA) == 0
    assert (await auth.me(opened.access_token)).user.email_verified
    assert recorded(auth, opened.organization.id).count("EMAIL_VERIFIED") == 1


@pytest.mark.parametrize("token", ["", "x" * 513, "a\0b"])
async def test_bad_input_names_its_field(auth: AuthServer, token: str) -> None:
    with refused(INVALID, "REQUEST_INVALID") as refusal:
        await verify(auth, token)
    assert {violation.field for violation in refusal.error.violations} == {"token"}
