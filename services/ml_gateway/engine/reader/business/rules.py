"""A labelling by rule, for the short forms of business questions: "<number> by <what> for <values> in <period>".

The labeller has learned from whole sentences; reports are asked for in headlines. A rule gives each item its part from
the words right before it, left to right; what it makes is one more labelling among the learned ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.periods import PEAKS, TimeMention
from services.ml_gateway.engine.reader.business.choosing import Chooser
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.placing import is_event, place
from services.ml_gateway.engine.reader.business.walk import HIGH, LOW, NUMBERS, Mode, Walk
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence

_GROUPING = frozenset("by per across each every split broken grouped respective".split())
_FILTERING = frozenset(
    """in from for to at of with where who whose that which when during via through made had has have having under
    within among were was are is did outside including placed without except excluding never""".split()
)
_OF_NUMBERS = (CueKind.CHANGE, CueKind.RUNNING, CueKind.SHARE, CueKind.PER_EACH, CueKind.PER_PERIOD, CueKind.VERSUS)
_TERMS = frozenset(("to", "and", "over"))
_NUMBER_OF = frozenset("number numbers count counts total totals sum amount average share".split())
_MOST_READINGS = 3


def by_rule(sentence: Sentence, index: Index) -> tuple[tuple[Sentence, tuple[Part, ...]], ...]:
    """The readings of the rule, the plainest first; none where it can't place what is asked for."""
    if not sentence.items:
        return ()
    forms = [token.form for token in sentence.tokens]
    summed = any(pair == ("how", "much") for pair in pairwise(forms[:4]))
    walk = Walk(sentence, index, forms, Chooser(sentence, index), summed)
    found = list(dict.fromkeys(_readings(walk)))[:_MOST_READINGS]
    if walk.made.assumed is not None:
        found += [(sentence, _averaged(parts, walk.made.assumed)) for sentence, parts in found[:1]]
    return tuple(found)


def _averaged(parts: tuple[Part, ...], number: int) -> tuple[Part, ...]:
    """ "Price by category": each one's mean, where its sum says little."""
    return (*parts[:number], replace(parts[number], label=Label.AVG), *parts[number + 1 :])


def _readings(walk: Walk) -> Iterator[tuple[Sentence, tuple[Part, ...]]]:
    events: list[Item | TimeMention | Cue] = [*walk.sentence.items, *walk.sentence.times, *walk.sentence.cues]
    end = 0
    averaged = False
    for event in sorted(events, key=lambda one: (one.first, one.last)):
        lead = walk.forms[end : event.first]
        _led(walk, lead)
        if isinstance(event, Item):
            place(walk, event, ["average", *lead] if averaged else lead)
            averaged = False
            walk.made.terms -= bool(walk.made.terms and walk.made.mode is Mode.MEASURE)
        elif isinstance(event, TimeMention):
            walk.made.mode = Mode.GROUP if event.grain else Mode.FILTER
            walk.made.grouped = walk.made.grouped or bool(event.grain)
            _asked_when(walk, event)
        elif event.kind in (CueKind.CYCLE, CueKind.FISCAL):
            walk.made.mode, walk.made.grouped = Mode.GROUP, True
            _asked_when(walk, event)
        elif event.kind is CueKind.QUOTIENT:
            walk.made.terms, walk.made.mode = 2, Mode.MEASURE
        elif event.kind is CueKind.PERCENTILE:
            averaged = True
        elif event.kind in (CueKind.CHANGE, CueKind.RUNNING, CueKind.SHARE):
            walk.made.mode = walk.made.mode if walk.made.number else Mode.MEASURE
        end = max(end, event.last)
    if _heard_negations(walk):
        yield from _finished(walk)


def _asked_when(walk: Walk, event: TimeMention | Cue) -> None:
    """ "Which month had the most orders", "best month for sales": the number that tells comes next."""
    if {"which", "what", *PEAKS} & set(walk.forms[event.first : event.last]):
        walk.made.period, walk.made.mode = True, Mode.MEASURE


def _heard_negations(walk: Walk) -> bool:
    """Whether each "not" has come to something: a reading that lacks one says the opposite."""
    places = [(one.first, one.last) for one in walk.sentence.cues]
    places += [(one.first, one.last) for one in walk.sentence.items]
    places += [(one.first, one.last) for one in walk.sentence.times]
    taken = {at for first, last in places for at in range(first, last)}
    said = any(WORDS.get(form) == "no" for at, form in enumerate(walk.forms) if at not in taken)
    spans = sum(bool(time.span) for time in walk.sentence.times)
    heard = any(part.label in (Label.NOT, Label.NULL) for part in walk.made.parts.values())
    return heard or not said or spans > 1


def _led(walk: Walk, lead: Sequence[str]) -> None:
    """The words before say what the next name is for."""
    made = walk.made
    for at, word in enumerate(lead):
        after = lead[at + 1] if at + 1 < len(lead) else ""
        before = lead[at - 1] if at else ""
        if _is_of_a_number(walk, word):
            made.mode = Mode.MEASURE
        elif word in _GROUPING and after != "how":
            ranking = word == "by" and made.limited and not made.ranked and made.entity
            made.mode = Mode.MEASURE if ranking else Mode.GROUP
            if ranking and made.descending is None:
                made.descending = True
        elif word in (HIGH | LOW) and not (before == "at" or after == "than"):
            made.descending = word in HIGH
            made.limited = True
            if made.mode is Mode.FILTER or made.entity:
                made.mode = Mode.MEASURE
        elif made.period and not made.number:
            made.mode = Mode.MEASURE
        elif (
            word in _FILTERING
            and not (word == "of" and before in _NUMBER_OF)
            and (made.number or made.entity or made.bare is not None)
        ):
            made.mode = Mode.FILTER


def _is_of_a_number(walk: Walk, word: str) -> bool:
    """Whether a number comes next whatever the word may say: "best month by orders", "ratio of clicks to views"."""
    made = walk.made
    if made.terms:
        return made.terms > 1 or word in _TERMS
    return word == "by" and made.period and not made.number


def _finished(walk: Walk) -> Iterator[tuple[Sentence, tuple[Part, ...]]]:
    made, bare = walk.made, walk.made.bare
    series = any(cue.kind in _OF_NUMBERS for cue in walk.sentence.cues)
    sentence = walk.sentence
    if made.ratio:
        sentence = replace(sentence, cues=(*sentence.cues, made.ratio))
    if bare is None or made.number:
        held = made.parts[bare] if bare is not None and (walk.summed or _is_of_number(walk, bare)) else None
        yield sentence, walk.parts({bare: replace(held, label=Label.CONTEXT)} if held and bare is not None else {})
        return
    counted = replace(made.parts[bare], label=Label.COUNT)
    if made.grouped or series:
        yield sentence, walk.parts({bare: counted})
        return
    event = made.parts[bare].choice
    first = {bare: counted} if walk.sentence.times and event and is_event(walk, event) else {}
    yield sentence, walk.parts(first)
    yield sentence, walk.parts({} if first else {bare: counted})


def _is_of_number(walk: Walk, bare: int) -> bool:
    """ "Marketing spend amount": the table of what is computed, no group."""
    own = walk.made.parts[bare].choice
    return any(
        part.label in NUMBERS and part.choice and own and part.choice.target.table == own.target.table
        for part in walk.made.parts.values()
    )
