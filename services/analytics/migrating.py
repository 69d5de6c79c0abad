"""Brings the database in ClickHouse up to date."""

import sys
from collections.abc import Sequence

import clickhouse_connect
from clickhouse_connect.driver.client import Client

from services.analytics.migrations.steps import STEPS, Step
from services.analytics.settings import StoreSettings

_VERSIONS_TABLE = (
    "CREATE TABLE IF NOT EXISTS schema_versions (number UInt32, name String, applied_at DateTime DEFAULT now()) "
    "ENGINE = ReplacingMergeTree ORDER BY number"
)


def migrate(settings: StoreSettings, steps: Sequence[Step] = STEPS) -> list[str]:
    """Makes the database and applies the steps that it lacks, in order; returns what was done.

    Two that run at once do no harm: each statement may be repeated.
    """
    place = settings.place
    with clickhouse_connect.get_client(**place.without_database(), autogenerate_session_id=False) as client:
        client.command(f"CREATE DATABASE IF NOT EXISTS {place.database}")
    with clickhouse_connect.get_client(**place.arguments(), autogenerate_session_id=False) as client:
        client.command(_VERSIONS_TABLE)
        done = {row[0] for row in client.query("SELECT number FROM schema_versions").result_rows}
        return [_apply(client, step) for step in steps if step.number not in done]


def _apply(client: Client, step: Step) -> str:
    for statement in step.statements:
        client.command(statement)
    client.command(
        "INSERT INTO schema_versions (number, name) VALUES ({number:UInt32}, {name:String})",
        {"number": step.number, "name": step.name},
    )
    return f"{step.number} {step.name}"


def main(settings: StoreSettings) -> None:
    """Prints what was done."""
    lines = [f"analytics: applied {step}" for step in migrate(settings)] or ["analytics: nothing to do"]
    sys.stdout.write("\n".join(lines) + "\n")
