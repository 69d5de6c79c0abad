"""An embedded ClickHouse as a process of the mesh: `python -m cli.stores.clickhouse` over one data folder."""

import http.client
import json
import os
import sys
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cli.launching import Account, Launch, base_environment
from cli.stores.accounts import private_folder, store_account

MEMORY_BYTES = 1536 << 20
TIMEOUT_SECONDS = 5.0


@dataclass(frozen=True)
class ClickHouseServer:
    """One server over one folder; `users` is name → password, `databases` a name or the beginning of one and a star."""

    folder: Path
    port: int
    users: Mapping[str, str] = field(repr=False)
    databases: str
    log: Path
    memory_bytes: int = MEMORY_BYTES

    def prepare(self) -> None:
        """Makes the folders and writes the users. Idempotent.

        Raises:
            CommandError: the folder can't be reached by the server's account.
        """
        account = self._account()
        private_folder(self.folder, account)
        private_folder(self.folder / "data", account)
        users = self.folder / "users.json"
        users.touch(mode=0o600)
        users.write_text(json.dumps(dict(self.users)))
        if account:
            os.chown(users, account.uid, account.gid)

    def launch(self) -> Launch:
        """How to start the server; `prepare` must have run."""
        data = self.folder / "data"
        return Launch(
            # -P: nothing in the working folder can be imported by accident.
            arguments=(sys.executable, "-P", "-m", "cli.stores.clickhouse"),
            environment={
                **base_environment(),
                "INFINURE_STORE_FOLDER": str(data),
                "INFINURE_STORE_LISTEN": f"127.0.0.1:{self.port}",
                # Beside the data: no query can reach it.
                "INFINURE_STORE_USERS_FILE": str(self.folder / "users.json"),
                "INFINURE_STORE_DATABASES": self.databases,
                "INFINURE_STORE_MEMORY_BYTES": str(self.memory_bytes),
                "TZ": "UTC",
                "MALLOC_ARENA_MAX": "2",
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            folder=data,
            log=self.log,
            account=self._account(),
        )

    def is_ready(self) -> bool:
        """Whether the engine is open and answers."""
        try:
            return answer(f"http://127.0.0.1:{self.port}/", "", path="/ping") == "Ok.\n"
        except (OSError, http.client.HTTPException):
            return False

    def url(self, user: str) -> str:
        """A user's URL; passwords are URL-safe."""
        return f"http://{user}:{self.users[user]}@127.0.0.1:{self.port}/"

    def _account(self) -> Account | None:
        return store_account(self.folder, Path(sys.executable), Path(__file__))


def answer(url: str, statement: str, path: str = "/") -> str:
    """What a ClickHouse at this URL says to a statement.

    Raises:
        OSError: it can't be reached, or it refused (the message holds the status alone).
    """
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    secret = b64encode(f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()).decode()
    try:
        if statement:
            connection.request("POST", path, statement.encode(), {"Authorization": f"Basic {secret}"})
        else:
            connection.request("GET", path)
        response = connection.getresponse()
        content = response.read().decode(errors="replace")
        if response.status != http.HTTPStatus.OK:
            raise OSError(f"ClickHouse answered {response.status}")
        return content
    finally:
        connection.close()
