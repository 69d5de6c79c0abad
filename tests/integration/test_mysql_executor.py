"""MySQL and MariaDB: types, limits, outcomes, and that leaving ends the query in the server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from services.integration.boundary.model import Limits
from services.integration.executors.errors import (
    CredentialsRejected,
    DatabaseUnknown,
    QueryFailed,
    TimedOut,
    TlsFailed,
    TooLarge,
    Unreachable,
)
from services.integration.executors.mysql import MysqlExecutor
from services.integration.executors.mysql_connection import dial
from services.integration.executors.mysql_inspection import inspect
from services.integration.executors.mysql_reader import MysqlReader
from services.integration.executors.tls import Tls
from tests.builders.mariadb import MariaDatabase, MariaServer
from tests.builders.ports import free_port
from tests.integration.executors import fetched, guarded, rows
from tests.integration.mysql import connections, executor, target

SLOW = "SELECT count(*) FROM seq_1_to_1000000 AS a JOIN seq_1_to_1000000 AS b ON (a.seq * b.seq) % 7 = 8"
TYPES = """
CREATE TABLE kinds (id INT UNSIGNED PRIMARY KEY, tiny TINYINT, big BIGINT UNSIGNED, price DECIMAL(12,2),
  wide DECIMAL(60,5), ratio FLOAT, flag BIT(1), flags BIT(12), born DATE, seen DATETIME(3), stamp TIMESTAMP NULL,
  took TIME(1), yr YEAR, mood ENUM('fine','sad'), tags SET('a','b'), doc JSON, raw VARBINARY(8), note TEXT, at POINT)
"""


@pytest.fixture(scope="module")
def database(mariadb: MariaServer) -> Iterator[MariaDatabase]:
    made = mariadb.empty_database("executor")
    made.run(
        TYPES,
        "SET sql_mode = ''",
        """INSERT INTO kinds VALUES (1, -128, 18446744073709551615, -1234.50, 123456789012345678901234567890.12345, 0.1,
           b'1', b'100000000001', '2024-02-29', '2025-01-01 01:02:03.004', '2025-07-01 10:00:00', '-25:00:01.5', 2024,
           'sad', 'a,b', '{"a": [1, null]}', x'00ff', 'Grüße 東京 🎉', POINT(1, 2))""",
        "INSERT INTO kinds (id, born, seen) VALUES (2, '0000-00-00', '2024-00-10 00:00:00')",
        "CREATE TABLE written (id INT)",
        "CREATE FUNCTION writes() RETURNS INT BEGIN INSERT INTO written VALUES (1); RETURN 1; END",
        "CREATE SEQUENCE numbers",
    )
    yield made
    mariadb.drop(made)


@pytest.fixture
async def runner(database: MariaDatabase) -> AsyncIterator[MysqlExecutor]:
    made = executor(database)
    yield made
    await made.end()


COLUMNS = {
    "id": (pa.int64(), 1),
    "tiny": (pa.int64(), -128),
    "big": (pa.uint64(), 18446744073709551615),
    "price": (pa.decimal128(38, 2), Decimal("-1234.50")),
    "wide": (pa.decimal256(76, 5), Decimal("123456789012345678901234567890.12345")),
    "ratio": (pa.float64(), 0.1),
    "flag": (pa.bool_(), True),
    "flags": (pa.uint64(), 0b100000000001),
    "born": (pa.date32(), date(2024, 2, 29)),
    "seen": (pa.timestamp("us"), datetime(2025, 1, 1, 1, 2, 3, 4000)),
    "stamp": (pa.timestamp("us", tz="UTC"), datetime(2025, 7, 1, 10, tzinfo=UTC)),
    "took": (pa.string(), "-25:00:01.5"),
    "yr": (pa.int64(), 2024),
    "mood": (pa.string(), "sad"),
    "tags": (pa.string(), "a,b"),
    "doc": (pa.string(), '{"a": [1, null]}'),
    "raw": (pa.string(), "\\x00ff"),
    "note": (pa.string(), "Grüße 東京 🎉"),
    "at": (pa.string(), "\\x000000000101000000000000000000f03f0000000000000040"),
}


@pytest.mark.parametrize("column", COLUMNS)
async def test_columns_keep_their_type(runner: MysqlExecutor, column: str) -> None:
    """Also where there is a null, a date that isn't one, or no row at all."""
    kind, value = COLUMNS[column]
    (batch,), _ = await fetched(runner, f"SELECT `{column}` AS v FROM kinds ORDER BY id")
    (empty,), execution = await fetched(runner, f"SELECT `{column}` AS v FROM kinds WHERE id = 3")
    assert (batch.schema.field("v").type, batch["v"].to_pylist()) == (kind, [value, 2 if column == "id" else None])
    assert (empty.num_rows, execution.row_count) == (0, 0)
    if column != "took":
        assert empty.schema == batch.schema


