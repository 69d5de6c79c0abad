"""An orchard's books, and readings of questions about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.planning import Understood, understood
from services.ml_gateway.engine.reader.scoring.ranking import Ranked
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.gold import query_of
from tests.engine.catalogs import key, table

NOW = datetime(2026, 3, 15, tzinfo=UTC)
CATALOG = Catalog(
    (
        table("growers", "id int!, name text!, town text!", samples={"town": ("Bolzano", "Merano")}),
        table("buyers", "id int!, name text!, town text!", samples={"town": ("Bolzano", "Trento")}),
        table(
            "deliveries",
            "id int!, grower_id int!, buyer_id int!, apple text!, picked_on date!, delivered_on date, weight_kg num!, "
            "price num!",
            samples={"apple": ("Gala", "Fuji", "Braeburn")},
        ),
        table("inspections", "id int!, delivery_id int!, result text!", samples={"result": ("passed", "failed")}),
    ),
    (
        key("deliveries.grower_id -> growers.id"),
        key("deliveries.buyer_id -> buyers.id"),
        key("inspections.delivery_id -> deliveries.id"),
    ),
)
INDEX = prepare(CATALOG)
SCHEMA = Schema(INDEX)


def asks(sql: str) -> Query:
    """What a statement asks."""
    return query_of(sql, CATALOG)


def read(question: str) -> Understood:
    """The question as the packaged weights read it."""
    return understood(Asked(question, tokenize(question), date(2026, 3, 15), "UTC"), INDEX, packaged(), SCHEMA)


def as_if(question: str, *meant: tuple[str, float], sure: float = 0.6) -> Understood:
    """The question as if it were read as these statements, each with its share of probability."""
    found = read(question)
    assert found.best
    order = [Ranked(replace(found.best, query=asks(sql)), share, share, {}) for sql, share in meant]
    return replace(found, order=tuple(order), sure=sure)


def sql_of(found: Sequence[object]) -> list[str]:
    return [getattr(one, "sql", "") for one in found]
