"""Taking a person out of what was done to sources, and letting go of what is too old: what the service's role can't."""

from alembic import op

revision = "0004"
down_revision = "0003"

# Row security doesn't hold the owner, so each names the transaction's tenant itself.
TENANT = "organization_id = nullif(current_setting('app.organization_id', true), '')::uuid"
FUNCTIONS = (
    f"""
    CREATE FUNCTION forget_person_of_events(person uuid) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = integration, pg_temp
    AS $$
        WITH forgotten AS (UPDATE source_events SET user_id = NULL WHERE {TENANT} AND user_id = person RETURNING 1)
        SELECT count(*) FROM forgotten
    $$
    """,  # noqa: S608 - a condition of ours
    f"""
    CREATE FUNCTION remove_source_events(before timestamptz) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path = integration, pg_temp
    AS $$
        WITH removed AS (
            DELETE FROM source_events
            WHERE {TENANT} AND event_time < before AND event_time < now() - interval '365 days' RETURNING 1
        )
        SELECT count(*) FROM removed
    $$
    """,  # noqa: S608 - a condition of ours
)
SIGNATURES = ("forget_person_of_events(uuid)", "remove_source_events(timestamptz)")


def upgrade() -> None:
    for statement in FUNCTIONS:
        op.execute(statement)
    for signature in SIGNATURES:
        op.execute(f"REVOKE EXECUTE ON FUNCTION {signature} FROM PUBLIC")


def downgrade() -> None:
    for signature in SIGNATURES:
        op.execute(f"DROP FUNCTION {signature}")
