"""One connection to a MySQL or MariaDB source: to the checked address alone, encrypted as asked, failing in kinds."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from asyncmy.errors import MySQLError

from services.integration.executors.errors import (
    CredentialsRejected,
    DatabaseUnknown,
    SourceError,
    TimedOut,
    TlsFailed,
    Unreachable,
)
from services.integration.executors.mysql_driver import Driver
from services.integration.executors.mysql_failures import number, query_failure, told_by_server
from services.integration.executors.tls import Tls, tls_context

# Whatever the server's or the account's defaults are, the guarded text must mean here what the guard read: backticks
# quote names and both quotes texts, with backslashes; || is OR. Groups are whole, differences may be negative, and a
# quotient has more digits than four. What a server doesn't know is left out.
_SETTINGS = {
    "sql_mode": "'ONLY_FULL_GROUP_BY,NO_UNSIGNED_SUBTRACTION'",
    "tx_read_only": "1",  # what ends our transaction, as CREATE does, begins another
    "transaction_read_only": "1",
    "time_zone": "'+00:00'",
    "lc_time_names": "'en_US'",
    "default_week_format": "0",
    "div_precision_increment": "10",
    "group_concat_max_len": "1048576",
    "sql_select_limit": "18446744073709551615",
    "sql_auto_is_null": "0",
    "sql_big_selects": "1",
    "max_join_size": "18446744073709551615",
    "lock_wait_timeout": "1",
    "innodb_lock_wait_timeout": "1",
    "wait_timeout": "900",
    "net_write_timeout": "60",
}
# MySQL counts milliseconds, MariaDB seconds.
_LIMITS = {"max_execution_time": 1, "max_statement_time": 1000}
_FIRST = "SET SESSION sql_mode = '', SESSION sql_select_limit = 18446744073709551615"
_KNOWN = "SHOW SESSION VARIABLES WHERE Variable_name IN ({})".format(
    ", ".join(f"'{name}'" for name in (*_SETTINGS, *_LIMITS))
)


@dataclass(frozen=True, slots=True)
class MysqlTarget:
    """Where to connect. `address` is the checked IP address; `host` is what was configured, the name to be proven."""

    host: str
    address: str
    port: int
    database: str
    username: str
    password: str = field(repr=False)
    tls: Tls = Tls.PREFER


class MysqlConnection:
    """Statements one at a time. Raises SourceError alone; `reusable` says whether it can be used after one."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._known: frozenset[str] = frozenset()
        self._open = True
        self._clean = True

    @property
    def reusable(self) -> bool:
        """True if the last statement is over, well or not, and the server waits for the next."""
        result = self._driver._result
        return self._clean and not self.is_closed() and not (result is not None and result.unbuffered_active)

    @property
    def thread_id(self) -> int:
        """By which another connection can end this one."""
        return int(self._driver.thread_id())

    @property
    def server_version(self) -> str:
        return str(self._driver.server_version)

    @property
    def received(self) -> int:
        """Bytes that came from the server so far."""
        return self._driver.received

    async def prepare(self) -> None:
        """Learn which settings the server knows. To be called once, after connecting."""
        await self.execute(_FIRST)
        self._known = frozenset(row[0].decode().lower() for row in await self.rows(_KNOWN))

    async def begin(self, timeout_ms: int) -> None:
        """Start a transaction that only reads, under our settings; `timeout_ms` bounds each statement."""
        settings = {name: value for name, value in _SETTINGS.items() if name in self._known}
        settings |= {name: f"{timeout_ms / unit:g}" for name, unit in _LIMITS.items() if name in self._known}
        await self.execute("SET " + ", ".join(f"SESSION {name} = {value}" for name, value in settings.items()))
        await self.execute("START TRANSACTION READ ONLY")

    async def rollback(self) -> None:
        await self._told(self._driver.rollback())

    async def execute(self, sql: str) -> None:
        """A statement without rows, or with few."""
        await self._told(self._driver.query(sql))

    async def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """The few rows of our own statement."""
        await self.execute(sql)
        return self._driver._result.rows or ()

    async def open(self, sql: str) -> Sequence[Any]:
        """Start a query; its columns as the driver describes them."""
        await self._told(self._driver.query(sql, unbuffered=True))
        return self._driver._result.fields or ()

    async def more(self) -> list[tuple[Any, ...]]:
        """The next rows of the opened query, about as many as one read from the network brings; none at its end."""
        result = self._driver._result
        row = await self._told(result._read_rowdata_packet_unbuffered())
        return [] if row is None else [row, *result._take_pending_rows()]

    async def kill(self, thread_id: int) -> None:
        """End another connection of this account, and what it runs."""
        try:
            await self.execute(f"KILL {thread_id:d}")
        except SourceError:
            if not self.reusable:
                raise
            # It had ended by itself.

    def is_closed(self) -> bool:
        return not self._open or self._driver.broken

    def is_in_transaction(self) -> bool:
        return bool(self._driver.get_transaction_status())

    async def close(self, *, timeout: float) -> None:
        self._open = False
        try:  # the driver's own words are nobody's
            async with asyncio.timeout(timeout):
                await self._driver.ensure_closed()
        except Exception:
            self._driver.abort()

    def terminate(self) -> None:
        self._open = False
        self._driver.abort()

    async def _told(self, answer: Any) -> Any:
        self._clean = False
        try:
            value = await answer
        except Exception as error:  # a server that isn't one makes the driver fail in any way
            self._clean = told_by_server(error)
            raise query_failure(error) from None
        self._clean = True
        return value


