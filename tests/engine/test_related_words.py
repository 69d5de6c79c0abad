"""Words that no name of the catalog explains: related English words, and slips of the pen."""

from __future__ import annotations

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.model import Catalog, Column, DataType, Table
from services.ml_gateway.engine.reader.labelling.slips import mended
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.engine.words.related import is_common, part_of_speech, related


def _table(name: str, *columns: Column) -> Table:
    key = Column("id", DataType.INTEGER)
    return Table("main", name, columns=(key, *columns), primary_key=("id",), row_count=50)


def _depots() -> Index:
    truck = _table("truck", Column("plate", DataType.TEXT), Column("payload", DataType.NUMBER))
    worker = _table("worker", Column("surname", DataType.TEXT), Column("salary", DataType.NUMBER))
    colour = Column("colour", DataType.TEXT, samples=("pale yellow", "green"), samples_complete=True)
    return prepare(Catalog(tables=(truck, worker, _table("crate", colour))))


_INDEX = _depots()


@pytest.mark.parametrize(
    ("asked", "word", "meant"), [("how many lorries", 2, "truck"), ("which payroll is highest", 1, "salary")]
)
def test_a_word_that_no_name_explains_is_guessed_from_related_words(asked: str, word: int, meant: str) -> None:
    found = [span for span in spans(tokenize(asked), _INDEX) if span.first == word]
    best = found[0].links[0]
    assert meant in (best.target.table.name, best.target.column)
    assert best.how == "related"
    assert best.score < 0.7


def test_a_word_that_the_catalog_has_is_not_guessed_at() -> None:
    found = spans(tokenize("green trucks"), _INDEX)
    assert {link.how for span in found for link in span.links} <= {"name", "value"}


def test_no_guess_is_made_at_a_guess() -> None:
    """Who "lives" somewhere has a family, but a "last name" is only another word for a family's name."""
    sailor = _table("sailor", Column("last_name", DataType.TEXT), Column("town", DataType.TEXT))
    tokens = tokenize("in which town the sailor lives")
    found = spans(tokens, prepare(Catalog(tables=(sailor,))))
    assert not [one for span in found if tokens[span.first].form == "lives" for one in span.links]


def test_relations_have_a_direction_only_on_paper() -> None:
    assert dict(related("lorry"))["truck"] > 0.4
    assert dict(related("lorries"))["truck"] > 0.4
    assert related("zzyzx") == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("befor", "before"), ("averge", "average"), ("higest", "highest"), ("wich", "which"), ("numbr", "number"),
        ("eahc", "each"), ("betwen", "between"), ("diferent", "different"), ("orderd", "ordered"),
    ],
)  # fmt: skip
def test_words_that_say_what_to_do_are_mended(written: str, meant: str) -> None:
    assert mended(tokenize(f"trucks {written} 2020"), _INDEX.lexicon)[1].form == meant


@pytest.mark.parametrize("word", ["quite", "tough", "lower", "then", "ordinary", "shower", "plate", "Befor"])
def test_what_is_english_or_a_name_is_not_mended(word: str) -> None:
    assert mended(tokenize(f"trucks {word} 2020"), _INDEX.lexicon)[1].form == word.lower()


def test_common_words_have_a_part_of_speech() -> None:
    assert [part_of_speech(word) for word in ("assigned", "lorries", "outdoor", "qwrtz")] == ["v", "n", "a", ""]
    assert is_common("lorries")
    assert not is_common("higest")


def test_a_value_is_read_though_misspelt() -> None:
    links = [link for span in spans(tokenize("pale yelow crates"), _INDEX) for link in span.links if span.first < 2]
    assert [(link.target.value, link.how) for link in links[:1]] == [("pale yellow", "word form")]


def test_an_adjective_is_about_no_table_and_no_text() -> None:
    line = _table("line", Column("last_name", DataType.TEXT), Column("duration", DataType.INTEGER))
    found = spans(tokenize("longest line"), prepare(Catalog(tables=(line,))))
    meant = {(link.target.table.name, link.target.column) for span in found for link in span.links if span.last == 1}
    assert meant == {("line", "duration")}


def test_letters_of_a_plural_count() -> None:
    assert [link.how for span in spans(tokenize("all truks"), _INDEX) for link in span.links] == ["spelling"]


def test_an_english_word_is_no_slip() -> None:
    assert [link for span in spans(tokenize("all plates and crates"), _INDEX) for link in span.links if link.first == 1]
    said = [link for span in spans(tokenize("all crabs and greed"), _INDEX) for link in span.links]
    assert "spelling" not in {link.how for link in said}
