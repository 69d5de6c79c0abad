"""The passwords that were in use before: their hashes, so that none of the last twelve comes back."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE former_passwords (
            organization_id uuid NOT NULL,
            id uuid NOT NULL,
            user_id uuid NOT NULL,
            password_hash varchar(255) NOT NULL,
            replaced_at timestamptz NOT NULL,
            PRIMARY KEY (organization_id, id),
            FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
        )
        """
    )
    op.execute("CREATE INDEX former_passwords_user ON former_passwords (organization_id, user_id, id)")
    enable_tenant_isolation(op, "former_passwords")


def downgrade() -> None:
    op.execute("DROP TABLE former_passwords")
