"""One client of a ClickHouse source: to the checked address alone, encrypted as asked, failing in kinds."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp
from clickhouse_connect.driver.asyncclient import AsyncClient
from clickhouse_connect.driver.exceptions import Error as ClientError

from services.integration.executors.clickhouse_emptiness import may_aggregate_nothing
from services.integration.executors.clickhouse_failures import code_in, query_failure
from services.integration.executors.clickhouse_http import ServerRefused, open_client
from services.integration.executors.errors import (
    CredentialsRejected,
    DatabaseUnknown,
    SourceError,
    TlsFailed,
    TooLarge,
    Unreachable,
)
from services.integration.executors.tls import Tls, tls_context

if TYPE_CHECKING:
    import pyarrow as pa

_EMPTY = "aggregate_functions_null_for_empty"
# Whatever the account's or the server's defaults are, the guarded text must mean here what the guard read: what a
# join doesn't find is null, a sum of nothing too, and times are UTC. What a server doesn't know is left out.
_SETTINGS = {
    "session_timezone": "UTC",
    "join_use_nulls": "1",
    _EMPTY: "1",
    "transform_null_in": "0",
    "prefer_column_name_to_alias": "0",
    "cancel_http_readonly_queries_on_client_close": "1",
    "output_format_arrow_compression_method": "none",
    "output_format_arrow_string_as_string": "1",
    "output_format_arrow_low_cardinality_as_dictionary": "0",
    "output_format_arrow_date_as_uint16": "0",
}
# Of one query's memory, where the server sets none.
_MEMORY_BYTES = 4 * 1024**3
_NAMES = ", ".join(f"'{name}'" for name in (*_SETTINGS, "readonly", "max_memory_usage"))
_KNOWN = f"SELECT name, value FROM system.settings WHERE name IN ({_NAMES})"  # noqa: S608  names of our own
_OWN_BYTES = 16 * 1024 * 1024
# Of a failure that is told inside the body.
_TOLD_BYTES = 64 * 1024
_TOO_LARGE = "The result is larger than can be sent: ask for fewer rows or columns."
_REJECTED = {192, 193, 194, 195, 516}
_ENCRYPTED = (Tls.REQUIRE, Tls.VERIFY_FULL)
_DRIVER_ERRORS = (ClientError, aiohttp.ClientError, OSError)


@dataclass(frozen=True, slots=True)
class ClickhouseTarget:
    """Where to connect. `address` is the checked IP address; `host` is what was configured, the name to be proven."""

    host: str
    address: str
    port: int
    database: str
    username: str
    password: str = field(repr=False)
    tls: Tls = Tls.PREFER


class ClickhouseConnection:
    """Queries one at a time. Raises SourceError alone."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client
        self._settings: dict[str, str] = {}
        self._open = True

    async def prepare(self) -> None:
        """Learn which settings the server knows and lets us set. To be called once; raises what the client raises."""
        async with await self._answered(_KNOWN, {"query_id": str(uuid4())}, fmt="TabSeparated") as answer:
            known = await _known(answer)
        if "readonly" not in known:
            raise query_failure(0)
        if known.get("readonly") == "1":
            raise CredentialsRejected(
                "The account may send no settings with a query, so its queries can't be bounded: give its profile "
                "readonly = 2 rather than 1."
            )
        self._settings = {name: value for name, value in _SETTINGS.items() if name in known}
        if known.get("readonly") == "0":
            self._settings["readonly"] = "2"
        if known.get("max_memory_usage") == "0":
            self._settings["max_memory_usage"] = str(_MEMORY_BYTES)

    @asynccontextmanager
    async def stream(
        self, sql: str, query_id: str, *, timeout_ms: int, most_bytes: int
    ) -> AsyncIterator[AsyncIterator[pa.RecordBatch]]:
        """The result's batches as the server makes them, the first without rows; leaving the block closes it."""
        settings = self._settings | {"query_id": query_id, "max_execution_time": f"{timeout_ms / 1000:g}"}
        if _EMPTY in settings and not may_aggregate_nothing(sql):
            del settings[_EMPTY]
        with _told():
            async with await self._answered(sql, settings) as answer:
                yield _decoded(answer, most_bytes)

    async def rows(self, sql: str, *, timeout_ms: int, query_id: str = "") -> Sequence[tuple[Any, ...]]:
        """The few rows of our own statement, as the server sends them."""
        named = query_id or str(uuid4())
        async with self.stream(sql, named, timeout_ms=timeout_ms, most_bytes=_OWN_BYTES) as batches:
            return await _rows(batches)

    async def read(
        self, sql: str, query_id: str, *, timeout_ms: int, most_bytes: int
    ) -> AsyncGenerator[pa.RecordBatch, None]:
        """The result as answers have it: at least one batch, all of one schema."""
        from services.integration.executors.clickhouse_results import ResultReader, families

        reader = None
        received = 0
        async with self.stream(sql, query_id, timeout_ms=timeout_ms, most_bytes=most_bytes) as batches:
            async for batch in batches:
                if reader is None:
                    reader = ResultReader(families(batch.schema) or await self._described(sql, timeout_ms))
                received += batch.nbytes
                if received > most_bytes:
                    raise TooLarge(_TOO_LARGE)
                yield reader.read(batch)

    async def _described(self, sql: str, timeout_ms: int) -> list[tuple[str, str]]:
        rows = await self.rows(f"DESCRIBE TABLE ({sql})", timeout_ms=timeout_ms)
        return [(str(row[0]), str(row[1])) for row in rows]

    async def kill(self, query_id: str) -> None:
        """End a query of this account in the server; fine if it is over."""
        sql = f"KILL QUERY WHERE query_id = '{query_id}' ASYNC"
        with _told():
            async with await self._answered(sql, {"query_id": str(uuid4())}, fmt=None):
                return

    def is_closed(self) -> bool:
        return not self._open

    def is_in_transaction(self) -> bool:
        return False

    async def close(self, *, timeout: float) -> None:
        self._open = False
        async with asyncio.timeout(timeout):
            await self._client.close()

    def terminate(self) -> None:
        self._open = False
        session = self._client._session
        if session is not None and session.connector is not None:
            session.connector._close()  # at once; what its public way adds is waiting

    async def _answered(self, sql: str, settings: Mapping[str, str], fmt: str | None = "ArrowStream") -> Any:
        return await self._client.raw_stream(sql, settings=dict(settings), fmt=fmt)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ServerRefused as error:
        raise query_failure(error.code) from None
    except _DRIVER_ERRORS as error:
        if isinstance(error, TimeoutError):
            raise
        raise query_failure(0) from None


