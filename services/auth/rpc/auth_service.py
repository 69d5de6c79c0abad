"""AuthService."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import grpc
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import auth_service_pb2_grpc

from meshkit.secrets import Secret
from services.auth import jwks
from services.auth.devices import LIFE as DEVICE_LIFE
from services.auth.errors import RefreshTokenInvalid
from services.auth.exchanging import Exchanging
from services.auth.logging_in import Given, LoggingIn
from services.auth.mailed_codes import MailedCodes
from services.auth.model import Awaiting, Opened
from services.auth.ports import Keyring
from services.auth.rpc import cookies, mfa_messages, requests, translate
from services.auth.rpc.cookies import Cookies
from services.auth.second_step import SecondStep
from services.auth.sessions import SessionKeeping
from services.auth.signing_up import SigningUp

Context = grpc.aio.ServicerContext[Any, Any]
COOKIE = pb.REFRESH_TOKEN_DELIVERY_COOKIE


@dataclass(frozen=True)
class AuthServicer(auth_service_pb2_grpc.AuthServiceServicer):
    """Opens, prolongs and ends sessions."""

    signing_up: SigningUp
    logging_in: LoggingIn
    second_step: SecondStep
    mailed_codes: MailedCodes
    sessions: SessionKeeping
    exchanging: Exchanging
    keyring: Keyring
    cookies: Cookies
    clock: Callable[[], datetime]

    async def SignUp(self, request: pb.SignUpRequest, context: Context) -> pb.SignUpResponse:
        wanted, address = translate.sign_up(request), requests.address(context)
        opened = await self.signing_up.sign_up(wanted, address, requests.origin(context))
        by_cookie = request.refresh_token_delivery == COOKIE
        return pb.SignUpResponse(**await self._handed_out(opened, by_cookie, context))

    async def Login(self, request: pb.LoginRequest, context: Context) -> pb.LoginResponse:
        given = Given(request.email, Secret(request.password), requests.cookie(context, cookies.DEVICE))
        got = await self.logging_in.log_in(given, requests.address(context), requests.origin(context))
        if isinstance(got, Awaiting):
            return mfa_messages.awaiting(got)
        by_cookie = request.refresh_token_delivery == COOKIE
        return pb.LoginResponse(**await self._handed_out(got, by_cookie, context))

    async def VerifyMfa(self, request: pb.VerifyMfaRequest, context: Context) -> pb.VerifyMfaResponse:
        by_cookie = request.refresh_token_delivery == COOKIE
        answer = mfa_messages.answer(request, remember_device=by_cookie and request.remember_device)
        passed = await self.second_step.verify(answer, requests.address(context), requests.origin(context))
        return pb.VerifyMfaResponse(**await self._handed_out(passed.opened, by_cookie, context, passed.device))

    async def SendMfaCode(self, request: pb.SendMfaCodeRequest, context: Context) -> pb.SendMfaCodeResponse:
        token, address = Secret(request.mfa_token), requests.address(context)
        expires_at = await self.mailed_codes.send(token, address, requests.origin(context))
        return pb.SendMfaCodeResponse(expire_time=translate.timestamp(expires_at))

    async def BeginRequiredMfa(
        self, request: pb.BeginRequiredMfaRequest, context: Context
    ) -> pb.BeginRequiredMfaResponse:
        begun = await self.second_step.begin_enrolment(Secret(request.mfa_token))
        return pb.BeginRequiredMfaResponse(enrolment=mfa_messages.begun(begun))

    async def ConfirmRequiredMfa(
        self, request: pb.ConfirmRequiredMfaRequest, context: Context
    ) -> pb.ConfirmRequiredMfaResponse:
        token, code, address = Secret(request.mfa_token), Secret(request.code), requests.address(context)
        passed = await self.second_step.confirm_enrolment(token, code, address, requests.origin(context))
        by_cookie = request.refresh_token_delivery == COOKIE
        session = await self._handed_out(passed.opened, by_cookie, context)
        return pb.ConfirmRequiredMfaResponse(**session, recovery_codes=mfa_messages.told(passed.recovery_codes))

    async def RefreshSession(self, request: pb.RefreshSessionRequest, context: Context) -> pb.RefreshSessionResponse:
        token = self._token(request.refresh_token, context)
        if not token:
            raise RefreshTokenInvalid()
        opened = await self.sessions.prolong(token, requests.origin(context))
        return pb.RefreshSessionResponse(**await self._handed_out(opened, not request.refresh_token, context))

    async def Logout(self, request: pb.LogoutRequest, context: Context) -> pb.LogoutResponse:
        await self.sessions.end(self._token(request.refresh_token, context), requests.origin(context))
        await context.send_initial_metadata((("set-cookie", self.cookies.cleared(cookies.REFRESH)),))
        return pb.LogoutResponse()

    async def GetJwks(self, request: pb.GetJwksRequest, context: Context) -> pb.GetJwksResponse:
        return pb.GetJwksResponse(keys=[pb.JsonWebKey(**key) for key in jwks.keys(self.keyring.public)])

    async def ExchangeToken(self, request: pb.ExchangeTokenRequest, context: Context) -> pb.ExchangeTokenResponse:
        if request.WhichOneof("subject") == "user":
            return translate.exchanged(await self.exchanging.for_user(Secret(request.user.token)))
        job = request.job
        token = await self.exchanging.for_job(
            UUID(job.organization_id), UUID(job.job_id), translate.optional_id(job.user_id)
        )
        return translate.exchanged(token)

    @staticmethod
    def _token(given: str, context: Context) -> Secret:
        return Secret(given) if given else requests.cookie(context, cookies.REFRESH)

    async def _handed_out(
        self, opened: Opened, by_cookie: bool, context: Context, device: Secret | None = None
    ) -> dict[str, Any]:
        """The fields that every reply with a session has; the cookies are set on the way."""
        if by_cookie:
            now = self.clock()
            kept = [self.cookies.holding(cookies.REFRESH, opened.refresh, opened.session.ends_at, now)]
            if device is not None:
                kept.append(self.cookies.holding(cookies.DEVICE, device, now + DEVICE_LIFE, now))
            await context.send_initial_metadata(tuple(("set-cookie", cookie) for cookie in kept))
        return {
            "access_token": opened.access.value.reveal(),
            "access_token_expire_time": translate.timestamp(opened.access.expires_at),
            "refresh_token": "" if by_cookie else opened.refresh.reveal(),
            "user": translate.user(opened.account.user),
            "organization": translate.organization(opened.account.organization),
        }
