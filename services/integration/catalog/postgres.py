"""Reading the catalog of a PostgreSQL source over connections of its driver."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from services.integration.catalog import reading
from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Progress, Reader
from services.integration.executors.postgres_connection import Connection
from services.integration.executors.postgres_reader import PostgresReader


async def read_catalog(
    connect: Callable[[], Awaitable[Connection]],
    *,
    schemas: tuple[str, ...] = (),
    limits: ProfileLimits | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> Catalog:
    """See reading.read_catalog."""

    async def dial() -> Reader:
        return PostgresReader(await connect())

    return await reading.read_catalog("postgres", dial, schemas=schemas, limits=limits, now=now, progress=progress)
