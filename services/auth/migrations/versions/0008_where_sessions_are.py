"""From where each session was opened, by what, and how: its owner is shown it."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute(
        """
        ALTER TABLE sessions
            ADD COLUMN user_agent varchar(512) NOT NULL DEFAULT '',
            ADD COLUMN ip_address inet,
            ADD COLUMN method varchar(50) NOT NULL DEFAULT ''
        """
    )


def downgrade() -> None:
    op.execute("ALTER TABLE sessions DROP COLUMN user_agent, DROP COLUMN ip_address, DROP COLUMN method")
