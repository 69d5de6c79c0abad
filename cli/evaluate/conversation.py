"""A dialog: what is asked next may lean on what came before."""

from __future__ import annotations

from datetime import datetime
from inspect import signature
from typing import Any, Protocol

from services.ml_gateway.engine import Index, Outcome


class Plan(Protocol):
    """The engine's way in, see services.ml_gateway.engine.plan.

    One that has parameters `previous` (an outcome or None) or `instructions` (text) is given them, too.
    """

    def __call__(self, question: str, index: Index, /, *, now: datetime, timezone: str, **more: Any) -> Outcome: ...


class Conversation:
    """Utterances over one index, in order. Its state is the outcome of the last one."""

    def __init__(self, plan: Plan, index: Index, now: datetime, instructions: str = "") -> None:
        self._plan = plan
        self._index = index
        self._now = now
        self._instructions = instructions
        self._taken = frozenset(signature(plan).parameters)
        self.previous: Outcome | None = None

    def ask(self, question: str) -> Outcome:
        """How the next utterance ends."""
        known = {"previous": self.previous, "instructions": self._instructions}
        more = {name: value for name, value in known.items() if name in self._taken}
        self.previous = self._plan(question, self._index, now=self._now, timezone="UTC", **more)
        return self.previous
