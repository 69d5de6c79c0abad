"""How sure follow-ups are: of what they lean on, of what was left unread before them, over many turns."""

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from services.ml_gateway.engine.outcome import RefusalReason
from tests.engine.data import NOW
from tests.engine.dialog.climbing import climbing

_INDEX = prepare(climbing())
_LISTED = "List the last names of climbers from France"


def _confidence(said: str, *earlier: str) -> float:
    outcome = plan(said, _INDEX, now=NOW, earlier=earlier, bar=0.0)
    assert isinstance(outcome, Planned), outcome
    return outcome.confidence


def test_no_follow_up_is_surer_than_what_it_leans_on() -> None:
    first = _confidence(_LISTED)
    for said in ("show their ages too", "only those over 30", "how many of them"):
        assert _confidence(said, _LISTED) <= first


def test_many_turns_are_not_doubted_more_and_more() -> None:
    said = [_LISTED, "show their ages too", "only those over 30", "sort by age descending", "only the top 3"]
    for number in range(1, len(said)):
        assert isinstance(plan(said[number], _INDEX, now=NOW, earlier=said[:number]), Planned), said[number]
    assert isinstance(plan("how many of them", _INDEX, now=NOW, earlier=said), Planned)


def test_what_follows_something_unread_may_lean_on_that() -> None:
    unread = "and the flurbs with most gribbles of the wibbles?"
    assert isinstance(plan(unread, _INDEX, now=NOW, earlier=[_LISTED]), Refused)
    assert _confidence("only those over 30", _LISTED, unread) < 0.9 * _confidence("only those over 30", _LISTED)


def test_words_that_point_at_what_was_never_answered_are_refused() -> None:
    unread = "the gribbles of the wibbles"
    assert not isinstance(plan(unread, _INDEX, now=NOW), Planned)
    outcome = plan("How many routes does it have?", _INDEX, now=NOW, earlier=[unread])
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.NOT_UNDERSTOOD


def test_small_talk_stays_small_talk_in_a_dialog() -> None:
    outcome = plan("tell me a joke", _INDEX, now=NOW, earlier=[_LISTED])
    assert isinstance(outcome, Refused)
    assert outcome.reason is RefusalReason.NOT_A_DATA_QUESTION


def test_a_new_topic_starts_afresh() -> None:
    asked = "How many crags are there in Wales?"
    alone = plan(asked, _INDEX, now=NOW)
    after = plan(asked, _INDEX, now=NOW, earlier=[_LISTED, "show their ages too"])
    assert isinstance(alone, Planned)
    assert isinstance(after, Planned)
    assert after.sql == alone.sql
    assert not after.follows
