"""Rows that there must not be: "without a visit", "with no visits in May", "not with two or more visits"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Exists,
    Field,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.reader.assembly.conditions import Atom
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, is_above, is_below
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS

_PARTING = frozenset(("and", "but", ","))


@dataclass(frozen=True, slots=True)
class Missing:
    """rows: of which there must be none; conditions say so; atoms are those that say nothing of the missing rows."""

    rows: tuple[Rows, ...]
    conditions: tuple[Condition, ...]
    atoms: tuple[Atom, ...]


def missing_rows(frame: Frame, query: Query, atoms: Sequence[Atom]) -> Missing:
    shown = {one.key.table for one in query.show if isinstance(one, Field)}
    counted = {one.of.table for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Rows)}
    found: list[Rows] = []
    conditions: list[Condition] = []
    left = list(atoms)
    for part in frame.parts:
        rows = _rows(part)
        if part.label is not Label.NOT or rows is None:
            continue
        if rows.table in shown | counted:
            frame.notes.append("absent itself")
            continue
        own = [atom for atom in left if _is_about(frame, part, rows, atom) and atom.field.rows.table not in shown]
        left = [atom for atom in left if atom not in own]
        found.append(rows)
        conditions.append(Not(Exists(rows, all_of([atom.condition for atom in own]))))
    return Missing(tuple(found), tuple(conditions), tuple(left))


def _rows(part: Part) -> Rows | None:
    if part.choice is None or part.choice.target.kind is not TargetKind.TABLE:
        return None
    return Rows(part.choice.target.table, part.choice.target.relationship)


def _is_about(frame: Frame, part: Part, rows: Rows, atom: Atom) -> bool:
    """Whether a condition right behind says which rows are missing, or one between the negation and their name."""
    if atom.field.rows.table != rows.table and not is_above(frame, rows, atom.field.rows):
        return False
    if atom.first.item.first >= part.item.last:
        between = frame.sentence.tokens[part.item.last : atom.first.item.first]
        return not any(WORDS.get(token.form, token.text) in _PARTING for token in between)
    start = frame.negated_from
    return start is not None and start < atom.first.item.first and atom.last.item.last <= part.item.first


def lacking(frame: Frame, query: Query) -> list[Condition]:
    """ "Parties that did not have delegates in the election": the rows below that the negation leads to, though no part
    is labelled so."""
    at = _negation(frame)
    if at is None or any(part.label in (Label.NULL, Label.NOT_NULL) for part in frame.parts):
        return []
    behind = [rows for p in frame.parts if (rows := _rows(p)) and p.label is Label.CONTEXT and p.item.first > at]
    return [Not(Exists(rows)) for rows in behind[-1:] if is_below(frame, query, rows)]


def _negation(frame: Frame) -> int | None:
    return next((place for place, kind in enumerate(frame.kinds) if kind == "no"), None)


def not_so_many(frame: Frame, query: Query, rows: Sequence[Rows]) -> Query | None:
    """ "Except those with two or more visits": none that have so many, and with none at all they are kept too."""
    having, at = query.having, _negation(frame)
    if not isinstance(having, Compare) or not isinstance(having.left, Aggregate) or at is None:
        return None
    said = [p.item.first for p in frame.parts if p.label is Label.HAVING]
    counted = rows[0] if rows else having.left.of
    if not said or said[0] < at or not isinstance(counted, Rows) or query.combined:
        return None
    if not is_below(frame, query, counted):
        return None
    many = Exists(counted, None, replace(having, left=replace(having.left, of=counted)))
    plain = all(isinstance(one, Field) for one in query.show)
    kept = () if plain else query.group
    return replace(query, where=all_of([*_own(query), Not(many)]), group=kept, having=None)


def _own(query: Query) -> list[Condition]:
    return [query.where] if query.where else []


def less_those(frame: Frame, query: Query, rows: Sequence[Rows], clause: Sequence[Condition]) -> Query | None:
    """Values that several rows share, less those of rows that have what is missing."""
    if len(rows) != 1 or not shares_values(frame, query):
        return None
    rest = all_of([*_own(query), *clause])
    return replace(query, where=rest, combined=(SetOperator.EXCEPT, replace(query, also=(*query.also, rows[0]))))


def shares_values(frame: Frame, query: Query) -> bool:
    """Whether what is shown are columns that don't tell rows apart."""
    own = [one for one in query.show if isinstance(one, Field)]
    if not own or len(own) != len(query.show) or query.group or query.order:
        return False
    return not any(_tells_apart(frame, one) for one in own)


def _tells_apart(frame: Frame, field: Field) -> bool:
    facts, column = frame.index.tables[field.key.table], frame.index.catalog.columns[field.key]
    rows = facts.table.row_count or 0
    return field.key.name in facts.unique or (rows > 2 and (column.distinct_count or 0) >= rows)
