"""How often something was done, and two things that were, where verbs name the rows."""

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.wording.alternatives import alternatives
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("clerks", "id int!, name text!, town text!, mentor_id int", samples={"name": ("Ann Poe",)}),
                table("desks", "id int!, label text!"),
                table("loans", "id int!, clerk_id int!, approver_id int, desk_id int!"),
            ),
            (
                key("clerks.mentor_id -> clerks.id"),
                key("loans.clerk_id -> clerks.id"),
                key("loans.approver_id -> clerks.id"),
                key("loans.desk_id -> desks.id"),
            ),
            dialect="sqlite",
        )
    )


def made(question: str, index: Index, *labels: Label) -> list[tuple[str, tuple[str, ...]]]:
    """SQL and notes; names beyond the labels are ignored."""
    sentence = sentences(tokenize(question), index)[0]
    given = [*labels, *[Label.IGNORED] * len(sentence.items)]
    parts = [
        Part(item, label, None if label is Label.IGNORED else item.choices[0])
        for item, label in zip(sentence.items, given, strict=False)
    ]
    return [(sql(one.query, index), one.notes) for _, one in alternatives(parts, sentence, index)]


def sql(query: Query, index: Index) -> str:
    return compile_query(query, Schema(index), timezone="UTC").sql.replace('"', "")


def noted(note: str, found: list[tuple[str, tuple[str, ...]]]) -> str:
    return next(text for text, notes in found if note in notes)


def test_the_most_deeds(index: Index) -> None:
    found = noted("ranked by deeds", made("clerks who approved the most", index, Label.SHOW))
    assert "JOIN public.clerks AS approver_clerks ON loans.approver_id = approver_clerks.id" in found
    assert "ORDER BY COUNT(*) DESC" in found
    assert "LIMIT 1" in found


def test_bosses_by_how_many_they_lead(index: Index) -> None:
    found = noted("ranked by deeds", made("clerks who have mentored the most", index, Label.SHOW))
    assert "clerks.mentor_id = mentor_clerks.id" in found
    assert "GROUP BY mentor_clerks.id" in found


@pytest.mark.parametrize(
    ("question", "joined", "compared"),
    [
        ("clerks who approved more than twice", "approver_id", "COUNT(*) > 2"),
        ("clerks who approved at least 3 loans", "approver_id", "COUNT(*) >= 3"),
        ("clerks who have mentored several", "mentor_id", "COUNT(*) > 1"),
        ("clerks who approved exactly one", "approver_id", "COUNT(*) = 1"),
    ],
)
def test_so_many_deeds(question: str, joined: str, compared: str, index: Index) -> None:
    found = noted("counted deeds", made(question, index, Label.SHOW))
    assert joined in found
    assert compared in found


def test_both_deeds(index: Index) -> None:
    found = noted("both deeds", made("clerks who have both mentored and approved", index, Label.SHOW))
    assert found.count("EXISTS") == 2
    assert "mentor_id" in found
    assert "approver_id" in found


def test_values_that_several_rows_share(index: Index) -> None:
    found = noted("shared values", made("towns shared by several clerks", index, Label.SHOW))
    assert "GROUP BY clerks.town HAVING COUNT(*) > 1" in found


def test_rows_under_one_of_the_same_table(index: Index) -> None:
    found = noted("under one of the same", made("clerks under Ann Poe", index, Label.SHOW, Label.WHERE))
    assert "mentor_clerks.name = 'Ann Poe'" in found
