"""What there is none of, where verbs say of what."""

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Compare, Condition, Exists, Field, Not, Query, Rows
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.reader.assembly.assembling import framed, queries
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.wording.absent import GUESSED, NAMED, absences, denied, outside, unsaid
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table

KEYS = (
    "desks.keeper_id -> clerks.id",
    "clerks.mentor_id -> clerks.id",
    "loans.clerk_id -> clerks.id",
    "loans.approver_id -> clerks.id",
    "loans.item_id -> items.id",
)
KEEPER = Field(ColumnKey(TableKey("public", "desks"), "keeper_id"))


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("clerks", "id int!, name text!, mentor_id int"),
                table("desks", "id int!, label text!, keeper_id int, insured text!",
                      samples={"insured": ("yes", "no")}),
                table("items", "id int!, title text!, colour text!", samples={"colour": ("red", "blue")}),
                table("loans", "id int!, clerk_id int!, approver_id int, item_id int!"),
            ),
            tuple(map(key, KEYS)),
            dialect="sqlite",
        )
    )  # fmt: skip


def read(question: str, index: Index, *labels: Label) -> list[tuple[tuple[Condition, ...], str]]:
    """The conditions of each reading, with the first meaning of each name; labels beyond the given are to ignore."""
    sentence = sentences(tokenize(question), index)[0]
    given = [*labels, *[Label.IGNORED] * len(sentence.items)]
    parts = [
        Part(item, label, None if label is Label.IGNORED else item.choices[0])
        for item, label in zip(sentence.items, given, strict=False)
    ]
    frame = framed(parts, sentence, index)
    rest = outside(frame)
    plain = [one.query for one in queries(framed(rest, sentence, index))[:1]] if rest else unsaid(frame)
    return [(conjuncts(query.where), note) for query, note in absences(frame, plain, rest)]


def none_of(name: str, role: str) -> Condition:
    return Not(Exists(rows(name, role)))


def rows(name: str, role: str) -> Rows:
    place = [one.split(" -> ")[0] for one in KEYS].index(f"{name}.{role}")
    return Rows(TableKey("public", name), place)


@pytest.mark.parametrize(
    ("question", "expected", "note"),
    [
        ("items nobody borrowed", (none_of("loans", "item_id"),), GUESSED),
        ("items that were never approved", (none_of("loans", "item_id"),), NAMED),
        ("desks nobody keeps", (Compare(KEEPER, Operator.IS_NULL),), NAMED),
        ("clerks who mentor nobody", (none_of("clerks", "mentor_id"),), NAMED),
        ("clerks who have approved nothing", (none_of("loans", "approver_id"),), NAMED),
        ("clerks who keep no desk", (none_of("desks", "keeper_id"),), NAMED),
        (
            "clerks who neither keep nor approve anything",
            (none_of("desks", "keeper_id"), none_of("loans", "approver_id")),
            NAMED,
        ),
        (
            "clerks who have mentored but never approved",
            (Exists(rows("clerks", "mentor_id")), none_of("loans", "approver_id")),
            NAMED,
        ),
    ],
)  # fmt: skip
def test_the_words_of_the_clause_say_which_rows_there_are_none_of(
    question: str, expected: tuple[Condition, ...], note: str, index: Index
) -> None:
    assert read(question, index, Label.SHOW)[0] == (expected, note)


def test_rows_without_a_boss_are_not_those_who_lead_nobody(index: Index) -> None:
    mentor = Field(ColumnKey(TableKey("public", "clerks"), "mentor_id"))
    found = [conditions for conditions, _ in read("clerks without a mentor", index, Label.SHOW)]
    assert (Compare(mentor, Operator.IS_NULL),) in found
    assert (none_of("clerks", "mentor_id"),) not in found


def test_a_value_in_the_clause_is_of_the_rows_that_there_are_none_of(index: Index) -> None:
    colour = Field(ColumnKey(TableKey("public", "items"), "colour"))
    found = read("clerks who never approved red ones", index, Label.SHOW, Label.IGNORED, Label.NOT)
    assert (Not(Exists(rows("loans", "approver_id"), Compare(colour, Operator.EQUAL, ("red",)))),) in [
        c for c, _ in found
    ]


@pytest.mark.parametrize("question", ["Which colours are there? No repetitions.", "leave out items without a loan"])
def test_a_closing_remark_denies_nothing(question: str, index: Index) -> None:
    sentence = sentences(tokenize(question), index)[0]
    assert denied(framed([], sentence, index)) == []


def test_no_before_a_name_is_no_value(index: Index) -> None:
    assert [one.first for one in sentences(tokenize("clerks with no desk"), index)[0].items] == [0, 3]
    assert 2 in [one.first for one in sentences(tokenize("desks insured no"), index)[0].items]


def test_whoever_could_have_it_where_nobody_is_named(index: Index) -> None:
    sentence = sentences(tokenize("never had a loan"), index)[0]
    loans = sentence.items[-1]
    frame = framed([Part(loans, Label.NOT, loans.choices[0])], sentence, index)
    names = [one.show for one in unsaid(frame)]
    assert (Field(ColumnKey(TableKey("public", "clerks"), "name")),) in names
    assert all(isinstance(one, Query) for one in unsaid(frame))
