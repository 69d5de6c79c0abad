"""Migrations of a service's schema, run as its owner role.

A service keeps `migrations/versions/*.py` (alembic revisions) and nothing else: what an env.py would say is here.
"""

import asyncio
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from meshkit.row_security import enable_tenant_isolation, tenant_policy_ddl

__all__ = ["enable_tenant_isolation", "migrate", "tenant_policy_ddl"]


def migrate(service: str, owner_url: str) -> None:
    """Brings the schema `service` to its newest revision, in one transaction, and prints what it did."""
    folder = _folder(service)
    applied = asyncio.run(_upgrade(service, owner_url, folder))
    lines = [f"{service}: applied {revision}" for revision in applied] or [f"{service}: nothing to do"]
    sys.stdout.write("\n".join(lines) + "\n")


def _folder(service: str) -> Path:
    spec = find_spec(f"services.{service}")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"there is no service {service}")
    return Path(next(iter(spec.submodule_search_locations))) / "migrations"


async def _upgrade(service: str, owner_url: str, folder: Path) -> list[str]:
    engine = create_async_engine(owner_url, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(_run, service, folder)
    finally:
        await engine.dispose()


def _run(connection: Connection, service: str, folder: Path) -> list[str]:
    # Two processes that migrate at once take turns; the second finds nothing to do.
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:service))"), {"service": f"migrate {service}"})
    scripts = ScriptDirectory(str(folder), version_locations=[str(folder / "versions")])
    applied: list[str] = []

    def steps(revision: Any, _context: MigrationContext) -> Any:
        found = scripts._upgrade_revs("head", revision)
        applied.extend(f"{step.revision.revision} {step.revision.doc}" for step in found)
        return found

    context = MigrationContext.configure(connection, opts={"version_table_schema": service, "fn": steps})
    with Operations.context(context):
        context.run_migrations()
    return applied
