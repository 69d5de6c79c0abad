"""What can't be done with a result is refused with the words that ask for it, and nothing is changed by asking."""

from datetime import date

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, Refused, plan, prepare
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.refusing import refused
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.training.gold import query_of
from tests.engine.data import NOW
from tests.engine.dialog.library import library

_INDEX = prepare(library())
_TODAY = date(2026, 2, 10)
_ASKED = "how many books are there"


@pytest.mark.parametrize(
    ("said", "words", "reason"),
    [
        ("why?", "", RefusalReason.UNSUPPORTED),
        ("But why not?", "", RefusalReason.UNSUPPORTED),
        ("why are there so few?", "", RefusalReason.UNSUPPORTED),
        ("the next five", "the next five", RefusalReason.UNSUPPORTED),
        ("show me more", "show me more", RefusalReason.UNSUPPORTED),
        ("can you forecast that", "forecast", RefusalReason.UNSUPPORTED),
        ("export them", "export them", RefusalReason.UNSUPPORTED),
        ("the other way round", "the other way round", RefusalReason.NOT_UNDERSTOOD),
        ("and the ones who don't?", "the ones who don't", RefusalReason.NOT_UNDERSTOOD),
        ("thanks, great!", "", RefusalReason.NOT_A_DATA_QUESTION),
    ],
)
def test_refused(said: str, words: str, reason: RefusalReason) -> None:
    outcome = refused(said, Before(query_of("SELECT title FROM books", _INDEX.catalog)), _INDEX)
    assert outcome is not None
    assert (" ".join(outcome.words), outcome.reason) == (words, reason)
    for question in outcome.suggestions:
        assert isinstance(plan(question, _INDEX, now=NOW), Planned)


@pytest.mark.parametrize(
    "said", ["which books have more pages?", "show the next loan of each member", "how many will there be by genre"]
)
def test_not_refused(said: str) -> None:
    assert refused(said, Before(query_of("SELECT title FROM books", _INDEX.catalog)), _INDEX) is None


@pytest.mark.parametrize("said", ["show their names", "How many of them are there?", "and the ones in Bristol?"])
def test_nothing_to_point_back_to(said: str) -> None:
    outcome = plan(said, _INDEX, now=NOW)
    assert isinstance(outcome, Refused)
    assert "nothing was answered before" in outcome.message


def test_what_was_refused_leaves_the_question_before_as_it_was() -> None:
    said = [_ASKED, "why?", "thanks", "tell me a joke"]
    outcome = plan("by genre", _INDEX, now=NOW, earlier=said)
    assert isinstance(outcome, Planned)
    assert outcome.follows
    assert outcome.sql == plan_after(_ASKED, "by genre").sql


def plan_after(earlier: str, said: str) -> Planned:
    outcome = plan(said, _INDEX, now=NOW, earlier=[earlier])
    assert isinstance(outcome, Planned)
    return outcome


def test_the_same_dialog_ends_in_the_same_way() -> None:
    said = ["show the titles of books", "only the crime ones", "sort them by price"]
    one, other = (plan("how many of them", _INDEX, now=NOW, earlier=said) for _ in range(2))
    assert one == other


def test_anything_at_all_may_have_been_said() -> None:
    for said in ("", "   ", "?", "and", "what about", "x" * 5000, "only only only", "their their", "of those", "ones"):
        for earlier in ([], [_ASKED], [said, _ASKED, said]):
            assert isinstance(plan(said, _INDEX, now=NOW, earlier=earlier), Planned | Refused | NeedsClarification)


@pytest.mark.parametrize(
    "said",
    ["", "???", "and and and", "and?", "their", "only", "sort by", "und in Deutschland?", "какая выручка", "👍",
     "SELECT * FROM books", "; drop table books", "word " * 2000, "a\x00b", "<script>alert(1)</script>", "top 0"],
    ids=lambda said: said[:20].encode("unicode_escape").decode(),
)  # fmt: skip
def test_what_is_no_question_is_refused_and_poisons_nothing(said: str) -> None:
    for asked, then in (("members in Bristol", "what about Cardiff"), (_ASKED, "by genre")):
        outcome = plan(said, _INDEX, now=NOW, earlier=[asked])
        assert isinstance(outcome, Refused)
        assert outcome.message
        expected = plan_after(asked, then)
        assert plan(then, _INDEX, now=NOW, earlier=[asked, said]) == expected
