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
from services.auth.errors import RefreshTokenInvalid
from services.auth.exchanging import Exchanging
from services.auth.logging_in import LoggingIn
from services.auth.model import Opened
from services.auth.ports import Keyring
from services.auth.rpc import cookies, requests, translate
from services.auth.rpc.cookies import RefreshCookies
from services.auth.sessions import SessionKeeping
from services.auth.signing_up import SigningUp

Context = grpc.aio.ServicerContext[Any, Any]
COOKIE = pb.REFRESH_TOKEN_DELIVERY_COOKIE


@dataclass(frozen=True)
class AuthServicer(auth_service_pb2_grpc.AuthServiceServicer):
    """Opens, prolongs and ends sessions."""

    signing_up: SigningUp
    logging_in: LoggingIn
    sessions: SessionKeeping
    exchanging: Exchanging
    keyring: Keyring
    cookies: RefreshCookies
    clock: Callable[[], datetime]

    async def SignUp(self, request: pb.SignUpRequest, context: Context) -> pb.SignUpResponse:
        wanted, address = translate.sign_up(request), requests.address(context)
        opened = await self.signing_up.sign_up(wanted, address, requests.origin(context))
        by_cookie = request.refresh_token_delivery == COOKIE
        return pb.SignUpResponse(**await self._handed_out(opened, by_cookie, context))

    async def Login(self, request: pb.LoginRequest, context: Context) -> pb.LoginResponse:
        password, origin = Secret(request.password), requests.origin(context)
        opened = await self.logging_in.log_in(request.email, password, requests.address(context), origin)
        by_cookie = request.refresh_token_delivery == COOKIE
        return pb.LoginResponse(**await self._handed_out(opened, by_cookie, context))

    async def RefreshSession(self, request: pb.RefreshSessionRequest, context: Context) -> pb.RefreshSessionResponse:
        token = self._token(request.refresh_token, context)
        if not token:
            raise RefreshTokenInvalid()
        opened = await self.sessions.prolong(token, requests.origin(context))
        return pb.RefreshSessionResponse(**await self._handed_out(opened, not request.refresh_token, context))

    async def Logout(self, request: pb.LogoutRequest, context: Context) -> pb.LogoutResponse:
        await self.sessions.end(self._token(request.refresh_token, context), requests.origin(context))
        await context.send_initial_metadata((("set-cookie", self.cookies.cleared()),))
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
        return Secret(given) if given else cookies.read(requests.values(context, "cookie"))

    async def _handed_out(self, opened: Opened, by_cookie: bool, context: Context) -> dict[str, Any]:
        """The fields that every reply with a session has; the cookie is set on the way."""
        if by_cookie:
            cookie = self.cookies.holding(opened.refresh, opened.session.ends_at, self.clock())
            await context.send_initial_metadata((("set-cookie", cookie),))
        return {
            "access_token": opened.access.value.reveal(),
            "access_token_expire_time": translate.timestamp(opened.access.expires_at),
            "refresh_token": "" if by_cookie else opened.refresh.reveal(),
            "user": translate.user(opened.account.user),
            "organization": translate.organization(opened.account.organization),
        }
