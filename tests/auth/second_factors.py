"""What people do with authenticator apps, recovery codes and remembered browsers."""

import asyncio
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import mfa_pb2, mfa_service_pb2, mfa_service_pb2_grpc

from cli.launching import base_environment
from meshkit.secrets import Secret
from services.auth.totp import STEP_SECONDS, Codes
from tests.auth.server import PASSWORD, AuthServer, bearer

COOKIE = pb.REFRESH_TOKEN_DELIVERY_COOKIE
TOTP, RECOVERY_CODE = mfa_pb2.MFA_METHOD_TOTP, mfa_pb2.MFA_METHOD_RECOVERY_CODE
EMAIL = mfa_pb2.MFA_METHOD_EMAIL
BY_PASSWORD = mfa_service_pb2.OwnerProof(password=PASSWORD)


@dataclass
class App:
    """An authenticator app, at the server's time."""

    auth: AuthServer
    secret: str

    def code(self, steps_ahead: int = 0) -> str:
        step = int(self.auth.clock().timestamp()) // STEP_SECONDS + steps_ahead
        return Codes().of_step(Secret(self.secret), step)

    def fresh(self) -> str:
        """A code that wasn't used yet, as time has passed."""
        self.auth.clock.ahead += timedelta(seconds=STEP_SECONDS)
        return self.code()

    def wrong(self) -> str:
        near = {self.code(steps) for steps in range(-2, 3)}
        return next(code for code in map("{:06}".format, range(10)) if code not in near)


@dataclass
class Enrolled:
    """Somebody with a second factor and a session."""

    email: str
    token: str
    user_id: str
    organization: Any
    app: App
    recovery_codes: list[str]


def service(auth: AuthServer) -> mfa_service_pb2_grpc.MfaServiceStub:
    return mfa_service_pb2_grpc.MfaServiceStub(auth.channel)


async def begin(auth: AuthServer, token: str, proof: Any = BY_PASSWORD) -> App:
    request = mfa_service_pb2.BeginTotpEnrolmentRequest(proof=proof)
    reply = await service(auth).BeginTotpEnrolment(request, metadata=bearer(token))
    return App(auth, reply.enrolment.secret)


async def confirm(auth: AuthServer, token: str, code: str) -> list[str]:
    request = mfa_service_pb2.ConfirmTotpEnrolmentRequest(code=code)
    return list((await service(auth).ConfirmTotpEnrolment(request, metadata=bearer(token))).recovery_codes)


async def remove(auth: AuthServer, token: str, proof: Any = BY_PASSWORD) -> None:
    await service(auth).RemoveTotp(mfa_service_pb2.RemoveTotpRequest(proof=proof), metadata=bearer(token))


async def regenerate(auth: AuthServer, token: str, proof: Any = BY_PASSWORD) -> list[str]:
    request = mfa_service_pb2.RegenerateRecoveryCodesRequest(proof=proof)
    return list((await service(auth).RegenerateRecoveryCodes(request, metadata=bearer(token))).recovery_codes)


async def status(auth: AuthServer, token: str) -> mfa_service_pb2.GetMfaStatusResponse:
    return await service(auth).GetMfaStatus(mfa_service_pb2.GetMfaStatusRequest(), metadata=bearer(token))


async def enrolled(auth: AuthServer, **changes: Any) -> Enrolled:
    """A new organization whose leader has an authenticator app."""
    opened = await auth.signed_up(**changes)
    app = await begin(auth, opened.access_token)
    codes = await confirm(auth, opened.access_token, app.code())
    ids = (opened.user.email, opened.access_token, opened.user.id, opened.organization)
    return Enrolled(*ids, app, codes)


async def first_step(auth: AuthServer, email: str, password: str = PASSWORD, device: str = "") -> pb.LoginResponse:
    """Login, from a browser that keeps `device` as a cookie."""
    metadata = (("cookie", device),) if device else ()
    return await auth.auth.Login(pb.LoginRequest(email=email, password=password), metadata=metadata)


async def verify(
    auth: AuthServer, mfa_token: str, code: str, method: mfa_pb2.MfaMethod.ValueType = TOTP
) -> pb.VerifyMfaResponse:
    return await auth.auth.VerifyMfa(pb.VerifyMfaRequest(mfa_token=mfa_token, method=method, code=code))


async def remembered(auth: AuthServer, person: Enrolled) -> str:
    """Logs in from a browser that is to be remembered; the device's cookie."""
    login = await first_step(auth, person.email)
    request = pb.VerifyMfaRequest(
        mfa_token=login.mfa_token,
        method=TOTP,
        code=person.app.fresh(),
        remember_device=True,
        refresh_token_delivery=COOKIE,
    )
    call = auth.auth.VerifyMfa(request)
    set_cookies = [str(value) for name, value in await call.initial_metadata() if name == "set-cookie"]
    await call
    (cookie,) = [one for one in set_cookies if one.startswith("infinure_device=")]
    assert {"HttpOnly", "SameSite=Strict", "Path=/", f"Max-Age={30 * 24 * 3600}"} <= set(cookie.split("; "))
    return cookie.split("; ")[0]


async def require(auth: AuthServer, slug: str, *options: str, command: str = "require-mfa") -> int:
    """The operator's command."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.auth", command, "--organization", slug, *options),
        env={**base_environment(), **auth.environment},
    )
    return await process.wait()


def activities(auth: AuthServer, person: Enrolled) -> list[str]:
    """What the audit trail tells of second factors and devices."""
    return auth.database.run(
        f"SELECT action FROM auth.user_activities WHERE organization_id = '{person.organization.id}' "
        "AND (action LIKE 'MFA%' OR action LIKE 'RECOVERY%' OR action LIKE 'DEVICE%') ORDER BY sequence"
    )
