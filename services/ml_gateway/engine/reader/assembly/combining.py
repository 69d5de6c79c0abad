"""What several names say together of one query: alternatives to a number of rows, values side by side, the mean of
what each has, and columns that two tables share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Each,
    Either,
    Exists,
    Field,
    Function,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, type_of
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.words.splitting import full_words

_SINGLE = frozenset(("a", "an", "each", "every", "one", "per"))
_HELD = (Label.WHERE, Label.NOT, Label.NULL, Label.NOT_NULL)


def combinations(frame: Frame, query: Query) -> Iterator[tuple[Query, str]]:
    """Each with what it is taken for."""
    if (made := _or_so_many(frame, query)) is not None:
        yield made, "or so many"
    if (made := _beside_each_other(frame, query)) is not None:
        yield made, "by the values named"
    if (made := _mean_of_each(frame, query)) is not None:
        yield made, "mean of each"
    for made in _of_two_tables(frame, query):
        yield made, "of two tables"
    if (made := _of_both_lists(frame, query)) is not None:
        yield made, "both lists"


def _or_so_many(frame: Frame, query: Query) -> Query | None:
    """ "From Lyon or with more than 5 visits": either of the two is enough."""
    having = query.having
    if not isinstance(having, Compare) or not isinstance(query.where, Compare) or query.order:
        return None
    if not isinstance(having.left, Aggregate) or not all(isinstance(one, Field) for one in query.show):
        return None
    counted = having.left.of if isinstance(having.left.of, Rows) else None
    rows = having.left.of.rows if isinstance(having.left.of, Field) else counted
    parted = _parted(frame)
    if not parted or rows is None:
        return None
    either = Either((query.where, Exists(rows, None, having)))
    return replace(query, where=either, having=None, group=())


def _parted(frame: Frame) -> bool:
    """Whether "or" stands between what is counted and another condition, and not in "5 or more"."""
    counted = [p.item for p in frame.parts if p.label is Label.HAVING]
    held = [p.item for p in frame.parts if p.label in _HELD]
    if not counted or not held:
        return False
    if counted[0].first > held[0].first:
        between = (held[-1].last, counted[0].first)
    else:
        between = (counted[-1].last, held[0].first)
    words = [token.form for token in frame.sentence.tokens[between[0] : between[1]]]
    return any(
        word == "or" and not (words[at + 1 : at + 2] in (["more"], ["less"], ["fewer"]) and words[at + 2 :] != ["than"])
        for at, word in enumerate(words)
    )


def _beside_each_other(frame: Frame, query: Query) -> Query | None:
    """ "The average age of red and blue ones": a number for each."""
    where = query.where
    if not isinstance(where, Compare) or not isinstance(where.left, Field) or not isinstance(where.right, tuple):
        return None
    numbers = all(isinstance(one, Aggregate) for one in query.show)
    several = where.operator is Operator.EQUAL and len(where.right) > 1
    if not numbers or not several or query.group or query.having or query.combined or query.order:
        return None
    if "or" in [token.form for token in frame.sentence.tokens]:
        return None
    return replace(query, show=(where.left, *query.show), group=(where.left,))


def _mean_of_each(frame: Frame, query: Query) -> Query | None:
    """ "How many visits does a patient have on average"."""
    tokens = [token.form for token in frame.sentence.tokens]
    if "average" not in tokens or query.combined or query.having or query.order:
        return None
    counts = [one for one in query.show if isinstance(one, Aggregate) and one.function is Function.COUNT]
    if len(counts) != 1 or not isinstance(counts[0].of, Rows):
        return None
    if any(isinstance(one, Aggregate) and one is not counts[0] for one in query.show):
        return None
    for part in frame.parts:
        target = part.choice.target if part.choice else None
        if target is None or target.kind is not TargetKind.TABLE or target.table == counts[0].of.table:
            continue
        if part.item.first and tokens[part.item.first - 1] in _SINGLE:
            each = Each(counts[0], (Rows(target.table, target.relationship),))
            return replace(query, show=(Aggregate(Function.AVG, each),), group=(), also=())
    return None


def _of_two_tables(frame: Frame, query: Query) -> Iterator[Query]:
    """ "Cities that have both clients and offices", "cities of clients or offices": a column that both tables have."""
    field = query.show[0] if len(query.show) == 1 else None
    if not isinstance(field, Field) or query.where or query.group or query.order or query.combined:
        return
    named = [p for p in frame.parts if p.choice and p.choice.target.kind is TargetKind.TABLE]
    tables = [p.choice.target.table for p in named if p.choice]
    if len(tables) != 2 or tables[0] == tables[1] or field.key.table not in tables:
        return
    twin = _twin(frame, field, tables[0] if field.key.table == tables[1] else tables[1])
    words = [token.form for token in frame.sentence.tokens[named[0].item.last : named[1].item.first]]
    if twin is None or not words:
        return
    one, two = (field, twin) if tables[0] == field.key.table else (twin, field)
    operator = (
        SetOperator.EXCEPT
        if {"not", "no", "without"} & set(words)
        else SetOperator.UNION
        if "or" in words
        else SetOperator.INTERSECT
    )
    yield Query(show=(one,), combined=(operator, Query(show=(two,))))
    if operator is SetOperator.INTERSECT and "both" not in [token.form for token in frame.sentence.tokens]:
        yield Query(show=(one,), combined=(SetOperator.UNION, Query(show=(two,))))


def _twin(frame: Frame, field: Field, table: TableKey) -> Field | None:
    """The table's column of the same name and type."""
    said = full_words(field.key.name)
    for column in frame.index.catalog.by_key[table].columns:
        if full_words(column.name) == said and column.data_type is type_of(frame, field) and said != ("id",):
            return Field(ColumnKey(table, column.name))
    return None


def _of_both_lists(frame: Frame, query: Query) -> Query | None:
    """ "Names of all pilots and ship names": one list of both."""
    if len(query.show) != 2 or query.where or query.group or query.order or query.combined or query.limit:
        return None
    one, two = query.show
    if not isinstance(one, Field) or not isinstance(two, Field) or one.key.table == two.key.table:
        return None
    texts = type_of(frame, one) is DataType.TEXT and type_of(frame, two) is DataType.TEXT
    said = set(frame.kinds)
    if not texts or "and" not in said or {"each", "distinct", "that", "among", "have"} & said:
        return None
    named = all(one.key.name in frame.index.tables[one.key.table].labels for one in (one, two))
    if not named and full_words(one.key.name)[-1:] != full_words(two.key.name)[-1:]:
        return None
    return Query(show=(one,), combined=(SetOperator.UNION, Query(show=(two,))))
