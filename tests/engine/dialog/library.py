"""A library: its members, books, authors and loans. What dialogs of the tests are about."""

import sqlite3
from dataclasses import replace

from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table
from tests.engine.data import database

GENRES = ("Crime", "Poetry", "Travel")
CITIES = ("Aberdeen", "Bristol", "Cardiff")


def library(*, keyless: bool = False) -> Catalog:
    """Two hops from members to authors; dates of birth, of joining, of loans. keyless: no primary keys are declared."""
    tables = (
        table(
            "members",
            "id int!, name text!, email text, city text!, born date!, joined_on date!, fee num!",
            schema="lending",
            samples={"city": CITIES},
            row_count=40,
        ),
        table(
            "authors", "id int!, name text!, country text!", schema="lending", samples={"country": ("Kenya", "Norway")}
        ),
        table(
            "books",
            "id int!, title text!, author_id int!, genre text!, pages int!, price num!, year int!",
            schema="lending",
            samples={"genre": GENRES},
        ),
        table("loans", "id int!, member_id int!, book_id int!, loan_date date!, days int!", schema="lending"),
    )
    keys = (
        key("books.author_id -> authors.id", "lending"),
        key("loans.member_id -> members.id", "lending"),
        key("loans.book_id -> books.id", "lending"),
    )
    known = tuple(replace(one, primary_key=()) for one in tables) if keyless else tables
    return Catalog(known, keys, dialect="sqlite")


def rows() -> sqlite3.Connection:
    """The library's rows, with years and lengths that books have."""
    connection = database(library())
    connection.execute("UPDATE lending.books SET year = 2015 + id % 8, pages = 90 + id * 37 % 500")
    connection.execute("UPDATE lending.members SET born = date('1950-03-01', '+' || (id * 523 % 20000) || ' days')")
    return connection
