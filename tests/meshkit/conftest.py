"""What meshkit's tests stand on: a database with one tenant table, and a service that speaks the mesh's contracts."""

from collections.abc import AsyncIterator, Callable, Iterator

import grpc
import pytest

from meshkit.database import Database
from meshkit.migrations import tenant_policy_ddl
from meshkit.secrets import Secret
from meshkit.server import start
from meshkit.settings import DatabaseSettings, ServerSettings
from tests.builders import postgres
from tests.builders.certificates import TestCertificates, certificates
from tests.meshkit.echo import Echo

TABLE = "CREATE TABLE things (organization_id uuid NOT NULL, id uuid NOT NULL, name text UNIQUE)"


@pytest.fixture
def things(control_plane: Callable[..., postgres.Database]) -> postgres.Database:
    """A control plane whose schema `chat` has the tenant table `things`."""
    database = control_plane()
    statements = ["SET ROLE chat_owner", "SET search_path = chat", TABLE, *tenant_policy_ddl("things")]
    database.run(";".join(statements) + ";")
    return database


@pytest.fixture
async def database(things: postgres.Database) -> AsyncIterator[Database]:
    """Sessions on `things` over a pool of three connections."""
    settings = DatabaseSettings(Secret(things.app_url("chat")), pool_size=3, pool_timeout=60.0, statement_timeout=120.0)
    async with Database.open(settings) as opened:
        yield opened


@pytest.fixture(scope="session")
def mesh() -> Iterator[TestCertificates]:
    """The certificates of a mesh."""
    with certificates() as made:
        yield made


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    """The test service, and where it serves without TLS: `echo.address`."""
    service = Echo()
    service.server = await start(
        "echo", ServerSettings("127.0.0.1:0", operations_listen="127.0.0.1:0"), service.assemble
    )
    yield service
    await service.server.stop(grace=0)


@pytest.fixture
async def guarded(mesh: TestCertificates) -> AsyncIterator[Echo]:
    """The test service behind mTLS, as `auth`."""
    service = Echo()
    settings = ServerSettings("127.0.0.1:0", operations_listen="127.0.0.1:0", tls=mesh.tls("auth"))
    service.server = await start("auth", settings, service.assemble)
    yield service
    await service.server.stop(grace=0)


@pytest.fixture
async def channel(echo: Echo) -> AsyncIterator[grpc.aio.Channel]:
    """Grpc's own channel to the test service: what a stranger's client sees."""
    async with grpc.aio.insecure_channel(echo.server.address) as opened:
        yield opened
