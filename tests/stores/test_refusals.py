"""What this server does for nobody, and who may ask it at all."""

import httpx
import pytest
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import DatabaseError

from tests.builders.clickhouse import USER, RunningClickHouse

OUTSIDE = [
    "SELECT file('/etc/passwd')",
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM numbers(1) WHERE '' IN file('/etc/passwd', 'LineAsString', 'a String')",
    "SELECT `fil\\x65`('/etc/passwd')",
    "SELECT /* */ FILE('/etc/passwd')",
    "WITH file('/etc/passwd') AS x SELECT x",
    "EXPLAIN SELECT file('/etc/passwd')",
    "CREATE VIEW v AS SELECT file('/etc/passwd') AS a",
    "CREATE TABLE d (a String DEFAULT file('/etc/passwd')) ENGINE = MergeTree ORDER BY a",
    "ALTER TABLE t ADD COLUMN b String DEFAULT file('/etc/passwd')",
    "INSERT INTO t SELECT length(file('/etc/passwd'))",
    "SELECT * FROM url('http://127.0.0.1:1/', 'CSV', 'a Int64')",
    "SELECT * FROM s3('http://127.0.0.1:1/bucket/key', 'CSV', 'a Int64')",
    "SELECT * FROM remote('127.0.0.1:9000', 'system.one')",
    "SELECT * FROM postgresql('127.0.0.1:5432', 'a', 'b', 'c', 'd')",
    "SELECT * FROM mysql('127.0.0.1:3306', 'a', 'b', 'c', 'd')",
    "SELECT * FROM sqlite('/tmp/x.db', 't')",
    "SELECT * FROM executable('id', 'TSV', 'a String')",
    "SELECT * FROM python('sys')",
    "SELECT * FROM Python(engine)",
    "SELECT * FROM eval('SELECT 1')",
    "SELECT * FROM cluster('default', system.one)",
    "SELECT 1 INTO OUTFILE 'outfile.csv'",
    "INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV",
    "INSERT INTO FUNCTION file('/tmp/x.csv') VALUES (1)",
    "CREATE TABLE f (a Int64) ENGINE = File(CSV, '/etc/passwd')",
    "CREATE TABLE u (a Int64) ENGINE = URL('http://127.0.0.1:1/', CSV)",
    "CREATE DATABASE org_m ENGINE = MySQL('127.0.0.1:1', 'a', 'b', 'c')",
    "CREATE DATABASE org_f ENGINE = Filesystem('/etc')",
    "CREATE DATABASE other",
    "CREATE TABLE default.x (a Int64) ENGINE = MergeTree ORDER BY a",
    "CREATE DICTIONARY dict (a Int64) PRIMARY KEY a SOURCE(FILE(path '/etc/passwd' format 'CSV')) LAYOUT(FLAT()) "
    "LIFETIME(1)",
    "CREATE FUNCTION f AS x -> file(x)",
    "CREATE NAMED COLLECTION c AS a = 1",
    "CREATE USER u",
    "GRANT ALL ON *.* TO default",
    "ATTACH TABLE t",
    "ATTACH TABLE x FROM '/etc' (a Int64) ENGINE = MergeTree ORDER BY a",
    "BACKUP TABLE t TO File('/tmp/backup')",
    "SYSTEM SHUTDOWN",
    "SYSTEM RELOAD CONFIG",
    "SET max_memory_usage = 0",
    "USE system",
    "KILL QUERY WHERE 1",
    "INSERT INTO system.one VALUES (1)",
    "DROP DATABASE system",
    "SELECT 1 SETTINGS max_memory_usage = 99999999999",
    "SELECT 1 SETTINGS additional_table_filters = {'system.one': 'file(\\'/etc/passwd\\') = \\'\\''}",
    "SELECT 1 SETTINGS log_comment = 'another'",
    "SELECT addressToLine(1) SETTINGS allow_introspection_functions = 1",
]


