"""A dialog: what is asked next may lean on what came before."""

from __future__ import annotations

from datetime import datetime
from inspect import signature
from typing import Any, Protocol

from services.ml_gateway.engine import Index, Outcome


class Plan(Protocol):
    """The engine's way in, see services.ml_gateway.engine.plan.

    One that has parameters `earlier` (what was said before, oldest first) or `instructions` (text) is given them, too.
    """

    def __call__(self, question: str, index: Index, /, *, now: datetime, timezone: str, **more: Any) -> Outcome: ...


class Conversation:
    """Utterances over one index, in order."""

    def __init__(self, plan: Plan, index: Index, now: datetime, instructions: str = "") -> None:
        self._plan = plan
        self._index = index
        self._now = now
        self._instructions = instructions
        self._taken = frozenset(signature(plan).parameters)
        self._earlier: list[str] = []

    def heard(self, earlier: str) -> None:
        """What was said earlier, and is read again only as far as what is asked later leans on it."""
        self._earlier.append(earlier)

    def ask(self, question: str) -> Outcome:
        """How the next utterance ends."""
        known = {"earlier": tuple(self._earlier), "instructions": self._instructions}
        more = {name: value for name, value in known.items() if name in self._taken}
        outcome = self._plan(question, self._index, now=self._now, timezone="UTC", **more)
        self.heard(question)
        return outcome
