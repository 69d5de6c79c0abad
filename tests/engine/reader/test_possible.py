"""What the words around rule out is no candidate; what they leave open is."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Bucket, Compare, Field, Function, Query, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.planning import read
from services.ml_gateway.engine.reader.pruning.omitting import omitted
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import CATALOGS as SMALL
from tests.engine.catalogs import table
from tests.engine.data import NOW
from tests.engine.trades import TRADES

_CATALOGS: Mapping[str, Callable[[], Catalog]] = SMALL | TRADES


def _found(question: str, catalog: str | Catalog) -> list[Candidate]:
    built = _CATALOGS[catalog]() if isinstance(catalog, str) else catalog
    index: Index = prepare(replace(built, dialect="sqlite"))
    asked = Asked(question, tokenize(question), NOW.date(), "UTC")
    found = [one.candidate for one in read(asked, index, packaged())]
    assert found
    return found


def _queries(question: str, catalog: str | Catalog) -> list[Query]:
    return [one.query for one in _found(question, catalog)]


def _counts_of(query: Query) -> set[TableKey]:
    numbers = [one for one in nodes_of(query) if isinstance(one, Aggregate) and one.function is Function.COUNT]
    return {one.of.table for one in numbers if isinstance(one.of, Rows)}


def _adds_up(query: Query) -> bool:
    return any(isinstance(one, Aggregate) and one.function is Function.SUM for one in nodes_of(query))


def test_a_number_behind_top_is_no_condition() -> None:
    assert not any(one.having for one in _queries("doctors by visits top 3", "clinic"))


@pytest.mark.parametrize("question", ["patients by vip", "patients per vip"])
def test_by_a_flag_is_each_of_both(question: str) -> None:
    vip = ColumnKey(TableKey("public", "patients"), "vip")
    for query in _queries(question, "clinic"):
        compared = [one for one in nodes_of(query) if isinstance(one, Compare) and isinstance(one.left, Field)]
        assert not any(one.left.key == vip and one.operator is Operator.EQUAL for one in compared)  # type: ignore[union-attr]


def test_a_grain_that_no_name_has_is_in_every_candidate() -> None:
    found = _queries("visits by month", "clinic")
    assert all(any(isinstance(node, Bucket) for node in nodes_of(one)) for one in found)


def test_what_is_done_beside_a_period_is_apart_from_who_does_it() -> None:
    found = _queries("how many customers signed up last year by country", "shop")
    customers = TableKey("public", "customers")
    country, signed = ColumnKey(customers, "country"), ColumnKey(customers, "signed_up_at")
    assert any(
        Field(country) in one.show and customers in _counts_of(one) and Field(signed) in nodes_of(one.where)
        for one in found
        if one.where
    )


def test_who_is_in_a_place_is_looked_for_by_the_place() -> None:
    name = ColumnKey(TableKey("public", "customers"), "name")
    for query in _queries("customers in Atlantis", "shop"):
        compared = [one.left for one in nodes_of(query) if isinstance(one, Compare)]
        assert Field(name) not in compared


def test_a_command_is_no_value() -> None:
    for candidate in _found("present the number of visits", "clinic"):
        assert candidate.sentence.items[0].first > 0


def test_a_preposition_decides_the_part_of_a_table() -> None:
    index = prepare(_CATALOGS["freight"]())
    origin = next(n for n, one in enumerate(index.catalog.relationships) if one.columns == ("origin_port_id",))
    for query in _queries("number of shipments to Genoa in 2025", "freight"):
        roles = [one.left.role for one in nodes_of(query) if isinstance(one, Compare) and isinstance(one.left, Field)]
        assert origin not in roles


def test_a_number_that_is_no_amount_may_be_averaged() -> None:
    functions = {
        node.function
        for one in _queries("price by category", "shop")
        for node in one.show
        if isinstance(node, Aggregate)
    }
    assert {Function.AVG, Function.SUM} <= functions


def test_words_are_not_added_up_and_keys_have_no_greatest() -> None:
    for question in ("total by country", "top 3 doctors by visits"):
        for query in _queries(question, "clinic"):
            numbers = [one for one in nodes_of(query) if isinstance(one, Aggregate) and isinstance(one.of, Field)]
            assert not any(
                one.function in (Function.SUM, Function.MAX) and one.of.key.name.endswith(("country", "_id"))  # type: ignore[union-attr]
                for one in numbers
            )


def test_nothing_is_denied_that_no_word_denies() -> None:
    for candidate in _found("how many visits were missed", "clinic"):
        assert not any(part.label is Label.NOT for part in candidate.labelling.parts)


def test_rows_are_ranked_where_each_has_a_name_of_its_own() -> None:
    made = table("till", "slip text!, shop text!, amount num!", row_count=90)
    counted = {"slip": 90, "shop": 4, "amount": 80}
    columns = tuple(replace(one, distinct_count=counted[one.name]) for one in made.columns)
    catalog = Catalog(tables=(replace(made, columns=columns),))
    assert not _adds_up(_queries("top 3 slips by amount", catalog)[0])
    assert any(_adds_up(one) for one in _queries("top 3 shops by amount", catalog))


def test_names_are_whole() -> None:
    people = table("pilots", "id int!, first_name text!, last_name text!, born int!")
    for query in _queries("names of the pilots", Catalog(tables=(people,))):
        shown = {one.key.name for one in query.show if isinstance(one, Field)}
        assert shown not in ({"first_name"}, {"last_name"})


@pytest.mark.parametrize("question", ["revenue by gender", "number of orders per mood"])
def test_what_a_number_is_split_by_is_never_left_out(question: str) -> None:
    index = prepare(replace(_CATALOGS["shop"](), dialect="sqlite"))
    assert all(omitted(one, index) for one in _found(question, "shop") if not one.query.group)
