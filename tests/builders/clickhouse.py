"""A real embedded ClickHouse per test process: its own folder, users and port; and a fresh database per test."""

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import clickhouse_connect
from clickhouse_connect.driver.client import Client

from tests.builders.ports import free_port

PROJECT = Path(__file__).parents[2]
START_SECONDS = 60.0
USER = "integration"


@dataclass
class RunningClickHouse:
    """A server process over one folder; `start` again after `kill` or `stop` is the same server."""

    folder: Path
    port: int
    password: str = field(repr=False)
    settings: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{USER}:{self.password}@127.0.0.1:{self.port}/"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def client(self, **options: object) -> Client:
        """clickhouse-connect's own, as every caller uses it."""
        return clickhouse_connect.get_client(
            host="127.0.0.1",
            port=self.port,
            username=USER,
            password=self.password,
            **options,  # type: ignore[arg-type]
        )

    @contextmanager
    def database(self, prefix: str = "test") -> Iterator[str]:
        """The name of a new database, gone at the end."""
        name = f"{prefix}_{secrets.token_hex(6)}"
        client = self.client()
        try:
            client.command(f"CREATE DATABASE {name}")
            yield name
            client.command(f"DROP DATABASE IF EXISTS {name} SYNC")
        finally:
            client.close()

    def start(self) -> None:
        users = self.folder / "users.json"
        users.write_text(json.dumps({USER: self.password}))
        environment = {
            **os.environ,
            "INFINURE_STORE_FOLDER": str(self.folder / "data"),
            "INFINURE_STORE_LISTEN": f"127.0.0.1:{self.port}",
            "INFINURE_STORE_USERS_FILE": str(users),
            "INFINURE_STORE_MEMORY_BYTES": str(1024 << 20),
            **self.settings,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cli.stores.clickhouse"], env=environment, cwd=PROJECT, stdout=log, stderr=log
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the store did not start: {self.log.read_text()[-2000:]}")
            time.sleep(0.02)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ping", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> int:
        """SIGTERM; its exit status."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(60)

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@contextmanager
def running_clickhouse(**settings: str) -> Iterator[RunningClickHouse]:
    """Starts a server over a temporary folder and removes both at the end; settings are INFINURE_STORE_… variables."""
    folder = Path(tempfile.mkdtemp(prefix="infinure-tests-"))
    server = RunningClickHouse(folder, free_port(), secrets.token_urlsafe(16), settings)
    try:
        server.start()
        yield server
    finally:
        if server.process is not None and server.process.poll() is None:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
