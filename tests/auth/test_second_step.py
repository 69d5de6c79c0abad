"""Logging in where something stands beside the password."""

import asyncio
from datetime import UTC, timedelta
from uuid import UUID

import grpc
import pytest
from infinure.auth.v1 import auth_service_pb2 as pb

from meshkit.database import Database as AppDatabase
from meshkit.errors import from_rpc_error
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings
from meshkit.vault import FileMasterKey
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.attempts import SqlAttempts
from services.auth.adapters.data_keys import SqlDataKeys
from services.auth.adapters.head_signing import HeadSigner
from services.auth.adapters.second_factors import SqlSecondFactors
from services.auth.adapters.signing_keys import open_keyring
from services.auth.errors import MfaCodeInvalid, TooManyAttempts
from services.auth.throttling import Throttle
from tests.auth.refusals import refused
from tests.auth.second_factors import EMAIL, RECOVERY_CODE, TOTP, App, activities, enrolled, first_step, require, verify
from tests.auth.server import PASSWORD, AuthServer
from tests.auth.test_changing_passwords import NEW, change
from tests.builders.postgres import Database

UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED
PRECONDITION = grpc.StatusCode.FAILED_PRECONDITION


async def test_a_right_password_is_no_session_until_the_code_is_right(auth: AuthServer) -> None:
    person = await enrolled(auth)
    login = await first_step(auth, person.email)
    assert login.requires_mfa
    assert list(login.supported_methods) == [TOTP, RECOVERY_CODE]
    assert (login.access_token, login.refresh_token, login.HasField("user")) == ("", "", False)
    lasts = login.mfa_token_expire_time.ToDatetime(UTC) - auth.clock()
    assert timedelta(minutes=4) < lasts <= timedelta(minutes=5)
    opened = await verify(auth, login.mfa_token, person.app.fresh())
    assert (await auth.me(opened.access_token)).user.id == person.user_id
    await auth.refreshed(opened.refresh_token)


async def test_without_a_second_factor_a_password_is_enough(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    login = await first_step(auth, opened.user.email)
    assert not login.requires_mfa
    assert login.mfa_token == ""
    await auth.me(login.access_token)


async def test_a_wrong_password_tells_nothing_of_the_second_factor(auth: AuthServer) -> None:
    person = await enrolled(auth)
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID") as with_it:
        await first_step(auth, person.email, "Wrong-horse-42")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID") as nobody:
        await first_step(auth, "nobody@example.test", "Wrong-horse-42")
    assert with_it.error.message == nobody.error.message
    assert with_it.error.metadata == nobody.error.metadata


async def test_the_token_of_the_first_step_opens_nothing_else(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    with refused(UNAUTHENTICATED, "TOKEN_MALFORMED"):
        await auth.me(token)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(token)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await auth.auth.BeginRequiredMfa(pb.BeginRequiredMfaRequest(mfa_token=token))
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await auth.auth.ConfirmRequiredMfa(pb.ConfirmRequiredMfaRequest(mfa_token=token, code=person.app.fresh()))
    assert token not in "".join(auth.database.run("SELECT l::text FROM auth.pending_logins l"))


async def test_it_works_once_and_for_five_minutes(auth: AuthServer) -> None:
    person = await enrolled(auth)
    first, late = [(await first_step(auth, person.email)).mfa_token for _ in range(2)]
    await verify(auth, first, person.app.fresh())
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, first, person.app.fresh())
    auth.clock.ahead += timedelta(minutes=5)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, late, person.app.fresh())
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, "no token at all", person.app.fresh())


async def test_it_bears_five_tries(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    for left in (4, 3, 2, 1, 0):
        with refused(UNAUTHENTICATED, "MFA_CODE_INVALID") as wrong:
            await verify(auth, token, person.app.wrong())
        assert wrong.error.metadata["tries_left"] == str(left)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, token, person.app.fresh())
    assert activities(auth, person)[1:] == ["MFA_FAILED"] * 5


