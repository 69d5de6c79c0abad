"""What the words around conditions leave open: what "or" joins, and whose average, most or least is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from services.ml_gateway.engine.query.model import Condition, Either, Query
from services.ml_gateway.engine.reader.assembly.comparing import either
from services.ml_gateway.engine.reader.assembly.conditions import Atom, signed
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.labelling.marks import WORDS

_PARTING = frozenset(("and", "but", ","))


def readings(frame: Frame, atoms: Sequence[Atom]) -> list[list[Atom]]:
    """The atoms as they stand, and those that their words may mean else."""
    narrowed = _narrowed(frame, atoms)
    found = [list(atoms), *([narrowed] if narrowed else [])]
    for base in list(found):
        for place, atom in enumerate(base):
            if base is found[0] and narrowed and isinstance(atom.condition.right, Query):
                continue
            found += [[*base[:place], replace(atom, condition=other), *base[place + 1 :]] for other in atom.others]
    return found


def _narrowed(frame: Frame, atoms: Sequence[Atom]) -> list[Atom] | None:
    """ "Dearer than the average of beds from Lyon": what follows says whose average."""
    for place, atom in enumerate(atoms):
        inner = atom.condition.right
        if not isinstance(inner, Query) or place + 1 == len(atoms):
            continue
        following = atoms[place + 1]
        between = frame.sentence.tokens[atom.last.item.last : following.first.item.first]
        if any(WORDS.get(token.form, token.text) in _PARTING for token in between):
            return None
        kept = [signed(one) for one in atoms[place + 1 :]]
        others = tuple(
            replace(one, right=replace(one.right, where=all_of(kept)))
            for one in (atom.condition, *atom.others)
            if isinstance(one.right, Query)
        )
        return [*atoms[:place], replace(atom, condition=others[0], others=others[1:])]
    return None


def of_alternatives(frame: Frame, atoms: Sequence[Atom]) -> Condition | None:
    """ "Either A, or B and C": each side of "or" as a whole, where that differs from joining its neighbours alone."""
    sides: list[list[Atom]] = [[atoms[0]]] if atoms else []
    alike = True
    for one, other in pairwise(atoms):
        if either(frame.sentence, one.last.item, other.first.item):
            sides.append([other])
            alike = alike and one.field == other.field
        else:
            sides[-1].append(other)
    plain = len(sides) < 2 or all(len(side) == 1 for side in sides)
    if plain or (alike and "either" not in [token.form for token in frame.sentence.tokens]):
        return None
    return Either(tuple(made for side in sides if (made := all_of([signed(one) for one in side]))))
