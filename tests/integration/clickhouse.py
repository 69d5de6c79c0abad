"""An executor over the embedded ClickHouse, as the service would make it."""

from __future__ import annotations

from typing import Any

from clickhouse_connect.driver.client import Client

from services.integration.executors.clickhouse import ClickhouseExecutor
from services.integration.executors.clickhouse_connection import ClickhouseConnection, ClickhouseTarget, dial
from services.integration.executors.tls import Tls
from tests.builders.clickhouse import USER, RunningClickHouse


def target(on: RunningClickHouse, database: str = "default", **changes: Any) -> ClickhouseTarget:
    fields: dict[str, Any] = {
        "host": "localhost",
        "address": "127.0.0.1",
        "port": on.port,
        "database": database,
        "username": USER,
        "password": on.password,
        "tls": Tls.DISABLE,
    }
    return ClickhouseTarget(**fields | changes)


def executor(on: RunningClickHouse, database: str = "default", **changes: Any) -> ClickhouseExecutor:
    async def connect() -> ClickhouseConnection:
        return await dial(target(on, database, **changes), 5.0)

    return ClickhouseExecutor(connect)


def running(admin: Client) -> int:
    """Queries of ours that the server still has."""
    found = admin.query("SELECT count() FROM system.processes WHERE query NOT LIKE '%system.processes%'").result_rows
    return int(found[0][0])
