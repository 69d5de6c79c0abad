"""The rules' silence says nothing where the learned reader understands what they could not place."""

import pytest

from services.ml_gateway.engine.hearing import hears_more
from services.ml_gateway.engine.index import prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.items import sentences
from services.ml_gateway.engine.reader.ranking import ranked
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import table

_PARCELS = table(
    "parcels", "id int!, weight num!, state text!, sent_on date!", samples={"state": ("lost", "kept")}, row_count=90
)
_INDEX = prepare(Catalog(tables=(_PARCELS,)))


def _best(question: str) -> Candidate:
    found = candidates(sentences(tokenize(question), _INDEX), _INDEX, packaged().labels)
    return ranked(found, _INDEX, packaged().ranks)[0].candidate


def _refused(*words: str, reason: RefusalReason = RefusalReason.NOT_UNDERSTOOD) -> Refused:
    return Refused(reason, "", words)


@pytest.mark.parametrize("question", ["share of parcels by state", "median weight of parcels by state"])
def test_set_phrases_are_understood_here_alone(question: str) -> None:
    assert hears_more(_best(question), _refused("share"))
    assert hears_more(_best(question), None)


def test_a_word_that_a_condition_is_made_of_is_heard() -> None:
    assert hears_more(_best("parcels with a weight above 5"), _refused("above"))


def test_a_word_that_neither_places_is_not_heard() -> None:
    assert not hears_more(_best("parcels used by state"), _refused("used"))


def test_what_the_rules_cannot_say_may_be_said_here() -> None:
    assert hears_more(_best("parcels by state"), _refused(reason=RefusalReason.UNSUPPORTED))


@pytest.mark.parametrize("question", ["why did the share of parcels by state change", "forecast of parcels by state"])
def test_nobody_here_explains_or_foresees(question: str) -> None:
    assert not hears_more(_best(question), _refused(reason=RefusalReason.UNSUPPORTED))
