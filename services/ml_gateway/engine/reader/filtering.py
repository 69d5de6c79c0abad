"""Conditions joined: either of them, none of them, two rows that each have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Either,
    Exists,
    Field,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.reader.comparing import either
from services.ml_gateway.engine.reader.conditions import Atom, Conditions, negation, signed
from services.ml_gateway.engine.reader.frame import Frame, all_of, is_below
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.reader.scoping import of_alternatives, readings
from services.ml_gateway.engine.reading import Operator


def filtered(frame: Frame, query: Query, conditions: Conditions) -> list[Query]:
    shown = {one.key.table for one in query.show if isinstance(one, Field)}
    missing = [
        Rows(p.choice.target.table, p.choice.target.relationship)
        for p in frame.parts
        if p.label is Label.NOT and p.choice and p.choice.target.kind is TargetKind.TABLE
    ]
    counted = {one.of.table for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Rows)}
    absent: list[Condition] = [Not(Exists(rows)) for rows in missing if rows.table not in shown | counted]
    frame.notes += ["absent itself"] * (len(missing) - len(absent))
    own = [query.where] if query.where else []
    clauses = [one for atoms in readings(frame, conditions.atoms) for one in _clauses(frame, query, atoms)]
    parted = of_alternatives(frame, conditions.atoms)
    clauses += [[parted]] if parted else []
    found = [replace(query, where=all_of([*own, *clause, *absent])) for clause in clauses]
    if not missing and not any(atom.negated for atom in conditions.atoms):
        found += [replace(one, where=all_of([*([one.where] if one.where else []), lack]))
                  for one in found[:1] for lack in _lacking(frame, query)]  # fmt: skip
    apart = _less_those(frame, query, missing, clauses[0]) if absent else _without(frame, query, conditions.atoms)
    if apart is not None:
        found.append(apart)
    for both in _of_two_rows(frame, query, conditions.atoms):
        found.append(replace(both, where=all_of([*([both.where] if both.where else []), *absent])))
    return found


def _clauses(frame: Frame, query: Query, atoms: Sequence[Atom]) -> list[list[Condition]]:
    """Conditions joined by "or" where that stands between them; negated ones apart where their rows are below."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        if (groups and either(frame.sentence, groups[-1][-1].last.item, atom.first.item)) or (
            groups and _alike(frame, groups[-1][-1], atom)
        ):
            groups[-1].append(atom)
        else:
            groups.append([atom])
    clause: list[Condition] = []
    other: list[Condition] = []
    differs = False
    for group in groups:
        merged = _merged([atom.condition for atom in group])
        if not any(atom.negated for atom in group):
            clause.append(merged)
            other.append(merged)
            continue
        plain = negation(merged)
        apart = Not(Exists(group[0].field.rows, merged))
        below = is_below(frame, query, group[0].field.rows)
        clause.append(apart if below else plain)
        other.append(plain)
        differs = differs or below
    return [clause, other] if differs else [clause]


def _alike(frame: Frame, one: Atom, other: Atom) -> bool:
    """Two values of one column, which no row can have both."""
    between = frame.sentence.tokens[one.last.item.last : other.first.item.first]
    if one.field == other.field and not {"and", ",", "or", "&"} & {token.form for token in between}:
        frame.notes.append("clash")
    return (
        one.field == other.field
        and one.condition.operator is Operator.EQUAL is other.condition.operator
        and one.negated == other.negated
    )


def _lacking(frame: Frame, query: Query) -> list[Condition]:
    """ "Parties that did not have delegates in the election": the rows below that the negation leads to, though no part
    is labelled so."""
    at = next((place for place, kind in enumerate(frame.kinds) if kind == "no"), None)
    if at is None or any(part.label in (Label.NULL, Label.NOT_NULL) for part in frame.parts):
        return []
    behind = [
        Rows(p.choice.target.table, p.choice.target.relationship)
        for p in frame.parts
        if p.choice and p.choice.target.kind is TargetKind.TABLE and p.label is Label.CONTEXT and p.item.first > at
    ]
    return [Not(Exists(rows)) for rows in behind[-1:] if is_below(frame, query, rows)]


def _less_those(frame: Frame, query: Query, missing: Sequence[Rows], clause: Sequence[Condition]) -> Query | None:
    """Values that several rows share, less those of rows that have what is missing."""
    if len(missing) != 1 or not _shares_values(frame, query):
        return None
    rest = all_of([*([query.where] if query.where else []), *clause])
    return replace(query, where=rest, combined=(SetOperator.EXCEPT, replace(query, also=(*query.also, missing[0]))))


def _shares_values(frame: Frame, query: Query) -> bool:
    """Whether what is shown are columns that don't tell rows apart."""
    own = [one for one in query.show if isinstance(one, Field)]
    if not own or len(own) != len(query.show) or query.group or query.order:
        return False
    return not any(_tells_apart(frame, one) for one in own)


def _tells_apart(frame: Frame, field: Field) -> bool:
    facts, column = frame.index.tables[field.key.table], frame.index.catalog.columns[field.key]
    rows = facts.table.row_count or 0
    return field.key.name in facts.unique or (rows > 2 and (column.distinct_count or 0) >= rows)


def _without(frame: Frame, query: Query, atoms: Sequence[Atom]) -> Query | None:
    """Values that several rows share: those of which no row is so, where a plain "not" would look at one row."""
    negated = [atom for atom in atoms if atom.negated]
    if len(negated) != 1 or not _shares_values(frame, query):
        return None
    rest = all_of([*([query.where] if query.where else []), *(a.condition for a in atoms if not a.negated)])
    other = replace(query, where=negated[0].condition)
    return replace(query, where=rest, combined=(SetOperator.EXCEPT, other))


def _of_two_rows(frame: Frame, query: Query, atoms: Sequence[Atom]) -> Iterator[Query]:
    """ "Both A and B": two rows of the same thing, each with one of the values; or one value that both have."""
    computed = any(isinstance(one, Aggregate) for one in query.show) and not query.group
    if computed and not any(is_below(frame, query, atom.field.rows) for atom in atoms):
        return
    for one, other in pairwise(atoms):
        if one.condition == other.condition:
            continue
        if one.field == other.field and not either(frame.sentence, one.last.item, other.first.item):
            rest = [signed(atom) for atom in atoms if atom not in (one, other)]
            below = is_below(frame, query, one.field.rows)
            if below:
                pair = [Exists(one.field.rows, signed(one)), Exists(one.field.rows, signed(other))]
                yield replace(query, where=all_of([*([query.where] if query.where else []), *rest, *pair]))
            if not below or _shares_values(frame, query):
                right = replace(query, where=all_of([*rest, signed(other)]))
                left = replace(query, where=all_of([*rest, signed(one)]))
                yield replace(left, combined=(SetOperator.INTERSECT, right))
            return


def _merged(compares: Sequence[Compare]) -> Condition:
    """Any of them: one comparison where they are about one column's values."""
    first = compares[0]
    if len(compares) == 1:
        return first
    if all(c.left == first.left and c.operator is Operator.EQUAL and isinstance(c.right, tuple) for c in compares):
        values = tuple(value for c in compares if isinstance(c.right, tuple) for value in c.right)
        return Compare(first.left, Operator.EQUAL, tuple(dict.fromkeys(values)))
    return Either(tuple(compares))