async def dial(target: MysqlTarget, timeout_seconds: float) -> MysqlConnection:
    """A new connection. Raises Unreachable, CredentialsRejected, DatabaseUnknown or TlsFailed."""
    context = tls_context(target.tls, target.host)
    try:
        async with asyncio.timeout(timeout_seconds):
            try:
                driver = await _connect(target, context)
            except (ssl.SSLError, ConnectionError, MySQLError) as error:
                if target.tls is not Tls.PREFER or number(error) not in (0, 2003, 2013):
                    raise
                driver = await _connect(target, None)
            connection = MysqlConnection(driver)
            try:
                await connection.prepare()
            except BaseException:
                connection.terminate()
                raise
            return connection
    except Exception as error:
        raise connection_failure(error, target) from None


async def _connect(target: MysqlTarget, context: ssl.SSLContext | None) -> Driver:
    driver = Driver(
        tls_required=target.tls is not Tls.PREFER,
        host=target.address,
        port=target.port,
        database=target.database,
        user=target.username,
        password=target.password,
        ssl=context,
    )
    try:
        await driver.connect()
    except BaseException:
        driver.abort()
        raise
    return driver


def connection_failure(error: Exception, target: MysqlTarget) -> SourceError:
    """The kind of failure, with a text that says what to do."""
    where = f"{target.host}:{target.port}"
    state = getattr(error, "sqlstate", None) or ""
    cause: BaseException = error.__cause__ if isinstance(error, MySQLError) and error.__cause__ else error
    match number(error), cause:
        case _, TlsFailed():
            return TlsFailed(f"{where} doesn't offer TLS: turn it on there, or choose a TLS mode without it.")
        case (1045 | 1130 | 1251 | 1275 | 1524 | 1698 | 1820 | 1862 | 2059 | 3118 | 3955 | 4151, _) | (
            _,
            CredentialsRejected(),
        ):
            return CredentialsRejected(
                f"{where} refused the login: check user name and password, that the user may connect from here, and "
                "whether the server asks for TLS.",
                sqlstate=state,
            )
        case 3159, _:
            return CredentialsRejected(f"{where} asks for TLS: choose a TLS mode with it.", sqlstate=state)
        case 1049 | 1044, _:
            return DatabaseUnknown(
                f"{where} answers but has no database of this name that the user may see: check the name.",
                sqlstate=state,
            )
        case 1040 | 1203 | 1226, _:
            return Unreachable(f"{where} has no connection free: try again later, or raise its limit.", sqlstate=state)
        case 1129, _:
            return Unreachable(f"{where} blocks connections from here after errors: its administrator can unblock us.")
        case 1053, _:
            return Unreachable(f"{where} is starting or stopping: try again shortly.", sqlstate=state)
        case _, ssl.SSLError():
            return TlsFailed(f"No TLS connection to {where}: check its certificate and name, or use another TLS mode.")
        case _, TimeoutError():
            return Unreachable(f"{where} didn't answer in time: check host, port and firewall.")
        case _, OSError():
            return Unreachable(f"Nothing answers at {where}: check host, port and firewall, and that the server runs.")
        case _, TimedOut() | Unreachable():
            return cause
        case _:
            return Unreachable(f"What answers at {where} doesn't speak MySQL as expected: check host and port.")
