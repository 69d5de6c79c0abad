"""Accounts of programs, which have neither e-mail nor password, and the keys by which they come in."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0010"
down_revision = "0009"

STATEMENTS = (
    "ALTER TABLE users ADD COLUMN is_service boolean NOT NULL DEFAULT false, ALTER COLUMN email DROP NOT NULL",
    "ALTER TABLE users ADD CONSTRAINT users_reachable CHECK (is_service = (email IS NULL))",
    """
    CREATE TABLE api_keys (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        name varchar(100) NOT NULL,
        hint varchar(20) NOT NULL,
        key_hash bytea NOT NULL UNIQUE,
        scopes jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        last_used_at timestamptz,
        revoked_at timestamptz,
        PRIMARY KEY (organization_id, id),
        FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX api_keys_user ON api_keys (organization_id, user_id)",
    """
    CREATE FUNCTION find_api_key(wanted bytea) RETURNS TABLE (organization_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT k.organization_id, k.id FROM api_keys k WHERE k.key_hash = wanted $$
    """,
    "REVOKE EXECUTE ON FUNCTION find_api_key(bytea) FROM PUBLIC",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    enable_tenant_isolation(op, "api_keys")


def downgrade() -> None:
    op.execute("DROP FUNCTION find_api_key(bytea)")
    op.execute("DROP TABLE api_keys")
    op.execute("DELETE FROM users WHERE is_service")
    op.execute("ALTER TABLE users DROP COLUMN is_service, ALTER COLUMN email SET NOT NULL")
