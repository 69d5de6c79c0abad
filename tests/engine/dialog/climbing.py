"""Crags, their routes, climbers and ascents: adjectives for columns, names in two parts, tables two hops apart."""

import sqlite3

from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table
from tests.engine.data import database

_REGIONS, _COUNTRIES = ("Wales", "Cornwall", "Skye"), ("France", "Spain", "Poland")


def climbing() -> Catalog:
    tables = (
        table(
            "crags",
            "id int!, name text!, region text!, height int!, rock text!",
            schema="",
            samples={"region": _REGIONS, "rock": ("granite", "limestone", "slate")},
            row_count=12,
        ),
        table(
            "routes",
            "id int!, name text!, crag_id int!, grade text!, length int!, opened_year int!, bolted bool",
            schema="",
            samples={"grade": ("easy", "moderate", "hard")},
            row_count=40,
        ),
        table(
            "climbers",
            "id int!, first_name text!, last_name text!, country text!, age int!, sex text!",
            schema="",
            samples={"country": _COUNTRIES, "sex": ("female", "male")},
            row_count=40,
        ),
        table(
            "ascents", "id int!, climber_id int!, route_id int!, climbed_on date!, attempts int!", schema="",
            row_count=100,
        ),
    )  # fmt: skip
    keys = (
        key("routes.crag_id -> crags.id", ""),
        key("ascents.climber_id -> climbers.id", ""),
        key("ascents.route_id -> routes.id", ""),
    )
    return Catalog(tables, keys, dialect="sqlite")


def rows() -> sqlite3.Connection:
    """Heights, lengths and years as crags and routes have them; some climbers without an ascent."""
    connection = database(climbing())
    connection.execute("UPDATE crags SET height = 8 + id * 7 % 40")
    connection.execute("UPDATE routes SET length = 6 + id * 11 % 45, opened_year = 1960 + id * 17 % 60")
    connection.execute("UPDATE climbers SET age = 17 + id * 13 % 50")
    connection.execute("DELETE FROM ascents WHERE climber_id % 5 = 0")
    return connection
