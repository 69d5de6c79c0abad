"""Every service's tables as its migrations leave them: no tenant's row is reachable but through its own tenant.

The catalogue is asked, so a table that a later migration adds is held to it without being named here.
"""

from collections.abc import Iterator

import pytest

from cli.stores.provision import ON_POSTGRES
from tests.builders.postgres import Database, PostgresCluster

# Tables that hold no tenant's data, each for a reason.
TENANTLESS = {
    "auth.login_attempts",  # counts by digests, before anybody is known
}
TENANT_COLUMN = {"auth.organizations": "id"}
EXPRESSION = "(NULLIF(current_setting('app.organization_id'::text, true), ''::text))::uuid"


@pytest.fixture(scope="module", params=ON_POSTGRES)
def migrated(request: pytest.FixtureRequest, postgres: PostgresCluster) -> Iterator[tuple[str, Database]]:
    """One service and a database with its tables."""
    database = postgres.control_plane(request.param)
    yield request.param, database
    postgres.drop(database)


def tables(service: str, database: Database) -> list[str]:
    """The service's tables, qualified, but for alembic's own."""
    return database.run(
        f"SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE n.nspname = '{service}' AND c.relkind IN ('r', 'p') AND c.relname <> 'alembic_version' ORDER BY 1"
    )


def tenant_tables(service: str, database: Database) -> list[str]:
    found = [table for table in tables(service, database) if table not in TENANTLESS]
    assert found, f"{service} keeps nothing"
    return found


def test_every_table_names_its_tenant_in_the_first_column_of_its_key(migrated: tuple[str, Database]) -> None:
    service, database = migrated
    for table in tenant_tables(service, database):
        column = TENANT_COLUMN.get(table, "organization_id")
        key = database.run(
            f"SELECT a.attname, format_type(a.atttypid, null), a.attnotnull FROM pg_index i "
            f"JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
            f"WHERE i.indrelid = '{table}'::regclass AND i.indisprimary"
        )
        assert key == [f"{column}|uuid|t"], table


def test_row_security_is_forced_on_every_table(migrated: tuple[str, Database]) -> None:
    service, database = migrated
    for table in tenant_tables(service, database):
        forced = f"SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = '{table}'::regclass"
        assert database.run(forced) == ["t|t"], table


def test_one_policy_for_reading_and_writing_compares_with_the_transactions_tenant(
    migrated: tuple[str, Database],
) -> None:
    service, database = migrated
    for table in tenant_tables(service, database):
        schema, _, name = table.partition(".")
        column = TENANT_COLUMN.get(table, "organization_id")
        policies = database.run(
            f"SELECT permissive, roles, cmd, qual, with_check FROM pg_policies "
            f"WHERE schemaname = '{schema}' AND tablename = '{name}'"
        )
        rule = f"({column} = {EXPRESSION})"
        assert policies == [f"PERMISSIVE|{{public}}|ALL|{rule}|{rule}"], table


def test_the_app_role_owns_nothing_and_cannot_get_past_row_security(migrated: tuple[str, Database]) -> None:
    service, database = migrated
    role = f"SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = '{service}_app'"
    assert database.run(role) == ["f|f|f"]
    member = f"SELECT pg_has_role('{service}_app', oid, 'MEMBER') FROM pg_roles WHERE rolname = '{service}_owner'"
    assert database.run(member) == ["f"]
    for table in tables(service, database):
        owner = f"SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = '{table}'::regclass"
        assert database.run(owner) == [f"{service}_owner"], table
        # TRUNCATE knows no row security.
        beyond = f"SELECT has_table_privilege('{service}_app', '{table}', 'TRUNCATE, TRIGGER, REFERENCES')"
        assert database.run(beyond) == ["f"], table


def test_functions_that_look_across_tenants_are_the_services_own_and_pin_their_search_path(
    migrated: tuple[str, Database],
) -> None:
    service, database = migrated
    functions = database.run(
        f"SELECT p.oid::regprocedure, coalesce(array_to_string(p.proconfig, ';'), ''), "
        f"has_function_privilege('{service}_app', p.oid, 'EXECUTE'), "
        # public stands for every role that was granted nothing: another service's is one.
        f"has_function_privilege('{'chat' if service != 'chat' else 'auth'}_app', p.oid, 'EXECUTE') "
        f"FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = '{service}' AND p.prosecdef"
    )
    for function in functions:
        name, settings, own, others = function.split("|")
        assert settings.startswith("search_path="), name
        assert settings.endswith("pg_temp"), name
        assert (own, others) == ("t", "f"), name


def test_without_a_tenant_nothing_is_seen(migrated: tuple[str, Database]) -> None:
    service, database = migrated
    for table in tenant_tables(service, database):
        # As the app role, in one transaction that names no tenant.
        seen = database.run(f"SET ROLE {service}_app; SELECT count(*) FROM {table};")
        assert seen[-1] == "0", table