VALUES = {
    "9223372036854775807": (pa.int64(), 9223372036854775807),
    "0.1e0 + 0.2e0": (pa.float64(), 0.30000000000000004),
    "1 / 3": (pa.decimal128(38, 10), Decimal("0.3333333333")),
    "''": (pa.string(), ""),
    "'a\\\\b\\'c'": (pa.string(), "a\\b'c"),
    '"text"': (pa.string(), "text"),
    "TIME '13:14:15.5'": (pa.time64("us"), time_of_day(13, 14, 15, 500000)),
    "CAST(5 AS UNSIGNED) - CAST(7 AS UNSIGNED)": (pa.int64(), -2),
    "1 || 0": (pa.int64(), 1),
    "NULL": (pa.string(), None),
    "CAST('8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c' AS UUID)": (pa.string(), "8b7e9d0e-5c0b-4f5e-9d6f-0d7c1c1a2b3c"),
}


@pytest.mark.parametrize("expression", VALUES)
async def test_values_mean_what_was_read(runner: MysqlExecutor, expression: str) -> None:
    kind, value = VALUES[expression]
    (batch,), _ = await fetched(runner, f"SELECT {expression} AS v")
    assert (batch.schema.field("v").type, batch.to_pylist()) == (kind, [{"v": value}])


async def test_what_the_guard_read_means_the_same_under_other_defaults(mariadb: MariaServer) -> None:
    database = mariadb.empty_database("defaults")
    database.run(
        "SET GLOBAL init_connect = \"SET sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES', time_zone = '+09:00', "
        "div_precision_increment = 0, sql_select_limit = 1, lc_time_names = 'de_DE'\"",
        "CREATE OR REPLACE USER plain IDENTIFIED BY 'plain'",
        f"GRANT SELECT ON `{database.name}`.* TO plain",
    )
    runner = executor(database, username="plain", password="plain")
    found = await rows(
        runner,
        "SELECT \"x\" AS a, '\\\\' AS b, 1 / 4 AS c, DAYNAME('2025-01-06') AS d, FROM_UNIXTIME(0) AS e UNION ALL "
        "SELECT 'y', 'z', 1, '', NULL",
    )
    await runner.end()
    database.run("SET GLOBAL init_connect = ''", "DROP USER plain")
    mariadb.drop(database)
    assert found[0] == {"a": "x", "b": "\\", "c": Decimal("0.25"), "d": "Monday", "e": datetime(1970, 1, 1)}
    assert len(found) == 2


async def test_times_of_one_column_are_read_alike(runner: MysqlExecutor) -> None:
    sql = "SELECT SEC_TO_TIME(seq) AS v FROM seq_1_to_{}"
    (short,), _ = await fetched(runner, sql.format(3))
    (long,), _ = await fetched(runner, "SELECT SEC_TO_TIME(seq * 100000) AS v FROM seq_0_to_2")
    assert (short.schema.field("v").type, long["v"].to_pylist()) == (
        pa.time64("us"),
        ["00:00:00", "27:46:40", "55:33:20"],
    )


async def test_a_reader_who_takes_his_time_holds_the_source_back(runner: MysqlExecutor) -> None:
    """What isn't taken isn't read: the driver's own buffer would grow by all that the server sends."""
    sql = "SELECT repeat('x', 10000) AS t FROM seq_1_to_1000000"
    async with runner.execute(guarded(sql, 10**9), Limits(max_bytes=10**12, statement_timeout_ms=60_000)) as execution:
        await anext(aiter(execution))
        before = _received(runner)
        await asyncio.sleep(0.3)
        assert _received(runner) - before < 4_000_000


def _received(runner: MysqlExecutor) -> int:
    import gc

    from services.integration.executors.mysql_driver import Driver

    return sum(found.received for found in gc.get_objects() if isinstance(found, Driver))


@pytest.mark.parametrize("size", [4_000_000, 16_777_216])
async def test_one_row_too_large_for_a_message_is_too_large(database: MariaDatabase, size: int) -> None:
    ((before,),) = database.run("SELECT @@GLOBAL.max_allowed_packet")
    database.run("SET GLOBAL max_allowed_packet = 67108864")
    runner = executor(database)
    with pytest.raises(TooLarge):
        await fetched(runner, f"SELECT repeat('x', {size}) AS t")
    await runner.end()
    database.run(f"SET GLOBAL max_allowed_packet = {before}")


