"""What a query shows."""

from __future__ import annotations

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.query.model import Aggregate, Expression, Field, Function, MetricValue, Rows
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.frame import Frame, key_of, labels_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import SHOWING

_AGGREGATED = {
    Label.SUM: Function.SUM, Label.AVG: Function.AVG, Label.MIN: Function.MIN, Label.MAX: Function.MAX,
}  # fmt: skip
_FUNCTIONS = {
    "average": Function.AVG, "sum": Function.SUM, "least": Function.MIN, "most": Function.MAX,
    "median": Function.MEDIAN, "longest": Function.MAX, "shortest": Function.MIN,
}  # fmt: skip
_HELD = (Label.WHERE, Label.NOT, Label.NULL, Label.NOT_NULL)


def what_is_shown(frame: Frame) -> list[Expression]:
    shown: list[Expression] = []
    for part in frame.parts:
        assert part.choice
        target = part.choice.target
        if target.kind is TargetKind.METRIC and part.label in SHOWING:
            shown.append(MetricValue(target.metric))
        elif target.kind is TargetKind.TABLE:
            shown += _shown_of_table(frame, part)
        elif target.kind is TargetKind.COLUMN:
            shown += _shown_of_column(frame, part)
    return list(dict.fromkeys(shown))


def _shown_of_table(frame: Frame, part: Part) -> list[Expression]:
    assert part.choice
    target = part.choice.target
    rows = Rows(target.table, target.relationship)
    if part.label is Label.ALL:
        table = frame.index.catalog.by_key[target.table]
        return [Field(ColumnKey(table.key, c.name), rows.role) for c in table.columns if not c.hidden]
    if part.label in (Label.COUNT, Label.COUNT_DISTINCT):
        return [Aggregate(Function.COUNT, rows)]
    if part.label in (Label.SHOW, Label.COMMON, Label.RARE):
        return [] if part.label is Label.SHOW and _is_told(frame, rows) else list(labels_of(frame, rows))
    return []


def _is_told(frame: Frame, rows: Rows) -> bool:
    """Whether a shown column says already which row of the table it is, be it one in a part of its own."""
    facts = frame.index.tables[rows.table]
    telling = {*facts.labels, *facts.unique, *facts.keys}
    return any(
        p.choice
        and p.label in SHOWING
        and p.choice.target.table == rows.table
        and p.choice.target.column in telling
        and p.choice.target.relationship in (None, rows.role)
        for p in frame.parts
        if p.choice and p.choice.target.kind is TargetKind.COLUMN
    )


def _shown_of_column(frame: Frame, part: Part) -> list[Expression]:
    field = field_of(part)
    if part.label in SHOWING:
        return [field]
    if part.label in _AGGREGATED:
        functions = dict.fromkeys(_listed(frame, part) or [_AGGREGATED[part.label]])
        return [Aggregate(function, field) for function in functions]
    if part.label is Label.COUNT:
        return [Aggregate(Function.COUNT, field)]
    if part.label is Label.COUNT_DISTINCT:
        return [Aggregate(Function.COUNT, field, distinct=True)]
    return []


def _listed(frame: Frame, part: Part) -> list[Function]:
    """ "The minimum, maximum and average price": all the aggregates that stand before one name."""
    found: list[Function] = []
    for position in range(part.item.first - 1, -1, -1):
        symbol, kind = frame.sentence.symbols[position], frame.kinds[position]
        if kind in _FUNCTIONS:
            found.insert(0, _FUNCTIONS[kind])
        elif symbol != "," and kind not in ("and", "that", "the", "of", "both", "all", "count", "each"):
            break
    return found if len(found) > 1 else []


def something(frame: Frame) -> list[Expression]:
    """What is shown where no part is: a count where the question counts, else the first table named."""
    tables = [p for p in frame.parts if p.choice and p.choice.target.kind is TargetKind.TABLE]
    frame.notes.append("nothing shown")
    if not tables:
        grouped = [p for p in frame.parts if p.label is Label.GROUP and p.choice.target.column]  # type: ignore[union-attr]
        fields: list[Expression] = [field_of(p) for p in grouped]
        owners = {p.choice.target.table for p in frame.parts if p.choice and p.choice.target.table.name}
        if "count" in frame.kinds and len(owners) == 1:
            return [Aggregate(Function.COUNT, Rows(owners.pop()))]
        return fields or _told_by_conditions(frame)
    assert tables[0].choice
    target = tables[0].choice.target
    rows = Rows(target.table, target.relationship)
    if "info" in frame.kinds and "all" in frame.kinds:
        table = frame.index.catalog.by_key[rows.table]
        return [Field(ColumnKey(table.key, c.name), rows.role) for c in table.columns if not c.hidden]
    if "count" in frame.kinds[:4]:
        return [Aggregate(Function.COUNT, rows)]
    return list(labels_of(frame, rows))


def _told_by_conditions(frame: Frame) -> list[Expression]:
    """ "Painters hired after 2019", "not yet returned": the rows that the first condition is about."""
    for part in frame.parts:
        if part.label in _HELD and part.choice and part.choice.target.table.name:
            return list(labels_of(frame, Rows(part.choice.target.table, part.choice.target.relationship)))
    return []


def keyed(frame: Frame, shown: list[Expression]) -> list[Expression]:
    """With the keys of tables that are shown, in place of what names their rows; empty where that is the same."""
    found = list(shown)
    for part in frame.parts:
        assert part.choice
        target = part.choice.target
        if target.kind is not TargetKind.TABLE or part.label not in (Label.SHOW, Label.COMMON, Label.RARE):
            continue
        rows = Rows(target.table, target.relationship)
        key, labels = key_of(frame, rows), labels_of(frame, rows)
        if key and key not in labels and labels and labels[0] in found:
            found[found.index(labels[0])] = key
            found = [one for one in found if one not in labels]
    return list(dict.fromkeys(found)) if found != shown else []
