"""How often something was done where only a verb says what: "who has borrowed the most", "guests who stayed more than
twice", "the most reserved seat", "clerks who have mentored several".

What the verb names are rows that point at those that are listed (ties.py): these are counted, and not the rows
themselves, of which there is one each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.ml_gateway.engine.index import Index, LiteralKind, TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Exists,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.comparing import of_number
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, is_above
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import SHOWING
from services.ml_gateway.engine.reader.labelling.sentence import Item
from services.ml_gateway.engine.reader.pruning.plainer import is_vain
from services.ml_gateway.engine.reader.wording.absent import field_is, subject_of
from services.ml_gateway.engine.reader.wording.ties import Tie, ties
from services.ml_gateway.engine.reading import Operator

COUNTED, RANKED = "counted deeds", "ranked by deeds"
_ENDS = frozenset(".?;!,()") | {"and", "but"}
_OPENING = frozenset("that who which whom whose but and".split())
_SEVERAL = frozenset(("several", "multiple"))
_MOST = {"most": True, "often": True, "oftenest": True, "busiest": True, "least": False, "fewest": False}
_NO_RANK = frozenset("at number recent recently expensive".split())
_NEARLY = 0.1
_FEW = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens [first, last) say of what, and that there are so many."""

    first: int
    last: int
    operator: Operator
    number: float


def quantities(frame: Frame) -> list[Quantity]:
    tokens, found = frame.sentence.tokens, list[Quantity]()
    limits = {one.item.first for one in frame.parts if one.label is Label.LIMIT}
    for item in frame.sentence.items:
        literal = item.choices[0].target.literal
        if literal is LiteralKind.NUMBER and item.first not in limits:
            operator = of_number(frame.sentence, item)
            number = float(item.choices[0].target.value)
            first, last = _around(frame, item.first)
            plain = operator is Operator.EQUAL and tokens[item.first].form not in ("once", "twice", "thrice")
            if not (plain and "exactly" not in {one.form for one in tokens[first : item.first]}):
                found.append(Quantity(first, last, operator, number))
    for at, token in enumerate(tokens):
        if token.form in _SEVERAL:
            found.append(Quantity(*_around(frame, at), Operator.GREATER, 1.0))
    return found


def _around(frame: Frame, at: int) -> tuple[int, int]:
    """The clause around a number: from behind who does it to the clause's end."""
    tokens, symbols = frame.sentence.tokens, frame.sentence.symbols
    first = at
    while first and symbols[first - 1] not in "TCV?,." and tokens[first - 1].form not in _OPENING:
        first -= 1
    before = next((one for one in frame.sentence.items if one.last == first), None)
    if before is not None and before is not frame.sentence.items[0] and not before.measured:
        first = before.first  # "have mentored more than one", where who does is known by name
    last = next((n for n in range(at + 1, len(tokens)) if tokens[n].form in _ENDS), len(tokens))
    return first, last


def beside(frame: Frame, quantity: Quantity) -> list[Part]:
    """The parts that the clause doesn't cover."""
    return [one for one in frame.parts if not quantity.first <= one.item.first < quantity.last]


def so_many(frame: Frame, quantity: Quantity, queries: Sequence[Query]) -> Iterator[tuple[Query, str]]:
    """queries: what the other parts make; each with the condition that there are so many rows."""
    if any(quantity.first <= one.first < quantity.last for one in frame.sentence.times):
        return
    inside = [one for one in frame.parts if quantity.first <= one.item.first < quantity.last]
    values = [field_is(one) for one in inside if one.choice and one.choice.target.value and not _is_number(one.item)]
    for query in queries:
        table = subject_of(query)
        if table is None or query.having or query.combined or query.order:
            continue
        for tie in _best(ties(table, frame.sentence, quantity.first, quantity.last, frame.index)):
            if all(isinstance(one.left, Field) and _holds(frame, tie, one.left) for one in values):
                having = Compare(_number_of(frame, tie, inside), quantity.operator, (quantity.number,))
                condition = Exists(tie.rows, all_of(values), having)
                yield replace(query, where=all_of([*_own(query), condition])), COUNTED


def _is_number(item: Item) -> bool:
    return item.choices[0].target.literal is LiteralKind.NUMBER


