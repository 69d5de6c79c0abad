"""A word does no other word's work: whose a quality is, of whom a number, by what is ranked, under whom somebody is."""

from collections.abc import Callable
from datetime import date

import pytest

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.model import Catalog, Metric, TableKey
from services.ml_gateway.engine.query.model import Compare, Field, MetricValue, Query, SetOperator
from services.ml_gateway.engine.query.walking import nodes_of, tables_in
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.pruning.sifting import sifted
from services.ml_gateway.engine.reader.pruning.twisted import is_twisted
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table

_TABLES = (
    table("towns", "town_id int!, name text!", samples={"name": ("Leeds", "York", "Hull")}),
    table("readers", "reader_id int!, name text!, town_id int!", samples={"name": ("Ann Poe", "Bo Lind")}),
    table("clerks", "clerk_id int!, name text!, manager_id int", samples={"name": ("Ann Poe", "Cy Dorn")}),
    table("loans", "loan_id int!, reader_id int!, clerk_id int!, state text!, fee num!, pickup_town_id int!",
          samples={"state": ("returned", "open", "reserved")}),
    table("damages", "damage_id int!, loan_id int!, kind text!", samples={"kind": ("returned late", "torn")}),
)  # fmt: skip
_KEYS = (
    "readers.town_id -> towns.town_id", "clerks.manager_id -> clerks.clerk_id", "loans.reader_id -> readers.reader_id",
    "loans.clerk_id -> clerks.clerk_id", "loans.pickup_town_id -> towns.town_id", "damages.loan_id -> loans.loan_id",
)  # fmt: skip
_INCOME = Metric("income", TableKey("public", "loans"), "sum(fee)")
LIBRARY = prepare(Catalog(_TABLES, tuple(map(key, _KEYS)), metrics=(_INCOME,), dialect="sqlite"))


def _found(question: str) -> tuple[Candidate, ...]:
    asked = Asked(question, tokenize(question), date(2026, 2, 10), "UTC")
    return candidates(sentences(asked.tokens, LIBRARY), LIBRARY, packaged().labels)


def _by_damage(query: Query) -> bool:
    return any(isinstance(one, Compare) and "damages" in _tables(one) for one in nodes_of(query))


def _of_each_reader(query: Query) -> bool:
    return "readers" in {table for one in query.group for table in _tables(one)}


def _in_another_order(query: Query) -> bool:
    return not query.order or query.order[0].by != MetricValue("income")


def _less_those(query: Query) -> bool:
    return query.combined is not None and query.combined[0] is SetOperator.EXCEPT


def _called_so(query: Query) -> bool:
    compared = [one.left for one in nodes_of(query) if isinstance(one, Compare) and isinstance(one.left, Field)]
    return any(one.key.table.name == "clerks" and one.key.name == "name" and one.role is None for one in compared)


def _tables(node: object) -> set[str]:
    return {one.name for one in tables_in(node)}


CASES: tuple[tuple[str, Callable[[Query], bool]], ...] = (
    ("returned loans", _by_damage),
    ("how many returned loans are there", _by_damage),
    ("income from York readers", _of_each_reader),
    ("highest income by town", _in_another_order),
    ("top income per reader", _in_another_order),
    ("readers not in Leeds", _less_those),
    ("clerks who report to Ann Poe", _called_so),
    ("clerks whose manager is Ann Poe", _called_so),
)


@pytest.mark.parametrize(("question", "wrong"), CASES)
def test_what_twists_a_word_is_known_and_goes(question: str, wrong: Callable[[Query], bool]) -> None:
    found = _found(question)
    twisted = [one.query for one in found if is_twisted(one, LIBRARY)]
    assert twisted
    assert all(map(wrong, twisted))
    kept = sifted(found, LIBRARY)
    assert kept
    assert not any(is_twisted(one, LIBRARY) for one in kept)


@pytest.mark.parametrize(
    "question",
    [
        "loans that are returned",  # by no word beside rows of another table
        "income by reader",  # of each, as it is said
        "income by town",  # in any order
        "clerks named Ann Poe",  # as they are called
        "readers in Leeds",
    ],
)
def test_what_a_word_says_where_it_stands_is_left_alone(question: str) -> None:
    first = _found(question)[0]
    assert not is_twisted(first, LIBRARY)
    assert first.query in [one.query for one in sifted(_found(question), LIBRARY)]
