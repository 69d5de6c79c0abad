"""A labelling by rule, for the short forms of business questions: "<number> by <what> for <values> in <period>".

The labeller has learned from whole sentences; reports are asked for in headlines. A rule gives each item its part from
the words right before it, left to right; what it makes is one more labelling among the learned ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import Direction, TableKey
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.reader.business.choosing import Chooser, additive
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.comparing import of_text
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.items import Choice, Item, Sentence
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.reader.marks import WORDS
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.words.measures import UNITS


class _Mode(Enum):
    MEASURE = auto()
    GROUP = auto()
    FILTER = auto()


_GROUPING = frozenset("by per across each every split broken grouped respective".split())
_FILTERING = frozenset(
    """in from for to at of with where who whose that which when during via through made had has have having under
    within among were was are is did outside including placed without except excluding never""".split()
)
_NEGATING = frozenset("not without except excluding exclude outside no never nobody nothing neither other".split())
_COMPARING = frozenset("more less fewer over above under below least most exceeding beyond than between up".split())
_HIGH = frozenset("most highest largest greatest biggest maximum max top best".split())
_LOW = frozenset("least fewest lowest smallest minimum min bottom worst".split())
_FUNCTIONS = {"average": Label.AVG, "sum": Label.SUM}
_NUMBERS = frozenset({Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX})
_TEXTS = (TargetKind.VALUE, TargetKind.LITERAL)
_MOST_READINGS = 3


@dataclass(slots=True)
class _Reading:
    """Parts so far, by item. number: whether something is computed; bare: a table named with nothing said of it."""

    parts: dict[int, Part] = field(default_factory=dict)
    mode: _Mode = _Mode.MEASURE
    number: bool = False
    grouped: bool = False
    entity: bool = False
    ranked: bool = False
    limited: bool = False
    bare: int | None = None
    descending: bool | None = None
    waits: int | None = None  # a number for what is counted or compared next
    ratio: Cue | None = None
    period: bool = False  # what is asked for is one


def by_rule(sentence: Sentence, index: Index) -> tuple[tuple[Sentence, tuple[Part, ...]], ...]:
    """The readings of the rule, the plainest first; none where it can't place what is asked for."""
    if not sentence.items:
        return ()
    return tuple(dict.fromkeys(_Rule(sentence, index).readings()))[:_MOST_READINGS]