def _holds(frame: Frame, tie: Tie, field: Field) -> bool:
    return field.key.table == tie.rows.table or is_above(frame, Rows(tie.rows.table), field.rows)


def _own(query: Query) -> list[Condition]:
    return [query.where] if query.where else []


def _number_of(frame: Frame, tie: Tie, inside: Sequence[Part]) -> Aggregate:
    """Rows, or the different ones that they belong to, where that is said."""
    if "distinct" in frame.kinds:
        named = {one.choice.target.table for one in inside if one.choice}
        for key in frame.index.catalog.keys_of.get(tie.rows.table, ()):
            if key.target in named and len(key.columns) == 1:
                field = Field(ColumnKey(tie.rows.table, key.columns[0]), tie.rows.role)
                return Aggregate(Function.COUNT, field, distinct=True)
    return Aggregate(Function.COUNT, tie.rows)


def _best(found: Sequence[Tie]) -> list[Tie]:
    named = [one for one in found if one.score > 0]
    return [one for one in named if one.score >= named[0].score - _NEARLY][:2]


def by_deeds(frame: Frame, query: Query) -> Iterator[tuple[Query, str]]:
    """ "Who has borrowed the most": by how many rows point at each, where the query counts the rows themselves or
    leaves "most" unheard."""
    descending = _direction(frame)
    shown = [one for one in query.show if isinstance(one, Field)]
    tables = {one.key.table for one in shown}
    if descending is None or len(tables) != 1 or len(shown) != len(query.show) or query.combined or query.having:
        return
    table = tables.pop()
    ranked = [one.by for one in query.order if isinstance(one.by, Aggregate)]
    own = all(one.function is Function.COUNT and one.of == Rows(table) for one in ranked)
    vain = len(query.order) == 1 and is_vain(query, frame.index)
    if not own or (query.order and not ranked and not vain) or len(ranked) > 1:
        return
    limit = query.limit or 1
    found = ties(table, frame.sentence, 0, len(frame.sentence.tokens), frame.index)
    for tie in _best(found) or [one for one in found if one.rows.table != table][:_FEW]:
        made = replace(query, group=(Rows(table),), distinct=False, limit=limit)
        counted: Rows = tie.rows
        if tie.rows.table == table:  # bosses by how many they lead: each in that part
            counted = Rows(table)
            host = Rows(table, tie.rows.role)
            made = replace(made, show=tuple(replace(one, role=host.role) for one in shown), group=(host,))
        yield replace(made, order=(Ordering(Aggregate(Function.COUNT, counted), descending),)), RANKED


def _direction(frame: Frame) -> bool | None:
    """Whether the most or the fewest are asked for; None where neither is said of deeds."""
    forms = [token.form for token in frame.sentence.tokens]
    for at, form in enumerate(forms):
        around = {*forms[max(at - 1, 0) : at], *forms[at + 1 : at + 2]}
        if form in _MOST and not around & _NO_RANK:
            return _MOST[form] and "least" not in forms
    return None


def under(parts: Sequence[Part], index: Index) -> tuple[Part, ...] | None:
    """ "Clerks under Ann Poe", "genres that belong to Jazz": rows of a table by the name of the one that they point
    at, which is of the same table."""
    shown = {one.choice.target.table for one in parts if one.choice and one.label in (*SHOWING, Label.COUNT, Label.ALL)}
    if not shown:  # "how many clerks report to Ann Poe": of the rows that another value tells
        held = [one.choice.target.table for one in parts if one.choice and one.choice.target.value]
        shown = {table for table in held if held.count(table) > 1}
    found: list[Part] = []
    for part in parts:
        number = _upward(part, shown, index)
        if number is not None and part.choice:
            target = replace(part.choice.target, relationship=number)
            part = replace(part, choice=replace(part.choice, target=target))
        found.append(part)
    return tuple(found) if tuple(found) != tuple(parts) else None


def _upward(part: Part, shown: set[TableKey], index: Index) -> int | None:
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.VALUE or target.relationship is not None:
        return None
    if target.table not in shown or target.column not in index.tables[target.table].labels:
        return None
    own = [n for n, key in index.catalog.keys_to.get(target.table, ()) if key.table == target.table]
    return own[0] if len(own) == 1 else None
