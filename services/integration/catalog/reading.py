"""Reading a source's catalog: its structure, what its data shows, and the keys that nobody declared."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from services.integration.catalog import keys
from services.integration.catalog.dialects.clickhouse import ClickHouse
from services.integration.catalog.dialects.duckdb import DuckDb
from services.integration.catalog.dialects.mysql import MySql
from services.integration.catalog.dialects.port import Dialect
from services.integration.catalog.dialects.postgres import Postgres
from services.integration.catalog.dialects.sqlite import Sqlite
from services.integration.catalog.model import Catalog, Relationship
from services.integration.catalog.profile import ProfileLimits, bounded
from services.integration.catalog.profiling import profile
from services.integration.catalog.reader import Dial, Progress
from services.integration.catalog.roles import with_roles
from services.integration.catalog.table_profile import Profiled

DIALECTS: Mapping[str, Dialect] = {
    "postgres": Postgres(),
    "mysql": MySql(),
    "clickhouse": ClickHouse(),
    "duckdb": DuckDb(),
    "sqlite": Sqlite(),
}
_STRUCTURE_DONE = 0.1
_PROFILE_DONE = 0.85
_KEYS_SHARE = 0.3  # of the time for the whole


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
    speaks, limits, tell = DIALECTS[dialect], limits or ProfileLimits(), progress or _untold
    tell("structure", 0.0)
    reader = await dial()
    try:
        structure = await speaks.structure(reader, schemas)
    finally:
        await reader.close()
    tell("profile", _STRUCTURE_DONE)
    most = max(1, len(structure.tables))

    def profiled(count: int) -> None:
        tell("profile", _STRUCTURE_DONE + (_PROFILE_DONE - _STRUCTURE_DONE) * count / most)

    found = keys.with_primary_keys(await profile(structure.tables, speaks, dial, limits, profiled))
    tell("keys", _PROFILE_DONE)
    declared = keys.pointing_at_one(found, structure.relationships)
    links = [*declared, *await _inferred(found, declared, speaks, dial, limits, tell)]
    tables = [with_roles(one.table, links) for one in found]
    tell("keys", 1.0)
    notes = (*structure.notes, *_notes(found))
    return Catalog(dialect, now, bounded(tables, limits), tuple(links), notes=notes)


def _untold(stage: str, fraction: float) -> None:
    """Nobody asked how far it is."""


async def _inferred(
    found: Sequence[Profiled],
    declared: Sequence[Relationship],
    speaks: Dialect,
    dial: Dial,
    limits: ProfileLimits,
    tell: Progress,
) -> list[Relationship]:
    """Keys by names and values; by names alone, and so less sure, where the time for values is over."""
    likely = keys.candidates(found, declared, texts_are_numbers=speaks.by_values)
    if not likely:
        return []
    seconds = limits.total_seconds * _KEYS_SHARE

    def looked_up(count: int) -> None:
        tell("keys", _PROFILE_DONE + (1 - _PROFILE_DONE) * count / len(likely))

    try:
        async with asyncio.timeout(seconds):
            reader = await dial()
            try:
                tables = {one.found.name: one for one in found}
                likely = await keys.measured(likely, tables, reader, speaks, limits.statement_ms / 1000, looked_up)
            finally:
                await reader.close()
    except TimeoutError:
        pass
    return keys.chosen(likely)


def _notes(found: Sequence[Profiled]) -> list[str]:
    notes = []
    if sampled := sum(one.looked_at and not one.whole for one in found):
        tables = "1 table is" if sampled == 1 else f"{sampled:,} tables are"
        notes.append(f"{tables} too large to be read whole: numbers of distinct values and samples are of a part.")
    if unseen := sum(not one.looked_at for one in found):
        tables = "1 table" if unseen == 1 else f"{unseen:,} tables"
        notes.append(f"The rows of {tables} could not be looked at, or not in time: counts and samples are missing.")
    return notes
