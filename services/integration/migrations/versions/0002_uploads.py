"""Uploads, people's descriptions, refreshes of catalogs, and jobs."""

from alembic import op

from meshkit.jobs import create_job_table
from meshkit.migrations import enable_tenant_isolation

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    # Every stored file has a row from before its first byte until after its last is deleted.
    """
    CREATE TABLE uploads (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid,
        file_name varchar(255) NOT NULL,
        byte_count bigint NOT NULL DEFAULT 0,
        state varchar(20) NOT NULL CHECK (state IN ('receiving', 'received', 'prepared', 'taken', 'discarded')),
        prepared text,
        folder text NOT NULL DEFAULT '',
        source_id uuid,
        create_time timestamptz NOT NULL,
        expire_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE INDEX uploads_by_user ON uploads (organization_id, user_id, create_time DESC, id DESC)",
    "CREATE INDEX uploads_by_source ON uploads (organization_id, source_id) WHERE source_id IS NOT NULL",
    # What people say of tables and columns, apart from what was read, so that a later reading leaves it alone.
    """
    CREATE TABLE descriptions (
        organization_id uuid NOT NULL,
        source_id uuid NOT NULL,
        table_schema text NOT NULL,
        table_name text NOT NULL,
        column_name text NOT NULL,
        description text NOT NULL,
        user_id uuid,
        update_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, source_id, table_schema, table_name, column_name),
        FOREIGN KEY (organization_id, source_id) REFERENCES sources (organization_id, id) ON DELETE CASCADE
    )
    """,
    # A reading under way: its job, how far it has come, and why the last one failed.
    """
    CREATE TABLE catalog_refreshes (
        organization_id uuid NOT NULL,
        source_id uuid NOT NULL,
        id uuid NOT NULL,
        state varchar(20) NOT NULL CHECK (state IN ('running', 'done', 'failed')),
        stage text NOT NULL DEFAULT '',
        fraction real NOT NULL DEFAULT 0,
        failure jsonb,
        update_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, source_id),
        FOREIGN KEY (organization_id, source_id) REFERENCES sources (organization_id, id) ON DELETE CASCADE
    )
    """,
)
TABLES = ("uploads", "descriptions", "catalog_refreshes")


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for table in TABLES:
        enable_tenant_isolation(op, table)
    create_job_table(op)


def downgrade() -> None:
    op.execute("DROP TABLE jobs CASCADE")
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