async def test_wrong_codes_are_counted_over_all_logins_of_an_account(auth: AuthServer) -> None:
    person = await enrolled(auth)
    for _ in range(2):
        token = (await first_step(auth, person.email)).mfa_token
        for _ in range(5):
            with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
                await verify(auth, token, person.app.wrong())
    token = (await first_step(auth, person.email)).mfa_token
    with refused(grpc.StatusCode.RESOURCE_EXHAUSTED, "RATE_LIMITED") as limited:
        await verify(auth, token, person.app.fresh())
    assert limited.error.retry_after
    auth.clock.ahead += timedelta(minutes=15)
    token = (await first_step(auth, person.email)).mfa_token
    await verify(auth, token, person.app.fresh())


async def test_the_count_is_the_accounts_from_whichever_addresses(database: Database) -> None:
    settings, user_id = DatabaseSettings(url=Secret(database.app_url("auth"))), new_id()
    async with AppDatabase.open(settings) as opened:
        throttle = Throttle(SqlAttempts(opened))
        for number in range(10):
            with pytest.raises(MfaCodeInvalid):
                async with throttle.trying_code(user_id, f"192.0.2.{number}"):
                    raise MfaCodeInvalid(0)
        with pytest.raises(TooManyAttempts):
            async with throttle.trying_code(user_id, "198.51.100.1"):
                pytest.fail("the eleventh code was looked at")


