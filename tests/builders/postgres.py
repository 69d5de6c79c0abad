"""One real PostgreSQL server per test process, and fresh databases on it in some tens of milliseconds.

A server per xdist worker (0.7 s) rather than a shared one: roles belong to a server, so workers never meet.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from cli.launching import base_environment
from cli.stores import psql
from cli.stores.postgres import PostgresServer, stop
from cli.stores.provision import ON_POSTGRES, Passwords, provision, restrict
from tests.builders.ports import free_port

PASSWORDS = {service: Passwords(owner=f"{service}-owner", app=f"{service}-app") for service in ON_POSTGRES}
PROVISIONED = "provisioned"


@dataclass(frozen=True)
class Database:
    """A database of its own; URLs by role. `driver` is SQLAlchemy's, e.g. `+asyncpg`."""

    name: str
    host: str
    port: int
    superuser_password: str = field(repr=False)

    @property
    def superuser_url(self) -> str:
        return self._url("postgres", self.superuser_password, "")

    def app_url(self, service: str, driver: str = "+asyncpg") -> str:
        return self._url(f"{service}_app", PASSWORDS[service].app, driver)

    def owner_url(self, service: str, driver: str = "+asyncpg") -> str:
        return self._url(f"{service}_owner", PASSWORDS[service].owner, driver)

    def run(self, sql: str) -> list[str]:
        """Statements as the superuser, whom no row security holds; returns rows, columns split by `|`."""
        return psql.run(self.superuser_url, sql)

    def _url(self, user: str, password: str, driver: str) -> str:
        return f"postgresql{driver}://{user}:{password}@{self.host}:{self.port}/{self.name}"


class PostgresCluster:
    """A running server with the control plane's roles, provisioned by the code that `infinure up` uses."""

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self._url = server.url("postgres")
        self._numbers = count(1)
        self._templates: dict[str, str] = {}

    def empty_database(self, prefix: str = "empty") -> Database:
        """A database with nothing in it, e.g. for a tenant's source."""
        return self._create(prefix, "template0")

    def control_plane(self, *migrated: str) -> Database:
        """A fresh control-plane database: schemas and roles, and the tables of the services named.

        Migrations run by the services' own command, once per test process; each later call copies the outcome.
        """
        key = "+".join(sorted(migrated))
        template = self._templated(PROVISIONED, self._provisioned)
        if migrated:
            template = self._templated(key, lambda: self._migrated(template, sorted(migrated)))
        database = self._create("control", template)
        restrict(self._url, database.name)
        return database

    def drop(self, database: Database) -> None:
        """Removes the database, and whoever is still connected to it."""
        psql.run(self._url, f"DROP DATABASE IF EXISTS {psql.identifier(database.name)} WITH (FORCE);")

    def _templated(self, key: str, make: Callable[[], str]) -> str:
        if key not in self._templates:
            self._templates[key] = make()
        return self._templates[key]

    def _provisioned(self) -> str:
        provision(self._url, PASSWORDS, PROVISIONED)
        return PROVISIONED

    def _migrated(self, template: str, services: list[str]) -> str:
        database = self._create("migrated", template)
        restrict(self._url, database.name)
        for service in services:
            migrate(service, database)
        return database.name

    def _create(self, prefix: str, template: str) -> Database:
        name = f"{prefix}_{next(self._numbers)}"
        psql.run(self._url, f"CREATE DATABASE {psql.identifier(name)} TEMPLATE {psql.identifier(template)};")
        return Database(name, "127.0.0.1", self.server.port, self.server.password)


def migrate(service: str, database: Database) -> None:
    """Runs `python -m services.<service> migrate` on the database, as `infinure up` does."""
    environment = {**base_environment(), "INFINURE_OWNER_DATABASE_URL": database.owner_url(service)}
    command = [sys.executable, "-m", f"services.{service}", "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{service} could not migrate:\n{done.stderr}"


@contextmanager
def running_postgres() -> Iterator[PostgresCluster]:
    """Starts a server over a temporary folder and removes both at the end."""
    folder = Path(tempfile.mkdtemp(prefix="infinure-tests-"))
    folder.chmod(0o711)  # the server may run under another account
    # Tests outlive no power cut: without fsync a fresh database costs a third.
    server = PostgresServer(
        folder / "postgres",
        free_port(),
        "superuser",
        folder / "postgres.log",
        {"fsync": "off", "full_page_writes": "off"},
    )
    process = server.start()
    try:
        yield PostgresCluster(server)
    finally:
        stop(process)
        shutil.rmtree(folder, ignore_errors=os.geteuid() != 0)
