"""What says the opposite of a column's name, or does nothing with it, is no candidate beside those that don't."""

from datetime import date

import pytest

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import Compare
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.items import sentences
from services.ml_gateway.engine.reader.sifting import sifted
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import table

INVOICES = prepare(
    Catalog((table("invoices", "id int!, amount num, paid_at ts, status text", samples={"status": ("paid", "open")}),))
)


def _found(question: str, index: Index) -> tuple[Candidate, ...]:
    asked = Asked(question, tokenize(question), date(2026, 2, 10), "UTC")
    return candidates(sentences(asked.tokens, index, ()), index, packaged().labels)


def _missing(one: Candidate) -> bool:
    return any(isinstance(node, Compare) and node.operator is Operator.IS_NULL for node in nodes_of(one.query))


def test_what_is_said_to_be_so_is_not_missing() -> None:
    found = _found("how many invoices are paid", INVOICES)
    kept = sifted(found)
    assert kept
    assert not any(map(_missing, kept))


@pytest.mark.parametrize("question", ["invoices that are not paid", "invoices without paid at", "invoices w/o paid at"])
def test_what_is_denied_may_be_missing(question: str) -> None:
    found = _found(question, INVOICES)
    assert [one for one in sifted(found) if _missing(one)] == [one for one in found if _missing(one)]


def test_all_stay_where_each_has_a_flaw() -> None:
    flawed = tuple(one for one in _found("how many invoices are paid", INVOICES) if _missing(one))
    assert sifted(flawed) == flawed
