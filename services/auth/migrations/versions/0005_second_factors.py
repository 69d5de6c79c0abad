"""Second factors: authenticator apps under data keys, recovery codes, logins between two steps, remembered devices."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0005"
down_revision = "0004"

PERSON = "FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE"
TABLES = {
    # Gone with the organization, which shreds what is sealed under them.
    "data_keys": """
        CREATE TABLE data_keys (
            organization_id uuid NOT NULL REFERENCES organizations (id),
            version integer NOT NULL,
            wrapped bytea NOT NULL,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (organization_id, version)
        )
    """,
    # confirmed_at is null until a first code has shown that the app has the secret; last_step is the one taken last.
    "totp_secrets": f"""
        CREATE TABLE totp_secrets (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            key_version integer NOT NULL,
            sealed bytea NOT NULL,
            created_at timestamptz NOT NULL,
            confirmed_at timestamptz,
            last_step bigint,
            PRIMARY KEY (organization_id, id),
            {PERSON},
            FOREIGN KEY (organization_id, key_version) REFERENCES data_keys (organization_id, version)
        )
    """,
    "recovery_codes": f"""
        CREATE TABLE recovery_codes (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            code_hash bytea NOT NULL,
            created_at timestamptz NOT NULL,
            used_at timestamptz,
            PRIMARY KEY (organization_id, id),
            UNIQUE (organization_id, user_id, code_hash),
            {PERSON}
        )
    """,
    "pending_logins": f"""
        CREATE TABLE pending_logins (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            token_hash bytea NOT NULL UNIQUE,
            enrols boolean NOT NULL,
            tries integer NOT NULL DEFAULT 0,
            created_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            ended_at timestamptz,
            PRIMARY KEY (organization_id, id),
            {PERSON}
        )
    """,
    "remembered_devices": f"""
        CREATE TABLE remembered_devices (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            token_hash bytea NOT NULL UNIQUE,
            user_agent text NOT NULL,
            created_at timestamptz NOT NULL,
            last_used_at timestamptz NOT NULL,
            expires_at timestamptz NOT NULL,
            PRIMARY KEY (organization_id, id),
            {PERSON}
        )
    """,
}
INDEXES = (
    # One in force and one to be confirmed, whatever the code does.
    "CREATE UNIQUE INDEX totp_in_force ON totp_secrets (organization_id, user_id) WHERE confirmed_at IS NOT NULL",
    "CREATE UNIQUE INDEX totp_begun ON totp_secrets (organization_id, user_id) WHERE confirmed_at IS NULL",
    "CREATE INDEX pending_logins_user ON pending_logins (organization_id, user_id)",
    "CREATE INDEX remembered_devices_user ON remembered_devices (organization_id, user_id)",
)
# A token comes before anybody is known: its hash leads to ids alone.
FUNCTIONS = (
    """
    CREATE FUNCTION find_pending_login(wanted bytea) RETURNS TABLE (organization_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT l.organization_id, l.id FROM pending_logins l WHERE l.token_hash = wanted $$
    """,
    """
    CREATE FUNCTION find_remembered_device(wanted bytea) RETURNS TABLE (organization_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT d.organization_id, d.id FROM remembered_devices d WHERE d.token_hash = wanted $$
    """,
    "REVOKE EXECUTE ON FUNCTION find_pending_login(bytea), find_remembered_device(bytea) FROM PUBLIC",
)


def upgrade() -> None:
    for statement in (*TABLES.values(), *INDEXES, *FUNCTIONS):
        op.execute(statement)
    for table in TABLES:
        enable_tenant_isolation(op, table)


def downgrade() -> None:
    op.execute("DROP FUNCTION find_pending_login(bytea), find_remembered_device(bytea)")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
