"""A reading of a follow-up that was made whole, joined with the query before."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog import columns, conditions, grouping, numbers, ordering
from services.ml_gateway.engine.dialog.model import Before, Merge
from services.ml_gateway.engine.dialog.nesting import among, is_selection, joined, meant
from services.ml_gateway.engine.dialog.parts import base, conjuncts, is_measure, measures, tables, together, topics
from services.ml_gateway.engine.dialog.wording import key_of
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Operator

_OF_ONE = (Function.SUM, Function.AVG, Function.MIN, Function.MAX)


def merged(
    merge: Merge, read: Query, before: Before, topic: Rows | None, index: Index, value: Field | None = None
) -> Query | None:
    """The query that the follow-up asks; None where the two can't be joined in this way. value: for Merge.VALUES."""
    held = before.query
    rows = topic or next(iter(topics(held)), None)
    if merge in (Merge.AMONG, Merge.ROWS) and held.where is not None:
        read = extreme(read)
    match merge:
        case Merge.ALONE:
            return read
        case Merge.ROWS if rows and (read.where or read.order) and _lists(read, rows, index):
            return _among(read, held, rows, index)
        case Merge.ROWS:
            return _about(read, held, rows, index)
        case Merge.VALUES:
            return (
                joined(read, Query((), value.rows, where=among(held, value))) if value and not read.combined else None
            )
        case Merge.AMONG:
            return _among(read, held, rows, index)
        case Merge.NARROW:
            return _narrowed(read, held, rows, index)
        case Merge.EXCLUDE:
            return _excluding(read, held, rows, index)
        case Merge.ATTRIBUTES | Merge.ALSO_ATTRIBUTES:
            return _attributes(read, held, rows, index, also=merge is Merge.ALSO_ATTRIBUTES)
        case Merge.HIDE:
            told = _only_attributes(read) and set(read.show) <= set(held.show)
            return columns.not_shown(held, *read.show) if told else None
        case Merge.CHANGE | Merge.BESIDE:
            return _changed(read, held, beside=merge is Merge.BESIDE)
        case Merge.WIDEN:
            return conditions.widened(held, *conjuncts(read.where)) if read.where else None
        case Merge.ORDER:
            return _sorted(read, held, rows, index)
        case Merge.GROUP:
            return _grouped(read, held, also=False)
        case Merge.ALSO_GROUP:
            return _grouped(read, held, also=True)


def added(read: Query, query: Query) -> tuple[Condition, ...]:
    """The conditions of the follow-up itself, as far as the joined query still holds them."""
    kept = conjuncts(query.where)
    return tuple(one for one in conjuncts(read.where) if one in kept)


def extreme(read: Query) -> Query:
    """A query for the row with the least or the greatest value of all as one for the first in that order: of fewer rows
    it is another one. Any other query as it is.
    """
    if read.group or read.order or read.limit is not None or read.combined:
        return read
    for one in conjuncts(read.where):
        if not isinstance(one, Compare) or one.operator is not Operator.EQUAL or not isinstance(one.right, Query):
            continue
        inner = one.right
        number = inner.show[0] if len(inner.show) == 1 else None
        if inner.where is not None or inner.group or inner.also or not isinstance(number, Aggregate):
            continue
        if number.of == one.left and number.function in (Function.MIN, Function.MAX) and number.where is None:
            rest = together(tuple(other for other in conjuncts(read.where) if other != one))
            order = (Ordering(one.left, number.function is Function.MAX),)
            return replace(read, where=rest, order=order, limit=1)
    return read


def holders(query: Query) -> Query:
    """Of "the highest salary" the row that has it, so that more can be asked of it; any other query as it is."""
    if len(query.show) != 1 or query.group or query.order or query.limit is not None or query.combined:
        return query
    number = query.show[0]
    if not isinstance(number, Aggregate) or number.function not in (Function.MIN, Function.MAX):
        return query
    if not isinstance(number.of, Field) or number.where is not None:
        return query
    order = (Ordering(number.of, number.function is Function.MAX),)
    return replace(query, show=(number.of,), subject=query.subject or number.of.rows, order=order, limit=1)


