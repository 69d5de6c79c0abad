"""A dialog, replayed from what was said in it: each utterance is read against the state that those before it left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.dialog.answers import chosen
from services.ml_gateway.engine.dialog.attempts import may_be_whole, stands_alone
from services.ml_gateway.engine.dialog.following import followed, taken
from services.ml_gateway.engine.dialog.meaning import answered_by
from services.ml_gateway.engine.dialog.model import Attempt, Before, Followed, Merge, Read, Reads
from services.ml_gateway.engine.dialog.parts import base
from services.ml_gateway.engine.dialog.refusing import nothing_before, refused
from services.ml_gateway.engine.dialog.rewriting import rewritten
from services.ml_gateway.engine.dialog.saying import pointing_back
from services.ml_gateway.engine.dialog.turning_back import corrected, dropped, drops, goes_back, nothing_to_go_back_to
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import NeedsClarification, Outcome, Planned, RefusalReason, Refused
from services.ml_gateway.engine.query.model import Expression, MetricValue, Query, Rows
from services.ml_gateway.engine.refusing import refuse_early
from services.ml_gateway.engine.tokens import tokenize

MOST_EARLIER = 20  # utterances that are replayed
# What is said after something that got no answer may lean on that, which nobody knows, and not on what was answered.
_AFTER_NO_ANSWER = 0.75
_LEANS, _LEANING = 0.7, 0.6  # the sign that words don't stand by themselves, and how likely they do all the same


class Engine(Protocol):
    """What a dialog needs of the engine that reads single questions; all of it over one index at one moment."""

    @property
    def reads(self) -> Reads:
        """The readings of a whole question."""
        ...

    def plan(self, question: str, /, *, chosen: bool = False, trust: float = 1.0) -> Outcome:
        """How a question ends that is asked by itself. chosen: it is what somebody took who was asked back. trust: how
        likely, 0..1, it is asked by itself at all.
        """
        ...

    def finish(self, question: str, followed: Followed, /, *, chosen: bool = False) -> Outcome:
        """How a follow-up ends whose query is known: its SQL, and which words meant what."""
        ...


@dataclass(frozen=True, slots=True)
class Open:
    """A question back that waits for its answer, how what was asked would have been joined, and for each option the
    whole question that is read if it is chosen.
    """

    clarification: NeedsClarification
    attempt: Attempt
    wholes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What a dialog knows: the last answered question, and the question back that is open. heard: something was said
    before; missed: the last whole question wasn't understood. A follow-up that was refused changed nothing, and whoever
    reads that goes on from what was answered; a question back stays open.

    past are the answers before the last one, the latest last. asked: in a state after an answer to a question back, the
    one in which it was open.
    """

    before: Before | None = None
    open: Open | None = None
    heard: bool = False
    missed: bool = False
    past: tuple[Before, ...] = ()
    asked: State | None = None

    def answered(self, now: Before) -> State:
        """The state after an answer."""
        past = (*self.past, self.before) if self.before else self.past
        return State(now, past=past[-MOST_EARLIER:])

    def unanswered(self, *, missed: bool | None = None) -> State:
        """The state after something that was refused."""
        return replace(self, missed=self.missed if missed is None else missed)


