"""What is held against what, over invented schemas: best months, ratios, days between two events, one value versus
another, the amount that rows are "over", readings that are answered alike."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.assuming import assumptions
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog, Metric, TableKey
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Duration,
    Each,
    Field,
    Function,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.pruning.possible import is_possible
from services.ml_gateway.engine.reader.pruning.sifting import sifted
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table

TODAY = date(2026, 2, 10)


def _table(name: str) -> TableKey:
    return TableKey("public", name)


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("harbours", "id int!, name text!, coast text!", samples={"coast": ("north", "south")}),
                table(
                    "moorings",
                    "id int!, harbour_id int!, berth_type text!, booked_on date!, arrived_at ts, departed_at ts, "
                    "amount num!, tax_amount num!, is_paid bool!",
                    samples={"berth_type": ("pontoon", "buoy")},
                ),
                table(
                    "repairs",
                    "id int!, mooring_id int!, opened_at ts!, closed_at ts, labour_cost num!, parts_cost num!",
                ),
            ),
            (key("moorings.harbour_id -> harbours.id"), key("repairs.mooring_id -> moorings.id")),
            (Metric("takings", _table("moorings"), "SUM(amount)", time_column=None),),
            dialect="sqlite",
        )
    )


def _made(question: str, index: Index) -> tuple[Candidate, ...]:
    asked = Asked(question, tokenize(question), TODAY, "UTC")
    times = find_times(asked.tokens, Today(TODAY))
    return sifted(candidates(sentences(asked.tokens, index, times), index, packaged().labels), index)


def _queries(question: str, index: Index) -> list[Query]:
    return [one.query for one in _made(question, index)]


def _names(field: object) -> str:
    return field.key.name if isinstance(field, Field) else ""


@pytest.mark.parametrize(
    ("question", "descending", "limit"),
    [
        ("best month ever for takings", True, 1),
        ("worst quarter for takings", False, 1),
        ("top 3 months by takings", True, 3),
        ("busiest weekday by repairs", True, 1),
        ("slowest hour of the day for repairs", False, 1),
    ],
)
def test_the_best_period_is_one_of_all_by_what_is_named(
    question: str, descending: bool, limit: int, index: Index
) -> None:
    first = _queries(question, index)
    peaks = [one for one in first if one.limit == limit and any(isinstance(part, Bucket) for part in one.group)]
    assert peaks
    assert {one.order[0].descending for one in peaks} == {descending}


def test_a_unit_behind_a_superlative_is_no_period_where_more_of_a_name_follows(index: Index) -> None:
    assert [one.grain for one in find_times(tokenize("highest day rate"), Today(TODAY))] == []


@pytest.mark.parametrize(
    ("question", "above", "below"),
    [
        ("ratio of tax amount to amount by berth type", "tax_amount", "amount"),
        ("the ratio between parts cost and labour cost", "parts_cost", "labour_cost"),
    ],
)
def test_a_ratio_divides_the_totals(question: str, above: str, below: str, index: Index) -> None:
    sums = [
        [_names(node.of) for node in nodes_of(one) if isinstance(node, Aggregate)] for one in _queries(question, index)
    ]
    assert {above, below} in [set(one) for one in sums]
    assert all(len(one) == 2 for one in sums)


def test_nothing_is_divided_by_itself_under_another_name() -> None:
    catalog = Catalog(
        (table("ferries", "id int!, sailed_on date!"), table("decks", "id int!, ferry_id int!")),
        (key("decks.ferry_id -> ferries.id"),),
        (Metric("ferries", _table("ferries"), "COUNT(*)"),),
        dialect="sqlite",
    )
    made = _queries("ratio of decks to ferries", prepare(catalog))
    counted = [{node.of for node in nodes_of(one) if isinstance(node, Aggregate)} for one in made]
    assert {Rows(_table("decks"))} in counted or {Rows(_table("decks")), Rows(_table("ferries"))} in counted


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("average days between opening and closing of repairs", "opened_at", "closed_at"),
        ("how long does it take to close a repair", "opened_at", "closed_at"),
        ("how long until repairs are closed on average", "opened_at", "closed_at"),
    ],
)
def test_how_long_is_from_the_first_day_to_the_last(question: str, start: str, end: str, index: Index) -> None:
    spans = [node for one in _queries(question, index) for node in nodes_of(one) if isinstance(node, Duration)]
    assert {(_names(one.start), _names(one.end)) for one in spans} == {(start, end)}


def test_the_names_of_two_moments_are_no_conditions(index: Index) -> None:
    made = _queries("average days between opening and closing of repairs", index)
    assert [one.where for one in made] == [None] * len(made)


@pytest.mark.parametrize("question", ["pontoon versus buoy moorings", "moorings: pontoon vs buoy"])
def test_values_side_by_side_are_a_row_for_each(question: str, index: Index) -> None:
    made = _queries(question, index)
    assert all(one.combined is None for one in made)
    held = [node for one in made for node in nodes_of(one.where) if isinstance(node, Compare)]
    assert all(one.left in made[0].group and set(one.right) == {"pontoon", "buoy"} for one in held)  # type: ignore[arg-type]


def test_sides_stand_behind_their_period(index: Index) -> None:
    first = _queries("takings of pontoon versus buoy by month in 2025", index)[0]
    assert isinstance(first.show[0], Bucket)
    assert _names(first.show[1]) == "berth_type"


@pytest.mark.parametrize(
    "question", ["moorings over 500 euros", "moorings between 100 and 200", "moorings above 90 dollars"]
)
def test_rows_are_over_their_own_amount_and_no_part_of_it(question: str, index: Index) -> None:
    held = {
        _names(node.left)
        for one in _made(question, index)
        if "of an amount" in one.notes
        for node in nodes_of(one.query.where)
        if isinstance(node, Compare)
    }
    assert held == {"amount"}


def test_money_by_its_name_is_part_of_the_number(index: Index) -> None:
    tokens = tokenize("moorings over 500 euros")
    item = next(one for one in sentences(tokens, index, ())[0].items if one.symbol == "#")
    assert (item.first, item.last) == (2, 4)


@pytest.mark.parametrize("question", ["moorings above the average amount", "moorings above average"])
def test_rows_above_the_average_are_held_against_the_mean_of_their_amount(question: str, index: Index) -> None:
    means = [
        (_names(node.left), _names(shown.of))
        for one in _queries(question, index)
        for node in nodes_of(one.where)
        if isinstance(node, Compare) and isinstance(node.right, Query)
        for shown in node.right.show
        if isinstance(shown, Aggregate)
    ]
    assert ("amount", "amount") in means


def test_the_mean_of_a_metric_per_row_above_is_split_by_what_follows(index: Index) -> None:
    made = _queries("average takings per harbour by coast", index)
    each = [node for node in nodes_of(made[0]) if isinstance(node, Each)]
    assert [one.by for one in each] == [(Rows(_table("harbours")),)]
    assert [_names(one) for one in made[0].group] == ["coast"]


@pytest.mark.parametrize(
    ("question", "start", "end"),
    [
        ("repairs same month last year", date(2025, 2, 1), date(2025, 3, 1)),
        ("repairs in the same quarter of last year", date(2025, 1, 1), date(2025, 4, 1)),
        ("repairs on the same day a year ago", date(2025, 2, 10), date(2025, 2, 11)),
    ],
)
def test_the_same_period_of_last_year_is_the_current_one_a_year_before(question: str, start: date, end: date) -> None:
    (found,) = find_times(tokenize(question), Today(TODAY))
    assert found.span
    assert (found.span.start, found.span.end) == (start, end)


def test_the_same_day_of_a_leap_year_is_the_28th() -> None:
    (found,) = find_times(tokenize("repairs on the same day last year"), Today(date(2024, 2, 29)))
    assert found.span
    assert found.span.start == date(2023, 2, 28)


def test_rows_listed_by_their_key_and_whole_rows_are_answered_alike(index: Index) -> None:
    made = _queries("moorings over 500 euros", index)
    every = len(index.catalog.by_key[_table("moorings")].columns)
    plain = [one for one in made if all(isinstance(part, Field) for part in one.show) and not one.order]
    lists = [one for one in plain if [_names(part) for part in one.show] == ["id"] or len(one.show) == every]
    over = [one for one in lists if isinstance(one.where, Compare) and _names(one.where.left) == "amount"]
    assert len(over) == 1


def test_no_mean_of_flags_and_no_rows_common_to_two_numbers(index: Index) -> None:
    flag = Field(next(one for one in index.catalog.columns if one.name == "is_paid"))
    day = Field(next(one for one in index.catalog.columns if one.name == "booked_on"))
    for field in (flag, day):
        assert not is_possible(Query((Aggregate(Function.AVG, field),)), index)
    number = Query((Aggregate(Function.COUNT, Rows(_table("repairs"))),))
    shared = Query(number.show, combined=(SetOperator.INTERSECT, number))
    assert not is_possible(shared, index)
    assert is_possible(number, index)


def test_the_cue_of_a_ratio_needs_both_its_sides() -> None:
    index = prepare(Catalog((table("sheds", "id int!, ratio num!"),), dialect="sqlite"))
    tokens = tokenize("ratio of sheds")
    cues = [cue.kind for one in sentences(tokens, index, ()) for cue in one.cues]
    assert CueKind.QUOTIENT not in cues


def test_every_reading_can_be_run(index: Index) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS public")
    for one in index.catalog.tables:
        connection.execute(f"CREATE TABLE public.{one.name} ({', '.join(c.name for c in one.columns)})")
    for question in ("best month for takings", "ratio of tax amount to amount", "pontoon versus buoy moorings"):
        for query in _queries(question, index):
            connection.execute(compile_query(query, Schema(index), timezone="UTC").sql)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("moorings over 500 euros", "The comparison is taken to be about the mooring amount."),
        ("moorings with an amount over 500", ""),
    ],
)
def test_the_number_that_a_comparison_is_about_is_told(question: str, told: str, index: Index) -> None:
    asked = Asked(question, tokenize(question), TODAY, "UTC")
    over = [
        one
        for one in _made(question, index)
        if isinstance(one.query.where, Compare) and _names(one.query.where.left) == "amount"
    ]
    said = {
        line
        for line in assumptions(over[0].query, over[0].labelling.parts, asked, index)
        if line.startswith("The comparison")
    }
    assert said == ({told} if told else set())
