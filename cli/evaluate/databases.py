"""What is in SQLite files, read by confined workers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cli.ask.catalogs import engine_catalog
from services.integration.catalog.document import versioned
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reading import read_catalog
from services.integration.executors.errors import SourceError
from services.integration.executors.sqlite_reader import sqlite_dial
from services.integration.workers import Workers
from services.ml_gateway.engine.model import Catalog

_MIB = 1024 * 1024
# Nothing here has to fit into one message: more values than a mesh keeps can be told from each other.
LIMITS = ProfileLimits(
    total_seconds=300.0, complete_values=5_000, some_values=500, column_bytes=_MIB // 4, table_bytes=2 * _MIB,
    catalog_bytes=16 * _MIB,
)  # fmt: skip


class Unreadable(Exception):
    """There is no such database, or nothing can be made of it."""


async def catalog_of(path: Path, workers: Workers) -> Catalog:
    """What the engine sees of the file. Raises Unreadable."""
    if not path.is_file():
        raise Unreadable("there is no such file")
    try:
        dial = sqlite_dial(workers, path.resolve())
        read = await read_catalog("sqlite", dial, limits=LIMITS, now=datetime.now(UTC))
    except SourceError as error:
        raise Unreadable(error.text) from None
    if not read.tables:
        raise Unreadable("it holds no tables")
    return engine_catalog(versioned(read))
