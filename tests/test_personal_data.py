"""Every table that names a person, in any service: somebody has said what becomes of it when the person is erased."""

import pytest

from cli.stores.provision import ON_POSTGRES
from services.auth.adapters import personal_data as auth
from services.chat.adapters import personal_data as chat
from services.integration.adapters import personal_data as integration
from services.ml_gateway.adapters import personal_data as ml_gateway
from tests.builders.postgres import PostgresCluster

COVERED = {
    "auth": {store.table.name for store in auth.DELETED} | {"users"},
    "chat": {store.table.name for store in chat.STORES},
    "integration": {store.table.name for store in integration.STORES},
    "ml_gateway": {store.table.name for store in ml_gateway.STORES},
}
# Those that keep a person's id, and why.
KEPT = {
    "auth": {
        "user_activities",  # the audit trail: nobody may change who did what; where from is shredded
        "revocations",  # shuts out tokens; gone after a day
        "erasures",  # the evidence itself
        "consents",  # what was allowed when
    },
    "integration": {"source_events"},  # by a function of its own, as the service's role may change nothing there
}


# Of a person's row, what stays: ids, times, what they were, and that they are no more.
STAYS = {"organization_id", "id", "is_service", "role", "is_active", "erased_at", "created_at", "updated_at"}


def test_every_column_of_a_persons_row_is_decided_on(postgres: PostgresCluster) -> None:
    database = postgres.control_plane("auth")
    try:
        columns = database.run(
            "SELECT attname FROM pg_attribute "
            "WHERE attrelid = 'auth.users'::regclass AND attnum > 0 AND NOT attisdropped"
        )
    finally:
        postgres.drop(database)
    assert set(columns) - STAYS == {*auth.NAMELESS, "email"}


@pytest.mark.parametrize("service", ON_POSTGRES)
def test_every_table_that_names_a_person_is_decided_on(service: str, postgres: PostgresCluster) -> None:
    database = postgres.control_plane(service)
    try:
        named = database.run(
            "SELECT DISTINCT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
            f"WHERE c.relnamespace = '{service}'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 "
            "AND (a.attname LIKE '%user_id' OR a.attname LIKE '%\\_by' OR a.attname LIKE '%email' "
            "OR a.attname IN ('first_name', 'ip_address', 'user_agent', 'phone', 'subject'))"
        )
    finally:
        postgres.drop(database)
    assert set(named) - COVERED[service] == KEPT.get(service, set())