def _about(read: Query, held: Query, rows: Rows | None, index: Index) -> Query | None:
    """A question about the rows of before: their conditions hold in it, too."""
    if rows is None or read.combined:
        return None
    if held.limit == 1 and not held.group and base(held) == rows:
        read = _of_one_row(read, rows)
    if _only_attributes(read):
        simple = _attributes(read, held, rows, index, also=False)
        if simple is not None:
            return simple
    held = holders(held)
    wanted = _spoken_of(held, rows, index)
    return joined(read, wanted) if wanted else None


def _spoken_of(held: Query, rows: Rows, index: Index) -> Query | None:
    """The rows of before; behind groups that were chosen by a value of theirs, those which have such a value."""
    value = held.group[0] if len(held.group) == 1 else None
    if is_selection(held) and isinstance(value, Field) and value.rows == rows and not _tells_apart(value, index):
        return Query((), rows, where=among(held, value))
    return meant(held, rows, key_of(rows, index))


def _of_one_row(read: Query, rows: Rows) -> Query:
    """ "How many pages does it have": of one row a sum of a column is what the column holds."""
    shown = tuple(
        one.of
        if isinstance(one, Aggregate) and isinstance(one.of, Field) and one.of.rows == rows and one.function in _OF_ONE
        else one
        for one in read.show
    )
    return read if read.group or read.where or read.having else replace(read, show=shown)


def _among(read: Query, held: Query, rows: Rows | None, index: Index) -> Query | None:
    """The rows of before for which something holds, too, shown as before."""
    if rows is None or read.combined:
        return None
    if held.group and measures(held) and not (read.group or read.having or read.per or read.order):
        return _narrowed(read, held, rows, index)
    if read.group or read.having or measures(held) or read.per:
        number = _about(read, held, rows, index)
        if number is None or read.group or read.having or held.group:
            return number
        return replace(number, show=read.show)
    key = key_of(rows, index)
    asked = (*conjuncts(read.where),)
    query: Query | None = held
    if held.limit == 1 and read.order and read.limit and not held.combined and not held.group:
        # One row has no best: "and the shortest?" is asked of those that it was chosen from.
        query = replace(conditions.narrowed(held, *asked), order=read.order, limit=read.limit)
        return query if query != held else None
    if is_selection(held) and (asked or read.also):
        wanted = meant(held, rows, key)
        if wanted is None:
            return None
        query = replace(wanted, show=held.show, distinct=held.distinct, order=held.order)
    assert query
    own = base(query)
    also = tuple(dict.fromkeys((*query.also, *(one for one in read.also if one not in (own, rows)))))
    query = replace(conditions.narrowed(query, *asked), also=also)
    if read.order and read.limit is not None:
        query = ordering.best(query, read.order, read.limit, key)
    elif read.order:
        query = ordering.ordered(query, *read.order, key=key)
    return query if query != held else None


def _lists(read: Query, rows: Rows, index: Index) -> bool:
    """Whether it shows the rows as they are, naming no column: "show the ones over 20"."""
    columns = {one.name for one in index.catalog.by_key[rows.table].columns if not one.hidden}
    shown = {one.key.name for one in read.show if isinstance(one, Field) and one.rows == rows}
    return len(columns) > 1 and shown == columns and len(read.show) == len(columns)


def _narrowed(read: Query, held: Query, rows: Rows | None, index: Index) -> Query | None:
    """The same as before for the rows for which something holds, too. A ranking is made anew of them."""
    if measures(held) and not (read.group or read.having or read.per or read.combined or read.order):
        new = tuple(one for one in read.also if one.table not in tables(held))
        if not read.where and not new:
            return None
        query = conditions.narrowed(held, *conjuncts(read.where))
        return replace(query, also=(*query.also, *new))
    return _among(read, held, rows, index)


def _excluding(read: Query, held: Query, rows: Rows | None, index: Index) -> Query | None:
    """The rows of before without those that were read, shown as before."""
    if read.where is None or rows is None or read.group or read.combined or read.limit is not None:
        return None
    if is_selection(held) and held.limit is not None:
        wanted = meant(held, rows, key_of(rows, index))
        if wanted is None:
            return None
        held = replace(wanted, show=held.show, distinct=held.distinct, order=held.order)
    return conditions.narrowed(held, conditions.negated(read.where))


