"""Numbers and texts as they are written: how many are kept, what is compared, what a name begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reader.assembly.comparing import of_text
from services.ml_gateway.engine.reader.business.walk import HIGH, LOW, Walk
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.words.measures import UNITS

_COMPARING = frozenset("more less fewer over above under below least most exceeding beyond than between up".split())
_TEXTS = (TargetKind.VALUE, TargetKind.LITERAL)


def number_placed(walk: Walk, item: Item, number: int, lead: Sequence[str]) -> bool:
    made, choice = walk.made, item.choices[0]
    if made.limited and not made.entity and not made.number and not any(w in _COMPARING - HIGH - LOW for w in lead):
        walk.put(number, item, choice, Label.LIMIT)
        return True
    following = walk.sentence.items[number + 1] if number + 1 < len(walk.sentence.items) else None
    comparing = any(word in _COMPARING for word in lead)
    unit = bool(following and following.first == item.last and is_unit(walk, following))
    counted = following and following.first <= item.last + 1 and not unit
    if comparing and following and counted and walk.choose.table(following, None):
        made.waits = number
        walk.put(number, item, choice, Label.HAVING)
        return True
    if not comparing and following and following.first == item.last and _ranks_later(walk, item):
        walk.put(number, item, choice, Label.LIMIT)
        made.limited = True
        return True
    if following and unit and (column := walk.choose.amount(walk.base())):
        walk.put(number, item, choice, Label.WHERE)
        walk.put(number + 1, following, column, Label.WHERE)
        return True
    walk.put(number, item, choice, Label.WHERE)
    previous = walk.made.parts.get(number - 1)
    if previous and previous.choice and previous.choice.target.kind is TargetKind.METRIC:
        walk.put(number, item, choice, Label.HAVING)
    elif previous and previous.choice and previous.choice.target.kind is TargetKind.COLUMN:
        made.parts[number - 1] = replace(previous, label=Label.WHERE)
    return True


def _ranks_later(walk: Walk, item: Item) -> bool:
    taken = {at for cue in walk.sentence.cues for at in range(cue.first, cue.last)}
    later = [form for at, form in enumerate(walk.forms) if at >= item.last and at not in taken]
    return any(w in (HIGH | LOW) and (at == 0 or later[at - 1] != "at") for at, w in enumerate(later))


def text_of(walk: Walk, item: Item) -> Choice | None:
    """ "Starts with Ro": as it is written, whatever values begin so."""
    words = walk.sentence.tokens[item.first : item.last]
    if of_text(walk.sentence, item) is Operator.EQUAL or item.choices[0].target.kind not in _TEXTS:
        return None
    if not {"with", "contain", "contains", "containing", "like", "include", "includes"} & set(
        walk.forms[max(item.first - 3, 0) : item.first]
    ):
        return None
    known = next((one for one in item.choices if one.target.literal is LiteralKind.TEXT), None)
    text = " ".join(word.text for word in words)
    target = Target(TargetKind.LITERAL, TableKey("", ""), value=text, literal=LiteralKind.TEXT)
    return known or Choice(target, 0.6, "name", 0, 1)


def is_unit(walk: Walk, item: Item) -> bool:
    """ "over 500 euros"."""
    before = walk.sentence.tokens[item.first - 1] if item.first else None
    lemma = walk.sentence.tokens[item.last - 1].lemma
    return bool(before and before.number is not None and lemma in UNITS and item.choices[0].score < 0.9)
