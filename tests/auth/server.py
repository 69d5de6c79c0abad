"""Starts the auth service as it starts itself, and speaks to it as clients do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import grpc
import httpx
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import (
    auth_service_pb2_grpc,
    email_service_pb2_grpc,
    identity_service_pb2,
    identity_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)

from meshkit.mail import MailSettings
from meshkit.secrets import Secret
from meshkit.server import start
from meshkit.settings import DatabaseSettings, PagingSettings, ServerSettings
from services.auth.bootstrap import assemble
from services.auth.settings import AuditSettings, PrivacySettings, Settings
from tests.builders import tokens
from tests.builders.master_keys import master_key
from tests.builders.postgres import Database
from tests.builders.privacy import privacy_settings

PASSWORD = "Correct-horse-42"


class Clock:
    """The time, and as much more as a test wants."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class AuthServer:
    """A running server and its stubs."""

    channel: grpc.aio.Channel
    operations: httpx.AsyncClient
    clock: Clock
    database: Database
    address: str
    settings: Settings
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def environment(self) -> dict[str, str]:
        """What the operator's commands are told."""
        return {
            "INFINURE_DATABASE_URL": self.database.app_url("auth"),
            "INFINURE_AUDIT_KEY_DIR": str(self.settings.audit.key_dir),
            "INFINURE_AUDIT_ANCHOR_DIR": str(self.settings.audit.anchor_dir),
        }

    @property
    def auth(self) -> auth_service_pb2_grpc.AuthServiceStub:
        return auth_service_pb2_grpc.AuthServiceStub(self.channel)

    @property
    def identity(self) -> identity_service_pb2_grpc.IdentityServiceStub:
        return identity_service_pb2_grpc.IdentityServiceStub(self.channel)

    @property
    def users(self) -> user_service_pb2_grpc.UserServiceStub:
        return user_service_pb2_grpc.UserServiceStub(self.channel)

    @property
    def emails(self) -> email_service_pb2_grpc.EmailServiceStub:
        return email_service_pb2_grpc.EmailServiceStub(self.channel)

    async def signed_up(self, **changes: Any) -> pb.SignUpResponse:
        """A new organization with its leader's session; the e-mail is new unless given."""
        return await self.auth.SignUp(self.sign_up_request(**changes))

    def sign_up_request(self, **changes: Any) -> pb.SignUpRequest:
        number = next(self._numbers)
        fields = {
            "organization_name": f"Organization {number}",
            "industry": "ecommerce",
            "email": f"person{number}@example.test",
            "password": PASSWORD,
            "first_name": "Ada",
            "last_name": "Byron",
        }
        return pb.SignUpRequest(**{**fields, **changes})

    async def logged_in(self, email: str, password: str = PASSWORD) -> pb.LoginResponse:
        return await self.auth.Login(pb.LoginRequest(email=email, password=password))

    async def refreshed(self, refresh_token: str) -> pb.RefreshSessionResponse:
        return await self.auth.RefreshSession(pb.RefreshSessionRequest(refresh_token=refresh_token))

    async def me(self, access_token: str) -> user_service_pb2.GetMeResponse:
        return await self.users.GetMe(user_service_pb2.GetMeRequest(), metadata=bearer(access_token))

    async def revoked_sessions(self) -> list[str]:
        reply = await self.identity.ListRevocations(identity_service_pb2.ListRevocationsRequest())
        return [one.session_id for one in reply.revocations]

    def live_heads(self) -> int:
        """How many refresh tokens could go on with a session that hasn't ended."""
        (found,) = self.database.run(
            "SELECT count(*) FROM auth.refresh_tokens t JOIN auth.sessions s "
            "ON s.organization_id = t.organization_id AND s.id = t.session_id "
            "WHERE t.used_at IS NULL AND s.ended_at IS NULL"
        )
        return int(found)


def bearer(token: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {token}"),)


@asynccontextmanager
async def serving(
    database: Database,
    keys: Path,
    public_url: str = "http://localhost:8080",
    mail: MailSettings | None = None,
    privacy: PrivacySettings | None = None,
    dns_server: str = "",
) -> AsyncIterator[AuthServer]:
    """Without TLS, so peers aren't checked here; who may call what by certificate is meshkit's and the mesh's test."""
    clock = Clock()
    settings = Settings(
        server=ServerSettings(listen="127.0.0.1:0", operations_listen="127.0.0.1:0"),
        database=DatabaseSettings(url=Secret(database.app_url("auth"))),
        audit=AuditSettings(key_dir=keys, anchor_dir=keys.parent / "anchors"),
        mail=mail or MailSettings(outbox_dir=keys.parent / "outbox"),
        paging=PagingSettings(key=tokens.page_token_key()),
        privacy=privacy or privacy_settings(),
        signing_key_dir=keys,
        public_url=public_url,
        master_key_file=master_key(keys.parent),
        allow_private_hosts=True,
        dns_server=dns_server,
    )
    running = await start("auth", settings.server, partial(assemble, settings, clock=clock))
    try:
        async with (
            grpc.aio.insecure_channel(running.address) as channel,
            httpx.AsyncClient(base_url=f"http://{running.operations_address}") as operations,
        ):
            yield AuthServer(channel, operations, clock, database, running.address, settings)
    finally:
        await running.stop(grace=0)
