"""The best of a kind where no number is named: "our biggest customers", "who bought the most", "what sells best".

Told by what the rows below bring: the metrics that are added up over them, else their amounts; and how many there are.
Which of these is meant the words leave open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Expression,
    Field,
    Function,
    MetricValue,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, is_above, labels_of
from services.ml_gateway.engine.reader.labelling.sentence import Item
from services.ml_gateway.engine.reader.pruning.plainer import is_vain
from services.ml_gateway.engine.reader.wording.figuring import amounts_of

STANDING, OPEN = "by what they bring", "by one of what they bring"
_GREAT = {"biggest": True, "best": True, "top": True, "largest": True, "greatest": True, "strongest": True,
          "worst": False, "smallest": False, "weakest": False, "bottom": False}  # fmt: skip
_DEED = {"most": True, "best": True, "least": False, "worst": False}
_BEHIND = frozenset("the number count money much ever so far overall of all time".split())
_SOME, _FEW = 10, 2
_LEAST = 0.6


def by_standing(frame: Frame, query: Query) -> Iterator[tuple[Query, str]]:
    """query: a list of rows in no order, or in one that tells nothing."""
    fields = [one for one in query.show if isinstance(one, Field)]
    tables = {one.key.table for one in fields}
    plain = len(fields) == len(query.show) and not (query.combined or query.having or query.per or "by" in frame.kinds)
    if not plain or len(tables) != 1:
        return
    said = _of_deeds(frame)  # whatever was taken for what is counted
    if said is None and (not query.order or is_vain(query, frame.index)):
        said = _of_rows(frame, tables)
    if said is None:
        return
    descending, limit = said
    table = tables.pop()
    made = replace(query, show=labels_of(frame, Rows(table)), group=(Rows(table),), distinct=False, subject=None)
    numbers = _numbers(frame, table)
    for number in numbers:
        ranked = replace(made, order=(Ordering(number, descending),), limit=limit)
        yield ranked, OPEN if len(numbers) > 1 else STANDING


def _of_rows(frame: Frame, tables: set[TableKey]) -> tuple[bool, int] | None:
    """ "Our 5 biggest customers": which end, and how many."""
    tokens = frame.sentence.tokens
    for at, token in enumerate(tokens):
        if token.form not in _GREAT:
            continue
        behind = at + 1
        if behind < len(tokens) and tokens[behind].number is not None:
            behind += 1
        item = next((one for one in frame.sentence.items if one.first == behind), None)
        best = item.choices[0].target if item else None
        if item is None or best is None or best.kind is not TargetKind.TABLE or best.table not in tables:
            continue
        if _is_measured(frame, at, best.table):
            return None
        number = next((one.number for one in tokens[max(at - 1, 0) : behind] if one.number), None)
        return _GREAT[token.form], int(number or (_SOME if item.plural else 1))
    return None


def _is_measured(frame: Frame, at: int, table: TableKey) -> bool:
    """Whether a column of the table's own says how big its rows are."""
    item = next((one for one in frame.sentence.items if one.first == at and one.measured), None)
    return item is not None and any(one.target.table == table for one in item.choices)


def _of_deeds(frame: Frame) -> tuple[bool, int] | None:
    """ "Bought the most", "sell best": at the end of what is asked, with nothing behind that is counted."""
    tokens = frame.sentence.tokens
    for at, token in enumerate(tokens):
        if token.form not in _DEED or not at or tokens[at - 1].form == "at":
            continue
        rest = [one.form for one in tokens[at + 1 :] if one.form.isalnum()]
        timed = any(one.first > at for one in frame.sentence.times)
        if (timed or set(rest) <= _BEHIND) and not any(one.first > at for one in frame.sentence.items):
            first = frame.sentence.items[0] if frame.sentence.items else None
            return _DEED[token.form], _SOME if first is not None and first.plural else 1
    return None


def _numbers(frame: Frame, table: TableKey) -> list[Expression]:
    """What the rows below bring, and how many there are."""
    index = frame.index
    said = [one for item in frame.sentence.items for one in item.choices if one.score >= _LEAST]
    named = [one.target.metric for one in said if one.target.kind is TargetKind.METRIC]
    metrics = [
        name for name in dict.fromkeys((*named, *index.metrics))
        if index.metrics[name].expression.lower().startswith("sum(")
        and is_above(frame, Rows(index.metrics[name].table), Rows(table))
    ]  # fmt: skip
    found: list[Expression] = [MetricValue(name) for name in metrics[:_FEW]]
    below = [key.table for _, key in index.catalog.keys_to.get(table, ()) if key.table != table]
    dated = [one for one in dict.fromkeys(below) if index.tables[one].dates] or list(dict.fromkeys(below))
    if not metrics:
        amounts = [amounts_of(index, one)[:1] for one in dated]
        found += [Aggregate(Function.SUM, Field(one[0])) for one in amounts if one][:_FEW]
    return [*found, *(Aggregate(Function.COUNT, Rows(one)) for one in dated[:1])]


def of_what_sells(frame: Frame) -> Iterator[tuple[Query, str]]:
    """ "What sells best": of what a metric's rows are of, where nothing else is named."""
    items = frame.sentence.items
    said = _of_deeds(frame)
    if said is None or len(items) > 2 or {"what", "which"}.isdisjoint(t.form for t in frame.sentence.tokens[:2]):
        return
    metrics = [one.target.metric for item in items for one in item.choices if _is_added(frame, item, one.target.metric)]
    metrics = list(dict.fromkeys(metrics))[:_FEW]
    for name in metrics:
        for table in _things(frame, frame.index.metrics[name].table)[:1]:
            ordering = Ordering(MetricValue(name), said[0])
            shown: tuple[Expression, ...] = (*labels_of(frame, Rows(table)), MetricValue(name))
            made = Query(show=shown, group=(Rows(table),), order=(ordering,), limit=_SOME)
            yield made, OPEN if len(metrics) > 1 else STANDING


def _is_added(frame: Frame, item: Item, name: str) -> bool:
    return bool(name) and frame.index.metrics[name].expression.lower().startswith("sum(")


def _things(frame: Frame, table: TableKey) -> list[TableKey]:
    """What each row is of: right above it, named, with no date of an event and no names of a person."""
    index = frame.index
    above = [one.target for one in index.catalog.keys_of.get(table, ()) if one.target != table]
    return [one for one in above if index.tables[one].is_named and len(index.tables[one].labels) == 1]
