"""What is asked of entities: who came again, who has one thing and not another, the best of a kind, names that people
have; over an invented ferry line and its rows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from services.ml_gateway.engine import Refused, plan
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog, Metric, TableKey
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, MetricValue
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.scoring.calibrating import most_sure
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.reader.wording.standing import OPEN
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table

_ROWS = """
CREATE TABLE ports (id INTEGER, name TEXT);
CREATE TABLE crossings (id INTEGER, name TEXT, port_id INTEGER, operator TEXT, fare NUMERIC, is_active BOOLEAN);
CREATE TABLE passengers (id INTEGER, first_name TEXT, last_name TEXT, email TEXT);
CREATE TABLE vouchers (id INTEGER, name TEXT);
CREATE TABLE bookings (id INTEGER, passenger_id INTEGER, crossing_id INTEGER, voucher_id INTEGER, booked_on DATE,
                       cabin TEXT, price NUMERIC);
INSERT INTO ports VALUES (1, 'Lindholm'), (2, 'Varde');
INSERT INTO crossings VALUES (1, 'Morning Tern', 1, 'Blue', 30, TRUE), (2, 'Evening Tern', 1, 'Blue', 20, FALSE),
                             (3, 'Gull', 2, 'Red', 50, TRUE), (4, 'Petrel', 2, 'Red', 40, TRUE);
INSERT INTO passengers VALUES (1, 'Ada', 'Reed', 'ada@post.example'), (2, 'Reed', 'Olsen', 'rob@post.example'),
                              (3, 'Kai', 'Holm', 'robin@post.example'), (4, 'Kai', 'Holm', 'kai@post.example'),
                              (5, 'Mia', 'Lund', 'mia@post.example');
INSERT INTO vouchers VALUES (1, 'spring');
INSERT INTO bookings VALUES (1, 1, 1, 1, '2026-01-05', 'inside', 30), (2, 1, 3, NULL, '2026-01-06', 'outside', 50),
                            (3, 2, 1, NULL, '2026-01-07', 'inside', 30), (4, 3, 3, NULL, '2026-01-08', 'inside', 50),
                            (5, 3, 3, 1, '2026-01-09', 'inside', 50), (6, 4, 1, NULL, '2026-01-09', 'outside', 90);
