"""Query events."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE query_analytics (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            timestamp timestamptz NOT NULL,
            user_id uuid,
            user_role varchar(50) NOT NULL,
            query_type varchar(50) NOT NULL,
            query_complexity real NOT NULL,
            execution_time_ms bigint NOT NULL,
            tokens_used bigint NOT NULL,
            success boolean NOT NULL,
            error_type varchar(100) NOT NULL,
            data_sources jsonb NOT NULL,
            PRIMARY KEY (organization_id, id)
        )
        """
    )
    op.execute("CREATE INDEX query_analytics_newest ON query_analytics (organization_id, timestamp DESC, id DESC)")
    enable_tenant_isolation(op, "query_analytics")


def downgrade() -> None:
    op.execute("DROP TABLE query_analytics")
