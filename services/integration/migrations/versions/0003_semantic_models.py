"""Semantic models in versions, apart from the sources that they came with."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """
    CREATE TABLE semantic_models (
        organization_id uuid NOT NULL,
        source_id uuid NOT NULL,
        version bigint NOT NULL CHECK (version > 0),
        text text NOT NULL,
        byte_count integer NOT NULL,
        change varchar(300) NOT NULL,
        user_id uuid,
        create_time timestamptz NOT NULL,
        PRIMARY KEY (organization_id, source_id, version),
        FOREIGN KEY (organization_id, source_id) REFERENCES sources (organization_id, id) ON DELETE CASCADE
    )
    """,
    # Sources keep the models that they have.
    """
    INSERT INTO semantic_models
    SELECT organization_id, id, 1, semantic_model, octet_length(semantic_model), 'came with the source', created_by,
           create_time
    FROM sources WHERE semantic_model ~ '[^[:space:]]'
    """,
    "ALTER TABLE sources DROP COLUMN semantic_model",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    enable_tenant_isolation(op, "semantic_models")


def downgrade() -> None:
    op.execute("ALTER TABLE sources ADD COLUMN semantic_model text NOT NULL DEFAULT ''")
    op.execute(
        """
        UPDATE sources SET semantic_model = newest.text
        FROM (SELECT DISTINCT ON (organization_id, source_id) organization_id, source_id, text
              FROM semantic_models ORDER BY organization_id, source_id, version DESC) AS newest
        WHERE newest.organization_id = sources.organization_id AND newest.source_id = sources.id
        """
    )
    op.execute("DROP TABLE semantic_models")
