"""What a ClickHouse source says of itself and of the account we log in as."""

from __future__ import annotations

import re
from collections.abc import Iterable

from services.integration.executors.clickhouse_connection import ClickhouseConnection
from services.integration.executors.errors import QueryFailed

# Of `GRANT SELECT, INSERT(name) ON ...` the privileges alone: what follows holds names that people chose.
_GRANT = re.compile(r"GRANT (.+?) ON ", re.DOTALL)
_EVERYTHING = {"ALL"}
_ADMINISTERS = {"ACCESS MANAGEMENT", "CREATE USER", "ALTER USER", "CREATE ROLE", "SYSTEM", "SYSTEM SHUTDOWN"}
_WRITES = ("INSERT", "ALTER", "CREATE", "DROP", "TRUNCATE", "OPTIMIZE")
_HARMLESS = {"CREATE TEMPORARY TABLE", "CREATE ARBITRARY TEMPORARY TABLE", *_ADMINISTERS}
_SECONDS = 5.0


async def inspect(connection: ClickhouseConnection) -> tuple[str, tuple[str, ...]]:
    """The server's name and version, and warnings that don't stop the work. Raises SourceError."""
    ((version,),) = await connection.rows("SELECT version()", timeout_ms=round(_SECONDS * 1000))
    try:
        grants = [str(row[0]) for row in await connection.rows("SHOW GRANTS", timeout_ms=round(_SECONDS * 1000))]
    except QueryFailed:  # something in between that knows SELECT alone
        grants = []
    return f"ClickHouse {version}", tuple(_warnings(grants))


def _warnings(grants: Iterable[str]) -> list[str]:
    found = {name for grant in grants for name in _privileges(grant)}
    if found & _EVERYTHING:
        return ["The account may do everything: queries run read-only, but use one that may only SELECT."]
    warnings = []
    if any(name.startswith(_WRITES) for name in found - _HARMLESS):
        warnings.append("The account may write: queries run read-only, but use one that may only SELECT.")
    if found & _ADMINISTERS:
        warnings.append("The account may administer the server: use one that may only SELECT.")
    return warnings


def _privileges(grant: str) -> set[str]:
    found = _GRANT.match(grant)
    return {re.sub(r"\(.*?\)", "", name).strip() for name in found.group(1).split(",")} if found else set()
