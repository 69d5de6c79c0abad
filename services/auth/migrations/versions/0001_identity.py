"""Organizations, users, sessions, refresh tokens, revocations; and the few functions that look across tenants."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE organizations (
        id uuid PRIMARY KEY,
        name varchar(255) NOT NULL,
        slug varchar(100) NOT NULL,
        industry varchar(100) NOT NULL,
        subscription_tier varchar(50) NOT NULL DEFAULT 'starter',
        settings jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX organizations_slug_key ON organizations (slug)",
    """
    CREATE TABLE users (
        organization_id uuid NOT NULL REFERENCES organizations (id),
        id uuid NOT NULL,
        email varchar(255) NOT NULL,
        password_hash varchar(255),
        first_name varchar(100) NOT NULL,
        last_name varchar(100) NOT NULL,
        role varchar(50) NOT NULL CHECK (role IN ('ceo', 'director', 'manager', 'analyst', 'viewer')),
        department varchar(100) NOT NULL DEFAULT '',
        team varchar(100) NOT NULL DEFAULT '',
        grants jsonb NOT NULL DEFAULT '[]',
        source_ids jsonb NOT NULL DEFAULT '[]',
        is_active boolean NOT NULL DEFAULT true,
        last_login_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE UNIQUE INDEX users_email_key ON users (lower(email))",
    """
    CREATE TABLE sessions (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        started_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        ended_at timestamptz,
        end_reason varchar(50),
        PRIMARY KEY (organization_id, id),
        FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX sessions_unended ON sessions (organization_id, user_id) WHERE ended_at IS NULL",
    "CREATE INDEX sessions_ends_at ON sessions (ends_at)",
    """
    CREATE TABLE refresh_tokens (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        session_id uuid NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        used_at timestamptz,
        PRIMARY KEY (organization_id, id),
        FOREIGN KEY (organization_id, session_id) REFERENCES sessions (organization_id, id) ON DELETE CASCADE
    )
    """,
    # A session has one live token at most, whatever the code does.
    "CREATE UNIQUE INDEX refresh_tokens_head ON refresh_tokens (organization_id, session_id) WHERE used_at IS NULL",
    "CREATE INDEX refresh_tokens_session ON refresh_tokens (organization_id, session_id)",
    """
    CREATE TABLE revocations (
        organization_id uuid NOT NULL REFERENCES organizations (id),
        cursor bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
        session_id uuid,
        user_id uuid,
        revoked_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, cursor),
        CHECK (num_nonnulls(session_id, user_id) = 1)
    )
    """,
    "CREATE UNIQUE INDEX revocations_cursor ON revocations (cursor)",
    """
    CREATE TABLE login_attempts (
        key bytea PRIMARY KEY,
        failures integer NOT NULL,
        window_start timestamptz NOT NULL
    )
    """,
)

# What must be read before a tenant is known. They return ids and times only; what belongs to the ids is read as the
# tenant. The owner bypasses row security, the app role does not.
FUNCTIONS = (
    """
    CREATE FUNCTION find_account(wanted text) RETURNS TABLE (organization_id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT u.organization_id, u.id FROM users u WHERE lower(u.email) = wanted $$
    """,
    """
    CREATE FUNCTION find_organization(wanted text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT o.id FROM organizations o WHERE o.slug = wanted $$
    """,
    """
    CREATE FUNCTION find_refresh_token(wanted bytea) RETURNS TABLE (organization_id uuid, session_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT t.organization_id, t.session_id FROM refresh_tokens t WHERE t.token_hash = wanted $$
    """,
    """
    CREATE FUNCTION list_revocations(after_cursor bigint, moment timestamptz, at_most integer)
    RETURNS TABLE (cursor bigint, session_id uuid, user_id uuid, revoked_at timestamptz, expires_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        SELECT r.cursor, r.session_id, r.user_id, r.revoked_at, r.expires_at FROM revocations r
        WHERE r.cursor > after_cursor AND r.expires_at > moment ORDER BY r.cursor LIMIT at_most
    $$
    """,
    """
    CREATE FUNCTION forget_ended(moment timestamptz) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        DELETE FROM revocations WHERE expires_at < moment - interval '1 day';
        DELETE FROM login_attempts WHERE window_start < moment - interval '1 day';
        DELETE FROM sessions WHERE ends_at < moment - interval '30 days';
    $$
    """,
)
# As `enable_tenant_isolation` does; here the tenant is the row's own id.
ORGANIZATIONS_ISOLATION = (
    "ALTER TABLE organizations ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE organizations FORCE ROW LEVEL SECURITY",
    """
    CREATE POLICY tenant_isolation ON organizations
    USING (id = nullif(current_setting('app.organization_id', true), '')::uuid)
    WITH CHECK (id = nullif(current_setting('app.organization_id', true), '')::uuid)
    """,
)
SIGNATURES = (
    "find_account(text)",
    "find_organization(text)",
    "find_refresh_token(bytea)",
    "list_revocations(bigint, timestamptz, integer)",
    "forget_ended(timestamptz)",
)


def upgrade() -> None:
    for statement in (*TABLES, *FUNCTIONS):
        op.execute(statement)
    for signature in SIGNATURES:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC")
    for statement in ORGANIZATIONS_ISOLATION:
        op.execute(statement)
    for table in ("users", "sessions", "refresh_tokens", "revocations"):
        enable_tenant_isolation(op, table)


def downgrade() -> None:
    for signature in SIGNATURES:
        op.execute(f"DROP FUNCTION {signature}")
    for table in ("login_attempts", "revocations", "refresh_tokens", "sessions", "users", "organizations"):
        op.execute(f"DROP TABLE {table}")
