"""Which words are files, which the question, and what a URL says."""

from pathlib import Path

import pytest

from cli.ask.exits import UsageProblem
from cli.ask.targets import Files, parse
from cli.ask.urls import DatabaseUrl, parse_url
from meshkit.secrets import Secret
from services.integration.executors.tls import Tls
from services.integration.model import ClickhouseConfiguration, MysqlConfiguration, PostgresConfiguration


@pytest.fixture
def sales(tmp_path: Path) -> str:
    file = tmp_path / "sales.csv"
    file.write_text("a\n1\n")
    return str(file)


def test_the_last_word_is_the_question_unless_it_names_something(sales: str) -> None:
    assert parse([sales, "how many rows"]) == (Files((Path(sales),)), "how many rows")
    assert parse([sales, "revenue"]) == (Files((Path(sales),)), "revenue")
    assert parse([sales, sales]) == (Files((Path(sales), Path(sales))), None)
    assert parse([sales, "x" * 5000])[1] == "x" * 5000


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing.csv"], "No such file: nothing.csv"),
        (["{sales}", "nothing.csv"], "No such file: nothing.csv"),
        (["nothing.csv", "how many"], "No such file: nothing.csv"),
        (["how many rows are there"], "name a file"),
        (["{sales}", "  "], "The question is empty"),
        (["{sales}", "total", "amount", "by", "city"], "needs quotes"),
        (["-", "how many"], "Standard input"),
        ([""], "empty"),
        (["{folder}", "how many"], "is a folder"),
        (["/dev/null", "how many"], "not a regular file"),
        (["{sales}", "postgresql://h/d", "how many"], "asked alone"),
        (["mongodb://h/d", "how many"], "Nothing is known of mongodb:// URLs"),
        (["mysql://h", "how many"], "names no database"),
        (["postgresql:///d", "how many"], "names no host"),
        (["postgresql://h:99999/d", "how many"], "can't be read"),
        (["postgresql://h/d?tls=perhaps", "how many"], "tls=perhaps isn't known"),
        (["postgresql://h/d?sslkey=x", "how many"], "isn't known: sslkey"),
        (["sqlite://shop.db", "how many"], "names no SQLite file"),
        (["sqlite:///nothing.db", "how many"], "No such file: nothing.db"),
    ],
)
def test_what_cannot_be_followed_is_said(words: list[str], said: str, sales: str, tmp_path: Path) -> None:
    filled = [word.format(sales=sales, folder=tmp_path) for word in words]
    with pytest.raises(UsageProblem) as caught:
        parse(filled)
    assert said in str(caught.value)
    assert caught.value.hint


def test_a_url_says_where_and_how() -> None:
    url = parse_url("postgresql://reader:s%40crET@db.example:6543/shop?tls=verify-full&schemas=sales,hr")
    configuration = PostgresConfiguration("db.example", 6543, "shop", "reader", Tls.VERIFY_FULL, ("sales", "hr"))
    assert url == DatabaseUrl("postgres", configuration, Secret("s@crET"))
    assert "s@crET" not in repr(url)


def test_a_url_leaves_out_what_is_usual() -> None:
    assert parse_url("mariadb://db/shop") == DatabaseUrl("mysql", MysqlConfiguration("db", 3306, "shop", "root"), None)
    assert parse_url("clickhouse+https://db") == DatabaseUrl(
        "clickhouse", ClickhouseConfiguration("db", 8443, "default", "default", Tls.REQUIRE), None
    )
    assert parse_url("clickhouse+http://db") == DatabaseUrl(
        "clickhouse", ClickhouseConfiguration("db", 8123, "default", "default", Tls.DISABLE), None
    )
    assert parse_url("sqlite:///shop.db") == Path("shop.db")
    assert parse_url("sqlite:////data/shop.db") == Path("/data/shop.db")
