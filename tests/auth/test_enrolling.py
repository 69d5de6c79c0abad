"""Enrolling, replacing and removing an authenticator app; recovery codes."""

import asyncio
from datetime import timedelta

import grpc
import pytest
from infinure.auth.v1 import mfa_service_pb2 as mfa

from services.auth.recovery_codes import COUNT
from tests.auth.refusals import refused
from tests.auth.second_factors import (
    RECOVERY_CODE,
    App,
    activities,
    begin,
    confirm,
    enrolled,
    first_step,
    regenerate,
    remembered,
    remove,
    require,
    service,
    status,
    verify,
)
from tests.auth.server import PASSWORD, AuthServer, bearer

DENIED, PRECONDITION = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.FAILED_PRECONDITION


async def test_nothing_counts_until_a_first_code_has_confirmed_it(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    token = opened.access_token
    with refused(PRECONDITION, "MFA_ENROLMENT_NOT_BEGUN"):
        await confirm(auth, token, "123456")
    app = await begin(auth, token)
    assert not (await first_step(auth, opened.user.email)).requires_mfa
    with refused(DENIED, "MFA_CODE_INVALID"):
        await confirm(auth, token, app.wrong())
    assert not (await status(auth, token)).HasField("totp_enroll_time")
    assert len(set(await confirm(auth, token, app.code()))) == COUNT
    found = await status(auth, token)
    assert found.HasField("totp_enroll_time")
    assert (found.recovery_code_count, found.required) == (COUNT, False)
    assert (await first_step(auth, opened.user.email)).requires_mfa


async def test_a_secret_waits_fifteen_minutes_and_a_newer_one_voids_it(auth: AuthServer) -> None:
    token = (await auth.signed_up()).access_token
    older = await begin(auth, token)
    newer = await begin(auth, token)
    with refused(DENIED, "MFA_CODE_INVALID"):
        await confirm(auth, token, older.code())
    auth.clock.ahead += timedelta(minutes=14, seconds=30)
    token = (await auth.logged_in("person1@example.test")).access_token
    auth.clock.ahead += timedelta(seconds=31)
    with refused(PRECONDITION, "MFA_ENROLMENT_NOT_BEGUN"):
        await confirm(auth, token, newer.code())


async def test_the_code_that_confirms_is_used_up_by_that(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    with refused(grpc.StatusCode.UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, token, person.app.code())


@pytest.mark.parametrize("change", [begin, remove, regenerate], ids=["replace", "remove", "regenerate"])
async def test_whoever_finds_an_open_session_changes_nothing(auth: AuthServer, change: object) -> None:
    assert callable(change)
    person = await enrolled(auth)
    with refused(grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_INVALID"):
        await change(auth, person.token, mfa.OwnerProof())
    with refused(DENIED, "PASSWORD_INCORRECT"):
        await change(auth, person.token, mfa.OwnerProof(password="Wrong-horse-42"))
    used = person.app.fresh()
    await verify(auth, (await first_step(auth, person.email)).mfa_token, used)
    for code in (used, person.app.wrong()):
        with refused(DENIED, "MFA_CODE_INVALID"):
            await change(auth, person.token, mfa.OwnerProof(code=code))
    assert (await status(auth, person.token)).recovery_code_count == COUNT
    await change(auth, person.token, mfa.OwnerProof(code=person.app.fresh()))


async def test_a_first_enrolment_too_asks_for_the_owner(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    for proof, reason in (
        (mfa.OwnerProof(password="Wrong-horse-42"), "PASSWORD_INCORRECT"),
        (mfa.OwnerProof(code="123456"), "MFA_CODE_INVALID"),
    ):
        with refused(DENIED, reason):
            await begin(auth, opened.access_token, proof)


async def test_wrong_proofs_are_counted(auth: AuthServer) -> None:
    person = await enrolled(auth)
    for _ in range(10):
        with refused(DENIED, "MFA_CODE_INVALID"):
            await remove(auth, person.token, mfa.OwnerProof(code=person.app.wrong()))
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED"):
        await remove(auth, person.token, mfa.OwnerProof(code=person.app.fresh()))


async def test_a_new_app_takes_the_place_of_the_old_when_it_is_confirmed(auth: AuthServer) -> None:
    person = await enrolled(auth)
    new = await begin(auth, person.token)
    await verify(auth, (await first_step(auth, person.email)).mfa_token, person.app.fresh())
    codes = await confirm(auth, person.token, new.code())
    token = (await first_step(auth, person.email)).mfa_token
    for old, method in ((person.app.fresh(), 1), (person.recovery_codes[0], RECOVERY_CODE)):
        with refused(grpc.StatusCode.UNAUTHENTICATED, "MFA_CODE_INVALID"):
            await verify(auth, token, old, method)  # type: ignore[arg-type]
    await verify(auth, token, codes[0], RECOVERY_CODE)


async def test_what_is_removed_is_gone_and_a_password_is_enough_again(auth: AuthServer) -> None:
    person = await enrolled(auth)
    await remembered(auth, person)
    await remove(auth, person.token)
    assert not (await first_step(auth, person.email)).requires_mfa
    for table in ("totp_secrets", "recovery_codes", "remembered_devices"):
        assert auth.database.run(f"SELECT count(*) FROM auth.{table}") == ["0"]
    with refused(PRECONDITION, "MFA_NOT_ENROLLED"):
        await remove(auth, person.token)
    with refused(PRECONDITION, "MFA_NOT_ENROLLED"):
        await regenerate(auth, person.token)
    told = ["MFA_ENROLLED", "DEVICE_REMEMBERED", "MFA_REMOVED", "DEVICE_FORGOTTEN"]
    assert activities(auth, person) == told


async def test_what_the_organization_asks_for_cannot_be_removed(auth: AuthServer) -> None:
    person = await enrolled(auth)
    await require(auth, person.organization.slug)
    assert (await status(auth, person.token)).required
    with refused(PRECONDITION, "MFA_REQUIRED"):
        await remove(auth, person.token)


async def test_new_recovery_codes_void_those_before(auth: AuthServer) -> None:
    person = await enrolled(auth)
    new = await regenerate(auth, person.token)
    assert len(new) == COUNT
    assert not set(new) & set(person.recovery_codes)
    token = (await first_step(auth, person.email)).mfa_token
    with refused(grpc.StatusCode.UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, token, person.recovery_codes[0], RECOVERY_CODE)
    await verify(auth, token, new[0], RECOVERY_CODE)
    assert (await status(auth, person.token)).recovery_code_count == COUNT - 1
    assert activities(auth, person) == [
        "MFA_ENROLLED",
        "RECOVERY_CODES_REGENERATED",
        "MFA_FAILED",
        "RECOVERY_CODE_USED",
    ]


async def test_no_secret_and_no_code_stands_in_the_database(auth: AuthServer) -> None:
    person = await enrolled(auth)
    tables = ("totp_secrets", "recovery_codes", "data_keys", "user_activities", "pending_logins")
    kept = "\n".join(line for table in tables for line in auth.database.run(f"SELECT t::text FROM auth.{table} t"))
    for secret in (person.app.secret, *person.recovery_codes, *(one.replace("-", "") for one in person.recovery_codes)):
        assert secret not in kept
        assert secret.encode().hex() not in kept


async def test_a_secret_moved_to_another_person_opens_nothing(auth: AuthServer) -> None:
    person, other = await enrolled(auth), await enrolled(auth)
    auth.database.run(
        "UPDATE auth.totp_secrets SET sealed = (SELECT sealed FROM auth.totp_secrets "
        f"WHERE user_id = '{person.user_id}') WHERE user_id = '{other.user_id}'"
    )
    token = (await first_step(auth, other.email)).mfa_token
    with refused(grpc.StatusCode.INTERNAL, "INTERNAL"):
        await verify(auth, token, App(auth, person.app.secret).fresh())


async def test_parallel_beginnings_and_confirmations_leave_one_app(auth: AuthServer) -> None:
    token = (await auth.signed_up()).access_token
    await asyncio.gather(*(begin(auth, token) for _ in range(3)))
    app = await begin(auth, token)
    outcomes = await asyncio.gather(*(confirm(auth, token, app.code()) for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(one, list) for one in outcomes) == 1
    assert auth.database.run("SELECT count(*) FROM auth.totp_secrets") == ["1"]
    assert auth.database.run("SELECT count(*) FROM auth.recovery_codes") == [str(COUNT)]


async def test_what_the_app_is_told_names_the_account(auth: AuthServer) -> None:
    opened = await auth.signed_up(email="ada@example.test")
    request = mfa.BeginTotpEnrolmentRequest(proof=mfa.OwnerProof(password=PASSWORD))
    told = (await service(auth).BeginTotpEnrolment(request, metadata=bearer(opened.access_token))).enrolment
    assert told.uri.startswith("otpauth://totp/Infinure:ada%40example.test?")
    assert f"secret={told.secret}" in told.uri
