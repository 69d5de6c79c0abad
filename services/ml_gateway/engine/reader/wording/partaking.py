"""Names that say which part a table plays in another's rows: "guests who have speaker votes", "approved by nobody".

Such a name is of the other table's column, so it is about that table's rows as well: the guests that votes name as
their speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import SHOWING
from services.ml_gateway.engine.reader.labelling.sentence import Item, Sentence

_JOINING = frozenset("in at by from to is was were are the with =".split())
_ROWS = (Label.CONTEXT, Label.NOT, Label.HAVING, Label.TOP_ASC, Label.TOP_DESC, Label.ASC, Label.DESC, Label.COUNT)


def partaking(parts: Sequence[Part], symbols: Sequence[str], index: Index) -> Iterator[tuple[Part, ...]]:
    """The parts with such a name as rows of the table that has the column, once for each name."""
    negation = next((at for at, symbol in enumerate(symbols) if WORDS.get(symbol) == "no"), None)
    for part in parts:
        rows = _rows(part, index)
        if rows is None or part.label not in _ROWS or not _is_of(parts, part):
            continue
        missing = part.label is Label.NOT or (
            part.label is Label.CONTEXT and negation is not None and negation < part.item.first
        )
        if missing:
            yield tuple(_as(one, rows, Label.NOT) if one is part else one for one in parts)
            continue
        plain = replace(rows, relationship=None)
        yield tuple(_as(one, plain, one.label) if one is part else _in_part(one, part) for one in parts)


def in_their_parts(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """ "Collected in Leeds and delivered in York": each value of the place that is named right before it."""
    found: list[Part] = []
    passed: set[int] = set()
    for part in parts:
        before = _right_before(part, sentence)
        role = _role_of(before, part, index) if before else None
        if role is None or before is None:
            found.append(part)
            continue
        assert part.choice
        passed.add(before.first)
        found.append(_as(part, replace(part.choice.target, relationship=role), part.label))
    if not passed:
        return None
    return tuple(one for one in found if one.item.first not in passed or one.label in SHOWING)


def _right_before(part: Part, sentence: Sentence) -> Item | None:
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.VALUE or target.relationship is not None:
        return None
    before = next((one for one in reversed(sentence.items) if one.last <= part.item.first), None)
    if before is None:
        return None
    words = {token.form for token in sentence.tokens[before.last : part.item.first]}
    return before if words and words <= _JOINING else None


def _role_of(item: Item, part: Part, index: Index) -> int | None:
    """The relationship that the words name, by which others point at the value's table."""
    assert part.choice
    table = part.choice.target.table
    into = index.catalog.keys_to.get(table, ())
    for one in item.choices:
        target = one.target
        if target.kind is TargetKind.TABLE and target.table == table and target.relationship is not None:
            return target.relationship
        if target.kind is TargetKind.COLUMN:
            both = [(number, key) for number, key in into if key.table == target.table]
            keys = [number for number, key in both if key.columns == (target.column,)]
            if keys and len(both) > 1:
                return keys[0]
    return None


def _rows(part: Part, index: Index) -> Target | None:
    """The rows that name the part's table in its role."""
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.TABLE or target.relationship is None:
        return None
    one = index.catalog.relationships[target.relationship]
    if one.target != target.table or one.table == one.target:
        return None
    return Target(TargetKind.TABLE, one.table, relationship=target.relationship)


def _is_of(parts: Sequence[Part], named: Part) -> bool:
    """Whether the table is named without its part too."""
    assert named.choice
    table = named.choice.target.table
    return any(
        one is not named and one.choice and one.choice.target.table == table and one.choice.target.relationship is None
        for one in parts
    )


def _as(part: Part, target: Target, label: Label) -> Part:
    assert part.choice
    return replace(part, choice=replace(part.choice, target=target), label=label)


def _in_part(one: Part, named: Part) -> Part:
    """What else is said of the table is said of its rows in that part."""
    assert named.choice
    target = one.choice.target if one.choice else None
    if target is None or target.table != named.choice.target.table or target.relationship is not None:
        return one
    return _as(one, replace(target, relationship=named.choice.target.relationship), one.label)
