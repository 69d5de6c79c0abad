"""What is asked comes back: types, empty results, Arrow, parameters, streams that nobody holds whole."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import clickhouse_connect
import httpx
import psutil
import pyarrow as pa
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError, StreamFailureError
from clickhouse_connect.driver.summary import QuerySummary

from tests.builders.clickhouse import USER, RunningClickHouse

TYPES = [
    ("toInt8(-128)", -128),
    ("toUInt64('18446744073709551615')", 2**64 - 1),
    ("toInt256('-57896044618658097711785492504343953926634992332820282019728792003956564819968')", -(2**255)),
    ("toDecimal128('12345678901234567890.123456789', 9)", Decimal("12345678901234567890.123456789")),
    ("toFloat64('nan') != toFloat64('nan')", 1),
    ("toDate32('1900-01-01')", date(1900, 1, 1)),
    ("toDateTime64('2026-03-01 12:00:00.123456', 6, 'UTC')", datetime(2026, 3, 1, 12, 0, 0, 123456)),
    ("CAST(NULL AS Nullable(String))", None),
    ("'naïve 漢字 \\0 🦆'", "naïve 漢字 \0 🦆"),
    ("[[1], [], [2, 3]]", [[1], [], [2, 3]]),
    ("map('a', 1, 'b', 2)", {"a": 1, "b": 2}),
    ("tuple(1, 'x')", (1, "x")),
    ("toUUID('01890a5d-ac96-774b-bcce-b302099a8057')", UUID("01890a5d-ac96-774b-bcce-b302099a8057")),
    ("toLowCardinality('few')", "few"),
    ("true", True),
]


@pytest.mark.parametrize(("expression", "value"), TYPES)
def test_values_arrive_as_they_are(client: Client, expression: str, value: object) -> None:
    assert client.query(f"SELECT {expression}").result_rows == [(value,)]


async def test_both_clients_agree(store: RunningClickHouse) -> None:
    sql = "SELECT number, toString(number), number % 2 = 0 ? NULL : number FROM numbers(5)"
    asynchronous = await clickhouse_connect.get_async_client(
        host="127.0.0.1", port=store.port, username=USER, password=store.password
    )
    try:
        rows = (await asynchronous.query(sql)).result_rows
    finally:
        await asynchronous.close()
    with store.client() as synchronous:
        assert synchronous.query(sql).result_rows == rows
    assert rows[1] == (1, "1", 1)


def test_parameters_are_values_whatever_is_in_them(client: Client) -> None:
    hostile = "o'neil\\ \n\t' OR 1=1 -- {x:String}"
    told = client.query(
        "SELECT {text:String}, {numbers:Array(Int64)}, {name:Identifier} FROM (SELECT 7 AS seven)",
        parameters={"text": hostile, "numbers": [1, -2], "name": "seven"},
    )
    assert told.result_rows == [(hostile, [1, -2], 7)]


def test_an_empty_result_has_its_columns_in_arrow(client: Client) -> None:
    client.command("CREATE TABLE t (a Int64, b Nullable(String)) ENGINE = MergeTree ORDER BY a")
    table = client.query_arrow("SELECT a, b FROM t")
    assert (table.num_rows, table.column_names) == (0, ["a", "b"])
    assert client.query("SELECT a, b FROM t LIMIT 0").column_names == ("a", "b")


def test_three_million_rows_pass_through_without_being_held(store: RunningClickHouse, client: Client) -> None:
    assert store.process is not None
    process = psutil.Process(store.process.pid)
    sql = "SELECT number AS id, repeat(toString(number), 80) AS text FROM numbers(3000000)"
    client.query("SELECT count() FROM numbers(1000000)")
    before = process.memory_info().rss
    most, rows, size = 0, 0, 0
    with client.query_arrow_stream(sql) as batches:
        for batch in batches:
            rows, size = rows + batch.num_rows, size + batch.nbytes
            most = max(most, process.memory_info().rss)
    assert (rows, size > 1.4e9) == (3_000_000, True)
    assert most - before < size / 2  # with what the engine keeps for the next query


def test_an_arrow_result_in_file_and_stream_form_is_the_same_table(client: Client) -> None:
    sql = "SELECT number AS id, toLowCardinality(toString(number % 7)) AS few FROM numbers(200000) ORDER BY id"
    streamed = client.raw_query(sql, fmt="ArrowStream")
    filed = client.raw_query(sql, fmt="Arrow")
    first, second = pa.ipc.open_stream(streamed).read_all(), pa.ipc.open_file(filed).read_all()
    assert first.num_rows == 200_000
    assert first.equals(second)


@pytest.mark.parametrize("name", ["CSVWithNames", "JSON", "TabSeparatedWithNamesAndTypes", "Parquet", "Pretty"])
def test_formats_with_a_head_or_an_end_are_one_document(client: Client, name: str) -> None:
    content = client.raw_query("SELECT number AS unheard_of FROM numbers(150000)", fmt=name)
    heads = content.count(b"unheard_of")
    assert heads == 150_001 if name == "JSON" else 1 <= heads <= 3


def test_a_failure_in_the_middle_of_a_stream_is_one(client: Client) -> None:
    seen: list[int] = []

    def read() -> None:
        with client.query_row_block_stream("SELECT throwIf(number = 3000000) FROM numbers(4000000)") as blocks:
            seen.extend(len(block) for block in blocks)

    with pytest.raises(StreamFailureError, match="FUNCTION_THROW_IF"):
        read()
    assert sum(seen) <= 3_000_000


def test_a_failure_before_the_end_has_a_status_where_the_client_waits(store: RunningClickHouse) -> None:
    answer = httpx.post(
        store.url, params={"wait_end_of_query": "1"}, content="SELECT throwIf(number = 300000) FROM numbers(400000)"
    )
    assert (answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) == (500, "395")


def test_settings_and_the_database_come_with_the_request_and_stay_with_it(client: Client) -> None:
    sql = "SELECT getSetting('max_block_size'), currentDatabase()"
    assert client.query(sql, settings={"max_block_size": 77}).result_rows == [(77, client.database)]
    assert client.query(sql).result_rows[0][0] != 77
    assert client.command("SELECT currentDatabase()", use_database=False) == "default"


def test_headers_tell_id_format_and_summary(store: RunningClickHouse, client: Client) -> None:
    answer = httpx.post(
        store.url, params={"query_id": "mine", "default_format": "JSONEachRow"}, content="SELECT 1 AS a"
    )
    assert answer.json() == {"a": 1}
    assert (answer.headers["X-ClickHouse-Query-Id"], answer.headers["X-ClickHouse-Format"]) == ("mine", "JSONEachRow")
    client.command("CREATE TABLE t (a Int64) ENGINE = MergeTree ORDER BY a")
    done = client.command("INSERT INTO t SELECT number FROM numbers(12)")
    assert isinstance(done, QuerySummary)
    assert done.written_rows == 12


@pytest.mark.parametrize(
    ("sql", "code", "words"),
    [
        ("SELEC 1", 62, "SYNTAX_ERROR"),
        ("SELECT * FROM nowhere", 60, "UNKNOWN_TABLE"),
        ("SELECT nothing", 47, "UNKNOWN_IDENTIFIER"),
        ("SELECT 1; SELECT 2", 62, "Multi-statements"),
        ("SELECT 1 FORMAT Guessed", 73, "UNKNOWN_FORMAT"),
    ],
)
def test_wrong_sql_is_said_in_clickhouses_words(client: Client, sql: str, code: int, words: str) -> None:
    with pytest.raises(DatabaseError, match=words) as raised:
        client.command(sql)
    assert raised.value.code == code
