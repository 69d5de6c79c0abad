"""The table behind `meshkit.jobs`, and the migration that makes it in a service's schema."""

from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from meshkit.row_security import Op, enable_tenant_isolation

jobs = Table(
    "jobs",
    MetaData(),
    Column("organization_id", Uuid),
    Column("id", Uuid),
    Column("kind", Text),
    Column("payload", JSONB),
    Column("user_id", Uuid),
    Column("state", Text),
    Column("attempts", Integer),
    Column("max_attempts", Integer),
    Column("fence", BigInteger),
    Column("run_time", DateTime(timezone=True)),
    Column("lease_until", DateTime(timezone=True)),
    Column("last_error", Text),
    Column("create_time", DateTime(timezone=True)),
)


def create_job_table(op: Op) -> None:
    """For a migration: the table `jobs` of the service's schema, and the function that leases across tenants."""
    for statement in DDL:
        op.execute(statement)
    enable_tenant_isolation(op, "jobs")


DDL = (
    """
    CREATE TABLE jobs (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        payload jsonb NOT NULL,
        user_id uuid,
        state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'running', 'dead')),
        attempts integer NOT NULL DEFAULT 0,
        max_attempts integer NOT NULL CHECK (max_attempts > 0),
        fence bigint NOT NULL DEFAULT 0,
        run_time timestamptz NOT NULL,
        lease_until timestamptz,
        last_error text,
        create_time timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (organization_id, id)
    )
    """,
    "CREATE INDEX jobs_due ON jobs (run_time) WHERE state = 'due'",
    "CREATE INDEX jobs_leased ON jobs (lease_until) WHERE state = 'running'",
    # Runs as the owner, whom row security doesn't hold: the due job's tenant isn't known before. Returns ids alone.
    """
    DO $make$ BEGIN EXECUTE format($function$
        CREATE FUNCTION lease_job(kinds text[], seconds double precision)
        RETURNS TABLE (organization_id uuid, id uuid, fence bigint)
        LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = %I, pg_temp
        AS $body$
            UPDATE jobs SET state = 'dead', last_error = 'LEASE_LOST', lease_until = NULL
            WHERE state = 'running' AND lease_until < now() AND attempts >= max_attempts AND kind = ANY (kinds);

            UPDATE jobs AS j
            SET state = 'running', attempts = j.attempts + 1, fence = j.fence + 1,
                lease_until = now() + make_interval(secs => seconds)
            FROM (
                SELECT d.organization_id, d.id FROM jobs AS d
                WHERE d.kind = ANY (kinds)
                  AND ((d.state = 'due' AND d.run_time <= now()) OR (d.state = 'running' AND d.lease_until < now()))
                ORDER BY d.run_time LIMIT 1 FOR UPDATE SKIP LOCKED
            ) AS due
            WHERE j.organization_id = due.organization_id AND j.id = due.id
            RETURNING j.organization_id, j.id, j.fence;
        $body$
    $function$, current_schema());
    EXECUTE 'REVOKE EXECUTE ON FUNCTION lease_job(text[], double precision) FROM PUBLIC';
    END $make$
    """,
)
