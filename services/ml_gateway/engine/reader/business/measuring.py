"""What is computed, and what is ranked by it."""

from __future__ import annotations

from collections.abc import Sequence

from services.ml_gateway.engine.model import Direction
from services.ml_gateway.engine.reader.business.choosing import additive
from services.ml_gateway.engine.reader.business.cues import Cue, CueKind
from services.ml_gateway.engine.reader.business.walk import Walk
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item
from services.ml_gateway.engine.reader.pruning.possible import differs

_FUNCTIONS = {"average": Label.AVG, "sum": Label.SUM}


def measure(walk: Walk, item: Item, number: int, lead: Sequence[str]) -> None:
    made = walk.made
    kinds = [WORDS.get(word, "") for word in lead]
    metric, table = walk.choose.metric(item), walk.choose.table(item, None)
    column = walk.choose.column(item, walk.base() or walk.spoken())
    counted = "count" in kinds and ("of" in lead or "many" in lead or "count" in lead)
    if made.waits is not None and table:
        walk.put(number, item, table, Label.HAVING)
        made.waits = None
    elif metric and metric.score >= 0.7 and (not table or metric.score >= table.score) and not _entity_next(walk, lead):
        _metric(walk, item, number, metric)
    elif table and (not column or table.score >= column.score):
        amount = walk.choose.amount(table) if "sum" in kinds and "of" in lead and not counted else None
        if "average" in kinds and not counted and not made.limited:
            _mean(walk, item, number, table)
        elif amount:
            walk.put(number, item, amount, Label.SUM)
            made.number = True
        else:
            _table(walk, item, number, table, counted, lead)
    elif column:
        _column(walk, item, number, column, kinds, counted)


def _mean(walk: Walk, item: Item, number: int, table: Choice) -> None:
    """ "The average payment": what its rows amount to; "average orders per customer": how many each has."""
    amount = None if item.plural else walk.choose.summed(item) or walk.choose.amount(table)
    if amount:
        walk.put(number, item, amount, Label.AVG)
    else:
        walk.put(number, item, table, Label.COUNT)
        walk.made.ratio = Cue(CueKind.PER_EACH, item.first - 1, item.first)
    walk.made.number = True


def _entity_next(walk: Walk, lead: Sequence[str]) -> bool:
    """ "top 5 products", "which product": what is ranked, no number."""
    if walk.made.period:
        return False
    return not walk.made.entity and not walk.made.number and (walk.made.limited or bool({"which", "who"} & set(lead)))


def _metric(walk: Walk, item: Item, number: int, metric: Choice) -> None:
    made = walk.made
    if made.limited and made.entity and not made.ranked:
        better = walk.index.metrics[metric.target.metric].direction
        descending = made.descending is not False
        judged = {"best", "worst"} & set(walk.forms[: item.first])
        if judged and better is Direction.LOWER:
            descending = not descending
        walk.put(number, item, metric, Label.TOP_DESC if descending else Label.TOP_ASC)
        made.ranked = True
    else:
        walk.put(number, item, metric, Label.SHOW)
        made.number = True


def _table(walk: Walk, item: Item, number: int, table: Choice, counted: bool, lead: Sequence[str]) -> None:
    made = walk.made
    if made.limited and made.entity and not made.ranked:
        walk.put(number, item, table, Label.TOP_DESC if made.descending is not False else Label.TOP_ASC)
        made.ranked = True
    elif counted or made.period or made.terms or (made.number and not made.entity and {",", "and", "plus"} & set(lead)):
        walk.put(number, item, table, Label.COUNT)
        made.number = True
    elif made.number and not made.entity:
        walk.put(number, item, table, Label.CONTEXT)  # "customers ordered": what they did
    elif made.limited or {"which", "who", "names", "list"} & set(lead):
        walk.put(number, item, table, Label.SHOW)
        made.entity = True
    elif made.entity:
        walk.put(number, item, table, Label.CONTEXT)
    else:
        walk.put(number, item, table, Label.SHOW)
        made.bare = number


def _column(walk: Walk, item: Item, number: int, column: Choice, kinds: Sequence[str], counted: bool) -> None:
    made = walk.made
    if walk.choose.boolean(column):
        walk.put(number, item, column, Label.WHERE)
        return
    numeric = walk.choose.numeric(column)
    function = next((_FUNCTIONS[kind] for kind in kinds if kind in _FUNCTIONS), None)
    if not numeric:
        distinct = counted or ("count" in kinds and "distinct" in kinds)
        walk.put(number, item, column, Label.COUNT_DISTINCT if distinct else Label.SHOW)
        made.number, made.entity = made.number or distinct, made.entity or not distinct
    elif made.limited and made.entity and not made.ranked:
        summed = additive(column, walk.index) and not _is_of_rows(walk, column)
        labels = (Label.RANK_TOP_DESC, Label.RANK_TOP_ASC) if summed else (Label.TOP_DESC, Label.TOP_ASC)
        walk.put(number, item, column, labels[made.descending is False])
        made.ranked = True
    else:
        if function is None and made.limited:
            function = Label.MAX if made.descending is not False else Label.MIN
        walk.put(number, item, column, function or Label.SUM)
        if function is None and not additive(column, walk.index):
            made.assumed = number
        made.number = True


def _is_of_rows(walk: Walk, column: Choice) -> bool:
    """Whether what is ranked is another in each row of the number's table: there is nothing to add up."""
    shown = [part.choice.target for part in walk.made.parts.values() if part.choice and part.label is Label.SHOW]
    return any(one.table == column.target.table and differs(one, walk.index) for one in shown)