@pytest.mark.parametrize("sql", OUTSIDE)
def test_what_reaches_outside_is_refused(store: RunningClickHouse, client: Client, sql: str) -> None:
    client.command("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id")
    with pytest.raises(DatabaseError) as raised:
        client.command(sql)
    assert "root:" not in str(raised.value)
    assert client.command("SELECT count() FROM t") == 0
    assert not list(store.folder.rglob("outfile.csv"))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 'INTO OUTFILE ''x''', 'file(1)' AS outfile",
        "SELECT filesystemAvailable() > 0",
        "SELECT uniq(number) FROM numbers(10)",
        "SELECT * FROM merge(currentDatabase(), '^t$')",
        "SELECT name FROM system.columns WHERE table = 't'",
        "SELECT table_name FROM information_schema.tables LIMIT 1",
        "EXISTS TABLE t",
        "SHOW CREATE TABLE t",
        "DESCRIBE TABLE t",
        "EXPLAIN SELECT * FROM t",
        "OPTIMIZE TABLE t FINAL",
        "RENAME TABLE t TO s",
        "ALTER TABLE t DELETE WHERE id = 1",
        "CREATE TABLE r (a Int64) ENGINE = ReplacingMergeTree ORDER BY a",
    ],
)
def test_what_stays_inside_is_not(client: Client, sql: str) -> None:
    client.command("CREATE TABLE t (id Int64) ENGINE = MergeTree ORDER BY id")
    client.command(sql)


@pytest.mark.parametrize(
    "given",
    [
        {"headers": {}},
        {"auth": (USER, "wrong")},
        {"auth": ("nobody", "wrong")},
        {"auth": ("", "")},
        {"headers": {"Authorization": "Basic %%%"}},
        {"headers": {"Authorization": "Bearer token"}},
        {"headers": {"X-ClickHouse-User": USER}},
        {"params": {"user": USER, "password": ""}},
    ],
)
def test_strangers_are_refused_in_one_way(store: RunningClickHouse, given: dict[str, object]) -> None:
    place = f"http://127.0.0.1:{store.port}/"
    answer = httpx.post(place, content="SELECT 1", **given)  # type: ignore[arg-type]
    assert (answer.status_code, answer.headers["X-ClickHouse-Exception-Code"]) == (403, "516")
    assert "password is incorrect, or there is no user" in answer.text


@pytest.mark.parametrize(
    "given",
    [
        {"auth": "basic"},
        {"headers": "own"},
        {"params": "url"},
    ],
)
def test_a_user_is_known_by_any_of_the_three_ways(store: RunningClickHouse, given: dict[str, str]) -> None:
    place = f"http://127.0.0.1:{store.port}/"
    ways = {
        "basic": {"auth": (USER, store.password)},
        "own": {"headers": {"X-ClickHouse-User": USER, "X-ClickHouse-Key": store.password}},
        "url": {"params": {"user": USER, "password": store.password}},
    }
    assert httpx.post(place, content="SELECT 1", **ways[next(iter(given.values()))]).text == "1\n"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("parameters", "content", "status"),
    [
        ({"query": "CREATE DATABASE org_by_get"}, None, 500),
        ({"no_such_setting": "1"}, "SELECT 1", 400),
        ({"log_comment": "x"}, "SELECT 1", 400),
        ({"format_schema": "x"}, "SELECT 1", 400),
        ({"max_memory_usage": "999999999999"}, "SELECT 1", 400),
        ({"compress": "1"}, "SELECT 1", 501),
        ({"query_id": "a b"}, "SELECT 1", 400),
        ({"database": "org_nowhere"}, "SELECT 1", 404),
        ({}, "", 400),
        ({}, "SELECT '" + "x" * (17 << 20) + "'", 413),
    ],
)
def test_bad_requests_have_their_status(
    store: RunningClickHouse, parameters: dict[str, str], content: str | None, status: int
) -> None:
    method = "GET" if content is None else "POST"
    answer = httpx.request(method, store.url, params=parameters, content=content)
    assert answer.status_code == status, answer.text[:300]


def test_the_log_holds_no_word_of_a_query(store: RunningClickHouse, client: Client) -> None:
    with pytest.raises(DatabaseError):
        client.command("SELECT toInt32('confidential-value-5131')")
    assert "confidential-value-5131" not in store.log.read_text()
    assert store.password not in store.log.read_text()
