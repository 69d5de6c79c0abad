"""The whole mesh as a user starts it: `infinure up` on a home and a port of its own, with the demo organization."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cli.home import Home
from cli.stores import psql
from cli.stores.provision import DATABASE
from tests.builders.ports import free_port


@dataclass(frozen=True)
class Mesh:
    """A running mesh. `users` maps a role to its e-mail and password."""

    home: Path
    port: int
    users: dict[str, tuple[str, str]]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def demo_rows(self, sql: str) -> list[list[str]]:
        """Rows of SQL written by hand, straight from the demo's database, in UTC."""
        return self._rows("demo_shop", sql)

    def control_plane(self, sql: str) -> list[list[str]]:
        """The same of what the services keep."""
        return self._rows(DATABASE, sql)

    def _rows(self, database: str, sql: str) -> list[list[str]]:
        home = Home(self.home)
        ports = json.loads(home.ports.read_text())
        url = f"postgresql://postgres:{home.secrets().postgres}@127.0.0.1:{ports['postgres']}/{database}"
        return [line.split("|") for line in psql.run(url, f"SET timezone TO 'UTC';\n{sql}")]

    def demo_today(self) -> date:
        """The day that the demo was made for: its data end the day before."""
        (last,) = self.demo_rows("SELECT max(ordered_at)::date + 1 FROM orders")
        return date.fromisoformat(last[0])

    def logs(self) -> str:
        """All that any process has written."""
        return "\n".join(file.read_text(errors="replace") for file in sorted((self.home / "logs").iterdir()))


def infinure(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, as a user gives it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INFINURE_")}
    command = [sys.executable, "-m", "cli", *arguments, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@contextmanager
def running_mesh() -> Iterator[Mesh]:
    """Starts one, waits until it is ready, and stops it at the end."""
    with tempfile.TemporaryDirectory(prefix="infinure-mesh-") as folder:
        home, port = Path(folder) / "home", free_port()
        started = infinure(home, "up", "--detach", "--port", str(port))
        try:
            assert started.returncode == 0, started.stdout + started.stderr
            status: dict[str, Any] = json.loads(infinure(home, "status", "--json").stdout)
            users = {user["role"]: (user["email"], user["password"]) for user in status["demo_users"]}
            yield Mesh(home, port, users)
        finally:
            infinure(home, "down")
