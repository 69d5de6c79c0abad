"""The audit trail: activities that may only be added, and each organization's signed head of them."""

from alembic import op

from meshkit.migrations import enable_tenant_isolation

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    # Nothing here refers to organizations or users: the trail outlives both. Organization 0 is nobody's; under it stand
    # refusals that concern no account.
    """
    CREATE TABLE user_activities (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        sequence bigint NOT NULL CHECK (sequence > 0),
        user_id uuid,
        action varchar(100) NOT NULL,
        resource_type varchar(100),
        resource_id uuid,
        metadata jsonb NOT NULL DEFAULT '{}',
        ip_address inet,
        user_agent text,
        origin_salt bytea NOT NULL,
        created_at timestamptz NOT NULL,
        previous_hash bytea NOT NULL,
        hash bytea NOT NULL,
        PRIMARY KEY (organization_id, id),
        UNIQUE (organization_id, sequence)
    )
    """,
    "CREATE INDEX user_activities_person ON user_activities (organization_id, user_id, sequence)",
    "CREATE INDEX user_activities_action ON user_activities (organization_id, action, sequence)",
    """
    CREATE TABLE activity_heads (
        organization_id uuid PRIMARY KEY,
        sequence bigint NOT NULL,
        hash bytea NOT NULL,
        key_id varchar(64) NOT NULL,
        signature bytea NOT NULL,
        signed_at timestamptz NOT NULL
    )
    """,
    "CREATE INDEX activity_heads_signed_at ON activity_heads (signed_at)",
    # Heads are public to whoever verifies: numbers, hashes and signatures, nothing of what was done.
    """
    CREATE FUNCTION list_activity_heads(since timestamptz)
    RETURNS TABLE (
        organization_id uuid, sequence bigint, hash bytea, key_id text, signature bytea, signed_at timestamptz
    )
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        SELECT h.organization_id, h.sequence, h.hash, h.key_id, h.signature, h.signed_at FROM activity_heads h
        WHERE h.signed_at >= since ORDER BY h.signed_at
    $$
    """,
    # Whose trail there is to verify: one whose head was removed is found by its rows, or by its organization.
    """
    CREATE FUNCTION list_audited() RETURNS TABLE (organization_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = auth, pg_temp
    AS $$
        SELECT id FROM organizations UNION SELECT h.organization_id FROM activity_heads h
        UNION SELECT a.organization_id FROM user_activities a WHERE a.sequence = 1
        ORDER BY 1
    $$
    """,
    "REVOKE EXECUTE ON FUNCTION list_activity_heads(timestamptz), list_audited() FROM PUBLIC",
    # The service adds and reads; what it has written it can neither change nor remove.
    "REVOKE UPDATE, DELETE ON user_activities FROM auth_app",
    "REVOKE DELETE ON activity_heads FROM auth_app",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
    for table in ("user_activities", "activity_heads"):
        enable_tenant_isolation(op, table)


def downgrade() -> None:
    op.execute("DROP FUNCTION list_activity_heads(timestamptz), list_audited()")
    op.execute("DROP TABLE activity_heads, user_activities")
