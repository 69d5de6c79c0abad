"""The parts of a question over its catalog, as the steps that make its query see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Compare,
    Condition,
    Either,
    Exists,
    Field,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.walking import children
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Sentence


@dataclass(slots=True)
class Frame:
    """notes: what was left over or taken for granted on the way."""

    parts: list[Part]
    sentence: Sentence
    index: Index
    notes: list[str] = field(default_factory=list)

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.sentence.kinds

    @property
    def negated_from(self) -> int | None:
        """Where "not", "without" stands, if something is negated: what is named behind it isn't asked for."""
        if all(part.label is not Label.NOT for part in self.parts):
            return None
        return next((at for at, kind in enumerate(self.kinds) if kind == "no"), None)


def labels_of(frame: Frame, rows: Rows) -> tuple[Field, ...]:
    return tuple(Field(ColumnKey(rows.table, name), rows.role) for name in frame.index.tables[rows.table].labels)


def key_of(frame: Frame, rows: Rows) -> Field | None:
    key = frame.index.catalog.by_key[rows.table].primary_key
    return Field(ColumnKey(rows.table, key[0]), rows.role) if len(key) == 1 else None


def type_of(frame: Frame, field: Field) -> DataType:
    return frame.index.catalog.columns[field.key].data_type


def is_above(frame: Frame, host: Rows | Field, rows: Rows) -> bool:
    if isinstance(host, Field) or host.table == rows.table:
        return False
    paths = frame.index.graph.nearest(host.table, rows.table, rows.role)
    return bool(paths) and not paths[0].place.fans_out


def entity_of(frame: Frame, field: Field) -> Rows | Field:
    """A row where the column tells rows apart or names them, else the column's value."""
    facts = frame.index.tables[field.key.table]
    if field.key.name in facts.labels or field.key.name in facts.unique:
        return field.rows
    named = {p.choice.target.table for p in frame.parts if p.choice and p.choice.target.kind is TargetKind.TABLE}
    return field.rows if field.key.table in named else field


def is_named(frame: Frame, rows: Rows) -> bool:
    return any(
        p.choice and p.choice.target.kind is TargetKind.TABLE and p.choice.target.table == rows.table
        for p in frame.parts
    )


def is_below(frame: Frame, query: Query, rows: Rows) -> bool:
    for one in query.show:
        base = one.rows if isinstance(one, Field) else one.of if isinstance(one, Aggregate) else None
        base = base.rows if isinstance(base, Field) else base
        if isinstance(base, Rows):
            return base.table != rows.table and not is_above(frame, base, rows)
    return False


def all_of(conditions: Sequence[Condition]) -> Condition | None:
    kept = tuple(dict.fromkeys(conditions))
    return None if not kept else kept[0] if len(kept) == 1 else Both(kept)


def tables_named(node: object) -> set[TableKey]:
    """Every table that a query's expressions name."""
    found: set[TableKey] = set()
    waiting: list[object] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Rows):
            found.add(one.table)
        elif isinstance(one, Field):
            found.add(one.key.table)
        else:
            waiting += children(one)
    return found


def tables_joined(condition: Condition | None) -> set[TableKey]:
    """The tables whose rows a condition is about row by row: not those of which it only asks whether rows exist, nor
    those of a query within."""
    match condition:
        case Both() | Either():
            return set().union(*(tables_joined(one) for one in condition.conditions))
        case Not():
            return tables_joined(condition.condition)
        case Compare() if isinstance(condition.right, Query):
            return tables_named(condition.left)
        case Exists():
            return set()
        case _:
            return tables_named(condition)
