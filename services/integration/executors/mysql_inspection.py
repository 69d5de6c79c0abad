"""What a MySQL or MariaDB source says of itself and of the account we log in as."""

from __future__ import annotations

import re
from collections.abc import Iterable

from services.integration.executors.mysql_connection import MysqlConnection

# Of `GRANT SELECT, INSERT (name) ON ...` the privileges alone: what follows holds names that people chose.
_GRANT = re.compile(r"GRANT (.+?) ON ", re.DOTALL)
_WRITES = {
    "ALL PRIVILEGES", "INSERT", "UPDATE", "DELETE", "DROP", "CREATE", "ALTER", "CREATE VIEW", "CREATE ROUTINE",
    "ALTER ROUTINE", "TRIGGER", "EVENT", "INDEX", "DELETE HISTORY",
}  # fmt: skip
_ADMINISTERS = {"CREATE USER", "RELOAD", "SHUTDOWN", "CONNECTION ADMIN", "SYSTEM_VARIABLES_ADMIN", "ROLE_ADMIN"}
_VERSION = re.compile(r"\d+(\.\d+)*")


async def inspect(connection: MysqlConnection) -> tuple[str, tuple[str, ...]]:
    """The server's name and version, and warnings that don't stop the work. Raises SourceError."""
    ((version,),) = await connection.rows("SELECT VERSION()")
    grants = [row[0].decode(errors="replace") for row in await connection.rows("SHOW GRANTS")]
    return _product(version.decode(errors="replace")), tuple(_warnings(grants))


def _product(version: str) -> str:
    found = _VERSION.search(version.removeprefix("5.5.5-"))
    return f"{'MariaDB' if 'mariadb' in version.lower() else 'MySQL'} {found.group() if found else ''}".strip()


def _warnings(grants: Iterable[str]) -> list[str]:
    everywhere = {name for grant in grants if _is_global(grant) for name in _privileges(grant)}
    anywhere = {name for grant in grants for name in _privileges(grant)}
    if everywhere & {"ALL PRIVILEGES", "SUPER"}:
        return ["The account is a superuser: queries run read-only, but use one that may only SELECT."]
    warnings = []
    if anywhere & _WRITES:
        warnings.append("The account may write: queries run read-only, but use one that may only SELECT.")
    if "FILE" in everywhere:
        warnings.append("The account may read files of the server: use one that may only SELECT.")
    if everywhere & _ADMINISTERS:
        warnings.append("The account may administer the server: use one that may only SELECT.")
    return warnings


def _is_global(grant: str) -> bool:
    found = _GRANT.match(grant)
    return bool(found) and grant[found.end() :].startswith("*.*") if found else False


def _privileges(grant: str) -> set[str]:
    found = _GRANT.match(grant)
    return {re.sub(r"\(.*?\)", "", name).strip() for name in found.group(1).split(",")} if found else set()
