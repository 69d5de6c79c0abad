"""Inviting people: what is mailed, what the link is good for, and a whole file of them."""

import asyncio
from datetime import timedelta
from typing import Any

import grpc
import pytest
from infinure.auth.v1 import email_service_pb2, user_pb2
from infinure.auth.v1 import user_administration_service_pb2 as pb
from infinure.error.v1 import access_pb2

from meshkit.errors import from_rpc_error
from meshkit.ids import new_id
from tests.auth.administration import BO, SUBJECT, accept, found, invited, joined, listed, mailed, service
from tests.auth.mailbox import mail, outbox, queue_empty, text
from tests.auth.refusals import refused
from tests.auth.server import PASSWORD, AuthServer, bearer
from tests.auth.test_audit_trail import recorded

INVALID, EXHAUSTED = grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.RESOURCE_EXHAUSTED
UNAUTHENTICATED, NOT_FOUND = grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.NOT_FOUND
EXISTS, PRECONDITION = grpc.StatusCode.ALREADY_EXISTS, grpc.StatusCode.FAILED_PRECONDITION
INVITED, THERE, REFUSED = pb.IMPORT_OUTCOME_INVITED, pb.IMPORT_OUTCOME_EXISTS, pb.IMPORT_OUTCOME_REFUSED
HEADER = "email,first_name,last_name,role,department\n"


async def imported(auth: AuthServer, token: str, csv: str | bytes, *, dry: bool = False) -> list[pb.ImportedUser]:
    content = csv.encode() if isinstance(csv, str) else csv
    request = pb.ImportUsersRequest(csv=content, validate_only=dry)
    return list((await service(auth).ImportUsers(request, metadata=bearer(token))).rows)


async def withdraw(auth: AuthServer, token: str, user_id: str) -> None:
    await service(auth).WithdrawInvitation(pb.WithdrawInvitationRequest(user_id=user_id), metadata=bearer(token))


async def resend(auth: AuthServer, token: str, user_id: str) -> None:
    await service(auth).ResendInvitation(pb.ResendInvitationRequest(user_id=user_id), metadata=bearer(token))


