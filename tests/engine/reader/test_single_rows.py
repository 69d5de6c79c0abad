"""A number of one row is that row's own: it competes with nothing, and no other reading stands beside it."""

from dataclasses import replace
from datetime import date

import pytest

from services.ml_gateway.engine import Index, NeedsClarification, Planned, prepare
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.model import Catalog, Column, ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, Function, Query, Rows
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.planning import answering, understood
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table
from tests.engine.reader.asking import asked

BAKERY = prepare(
    Catalog(
        (
            table("bakeries", "bakery_id int!, name text!, town text!"),
            table("bakers", "baker_id int!, full_name text!, bakery_id int!, hourly_wage num!, ovens int!"),
            table("loaves", "loaf_id int!, baker_id int!, weight num!, baked_at ts!"),
        ),
        (key("bakers.bakery_id -> bakeries.bakery_id"), key("loaves.baker_id -> bakers.baker_id")),
        dialect="sqlite",
    )
)

BAKERIES = Rows(TableKey("public", "bakeries"))


def _readings(question: str, index: Index = BAKERY) -> list[Query]:
    said = Asked(question, tokenize(question), date(2026, 2, 10), "UTC")
    found = understood(said, index, packaged(), Schema(index)).order
    assert found
    return [answering(one.candidate, said, index) for one in found]


def test_the_total_of_one_row_is_its_own_number() -> None:
    for query in _readings("bakers and their hourly wage"):
        totals = [one for one in nodes_of(query) if isinstance(one, Aggregate) and one.function is Function.SUM]
        assert not (totals and query.group)


def test_rows_with_so_many_are_not_groups_of_rows_above_them() -> None:
    for query in _readings("bakers with more than 3 ovens"):
        held = [one.left for one in nodes_of(query.having) if isinstance(one, Compare)] if query.having else []
        assert not any(isinstance(one, Aggregate) and one.function is Function.SUM for one in held)
        assert BAKERIES not in [one.of for one in held if isinstance(one, Aggregate)]


def test_the_greatest_of_a_column_is_one_reading() -> None:
    queries = _readings("what is the highest hourly wage")
    assert [one.function for one in queries[0].show if isinstance(one, Aggregate)] == [Function.MAX]
    assert not any(one.limit for one in queries)


def test_what_each_row_has_one_of_is_averaged_over_all_rows() -> None:
    first = _readings("average ovens per baker")[0]
    assert [one.function for one in first.show if isinstance(one, Aggregate)] == [Function.AVG]
    assert not first.group


def test_by_each_row_it_is_told_for_each() -> None:
    outcome = asked("average hourly wage by baker", BAKERY)
    assert isinstance(outcome, Planned)
    assert outcome.reading.group


def test_more_than_a_number_is_more_than_no_average() -> None:
    for query in _readings("bakers with an hourly wage of more than 20")[:3]:
        held = [one for one in nodes_of(query) if isinstance(one, Compare)]
        assert not any(isinstance(one.right, Query) for one in held)


@pytest.mark.parametrize("question", ["median hourly wage", "median weight of loaves by baker"])
def test_a_median_is_told_or_asked_about(question: str) -> None:
    outcome = asked(question, BAKERY)
    if isinstance(outcome, Planned):
        assert "median" in outcome.columns[-1].name.lower()
    else:
        assert isinstance(outcome, NeedsClarification)


STUDIOS = prepare(
    Catalog(
        (
            table("labels", "label_id int!, name text!"),
            replace(
                table("records", "record_id int!, title text!, producer text!, label_id int!", row_count=200),
                columns=(
                    Column("record_id", DataType.INTEGER, nullable=False, distinct_count=200),
                    Column("title", DataType.TEXT, distinct_count=196),
                    Column("producer", DataType.TEXT, distinct_count=14),
                    Column("label_id", DataType.INTEGER, distinct_count=6),
                ),
            ),
        ),
        (key("records.label_id -> labels.label_id"),),
        dialect="sqlite",
    )
)


@pytest.mark.parametrize(
    "question",
    ["what is the name of the producer that made the most records", "most common producer of titles of records"],
)
def test_what_has_the_most_rows_is_not_told_apart_by_their_names(question: str) -> None:
    title = Field(ColumnKey(TableKey("public", "records"), "title"))
    ranked = [query for query in _readings(question, STUDIOS) if query.limit and query.group]
    assert ranked
    for query in ranked:
        counted = [one.by for one in query.order if isinstance(one.by, Aggregate) and isinstance(one.by.of, Rows)]
        assert not (counted and title in query.group and len(query.group) > 1)
