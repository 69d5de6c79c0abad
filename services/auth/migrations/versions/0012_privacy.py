"""Erasing people, with evidence; letting go of what is too old; consents."""

import hashlib
import json
from typing import Any

from alembic import op
from sqlalchemy import text

from meshkit.migrations import enable_tenant_isolation

revision = "0012"
down_revision = "0010"

TENANT = "organization_id = nullif(current_setting('app.organization_id', true), '')::uuid"
TABLES = {
    # From where a trail is verified whose oldest rows were removed.
    "activity_starts": """
        CREATE TABLE activity_starts (
            organization_id uuid PRIMARY KEY,
            sequence bigint NOT NULL,
            hash bytea NOT NULL,
            key_id varchar(64) NOT NULL,
            signature bytea NOT NULL,
            signed_at timestamptz NOT NULL
        )
    """,
    # Evidence outlives whom it is about, so it refers to nobody's row.
    "erasures": """
        CREATE TABLE erasures (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            requested_by uuid NOT NULL,
            requested_at timestamptz NOT NULL,
            completed_at timestamptz,
            attempts integer NOT NULL DEFAULT 0,
            last_problem varchar(200) NOT NULL DEFAULT '',
            PRIMARY KEY (organization_id, id),
            UNIQUE (organization_id, user_id)
        )
    """,
    "erasure_evidence": """
        CREATE TABLE erasure_evidence (
            organization_id uuid NOT NULL,
            erasure_id uuid NOT NULL,
            service varchar(50) NOT NULL,
            stores jsonb NOT NULL,
            answered_at timestamptz NOT NULL,
            PRIMARY KEY (organization_id, erasure_id, service),
            FOREIGN KEY (organization_id, erasure_id) REFERENCES erasures (organization_id, id)
        )
    """,
    # A service's row of a day says that the day's work there is done.
    "retention_runs": """
        CREATE TABLE retention_runs (
            organization_id uuid NOT NULL,
            day date NOT NULL,
            service varchar(50) NOT NULL,
            before timestamptz NOT NULL,
            stores jsonb NOT NULL,
            done_at timestamptz NOT NULL,
            PRIMARY KEY (organization_id, day, service)
        )
    """,
    # The newest of a person and purpose is what holds; the older ones say what held when.
    "consents": """
        CREATE TABLE consents (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            purpose varchar(50) NOT NULL,
            given boolean NOT NULL,
            version integer NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (organization_id, id)
        )
    """,
}
CHANGES = (
    "CREATE INDEX consents_newest ON consents (organization_id, user_id, purpose, created_at DESC, id DESC)",
    # From when on nobody is shown them; what names them is gone when the erasure is done.
    "ALTER TABLE users ADD COLUMN erased_at timestamptz",
    "REVOKE UPDATE, DELETE ON erasure_evidence, consents FROM auth_app",
    "REVOKE DELETE ON erasures, activity_starts FROM auth_app",
    # The chain covers a salted hash of where a request came from: with the salt gone, so is the origin, and the chain
    # holds.
    "ALTER TABLE user_activities ADD COLUMN origin_hash bytea, ALTER COLUMN origin_salt DROP NOT NULL",
)
BATCH = 5000
UNHASHED = """
    SELECT organization_id, id, ip_address, coalesce(user_agent, '') AS user_agent, origin_salt FROM user_activities
    WHERE origin_hash IS NULL LIMIT :batch
"""
HASHED = "UPDATE user_activities SET origin_hash = :digest WHERE organization_id = :organization_id AND id = :id"
AFTER = (
    """
    ALTER TABLE user_activities ALTER COLUMN origin_hash SET NOT NULL,
        ADD CONSTRAINT origin_readable CHECK (origin_salt IS NOT NULL OR (ip_address IS NULL AND user_agent IS NULL))
    """,
    # Row security doesn't hold the owner, so these name the transaction's tenant themselves. The service's role can
    # change and remove nothing of a trail but by them: only of who is erased, and only what is older than a year.
    f"""
    CREATE FUNCTION forget_origins(person uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        WITH forgotten AS (
            UPDATE user_activities SET ip_address = NULL, user_agent = NULL, origin_salt = NULL
            WHERE {TENANT} AND origin_salt IS NOT NULL
              AND (user_id = person OR (user_id IS NULL AND resource_type = 'user' AND resource_id = person))
              AND EXISTS (SELECT FROM users WHERE {TENANT} AND id = person AND erased_at IS NOT NULL)
            RETURNING 1
        )
        SELECT count(*) FROM forgotten
    $$
    """,  # noqa: S608 - a condition of ours
    f"""
    CREATE FUNCTION remove_activities(through bigint) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        WITH removed AS (
            DELETE FROM user_activities
            WHERE {TENANT} AND sequence <= through AND created_at < now() - interval '365 days'
            RETURNING 1
        )
        SELECT count(*) FROM removed
    $$
    """,  # noqa: S608 - a condition of ours
    "REVOKE EXECUTE ON FUNCTION forget_origins(uuid), remove_activities(bigint) FROM PUBLIC",
    # A trail whose first rows are gone begins elsewhere.
    """
    CREATE OR REPLACE FUNCTION list_audited() RETURNS TABLE (organization_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        SELECT id FROM organizations UNION SELECT h.organization_id FROM activity_heads h
        UNION SELECT s.organization_id FROM activity_starts s
        UNION SELECT a.organization_id FROM user_activities a WHERE a.sequence = 1
        ORDER BY 1
    $$
    """,
)


def upgrade() -> None:
    for statement in (*TABLES.values(), *CHANGES):
        op.execute(statement)
    _hash_origins()
    for statement in AFTER:
        op.execute(statement)
    for table in TABLES:
        enable_tenant_isolation(op, table)


def _hash_origins() -> None:
    connection = op.get_bind()
    while rows := connection.execute(text(UNHASHED), {"batch": BATCH}).all():
        hashed = [{"organization_id": row.organization_id, "id": row.id, "digest": _digest(row)} for row in rows]
        connection.execute(text(HASHED), hashed)


def _digest(row: Any) -> bytes:
    """As the rows were hashed when they were written."""
    origin = json.dumps([str(row.ip_address or ""), row.user_agent])
    return hashlib.sha256(row.origin_salt + origin.encode()).digest()


def downgrade() -> None:
    op.execute("DROP FUNCTION forget_origins(uuid), remove_activities(bigint)")
    op.execute("ALTER TABLE user_activities DROP CONSTRAINT origin_readable, DROP COLUMN origin_hash")
    op.execute("ALTER TABLE users DROP COLUMN erased_at")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table} CASCADE")
