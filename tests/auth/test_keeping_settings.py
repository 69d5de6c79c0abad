"""An organization's settings: read, changed, and what that does to who is logged in."""

import grpc
import pytest
from infinure.auth.v1 import organization_service_pb2 as pb

from tests.auth.administration import BO, joined, set_to, settings
from tests.auth.refusals import refused
from tests.auth.second_factors import enrolled
from tests.auth.server import AuthServer
from tests.auth.test_audit_trail import recorded
from tests.auth.test_changing_passwords import change

ABORTED, PRECONDITION = grpc.StatusCode.ABORTED, grpc.StatusCode.FAILED_PRECONDITION
DENIED, INVALID = grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.INVALID_ARGUMENT
UNAUTHENTICATED = grpc.StatusCode.UNAUTHENTICATED


async def test_name_and_policy_are_changed_and_hold_from_then_on(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    read = await settings(auth, opened.access_token)
    assert read.settings == pb.OrganizationSettings(
        name=opened.organization.name, password_policy=pb.PASSWORD_POLICY_CLASSES
    )
    token, nist = opened.access_token, pb.PASSWORD_POLICY_NIST
    now = await set_to(auth, token, read.etag, name="  Meridian & Co ", password_policy=nist)
    assert (now.name, now.password_policy) == ("Meridian & Co", nist)
    assert (await auth.me(token)).organization.name == "Meridian & Co"
    await change(auth, token, new="correct horse battery staple")
    (told,) = auth.database.run(
        "SELECT metadata->>'name', metadata->>'password_policy', user_id FROM auth.user_activities "
        "WHERE action = 'SETTINGS_CHANGED'"
    )
    assert told == f"Meridian & Co|nist|{opened.user.id}"


async def test_who_was_slower_is_told_and_overwrites_nothing(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    read = await settings(auth, opened.access_token)
    await set_to(auth, opened.access_token, read.etag, name="First")
    with refused(ABORTED, "ORGANIZATION_CHANGED"):
        await set_to(auth, opened.access_token, read.etag, name="Second")
    assert (await settings(auth, opened.access_token)).settings.name == "First"


async def test_a_second_factor_is_required_only_by_who_has_one(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    read = await settings(auth, opened.access_token)
    for by_email in (False, True):
        # An address that nobody has confirmed gets no codes either.
        with refused(PRECONDITION, "MFA_NOT_ENROLLED"):
            await set_to(auth, opened.access_token, read.etag, mfa_required=True, mfa_by_email=by_email)
    assert not (await settings(auth, opened.access_token)).settings.mfa_required


async def test_requiring_one_ends_sessions_by_a_password_alone_but_the_callers(auth: AuthServer) -> None:
    leader = await enrolled(auth)
    await joined(auth, leader.token)
    session = await auth.logged_in(BO)
    read = await settings(auth, leader.token)
    await set_to(auth, leader.token, read.etag, mfa_required=True)
    with refused(UNAUTHENTICATED, "REFRESH_TOKEN_INVALID"):
        await auth.refreshed(session.refresh_token)
    assert (await settings(auth, leader.token)).settings.mfa_required
    assert recorded(auth, leader.organization.id)[-2:] == ["SETTINGS_CHANGED", "SESSION_ENDED mfa_required"]
    assert (await auth.logged_in(BO)).requires_mfa


@pytest.mark.parametrize(
    "values", [{"name": " \n "}, {"name": "x" * 256}, {"password_policy": pb.PASSWORD_POLICY_UNSPECIFIED}]
)
async def test_what_is_no_setting_is_refused(auth: AuthServer, values: dict[str, object]) -> None:
    opened = await auth.signed_up()
    read = await settings(auth, opened.access_token)
    with refused(INVALID, "REQUEST_INVALID"):
        await set_to(auth, opened.access_token, read.etag, **values)


async def test_it_takes_an_administrator(auth: AuthServer) -> None:
    opened = await auth.signed_up()
    await joined(auth, opened.access_token)
    session = await auth.logged_in(BO)
    with refused(DENIED, "PERMISSION_MISSING"):
        await settings(auth, session.access_token)
    with refused(DENIED, "PERMISSION_MISSING"):
        await set_to(auth, session.access_token, "x")
