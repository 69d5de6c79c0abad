"""Follow-ups made whole: what is read in their place, and what they are taken to point at."""

from datetime import date

import pytest

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.dialog.attempts import attempts
from services.ml_gateway.engine.dialog.model import Before, Merge
from services.ml_gateway.training.gold import query_of
from tests.engine.dialog.library import library

_TODAY = date(2026, 2, 10)
_INDEX = prepare(library())
_MEMBERS = "SELECT name FROM members WHERE city = 'Bristol'"


@pytest.mark.parametrize(
    ("said", "read", "merge"),
    [
        ("Which of them joined last year?", "which members joined last year", Merge.AMONG),
        ("who is the oldest?", "which member is the oldest", Merge.AMONG),
        ("Of those, who has the highest fee?", "which member has the highest fee", Merge.AMONG),
        ("among them, those born before 1980", "show the members born before 1980", Merge.AMONG),
        ("What is their average fee?", "What is the average fee of the members", Merge.ROWS),
        ("How many books did they borrow?", "How many books did the members borrow", Merge.ROWS),
        ("how many have a fee over 10", "how many members have a fee over 10", Merge.ROWS),
        ("Where do they live?", "Where do the members live", Merge.ROWS),
        ("show the loans of those members", "show the loans of the members", Merge.ROWS),
        ("sort them by fee", "show the members sorted by fee", Merge.ORDER),
        ("sorted by date of birth", "show the members sorted by date of birth", Merge.ORDER),
        ("by city", "how many members by city", Merge.GROUP),
        ("break it down by city", "how many members by city", Merge.ALSO_GROUP),
        ("only those who joined since March", "show the members who joined since March", Merge.NARROW),
        ("and who never borrowed a book?", "show the members who never borrowed a book", Merge.BESIDE),
    ],
)
def test_made_whole(said: str, read: str, merge: Merge) -> None:
    best = attempts(said, Before(query_of(_MEMBERS, _INDEX.catalog)), _INDEX, _TODAY)[0]
    assert best.reading is not None, best
    assert (best.reading.text, best.merge) == (read, merge)
    assert "members" in best.why[0]


@pytest.mark.parametrize(
    "said",
    [
        "How many books are there?",
        "List all authors and their books.",
        "Show members with their loans this year",
        "What is the title of the longest book?",
        "Which genres have more than 3 books?",
        "show the number of loans by month for 2025",
    ],
)
def test_a_question_of_its_own(said: str) -> None:
    found = attempts(said, Before(query_of(_MEMBERS, _INDEX.catalog)), _INDEX, _TODAY)
    assert found[0].merge is Merge.ALONE
    assert found[0].prior >= 0.95


def test_what_was_said_is_found_again_in_what_was_read() -> None:
    said = "ok, and which of them joined in March?"
    best = attempts(said, Before(query_of(_MEMBERS, _INDEX.catalog)), _INDEX, _TODAY)[0]
    assert best.reading
    place = best.reading.text.index("March")
    back = best.reading.back(place, place + len("March"))
    assert back
    assert said[slice(*back)] == "March"
    assert best.reading.back(best.reading.text.index("members"), best.reading.text.index("members") + 7) is None
