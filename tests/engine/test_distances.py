"""Instants in a database that knows no time zones by name: each is as far from UTC as its own day was."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlglot import exp

from services.integration.boundary.guard import guard
from services.integration.boundary.model import ColumnType, Relation, Scope
from services.ml_gateway.engine.dialects import cut
from services.ml_gateway.engine.distances import FIRST_YEAR, LAST_YEAR, distances
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.reading import Grain
from tests.builders.mariadb import MariaServer

ZONES = ("Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kolkata", "Asia/Tokyo")


@pytest.mark.parametrize("name", [*ZONES, "Australia/Lord_Howe", "Europe/Moscow", "Pacific/Apia", "UTC"])
def test_every_day_is_as_far_as_the_zone_says(name: str) -> None:
    zone, (away, changes) = ZoneInfo(name), distances(name)
    moments = {datetime.fromisoformat(moment).replace(tzinfo=UTC): after for moment, after in changes}
    assert sorted(moments) == list(moments)
    around = [moment + timedelta(minutes=minutes) for moment in moments for minutes in (-1, 0, 1)]
    days = [
        datetime(FIRST_YEAR, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        for day in range(0, 365 * (LAST_YEAR - FIRST_YEAR), 3)
    ]
    for instant in sorted([*days, *around]):
        passed = [after for moment, after in moments.items() if moment <= instant]
        told = (passed or [away])[-1]
        assert f"{told[:3]}{told[4:]}" == instant.astimezone(zone).strftime("%z"), instant


@pytest.mark.parametrize("name", ZONES)
def test_days_of_instants_are_cut_where_the_zone_has_its_midnight(name: str, mariadb: MariaServer) -> None:
    instants = [
        datetime(year, month, 15, hour, 30, tzinfo=UTC)
        for year in (2019, 2024, 2025)
        for month in (1, 3, 7, 11)
        for hour in (3, 4, 14, 15, 22, 23)
    ]
    database = mariadb.empty_database("zones")
    ((named,),) = database.run("SELECT CONVERT_TZ('2024-07-01', '+00:00', 'Europe/Berlin')")
    assert named is None, "this server knows zones by name: it shows nothing of one that doesn't"
    listed = ", ".join(f"({number}, '{instant:%Y-%m-%d %H:%M:%S}')" for number, instant in enumerate(instants))
    database.run(
        "SET time_zone = '+00:00'",
        "CREATE TABLE calls (id BIGINT, at TIMESTAMP NULL)",
        f"INSERT INTO calls VALUES {listed}",
    )
    day = cut(exp.column("at", "calls"), Grain.DAY, DataType.TIMESTAMP_TZ, name, "mysql")
    query = exp.select("id").select(day.as_("day")).from_(exp.to_table("calls")).order_by("id")
    relation = Relation(database.name, "calls", (ColumnType("id"), ColumnType("at")))
    allowed = guard(query.sql(dialect="mysql"), Scope("mysql", (relation,), "policy", (database.name,))).sql
    found = [value for _, value in database.run("SET time_zone = '+00:00'", allowed)]
    mariadb.drop(database)
    assert found == [instant.astimezone(ZoneInfo(name)).date() for instant in instants]
