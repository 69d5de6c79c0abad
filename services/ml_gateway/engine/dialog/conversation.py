"""A dialog, replayed from what was said in it: each utterance is read against the state that those before it left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.dialog import shapes
from services.ml_gateway.engine.dialog.answers import chosen, with_more
from services.ml_gateway.engine.dialog.asking import doubtful
from services.ml_gateway.engine.dialog.attempts import is_part, leans_on_something, may_be_whole, stands_alone
from services.ml_gateway.engine.dialog.following import followed, taken
from services.ml_gateway.engine.dialog.meaning import answered_by
from services.ml_gateway.engine.dialog.model import Attempt, Before, Followed, Merge, Read, Reads
from services.ml_gateway.engine.dialog.of_rows import without_rows
from services.ml_gateway.engine.dialog.parts import base
from services.ml_gateway.engine.dialog.refusing import nothing_before, refused
from services.ml_gateway.engine.dialog.rewriting import rewritten
from services.ml_gateway.engine.dialog.saying import Saying, pointing_back
from services.ml_gateway.engine.dialog.sureness import confidence, packaged, signs
from services.ml_gateway.engine.dialog.turning_back import (
    corrected,
    dropped,
    drops,
    goes_back,
    nothing_to_go_back_to,
    still_open,
    takes_none,
)
from services.ml_gateway.engine.dialog.utterance import utterance
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import NeedsClarification, Outcome, Planned, RefusalReason, Refused
from services.ml_gateway.engine.query.model import Expression, MetricValue, Query, Rows
from services.ml_gateway.engine.refusing import refuse_early
from services.ml_gateway.engine.tokens import tokenize

_AFTER_MISSED = 0.5  # how likely "show the prices" is asked of all behind a question that got no answer
MOST_EARLIER = 20  # utterances that are replayed


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
    before; missed: how much was said since the last answer that got none, which what points back may mean. What was
    refused changes nothing else; a question back stays open.

    past are the answers before the last one, the latest last. asked: in a state after an answer to a question back, the
    one in which it was open.
    """

    before: Before | None = None
    open: Open | None = None
    heard: bool = False
    missed: int = 0
    past: tuple[Before, ...] = ()
    asked: State | None = None

    def answered(self, now: Before) -> State:
        """The state after an answer."""
        past = (*self.past, self.before) if self.before else self.past
        return State(now, past=past[-MOST_EARLIER:])

    def unanswered(self, outcome: Outcome | None = None) -> State:
        """The state after something that was refused. outcome: how it ended, where what is said next may mean it."""
        return replace(self, missed=self.missed + _is_missed(outcome))