class _Rule:
    def __init__(self, sentence: Sentence, index: Index) -> None:
        self.sentence, self.index = sentence, index
        self.forms = [token.form for token in sentence.tokens]
        self.choose = Chooser(sentence, index)
        self.summed = any(pair == ("how", "much") for pair in pairwise(self.forms[:4]))
        self.made = _Reading()

    def readings(self) -> Iterator[tuple[Sentence, tuple[Part, ...]]]:
        events: list[Item | TimeMention | Cue] = [*self.sentence.items, *self.sentence.times, *self.sentence.cues]
        end = 0
        averaged = False
        for event in sorted(events, key=lambda one: (one.first, one.last)):
            lead = self.forms[end : event.first]
            self._led(lead)
            if isinstance(event, Item):
                self._item(event, ["average", *lead] if averaged else lead)
                averaged = False
            elif isinstance(event, TimeMention):
                self.made.mode = _Mode.GROUP if event.grain else _Mode.FILTER
                self.made.grouped = self.made.grouped or bool(event.grain)
                self._asked_when(event)
            elif event.kind in (CueKind.CYCLE, CueKind.FISCAL):
                self.made.mode, self.made.grouped = _Mode.GROUP, True
                self._asked_when(event)
            elif event.kind is CueKind.PERCENTILE:
                averaged = True
            elif event.kind in (CueKind.CHANGE, CueKind.RUNNING, CueKind.SHARE):
                self.made.mode = self.made.mode if self.made.number else _Mode.MEASURE
            end = max(end, event.last)
        if self._heard_negations():
            yield from self._finished()

    def _asked_when(self, event: TimeMention | Cue) -> None:
        """ "Which month had the most orders": the number that tells comes next."""
        if {"which", "what"} & set(self.forms[event.first : event.last]):
            self.made.period, self.made.mode = True, _Mode.MEASURE

    def _heard_negations(self) -> bool:
        """Whether each "not" has come to something: a reading that lacks one says the opposite."""
        places = [(one.first, one.last) for one in self.sentence.cues]
        places += [(one.first, one.last) for one in self.sentence.items]
        places += [(one.first, one.last) for one in self.sentence.times]
        taken = {at for first, last in places for at in range(first, last)}
        said = any(WORDS.get(form) == "no" for at, form in enumerate(self.forms) if at not in taken)
        spans = sum(bool(time.span) for time in self.sentence.times)
        heard = any(part.label in (Label.NOT, Label.NULL) for part in self.made.parts.values())
        return heard or not said or spans > 1

    def _led(self, lead: Sequence[str]) -> None:
        """The words before say what the next name is for."""
        made = self.made
        for at, word in enumerate(lead):
            after = lead[at + 1] if at + 1 < len(lead) else ""
            before = lead[at - 1] if at else ""
            if word in _GROUPING and after != "how":
                ranking = word == "by" and made.limited and not made.ranked and made.entity
                made.mode = _Mode.MEASURE if ranking else _Mode.GROUP
                if ranking and made.descending is None:
                    made.descending = True
            elif word in (_HIGH | _LOW) and not (before == "at" or after == "than"):
                made.descending = word in _HIGH
                made.limited = True
                if made.mode is _Mode.FILTER or made.entity:
                    made.mode = _Mode.MEASURE
            elif made.period and not made.number:
                made.mode = _Mode.MEASURE
            elif word in _FILTERING and (made.number or made.entity or made.bare is not None):
                made.mode = _Mode.FILTER

    def _item(self, item: Item, lead: Sequence[str]) -> None:
        """One name, value or number."""
        made, number = self.made, self.sentence.items.index(item)
        behind = self.forms[item.last : item.last + 1] == ["nothing"]
        negated = behind or any(WORDS.get(word) == "no" or word in _NEGATING for word in lead)
        if item.measured:
            return
        if item.symbol == "#" and self._number(item, number, lead):
            return
        if self._is_unit(item) or self._is_participle(item, number):
            return
        if negated and (done := self.choose.event(item)) and (made.number or made.entity or made.bare is not None):
            self._put(number, item, done, Label.NOT)
            return
        if not negated and (date := self._date_of_time(item)):
            self._put(number, item, date, Label.WHERE)
            return
        top = item.choices[0]
        if (text := self._text(item)) is not None:
            self._put(number, item, text, Label.NOT if negated else Label.WHERE)
            return
        value = top.target.kind in (TargetKind.VALUE, TargetKind.FLAG)
        if value and not (made.mode is _Mode.GROUP and self.choose.named(item)):
            choice = self.choose.value(item, self._base())
            self._put(number, item, choice, Label.NOT if negated else Label.WHERE)
            return
        if top.target.literal:
            self._put(number, item, top, Label.NOT if negated else Label.WHERE)
            return
        if self.summed and not made.number and (amount := self.choose.summed(item)):
            self._put(number, item, amount, Label.SUM)
            made.number = True
        elif made.mode is _Mode.GROUP:
            self._group(item, number)
        elif made.mode is _Mode.FILTER:
            self._filter(item, number, lead, negated)
        else:
            self._measure(item, number, lead)

    # What items are

    def _number(self, item: Item, number: int, lead: Sequence[str]) -> bool:
        made, choice = self.made, item.choices[0]
        if (
            made.limited
            and not made.entity
            and not made.number
            and not any(w in _COMPARING - _HIGH - _LOW for w in lead)
        ):
            self._put(number, item, choice, Label.LIMIT)
            return True
        following = self.sentence.items[number + 1] if number + 1 < len(self.sentence.items) else None
        comparing = any(word in _COMPARING for word in lead)
        unit = bool(following and following.first == item.last and self._is_unit(following))
        counted = following and following.first <= item.last + 1 and not unit
        if comparing and following and counted and self.choose.table(following, None):
            made.waits = number
            self._put(number, item, choice, Label.HAVING)
            return True
        if not comparing and following and following.first == item.last and self._ranks_later(item):
            self._put(number, item, choice, Label.LIMIT)
            made.limited = True
            return True
        if following and unit and (column := self.choose.amount(self._base())):
            self._put(number, item, choice, Label.WHERE)
            self._put(number + 1, following, column, Label.WHERE)
            return True
        self._put(number, item, choice, Label.WHERE)
        previous = self.made.parts.get(number - 1)
        if previous and previous.choice and previous.choice.target.kind is TargetKind.METRIC:
            self._put(number, item, choice, Label.HAVING)
        elif previous and previous.choice and previous.choice.target.kind is TargetKind.COLUMN:
            made.parts[number - 1] = replace(previous, label=Label.WHERE)
        return True

    def _ranks_later(self, item: Item) -> bool:
        taken = {at for cue in self.sentence.cues for at in range(cue.first, cue.last)}
        later = [form for at, form in enumerate(self.forms) if at >= item.last and at not in taken]
        return any(w in (_HIGH | _LOW) and (at == 0 or later[at - 1] != "at") for at, w in enumerate(later))

    def _text(self, item: Item) -> Choice | None:
        """ "Starts with Ro": as it is written, whatever values begin so."""
        words = self.sentence.tokens[item.first : item.last]
        if of_text(self.sentence, item) is Operator.EQUAL or item.choices[0].target.kind not in _TEXTS:
            return None
        if not {"with", "contain", "contains", "containing", "like", "include", "includes"} & set(
            self.forms[max(item.first - 3, 0) : item.first]
        ):
            return None
        known = next((one for one in item.choices if one.target.literal is LiteralKind.TEXT), None)
        text = " ".join(word.text for word in words)
        target = Target(TargetKind.LITERAL, TableKey("", ""), value=text, literal=LiteralKind.TEXT)
        return known or Choice(target, 0.6, "name", 0, 1)

    def _is_unit(self, item: Item) -> bool:
        """ "over 500 euros"."""
        before = self.sentence.tokens[item.first - 1] if item.first else None
        lemma = self.sentence.tokens[item.last - 1].lemma
        return bool(before and before.number is not None and lemma in UNITS and item.choices[0].score < 0.9)

    def _is_participle(self, item: Item, number: int) -> bool:
        """ "Best selling products", "most visited shops": which, not what."""
        following = self.sentence.items[number + 1] if number + 1 < len(self.sentence.items) else None
        done = self.forms[item.last - 1].endswith(("ing", "ed", "sold")) and item.last - item.first == 1
        ranked = self.made.limited and not self.made.entity and not self.made.number
        return bool(
            ranked and done and following and following.first == item.last and self.choose.table(following, None)
        )

    def _date_of_time(self, item: Item) -> Choice | None:
        """ "hired since 2022", "due before May": the date that a period is of."""
        near = any(0 <= time.first - item.last <= 1 and time.span for time in self.sentence.times)
        top = item.choices[0]
        if top.target.kind is TargetKind.TABLE and top.how != "word form":
            return None
        return self.choose.date(item, self._base()) if near else None

    # What they do

    def _group(self, item: Item, number: int) -> None:
        if self.made.number and self._divides(item, number):
            return
        choice = self.choose.dimension(item, self._base())
        if choice and not self._said_in_roles(choice):
            self.made.grouped = True
            self._put(number, item, choice, Label.SHOW)

    def _said_in_roles(self, choice: Choice) -> bool:
        """ "By origin and destination depot": the depot is no third."""
        target = choice.target
        roles = [
            part.choice.target
            for part in self.made.parts.values()
            if part.choice and part.choice.target.table == target.table
        ]
        return (
            target.relationship is None
            and target.kind is TargetKind.TABLE
            and any(one.relationship is not None for one in roles)
        )

    def _divides(self, item: Item, number: int) -> bool:
        """ "fuel cost per litre": one number by another."""
        made, top = self.made, item.choices[0]
        if self.forms[item.first - 1] != "per" or made.grouped or made.ratio or item.plural:
            return False
        told = top.target.kind
        if told is TargetKind.METRIC:
            label = Label.SHOW
        elif told is TargetKind.COLUMN and self.choose.numeric(top):
            label = Label.SUM
        elif told is TargetKind.TABLE and self.index.tables[top.target.table].default_dates and self._is_event(top):
            label = Label.COUNT
        else:
            return False
        made.ratio = Cue(CueKind.RATIO, item.first - 1, item.first)
        self._put(number, item, top, label)
        return True

    def _is_event(self, choice: Choice) -> bool:
        """Rows of a table whose labels are only keys are events: nobody asks for a number of each."""
        facts = self.index.tables[choice.target.table]
        return set(facts.labels) <= facts.keys | facts.unique

    def _filter(self, item: Item, number: int, lead: Sequence[str], negated: bool) -> None:
        made = self.made
        metric, table = self.choose.metric(item), self.choose.table(item, self._base())
        if made.waits is not None and (table or metric):
            self._put(number, item, table or metric, Label.HAVING)
            made.waits = None
        elif table and (not metric or metric.score <= table.score):
            self._put(number, item, table, Label.NOT if negated else Label.CONTEXT)
        elif metric:
            self._put(number, item, metric, Label.HAVING)
        elif column := self.choose.column(item, self._base()):
            shown = {"their", "its", "with"} & set(lead) and not negated
            label = Label.NULL if negated else Label.SHOW if shown and not made.number else Label.WHERE
            self._put(number, item, column, label)

    def _measure(self, item: Item, number: int, lead: Sequence[str]) -> None:
        made = self.made
        kinds = [WORDS.get(word, "") for word in lead]
        metric, table = self.choose.metric(item), self.choose.table(item, None)
        column = self.choose.column(item, self._base() or self._spoken())
        counted = "count" in kinds and ("of" in lead or "many" in lead or "count" in lead)
        if made.waits is not None and table:
            self._put(number, item, table, Label.HAVING)
            made.waits = None
        elif (
            metric
            and metric.score >= 0.7
            and (not table or metric.score >= table.score)
            and not self._entity_next(lead)
        ):
            self._metric(item, number, metric)
        elif table and (not column or table.score >= column.score):
            if "average" in kinds and not counted and not made.limited:
                self._mean(item, number, table)
            else:
                self._table(item, number, table, counted, lead)
        elif column:
            self._column(item, number, column, kinds, counted)

    def _mean(self, item: Item, number: int, table: Choice) -> None:
        """ "The average payment": what its rows amount to; "average orders per customer": how many each has."""
        amount = None if item.plural else self.choose.summed(item) or self.choose.amount(table)
        if amount:
            self._put(number, item, amount, Label.AVG)
        else:
            self._put(number, item, table, Label.COUNT)
            self.made.ratio = Cue(CueKind.PER_EACH, item.first - 1, item.first)
        self.made.number = True

    def _entity_next(self, lead: Sequence[str]) -> bool:
        """ "top 5 products", "which product": what is ranked, no number."""
        if self.made.period:
            return False
        return (
            not self.made.entity and not self.made.number and (self.made.limited or bool({"which", "who"} & set(lead)))
        )

    def _metric(self, item: Item, number: int, metric: Choice) -> None:
        made = self.made
        if made.limited and made.entity and not made.ranked:
            better = self.index.metrics[metric.target.metric].direction
            descending = made.descending is not False
            judged = {"best", "worst"} & set(self.forms[: item.first])
            if judged and better is Direction.LOWER:
                descending = not descending
            self._put(number, item, metric, Label.TOP_DESC if descending else Label.TOP_ASC)
            made.ranked = True
        else:
            self._put(number, item, metric, Label.SHOW)
            made.number = True

    def _table(self, item: Item, number: int, table: Choice, counted: bool, lead: Sequence[str]) -> None:
        made = self.made
        if made.limited and made.entity and not made.ranked:
            self._put(number, item, table, Label.TOP_DESC if made.descending is not False else Label.TOP_ASC)
            made.ranked = True
        elif counted or made.period or (made.number and not made.entity and {",", "and", "plus"} & set(lead)):
            self._put(number, item, table, Label.COUNT)
            made.number = True
        elif made.number and not made.entity:
            self._put(number, item, table, Label.CONTEXT)  # "customers ordered": what they did
        elif made.limited or {"which", "who", "names", "list"} & set(lead):
            self._put(number, item, table, Label.SHOW)
            made.entity = True
        elif made.entity:
            self._put(number, item, table, Label.CONTEXT)
        else:
            self._put(number, item, table, Label.SHOW)
            made.bare = number

    def _column(self, item: Item, number: int, column: Choice, kinds: Sequence[str], counted: bool) -> None:
        made = self.made
        if self.choose.boolean(column):
            self._put(number, item, column, Label.WHERE)
            return
        numeric = self.choose.numeric(column)
        function = next((_FUNCTIONS[kind] for kind in kinds if kind in _FUNCTIONS), None)
        if not numeric:
            distinct = counted or ("count" in kinds and "distinct" in kinds)
            self._put(number, item, column, Label.COUNT_DISTINCT if distinct else Label.SHOW)
            made.number, made.entity = made.number or distinct, made.entity or not distinct
        elif made.limited and made.entity and not made.ranked:
            summed = additive(column, self.index)
            labels = (Label.RANK_TOP_DESC, Label.RANK_TOP_ASC) if summed else (Label.TOP_DESC, Label.TOP_ASC)
            self._put(number, item, column, labels[made.descending is False])
            made.ranked = True
        else:
            if function is None and made.limited:
                function = Label.MAX if made.descending is not False else Label.MIN
            self._put(number, item, column, function or Label.SUM)
            made.number = True

    # What comes out

    def _finished(self) -> Iterator[tuple[Sentence, tuple[Part, ...]]]:
        made, bare = self.made, self.made.bare
        series = {CueKind.CHANGE, CueKind.RUNNING, CueKind.SHARE, CueKind.PER_EACH} & {
            c.kind for c in self.sentence.cues
        }
        sentence = self.sentence
        if made.ratio:
            sentence = replace(sentence, cues=(*sentence.cues, made.ratio))
        if bare is None or made.number:
            held = made.parts[bare] if bare is not None and (self.summed or self._is_of_number(bare)) else None
            yield sentence, self._parts({bare: replace(held, label=Label.CONTEXT)} if held and bare is not None else {})
            return
        counted = replace(made.parts[bare], label=Label.COUNT)
        if made.grouped or series:
            yield sentence, self._parts({bare: counted})
            return
        event = made.parts[bare].choice
        first = {bare: counted} if self.sentence.times and event and self._is_event(event) else {}
        yield sentence, self._parts(first)
        yield sentence, self._parts({} if first else {bare: counted})

    def _is_of_number(self, bare: int) -> bool:
        """ "Marketing spend amount": the table of what is computed, no group."""
        own = self.made.parts[bare].choice
        return any(
            part.label in _NUMBERS and part.choice and own and part.choice.target.table == own.target.table
            for part in self.made.parts.values()
        )

    def _parts(self, changed: dict[int, Part]) -> tuple[Part, ...]:
        kept = self.made.parts | changed
        return tuple(
            kept.get(number) or Part(item, Label.IGNORED, None) for number, item in enumerate(self.sentence.items)
        )

    def _put(self, number: int, item: Item, choice: Choice | None, label: Label) -> None:
        if choice is not None:
            self.made.parts[number] = Part(item, label, choice)

    def _base(self) -> Choice | None:
        """What is computed or listed so far."""
        parts = [part for _, part in sorted(self.made.parts.items()) if part.choice and part.choice.target.table.name]
        numbers = [part for part in parts if part.label in _NUMBERS or part.choice.target.kind is TargetKind.METRIC]  # type: ignore[union-attr]
        return next((part.choice for part in (*numbers, *parts)), None)

    def _spoken(self) -> Choice | None:
        """The table that the question names first: "names of members"."""
        tops = (item.choices[0] for item in self.sentence.items)
        return next((one for one in tops if one.target.kind is TargetKind.TABLE and one.score >= 0.9), None)
