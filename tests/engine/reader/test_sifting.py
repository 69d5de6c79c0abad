"""What says the opposite of a column's name, or does nothing with it, is no candidate beside those that don't."""

from datetime import date

import pytest

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.pruning.sifting import sifted
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, shop, table

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
    kept = sifted(found, INVOICES)
    assert kept
    assert not any(map(_missing, kept))


@pytest.mark.parametrize(
    "question", ["invoices that are not paid", "invoices without paid at", "invoices with no amount"]
)
def test_what_is_denied_may_be_missing(question: str) -> None:
    found = _found(question, INVOICES)
    assert any(map(_missing, found))
    assert any(map(_missing, sifted(found, INVOICES)))


def test_rows_that_are_named_are_counted_and_not_the_keys_that_refer_to_them() -> None:
    index = prepare(shop())
    for one in sifted(_found("how many clients are there", index), index):
        counted = [shown.of for shown in one.query.show if isinstance(shown, Aggregate)]
        assert not [of for of in counted if isinstance(of, Field)]


def test_no_part_is_played_for_rows_that_are_not_named() -> None:
    """The doctors of a referral are asked for by no word of "fees by doctor city"."""
    tables = (
        table("doctor", "id int!, name text!, city text!", samples={"city": ("Paris", "Lyon")}),
        table("visit", "id int!, doctor_id int!, fee num!"),
        table("referral", "id int!, from_doctor_id int!, to_doctor_id int!"),
    )
    keys = ("visit.doctor_id", "referral.from_doctor_id", "referral.to_doctor_id")
    index = prepare(Catalog(tables, tuple(key(f"{one} -> doctor.id") for one in keys)))
    roles = [
        node.role
        for one in sifted(_found("fees by doctor city", index), index)
        for node in nodes_of(one.query)
        if isinstance(node, Field | Rows)
    ]
    assert set(roles) <= {None, 0}


def test_all_stay_where_each_has_a_flaw() -> None:
    flawed = tuple(one for one in _found("how many invoices are paid", INVOICES) if _missing(one))
    assert sifted(flawed, INVOICES) == flawed


def test_a_kind_of_rows_with_a_table_of_its_own_is_not_all_of_them() -> None:
    """Divers are persons; "the names of divers" are not the names of everybody."""
    tables = (
        table("persons", "person_id int!, full_name text!, weight num!"),
        table("diver", "diver_id int!, deepest num!"),
    )
    index = prepare(Catalog(tables, (key("diver.diver_id -> persons.person_id"),)))
    for question in ("names of divers", "average weight of divers"):
        kept = [one for one in sifted(_found(question, index), index) if _names_a_part(one)]
        assert kept
        for one in kept:
            nodes = [node for node in nodes_of(one.query) if isinstance(node, Field | Rows)]
            rows = [node.rows if isinstance(node, Field) else node for node in nodes]
            assert any(each.role == 0 or each.table.name == "diver" for each in rows)


def _names_a_part(one: Candidate) -> bool:
    return any(part.choice and part.choice.target.relationship == 0 for part in one.labelling.parts)
