"""The service's tables hold tenants apart by themselves, and its log of what was done can't be rewritten."""

from __future__ import annotations

from collections.abc import Callable

import asyncpg
import pytest

from meshkit.ids import new_id
from tests.builders.postgres import Database

TABLES = [
    "catalog_refreshes",
    "data_keys",
    "descriptions",
    "jobs",
    "semantic_models",
    "source_catalogs",
    "source_credentials",
    "source_events",
    "sources",
    "uploads",
]


async def test_every_table_has_forced_row_security(control_plane: Callable[..., Database]) -> None:
    database = control_plane("integration")
    found = database.run(
        "SELECT relname FROM pg_class WHERE relnamespace = 'integration'::regnamespace AND relkind IN ('r', 'p') "
        "AND relname <> 'alembic_version' AND relrowsecurity AND relforcerowsecurity ORDER BY 1"
    )
    every = database.run(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'integration' AND tablename <> 'alembic_version' ORDER BY 1"
    )
    assert found == every == TABLES


async def test_without_a_tenant_nothing_is_seen_and_events_are_only_added(
    control_plane: Callable[..., Database],
) -> None:
    database = control_plane("integration")
    mine = new_id()
    database.run(
        "INSERT INTO integration.source_events (organization_id, id, source_id, action, event_time) "
        f"VALUES ('{mine}', '{new_id()}', '{new_id()}', 'source.created', now())"
    )
    connection = await asyncpg.connect(database.app_url("integration", driver=""))
    assert await connection.fetchval("SELECT count(*) FROM source_events") == 0
    await connection.execute(f"SET app.organization_id = '{mine}'")
    assert await connection.fetchval("SELECT count(*) FROM source_events") == 1
    for statement in ("UPDATE source_events SET action = 'x'", "DELETE FROM source_events"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)
    await connection.close()
