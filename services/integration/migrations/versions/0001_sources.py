"""Sources with their credentials and catalogs, data keys, and what was done to sources."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE sources (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        name varchar(255) NOT NULL,
        name_key text COLLATE "C" NOT NULL,
        kind varchar(50) NOT NULL,
        configuration jsonb NOT NULL,
        semantic_model text NOT NULL DEFAULT '',
        created_by uuid,
        create_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id),
        CONSTRAINT sources_name_key UNIQUE (organization_id, name_key)
    )
    """,
    # A row per organization: locked while its sources are counted, and gone with the organization, which shreds.
    """
    CREATE TABLE data_keys (
        organization_id uuid NOT NULL,
        version integer NOT NULL,
        wrapped bytea NOT NULL,
        create_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, version)
    )
    """,
    """
    CREATE TABLE source_credentials (
        organization_id uuid NOT NULL,
        source_id uuid NOT NULL,
        field varchar(50) NOT NULL,
        key_version integer NOT NULL,
        sealed bytea NOT NULL,
        PRIMARY KEY (organization_id, source_id, field),
        FOREIGN KEY (organization_id, source_id) REFERENCES sources (organization_id, id) ON DELETE CASCADE,
        FOREIGN KEY (organization_id, key_version) REFERENCES data_keys (organization_id, version)
    )
    """,
    """
    CREATE TABLE source_catalogs (
        organization_id uuid NOT NULL,
        source_id uuid NOT NULL,
        version varchar(64) NOT NULL,
        document text NOT NULL,
        questions jsonb NOT NULL DEFAULT '[]',
        table_count integer NOT NULL,
        read_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, source_id),
        FOREIGN KEY (organization_id, source_id) REFERENCES sources (organization_id, id) ON DELETE CASCADE
    )
    """,
    # Outlives the source it speaks of, so it refers to no row.
    """
    CREATE TABLE source_events (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        source_id uuid NOT NULL,
        action varchar(50) NOT NULL,
        user_id uuid,
        details jsonb NOT NULL DEFAULT '{}',
        event_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    # What happened is added to and never rewritten.
    "REVOKE UPDATE, DELETE ON source_events FROM integration_app",
)
TABLES = ("sources", "data_keys", "source_credentials", "source_catalogs", "source_events")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for table in TABLES:
        enable_tenant_isolation(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
