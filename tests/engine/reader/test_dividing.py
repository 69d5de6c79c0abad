"""Which words of a question are items: over a small schema of ferries."""

from datetime import date

import pytest

from services.ml_gateway.engine.index import Index, TargetKind, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labeller import labellings, likelihood
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import TokenKind, tokenize
from services.ml_gateway.training.facts import facts_of
from services.ml_gateway.training.gold import query_of
from services.ml_gateway.training.laid import acceptable
from tests.engine.catalogs import key, table

_TODAY = Today.of(date(2026, 2, 10), Catalog(()))


@pytest.fixture(scope="module")
def index() -> Index:
    tables = (
        table(
            "ferries",
            "ferry_id int!, ferry_name text!, flag text, num_of_decks int, nights_on_board int, built_on date",
            samples={"ferry_name": ("Queen of Ferries", "Tide"), "flag": ("United States", "Norway")},
        ),
        table(
            "crossings",
            "crossing_id int!, ferry_id int!, captain_id int!, origin text, destination text, started_at date",
            samples={"origin": ("Bergen", "Hull"), "destination": ("Hull", "Bergen")},
        ),
        table("captains", "captain_id int!, first_name text!, last_name text!, zone text",
              samples={"zone": ("Zone 1", "Zone 2")}),
    )  # fmt: skip
    keys = (key("crossings.ferry_id -> ferries.ferry_id"), key("crossings.captain_id -> captains.captain_id"))
    return prepare(Catalog(tables, keys, dialect="sqlite"))


def _sentence(question: str, index: Index) -> Sentence:
    return sentences(tokenize(question), index)[0]


def _words(sentence: Sentence, item: Item) -> str:
    return " ".join(token.text for token in sentence.tokens[item.first : item.last])


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("names of ferries", ["names", "ferries"]),  # though a value says "of ferries"
        ("how many crossings started in 2024", ["crossings", "started", "2024"]),
        ("started crossings of Tide", ["started", "crossings", "Tide"]),
        ("crossings from Aberdeen to Lerwick", ["crossings", "Aberdeen", "Lerwick"]),
        ("Sort the ferries by flag", ["ferries", "flag"]),
        ("ferries from the US", ["ferries", "US"]),
        ("show the number of decks of each ferry", ["number of decks", "ferry"]),
        ("ferries with 2 nights on board", ["ferries", "2", "nights on board"]),
    ],
)
def test_items(question: str, items: list[str], index: Index) -> None:
    sentence = _sentence(question, index)
    assert [_words(sentence, item) for item in sentence.items] == items


def test_a_country_is_found_by_its_letters(index: Index) -> None:
    us = _sentence("ferries from the US", index).items[-1]
    assert (us.choices[0].target.kind, us.choices[0].target.value) == (TargetKind.VALUE, "United States")


def _labels(question: str, sql: str, index: Index) -> dict[str, set[Label]]:
    sentence = _sentence(question, index)
    laid = acceptable(sentence, facts_of(query_of(sql, index.catalog)), index)
    return {
        _words(sentence, item): set().union(*one.labels) | ({Label.IGNORED} if one.ignorable else set())
        for item, one in zip(sentence.items, laid, strict=True)
    }


def test_a_person_is_a_condition_on_two_columns(index: Index) -> None:
    sql = "SELECT zone FROM captains WHERE first_name = 'Ada' AND last_name = 'Berg'"
    assert _labels("the zone of Ada Berg", sql, index)["Ada Berg"] == {Label.WHERE}


def test_a_day_is_a_condition(index: Index) -> None:
    sql = "SELECT ferry_name FROM ferries WHERE built_on > '2019-05-01'"
    assert _labels("names of ferries built after 2019-05-01", sql, index)["2019-05-01"] == {Label.WHERE}


def test_the_number_of_what_is_numbered(index: Index) -> None:
    sql = "SELECT last_name FROM captains WHERE zone = 'Zone 2'"
    assert _labels("last names of captains whose zone is 2", sql, index)["2"] == {Label.WHERE}


def test_a_table_between_may_be_said_or_not(index: Index) -> None:
    sql = (
        "SELECT f.ferry_name FROM ferries f JOIN crossings c ON c.ferry_id = f.ferry_id "
        "JOIN captains k ON k.captain_id = c.captain_id WHERE k.zone = 'Zone 1'"
    )
    found = _labels("names of ferries with crossings of captains whose zone is Zone 1", sql, index)
    assert found["crossings"] == {Label.CONTEXT, Label.IGNORED}


def test_ordered_by_what_is_shown(index: Index) -> None:
    once = _labels("flags in descending order", "SELECT flag FROM ferries ORDER BY flag DESC", index)
    assert once["flags"] == {Label.SHOW_DESC}
    sql = "SELECT ferry_name, flag FROM ferries ORDER BY flag DESC"
    assert Label.SHOW_DESC not in _labels("names and flags of ferries, ordered by flag", sql, index)["flag"]


def _asked(parts: tuple[Part, ...]) -> list[tuple[int, Label, object]]:
    return [
        (place, part.label, part.choice)
        for place, part in enumerate(parts)
        if part.choice and part.label is not Label.CONTEXT
    ]


def test_labellings_ask_different_things(index: Index) -> None:
    sentence = _sentence("names and flags of ferries with more than 3 decks", index)
    found = labellings(sentence, index, packaged().labels, 12)
    assert len(found) == 12
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    contexts = [{p.choice.target.table for p in one.parts if p.choice and p.label is Label.CONTEXT} for one in found]
    used = [{p.choice.target.table for p in one.parts if p.choice and p.label is not Label.CONTEXT} for one in found]
    said = [
        (tuple(map(str, _asked(one.parts))), frozenset(c - u)) for one, c, u in zip(found, contexts, used, strict=True)
    ]
    assert len(set(said)) == len(said)


def test_a_labelling_is_as_likely_as_when_it_was_found(index: Index) -> None:
    sentence = _sentence("how many crossings are there for each ferry", index)
    for one in labellings(sentence, index, packaged().labels, 5):
        assert likelihood(sentence, one.parts, index, packaged().labels) == pytest.approx(one.score)


def test_curly_quotes_quote() -> None:
    tokens = tokenize("named \u2018old mill\u2019 or \u2018Bay\u2019")
    assert [one.text for one in tokens if one.kind is TokenKind.QUOTED] == ["old mill", "Bay"]


def test_a_single_letter_is_no_article() -> None:
    catalog = Catalog((table("mills", "id int!, title text!"),), dialect="sqlite")
    found = sentences(tokenize("mills whose title has the letter a in a word"), prepare(catalog))[0]
    letters = [one for one in found.items if one.choices[0].how == "letter"]
    assert [found.tokens[one.first].form for one in letters] == ["a"]


def test_a_word_for_a_period_beside_a_name_is_a_name_too() -> None:
    """ "And years" splits nothing where nothing is split; what is split by one grain may be split by another."""
    tables = (table("depots", "depot_id int!, depot_name text!, lease_date date, lease_year int, founded date"),)
    index = prepare(Catalog(tables, (), dialect="sqlite"))
    tokens = tokenize("lease dates and years of the depots")
    sentence = sentences(tokens, index, find_times(tokens, _TODAY))[0]
    assert [_words(sentence, item) for item in sentence.items] == ["lease dates", "years", "depots"]
    tokens = tokenize("number of depots by name and year")
    assert sentences(tokens, index, find_times(tokens, _TODAY))[0].times
