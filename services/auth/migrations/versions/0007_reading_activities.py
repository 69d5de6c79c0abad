"""Reading the audit trail by what was touched, and by time."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("CREATE INDEX user_activities_resource ON user_activities (organization_id, resource_id, sequence)")
    op.execute("CREATE INDEX user_activities_time ON user_activities (organization_id, created_at)")


def downgrade() -> None:
    op.execute("DROP INDEX user_activities_resource, user_activities_time")