FAILURES = {
    "SELECT 9223372036854775807 + CAST(seq AS SIGNED) FROM seq_1_to_2": "22003",
    "SELECT (SELECT seq FROM seq_1_to_2)": "21000",
    "SELECT nothing FROM gone": "42S02",
    "SELECT nothing FROM kinds": "42S22",
    "SELECT mood, count(*) FROM kinds": "42000",
    "SELECT count(*) FROM kinds WHERE 'canary-4711' REGEXP '('": "42000",
    "SELEC 'canary-4711'": "42000",
    "SELECT 1; SELECT 2": "42000",
}


@pytest.mark.parametrize("sql", FAILURES)
async def test_failures_have_their_code_and_none_of_the_data(runner: MysqlExecutor, sql: str) -> None:
    with pytest.raises(QueryFailed) as failed:
        await fetched(runner, sql)
    assert failed.value.sqlstate == FAILURES[sql]
    assert "canary" not in failed.value.text
    assert failed.value.__cause__ is None
    assert await rows(runner, "SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT writes()",
        "INSERT INTO written VALUES (1)",
        "CREATE TABLE made (id INT)",
        "DROP TABLE written",
        "LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE written",
    ],
)
async def test_what_writes_is_refused_by_the_transaction(
    runner: MysqlExecutor, database: MariaDatabase, sql: str
) -> None:
    """Without the guard, and as a superuser."""
    with pytest.raises((QueryFailed, Unreachable)):
        await fetched(runner, sql)
    assert database.run("SELECT (SELECT count(*) FROM written), count(*) FROM information_schema.TABLES "
                        f"WHERE TABLE_SCHEMA = '{database.name}' AND TABLE_NAME = 'made'") == [(0, 0)]  # fmt: skip


@pytest.mark.parametrize("sql", [SLOW, "SELECT SLEEP(30)"])
async def test_a_slow_query_times_out(runner: MysqlExecutor, sql: str) -> None:
    started = time.monotonic()
    with pytest.raises(TimedOut):
        await fetched(runner, sql, Limits(statement_timeout_ms=300))
    assert time.monotonic() - started < 20  # and not after its 30 seconds


@pytest.mark.parametrize("sql", [SLOW, "SELECT SLEEP(30)"])
async def test_leaving_ends_the_query_in_the_server(runner: MysqlExecutor, database: MariaDatabase, sql: str) -> None:
    async with runner.execute(guarded(sql), Limits(statement_timeout_ms=60_000)):
        await until(lambda: connections(database, "Query") == 1)
    assert connections(database, "Query") == 0


async def test_fifty_cancelled_queries_leave_nothing(database: MariaDatabase) -> None:
    runner = executor(database)

    async def query(delay: float) -> None:
        async with runner.execute(guarded("SELECT SLEEP(30)"), Limits(statement_timeout_ms=60_000)) as execution:
            await asyncio.wait_for(drained(execution), delay)

    outcomes = await asyncio.gather(*(query(0.01 + n * 0.01) for n in range(50)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {TimeoutError}
    await until(lambda: connections(database, "Query") == 0)
    await runner.end()
    await until(lambda: connections(database) == 0)


async def test_connections_are_used_again_and_closed_when_idle(runner: MysqlExecutor, database: MariaDatabase) -> None:
    first = await rows(runner, "SELECT CONNECTION_ID() AS id")
    assert await rows(runner, "SELECT CONNECTION_ID() AS id") == first
    assert not runner.idle
    await runner.close_idle(0)
    assert runner.idle
    await until(lambda: connections(database) == 0)


async def test_a_connection_that_died_while_idle_is_replaced(runner: MysqlExecutor, database: MariaDatabase) -> None:
    ((found,),) = [tuple(row.values()) for row in await rows(runner, "SELECT CONNECTION_ID() AS id")]
    database.run(f"KILL {found}")
    assert await rows(runner, "SELECT 1 AS one") == [{"one": 1}]


async def test_a_source_that_goes_away_is_unreachable(runner: MysqlExecutor, database: MariaDatabase) -> None:
    ((found,),) = [tuple(row.values()) for row in await rows(runner, "SELECT CONNECTION_ID() AS id")]
    async with runner.execute(guarded("SELECT SLEEP(30)"), Limits(statement_timeout_ms=60_000)) as execution:
        await until(lambda: connections(database, "Query") == 1)
        database.run(f"KILL {found}")
        with pytest.raises((Unreachable, QueryFailed)):
            await drained(execution)


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"password": "canary-4711"}, CredentialsRejected),
        ({"password": "pässwörd-東京"}, CredentialsRejected),
        ({"username": "nobody_here"}, CredentialsRejected),
        ({"database": "no_such_database"}, DatabaseUnknown),
        ({"tls": Tls.REQUIRE}, TlsFailed),
        ({"tls": Tls.VERIFY_FULL}, TlsFailed),
    ],
)
async def test_connecting_fails_in_kinds(
    database: MariaDatabase, changes: dict[str, Any], kind: type[Exception]
) -> None:
    with pytest.raises(kind) as failed:
        await dial(target(database, **changes), 30.0)
    assert "canary" not in str(failed.value)


