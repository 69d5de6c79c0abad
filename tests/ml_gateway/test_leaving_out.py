"""Rows that an answer's joins leave out are counted in the real source, as the asker, and told; or that isn't known."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from infinure.ml_gateway.v1 import answer_service_pb2 as answer_pb
from infinure.ml_gateway.v1 import result_pb2 as pb

from meshkit.channel import open_channel
from meshkit.errors import DeadlineExceeded, PermissionDenied
from meshkit.identity import acting_as
from meshkit.ids import new_id
from meshkit.settings import PeerSettings
from services.ml_gateway.adapters.integration import IntegrationData
from services.ml_gateway.builtin.catalog import engine_catalog
from services.ml_gateway.builtin.leaving_out import counting, notices
from services.ml_gateway.engine import Index, Planned, prepare
from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.outcome import Interpretation
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Field, Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.model import QueryResult
from tests.builders import tokens
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import configuration
from tests.integration.server import serving as serving_integration
from tests.ml_gateway.server import serving

INN = """
CREATE TABLE hosts (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE guests (id bigint PRIMARY KEY, name text NOT NULL, host_id bigint REFERENCES hosts,
                     room_id bigint NOT NULL);
CREATE TABLE rooms (id bigint PRIMARY KEY, floor text NOT NULL);
ALTER TABLE guests ADD FOREIGN KEY (room_id) REFERENCES rooms;
INSERT INTO hosts SELECT g, 'Host ' || g FROM generate_series(1, 5) g;
INSERT INTO rooms SELECT g, 'Floor ' || g % 3 FROM generate_series(1, 20) g;
INSERT INTO guests SELECT g, 'Guest ' || g, CASE WHEN g % 10 <> 0 THEN 1 + g % 5 END, 1 + g % 20
       FROM generate_series(1, 1200) g;
ANALYZE;
"""


@dataclass(frozen=True)
class Inn:
    """The inn as a source; data is as its asker sees it."""

    data: IntegrationData
    source_id: str
    index: Index

    def plan(self, *columns: str) -> Planned:
        """The columns (`table.name`) of the guests, beside each other."""
        parts = [column.split(".") for column in columns]
        query = Query(tuple(Field(ColumnKey(TableKey("public", table), name)) for table, name in parts))
        made = compile_query(query, Schema(self.index), timezone="UTC")
        return Planned(
            made.sql, query, made.columns, Interpretation(""), chart_for(made.columns), 1.0, made.tables, "",
            dropping=made.dropping,
        )  # fmt: skip


@pytest.fixture(scope="module")
def database(postgres: PostgresCluster) -> Iterator[Database]:
    made = postgres.empty_database("inn")
    made.run(INN)
    yield made
    postgres.drop(made)


@asynccontextmanager
async def opened(integration: Database, source: Database, folder: Path) -> AsyncIterator[Inn]:
    organization = new_id()
    async with serving_integration(integration, folder) as server:
        made = await server.client(organization).create(configuration(source))
        async with open_channel(PeerSettings(server.address), None, service="integration") as channel:
            data = IntegrationData(channel, catalogs_kept=4, rows_kept=1000)
            with acting_as(tokens.caller(organization)):
                known = await data.catalog(made.id)
                yield Inn(data, made.id, prepare(engine_catalog(known.catalog, known.version)))


@pytest.fixture
async def inn(control_plane: Callable[..., Database], database: Database, tmp_path: Path) -> AsyncIterator[Inn]:
    async with opened(control_plane("integration"), database, tmp_path) as made:
        yield made


async def told(inn: Inn, planned: Planned) -> list[pb.Notice]:
    async with counting(planned, inn.index, inn.source_id, "UTC", inn.data) as tasks:
        result = await inn.data.query(inn.source_id, planned.sql, "UTC")
        found = await notices(planned, tasks, inn.index, 60)
    dropped = sum(notice.row_count for notice in found)
    assert result.row_count == 1200 - dropped
    return found


async def test_rows_without_a_match_are_counted_and_told(inn: Inn, database: Database) -> None:
    (notice,) = await told(inn, inn.plan("guests.name", "hosts.name"))
    assert database.run("SELECT count(*) FILTER (WHERE host_id IS NULL), count(*) FROM guests") == ["120|1200"]
    assert notice == pb.Notice(
        kind=pb.NOTICE_KIND_ROWS_LEFT_OUT,
        text="120 of 1,200 guests have no matching host and are left out.",
        table="public.guests",
        lacking_table="public.hosts",
        row_count=120,
        total_row_count=1200,
    )


async def test_it_is_told_beside_the_rows(
    control_plane: Callable[..., Database], database: Database, tmp_path: Path
) -> None:
    control, organization = control_plane("integration", "ml_gateway"), new_id()
    async with serving_integration(control, tmp_path) as integration, serving(integration.address, control) as gateway:
        source = await integration.client(organization).create(configuration(database))
        turns = [answer_pb.Turn(question="names of guests", sql="SELECT 1", source_id=source.id)]
        answer = await gateway.asker(organization).ask("show host names too", turns=turns)
    assert answer.error is None
    assert answer.rows.total_row_count == 1080
    assert [notice.text for notice in answer.rows.notices] == [
        "120 of 1,200 guests have no matching host and are left out."
    ]


async def test_nothing_is_told_where_nothing_is_left_out(inn: Inn, database: Database) -> None:
    assert inn.plan("guests.name", "rooms.floor").dropping == ()
    database.run("UPDATE guests SET host_id = 1 WHERE host_id IS NULL")
    planned = inn.plan("guests.name", "hosts.name")
    assert len(planned.dropping) == 1
    assert await told(inn, planned) == []
    database.run("UPDATE guests SET host_id = NULL WHERE id % 10 = 0")


async def test_what_takes_too_long_is_left_and_said(inn: Inn, database: Database) -> None:
    """A lock holds the count up, not the answer, which is of another table."""
    planned = inn.plan("guests.name", "hosts.name")
    slow = _Slow(inn.data)
    async with counting(planned, inn.index, inn.source_id, "UTC", slow) as tasks:
        await slow.begun.wait()
        (notice,) = await notices(planned, tasks, inn.index, 0.01)
    assert notice.kind == pb.NOTICE_KIND_NOT_COUNTED
    assert notice.text == "Any guests that have no matching host are left out; how many could not be counted."
    assert all(task.cancelled() for task in tasks)
    assert slow.ended


@pytest.mark.parametrize(
    ("failure", "kinds"),
    [
        (DeadlineExceeded("too slow", reason="QUERY_TIMED_OUT"), [pb.NOTICE_KIND_NOT_COUNTED]),
        (PermissionDenied("not yours", reason="QUERY_NOT_PERMITTED"), []),
    ],
)
async def test_a_count_that_fails_fails_no_answer(inn: Inn, failure: Exception, kinds: list[int]) -> None:
    planned = inn.plan("guests.name", "hosts.name")
    async with counting(planned, inn.index, inn.source_id, "UTC", _Failing(inn.data, failure)) as tasks:
        found = await notices(planned, tasks, inn.index, 60)
    assert [notice.kind for notice in found] == kinds


@dataclass
class _Failing:
    """A source that fails every query."""

    real: IntegrationData
    failure: Exception

    sources = property(lambda self: self.real.sources)
    catalog = property(lambda self: self.real.catalog)

    async def query(self, source_id: str, sql: str, time_zone: str) -> QueryResult:
        raise self.failure


class _Slow:
    """A source whose queries never end."""

    def __init__(self, real: IntegrationData) -> None:
        self.sources, self.catalog = real.sources, real.catalog
        self.begun = asyncio.Event()
        self.ended = False

    async def query(self, source_id: str, sql: str, time_zone: str) -> QueryResult:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended = True
        raise AssertionError
