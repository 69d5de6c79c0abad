"""Whatever is asked back, choosing once settles it: for each kind of clarification that there is."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from meshkit.ids import new_id
from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog, Column, DataType, Metric, Relationship, Table, TableKey
from services.ml_gateway.engine.outcome import ClarificationKind, ClarificationOption
from services.ml_gateway.learning import choices
from services.ml_gateway.learning.model import Learned, Origin, Synonym, SynonymKind, SynonymTarget
from services.ml_gateway.learning.overlay import overlaid
from services.ml_gateway.learning.targets import is_option, of_option, stable
from services.ml_gateway.learning.words import words_key

NOW = datetime(2026, 3, 15, tzinfo=UTC)
PORTS = Table(
    "sea",
    "ports",
    (Column("id", DataType.INTEGER), Column("name", DataType.TEXT, samples=("Alba", "Bora"), samples_complete=True)),
    primary_key=("id",),
)
TRIPS = Table(
    "sea",
    "trips",
    (
        Column("id", DataType.INTEGER),
        Column("from_port_id", DataType.INTEGER),
        Column("to_port_id", DataType.INTEGER),
        Column("planned_on", DataType.DATE),
        Column("actual_on", DataType.DATE),
        Column("bow_paint", DataType.TEXT, samples=("Red", "Blue"), samples_complete=True),
        Column("hull_paint", DataType.TEXT, samples=("Red", "Grey"), samples_complete=True),
        Column("swell", DataType.NUMBER),
    ),
    primary_key=("id",),
)
LINKS = tuple(Relationship(TRIPS.key, (column,), PORTS.key, ("id",)) for column in ("from_port_id", "to_port_id"))
CATALOG = Catalog((PORTS, TRIPS), LINKS)
KINDS = {
    "trips in Red": ClarificationKind.VALUE,
    "how many trips by paint": ClarificationKind.COLUMN,
    "how many trips by port": ClarificationKind.COLUMN,
    "how many trips in 2025": ClarificationKind.TIME_COLUMN,
    "swell by bow paint": ClarificationKind.AGGREGATE,
}


def learned_of(question: str, asked_back: NeedsClarification, option: ClarificationOption) -> Synonym:
    """As answering keeps it."""
    words = question[asked_back.start : asked_back.end]
    target = of_option(option.id, CATALOG, about_words=bool(words))
    said = "trips" if target.kind is SynonymKind.DATE else words or question
    return Synonym(
        id=new_id(),
        source_id=new_id(),
        words=said,
        words_key=words_key(said),
        target=target,
        meaning=option.label,
        origin=Origin.CLARIFICATION,
        user_id=None,
        create_time=NOW,
        update_time=NOW,
    )


@pytest.mark.parametrize("question", KINDS)
def test_choosing_once_settles_it(question: str) -> None:
    index = prepare(CATALOG)
    asked_back = plan(question, index, now=NOW)
    assert isinstance(asked_back, NeedsClarification), asked_back
    assert asked_back.kind is KINDS[question]
    answered = 0
    for option in asked_back.options:
        wanted = plan(option.question, index, now=NOW)
        synonym = learned_of(question, asked_back, option)
        learned = Learned(synonyms=(synonym,))
        found = choices.read(question, index, learned, now=NOW, timezone="UTC")
        if not isinstance(wanted, Planned):
            assert found.outcome == asked_back  # what doesn't lead to an answer hides nothing
            continue
        answered += 1
        assert isinstance(found.outcome, Planned)
        assert found.outcome.sql == wanted.sql
        assert found.text == option.question
        assert found.uses == (synonym,)
        for meaning in found.outcome.interpretation.meanings:
            assert question[meaning.start : meaning.end] == meaning.text
    assert answered >= 1


RANKED = Catalog(
    (PORTS, TRIPS),
    LINKS[:1],
    metrics=(
        Metric("cargo", TRIPS.key, "sum(swell)", label="Cargo"),
        Metric("delay", TRIPS.key, "avg(swell)", label="Delay"),
    ),
)


@pytest.mark.parametrize("longer", ["top 5 ports", "what are our top ports", "top ports for Red hull paint"])
def test_a_choice_counts_in_longer_questions_with_its_words(longer: str) -> None:
    index = prepare(RANKED)
    asked_back = plan("top ports", index, now=NOW)
    assert isinstance(asked_back, NeedsClarification), asked_back
    assert asked_back.start == asked_back.end
    again = plan(longer, index, now=NOW)
    assert isinstance(again, NeedsClarification), again
    option = next(one for one in asked_back.options if one.id in {each.id for each in again.options})
    wanted = plan(next(one for one in again.options if one.id == option.id).question, index, now=NOW)
    assert isinstance(wanted, Planned)
    chosen = learned_of("top ports", asked_back, option)
    found = choices.read(longer, index, Learned(synonyms=(chosen,)), now=NOW, timezone="UTC")
    assert isinstance(found.outcome, Planned)
    assert found.outcome.sql == wanted.sql
    assert found.uses == (chosen,)


@pytest.mark.parametrize("said", ["port", "topmost ports", "ports top"])
def test_words_that_the_question_does_not_hold_decide_nothing_in_it(said: str) -> None:
    index = prepare(RANKED)
    asked_back = plan("top 5 ports", index, now=NOW)
    assert isinstance(asked_back, NeedsClarification)
    chosen = learned_of(said, asked_back, asked_back.options[0])
    found = choices.read("top 5 ports", index, Learned(synonyms=(chosen,)), now=NOW, timezone="UTC")
    assert found.outcome == asked_back
    assert found.uses == ()


def test_a_role_is_known_by_its_columns_whatever_number_it_has() -> None:
    turned = replace(CATALOG, relationships=LINKS[::-1])
    assert stable("column:sea.ports.name:0", CATALOG) == stable("column:sea.ports.name:1", turned)
    assert stable("column:sea.ports.name:0", CATALOG) != stable("column:sea.ports.name:0", turned)
    target = of_option("column:sea.ports.name:0", CATALOG, about_words=True)
    assert target.kind is SynonymKind.CHOICE
    assert is_option(target, "column:sea.ports.name:1", turned)
    assert not is_option(target, "column:sea.ports.name:0", turned)


def test_an_id_that_could_be_two_things_is_a_choice() -> None:
    """A dot in a name makes two columns' ids the same."""
    dotted = Catalog(
        (
            Table("a", "b", (Column("c.d", DataType.TEXT),)),
            Table("a", "b.c", (Column("d", DataType.TEXT),)),
        )
    )
    target = of_option("column:a.b.c.d", dotted, about_words=True)
    assert target == SynonymTarget(SynonymKind.CHOICE, choice="column:a.b.c.d")