async def _known(answer: Any) -> dict[str, str]:
    text = bytearray()
    async for data in answer:
        text += data
        if len(text) > _TOLD_BYTES:
            break
    pairs = (line.split("\t") for line in text.decode(errors="replace").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


async def _decoded(answer: Any, most_bytes: int) -> AsyncIterator[pa.RecordBatch]:
    """Raises SourceError, by the code that the server wrote into the body where it broke off."""
    from services.integration.executors.arrow_stream import NotArrow, OverLimit, StreamDecoder

    decoder = StreamDecoder(most_bytes)
    try:
        async for data in answer:
            for batch in decoder.feed(data):
                yield batch
    except NotArrow as error:
        rest = bytearray(error.rest)
        async for data in answer:
            rest += data
            if len(rest) > _TOLD_BYTES:
                break
        raise query_failure(code_in(bytes(rest))) from None
    except OverLimit:
        raise TooLarge(_TOO_LARGE) from None
    if not decoder.ended or decoder.rest:
        raise query_failure(code_in(decoder.rest))
    if not decoder.batches:
        yield decoder.empty()


async def _rows(batches: AsyncIterator[pa.RecordBatch]) -> Sequence[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    async for batch in batches:
        found += zip(*(map(_text, column.to_pylist()) for column in batch.columns), strict=True)
    return found


def _text(value: Any) -> Any:
    return value.decode(errors="replace") if isinstance(value, bytes) else value


async def dial(target: ClickhouseTarget, timeout_seconds: float) -> ClickhouseConnection:
    """A new client that was answered. Raises Unreachable, CredentialsRejected, DatabaseUnknown or TlsFailed."""
    context = tls_context(target.tls, target.host)
    try:
        async with asyncio.timeout(timeout_seconds):
            try:
                return await _connect(target, context)
            except _DRIVER_ERRORS as error:
                if target.tls is not Tls.PREFER or isinstance(_origin(error), TimeoutError):
                    raise
                return await _connect(target, None)
    except Exception as error:
        raise connection_failure(error, target) from None


async def _connect(target: ClickhouseTarget, context: ssl.SSLContext | None) -> ClickhouseConnection:
    connection = ClickhouseConnection(
        open_client(
            host=target.host,
            address=target.address,
            port=target.port,
            username=target.username,
            password=target.password,
            database=target.database,
            tls=context,
        )
    )
    try:
        await connection.prepare()
    except BaseException:
        connection.terminate()
        raise
    return connection


def _origin(error: BaseException) -> BaseException:
    """What happened in the network, below what the client makes of it."""
    while isinstance(error, ClientError) and error.__cause__ is not None:
        error = error.__cause__
    return error


def connection_failure(error: Exception, target: ClickhouseTarget) -> SourceError:
    """The kind of failure, with a text that says what to do."""
    where = f"{target.host}:{target.port}"
    match _origin(error):
        case CredentialsRejected() as rejected:
            return rejected
        case ServerRefused(code=code) if code in _REJECTED:
            return CredentialsRejected(f"{where} refused the login: check user name and password.", sqlstate=str(code))
        case ServerRefused(status=401 | 403, code=0):
            return CredentialsRejected(f"{where} refused the login: check user name and password.")
        case ServerRefused(code=81):
            return DatabaseUnknown(f"{where} answers but has no database of this name: check the name.", sqlstate="81")
        case ServerRefused(code=497):
            return CredentialsRejected(f"{where} lets this account read nothing: grant it SELECT.", sqlstate="497")
        case ServerRefused(code=code) if code:
            return query_failure(code)
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return TlsFailed(f"No TLS connection to {where}: check its certificate and name, or use another TLS mode.")
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientOSError() if target.tls in _ENCRYPTED and not isinstance(
            _origin(error), aiohttp.ClientConnectorError
        ):
            return TlsFailed(f"{where} doesn't offer TLS: turn it on there, or choose a TLS mode without it.")
        case TimeoutError():
            return Unreachable(f"{where} didn't answer in time: check host, port and firewall.")
        case OSError():
            return Unreachable(f"Nothing answers at {where}: check host, port and firewall, and that the server runs.")
        case _:
            return Unreachable(
                f"What answers at {where} doesn't speak ClickHouse's HTTP protocol: check host, port and TLS mode."
            )
