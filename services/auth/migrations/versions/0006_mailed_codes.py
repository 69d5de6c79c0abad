"""Codes by e-mail, each of one login between its two steps."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("ALTER TABLE pending_logins ADD COLUMN code_hash bytea")


def downgrade() -> None:
    op.execute("ALTER TABLE pending_logins DROP COLUMN code_hash")