"""


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("ports", "id int!, name text!"),
                table(
                    "crossings",
                    "id int!, name text!, port_id int!, operator text!, fare num!, is_active bool!",
                    samples={"operator": ("Blue", "Red")},
                ),
                table("passengers", "id int!, first_name text!, last_name text!, email text!"),
                table("vouchers", "id int!, name text!"),
                table(
                    "bookings",
                    "id int!, passenger_id int!, crossing_id int!, voucher_id int, booked_on date!, cabin text!, "
                    "price num!",
                    samples={"cabin": ("inside", "outside")},
                ),
            ),
            (
                key("crossings.port_id -> ports.id"),
                key("bookings.passenger_id -> passengers.id"),
                key("bookings.crossing_id -> crossings.id"),
                key("bookings.voucher_id -> vouchers.id"),
            ),
            (Metric("takings", TableKey("public", "bookings"), "sum(price)"),),
            dialect="sqlite",
        )
    )


@pytest.fixture(scope="module")
def opened() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.execute("ATTACH ':memory:' AS public")
    connection.executescript(_ROWS.replace("CREATE TABLE ", "CREATE TABLE public.").replace("INTO ", "INTO public."))
    yield connection
    connection.close()


def _found(question: str, index: Index) -> tuple[Candidate, ...]:
    asked = Asked(question, tokenize(question), date(2026, 2, 10), "UTC")
    return candidates(sentences(asked.tokens, index, ()), index, packaged().labels)


def _answers(question: str, index: Index, opened: sqlite3.Connection) -> list[Counter[tuple[object, ...]]]:
    """The rows of each candidate that SQL can say, the likeliest first."""
    found = []
    for one in _found(question, index):
        try:
            sql = compile_query(one.query, Schema(index), timezone="UTC").sql
        except Unreadable:
            continue
        found.append(Counter(opened.execute(sql).fetchall()))
    return found


_HOLMS = ("Kai", "Holm")


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("repeat passengers", [("Ada", "Reed"), _HOLMS]),
        ("how many returning passengers are there", [(2,)]),
        ("one-time passengers", [("Reed", "Olsen"), _HOLMS]),
        ("passengers with more than 1 booking", [("Ada", "Reed"), _HOLMS]),
        ("passengers who booked inside but not outside", [("Reed", "Olsen"), _HOLMS]),
        ("passengers who booked both inside and outside", [("Ada", "Reed")]),
        ("passengers named Reed", [("Ada", "Reed"), ("Reed", "Olsen")]),
        ("passengers not named Reed", [_HOLMS, _HOLMS, ("Mia", "Lund")]),
        ("passengers whose email starts with rob", [("Reed", "Olsen"), _HOLMS]),
        ("crossings containing tern", [("Morning Tern",), ("Evening Tern",)]),
        ("passengers without bookings", [("Mia", "Lund")]),
        ("crossings never booked", [("Evening Tern",), ("Petrel",)]),
        ("operators with both active and inactive crossings", [("Blue",)]),
        ("cheapest crossing per port", [("Lindholm", "Evening Tern"), ("Varde", "Petrel")]),
        ("count and total of takings by cabin", [("inside", 4, 160), ("outside", 2, 140)]),
        ("passengers with takings over 85", [_HOLMS, _HOLMS]),
    ],
)
def test_the_rows_that_are_asked_for_are_among_the_answers(
    question: str, rows: list[tuple[object, ...]], index: Index, opened: sqlite3.Connection
) -> None:
    assert Counter(rows) in _answers(question, index, opened)


def test_two_people_of_one_name_are_two(index: Index, opened: sqlite3.Connection) -> None:
    for rows in _answers("passengers not named Reed", index, opened):
        assert rows[_HOLMS] != 1, "a namesake is lost"


def test_rows_that_lack_what_they_point_at_have_no_key_to_it(index: Index) -> None:
    """Whatever way there is to say so: one reading."""
    listed = [one.query for one in _found("bookings without a voucher", index) if not one.query.combined]
    said = {str(one.where) for one in listed if one.where is not None and not one.also}
    assert any("voucher_id" in one for one in said)
    assert not any("Exists" in one and "vouchers" in one for one in said)


@pytest.mark.parametrize("question", ["who are our biggest passengers", "best passengers", "top 3 passengers"])
def test_the_best_of_a_kind_is_told_by_what_its_rows_bring_and_never_surely(question: str, index: Index) -> None:
    found = [one for one in _found(question, index) if OPEN in one.notes]
    numbers = {one.query.order[0].by for one in found}
    assert MetricValue("takings") in numbers
    assert len(numbers) > 1
    assert all(most_sure(one, question, index) < 0.75 for one in found)


def test_a_count_beside_a_total_is_never_left_out_surely(index: Index) -> None:
    question = "count and total of takings by cabin"
    for one in _found(question, index):
        if sum(isinstance(shown, Aggregate | MetricValue) for shown in one.query.show) < 2:
            assert most_sure(one, question, index) <= 0.2


def test_a_bound_behind_a_metric_is_never_surely_of_single_rows(index: Index) -> None:
    question = "passengers with takings over 85"
    for one in _found(question, index):
        bounds = [node for node in nodes_of(one.query.where) if isinstance(node, Compare) and node.right == (85.0,)]
        if any(isinstance(node.left, Field) for node in bounds):
            assert most_sure(one, question, index) <= 0.2


def test_the_first_of_each_is_never_surely_the_first_of_all(index: Index) -> None:
    question = "cheapest crossing per port"
    alone = [one for one in _found(question, index) if one.query.limit == 1 and not one.query.per]
    assert all(most_sure(one, question, index) <= 0.2 for one in alone if len(one.query.show) > 1)


def test_what_is_denied_is_never_surely_there(index: Index) -> None:
    question = "bookings that never had a voucher"
    there = [one for one in _found(question, index) if any(map(_is_there, nodes_of(one.query)))]
    assert all(most_sure(one, question, index) <= 0.2 for one in there)


def _is_there(node: object) -> bool:
    return isinstance(node, Compare) and node.operator is Operator.NOT_NULL


@pytest.mark.parametrize(
    "question", ["crossings booked together with none", "crossings that are often booked together"]
)
def test_what_occurs_together_is_refused_by_its_words(question: str, index: Index) -> None:
    outcome = plan(question, index, now=datetime(2026, 2, 10, tzinfo=UTC))
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.words) == (RefusalReason.UNSUPPORTED, ("booked", "together"))
