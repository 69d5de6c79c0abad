"""Asks PostgreSQL's own catalogue which tenant tables lie open."""

from tests.builders.postgres import Database

_UNPROTECTED = """
    SELECT c.relnamespace::regnamespace || '.' || c.relname
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema')
      AND NOT (
        c.relrowsecurity AND c.relforcerowsecurity AND a.attnotnull
        AND EXISTS (
            SELECT FROM pg_policy p
            WHERE p.polrelid = c.oid AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL
        )
      )
    ORDER BY 1;
"""


def unprotected(database: Database) -> list[str]:
    """Tables with an organization_id that row-level security doesn't hold, or that may hold rows of nobody."""
    return database.run(_UNPROTECTED)
