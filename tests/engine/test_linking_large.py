"""A catalog as large as companies have: the same outcome when a part of it is made anew, and bounded ways."""

from dataclasses import replace

import pytest

from benchmarks.large_catalog import large_catalog
from services.ml_gateway.engine import Index, prepare
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.model import Catalog, Column, DataType, Relationship, Table, TableKey
from services.ml_gateway.engine.tokens import tokenize

_QUESTIONS = (
    "total amount of invoices by country",
    "names of the suppliers whose status is open",
    "payment type and priority in Germany",
)


@pytest.fixture(scope="module")
def before() -> Index:
    return prepare(large_catalog(60, 900))


def _labelled(catalog: Catalog) -> Catalog:
    first, *others = catalog.tables
    return replace(catalog, tables=(replace(first, label="Everything Else"), *others))


def _a_column_called_like_a_value(catalog: Catalog) -> Catalog:
    *others, last = catalog.tables
    added = Column("Germany", DataType.NUMBER)
    return replace(catalog, tables=(*others, replace(last, columns=(*last.columns, added))))


def _without_a_table(catalog: Catalog) -> Catalog:
    gone = catalog.tables[3].key
    return replace(
        catalog,
        tables=tuple(table for table in catalog.tables if table.key != gone),
        relationships=tuple(r for r in catalog.relationships if gone not in (r.table, r.target)),
    )


@pytest.mark.parametrize("change", [_labelled, _a_column_called_like_a_value, _without_a_table])
def test_what_is_used_again_makes_the_same_index(before: Index, change: object) -> None:
    changed = change(before.catalog)  # type: ignore[operator]
    again, anew = prepare(changed, before), prepare(changed)
    assert again.phrases == anew.phrases
    assert again.lexicon.forms == anew.lexicon.forms
    assert again.lexicon.postings == anew.lexicon.postings
    assert again.lexicon.values == anew.lexicon.values
    for question in _QUESTIONS:
        assert spans(tokenize(question), again) == spans(tokenize(question), anew)


def test_only_the_changed_table_is_read_anew(before: Index) -> None:
    again = prepare(_labelled(before.catalog), before)
    kept = [key for key, entries in again.lexicon.entries.items() if entries is before.lexicon.entries[key]]
    assert len(kept) == len(before.catalog.tables) - 1


def test_the_catalog_is_always_the_same() -> None:
    assert large_catalog(20, 300) == large_catalog(20, 300)
    assert sum(len(table.columns) for table in large_catalog(20, 300).tables) == 300


def test_ways_between_tables_that_all_point_to_one_another_are_bounded() -> None:
    names = [f"t{number}" for number in range(30)]
    tables = tuple(Table("", name, (Column("id", DataType.INTEGER),), ("id",)) for name in names)
    keys = tuple(
        Relationship(TableKey("", one), (f"{other}_id",), TableKey("", other), ("id",))
        for one in names
        for other in names
        if one != other
    )
    graph = prepare(Catalog(tables, keys)).graph
    paths = graph.paths(tables[0].key, tables[1].key)
    assert 1 < len(paths) <= 64
    assert len(paths[0].place.path) == 1
    assert [path.cost for path in paths] == sorted(path.cost for path in paths)
