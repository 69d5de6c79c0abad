"""A database with one tenant table, as a service's migrations would make it."""

from collections.abc import AsyncIterator, Callable

import pytest

from meshkit.database import Database
from meshkit.migrations import tenant_policy_ddl
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings
from tests.builders import postgres

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
    settings = DatabaseSettings(Secret(things.app_url("chat")), pool_size=3, pool_timeout=2.0, statement_timeout=5.0)
    async with Database.open(settings) as opened:
        yield opened
