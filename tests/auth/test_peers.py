"""The clients of auth that every service uses, against the real service by mTLS."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import grpc
import pytest
from infinure.auth.v1 import auth_service_pb2 as pb
from infinure.auth.v1 import auth_service_pb2_grpc
from infinure.error.v1 import access_pb2

from meshkit.channel import open_channel
from meshkit.errors import MeshError, PermissionDenied, Unauthenticated
from meshkit.identity import TokenVerifier, acting_as
from meshkit.ids import new_id
from meshkit.mail import MailSettings
from meshkit.secrets import Secret
from meshkit.server import RunningServer, start
from meshkit.settings import DatabaseSettings, PagingSettings, PeerSettings, ServerSettings
from services.auth.bootstrap import assemble
from services.auth.settings import AuditSettings, Settings
from services.peers.auth import SAFE, AuthDirectory, AuthKeys, AuthRevocations, AuthTokens
from services.peers.revocations import Ended, PolledRevocations
from tests.auth.server import PASSWORD
from tests.builders import tokens
from tests.builders.certificates import TestCertificates, certificates
from tests.builders.master_keys import master_key
from tests.builders.postgres import Database
from tests.builders.privacy import privacy_settings

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def mesh() -> Iterator[TestCertificates]:
    with certificates() as made:
        yield made


@pytest.fixture
async def running(
    database: Database, signing_keys: Path, tmp_path: Path, mesh: TestCertificates
) -> AsyncIterator[RunningServer]:
    folder = tmp_path / "keys"
    shutil.copytree(signing_keys, folder)
    settings = Settings(
        server=ServerSettings(listen="127.0.0.1:0", tls=mesh.tls("auth")),
        database=DatabaseSettings(url=Secret(database.app_url("auth"))),
        audit=AuditSettings(key_dir=folder, anchor_dir=folder.parent / "anchors"),
        mail=MailSettings(outbox_dir=folder.parent / "outbox"),
        paging=PagingSettings(key=tokens.page_token_key()),
        privacy=privacy_settings(),
        signing_key_dir=folder,
        public_url="http://localhost:8080",
        master_key_file=master_key(tmp_path),
    )
    server = await start("auth", settings.server, partial(assemble, settings))
    yield server
    await server.stop(grace=0)


@pytest.fixture
async def resources() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


class Mesh:
    """Channels to auth, each with the certificate of its caller."""

    def __init__(self, running: RunningServer, mesh: TestCertificates, resources: AsyncExitStack) -> None:
        self._address = PeerSettings(running.address)
        self._certificates = mesh
        self._resources = resources

    async def channel(self, caller: str) -> grpc.aio.Channel:
        tls = self._certificates.tls(caller)
        return await self._resources.enter_async_context(open_channel(self._address, tls, service="auth", safe=SAFE))

    async def signed_up(self) -> pb.SignUpResponse:
        edge = auth_service_pb2_grpc.AuthServiceStub(await self.channel("edge"))
        request = pb.SignUpRequest(
            organization_name="Acme",
            industry="fintech",
            email=f"{new_id()}@example.test",
            password=PASSWORD,
            first_name="Ada",
            last_name="Byron",
        )
        return await edge.SignUp(request)


@pytest.fixture
def peers(running: RunningServer, mesh: TestCertificates, resources: AsyncExitStack) -> Mesh:
    return Mesh(running, mesh, resources)


async def test_a_neighbour_verifies_tokens_by_auths_keys_and_hears_of_ended_sessions(peers: Mesh) -> None:
    opened, chat = await peers.signed_up(), await peers.channel("chat")
    revocations = AuthRevocations(chat)
    verifier = TokenVerifier(AuthKeys(chat), revocations)
    with pytest.raises(MeshError, match="not here yet"):
        await revocations.check()
    await revocations.poll()
    await revocations.check()
    caller = await verifier.verify(opened.access_token)
    assert (str(caller.user_id), str(caller.organization_id)) == (opened.user.id, opened.organization.id)
    edge = auth_service_pb2_grpc.AuthServiceStub(await peers.channel("edge"))
    await edge.Logout(pb.LogoutRequest(refresh_token=opened.refresh_token))
    await revocations.poll()
    with pytest.raises(Unauthenticated) as raised:
        await verifier.verify(opened.access_token)
    assert raised.value.reason == "TOKEN_REVOKED"


async def test_short_tokens_come_as_callers_that_others_accept(peers: Mesh) -> None:
    opened, chat = await peers.signed_up(), await peers.channel("chat")
    verifier = TokenVerifier(AuthKeys(chat), PolledRevocations(nothing))
    tokens = AuthTokens(chat)
    own = await verifier.verify(opened.access_token)
    internal = await tokens.exchange(own)
    assert internal.token_type == "internal"
    assert await verifier.verify(internal.token.reveal()) == internal
    job_id = new_id()
    job = await tokens.exchange_job(own.organization_id, job_id, own.user_id)
    assert await verifier.verify(job.token.reveal()) == job
    assert (job.job_id, job.user_id, job.role) == (job_id, own.user_id, "ceo")
    assert access_pb2.PERMISSION_RECORD_USAGE in job.permissions
    nobodys = await tokens.exchange_job(own.organization_id, job_id)
    assert await verifier.verify(nobodys.token.reveal()) == nobodys
    with pytest.raises(Unauthenticated) as raised:
        await tokens.exchange_job(new_id(), job_id)
    assert raised.value.reason == "TOKEN_INVALID"


async def test_the_directory_answers_for_the_running_caller(peers: Mesh) -> None:
    opened, other, chat = await peers.signed_up(), await peers.signed_up(), await peers.channel("chat")
    verifier = TokenVerifier(AuthKeys(chat), PolledRevocations(nothing))
    directory = AuthDirectory(chat)
    with acting_as(await verifier.verify(opened.access_token)):
        own = await directory.user_attributes()
        assert (str(own.user_id), own.role, own.first_name) == (opened.user.id, "ceo", "Ada")
        assert await directory.user_attributes() is own
        assert (await directory.industry_template()).industry == "fintech"
        with pytest.raises(MeshError) as raised:
            await directory.user_attributes(UUID(other.user.id))
        assert raised.value.reason == "USER_NOT_FOUND"


@pytest.mark.parametrize("caller", ["edge", "cli"])
async def test_only_services_get_short_tokens(peers: Mesh, caller: str) -> None:
    with pytest.raises(PermissionDenied) as raised:
        await AuthTokens(await peers.channel(caller)).exchange_job(new_id(), new_id())
    assert raised.value.reason == "PEER_NOT_ALLOWED"
    with pytest.raises(PermissionDenied):
        await AuthRevocations(await peers.channel(caller)).poll()


async def test_logins_are_the_edges_to_bring(peers: Mesh) -> None:
    chat = auth_service_pb2_grpc.AuthServiceStub(await peers.channel("chat"))
    with pytest.raises(PermissionDenied):
        await chat.Login(pb.LoginRequest(email="ada@example.test", password=PASSWORD))


async def test_tries_from_one_address_are_counted_by_the_edges_word_not_the_clients(peers: Mesh) -> None:
    edge = auth_service_pb2_grpc.AuthServiceStub(await peers.channel("edge"))

    async def reason(number: int, forwarded: str) -> str:
        with pytest.raises(MeshError) as raised:
            await edge.Login(
                pb.LoginRequest(email=f"p{number}@example.test", password=PASSWORD),
                metadata=(("x-forwarded-for", forwarded),),
            )
        return str(raised.value.reason)

    tries = [await reason(number, f"10.0.0.{number}, 203.0.113.9") for number in range(31)]
    assert tries == ["CREDENTIALS_INVALID"] * 30 + ["RATE_LIMITED"]
    assert await reason(40, "203.0.113.9, 203.0.113.10") == "CREDENTIALS_INVALID"


async def test_keys_are_fetched_again_for_an_unknown_id_but_not_for_each(peers: Mesh) -> None:
    opened = await peers.signed_up()
    moment = [NOW]
    fetched = Counting(await peers.channel("chat"))
    keys = AuthKeys(fetched, clock=lambda: moment[0])  # type: ignore[arg-type]
    known = await AuthKeys(await peers.channel("chat")).key("no such key")
    assert known is None
    await asyncio.gather(*(keys.key(f"made-up-{number}") for number in range(50)))
    assert fetched.calls == 1
    moment[0] += timedelta(seconds=6)
    await asyncio.gather(*(keys.key(f"made-up-{number}") for number in range(50)))
    assert fetched.calls == 2
    assert opened.access_token


class Counting:
    """A channel that counts the calls made on it."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._channel = channel
        self.calls = 0

    def unary_unary(self, method: str, *args: object, **kwargs: object) -> object:
        call: Any = self._channel.unary_unary(method, *args, **kwargs)  # type: ignore[arg-type]

        def counted(*given: object, **more: object) -> object:
            self.calls += 1
            return call(*given, **more)

        return counted


