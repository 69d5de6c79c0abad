"""Trails from before origins had a hash of their own hold as they did."""

import importlib.util
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

import services.auth
from tests.auth.server import AuthServer
from tests.auth.test_audit_trail import some_activities, verified

FILE = Path(services.auth.__file__).parent / "migrations" / "versions" / "0012_privacy.py"


async def test_rows_of_before_get_the_hash_that_they_were_chained_with(auth: AuthServer) -> None:
    await some_activities(auth)
    digests = "SELECT encode(origin_hash, 'hex') FROM auth.user_activities ORDER BY sequence"
    kept = auth.database.run(digests)
    auth.database.run(
        "ALTER TABLE auth.user_activities ALTER COLUMN origin_hash DROP NOT NULL; "
        "UPDATE auth.user_activities SET origin_hash = NULL"
    )
    spec = importlib.util.spec_from_file_location("migration", FILE)
    assert spec is not None
    assert spec.loader is not None
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)

    def filled(connection: Connection) -> None:
        with Operations.context(MigrationContext.configure(connection)):
            migration._hash_origins()

    engine = create_async_engine(auth.database.owner_url("auth"))
    async with engine.begin() as connection:
        await connection.run_sync(filled)
    await engine.dispose()
    assert auth.database.run(digests) == kept
    assert (await verified(auth))[0] == 0