@pytest.mark.parametrize("tokens", [1, 25], ids=["one login", "25 logins"])
async def test_of_fifty_parallel_uses_of_a_code_one_passes(auth: AuthServer, tokens: int) -> None:
    person = await enrolled(auth)
    logins = [await first_step(auth, person.email) for _ in range(tokens)]
    code = person.app.fresh()
    tries = [verify(auth, logins[number % tokens].mfa_token, code) for number in range(50)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    reasons = [from_rpc_error(one).reason if isinstance(one, grpc.aio.AioRpcError) else "" for one in outcomes]
    assert reasons.count("") == 1
    assert set(reasons) <= {"", "MFA_CODE_INVALID", "MFA_TOKEN_INVALID", "RATE_LIMITED"}
    opened = auth.database.run(
        "SELECT count(*) FROM auth.user_activities WHERE metadata ->> 'method' = 'password+totp'"
    )
    assert opened[0] == "1"


async def test_of_two_replicas_one_takes_a_step_and_it_never_goes_back(auth: AuthServer) -> None:
    person = await enrolled(auth)
    signer = HeadSigner(open_keyring(auth.settings.audit.key_dir, auth.clock()))
    keys = SqlDataKeys(FileMasterKey.read(auth.settings.master_key_file))
    settings, organization_id = auth.settings.database, UUID(person.organization.id)
    async with AppDatabase.open(settings) as one, AppDatabase.open(settings) as other:
        replicas = [SqlSecondFactors(database, SqlTrail(signer), keys) for database in (one, other)]
        totp = await replicas[0].totp(organization_id, UUID(person.user_id))
        assert totp is not None
        assert totp.last_step is not None
        for step in range(totp.last_step + 1, totp.last_step + 51):
            tries = [replicas[number % 2].take_step(organization_id, totp.id, step) for number in range(20)]
            assert sum(await asyncio.gather(*tries)) == 1
            assert not await replicas[step % 2].take_step(organization_id, totp.id, step - 1)


async def test_two_good_codes_at_one_token_open_one_session(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    codes = [(person.recovery_codes[number], RECOVERY_CODE) for number in range(4)]
    outcomes = await asyncio.gather(*(verify(auth, token, *one) for one in codes), return_exceptions=True)
    assert sum(isinstance(one, pb.VerifyMfaResponse) for one in outcomes) == 1


async def test_a_code_once_used_is_refused_and_so_is_an_older_one(auth: AuthServer) -> None:
    person = await enrolled(auth)
    used, older = person.app.fresh(), person.app.code(-1)
    await verify(auth, (await first_step(auth, person.email)).mfa_token, used)
    token = (await first_step(auth, person.email)).mfa_token
    for code in (used, older):
        with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
            await verify(auth, token, code)
    await verify(auth, token, person.app.code(1))


async def test_a_recovery_code_works_once_however_it_is_typed(auth: AuthServer) -> None:
    person = await enrolled(auth)
    code = person.recovery_codes[0]
    typed = f" {code.lower().replace('-', ' ').replace('0', 'o')} "
    await verify(auth, (await first_step(auth, person.email)).mfa_token, typed, RECOVERY_CODE)
    token = (await first_step(auth, person.email)).mfa_token
    for wrong in (code, "A" * 25, "1234"):
        with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
            await verify(auth, token, wrong, RECOVERY_CODE)
    assert activities(auth, person)[1:] == ["RECOVERY_CODE_USED", *["MFA_FAILED"] * 3]


async def test_nobody_is_let_down_to_a_method_that_the_account_does_not_have(auth: AuthServer) -> None:
    person = await enrolled(auth)
    auth.database.run("DELETE FROM auth.recovery_codes")
    login = await first_step(auth, person.email)
    assert list(login.supported_methods) == [TOTP]
    with refused(PRECONDITION, "MFA_METHOD_UNAVAILABLE"):
        await verify(auth, login.mfa_token, person.recovery_codes[0], RECOVERY_CODE)
    with refused(PRECONDITION, "MFA_METHOD_UNAVAILABLE"):
        await verify(auth, login.mfa_token, "123456", EMAIL)
    with refused(PRECONDITION, "MFA_METHOD_UNAVAILABLE"):
        await auth.auth.SendMfaCode(pb.SendMfaCodeRequest(mfa_token=login.mfa_token))


async def test_another_persons_code_is_none(auth: AuthServer) -> None:
    person, other = await enrolled(auth), await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, token, other.app.fresh())
    with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await verify(auth, token, other.recovery_codes[0], RECOVERY_CODE)


async def test_a_changed_password_ends_logins_that_are_half_way(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    await change(auth, person.token, NEW, PASSWORD)
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, token, person.app.fresh())


async def test_where_the_organization_asks_for_it_a_password_alone_can_only_enrol(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    assert await require(auth, "nowhere") == 1
    assert await require(auth, opened.organization.slug) == 0
    login = await first_step(auth, opened.user.email)
    assert login.requires_mfa
    assert list(login.supported_methods) == []
    token = login.mfa_token
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, token, "123456")
    with refused(PRECONDITION, "MFA_ENROLMENT_NOT_BEGUN"):
        await auth.auth.ConfirmRequiredMfa(pb.ConfirmRequiredMfaRequest(mfa_token=token, code="123456"))
    begun = await auth.auth.BeginRequiredMfa(pb.BeginRequiredMfaRequest(mfa_token=token))
    app = App(auth, begun.enrolment.secret)
    with refused(UNAUTHENTICATED, "MFA_CODE_INVALID"):
        await auth.auth.ConfirmRequiredMfa(pb.ConfirmRequiredMfaRequest(mfa_token=token, code=app.wrong()))
    done = await auth.auth.ConfirmRequiredMfa(pb.ConfirmRequiredMfaRequest(mfa_token=token, code=app.code()))
    assert len(done.recovery_codes) == 10
    await auth.me(done.access_token)
    again = await first_step(auth, opened.user.email)
    await verify(auth, again.mfa_token, app.fresh())
    assert await require(auth, opened.organization.slug, "--off") == 0


async def test_of_two_who_enrol_by_a_password_alone_one_does(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await require(auth, opened.organization.slug)
    first, second = [(await first_step(auth, opened.user.email)).mfa_token for _ in range(2)]
    begun = await auth.auth.BeginRequiredMfa(pb.BeginRequiredMfaRequest(mfa_token=first))
    app = App(auth, begun.enrolment.secret)
    await auth.auth.ConfirmRequiredMfa(pb.ConfirmRequiredMfaRequest(mfa_token=first, code=app.code()))
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await auth.auth.BeginRequiredMfa(pb.BeginRequiredMfaRequest(mfa_token=second))
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await auth.auth.ConfirmRequiredMfa(pb.ConfirmRequiredMfaRequest(mfa_token=second, code=app.fresh()))


async def test_a_deactivated_person_gets_no_session_by_the_second_step(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    auth.database.run("UPDATE auth.users SET is_active = false")
    with refused(UNAUTHENTICATED, "MFA_TOKEN_INVALID"):
        await verify(auth, token, person.app.fresh())
