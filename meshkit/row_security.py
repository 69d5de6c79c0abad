"""Row-level security of tenant tables: what a migration says for each of them."""

from typing import Protocol

POLICY = "tenant_isolation"


class Op(Protocol):
    """What is used of alembic's `op`."""

    def execute(self, sqltext: str) -> None: ...


def enable_tenant_isolation(op: Op, table: str) -> None:
    """Row-level security on a table with a column `organization_id uuid NOT NULL`, binding its owner as well."""
    for statement in tenant_policy_ddl(table):
        op.execute(statement)


def tenant_policy_ddl(table: str) -> list[str]:
    """The statements of `enable_tenant_isolation`. Without a tenant set, no row is seen and none may be written."""
    # The setting is '' and not NULL once a transaction that set it has ended.
    tenant = "organization_id = nullif(current_setting('app.organization_id', true), '')::uuid"
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY {POLICY} ON "{table}" USING ({tenant}) WITH CHECK ({tenant})',
    ]
