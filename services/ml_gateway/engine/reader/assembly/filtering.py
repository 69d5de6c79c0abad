"""Conditions joined: either of them, none of them, two rows that each have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Either,
    Exists,
    Not,
    Query,
    SetOperator,
)
from services.ml_gateway.engine.reader.assembly.comparing import either
from services.ml_gateway.engine.reader.assembly.conditions import Atom, Conditions, negation, signed
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, is_below
from services.ml_gateway.engine.reader.assembly.missing import (
    lacking,
    less_those,
    missing_rows,
    not_so_many,
    shares_values,
)
from services.ml_gateway.engine.reader.assembly.scoping import of_alternatives, readings
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reading import Operator


def filtered(frame: Frame, query: Query, conditions: Conditions) -> list[Query]:
    missing = missing_rows(frame, query, conditions.atoms)
    absent, atoms = missing.conditions, missing.atoms
    own = [query.where] if query.where else []
    clauses = [one for several in readings(frame, atoms) for one in _clauses(frame, query, several)]
    parted = of_alternatives(frame, atoms)
    clauses += [[parted]] if parted else []
    found = [replace(query, where=all_of([*own, *clause, *absent])) for clause in clauses]
    if not any(atom.negated for atom in conditions.atoms):
        fewer = not_so_many(frame, replace(query, where=all_of([*own, *clauses[0]])), missing.rows)
        lacks = [] if missing.rows or fewer else lacking(frame, query)
        found += [fewer] if fewer else []
        found += [replace(query, where=all_of([*own, *clauses[0], one])) for one in lacks]
    apart = less_those(frame, query, missing.rows, clauses[0]) if absent else _without(frame, query, atoms)
    if apart is not None:
        found.append(apart)
    for both in _of_two_rows(frame, query, atoms):
        found.append(replace(both, where=all_of([*([both.where] if both.where else []), *absent])))
    return found


def _clauses(frame: Frame, query: Query, atoms: Sequence[Atom]) -> list[list[Condition]]:
    """Conditions joined by "or" where that stands between them; negated ones apart where their rows are below."""
    groups: list[list[Atom]] = []
    for atom in atoms:
        if groups and (atom.joined or either(frame.sentence, groups[-1][-1].last.item, atom.first.item)
                       or _alike(frame, groups[-1][-1], atom)):  # fmt: skip
            groups[-1].append(atom)
        else:
            groups.append([atom])
    clause: list[Condition] = []
    other: list[Condition] = []
    differs = False
    for group in groups:
        merged = _merged([atom.condition for atom in group])
        if not any(atom.negated for atom in group):
            denied = any(one.negated and one.field == group[0].field for one in atoms)
            apart = denied and is_below(frame, query, group[0].field.rows)
            clause.append(Exists(group[0].field.rows, merged) if apart else merged)  # "bought A but not B"
            other.append(merged)
            differs = differs or apart
            continue
        plain = negation(merged)
        below = is_below(frame, query, group[0].field.rows)
        clause.append(Not(Exists(group[0].field.rows, merged)) if below else plain)
        other.append(plain)
        differs = differs or below
    return [clause, other] if differs else [clause]


def _alike(frame: Frame, one: Atom, other: Atom) -> bool:
    """Two values of one column, which no row can have both."""
    between = frame.sentence.tokens[one.last.item.last : other.first.item.first]
    equal = one.condition.operator is Operator.EQUAL is other.condition.operator
    same = equal and one.field == other.field and one.negated == other.negated
    beside = any(cue.kind is CueKind.VERSUS for cue in frame.sentence.cues)  # one against the other
    if same and not beside and not {"and", ",", "or", "nor", "&"} & {token.form for token in between}:
        frame.notes.append("clash")
    return (
        one.field == other.field
        and one.condition.operator is Operator.EQUAL is other.condition.operator
        and one.negated == other.negated
    )


def _without(frame: Frame, query: Query, atoms: Sequence[Atom]) -> Query | None:
    """Values that several rows share: those of which no row is so, where a plain "not" would look at one row."""
    negated = [atom for atom in atoms if atom.negated]
    if len(negated) != 1 or not shares_values(frame, query):
        return None
    if any(atom.condition == negated[0].condition for atom in atoms if not atom.negated):
        return None  # "active and inactive": of what is so, what isn't so
    rest = all_of([*([query.where] if query.where else []), *(a.condition for a in atoms if not a.negated)])
    other = replace(query, where=negated[0].condition)
    return replace(query, where=rest, combined=(SetOperator.EXCEPT, other))


def _of_two_rows(frame: Frame, query: Query, atoms: Sequence[Atom]) -> Iterator[Query]:
    """ "Both A and B": two rows of the same thing, each with one of the values; or one value that both have."""
    computed = any(isinstance(one, Aggregate) for one in query.show) and not query.group
    if computed and not any(is_below(frame, query, atom.field.rows) for atom in atoms):
        return
    for one, other in pairwise(atoms):
        if signed(one) == signed(other) or _parted(frame, one, other) or (one.negated and other.negated):
            continue  # "neither A nor B": one row is enough to tell
        if one.field == other.field and not either(frame.sentence, one.last.item, other.first.item):
            rest = [signed(atom) for atom in atoms if atom not in (one, other)]
            below = is_below(frame, query, one.field.rows)
            if below:
                pair = [Exists(one.field.rows, signed(one)), Exists(one.field.rows, signed(other))]
                yield replace(query, where=all_of([*([query.where] if query.where else []), *rest, *pair]))
            if not below or shares_values(frame, query):
                right = replace(query, where=all_of([*rest, signed(other)]))
                left = replace(query, where=all_of([*rest, signed(one)]))
                yield replace(left, combined=(SetOperator.INTERSECT, right))
            return


def _parted(frame: Frame, one: Atom, other: Atom) -> bool:
    """ "A but not B": rows that have none of the other, and not another row that is something else."""
    said = frame.kinds[one.last.item.last : other.first.item.first]
    return one.negated != other.negated and "no" in said


def _merged(compares: Sequence[Compare]) -> Condition:
    """Any of them: one comparison where they are about one column's values."""
    first = compares[0]
    if len(compares) == 1:
        return first
    if all(c.left == first.left and c.operator is Operator.EQUAL and isinstance(c.right, tuple) for c in compares):
        values = tuple(value for c in compares if isinstance(c.right, tuple) for value in c.right)
        return Compare(first.left, Operator.EQUAL, tuple(dict.fromkeys(values)))
    return Either(tuple(compares))
