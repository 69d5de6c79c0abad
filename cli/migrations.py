"""Bringing each service's tables up to date before it starts, without starting anything when they are."""

import hashlib
import importlib.util
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from cli.children import run_to_end
from cli.errors import CommandError
from cli.files import read_json, write_json
from cli.processes import ANALYTICS_DATABASE, Plan, service_launch
from cli.stores import psql
from cli.stores.clickhouse_server import answer
from cli.stores.provision import DATABASE, ON_POSTGRES, SERVICES, on_database

TIMEOUT_SECONDS = 600


@dataclass(frozen=True)
class Migrations:
    """What was migrated is remembered as: the migration files' fingerprint, and the version then in the database."""

    plan: Plan

    def outdated(self) -> list[str]:
        """The services whose files or whose database differ from what was remembered."""
        remembered = read_json(self.plan.home.migrations, {})
        versions = self._versions()
        return [s for s in SERVICES if remembered.get(s) != [fingerprint(s), versions.get(s)] or s not in versions]

    async def migrate(self, service: str) -> None:
        """Runs the service's own `migrate` command as its owner role.

        Raises:
            CommandError: it failed; the hint holds the last lines it wrote.
        """
        launch = replace(service_launch(self.plan, service, "migrate"), log=self.plan.home.log(f"{service}-migrate"))
        await run_to_end(launch, f"Bringing {service}'s tables up to date", TIMEOUT_SECONDS)

    def remember(self) -> None:
        """To be called when every outdated service has migrated."""
        versions = self._versions()
        write_json(self.plan.home.migrations, {s: [fingerprint(s), versions.get(s)] for s in SERVICES})

    def _versions(self) -> dict[str, str]:
        """Each service's version in the database; none for a service that never migrated."""
        url = on_database(self.plan.superuser_url, DATABASE)
        found = psql.run(url, "SELECT schemaname FROM pg_tables WHERE tablename = 'alembic_version';")
        known = [service for service in ON_POSTGRES if service in found]
        selects = [f"SELECT '{s}', version_num FROM {s}.alembic_version" for s in known]  # noqa: S608 - names of ours
        rows = psql.run(url, " UNION ALL ".join(selects) + ";") if selects else []
        versions = {service: version for service, _, version in (row.partition("|") for row in rows)}
        return versions | self._analytics_version()

    def _analytics_version(self) -> dict[str, str]:
        """analytics keeps its own in ClickHouse; one that doesn't know the table has none."""
        database = urlsplit(self.plan.analytics_url).path.strip("/") or ANALYTICS_DATABASE
        try:
            newest = answer(self.plan.analytics_url, f"SELECT max(number) FROM {database}.schema_versions")  # noqa: S608
        except OSError:
            return {}
        return {"analytics": newest.strip()}


def fingerprint(service: str) -> str:
    """A digest of the service's migration files: names and contents."""
    package = importlib.util.find_spec(f"services.{service}")
    if package is None or not package.submodule_search_locations:
        raise CommandError(f"services.{service} is not installed.", "Run: make setup")
    digest = hashlib.sha256()
    folder = Path(next(iter(package.submodule_search_locations))) / "migrations"
    for file in sorted(folder.rglob("*.py")):
        digest.update(f"{file.relative_to(folder)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