def test_a_taught_part_names_the_key() -> None:
    target = SynonymTarget(SynonymKind.RELATIONSHIP, "sea", "trips", reference_columns=("to_port_id",))
    asked_back = NeedsClarification(ClarificationKind.COLUMN, "", ())
    word = learned_of("", asked_back, ClarificationOption("", "", ""))
    taught = replace(word, words="quay", words_key="quay", target=target, origin=Origin.PERSON)
    made = overlaid(CATALOG, [taught])
    assert [link.synonyms for link in made.relationships] == [(), ("quay",)]
    read = plan("how many trips by quay", prepare(made), now=NOW, bar=0.5)
    assert isinstance(read, Planned)
    assert "to_port_id" in read.sql
    assert overlaid(Catalog((PORTS,)), [taught]) == Catalog((PORTS,))
    assert TableKey("sea", "trips") not in Catalog((PORTS,)).by_key


@pytest.mark.parametrize(
    "question", ["how many runs between the quays", "how many runs between the quays by bow paint"]
)
def test_words_taught_by_hand_are_told_however_the_reading_parts_them(question: str) -> None:
    said = "runs between the quays"
    word = Synonym(
        id=new_id(),
        source_id=new_id(),
        words=said,
        words_key=words_key(said),
        target=SynonymTarget(SynonymKind.TABLE, "sea", "trips"),
        meaning="trips",
        origin=Origin.PERSON,
        user_id=None,
        create_time=NOW,
        update_time=NOW,
    )
    # Which words are told is the point, not how sure the reading is.
    index = prepare(overlaid(CATALOG, [word]))
    read = choices.read(question, index, Learned([word]), now=NOW, timezone="UTC", bar=0.4)
    assert isinstance(read.outcome, Planned)
    assert read.uses == (word,)
