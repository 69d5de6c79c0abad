"""Reads questions.yaml: business questions about the demo shop, each with SQL written by hand."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml


@dataclass(frozen=True)
class Question:
    """`sql` gives the right answer; `ordered` says whether the order of its rows is part of it."""

    text: str
    sql: str
    ordered: bool


def questions(today: date) -> tuple[Question, ...]:
    """All questions, their SQL for a shop whose last day of business is the day before `today`."""
    cases = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text())
    moment = f"timestamp '{today.isoformat()}'"
    return tuple(
        Question(case["question"], case["sql"].replace(":today", moment), case.get("ordered", False)) for case in cases
    )