@dataclass(frozen=True)
class Dialog:
    """Utterances over one index, in the order of asking."""

    index: Index
    engine: Engine
    today: date
    weights: Mapping[str, float] = field(default_factory=packaged)  # of how sure follow-ups are

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
        if state.open and takes_none(said):
            return still_open(state.open.clarification), state
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
        if impossible:  # what asks for something that the answer lacks asked for something, all the same
            return impossible, state.unanswered(impossible if impossible.words else None)
        ways = self.ways(said, state.before, state.missed)
        if not ways or ways[0].alone:
            return self._alone(plain, state, trust=_trust(ways))
        outcome, after = self._finished(said, ways, state)
        if may_be_whole(said, state.before, self.index, self.today):
            alone, alone_after = self._alone(plain, state)
            if isinstance(outcome, Refused) or isinstance(alone, NeedsClarification) or _is_surer(alone, outcome):
                return alone, alone_after
        return outcome, after

    def ways(self, said: str, before: Before, missed: int) -> tuple[Followed, ...]:
        """The ways to take something said, the best first, each with how likely it is right."""
        said = without_rows(said, before, self.index)
        found = followed(said, before, self.engine.reads, self.index, self.today)
        saying = Saying(utterance(said), before, self.index, self.today)
        made: list[Followed] = []
        most = 1.0  # what comes behind another way is no likelier than that
        for way in found:
            if way.query is None or way.is_certain:
                made.append(replace(way, confidence=way.read.score))
                continue
            told = signs(way, found, saying, missed)
            most = min(most, confidence(way, saying, told, self.weights))
            made.append(replace(way, signs=told, confidence=most))
        return tuple(made)

    def _answered(self, said: str, state: State) -> tuple[Outcome, State] | None:
        """How the question ends that was asked back, where this is an answer to it."""
        if state.open is None:
            return None
        options = state.open.clarification.options
        option, more = chosen(said, options), ""
        if option is None:
            option, more = with_more(said, options) or (None, "")
        if option is None:
            return None
        whole = state.open.wholes[options.index(option)]
        if more:  # "by revenue in 2024"
            whole = f"{whole.rstrip(' ?.!')} {more}"
        if more and state.open.attempt.merge is Merge.ALONE:  # as sure as any question has to be
            return self._alone(whole, replace(state, open=None))
        outcome, after = self._continued(whole, replace(state.open.attempt, reading=rewritten(whole, ())), state)
        if isinstance(outcome, Planned):
            told = answered_by(said, whole, option.label, state.open.clarification.kind, outcome.interpretation)
            outcome = replace(outcome, interpretation=told)
        elif isinstance(outcome, NeedsClarification):
            outcome = _unclear_in(outcome, whole, said)
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
            refusal = nothing_before(back)
            return refusal, state.unanswered(refusal)
        if state.missed and leans_on_something(said, self.index, self.today) and not self._early(said):
            refusal = nothing_before(said.strip())
            return refusal, state.unanswered(refusal)
        return self._alone(said, state)

    def _early(self, said: str) -> Refused | None:
        return refuse_early(Asked(said, tokenize(said[:5000]), self.today, "UTC"), self.index)

    def _alone(self, said: str, state: State, *, chosen: bool = False, trust: float = 1.0) -> tuple[Outcome, State]:
        if state.missed and not chosen and is_part(said, self.index, self.today):
            trust = min(trust, _AFTER_MISSED)
        outcome = self.engine.plan(said, chosen=chosen, trust=trust)
        alone = Attempt(Merge.ALONE, 1.0, rewritten(said, ()))
        if isinstance(outcome, NeedsClarification):
            asked = Open(outcome, alone, tuple(option.question for option in outcome.options))
            return outcome, State(state.before, asked, missed=state.missed + 1, past=state.past)
        if isinstance(outcome, Planned):
            trusted = 1.0 if chosen else outcome.confidence
            return outcome, state.answered(Before(_about(outcome.reading, self.index), confidence=trusted))
        return outcome, self._unanswered(said, outcome, state)

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
                assert state.before
                outcome = self.engine.finish(said, way, chosen=chosen)
                if isinstance(outcome, Planned):
                    trusted, shown = 1.0 if chosen else way.confidence, _shown(state.before, way.query)
                    now = Before(way.query, way.latest, trusted, shown, state.before.turns + 1)
                    return outcome, state.answered(now)
            if first is None and outcome is not None and _is_unread(outcome) and not chosen:
                asked = self._doubted(way, state)
                if asked:
                    return _asked_back(asked, said, way.attempt, state)
            if first is None and outcome is not None:
                first = outcome, self._unanswered(said, outcome, state)
        if first is None or _is_unread(first[0]):
            alone, after = self._alone(said, state)
            leaning = leans_on_something(said, self.index, self.today)
            if first is None or (_is_chat(alone) and not leaning):  # "tell me a joke"
                return alone, after
        return first

    def _unanswered(self, said: str, outcome: Outcome, state: State) -> State:
        """The state after something that got no answer; what names nothing, and leans on nothing, changes nothing."""
        saying = Saying(utterance(said), Before(Query(())), self.index, self.today)
        asks = bool(saying.named or shapes.QUESTION.match(saying.words.core))
        leaning = asks or leans_on_something(said, self.index, self.today)
        return state.unanswered(outcome if leaning else None)

    def _doubted(self, way: Followed, state: State) -> NeedsClarification | None:
        """What to ask back about a follow-up that is not sure enough."""
        if way.attempt.reading is None or way.query is None or state.before is None:
            return None
        whole = self.engine.plan(way.attempt.reading.text)
        return doubtful(way, whole, state.before, self.engine.reads, self.index, self.weights)

    def _continued(self, question: str, attempt: Attempt, state: State) -> tuple[Outcome, State]:
        """A question back was answered: what was asked is read again in the way that was chosen."""
        if attempt.merge is Merge.ALONE or state.before is None:
            return self._alone(question, replace(state, open=None), chosen=True)
        ways = sorted(
            taken(attempt, state.before, self.engine.reads, self.index), key=lambda way: (way.query is None, -way.score)
        )
        return self._finished(question, ways, replace(state, open=None), chosen=True)


def _unclear_in(asked: NeedsClarification, whole: str, said: str) -> NeedsClarification:
    """Unclear are words of the whole question; they are told where the answer in words has them as well."""
    if said == whole:
        return asked
    words = whole[asked.start : asked.end]
    place = said.casefold().find(words.casefold()) if words else -1
    return replace(asked, start=max(place, 0), end=place + len(words) if place >= 0 else 0)


def _shown(before: Before | None, query: Query) -> tuple[Expression, ...]:
    """What was shown before a query about the same rows."""
    return before.query.show if before and base(before.query) == base(query) else ()


def _trust(ways: Sequence[Followed]) -> float:
    """How much less likely than by itself something is right that may go on from what came before."""
    best = ways[0] if ways else None
    return min(best.confidence / best.read.score, 1.0) if best and best.query is not None and best.read.score else 1.0


def _is_surer(one: Outcome, other: Outcome) -> bool:
    return isinstance(one, Planned) and isinstance(other, Planned) and one.confidence >= other.confidence


def _is_chat(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.reason is RefusalReason.NOT_A_DATA_QUESTION


def _is_unread(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.reason is RefusalReason.NOT_UNDERSTOOD


def _is_missed(outcome: Outcome | None) -> bool:
    """Whether something got no answer that what is said next may go on from all the same."""
    return isinstance(outcome, Refused) and outcome.reason in (
        RefusalReason.NOT_UNDERSTOOD,
        RefusalReason.NO_SUCH_DATA,
        RefusalReason.UNSAFE_JOIN,
    )


def _asked_back(asked: NeedsClarification, said: str, attempt: Attempt, state: State) -> tuple[Outcome, State]:
    """A question back about a follow-up: its options are in the asker's words, not in those that were read."""
    wholes = tuple(option.question for option in asked.options)
    plain = said.strip().rstrip("?.! ")
    options = tuple(replace(option, question=f"{plain}, {option.label}") for option in asked.options)
    place = attempt.reading.back(asked.start, asked.end) if attempt.reading else None
    start, end = place or (0, 0)
    told = replace(asked, options=options, start=start, end=end)
    return told, State(state.before, Open(told, attempt, wholes), missed=state.missed + 1, past=state.past)


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
