"""The embedded ClickHouse by its HTTP door against the bare engine: rows going in, and a figure over many rows."""

import io
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
from clickhouse_connect.driver.client import Client

from benchmarks.figures import Aim, Figure, median
from cli.stores.clickhouse.engine import TEXT, Engine, Session
from cli.stores.clickhouse.settings import StoreSettings
from tests.builders.clickhouse import RunningClickHouse, running_clickhouse

SUBJECT = "store"
LOADED_ROWS, COUNTED_ROWS, ROUNDS = 1_000_000, 10_000_000, 5
CHUNK = 1 << 20
TABLE = (
    "CREATE TABLE org_b.{} (id Int64, day Date, place LowCardinality(String), amount Float64, note String) "
    "ENGINE = MergeTree ORDER BY id"
)
FILL = (
    f"INSERT INTO org_b.counted SELECT number, toDate('2024-01-01') + number % 700, toString(number % 50), "
    f"sipHash64(number) % 100000 / 100, '' FROM numbers({COUNTED_ROWS})"
)
AGGREGATE = (
    "SELECT place, toStartOfMonth(day) AS month, count(), sum(amount), uniq(id) FROM org_b.counted "
    "GROUP BY place, month ORDER BY place, month"
)


def measure() -> list[Figure]:
    """A server and a bare engine with the same settings, over folders of their own, in turn."""
    with (
        tempfile.TemporaryDirectory(prefix="infinure-bench-") as folder,
        running_clickhouse(INFINURE_STORE_DATABASES="org_*") as server,
        server.client() as client,
        Engine.open(StoreSettings(Path(folder), "127.0.0.1", 0, {}, "org_*")) as engine,
        engine.session() as bare,
    ):
        client.command("SELECT 1")
        return [_start(server), *_measured(client, bare)]


def _measured(client: Client, bare: Session) -> Iterator[Figure]:
    for statement in ("CREATE DATABASE org_b", TABLE.format("loaded"), TABLE.format("counted"), FILL):
        client.command(statement)
        bare.query(statement, TEXT)
    rows = _rows()
    ratios, seconds = _rounds(lambda: _insert(bare, rows), lambda: client.insert_arrow("org_b.loaded", rows))
    yield Figure(
        SUBJECT,
        f"load of {LOADED_ROWS:,} Arrow rows, speed to bare chdb's",
        "x",
        1 / median(ratios),
        aim=Aim(0.5, at_least=True),
        aim_on="median",
        note=f"{LOADED_ROWS / seconds:,.0f} rows/s",
    )
    ratios, seconds = _rounds(lambda: bare.query(AGGREGATE, TEXT), lambda: client.query(AGGREGATE))
    yield Figure(
        SUBJECT,
        f"figures over {COUNTED_ROWS:,} rows, time to bare chdb's",
        "x",
        median(ratios),
        aim=Aim(1.1),
        aim_on="median",
        note=f"{seconds * 1000:,.0f} ms",
    )
    _, seconds = _rounds(lambda: bare.query("SELECT 1", TEXT), lambda: client.query("SELECT 1"), 40)
    yield Figure(SUBJECT, "smallest query, by the client", "ms", seconds * 1000)


def _rounds(
    bare: Callable[[], object], through: Callable[[], object], rounds: int = ROUNDS
) -> tuple[list[float], float]:
    """Seconds through the door by bare seconds, round by round; and the median of the former."""
    bare(), through()
    both = [(_timed(bare), _timed(through)) for _ in range(rounds)]
    return [second / first for first, second in both], median([second for _, second in both])


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _start(server: RunningClickHouse) -> Figure:
    server.stop()
    return Figure(SUBJECT, "start, until it answers", "s", _timed(server.start))


def _rows() -> pa.Table:
    numbers = range(LOADED_ROWS)
    return pa.table(
        {
            "id": pa.array(numbers, pa.int64()),
            "day": pa.array([number % 700 + 19_723 for number in numbers], pa.int32()).cast(pa.date32()),
            "place": pa.array([str(number % 50) for number in numbers]),
            "amount": pa.array([number % 100_000 / 100 for number in numbers], pa.float64()),
            "note": pa.array([f"note {number}" for number in numbers]),
        }
    )


def _insert(bare: Session, rows: pa.Table) -> None:
    """As insert_arrow does it: the file format, whole."""
    written = io.BytesIO()
    with pa.ipc.new_file(written, rows.schema) as writer:
        writer.write_table(rows)
    content = written.getvalue()
    chunks = (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))
    bare.insert("INSERT INTO org_b.loaded", "Arrow", chunks)
