"""Browsers that are remembered: what they spare their owner, and when they don't any more."""

from datetime import timedelta

import grpc
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import email_service_pb2, email_service_pb2_grpc
from infinure.auth.v1 import mfa_service_pb2 as mfa

from meshkit.ids import new_id
from tests.auth.mailbox import link, mail
from tests.auth.refusals import refused
from tests.auth.second_factors import TOTP, activities, enrolled, first_step, remembered, service
from tests.auth.server import AuthServer, bearer
from tests.auth.test_changing_passwords import NEW, change

UNAUTHENTICATED, NOT_FOUND = grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.NOT_FOUND


async def listed(auth: AuthServer, token: str, cookie: str = "") -> list[tuple[str, bool]]:
    metadata = (*bearer(token), *((("cookie", cookie),) if cookie else ()))
    reply = await service(auth).ListRememberedDevices(mfa.ListRememberedDevicesRequest(), metadata=metadata)
    return [(device.id, device.current) for device in reply.devices]


async def forget(auth: AuthServer, token: str, device_id: str) -> None:
    request = mfa.ForgetRememberedDeviceRequest(device_id=device_id)
    await service(auth).ForgetRememberedDevice(request, metadata=bearer(token))


async def test_a_remembered_browser_needs_the_password_alone_for_thirty_days(auth: AuthServer) -> None:
    person = await enrolled(auth)
    cookie = await remembered(auth, person)
    login = await first_step(auth, person.email, device=cookie)
    assert not login.requires_mfa
    await auth.me(login.access_token)
    assert (await first_step(auth, person.email)).requires_mfa
    assert (await first_step(auth, person.email, device="infinure_device=guessed")).requires_mfa
    auth.clock.ahead += timedelta(days=30)
    assert (await first_step(auth, person.email, device=cookie)).requires_mfa
    token = cookie.partition("=")[2]
    assert token not in "".join(auth.database.run("SELECT d::text FROM auth.remembered_devices d"))


async def test_it_spares_no_password_and_no_other_account(auth: AuthServer) -> None:
    person, other = await enrolled(auth), await enrolled(auth)
    cookie = await remembered(auth, person)
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await first_step(auth, person.email, "Wrong-horse-42", cookie)
    assert (await first_step(auth, other.email, device=cookie)).requires_mfa


async def test_a_client_that_keeps_no_cookies_is_not_remembered(auth: AuthServer) -> None:
    person = await enrolled(auth)
    token = (await first_step(auth, person.email)).mfa_token
    request = pb.VerifyMfaRequest(mfa_token=token, method=TOTP, code=person.app.fresh(), remember_device=True)
    await auth.auth.VerifyMfa(request)
    assert await listed(auth, person.token) == []


async def test_its_owner_sees_and_forgets_it(auth: AuthServer) -> None:
    person = await enrolled(auth)
    first, second = await remembered(auth, person), await remembered(auth, person)
    (newest, is_newest_current), (oldest, is_oldest_current) = await listed(auth, person.token, first)
    assert (is_newest_current, is_oldest_current) == (False, True)
    await forget(auth, person.token, oldest)
    assert await listed(auth, person.token, first) == [(newest, False)]
    assert (await first_step(auth, person.email, device=first)).requires_mfa
    assert not (await first_step(auth, person.email, device=second)).requires_mfa
    assert activities(auth, person)[1:] == ["DEVICE_REMEMBERED", "DEVICE_REMEMBERED", "DEVICE_FORGOTTEN"]


async def test_others_can_neither_see_nor_forget_it(auth: AuthServer) -> None:
    person, other = await enrolled(auth), await enrolled(auth)
    await remembered(auth, person)
    ((device_id, _),) = await listed(auth, person.token)
    assert await listed(auth, other.token) == []
    never = str(new_id())
    with refused(NOT_FOUND, "DEVICE_NOT_FOUND") as theirs:
        await forget(auth, other.token, device_id)
    with refused(NOT_FOUND, "DEVICE_NOT_FOUND") as nobodys:
        await forget(auth, other.token, never)
    assert theirs.raw.replace(device_id.encode(), never.encode()) == nobodys.raw
    assert len(await listed(auth, person.token)) == 1


async def test_a_changed_password_forgets_all(auth: AuthServer) -> None:
    person = await enrolled(auth)
    cookie = await remembered(auth, person)
    await change(auth, person.token, NEW)
    assert (await first_step(auth, person.email, NEW, cookie)).requires_mfa
    assert activities(auth, person)[-1] == "DEVICE_FORGOTTEN"


async def test_a_password_reset_by_mail_forgets_all_and_still_needs_the_second_step(auth: AuthServer) -> None:
    person = await enrolled(auth)
    cookie = await remembered(auth, person)
    emails = email_service_pb2_grpc.EmailServiceStub(auth.channel)
    await emails.RequestPasswordReset(email_service_pb2.RequestPasswordResetRequest(email=person.email))
    _, token = link(await mail(auth, person.email, "Set a new password"))
    await emails.ResetPassword(email_service_pb2.ResetPasswordRequest(token=token, new_password=NEW))
    assert (await first_step(auth, person.email, NEW, cookie)).requires_mfa
    assert activities(auth, person)[-1] == "DEVICE_FORGOTTEN"


async def test_strangers_who_exhaust_an_account_do_not_shut_out_its_owners_browser(auth: AuthServer) -> None:
    person = await enrolled(auth)
    cookie = await remembered(auth, person)
    for _ in range(11):
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
            await first_step(auth, person.email, "Wrong-horse-42")
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await first_step(auth, person.email)
    assert not (await first_step(auth, person.email, device=cookie)).requires_mfa
    # Whoever has stolen the browser gets as few tries.
    for _ in range(10):
        with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
            await first_step(auth, person.email, "Wrong-horse-42", cookie)
    with refused(UNAUTHENTICATED, "CREDENTIALS_INVALID"):
        await first_step(auth, person.email, device=cookie)
