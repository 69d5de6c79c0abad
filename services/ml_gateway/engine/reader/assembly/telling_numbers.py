"""Numbers that only the words around the names ask for: "number of engineers by city", "spending by month"."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Expression, Field, Function, Ordering, Query, Rows
from services.ml_gateway.engine.reader.assembly.frame import Frame
from services.ml_gateway.engine.tables import is_additive
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import AMOUNTS, UNCOUNTABLE

_SPLITTING = ("by", "per")


def telling_numbers(frame: Frame, query: Query) -> Query:
    return _of_amounts(frame, _counted_by(frame, query))


def is_split_by(frame: Frame, first: int) -> bool:
    """Whether the name that begins there is what a number is split or ranked by."""
    return first > 1 and frame.sentence.tokens[first - 1].form in _SPLITTING


def _counted_by(frame: Frame, query: Query) -> Query:
    """How many there are of what only a value names, for each of what stands behind "by"."""
    plain = not (query.group or query.order or query.limit or query.combined or query.distinct)
    if not plain or "count" not in frame.kinds[:4] or not all(isinstance(one, Field) for one in query.show):
        return query
    said = [part for part in frame.parts if part.choice and part.choice.target.table.name]
    if len(said) < 2 or not is_split_by(frame, said[-1].item.first) or query.where is None:
        return query
    counted = said[0].choice.target  # type: ignore[union-attr]
    number = Aggregate(Function.COUNT, Rows(counted.table, counted.relationship))
    return replace(query, show=(*query.show, number), group=query.show, subject=None)


def _of_amounts(frame: Frame, query: Query) -> Query:
    """Rows that are amounts are added up and not counted, unless they are asked to be."""
    if "count" in frame.kinds:
        return query

    def added(one: Expression) -> Expression:
        if not isinstance(one, Aggregate) or one.function is not Function.COUNT or not isinstance(one.of, Rows):
            return one
        amount = _amount_of(frame, one.of.table)
        return replace(one, function=Function.SUM, of=Field(amount, one.of.role)) if amount else one

    show = tuple(added(one) for one in query.show)
    if show == query.show:
        return query
    order = tuple(Ordering(added(one.by), one.descending) for one in query.order)
    return replace(query, show=show, order=order)


def _amount_of(frame: Frame, table: TableKey) -> ColumnKey | None:
    """The one amount of a table whose name is no word for rows."""
    name = "".join(name_words(table.name)[-1:])
    if name not in UNCOUNTABLE:
        return None
    numbers = [one for one in frame.index.catalog.by_key[table].columns if one.data_type.numeric and is_additive(one)]
    amounts = [one for one in numbers if name_words(one.name)[-1] in AMOUNTS | {name}]
    return ColumnKey(table, amounts[0].name) if len(amounts) == 1 else None