def _attributes(read: Query, held: Query, rows: Rows | None, index: Index, *, also: bool) -> Query | None:
    """The rows of before by the columns that the follow-up shows."""
    if not _only_attributes(read) or rows is None:
        return None
    held = holders(held)
    if held.combined:
        wanted = meant(held, rows, key_of(rows, index))
        if wanted is None:
            return None
        show = (*(one for one in held.show if isinstance(one, Field)), *read.show) if also else read.show
        return replace(wanted, show=tuple(dict.fromkeys(show)))
    if held.group and not _of_group(read, held, index):
        return None
    if held.limit is not None and not held.group and not _one_each(read, held, index):
        return None  # "what does it contain": more than the one row that was kept
    named = tuple(one for one in read.also if one.table not in tables(held))
    query = columns.also_shown(held, *read.show) if also else columns.shown(held, *read.show)
    if query.subject is None:
        query = replace(query, subject=base(held))
    return replace(query, also=(*query.also, *named), distinct=read.distinct)


def _only_attributes(read: Query) -> bool:
    """Whether it asks for columns of rows, and for nothing that would choose or count rows."""
    plain = not (read.where or read.group or read.having or read.order or read.combined or read.limit is not None)
    return plain and bool(read.show) and not any(is_measure(one) for one in read.show)


def _of_group(read: Query, held: Query, index: Index) -> bool:
    """Whether what is shown has one value in each group: a column of the entity, or what lies above it."""
    owners = {one.table for one in held.group if isinstance(one, Rows)}
    owners |= {one.key.table for one in held.group if isinstance(one, Field) and _tells_apart(one, index)}
    rest = tuple(one for one in read.show if one not in held.group)
    return _above(replace(read, show=rest), owners, index)


def _tells_apart(field: Field, index: Index) -> bool:
    """Whether each row has a value of its own: a name or a key, and not the sector of several clients."""
    return field == key_of(field.rows, index) or field.key.name in index.tables[field.key.table].labels


def _one_each(read: Query, held: Query, index: Index) -> bool:
    """Whether what is shown has one value for each row of before."""
    rows = base(held)
    return rows is None or _above(read, {rows.table}, index)


def _above(read: Query, owners: set[TableKey], index: Index) -> bool:
    """Whether what is shown are columns of these tables, or of what lies above them."""
    shown = {field.key.table for field in read.show if isinstance(field, Field)}
    for table in shown - owners:
        paths = [path for owner in owners for path in index.graph.paths(owner, table)]
        if not any(all(hop.upward for hop in path.place.path) for path in paths):
            return False
    return True


def _changed(read: Query, held: Query, *, beside: bool) -> Query | None:
    """Each thing that the follow-up says in the place of the same thing that was said before.

    beside: its numbers stand beside those of before.
    """
    query = conditions.put(held, *conjuncts(read.where), within=beside) if read.where else held
    new = [rows for rows in read.also if rows.table not in tables(held)]
    if new:
        query = replace(query, also=(*query.also, *new))
    if read.having is not None:
        query = replace(query, having=read.having, group=query.group or read.group)
    if measures(read) and measures(held) and measures(read) != measures(held):
        also = beside and not read.group  # "and the average for each language" is said anew
        query = (numbers.also_measured if also else numbers.measured)(query, *measures(read))
    if read.group and read.group != held.group:
        shown = tuple(one for one in read.show if not is_measure(one))
        query = grouping.grouped(query, shown, read.group)
    if read.order:
        query = replace(query, order=read.order, limit=read.limit if read.limit is not None else query.limit)
    return query if query != held else None


def _sorted(read: Query, held: Query, rows: Rows | None, index: Index) -> Query | None:
    if not read.order:
        return None
    key = key_of(rows, index) if rows else None
    query = ordering.ordered(held, *read.order, key=key)
    return replace(query, limit=read.limit) if query and read.limit is not None else query


def _grouped(read: Query, held: Query, *, also: bool) -> Query | None:
    if not read.group:
        return None
    shown = tuple(one for one in read.show if not is_measure(one))
    query = grouping.also_grouped(held, shown, read.group) if also else grouping.grouped(held, shown, read.group)
    asked = conjuncts(read.where)
    return conditions.narrowed(query, *asked) if asked else query
