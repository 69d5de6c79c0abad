"""What a PostgreSQL server says of itself, and what is unwise about the role we log in as."""

from __future__ import annotations

import json

from services.integration.executors.errors import DatabaseUnknown
from services.integration.executors.postgres_connection import Connection
from services.integration.executors.postgres_failures import DRIVER_ERRORS, query_failure

_ROLE = """
SELECT pg_catalog.current_setting('server_version') AS version, r.rolsuper AS superuser, r.rolbypassrls AS bypasses,
       r.rolcreaterole OR r.rolcreatedb AS administers,
       pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS creates,
       EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  AND n.nspname !~ '^pg_(toast|temp)'
                  AND pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) AS writes
  FROM pg_catalog.pg_roles r WHERE r.rolname = current_user
"""
_MISSING = """
SELECT s.name FROM pg_catalog.json_array_elements_text($1::json) AS s(name)
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname::text = s.name) LIMIT 1
"""


async def inspect(connection: Connection, schemas: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The server's name and version, and warnings that don't stop the work.

    Raises DatabaseUnknown for a schema that isn't there, or what the driver's failure is.
    """
    try:
        missing = await connection.fetchval(_MISSING, json.dumps(schemas))
        role = await connection.fetchrow(_ROLE)
    except DRIVER_ERRORS as error:
        raise query_failure(error) from None
    if missing is not None:
        raise DatabaseUnknown(f"the database has no schema {missing!r}: check the names of the schemas")
    return f"PostgreSQL {role['version'].split()[0]}", tuple(_warnings(role))


def _warnings(role: dict[str, bool]) -> list[str]:
    if role["superuser"]:
        return ["The role is a superuser: queries run read-only, but use a role that may only SELECT."]
    warnings = []
    if role["writes"] or role["creates"]:
        warnings.append("The role may write: queries run read-only, but use a role that may only SELECT.")
    if role["bypasses"]:
        warnings.append("The role bypasses row security: it sees every row, whatever the tables' policies say.")
    if role["administers"]:
        warnings.append("The role may make databases or roles: use one that may only SELECT.")
    return warnings
