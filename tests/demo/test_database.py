"""The demo database as a whole: what is in it, what holds in it, and what its reader may do."""

import asyncio
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest
import yaml

from cli.demo.database import build
from cli.demo.names import DATABASE
from cli.stores import psql
from cli.stores.provision import provision
from tests.builders.postgres import PASSWORDS, running_postgres
from tests.demo.conftest import PASSWORD, TODAY, DemoShop
from tests.demo.questions import Question, questions

INVARIANTS = yaml.safe_load((Path(__file__).parent / "invariants.yaml").read_text())
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"

BUILDER = """
import asyncio, sys
from datetime import date
from cli.demo.database import build
asyncio.run(build(sys.argv[1], "p", date.fromisoformat(sys.argv[2]), lambda step, part: print(step, flush=True)))
"""


def test_about_two_hundred_thousand_rows(demo_shop: DemoShop) -> None:
    counts = {table: int(demo_shop.value(f"SELECT count(*) FROM {table}")) for table in demo_shop.rows(TABLES)}

    assert len(counts) >= 8
    assert all(counts.values())
    assert 180_000 < sum(counts.values()) < 230_000


@pytest.mark.parametrize("invariant", INVARIANTS, ids=[i["says"].replace(" ", "-") for i in INVARIANTS])
def test_the_data_is_consistent(demo_shop: DemoShop, invariant: dict[str, str]) -> None:
    sql = invariant["sql"].replace(":today", f"timestamp '{demo_shop.today}'")

    assert demo_shop.value(sql) == "0"


@pytest.mark.parametrize("question", questions(TODAY), ids=lambda question: question.text.replace(" ", "-"))
def test_every_question_has_an_answer_worth_asking_for(demo_shop: DemoShop, question: Question) -> None:
    rows = demo_shop.rows(question.sql)

    assert rows
    assert all("|" not in row or all(row.split("|")) for row in rows)
    assert rows != [""]


def test_every_table_and_relationship_is_declared_and_described(demo_shop: DemoShop) -> None:
    without = """
        SELECT relname FROM pg_class t WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND (obj_description(oid) IS NULL
             OR NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conrelid = t.oid AND contype = 'p'))
    """

    assert demo_shop.rows(without) == []
    assert int(demo_shop.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f'")) == 10


def test_statistics_are_there(demo_shop: DemoShop) -> None:
    assert int(demo_shop.value("SELECT reltuples::int FROM pg_class WHERE relname = 'order_lines'")) > 40_000


def test_a_second_build_keeps_the_rows(demo_shop: DemoShop) -> None:
    identity = "SELECT oid FROM pg_database WHERE datname = current_database()"
    before = demo_shop.value(identity)

    asyncio.run(build(demo_shop.server_url, PASSWORD, TODAY.replace(year=2027), lambda _step, _part: None))

    assert demo_shop.value(identity) == before
    assert demo_shop.value("SELECT max(ordered_at)::date FROM orders") == "2026-11-21"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO countries VALUES ('XX', 'Nowhere', 'None')",
        "UPDATE orders SET status = 'cancelled'",
        "DELETE FROM refunds",
        "TRUNCATE payments",
        "DROP TABLE refunds",
        "CREATE TABLE mine (a int)",
        "CREATE TEMP TABLE mine (a int)",
        "CREATE SCHEMA mine",
        "COPY orders TO PROGRAM 'cat'",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT rolpassword FROM pg_authid",
        "ALTER ROLE demo_reader SUPERUSER",
        "SET ROLE postgres",
    ],
)
async def test_the_reader_may_only_read(demo_shop: DemoShop, statement: str) -> None:
    async with demo_shop.connected() as connection:
        assert await connection.fetchval("SELECT count(*) FROM orders") > 0
        # What is set for the role can be unset by it: grants alone must hold.
        await connection.execute("SET default_transaction_read_only = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


@pytest.mark.parametrize("elsewhere", ["control_plane_beside", "postgres", "template1"])
async def test_the_reader_connects_nowhere_else(demo_shop: DemoShop, elsewhere: str) -> None:
    if elsewhere == "control_plane_beside":
        provision(demo_shop.server_url, PASSWORDS, elsewhere)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await demo_shop.connected(database=elsewhere).__aenter__()


async def test_nobody_else_of_the_server_reads_the_shop(demo_shop: DemoShop) -> None:
    psql.run(demo_shop.server_url, "CREATE ROLE passer_by LOGIN PASSWORD 'p';")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await demo_shop.connected(user="passer_by", password="p").__aenter__()


def test_a_killed_build_leaves_nothing_half_made() -> None:
    exists = f"SELECT count(*) FROM pg_database WHERE datname = '{DATABASE}';"
    with running_postgres() as cluster:
        url = cluster.server.url("postgres")
        builder = subprocess.Popen([sys.executable, "-c", BUILDER, url, TODAY.isoformat()], stdout=subprocess.PIPE)
        assert builder.stdout is not None
        reached = next((line for line in builder.stdout if b"adding keys" in line), b"")
        builder.kill()
        builder.communicate()
        assert reached
        assert psql.run(url, exists) == ["0"]

        asyncio.run(build(url, PASSWORD, TODAY, lambda _step, _part: None))

        assert psql.run(url, exists) == ["1"]
        assert psql.run(url, "SELECT count(*) FROM pg_database WHERE datname LIKE 'demo%';") == ["1"]