async def test_a_users_revocation_ends_tokens_issued_up_to_it_and_is_forgotten_in_time() -> None:
    user_id, moment = new_id(), [NOW]
    ended = Ended(None, user_id, NOW, NOW + timedelta(minutes=16))

    async def fetch(cursor: int) -> tuple[list[Ended], int]:
        return ([ended], 1) if cursor == 0 else ([], cursor)

    revocations = PolledRevocations(fetch, clock=lambda: moment[0])
    await revocations.poll()
    assert revocations.is_revoked(new_id(), user_id, NOW - timedelta(seconds=1))
    assert not revocations.is_revoked(new_id(), user_id, NOW + timedelta(seconds=1))
    assert not revocations.is_revoked(new_id(), new_id(), NOW)
    moment[0] += timedelta(minutes=17)
    await revocations.poll()
    assert not revocations.is_revoked(new_id(), user_id, NOW - timedelta(seconds=1))


async def nothing(cursor: int) -> tuple[list[Ended], int]:
    return [], cursor


async def test_without_the_callers_token_a_neighbour_learns_nothing_of_a_person(peers: Mesh) -> None:
    from infinure.auth.v1 import identity_service_pb2, identity_service_pb2_grpc

    edge = identity_service_pb2_grpc.IdentityServiceStub(await peers.channel("chat"))
    with pytest.raises(Unauthenticated):
        await edge.GetUserAttributes(identity_service_pb2.GetUserAttributesRequest())
