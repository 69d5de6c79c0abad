"""Answers to a question back, as people type them."""

import pytest

from services.ml_gateway.engine.dialog.answers import chosen
from services.ml_gateway.engine.outcome import ClarificationOption

_DATES = (
    ClarificationOption("time:loans.loan_date", "loan date", "how many loans by loan date"),
    ClarificationOption("time:loans.due_date", "due date", "how many loans by due date"),
    ClarificationOption("time:loans.returned_on", "returned on", "how many loans by returned on"),
)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("1", 0),
        ("the second", 1),
        ("the second one please", 1),
        ("option 3", 2),
        ("last one", 2),
        ("the first", 0),
        ("due date", 1),
        ("the due one", 1),
        ("I mean when it was returned", None),
        ("returned", 2),
        ("by return date", 2),
        ("how many loans by due date", 1),
        ("date", None),
        ("9", None),
        ("how many members are there", None),
        ("the red one", None),
        ("", None),
    ],
)
def test_chosen(said: str, place: int | None) -> None:
    assert chosen(said, _DATES) == (None if place is None else _DATES[place])
