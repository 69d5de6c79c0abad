"""A library: its members, books, authors and loans. What dialogs of the tests are about."""

from services.ml_gateway.engine.model import Catalog
from tests.engine.catalogs import key, table

GENRES = ("Crime", "Poetry", "Travel")
CITIES = ("Aberdeen", "Bristol", "Cardiff")


def library() -> Catalog:
    """Two hops from members to authors; dates of birth, of joining, of loans."""
    tables = (
        table(
            "members",
            "id int!, name text!, email text, city text!, born date!, joined_on date!, fee num!",
            schema="",
            samples={"city": CITIES},
            row_count=40,
        ),
        table("authors", "id int!, name text!, country text!", schema="", samples={"country": ("Kenya", "Norway")}),
        table(
            "books",
            "id int!, title text!, author_id int!, genre text!, pages int!, price num!, year int!",
            schema="",
            samples={"genre": GENRES},
        ),
        table("loans", "id int!, member_id int!, book_id int!, loan_date date!, days int!", schema=""),
    )
    keys = (
        key("books.author_id -> authors.id", ""),
        key("loans.member_id -> members.id", ""),
        key("loans.book_id -> books.id", ""),
    )
    return Catalog(tables, keys, dialect="sqlite")