async def test_who_is_invited_sets_a_password_and_is_in_with_role_and_grants(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    grants = [access_pb2.PERMISSION_READ_AUDIT]
    manager = {"role": user_pb2.ROLE_MANAGER, "department": "Sales", "grants": grants}
    account = await invited(auth, opened.access_token, "BO@example.test", **manager)
    assert (account.state, account.user.email) == (pb.USER_STATE_INVITED, BO)
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await auth.logged_in(BO)
    token = await mailed(auth)
    told = await auth.emails.GetInvitation(email_service_pb2.GetInvitationRequest(token=token))
    assert (told.organization_name, told.email, told.first_name) == (opened.organization.name, BO, "Bo")
    await accept(auth, token)
    session = await auth.logged_in(BO)
    assert (session.user.role, session.user.department) == (user_pb2.ROLE_MANAGER, "Sales")
    assert session.user.email_verified
    assert access_pb2.PERMISSION_READ_AUDIT in session.user.permissions
    assert session.organization.id == opened.organization.id
    assert (await found(auth, opened.access_token, account.user.id)).state == pb.USER_STATE_ACTIVE
    assert recorded(auth, opened.organization.id)[3:] == [
        "USER_INVITED",
        "LOGIN_FAILED",
        "INVITATION_ACCEPTED",
        "EMAIL_VERIFIED",
        "LOGIN_SUCCESS",
    ]


async def test_the_letter_says_nothing_that_a_stranger_wrote(auth: AuthServer) -> None:
    opened = await auth.signed_up(organization_name="Click http://bad.example now")
    request = pb.InviteUserRequest(
        email=BO, first_name="Visit", last_name="http://worse.example", place=pb.UserPlace(role=user_pb2.ROLE_VIEWER)
    )
    await service(auth).InviteUser(request, metadata=bearer(opened.access_token))
    letter = text(await mail(auth, BO, SUBJECT))
    assert "bad.example" not in letter
    assert "worse.example" not in letter
    assert "7 days" in letter


async def test_the_link_is_good_once_for_seven_days_and_the_newest_alone(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await invited(auth, opened.access_token)
    first = await mailed(auth)
    with refused(EXHAUSTED, "RATE_LIMITED") as soon:
        await resend(auth, opened.access_token, account.user.id)
    assert soon.error.retry_after == 30
    auth.clock.ahead = timedelta(minutes=1)
    await resend(auth, opened.access_token, account.user.id)
    second = await mailed(auth, number=2)
    with refused(INVALID, "LINK_INVALID"):
        await accept(auth, first)
    auth.clock.ahead = timedelta(days=7, minutes=2)
    with refused(INVALID, "LINK_INVALID"):
        await accept(auth, second)
    auth.clock.ahead = timedelta(days=6, hours=23)
    with refused(INVALID, "PASSWORD_TOO_WEAK"):
        await accept(auth, second, "short")
    await accept(auth, second)
    with refused(INVALID, "LINK_INVALID"):
        await accept(auth, second, "Another-horse-42")
    await auth.logged_in(BO)


async def test_of_parallel_uses_of_one_invitation_one_wins(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await invited(auth, opened.access_token)
    token = await mailed(auth)
    tries = [accept(auth, token, f"Kestrel-Nest-{number}") for number in range(6)]
    outcomes: list[Any] = await asyncio.gather(*tries, return_exceptions=True)
    reasons = [from_rpc_error(one).reason if isinstance(one, grpc.aio.AioRpcError) else "" for one in outcomes]
    assert sorted(reasons) == ["", *["LINK_INVALID"] * 5]
    await auth.logged_in(BO, f"Kestrel-Nest-{reasons.index('')}")


async def test_one_that_is_withdrawn_is_gone_and_its_address_free(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await invited(auth, opened.access_token)
    token = await mailed(auth)
    await withdraw(auth, opened.access_token, account.user.id)
    with refused(INVALID, "LINK_INVALID"):
        await accept(auth, token)
    for again in (withdraw, resend):
        with refused(NOT_FOUND, "USER_NOT_FOUND"):
            await again(auth, opened.access_token, account.user.id)
    assert (await auth.signed_up(email=BO)).user.email == BO
    assert recorded(auth, opened.organization.id)[-1] == "INVITATION_WITHDRAWN"


async def test_who_has_accepted_can_be_neither_invited_nor_withdrawn(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    account = await joined(auth, opened.access_token)
    for act in (withdraw, resend):
        with refused(PRECONDITION, "INVITATION_NOT_OPEN"):
            await act(auth, opened.access_token, account.user.id)
    auth.clock.ahead = timedelta(minutes=1)
    with refused(EXISTS, "EMAIL_TAKEN"):
        await invited(auth, opened.access_token)
    await auth.logged_in(BO)


async def test_who_is_only_invited_gets_no_other_letter(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await invited(auth, opened.access_token)
    await mailed(auth)
    await auth.emails.RequestPasswordReset(email_service_pb2.RequestPasswordResetRequest(email=BO))
    auth.clock.ahead = timedelta(minutes=1)
    await auth.emails.ResendVerification(email_service_pb2.ResendVerificationRequest(email=BO))
    await queue_empty(auth)
    assert [one["Subject"] for one in outbox(auth) if one["To"] == BO] == [SUBJECT]


async def test_a_file_is_invited_row_by_row_and_again_changes_nothing(auth: AuthServer) -> None:
    opened, other = await auth.signed_up(), await auth.signed_up()
    file = HEADER + (
        "one@example.test,Uno,One,analyst,Sales\n"
        f"{opened.user.email.upper()},Ada,Byron,ceo,\n"
        "\n"
        "nonsense,Two,Two,analyst,\n"
        "three@example.test,Three,Three,emperor,\n"
        "four@example.test,,Four,viewer,\n"
        "ONE@example.test,Uno,Again,viewer,\n"
        f"{other.user.email},Eve,Other,viewer,\n"
        "five@example.test,Five,Five\n"
        '"six@example.test","Six\nth","Six",Manager,North\n'
    )
    dry = await imported(auth, opened.access_token, file, dry=True)
    assert (await listed(auth, opened.access_token)).total_size == 1
    rows = await imported(auth, opened.access_token, file)
    outcomes = [(row.line, row.outcome, row.problem) for row in rows]
    assert outcomes == [
        (2, INVITED, ""),
        (3, THERE, ""),
        (5, REFUSED, "email is no e-mail address"),
        (6, REFUSED, "role is none of ceo, director, manager, analyst, viewer"),
        (7, REFUSED, "first_name is empty"),
        (8, REFUSED, "the address stands in line 2 already"),
        (9, REFUSED, "the address has an account outside this organization"),
        (10, REFUSED, "3 cells where the header has 5"),
        (12, INVITED, ""),
    ]
    # What belongs to others isn't looked up before something is done.
    assert [(row.line, row.outcome) for row in dry if row.line != 9] == [
        (line, outcome) for line, outcome, _ in outcomes if line != 9
    ]
    await accept(auth, await mailed(auth, "one@example.test"))
    assert (await auth.logged_in("one@example.test")).user.department == "Sales"
    again = await imported(auth, opened.access_token, file)
    assert [row.line for row in again if row.outcome == THERE] == [2, 3, 12]
    assert not [row for row in again if row.outcome == INVITED]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00bad", "UTF-8"),
        (b"email,first_name\nx@example.test,X\n", "last_name, role"),
        (HEADER.encode(), "nobody below"),
        (b"email,email,first_name,last_name,role\n", "named twice"),
        (b"email,first_name,last_name,role,salary\na@b.test,A,B,ceo,1\n", "the file has others"),
        ((HEADER + "x@example.test,X,X,viewer,\n" * 1001).encode(), "more than 1000 rows"),
    ],
    ids=["no text", "columns missing", "nobody", "twice", "unknown column", "too many"],
)
async def test_a_file_that_is_no_list_of_people_is_refused_whole(auth: AuthServer, content: bytes, said: str) -> None:
    opened = await auth.signed_up()
    with refused(INVALID, "IMPORT_INVALID") as refusal:
        await imported(auth, opened.access_token, content)
    assert said in refusal.error.message
    assert (await listed(auth, opened.access_token)).total_size == 1


async def test_semicolons_and_a_byte_order_mark_are_read(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    file = "\ufeffEmail;First name;Last name;Role\r\nbo@example.test;Bö;Lind;Viewer\r\n"
    (row,) = await imported(auth, opened.access_token, file)
    assert row.outcome == INVITED
    names = [one.user.first_name for one in (await listed(auth, opened.access_token)).accounts]
    assert sorted(names) == ["Ada", "Bö"]


async def test_an_organization_invites_two_hundred_an_hour_and_the_rest_is_told(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    file = HEADER + "".join(f"p{number}@example.test,P,P,viewer,\n" for number in range(203))
    rows = await imported(auth, opened.access_token, file)
    assert [row.outcome for row in rows] == [INVITED] * 200 + [REFUSED] * 3
    assert "again later" in rows[-1].problem
    with refused(EXHAUSTED, "RATE_LIMITED"):
        await invited(auth, opened.access_token)


async def test_somebody_elses_invitation_is_like_one_that_never_was(auth: AuthServer) -> None:
    opened, stranger = await auth.signed_up(), await auth.signed_up()
    account = await invited(auth, opened.access_token)
    for act in (withdraw, resend):
        never = str(new_id())
        with refused(NOT_FOUND, "USER_NOT_FOUND") as of_another:
            await act(auth, stranger.access_token, account.user.id)
        with refused(NOT_FOUND, "USER_NOT_FOUND") as of_nobody:
            await act(auth, stranger.access_token, never)
        assert of_another.raw.replace(account.user.id.encode(), never.encode()) == of_nobody.raw
    await accept(auth, await mailed(auth), PASSWORD)
