"""Conversations, messages, answers with their events, and the jobs that deliver usage."""

from alembic import op

from meshkit.jobs import create_job_table
from meshkit.migrations import enable_tenant_isolation

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE conversations (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        title varchar(255) NOT NULL DEFAULT '',
        source_id uuid,
        is_archived boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE INDEX conversations_listing ON conversations "
    "(organization_id, user_id, is_archived, updated_at DESC, id DESC)",
    """
    CREATE TABLE messages (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        role varchar(20) NOT NULL CHECK (role IN ('user', 'assistant')),
        content text NOT NULL,
        question_id uuid,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id),
        FOREIGN KEY (organization_id, conversation_id) REFERENCES conversations (organization_id, id) ON DELETE CASCADE,
        CHECK ((role = 'assistant') = (question_id IS NOT NULL))
    )
    """,
    "CREATE INDEX messages_listing ON messages (organization_id, conversation_id, created_at DESC, id DESC)",
    # One answer for a question, whoever sends it again.
    "CREATE UNIQUE INDEX messages_answer ON messages (organization_id, question_id) WHERE question_id IS NOT NULL",
    """
    CREATE TABLE answers (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        user_id uuid NOT NULL,
        state varchar(20) NOT NULL CHECK (state IN ('running', 'completed', 'failed', 'cancelled')),
        worker varchar(100) NOT NULL,
        lease_until timestamptz NOT NULL,
        cancel_requested boolean NOT NULL DEFAULT false,
        ended_at timestamptz,
        PRIMARY KEY (organization_id, id),
        FOREIGN KEY (organization_id, id) REFERENCES messages (organization_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX answers_running ON answers (worker) WHERE state = 'running'",
    "CREATE INDEX answers_running_of_user ON answers (organization_id, user_id) WHERE state = 'running'",
    """
    CREATE TABLE answer_events (
        organization_id uuid NOT NULL,
        answer_id uuid NOT NULL,
        sequence integer NOT NULL CHECK (sequence > 0),
        kind varchar(20) NOT NULL,
        event bytea NOT NULL,
        PRIMARY KEY (organization_id, answer_id, sequence),
        FOREIGN KEY (organization_id, answer_id) REFERENCES answers (organization_id, id) ON DELETE CASCADE
    )
    """,
)
# A worker keeps its answers alive, and finds those that others left behind, before any tenant is known.
FUNCTIONS = (
    """
    CREATE FUNCTION renew_answers(mine text, seconds double precision) RETURNS TABLE (answer_id uuid)
    LANGUAGE sql SECURITY DEFINER SET search_path = chat, pg_temp
    AS $$
        WITH renewed AS (
            UPDATE answers SET lease_until = now() + make_interval(secs => seconds)
            WHERE state = 'running' AND worker = mine
            RETURNING id, cancel_requested
        )
        SELECT id FROM renewed WHERE cancel_requested
    $$
    """,
    """
    CREATE FUNCTION orphaned_answers(mine text, living uuid[])
    RETURNS TABLE (organization_id uuid, answer_id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = chat, pg_temp
    AS $$
        SELECT a.organization_id, a.id, a.user_id FROM answers a
        WHERE a.state = 'running' AND ((a.worker = mine AND a.id <> ALL (living)) OR a.lease_until < now())
        LIMIT 1000
    $$
    """,
)
SIGNATURES = ("renew_answers(text, double precision)", "orphaned_answers(text, uuid[])")
TENANT_TABLES = ("conversations", "messages", "answers", "answer_events")


def upgrade() -> None:
    for statement in (*TABLES, *FUNCTIONS):
        op.execute(statement)
    for signature in SIGNATURES:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC")
    for table in TENANT_TABLES:
        enable_tenant_isolation(op, table)
    create_job_table(op)


def downgrade() -> None:
    for signature in SIGNATURES:
        op.execute(f"DROP FUNCTION {signature}")
    for table in ("jobs", *reversed(TENANT_TABLES)):
        op.execute(f"DROP TABLE {table}")
