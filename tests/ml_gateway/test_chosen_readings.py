"""A reading that somebody chose where the engine was unsure is the organization's from then on."""

from datetime import UTC, datetime

from meshkit.ids import new_id
from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.learning import choices
from services.ml_gateway.learning.model import Learned, Origin, Synonym
from services.ml_gateway.learning.targets import is_option, of_option
from services.ml_gateway.learning.words import words_key
from tests.engine.catalogs import key, table

NOW = datetime(2026, 3, 15, tzinfo=UTC)
CATALOG = Catalog(
    (
        table("halls", "id int!, name text!, seats int!"),
        table("concerts", "id int!, hall_id int!, title text!, genre text!, tickets int!, price num!"),
    ),
    (key("concerts.hall_id -> halls.id"),),
)
INDEX = prepare(CATALOG)
_QUESTIONS = ("which genre has the most concerts?", "titles of concerts by hall", "genres of concerts in each hall")


def _asked_back() -> tuple[str, NeedsClarification]:
    for question in _QUESTIONS:
        outcome = plan(question, INDEX, now=NOW, bar=1.0)
        if isinstance(outcome, NeedsClarification) and outcome.options[0].question.startswith(f"{question} ("):
            return question, outcome
    raise AssertionError("nothing is asked back")


def test_a_chosen_reading_is_taken_where_the_same_is_asked_again() -> None:
    question, asked = _asked_back()
    for option in asked.options:
        words = question[asked.start : asked.end]
        target = of_option(option.id, CATALOG, about_words=bool(words))
        assert is_option(target, option.id, CATALOG)
        assert not any(is_option(target, other.id, CATALOG) for other in asked.options if other != option)
        said = words or question
        synonym = Synonym(
            id=new_id(), source_id=new_id(), words=said, words_key=words_key(said), target=target, meaning=option.label,
            origin=Origin.CLARIFICATION, user_id=None, create_time=NOW, update_time=NOW,
        )  # fmt: skip
        found = choices.read(question, INDEX, Learned(synonyms=(synonym,)), now=NOW, timezone="UTC", bar=1.0)
        wanted = plan(option.question, INDEX, now=NOW)
        assert isinstance(found.outcome, Planned)
        assert isinstance(wanted, Planned)
        assert found.outcome.sql == wanted.sql
        assert found.text == option.question
        assert found.uses == (synonym,)
        replayed = plan(found.text, INDEX, now=NOW, earlier=found.earlier)
        assert isinstance(replayed, Planned)
        assert replayed.fingerprint == found.outcome.fingerprint
        for meaning in found.outcome.interpretation.meanings:
            assert question[meaning.start : meaning.end] == meaning.text
