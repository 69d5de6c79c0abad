"""Databases by their URL: the same questions in each kind, against SQL written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.ask.running import Asker
from tests.builders.clickhouse import USER, running_clickhouse
from tests.builders.mariadb import MariaDatabase, MariaServer
from tests.builders.postgres import Database

# A rowing club's boats: names that nothing else in the project has.
SHELLS = [(1, "Grey Heron", "eight"), (2, "Kingfisher", "pair"), (3, "Coot", "pair"), (4, "Bittern", "single")]
OUTINGS = [
    (number, 1 + number % 3, date(2025, 1 + number % 6, 1 + number % 27), number * 1.5, number % 4 == 0)
    for number in range(1, 61)
]
SCHEMA = (
    "CREATE TABLE shells (id integer PRIMARY KEY, name varchar(40) NOT NULL, rig varchar(20) NOT NULL)",
    "CREATE TABLE outings (id integer PRIMARY KEY, shell_id integer NOT NULL REFERENCES shells (id), "
    "rowed_on date NOT NULL, kilometres numeric(8, 2) NOT NULL, coached boolean NOT NULL)",
)


def statements() -> list[str]:
    shells = ", ".join(f"({number}, '{name}', '{rig}')" for number, name, rig in SHELLS)
    outings = ", ".join(
        f"({number}, {shell}, '{day}', {length}, {str(coached).lower()})"
        for number, shell, day, length, coached in OUTINGS
    )
    return [*SCHEMA, f"INSERT INTO shells VALUES {shells}", f"INSERT INTO outings VALUES {outings}"]


def kilometres_by_rig() -> dict[str, float]:
    rigs = {number: rig for number, _, rig in SHELLS}
    found: dict[str, float] = {}
    for _, shell, _, length, _ in OUTINGS:
        found[rigs[shell]] = found.get(rigs[shell], 0) + length
    return found


@pytest.fixture
def club(empty_database: Database) -> Database:
    """The club in PostgreSQL."""
    empty_database.run(";".join(statements()))
    return empty_database


@pytest.fixture
def maria_club(mariadb: MariaServer) -> Iterator[MariaDatabase]:
    """The club in MariaDB."""
    database = mariadb.empty_database("club")
    database.run(*statements())
    yield database
    mariadb.drop(database)


def asks_the_club(ask: Asker, url: str) -> None:
    (count,) = ask.rows(url, "how many outings in march 2025")
    assert count == [sum(day.month == 3 for _, _, day, _, _ in OUTINGS)]
    by_rig = {rig: float(total) for rig, total in ask.rows(url, "total kilometres by rig")}
    assert by_rig == kilometres_by_rig()
    by_month = ask.rows(url, "number of outings by month in 2025")
    assert [row[1] for row in by_month] == [sum(day.month == m for _, _, day, _, _ in OUTINGS) for m in range(1, 7)]
    assert [row[0] for row in by_month] == [f"2025-{month:02}-01" for month in range(1, 7)]


def test_postgresql(ask: Asker, club: Database) -> None:
    asks_the_club(ask, club.superuser_url)


def test_mariadb(ask: Asker, maria_club: MariaDatabase) -> None:
    asks_the_club(ask, f"mysql://operator:superuser@{maria_club.host}:{maria_club.port}/{maria_club.name}")


def test_clickhouse(ask: Asker) -> None:
    create = (
        "CREATE TABLE {0}.shells (id Int32, name String, rig String) ENGINE = MergeTree ORDER BY id",
        "CREATE TABLE {0}.outings (id Int32, shell_id Int32, rowed_on Date, kilometres Decimal(8, 2), coached Bool) "
        "ENGINE = MergeTree ORDER BY id",
    )
    with running_clickhouse() as server, server.database("club") as name:
        client = server.client()
        for statement in create:
            client.command(statement.format(name))
        for statement in statements()[2:]:
            client.command(statement.replace("INSERT INTO ", f"INSERT INTO {name}."))
        client.close()
        asks_the_club(ask, f"clickhouse://{USER}:{server.password}@127.0.0.1:{server.port}/{name}?tls=disable")


def test_the_password_comes_from_the_environment_and_is_never_shown(ask: Asker, club: Database) -> None:
    url = f"postgresql://postgres@{club.host}:{club.port}/{club.name}"
    for name in ("INFINURE_SOURCE_PASSWORD", "PGPASSWORD"):
        ended = ask.json(url, "how many shells", environ={name: club.superuser_password})
        assert ended.records == [[4]]
        assert club.superuser_password not in ended.out + ended.err


def test_a_wrong_password_is_told_without_it(ask: Asker, club: Database) -> None:
    ended = ask(f"postgresql://postgres:Wr0ng-one@{club.host}:{club.port}/{club.name}", "how many shells")
    assert (ended.code, ended.out) == (1, "")
    assert "refused the login" in ended.err
    assert "Wr0ng-one" not in ended.err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://postgres:{password}@{host}:{port}/nowhere", "no database of this name"),
        ("postgresql://postgres:{password}@{host}:1/x", "Nothing answers"),
        ("postgresql://postgres:{password}@{host}:{port}/{name}?tls=require", "doesn't offer TLS"),
        ("postgresql://postgres:{password}@{host}:{port}/{name}?schemas=absent", "holds no table"),
        ("mysql://root:{password}@{host}:{port}/{name}", "{port}"),
    ],
)
def test_what_keeps_from_connecting_is_one_line(ask: Asker, club: Database, url: str, said: str) -> None:
    places: dict[str, Any] = {
        "password": club.superuser_password, "host": club.host, "port": club.port, "name": club.name
    }  # fmt: skip
    ended = ask(url.format(**places), "how many shells")
    assert (ended.code, ended.out) == (1, "")
    assert said.format(**places) in ended.err
    assert len(ended.err.strip().splitlines()) <= 2


def test_an_empty_database_has_nothing_to_ask(ask: Asker, empty_database: Database) -> None:
    ended = ask(empty_database.superuser_url, "how many shells")
    assert ended.code == 1
    assert "holds no table" in ended.err


def test_a_query_that_takes_too_long_is_ended(ask: Asker, empty_database: Database) -> None:
    empty_database.run(
        "CREATE VIEW slow_rows AS SELECT i AS n FROM generate_series(1, 20) i WHERE pg_sleep(1) IS NOT NULL"
    )
    ended = ask(empty_database.superuser_url, "how many slow rows", "--timeout", "0.5")
    assert (ended.code, ended.out) == (1, "")
    assert "time" in ended.err


def test_what_is_asked_changes_nothing(ask: Asker, club: Database) -> None:
    ask(club.superuser_url, "how many outings; drop table outings")
    assert club.run("SELECT count(*) FROM outings") == ["60"]


def test_a_password_is_asked_for_at_a_terminal(ask: Asker, club: Database) -> None:
    from tests.ask.terminal import Terminal

    with Terminal(
        ask.home, f"postgresql://postgres@{club.host}:{club.port}/{club.name}", "how many shells"
    ) as terminal:
        terminal.until("Password of postgres")
        terminal.type(club.superuser_password + "\n")
        assert terminal.end() == 0
        assert "Number of shells: 4" in terminal.seen
        assert club.superuser_password not in terminal.seen
