"""The control plane's database: one schema and two roles per service, and nothing that anybody else may do.

The owner role migrates and is unused at run time; it bypasses row-level security so that backfills see rows. The app
role has DML alone. `set_config` is taken from PUBLIC, so that no statement but our own can change whose rows are seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cli.stores import psql
from cli.stores.psql import identifier, literal

ON_POSTGRES = ("auth", "chat", "integration", "ml_gateway")
SERVICES = (*ON_POSTGRES, "analytics")
DATABASE = "infinure"
SET_CONFIG = "pg_catalog.set_config(text, text, boolean)"


@dataclass(frozen=True)
class Passwords:
    """The passwords of one service's two roles."""

    owner: str = field(repr=False)
    app: str = field(repr=False)


def provision(server_url: str, passwords: Mapping[str, Passwords], database: str = DATABASE) -> None:
    """Makes the database, its schemas and its roles, or brings what exists to this state. Idempotent.

    `server_url` is a superuser's, of any existing database: revoking `set_config` needs one.
    """
    if database not in psql.run(server_url, "SELECT datname FROM pg_database;"):
        psql.run(server_url, f"CREATE DATABASE {identifier(database)} TEMPLATE template0 ENCODING 'UTF8';")
    psql.run(on_database(server_url, database), "\n".join(_statements(database, passwords)))


def restrict(server_url: str, database: str) -> None:
    """Gives a copy of the control plane's database the rights of the original: CREATE DATABASE copies none."""
    psql.run(server_url, "\n".join(_connect_rights(database)))


def close_to_public(server_url: str, databases: tuple[str, ...] = ("postgres", "template1")) -> None:
    """Lets only superusers into a server's own databases. For the embedded server, where every role is ours."""
    psql.run(server_url, "\n".join(f"REVOKE ALL ON DATABASE {identifier(name)} FROM PUBLIC;" for name in databases))


def on_database(server_url: str, database: str) -> str:
    """The same server and user, another database."""
    head, _, query = server_url.partition("?")
    scheme, _, rest = head.partition("://")
    return f"{scheme}://{rest.split('/')[0]}/{database}" + (f"?{query}" if query else "")


def _statements(database: str, passwords: Mapping[str, Passwords]) -> list[str]:
    statements = ["BEGIN;"]
    for service, secret in passwords.items():
        statements += _role(f"{service}_owner", "BYPASSRLS", secret.owner, service)
        statements += _role(f"{service}_app", "NOBYPASSRLS", secret.app, service)
        statements += _schema(service)
    statements += [
        *_connect_rights(database, tuple(passwords)),
        "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
        f"REVOKE EXECUTE ON FUNCTION {SET_CONFIG} FROM PUBLIC;",
        f"GRANT EXECUTE ON FUNCTION {SET_CONFIG} TO {_everyone(tuple(passwords))};",
        "COMMIT;",
    ]
    return statements


def _role(name: str, row_security: str, password: str, schema: str) -> list[str]:
    role = identifier(name)
    return [
        f"DO $$ BEGIN CREATE ROLE {role}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
        f"ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE {row_security} PASSWORD {literal(password)};",
        f"ALTER ROLE {role} SET search_path = {identifier(schema)};",
    ]


def _schema(service: str) -> list[str]:
    schema, owner, app = identifier(service), identifier(f"{service}_owner"), identifier(f"{service}_app")
    default = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner}"
    return [
        f"CREATE SCHEMA IF NOT EXISTS {schema} AUTHORIZATION {owner};",
        f"GRANT USAGE ON SCHEMA {schema} TO {app};",
        f"{default} IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app};",
        f"{default} IN SCHEMA {schema} GRANT USAGE, SELECT ON SEQUENCES TO {app};",
        # A SECURITY DEFINER function must not be everybody's: only the service's own role may call it.
        f"{default} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;",
        f"{default} IN SCHEMA {schema} GRANT EXECUTE ON FUNCTIONS TO {app};",
    ]


def _connect_rights(database: str, services: tuple[str, ...] = ON_POSTGRES) -> list[str]:
    name = identifier(database)
    return [
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;",
        f"GRANT CONNECT ON DATABASE {name} TO {_everyone(services)};",
    ]


def _everyone(services: tuple[str, ...]) -> str:
    return ", ".join(identifier(f"{service}_{kind}") for service in services for kind in ("owner", "app"))
