"""What the words of a query leave open once it is there: orders that name no column, groups that nobody asks to see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.query.model import Aggregate, Compare, Expression, Field, MetricValue, Ordering, Query
from services.ml_gateway.engine.reader.assembly.combining import combinations
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, key_of, labels_of, type_of
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import ORDER, SHOWING
from services.ml_gateway.engine.reader.wording.figuring import figured
from services.ml_gateway.engine.reader.wording.products import implied
from services.ml_gateway.engine.reading import Operator


@dataclass(frozen=True, slots=True)
class Completed:
    query: Query
    note: str


def completed(frame: Frame, query: Query) -> Iterator[Completed]:
    """Further queries that a query may have been meant as."""
    if query.combined:
        return
    if (further := _sorted(frame, query)) is not None:
        yield Completed(further, "sorted by what is shown")
    for further in _of_the_commonest(frame, query):
        yield Completed(further, "the commonest unseen")
    if (further := _with_keys(frame, query)) is not None:
        yield Completed(further, "keys and names")
    for made in implied(frame, query):
        yield Completed(made, "times the price")
    for made, note in figured(frame, query):
        yield Completed(made, note)
    for made, note in combinations(frame, query):
        yield Completed(made, note)


def _sorted(frame: Frame, query: Query) -> Query | None:
    """ "In descending order": by the number that is shown, else by the last column; letters go by the first text."""
    kinds = set(frame.kinds)
    if query.order or not kinds & {"ascending", "descending"} or any(p.label in ORDER for p in frame.parts):
        return None
    numbers = [one for one in query.show if isinstance(one, Aggregate | MetricValue)]
    fields = [one for one in query.show if isinstance(one, Field)]
    texts = [one for one in fields if type_of(frame, one) is DataType.TEXT]
    lettered = any(token.form.startswith(("alphabet", "lexicograph")) for token in frame.sentence.tokens)
    by: Expression | None = next(iter(texts if lettered else [*numbers, *reversed(fields)]), None)
    return replace(query, order=(Ordering(by, "descending" in kinds),)) if by else None


def _of_the_commonest(frame: Frame, query: Query) -> Iterator[Query]:
    """ "The prices of the most common type": what is shown is of its rows, not the type."""
    parts = [p for p in frame.parts if p.label in (Label.COMMON, Label.RARE)]
    if len(parts) != 1 or not query.limit or len(query.order) != 1 or not parts[0].choice:
        return
    target = parts[0].choice.target
    if target.kind is not TargetKind.COLUMN:
        return
    field = field_of(parts[0])
    rest = tuple(one for one in query.show if one != field)
    if not rest or field not in query.show or query.order[0].by in rest:
        return
    if not any(isinstance(one, Aggregate) for one in rest):
        inner = Query(show=(field,), group=(field,), order=query.order, limit=query.limit)
        within = Compare(field, Operator.EQUAL, inner)
        group = tuple(one for one in query.group if one != field)
        where = all_of([*([query.where] if query.where else []), within])
        yield replace(query, show=rest, group=group, order=(), limit=None, where=where)
    yield replace(query, show=rest)


def _with_keys(frame: Frame, query: Query) -> Query | None:
    """A row's key beside what names it."""
    for part in frame.parts:
        if part.choice is None or part.choice.target.kind is not TargetKind.TABLE or part.label not in SHOWING:
            continue
        rows = part.choice.target.table
        for one in query.show:
            if isinstance(one, Field) and one.key.table == rows and one in labels_of(frame, one.rows):
                key = key_of(frame, one.rows)
                if key and key not in query.show:
                    return replace(query, show=(key, *query.show))
    return None
