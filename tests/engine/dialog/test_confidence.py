"""How sure follow-ups are: of what they lean on, of what was left unread before them, over many turns."""

import pytest

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from services.ml_gateway.engine.dialog.model import Attempt, Before, Followed, Merge, Read
from services.ml_gateway.engine.dialog.obeying import is_nonsense
from services.ml_gateway.engine.dialog.rewriting import rewritten
from services.ml_gateway.engine.dialog.saying import Saying
from services.ml_gateway.engine.dialog.sureness import confidence, packaged, signs
from services.ml_gateway.engine.dialog.utterance import utterance
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.training.gold import query_of
from tests.engine.catalogs import table
from tests.engine.data import NOW
from tests.engine.dialog.climbing import climbing

_INDEX = prepare(climbing())
_LISTED = "List the last names of climbers from France"


def _confidence(said: str, *earlier: str) -> float:
    outcome = plan(said, _INDEX, now=NOW, earlier=earlier, bar=0.0)
    assert isinstance(outcome, Planned), outcome
    return outcome.confidence


def test_plain_follow_ups_are_answered() -> None:
    for said in ("show their ages too", "only those over 30", "how many of them", "sort by age descending"):
        assert isinstance(plan(said, _INDEX, now=NOW, earlier=[_LISTED]), Planned), said


def test_what_leaves_words_unheard_is_less_sure() -> None:
    before = Before(query_of("SELECT last_name FROM climbers WHERE country = 'France'", _INDEX.catalog))
    said = Saying(utterance("when did they climb"), before, _INDEX, NOW.date())
    names = Read(query_of("SELECT last_name FROM climbers WHERE country = 'France' AND age > 1", _INDEX.catalog), 0.9)
    dates = Read(query_of("SELECT climbed_on FROM ascents", _INDEX.catalog), 0.9)
    sure = []
    for read in (names, dates):
        way = Followed(Attempt(Merge.ROWS, 0.93, rewritten("when did the climbers climb", ())), read, read.query)
        sure.append(confidence(way, said, signs(way, [way], said, missed=0), packaged()))
    assert sure[0] < sure[1]


def _of_the_same_names(said: str) -> float:
    """How sure a follow-up on the names of some routes is that would show nothing but those names again."""
    held = query_of("SELECT name FROM routes WHERE grade = 'easy'", _INDEX.catalog)
    saying = Saying(utterance(said), Before(held, confidence=0.8), _INDEX, NOW.date())
    way = Followed(Attempt(Merge.ROWS, 0.93, rewritten(said, ())), Read(held, 0.7), held)
    return confidence(way, saying, signs(way, [way], saying, missed=0), packaged())


@pytest.mark.parametrize("said", ["who drilled them", "where are they", "what do they need", "show their climbers"])
def test_a_question_is_not_answered_by_what_was_shown_before(said: str) -> None:
    assert _of_the_same_names(said) < _of_the_same_names("show me them") - 0.1
    assert _of_the_same_names(said) < 0.75


def test_who_they_are_may_be_what_was_shown_before() -> None:
    assert _of_the_same_names("what are they") > _of_the_same_names("what do they need") + 0.1


@pytest.mark.parametrize(
    "sql", ["SELECT AVG(crag_id) FROM routes", "SELECT name FROM routes WHERE grade = 'slate' AND grade = 'easy'"]
)
def test_what_nobody_asks_for_is_never_sure(sql: str) -> None:
    assert is_nonsense(query_of(sql, _INDEX.catalog), _INDEX)


def test_what_leans_on_something_unanswered_is_refused() -> None:
    unread = "climbers with flurbs and gribbles"
    assert isinstance(plan(unread, _INDEX, now=NOW), Refused)
    for said in ("only those from France", "how many are over 30", "and in Spain?"):
        assert isinstance(plan(said, _INDEX, now=NOW, earlier=[unread]), Refused), said
    assert isinstance(plan("How many climbers are from France?", _INDEX, now=NOW, earlier=[unread]), Planned)


def test_what_points_back_may_mean_what_got_no_answer() -> None:
    unread = "Which one has the most gribbles?"
    earlier = ["Which routes are hard?", unread]
    assert not isinstance(plan(unread, _INDEX, now=NOW, earlier=earlier[:1]), Planned)
    for said in ("When was it opened?", "What is its length?"):
        assert not isinstance(plan(said, _INDEX, now=NOW, earlier=earlier), Planned), said


def test_another_number_than_the_one_that_is_said_is_never_ranked_by() -> None:
    earlier = ["What is the average age of climbers in each country?", "And the maximum?"]
    outcome = plan("Which country has the lowest average?", _INDEX, now=NOW, earlier=earlier)
    assert not isinstance(outcome, Planned) or "AVG" in outcome.sql


def test_the_noun_behind_a_value_is_no_value() -> None:
    kinds = {"contract_type": ("temp", "contract", "permanent")}
    jobs = table("placements", "id int!, contract_type text!, pay int!", schema="", samples=kinds, row_count=20)
    index = prepare(Catalog((jobs,), (), dialect="sqlite"))
    outcome = plan("only temp contracts", index, now=NOW, earlier=["how many placements"])
    assert isinstance(outcome, Planned), outcome
    assert "'temp'" in outcome.sql
    assert "'contract'" not in outcome.sql


def test_weights_are_of_signs_that_there_are() -> None:
    before = Before(query_of("SELECT last_name FROM climbers", _INDEX.catalog))
    saying = Saying(utterance("only those over 30"), before, _INDEX, NOW.date())
    way = Followed(Attempt(Merge.ROWS, 0.93, query=before.query), Read(before.query, 1.0), before.query)
    known = {name for name in signs(way, [way], saying, missed=0) if not name.startswith(("by ", "opened by "))}
    assert {name for name in packaged() if not name.startswith(("by ", "opened by "))} <= known


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
