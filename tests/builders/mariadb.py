"""One real MariaDB server per test process, and fresh databases on it. Debian: mariadb-server-core."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import asyncmy
import pytest

from meshkit.settings import TlsSettings
from tests.builders.ports import free_port

SERVER = "mariadbd"
SUPERUSER, PASSWORD = "operator", "superuser"
_NOBODY = 65534
_START_SECONDS = 60
_CANT_CONNECT = 2003
# What mariadb-install-db runs, which itself wants programs of other packages.
_SYSTEM_TABLES = ("mysql_system_tables.sql", "mysql_performance_tables.sql", "mysql_system_tables_data.sql")
_FIRST = f"""CREATE USER {SUPERUSER}@'%' IDENTIFIED BY '{PASSWORD}';
GRANT ALL ON *.* TO {SUPERUSER}@'%' WITH GRANT OPTION;
"""


@dataclass(frozen=True)
class MariaDatabase:
    """A database of its own; an account of any name may be made in it by `run`."""

    name: str
    port: int
    host: str = "127.0.0.1"

    def run(self, *statements: str) -> list[tuple[Any, ...]]:
        """Statements as the superuser; the rows of the last."""
        with ThreadPoolExecutor(1) as thread:  # tests call this from within their own loop, too
            return thread.submit(asyncio.run, _run(self.port, self.name, statements)).result()


class MariaServer:
    """A running server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._numbers = count(1)

    def empty_database(self, prefix: str = "empty") -> MariaDatabase:
        name = f"{prefix}_{next(self._numbers)}"
        MariaDatabase("mysql", self.port).run(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
        return MariaDatabase(name, self.port)

    def drop(self, database: MariaDatabase) -> None:
        MariaDatabase("mysql", self.port).run(f"DROP DATABASE IF EXISTS `{database.name}`")


@contextmanager
def running_mariadb(certificates: TlsSettings | None = None) -> Iterator[MariaServer]:
    """Starts a server over a temporary folder and removes both at the end; encrypting if given certificates.

    Skips where none is installed; under INFINURE_REQUIRE_ALL that is a failure.
    """
    server = shutil.which(SERVER, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]))
    if server is None:
        if os.environ.get("INFINURE_REQUIRE_ALL"):
            pytest.fail("no MariaDB is installed")
        pytest.skip("no MariaDB is installed")
    folder = Path(tempfile.mkdtemp(prefix="infinure-mariadb-"))
    account: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses root
        account = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
    data, port, log, first = folder / "data", free_port(), folder / "log", folder / "first.sql"
    temporary = folder / "temporary"  # of its own: a server that starts removes all temporary tables, others' too
    data.mkdir()
    temporary.mkdir()
    first.write_text(_FIRST)
    options = _encryption(folder, certificates)
    if account:
        for path in (folder, *folder.iterdir()):
            os.chown(path, _NOBODY, _NOBODY)
    common = [server, "--no-defaults", f"--datadir={data}", f"--tmpdir={temporary}",
              "--innodb-log-file-size=8M", "--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=0",
              "--skip-name-resolve"]  # fmt: skip
    scripts = [(Path("/usr/share/mysql") / name).read_text() for name in _SYSTEM_TABLES]
    made = subprocess.run(
        [*common, "--bootstrap", "--max-allowed-packet=8M"],
        input="\n".join(["CREATE DATABASE mysql;", "USE mysql;", "SET @auth_root_socket=NULL;", *scripts]),
        text=True, check=False, capture_output=True, **account,
    )  # fmt: skip
    assert made.returncode == 0, f"MariaDB's tables weren't made (status {made.returncode}):\n{made.stderr[-4000:]}"
    command = [
        *common, f"--port={port}", "--bind-address=127.0.0.1", f"--init-file={first}", "--local-infile=1",
        f"--socket={folder / 'socket'}", f"--pid-file={folder / 'pid'}", *options,
    ]  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **account)
    try:
        _when_ready(process, port, log)
        yield MariaServer(port)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _encryption(folder: Path, files: TlsSettings | None) -> list[str]:
    if files is None:
        return []
    copies = []
    for option, source in (("cert", files.certificate), ("key", files.key), ("ca", files.authority)):
        copy = folder / f"{option}.pem"
        shutil.copyfile(source, copy)
        copies.append(f"--ssl-{option}={copy}")
    return copies


def _when_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            asyncio.run(_run(port, "mysql", ["SELECT 1"]))
            return
        except asyncmy.errors.MySQLError as error:
            if error.args[0] != _CANT_CONNECT or process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"MariaDB didn't start:\n{log.read_text()}") from None
            time.sleep(0.05)


async def _run(port: int, database: str, statements: Any) -> list[tuple[Any, ...]]:
    connection = await asyncmy.connect(
        host="127.0.0.1", port=port, user=SUPERUSER, password=PASSWORD, database=database, autocommit=True
    )
    try:
        async with connection.cursor() as cursor:
            for statement in statements:
                await cursor.execute(statement)
            return [tuple(row) for row in await cursor.fetchall()]
    finally:
        await connection.ensure_closed()
