"""Confirmed addresses, the tokens of mailed links, and the outbox of mails that wait to be sent."""

from alembic import op

from meshkit.job_table import create_job_table
from meshkit.migrations import enable_tenant_isolation

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    "ALTER TABLE users ADD COLUMN email_verified_at timestamptz",
    # Whoever is there already was let in without a mail; nothing is taken from them.
    "UPDATE users SET email_verified_at = created_at",
    # One of each kind for a person: a newer one takes the older one's place.
    """
    CREATE TABLE email_tokens (
        organization_id uuid NOT NULL,
        user_id uuid NOT NULL,
        letter varchar(50) NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, user_id, letter),
        FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE FUNCTION find_email_token(wanted bytea) RETURNS TABLE (organization_id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$ SELECT t.organization_id, t.user_id FROM email_tokens t WHERE t.token_hash = wanted $$
    """,
    "REVOKE EXECUTE ON FUNCTION find_email_token(bytea) FROM PUBLIC",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    enable_tenant_isolation(op, "email_tokens")
    create_job_table(op)


def downgrade() -> None:
    op.execute("DROP FUNCTION lease_job(text[], double precision), find_email_token(bytea)")
    op.execute("DROP TABLE jobs, email_tokens")
    op.execute("ALTER TABLE users DROP COLUMN email_verified_at")
