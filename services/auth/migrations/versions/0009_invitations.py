"""Who was invited and has set no password yet."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.execute("ALTER TABLE users ADD COLUMN invited_at timestamptz")
    # The order in which people are listed, and where a page goes on.
    op.execute("CREATE INDEX users_names ON users (organization_id, lower(last_name), lower(first_name), id)")


def downgrade() -> None:
    op.execute("DROP INDEX users_names")
    op.execute("ALTER TABLE users DROP COLUMN invited_at")
