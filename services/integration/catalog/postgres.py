"""Reading the catalog of a PostgreSQL source."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from services.integration.catalog.model import Catalog
from services.integration.catalog.postgres_profile import profile
from services.integration.catalog.postgres_structure import Connection, read_structure
from services.integration.catalog.profile import ProfileLimits
from services.integration.executors.postgres import SETTINGS
from services.integration.executors.postgres_failures import DRIVER_ERRORS, query_failure

STRUCTURE_MS = 10_000


async def read_catalog(
    connect: Callable[[], Awaitable[Connection]],
    *,
    schemas: tuple[str, ...] = (),
    limits: ProfileLimits | None = None,
    now: datetime,
) -> Catalog:
    """Tables and views that the role may read, with keys, counts, ranges and samples; no tables is an empty catalog.

    Raises SourceError, whatever `connect` raises among it. The version isn't set: meaning may be added first.
    """
    connection = await connect()
    try:
        await connection.execute("BEGIN READ ONLY;" + SETTINGS.format(statement_timeout_ms=STRUCTURE_MS))
        structure = await read_structure(connection, schemas)
        await connection.execute("ROLLBACK")
    except DRIVER_ERRORS as error:
        raise query_failure(error) from None
    finally:
        connection.terminate()
    try:
        tables = await profile(structure, connect, limits or ProfileLimits())
    except DRIVER_ERRORS as error:
        raise query_failure(error) from None
    return Catalog("postgres", now, tables, structure.relationships)
