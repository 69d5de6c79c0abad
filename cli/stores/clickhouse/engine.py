"""The engine: chdb over one folder, opened once a process; each query has a session of its own."""

import ctypes
import importlib
import importlib.util
import os
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

from cli.stores.clickhouse import configuration
from cli.stores.clickhouse.errors import UNKNOWN_FORMAT, EngineFailed, Refused
from cli.stores.clickhouse.settings import StoreSettings

TEXT = "TabSeparated"
RTLD_DEEPBIND = 0x8 if sys.platform.startswith("linux") else 0
OPEN_SECONDS, OPEN_POLL_SECONDS = 30.0, 0.05
_FORMATS_SQL = "SELECT name FROM system.formats"


@dataclass(frozen=True)
class Written:
    """What an insert did."""

    rows: int
    bytes: int


@dataclass(frozen=True)
class Part:
    """A piece of a result, in its format."""

    rows: int
    content: bytes


class Engine:
    """Opened by `open`, in the main thread before any other; used from any thread."""

    def __init__(self, connect: Any, address: str) -> None:
        self._connect = connect
        self._address = address
        self._control = Session(connect(address))
        self._lock = threading.Lock()

    @classmethod
    @contextmanager
    def open(cls, settings: StoreSettings) -> Iterator["Engine"]:
        """Waits for the folder's lock: the kernel lets go of a killed owner's within moments.

        Raises:
            EngineFailed: the folder isn't usable, or another process keeps it.
        """
        address = f"{settings.folder}?config-file={_configured(settings)}"
        connect = _chdb().connect
        deadline = time.monotonic() + OPEN_SECONDS
        while True:
            try:
                engine = cls(connect, address)
                break
            except RuntimeError as error:
                if "lock" not in str(error).lower() or time.monotonic() > deadline:
                    raise EngineFailed(str(error)) from None
                time.sleep(OPEN_POLL_SECONDS)
        try:
            yield engine
        finally:
            engine._control.close()

    def session(self) -> "Session":
        """A new one; nothing set in another is seen in it."""
        return Session(self._connect(self._address))

    def kill(self, mark: str) -> None:
        """Ends the query whose session carries this mark, if it runs; returns at once."""
        with self._lock:
            self._control.query(f"KILL QUERY WHERE Settings['log_comment'] = {quoted(mark)} ASYNC", TEXT)

    def formats(self) -> frozenset[str]:
        """Names of all the formats that the engine knows."""
        with self._lock:
            return frozenset(self._control.query(_FORMATS_SQL, TEXT).content.decode().split())

    def settings(self) -> frozenset[str]:
        """Names of all the settings that the engine knows."""
        with self._lock:
            return frozenset(self._control.query("SELECT name FROM system.settings", TEXT).content.decode().split())


class Session:
    """One connection, for one query at a time. Every failure is an EngineFailed."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends what still runs in it."""
        self._connection.close()

    def set(self, values: Mapping[str, str]) -> None:
        """Settings for what follows. Names must be the engine's own (they are not quoted)."""
        if values:
            self.query("SET " + ", ".join(f"{name} = {quoted(value)}" for name, value in values.items()), TEXT)

    def use(self, database: str) -> None:
        self.query(f"USE {identifier(database)}", TEXT)

    def classify(self, statement: str) -> tuple[str, int]:
        """What the engine's parser says it is (READ_ONLY, MUTATING, …, UNKNOWN), and how many statements."""
        with _told():
            found = self._connection.classify_query(statement)
        return found["query_class"].name, found["statement_count"]

    def query(self, statement: str, format_name: str, parameters: Mapping[str, str] | None = None) -> Part:
        """The whole result; `rows` counts those written."""
        with _told():
            result = self._connection.query(statement, format_name, params=dict(parameters or {}))
            return Part(result.rows_written(), result.bytes())

    def stream(self, statement: str, format_name: str, parameters: Mapping[str, str]) -> Iterator[Part]:
        """The result block by block, each a document of its own in the format; an empty result is one part."""
        with _told():
            result = self._connection.send_query(statement, format_name, params=dict(parameters))
        ended = False
        try:
            while not ended:
                with _told():
                    block = self._connection.streaming_fetch_result(result)
                ended = block.rows_read() == 0
                yield Part(block.rows_read(), block.bytes())
        except EngineFailed:
            ended = True
            raise
        finally:
            if not ended:
                with suppress(RuntimeError):  # it has just ended by itself
                    self._connection.streaming_cancel_query(result)

    def insert(self, statement: str, format_name: str, chunks: Iterator[bytes]) -> Written:
        """Feeds an INSERT (without its FORMAT) from chunks; an error in them or in the engine takes it back."""
        with _told():
            inserter = self._connection.send_insert(statement, format_name)
        try:
            for chunk in chunks:
                with _told():
                    self._connection.insert_append(inserter, chunk)
            with _told():
                done = self._connection.insert_done(inserter)
        except BaseException:
            with suppress(RuntimeError):
                self._connection.insert_cancel(inserter)
            raise
        return Written(done.rows_written(), done.bytes_written())


def quoted(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def identifier(name: str) -> str:
    """A quoted name."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def known_format(name: str, formats: frozenset[str]) -> str:
    """Raises:
    Refused: there is none of this name.
    """
    if name not in formats:
        raise Refused(UNKNOWN_FORMAT, "UNKNOWN_FORMAT", "Unknown format.")
    return name


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        raise EngineFailed(str(error)) from None


def _configured(settings: StoreSettings) -> Path:
    """Writes the engine's documents into the folder; they hold no secret."""
    folder = settings.folder / "configuration"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    users_file, server_file = folder / "users.xml", folder / "server.xml"
    users_file.write_text(configuration.xml(configuration.users(settings)))
    server_file.write_text(configuration.xml(configuration.server(settings, users_file)))
    return server_file


def _chdb() -> Any:
    """The engine's own module, without the package around it: that would import pyarrow (40 MB that nothing here
    needs) and open a database of its own in the folder for temporary files."""
    os.environ.setdefault("TZ", "UTC")
    found = importlib.util.find_spec("chdb")
    if found is None or found.submodule_search_locations is None:
        raise EngineFailed("the package chdb is not installed")
    package = ModuleType("chdb")
    package.__path__ = list(found.submodule_search_locations)
    sys.modules.setdefault("chdb", package)
    # As the package does: its allocator must not be taken by, or from, other libraries.
    ctypes.CDLL(str(Path(package.__path__[0]) / "_chdb.abi3.so"), mode=sys.getdlopenflags() | RTLD_DEEPBIND)
    return importlib.import_module("chdb._chdb")