@dataclass(frozen=True)
class Dialog:
    """Utterances over one index, in the order of asking."""

    index: Index
    engine: Engine
    today: date

    def replayed(self, earlier: Sequence[str], last: str = "") -> State:
        """The state after what was said earlier, oldest first. What could not be answered leaves it as it was.

        What came before a question that surely stands by itself is not read again, but for the one right before it:
        that may have been asked back, and answered in as many words as a question has. Nor is it but for as many as
        somebody goes back; last is what is said next.
        """
        state = State()
        alone = (n for n, said in enumerate(earlier) if stands_alone(said, self.index, self.today))
        first = max(alone, default=0) - 1 - sum(map(goes_back, (*earlier, last)))
        for said in earlier[max(first, 0) :]:
            _, state = self.ask(said, state)
            state = replace(state, heard=True)
        return state

    def ask(self, said: str, state: State) -> tuple[Outcome, State]:
        """How something said in a state ends, and the state after it."""
        if drops(said):
            return dropped(was_open=state.open is not None), replace(state, open=None)
        if goes_back(said):
            return self._gone_back(said, state)
        plain = corrected(said)
        if answered := self._answered(plain, state):
            return answered
        if plain != said and state.asked and (answered := self._answered(plain, state.asked)):
            return answered  # "no, the second one"
        if state.before is None:
            return self._first(plain, state)
        impossible = refused(plain, state.before, self.index) or self._early(plain)
        if impossible:
            return impossible, state.unanswered()
        ways = followed(said, state.before, self.engine.reads, self.index, self.today)
        if not ways or ways[0].alone:
            return self._alone(plain, state, trust=_trust(ways))
        outcome, after = self._finished(said, ways, state)
        if isinstance(outcome, Refused) and may_be_whole(said, state.before, self.index, self.today):
            return self._alone(plain, state)
        return outcome, after

    def _answered(self, said: str, state: State) -> tuple[Outcome, State] | None:
        """How the question ends that was asked back, where this is an answer to it."""
        if state.open is None:
            return None
        options = state.open.clarification.options
        option = chosen(said, options)
        if option is None:
            return None
        whole = state.open.wholes[options.index(option)]
        outcome, after = self._continued(whole, replace(state.open.attempt, reading=rewritten(whole, ())), state)
        if isinstance(outcome, Planned):
            told = answered_by(said, whole, option.label, state.open.clarification.kind, outcome.interpretation)
            outcome = replace(outcome, interpretation=told)
        return outcome, replace(after, asked=state)

    def _gone_back(self, said: str, state: State) -> tuple[Outcome, State]:
        """The answer before the last one, given again; the last one, where a question back is open."""
        known = (*state.past, state.before) if state.open and state.before else state.past
        last = known[-1] if known else None
        if last is None:
            return nothing_to_go_back_to(), replace(state, open=None)
        again = Attempt(Merge.CHANGE, 1.0, query=last.query, why=("What was answered before is shown again.",))
        way = Followed(again, Read(last.query, 1.0), last.query, last.latest, last.confidence)
        return self.engine.finish(said, way, chosen=True), State(last, past=known[:-1])

    def _first(self, said: str, state: State) -> tuple[Outcome, State]:
        back = pointing_back(said, self.index, self.today, anywhere=state.heard)
        if back and not self._early(said):  # "hi there" points at nothing
            return nothing_before(back), state.unanswered()
        return self._alone(said, state)

    def _early(self, said: str) -> Refused | None:
        return refuse_early(Asked(said, tokenize(said[:5000]), self.today, "UTC"), self.index)

    def _alone(self, said: str, state: State, *, chosen: bool = False, trust: float = 1.0) -> tuple[Outcome, State]:
        outcome = self.engine.plan(said, chosen=chosen, trust=trust)
        alone = Attempt(Merge.ALONE, 1.0, rewritten(said, ()))
        if isinstance(outcome, NeedsClarification):
            asked = Open(outcome, alone, tuple(option.question for option in outcome.options))
            return outcome, State(state.before, asked, missed=True, past=state.past)
        if isinstance(outcome, Planned):
            return outcome, state.answered(Before(_about(outcome.reading, self.index), confidence=outcome.confidence))
        return outcome, state.unanswered(missed=_is_unread(outcome))

    def _finished(
        self, said: str, ways: Sequence[Followed], state: State, *, chosen: bool = False
    ) -> tuple[Outcome, State]:
        """The best way's end. One that can't be finished gives way to the next, but never to a question back."""
        first: tuple[Outcome, State] | None = None
        for way in ways:
            outcome: Outcome | None
            if way.query is None:
                outcome = way.read.failure
                if isinstance(outcome, NeedsClarification):
                    return _asked_back(outcome, said, way.attempt, state)
            elif way.alone:
                return first or self._alone(said, state, trust=_trust((way,)))
            else:
                held = state.before.confidence if state.before else 1.0
                held *= _AFTER_NO_ANSWER if state.missed and not chosen else 1.0
                way = replace(way, held=held)
                outcome = self.engine.finish(said, way, chosen=chosen)
                if isinstance(outcome, Planned) and way.query is not None:
                    now = Before(way.query, way.latest, way.kept, _shown(state.before, way.query))
                    return outcome, state.answered(now)
            if first is None and outcome is not None:
                first = outcome, state.unanswered(missed=False)
        if first is None or _is_unread(first[0]):
            alone, after = self._alone(said, state)
            if first is None or _is_chat(alone):  # "tell me a joke"
                return alone, after
        return first

    def _continued(self, question: str, attempt: Attempt, state: State) -> tuple[Outcome, State]:
        """A question back was answered: what was asked is read again in the way that was chosen."""
        if attempt.merge is Merge.ALONE or state.before is None:
            return self._alone(question, replace(state, open=None), chosen=True)
        ways = sorted(
            taken(attempt, state.before, self.engine.reads, self.index), key=lambda way: (way.query is None, -way.score)
        )
        return self._finished(question, ways, replace(state, open=None), chosen=True)


def _shown(before: Before | None, query: Query) -> tuple[Expression, ...]:
    """What was shown before a query about the same rows."""
    return before.query.show if before and base(before.query) == base(query) else ()


def _trust(ways: Sequence[Followed]) -> float:
    """How likely something is asked by itself whose words lean on what came before, though no such way was read."""
    return _LEANING if ways and ways[0].attempt.prior < _LEANS else 1.0


def _is_chat(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.reason is RefusalReason.NOT_A_DATA_QUESTION


def _is_unread(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.reason is RefusalReason.NOT_UNDERSTOOD


def _asked_back(asked: NeedsClarification, said: str, attempt: Attempt, state: State) -> tuple[Outcome, State]:
    """A question back about a follow-up: its options are in the asker's words, not in those that were read."""
    wholes = tuple(option.question for option in asked.options)
    plain = said.strip().rstrip("?.! ")
    options = tuple(replace(option, question=f"{plain}, {option.label}") for option in asked.options)
    place = attempt.reading.back(asked.start, asked.end) if attempt.reading else None
    start, end = place or (0, 0)
    told = replace(asked, options=options, start=start, end=end)
    return told, State(state.before, Open(told, attempt, wholes), past=state.past)


def _about(query: Query, index: Index) -> Query:
    """With the rows that it is about, where it only names a metric: the metric's."""
    if base(query) is not None:
        return query
    metrics = [index.metrics[one.name] for one in query.show if isinstance(one, MetricValue)]
    return replace(query, subject=Rows(metrics[0].table)) if metrics and metrics[0].expression else query


def converse(question: str, earlier: Sequence[str], dialog: Dialog) -> Outcome:
    """How a question ends after what was said earlier, oldest first; at most the last few of it are read again."""
    state = dialog.replayed([said for said in earlier if said.strip()][-MOST_EARLIER:], question)
    outcome, _ = dialog.ask(question, state)
    return outcome
