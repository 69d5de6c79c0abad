"""What organizations teach: words, verified answers, verdicts; and their benchmark questions with the runs of them."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    # Counts up whenever something changes by which questions of a source are read.
    """
    CREATE TABLE learned_versions (
        organization_id uuid NOT NULL,
        source_id uuid NOT NULL,
        version bigint NOT NULL,
        PRIMARY KEY (organization_id, source_id)
    )
    """,
    """
    CREATE TABLE synonyms (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        source_id uuid NOT NULL,
        words text NOT NULL,
        words_key text NOT NULL,
        kind varchar(20) NOT NULL,
        table_schema text NOT NULL,
        table_name text NOT NULL,
        column_name text NOT NULL,
        value text NOT NULL,
        metric text NOT NULL,
        reference_columns text[] NOT NULL,
        choice text NOT NULL,
        meaning text NOT NULL,
        origin varchar(20) NOT NULL CHECK (origin IN ('clarification', 'person')),
        user_id uuid,
        create_time timestamptz NOT NULL,
        update_time timestamptz NOT NULL,
        use_count bigint NOT NULL DEFAULT 0,
        last_use_time timestamptz,
        weight double precision NOT NULL,
        weight_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    # A digest, as words may be a whole question, longer than what an index holds.
    "CREATE UNIQUE INDEX synonyms_words ON synonyms (organization_id, source_id, kind, md5(words_key))",
    "CREATE INDEX synonyms_listing ON synonyms (organization_id, create_time DESC, id DESC)",
    """
    CREATE TABLE verified_answers (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        source_id uuid NOT NULL,
        question text NOT NULL,
        question_key text NOT NULL,
        read_question text NOT NULL,
        sql text NOT NULL,
        summary text NOT NULL,
        is_correction boolean NOT NULL,
        is_relative boolean NOT NULL,
        fingerprint varchar(64) NOT NULL,
        tables text[] NOT NULL,
        reference_time timestamptz NOT NULL,
        time_zone varchar(64) NOT NULL,
        user_id uuid,
        create_time timestamptz NOT NULL,
        update_time timestamptz NOT NULL,
        catalog_version text NOT NULL,
        use_count bigint NOT NULL DEFAULT 0,
        last_use_time timestamptz,
        weight double precision NOT NULL,
        weight_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE UNIQUE INDEX verified_answers_question ON verified_answers (organization_id, source_id, md5(question_key))",
    "CREATE INDEX verified_answers_listing ON verified_answers (organization_id, create_time DESC, id DESC)",
    """
    CREATE TABLE answer_uses (
        organization_id uuid NOT NULL,
        answer_id uuid NOT NULL,
        source_id uuid NOT NULL,
        user_id uuid,
        verified_answer_id uuid,
        synonym_ids uuid[] NOT NULL,
        create_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, answer_id)
    )
    """,
    "CREATE INDEX answer_uses_age ON answer_uses (organization_id, create_time)",
    """
    CREATE TABLE feedback (
        organization_id uuid NOT NULL,
        answer_id uuid NOT NULL,
        user_id uuid NOT NULL,
        verdict varchar(10) NOT NULL CHECK (verdict IN ('up', 'down')),
        reason text NOT NULL,
        update_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, answer_id, user_id)
    )
    """,
    "CREATE INDEX feedback_listing ON feedback (organization_id, update_time DESC, answer_id DESC)",
    """
    CREATE TABLE benchmark_questions (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        source_id uuid NOT NULL,
        question text NOT NULL,
        expected bytea NOT NULL,
        reference_time timestamptz,
        time_zone varchar(64) NOT NULL,
        user_id uuid,
        create_time timestamptz NOT NULL,
        update_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE INDEX benchmark_questions_listing "
    "ON benchmark_questions (organization_id, source_id, create_time DESC, id DESC)",
    """
    CREATE TABLE evaluation_runs (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        source_id uuid NOT NULL,
        user_id uuid,
        start_time timestamptz NOT NULL,
        end_time timestamptz NOT NULL,
        correct_count integer NOT NULL,
        wrong_count integer NOT NULL,
        unanswered_count integer NOT NULL,
        not_compared_count integer NOT NULL,
        answered_correctly_count integer NOT NULL,
        engine_version text NOT NULL,
        catalog_version text NOT NULL,
        learned_version text NOT NULL,
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE INDEX evaluation_runs_listing ON evaluation_runs (organization_id, source_id, start_time DESC, id DESC)",
    """
    CREATE TABLE evaluation_outcomes (
        organization_id uuid NOT NULL,
        run_id uuid NOT NULL,
        place integer NOT NULL,
        benchmark_question_id uuid NOT NULL,
        user_id uuid,
        question text NOT NULL,
        outcome varchar(20) NOT NULL,
        sql text NOT NULL,
        confidence double precision NOT NULL,
        seconds double precision NOT NULL,
        difference text NOT NULL,
        PRIMARY KEY (organization_id, run_id, place),
        FOREIGN KEY (organization_id, run_id) REFERENCES evaluation_runs (organization_id, id) ON DELETE CASCADE
    )
    """,
)
TABLES = (
    "learned_versions",
    "synonyms",
    "verified_answers",
    "answer_uses",
    "feedback",
    "benchmark_questions",
    "evaluation_runs",
    "evaluation_outcomes",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for table in TABLES:
        enable_tenant_isolation(op, table)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
