"""Single sign-on: an organization's domains and identity providers, and logins on their way to one and back."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0014"
down_revision = "0012"

TABLES = ("email_domains", "identity_providers", "identity_links", "sso_logins", "saml_assertions")
FUNCTIONS = ("find_email_domain(text)", "find_identity_provider(uuid)", "find_sso_login(bytea)")
STATEMENTS = (
    """
    CREATE TABLE email_domains (
        organization_id uuid NOT NULL REFERENCES organizations (id),
        id uuid NOT NULL,
        name varchar(253) NOT NULL,
        token varchar(100) NOT NULL,
        created_at timestamptz NOT NULL,
        verified_at timestamptz,
        PRIMARY KEY (organization_id, id),
        UNIQUE (organization_id, name)
    )
    """,
    # Anybody may say that a domain is theirs; one alone has shown it.
    "CREATE UNIQUE INDEX email_domains_verified ON email_domains (name) WHERE verified_at IS NOT NULL",
    """
    CREATE TABLE identity_providers (
        organization_id uuid NOT NULL REFERENCES organizations (id),
        id uuid NOT NULL,
        name varchar(100) NOT NULL,
        protocol varchar(10) NOT NULL,
        settings jsonb NOT NULL,
        enabled boolean NOT NULL,
        key_version integer,
        sealed bytea,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id),
        CHECK ((key_version IS NULL) = (sealed IS NULL))
    )
    """,
    "CREATE UNIQUE INDEX identity_providers_enabled ON identity_providers (organization_id) WHERE enabled",
    "CREATE UNIQUE INDEX identity_providers_id ON identity_providers (id)",
    """
    CREATE TABLE identity_links (
        organization_id uuid NOT NULL,
        provider_id uuid NOT NULL,
        subject_hash bytea NOT NULL,
        user_id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, provider_id, subject_hash),
        UNIQUE (organization_id, provider_id, user_id),
        FOREIGN KEY (organization_id, provider_id)
            REFERENCES identity_providers (organization_id, id) ON DELETE CASCADE,
        FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE sso_logins (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        provider_id uuid NOT NULL,
        state_hash bytea NOT NULL UNIQUE,
        binding_hash bytea,
        ticket_hash bytea UNIQUE,
        user_id uuid,
        session_id uuid,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        taken_at timestamptz,
        PRIMARY KEY (organization_id, id),
        FOREIGN KEY (organization_id, provider_id)
            REFERENCES identity_providers (organization_id, id) ON DELETE CASCADE,
        FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX sso_logins_expired ON sso_logins (organization_id, expires_at)",
    """
    CREATE TABLE saml_assertions (
        organization_id uuid NOT NULL,
        provider_id uuid NOT NULL,
        assertion_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, provider_id, assertion_hash),
        FOREIGN KEY (organization_id, provider_id)
            REFERENCES identity_providers (organization_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE FUNCTION find_email_domain(wanted text) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT d.organization_id FROM email_domains d WHERE d.name = wanted AND d.verified_at IS NOT NULL $$
    """,
    """
    CREATE FUNCTION find_identity_provider(wanted uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT p.organization_id FROM identity_providers p WHERE p.id = wanted $$
    """,
    """
    CREATE FUNCTION find_sso_login(wanted bytea) RETURNS TABLE (organization_id uuid, id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT l.organization_id, l.id FROM sso_logins l WHERE l.state_hash = wanted OR l.ticket_hash = wanted $$
    """,
    *(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC" for function in FUNCTIONS),
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for table in TABLES:
        enable_tenant_isolation(op, table)


def downgrade() -> None:
    op.execute(f"DROP FUNCTION {', '.join(FUNCTIONS)}")
    op.execute(f"DROP TABLE {', '.join(reversed(TABLES))}")
