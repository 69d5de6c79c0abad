"""An executor over a MariaDB test database, as the service would make it."""

from __future__ import annotations

from typing import Any

from services.integration.executors.mysql import MysqlExecutor
from services.integration.executors.mysql_connection import MysqlConnection, MysqlTarget, dial
from services.integration.executors.tls import Tls
from tests.builders.mariadb import PASSWORD, SUPERUSER, MariaDatabase


def target(on: MariaDatabase, **changes: Any) -> MysqlTarget:
    fields: dict[str, Any] = {
        "host": "localhost",
        "address": on.host,
        "port": on.port,
        "database": on.name,
        "username": SUPERUSER,
        "password": PASSWORD,
        "tls": Tls.DISABLE,
    }
    return MysqlTarget(**fields | changes)


def executor(on: MariaDatabase, **changes: Any) -> MysqlExecutor:
    async def connect() -> MysqlConnection:
        return await dial(target(on, **changes), 5.0)

    return MysqlExecutor(connect)


def connections(database: MariaDatabase, command: str = "%") -> int:
    """Connections to the database that the server has, those alone that run `command` if it is given ("Query")."""
    ((found,),) = database.run(
        "SELECT count(*) FROM information_schema.PROCESSLIST "
        f"WHERE DB = '{database.name}' AND COMMAND LIKE '{command}' AND ID <> CONNECTION_ID()"
    )
    return int(found)
