"""INFINURE_HOME: where everything of one installation lives, and the lock that lets one run at a time use it."""

import fcntl
import json
import os
import secrets
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cli.errors import CommandError
from cli.files import read_json, write_json, write_private
from cli.stores.accounts import store_account
from cli.stores.provision import ON_POSTGRES, SERVICES, Passwords
from cli.stores.valkey import OPERATOR

DEFAULT_HOME = ".infinure"
# The services that keep something in ClickHouse.
CLICKHOUSE_USERS = ("integration", "analytics")


@dataclass(frozen=True)
class Secrets:
    """What was made once at first start. Losing it means losing access to the embedded stores."""

    postgres: str = field(repr=False)
    roles: dict[str, Passwords] = field(repr=False)
    valkey: dict[str, str] = field(repr=False)
    page_token_key: str = field(repr=False)
    # Users of the embedded ClickHouse processes.
    clickhouse: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Home:
    """The layout. Nothing is made until `ensure`."""

    folder: Path

    @classmethod
    def chosen(cls, option: Path | None) -> "Home":
        """By `--home`, else INFINURE_HOME, else `.infinure` in the current folder."""
        return cls((option or Path(os.environ.get("INFINURE_HOME") or DEFAULT_HOME)).expanduser().absolute())

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def valkey(self) -> Path:
        return self.folder / "valkey"

    @property
    def warehouse(self) -> Path:
        return self.folder / "warehouse"

    @property
    def analytics_store(self) -> Path:
        return self.folder / "analytics-store"

    @property
    def certificates(self) -> Path:
        return self.folder / "certificates"

    @property
    def signing_keys(self) -> Path:
        return self.folder / "keys" / "signing"

    @property
    def audit_keys(self) -> Path:
        """The keys that sign the audit trail."""
        return self.folder / "keys" / "audit"

    @property
    def audit_anchors(self) -> Path:
        """What the audit trail's ends are held against."""
        return self.folder / "audit-anchors"

    @property
    def outbox(self) -> Path:
        """E-mails, where no mail server is named."""
        return self.folder / "outbox"

    @property
    def master_key(self) -> Path:
        """What seals the credentials of data sources."""
        return self.folder / "keys" / "master.key"

    @property
    def identity_key(self) -> Path:
        """What seals people's second factors: another key than the credentials', as another process holds it."""
        return self.folder / "keys" / "identity.key"

    @property
    def files(self) -> Path:
        """What people uploaded."""
        return self.folder / "files"

    @property
    def state(self) -> Path:
        return self.folder / "state.json"

    @property
    def ports(self) -> Path:
        return self.folder / "ports.json"

    @property
    def processes(self) -> Path:
        return self.folder / "processes.json"

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations.json"

    @property
    def demo(self) -> Path:
        return self.folder / "demo.json"

    def work(self, process: str) -> Path:
        """A process's working folder: for what it may keep on disk and can make again."""
        return self.folder / "work" / process

    def log(self, process: str) -> Path:
        return self.logs / f"{process}.log"

    def ensure(self) -> None:
        """Makes the folders. Idempotent.

        Raises:
            CommandError: the place can't be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # A store's own account must walk through; everything inside is closed to it but its own folder.
            self.folder.chmod(0o711 if store_account() else 0o700)
            for folder in (self.logs, self.certificates, self.signing_keys.parent, self.signing_keys, self.work("")):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"{self.folder} can't be used: {error.strerror}.", "Choose another by --home or INFINURE_HOME."
            ) from error

    def secrets(self) -> Secrets:
        """The secrets, made at first call.

        Raises:
            CommandError: data is there, but the secrets that open it are not.
        """
        path = self.folder / "secrets.json"
        if not path.exists():
            if self.postgres.exists():
                raise CommandError(f"{path} is gone, and {self.postgres} can't be opened without it.", "Restore it.")
            write_json(path, _new_secrets())
        for key in (self.master_key, self.identity_key):
            if not key.exists():
                write_private(key, _key() + "\n")
        kept = read_json(path, {})
        if "clickhouse" not in kept:  # a home from before there was one
            kept["clickhouse"] = _clickhouse_passwords()
            write_json(path, kept)
        roles = {service: Passwords(**kept["roles"][service]) for service in ON_POSTGRES}
        return Secrets(kept["postgres"], roles, kept["valkey"], kept["page_token_key"], kept["clickhouse"])

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the home for this process; the kernel lets go of it however the process ends.

        Raises:
            CommandError: another `infinure up` holds it; the message names its pid.
        """
        with self._lock_file.open("a+") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(
                    f"Infinure already runs on {self.folder} (pid {self.holder()}).",
                    "See it by `infinure status`, stop it by `infinure down`, or start another by --home and --port.",
                ) from None
            stream.truncate(0)
            stream.write(json.dumps({"pid": os.getpid()}))
            stream.flush()
            try:
                yield
            finally:
                stream.truncate(0)

    def holder(self) -> int | None:
        """The pid of the `infinure up` that holds this home now, if any."""
        if not self._lock_file.exists():
            return None
        with self._lock_file.open("r") as stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(json.loads(stream.read() or '{"pid": 0}')["pid"])
        return None

    @property
    def _lock_file(self) -> Path:
        return self.folder / "up.lock"


def _new_secrets() -> dict[str, object]:
    return {
        "postgres": secrets.token_urlsafe(24),
        "roles": {s: {"owner": secrets.token_urlsafe(24), "app": secrets.token_urlsafe(24)} for s in ON_POSTGRES},
        "valkey": {name: secrets.token_urlsafe(24) for name in (*SERVICES, OPERATOR)},
        "page_token_key": _key(),
        "clickhouse": _clickhouse_passwords(),
    }


def _clickhouse_passwords() -> dict[str, str]:
    return {user: secrets.token_urlsafe(24) for user in CLICKHOUSE_USERS}


def _key() -> str:
    return b64encode(secrets.token_bytes(32)).decode()
