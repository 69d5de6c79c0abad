"""Set phrases of business questions and headlines, read by rule: the rows are those of SQL written by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.assembly.assembling import assemble
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind, find_cues
from services.ml_gateway.engine.reader.business.obeying import obeys
from services.ml_gateway.engine.reader.business.rules import by_rule
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.business.matching import is_ordered, same
from tests.engine.catalogs import shop
from tests.engine.data import NOW, database

CASES = yaml.safe_load((Path(__file__).parent / "business.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(shop(), dialect="sqlite"))


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    connection = database(shop())
    yield connection
    connection.close()


def _readings(question: str, index: Index) -> list[Query]:
    tokens = tokenize(question)
    divided = sentences(tokens, index, find_times(tokens, Today(NOW.date())))
    return [
        one.query
        for sentence, parts in by_rule(divided[0], index)
        for one in assemble(parts, sentence, index)
        if all(obeys(one.query, cue) for cue in sentence.cues)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["question"])
def test_a_reading_gives_the_rows(case: dict[str, str], index: Index, rows: sqlite3.Connection) -> None:
    gold = rows.execute(case["sql"]).fetchall()
    made = [compile_query(one, Schema(index), timezone="UTC").sql for one in _readings(case["question"], index)]

    assert gold
    assert any(same(rows.execute(sql).fetchall(), gold, ordered=is_ordered(case["sql"])) for sql in made), made


def _cues(question: str, index: Index) -> tuple[Cue, ...]:
    tokens = tokenize(question)
    return find_cues(tokens, spans(tokens, index))


@pytest.mark.parametrize(
    ("question", "grain"),
    [
        ("year-over-year growth of revenue", Grain.YEAR),
        ("revenue qoq", Grain.QUARTER),
        ("orders by month compared to the previous month", Grain.MONTH),
        ("orders by month vs the same month last year", Grain.YEAR),
    ],
)
def test_how_far_back_a_change_looks(question: str, grain: Grain, index: Index) -> None:
    changes = [one for one in _cues(question, index) if one.kind is CueKind.CHANGE]
    assert [one.grain for one in changes if one.grain] == [grain]


def test_a_name_of_the_catalog_is_no_phrase() -> None:
    catalog = shop()
    spend = next(table for table in catalog.tables if table.name == "marketing_spend")
    share = replace(spend.columns[-1], name="share")
    named = replace(spend, columns=(*spend.columns, share))
    tables = tuple(named if one is spend else one for one in catalog.tables)
    assert _cues("average share of each channel", prepare(replace(catalog, tables=tables))) == ()


def test_a_phrase_in_quotes_is_a_value(index: Index) -> None:
    assert _cues("customers named 'year over year'", index) == ()


def test_a_negation_that_finds_no_name_is_not_passed_over(index: Index) -> None:
    assert _readings("customers who never complained", index) == []
