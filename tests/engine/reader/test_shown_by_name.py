"""Rows that a column points at are shown by name, parts that somebody plays are, and a period's date isn't shown."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from services.ml_gateway.engine.index import Index, TargetKind, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.query.model import Field, Query
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item
from services.ml_gateway.engine.reader.wording.alternatives import alternatives
from services.ml_gateway.engine.reader.wording.listing import as_rows
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("musicians", "id int!, first_name text!, last_name text!, joined_on date!, mentor_id int"),
                table("halls", "id int!, title text!, opened_on date!"),
                table("concerts", "id int!, hall_id int!, soloist int!, conductor_id int!, given_on date!"),
            ),
            (
                key("musicians.mentor_id -> musicians.id"),
                key("concerts.hall_id -> halls.id"),
                key("concerts.soloist -> musicians.id"),
                key("concerts.conductor_id -> musicians.id"),
            ),
            dialect="sqlite",
        )
    )


def _made(question: str, labels: Mapping[str, Label], index: Index, columns: Mapping[str, str]) -> list[Query]:
    """columns: which column some words mean."""
    tokens = tokenize(question)
    found = tuple(find_times(tokens, Today(date(2026, 1, 1))))
    sentence = sentences(tokens, index, found)[0]
    parts = []
    for item in sentence.items:
        words = " ".join(token.form for token in sentence.tokens[item.first : item.last])
        label = labels.get(words, Label.IGNORED)
        parts.append(Part(item, label, None if label is Label.IGNORED else _choice(item, columns.get(words, ""))))
    return [one.query for _, one in alternatives(parts, sentence, index)]


def _choice(item: Item, column: str) -> Choice:
    return next((one for one in item.choices if one.target.column == column), item.choices[0])


def _shown(queries: list[Query]) -> Iterator[list[tuple[str, int | None]]]:
    for query in queries:
        yield [(one.key.name, one.role) for one in query.show if isinstance(one, Field)]


def test_who_a_column_points_at_is_shown_by_name(index: Index) -> None:
    labels = {"soloist": Label.SHOW, "concerts": Label.CONTEXT}
    shown = list(_shown(_made("soloist of all concerts", labels, index, {"soloist": "soloist"})))
    assert [("soloist", None)] in shown
    assert [("first_name", 2), ("last_name", 2)] in shown


@pytest.mark.parametrize("question", ["musicians with their mentor's name", "musicians and the name of their mentor"])
def test_a_part_in_rows_of_the_same_table(question: str, index: Index) -> None:
    shown = _shown(_made(question, {"musicians": Label.SHOW, "mentor name": Label.SHOW}, index, {}))
    assert [("first_name", None), ("last_name", None), ("first_name", 0), ("last_name", 0)] in list(shown)


def test_half_a_name_is_the_name_unless_the_words_say_which(index: Index) -> None:
    both = [("first_name", None), ("last_name", None)]
    made = _made("names of musicians", {"names": Label.SHOW, "musicians": Label.CONTEXT}, index, {"names": "last_name"})
    assert both in list(_shown(made))
    labels = {"last names": Label.SHOW, "musicians": Label.CONTEXT}
    assert both not in list(_shown(_made("last names of musicians", labels, index, {})))


def test_a_column_of_a_part(index: Index) -> None:
    labels = {"concerts": Label.CONTEXT, "last name": Label.SHOW}
    made = _made("concerts and the last name of the conductor", labels, index, {"last name": "last_name"})
    assert [("last_name", 3)] in list(_shown(made))
    labels = {"concerts": Label.CONTEXT, "conductor last name": Label.SHOW}
    made = _made("concerts and the conductor's last name", labels, index, {"conductor last name": "last_name"})
    assert [("last_name", 3)] in list(_shown(made))


def test_a_date_is_its_periods_alone(index: Index) -> None:
    labels = {"halls": Label.CONTEXT, "opened": Label.SHOW}
    shown = _shown(_made("halls opened from 2000 to 2010", labels, index, {"opened": "opened_on"}))
    assert [("title", None)] in list(shown)
    shown = _shown(_made("halls and when they opened", labels, index, {"opened": "opened_on"}))
    assert [("title", None)] not in list(shown)


@pytest.mark.parametrize(
    ("question", "whole"),
    [("concerts in 2025", True), ("Which concerts were in 2025?", False), ("ids of concerts in 2025", False)],
)
def test_rows_without_a_name_are_shown_as_they_are(question: str, whole: bool, index: Index) -> None:
    sentence = sentences(tokenize(question), index)[0]
    item = next(one for one in sentence.items if one.choices[0].target.kind is TargetKind.TABLE)
    parts = [Part(item, Label.SHOW, item.choices[0])]
    key_alone = Query(show=(Field(ColumnKey(item.choices[0].target.table, "id")),))
    shown = as_rows(key_alone, parts, question, question.index("concerts"), index).show
    assert len(shown) == (5 if whole else 1)
