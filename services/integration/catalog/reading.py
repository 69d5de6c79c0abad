"""Reading a source's catalog: its structure, what its data shows, and the keys that nobody declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.integration.catalog.model import Catalog
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Dial, Progress

DIALECTS = ("postgres", "mysql", "clickhouse", "duckdb", "sqlite")


async def read_catalog(
    dialect: str,
    dial: Dial,
    *,
    schemas: Sequence[str] = (),
    limits: ProfileLimits | None = None,
    now: datetime,
    progress: Progress | None = None,
) -> Catalog:
    """Tables and views that may be read, with keys, counts, ranges and samples; no tables is an empty catalog.

    `schemas` () means every schema of the user's own (mysql, clickhouse: the connection's database). Raises
    SourceError, whatever `dial` raises among it. The version isn't set: meaning may be added first.
    """
    raise NotImplementedError(dialect)
