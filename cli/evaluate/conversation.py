"""A dialog: what is asked next may lean on what came before."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.ml_gateway.engine import Index, Outcome


class Plan(Protocol):
    """The engine's way in, see services.ml_gateway.engine.plan."""

    def __call__(self, question: str, index: Index, /, *, now: datetime, timezone: str) -> Outcome: ...


class Conversation:
    """Utterances over one index, in order. Its state is the outcome of the last one."""

    def __init__(self, plan: Plan, index: Index, now: datetime) -> None:
        self._plan = plan
        self._index = index
        self._now = now
        self.previous: Outcome | None = None

    def ask(self, question: str) -> Outcome:
        """How the next utterance ends; each is read by itself."""
        self.previous = self._plan(question, self._index, now=self._now, timezone="UTC")
        return self.previous