async def test_a_password_of_any_letters_is_accepted(database: MariaDatabase) -> None:
    database.run(
        "CREATE OR REPLACE USER letters IDENTIFIED BY 'pässwörd-東京'",
        f"GRANT SELECT ON `{database.name}`.* TO letters",
    )
    runner = executor(database, username="letters", password="pässwörd-東京", tls=Tls.PREFER)
    assert await rows(runner, "SELECT count(*) AS n FROM kinds") == [{"n": 2}]
    await runner.end()
    database.run("DROP USER letters")


async def test_nobody_listening_and_somebody_silent_are_unreachable(database: MariaDatabase) -> None:
    with pytest.raises(Unreachable):
        await dial(target(database, port=free_port()), 30.0)
    silent = await asyncio.start_server(lambda _r, _w: asyncio.sleep(0), "127.0.0.1", 0)
    async with silent:
        with pytest.raises(Unreachable):
            await dial(target(database, port=silent.sockets[0].getsockname()[1]), 0.3)


HANDSHAKE = (
    b"\x0a5.7.0\x00\x01\x00\x00\x00saltsalt\x00\xff\xf7\x21\x02\x00\xff\x81\x15" + b"\x00" * 10 + b"saltsaltsalt\x00"
)
ANSWERS = {
    "another protocol": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "nonsense": b"\xff\xff\xff\x00" + b"\x00" * 100,
    "a wish for the password in the clear": (len(HANDSHAKE) + 22).to_bytes(3, "little")
    + b"\x00"
    + HANDSHAKE
    + b"mysql_native_password\x00"
    + (22).to_bytes(3, "little")
    + b"\x02\xfemysql_clear_password\x00",
}


@pytest.mark.parametrize("answer", ANSWERS)
async def test_something_else_that_listens_gets_no_password(database: MariaDatabase, answer: str) -> None:
    heard = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ANSWERS[answer])
        await writer.drain()
        while data := await reader.read(65536):
            heard.extend(data)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as other:
        port = other.sockets[0].getsockname()[1]
        with pytest.raises((Unreachable, CredentialsRejected)):
            await dial(target(database, port=port, password="canary-4711", tls=Tls.DISABLE), 1.0)
    assert b"canary-4711" not in heard


async def test_an_account_that_may_more_than_read_is_warned_of(database: MariaDatabase) -> None:
    database.run(
        "CREATE OR REPLACE USER only_reads IDENTIFIED BY 'x'", f"GRANT SELECT ON `{database.name}`.* TO only_reads",
        "CREATE OR REPLACE USER also_writes IDENTIFIED BY 'x'", f"GRANT INSERT ON `{database.name}`.* TO also_writes",
        "GRANT FILE ON *.* TO also_writes",
    )  # fmt: skip
    said = {}
    for name in ("only_reads", "also_writes", None):
        changes = {"username": name, "password": "x"} if name else {}
        connection = await dial(target(database, **changes), 30.0)
        version, said[name] = await inspect(connection)
        connection.terminate()
        assert version.startswith("MariaDB 1")
    database.run("DROP USER only_reads", "DROP USER also_writes")
    assert [len(said[name]) for name in ("only_reads", "also_writes", None)] == [0, 2, 1]
    assert "superuser" in said[None][0]


async def test_the_catalogs_reader_goes_on_after_a_failure_and_ends_what_it_left(database: MariaDatabase) -> None:
    async def connect() -> Any:
        return await dial(target(database), 30.0)

    reader = MysqlReader(await connect(), connect)
    assert await reader.rows("SELECT id, born, note FROM kinds ORDER BY id", timeout_seconds=60) == [
        (1, date(2024, 2, 29), "Grüße 東京 🎉"),
        (2, None, None),
    ]
    assert await reader.rows("SELECT id FROM kinds WHERE id = 3", timeout_seconds=60) == []
    with pytest.raises(QueryFailed):
        await reader.rows("SELECT nothing FROM kinds", timeout_seconds=60)
    with pytest.raises(TimedOut):
        await reader.rows(SLOW, timeout_seconds=0.2)
    assert await reader.rows("SELECT 1", timeout_seconds=60) == [(1,)]
    left = asyncio.create_task(reader.rows(SLOW, timeout_seconds=30))
    await until(lambda: connections(database, "Query") == 1)
    left.cancel()
    await asyncio.wait([left])
    await reader.close()
    await until(lambda: connections(database) == 0)


async def drained(execution: Any) -> None:
    async for _ in execution:
        pass


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Looks until it is so: before what runs would end by itself, and however busy the machine is."""
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  another process decides
            await asyncio.sleep(0.02)
