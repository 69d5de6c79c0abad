"""One name of a question after the other: a value, a period's date, a number, what is split by, what must hold."""

from __future__ import annotations

from collections.abc import Sequence

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.measuring import measure
from services.ml_gateway.engine.reader.business.walk import Mode, Walk
from services.ml_gateway.engine.reader.business.written import is_unit, number_placed, text_of
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item

_NEGATING = frozenset("not without except excluding exclude outside no never nobody nothing neither other".split())


def place(walk: Walk, item: Item, lead: Sequence[str]) -> None:
    """One name, value or number."""
    made, number = walk.made, walk.sentence.items.index(item)
    behind = walk.forms[item.last : item.last + 1] == ["nothing"]
    negated = behind or any(WORDS.get(word) == "no" or word in _NEGATING for word in lead)
    if item.measured:
        return
    if item.symbol == "#" and number_placed(walk, item, number, lead):
        return
    if is_unit(walk, item) or _is_participle(walk, item, number):
        return
    if negated and (done := walk.choose.event(item)) and (made.number or made.entity or made.bare is not None):
        walk.put(number, item, done, Label.NOT)
        return
    if not negated and (date := _date_of_time(walk, item)):
        walk.put(number, item, date, Label.WHERE)
        return
    top = item.choices[0]
    if (text := text_of(walk, item)) is not None:
        walk.put(number, item, text, Label.NOT if negated else Label.WHERE)
        return
    value = top.target.kind in (TargetKind.VALUE, TargetKind.FLAG)
    if value and not (made.mode is Mode.GROUP and walk.choose.named(item)):
        choice = walk.choose.value(item, walk.base())
        walk.put(number, item, choice, Label.NOT if negated else Label.WHERE)
        return
    if top.target.literal:
        walk.put(number, item, top, Label.NOT if negated else Label.WHERE)
        return
    if walk.summed and not made.number and (amount := walk.choose.summed(item)):
        walk.put(number, item, amount, Label.SUM)
        made.number = True
    elif made.mode is Mode.GROUP:
        _group(walk, item, number)
    elif made.mode is Mode.FILTER:
        _filter(walk, item, number, lead, negated)
    else:
        measure(walk, item, number, lead)


def _is_participle(walk: Walk, item: Item, number: int) -> bool:
    """ "Best selling products", "most visited shops": which, not what."""
    following = walk.sentence.items[number + 1] if number + 1 < len(walk.sentence.items) else None
    done = walk.forms[item.last - 1].endswith(("ing", "ed", "sold")) and item.last - item.first == 1
    ranked = walk.made.limited and not walk.made.entity and not walk.made.number
    return bool(ranked and done and following and following.first == item.last and walk.choose.table(following, None))


def _date_of_time(walk: Walk, item: Item) -> Choice | None:
    """ "hired since 2022", "due before May": the date that a period is of."""
    near = any(0 <= time.first - item.last <= 1 and time.span for time in walk.sentence.times)
    top = item.choices[0]
    if top.target.kind is TargetKind.TABLE and top.how != "word form":
        return None
    return walk.choose.date(item, walk.base()) if near else None


def _group(walk: Walk, item: Item, number: int) -> None:
    if walk.made.number and _divides(walk, item, number):
        return
    choice = walk.choose.dimension(item, walk.base())
    if choice and not _said_in_roles(walk, choice):
        walk.made.grouped = True
        walk.put(number, item, choice, Label.SHOW)


def _said_in_roles(walk: Walk, choice: Choice) -> bool:
    """ "By origin and destination depot": the depot is no third."""
    target = choice.target
    roles = [
        part.choice.target
        for part in walk.made.parts.values()
        if part.choice and part.choice.target.table == target.table
    ]
    return (
        target.relationship is None
        and target.kind is TargetKind.TABLE
        and any(one.relationship is not None for one in roles)
    )


def _divides(walk: Walk, item: Item, number: int) -> bool:
    """ "fuel cost per litre": one number by another."""
    made, top = walk.made, item.choices[0]
    if walk.forms[item.first - 1] != "per" or made.grouped or made.ratio or item.plural:
        return False
    told = top.target.kind
    if told is TargetKind.METRIC:
        label = Label.SHOW
    elif told is TargetKind.COLUMN and walk.choose.numeric(top):
        label = Label.SUM
    elif told is TargetKind.TABLE and walk.index.tables[top.target.table].default_dates and is_event(walk, top):
        label = Label.COUNT
    else:
        return False
    made.ratio = Cue(CueKind.RATIO, item.first - 1, item.first)
    walk.put(number, item, top, label)
    return True


def is_event(walk: Walk, choice: Choice) -> bool:
    """Rows of a table whose labels are only keys are events: nobody asks for a number of each."""
    facts = walk.index.tables[choice.target.table]
    return set(facts.labels) <= facts.keys | facts.unique


def _filter(walk: Walk, item: Item, number: int, lead: Sequence[str], negated: bool) -> None:
    made = walk.made
    metric, table = walk.choose.metric(item), walk.choose.table(item, walk.base())
    if made.waits is not None and (table or metric):
        walk.put(number, item, table or metric, Label.HAVING)
        made.waits = None
    elif table and (not metric or metric.score <= table.score):
        walk.put(number, item, table, Label.NOT if negated else Label.CONTEXT)
    elif metric:
        walk.put(number, item, metric, Label.HAVING)
    elif column := walk.choose.column(item, walk.base()):
        shown = {"their", "its", "with"} & set(lead) and not negated
        label = Label.NULL if negated else Label.SHOW if shown and not made.number else Label.WHERE
        walk.put(number, item, column, label)
