"""The best few of each: "the top 3 products in each region", "the busiest gym of every month"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.periods import PEAKS
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Expression,
    Field,
    Function,
    MetricValue,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, is_named, labels_of, type_of
from services.ml_gateway.engine.reader.business.numbers import numbers_of, without
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import ADJECTIVE_FORMS
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import ORDER, RANK, TOP
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.tables import is_additive

_EACH = frozenset("each every per".split())
_ASKING_WHEN = frozenset("when date dates day days time times year years month months what".split())
_OPENING = frozenset("the our my show list me give".split())
_FEW = 10
BEST = frozenset("top best worst biggest".split())
_OFTEN = 4  # rows for each value, where a column is a category
_ENTITY = (Label.SHOW, Label.GROUP, Label.SHOW_TOP_ASC, Label.SHOW_TOP_DESC)


def best_of_each(frame: Frame, query: Query) -> list[Query]:
    """With the limit within each of what "each" is said of, if the question ranks something in it."""
    if _EACH.isdisjoint(frame.sentence.forms):
        return [query]
    inner = next((part for part in frame.parts if _is_each(frame, part)), None)
    ranked = next((part for part in frame.parts if part.label in TOP and part is not inner), None)
    entity = next((p for p in frame.parts if p.label in _ENTITY and p not in (inner, ranked) and _meant(p)), None)
    if inner is None or ranked is None or entity is None or query.combined:
        return [query]
    number, within, what = _number(ranked), _meant(inner), _meant(entity)
    if within is None or what is None or within == what:
        return [query]
    if number is None:
        return _rows_of_each(frame, query, ranked, within, what)
    limit = next((int(float(p.choice.target.value)) for p in frame.parts if p.label is Label.LIMIT and p.choice), 1)
    flat, _ = without(query, lambda one: isinstance(one, Compare) and isinstance(one.right, Query))
    made = replace(
        flat,
        show=(*_shown(frame, within), *_shown(frame, what)),
        subject=None,
        group=(within, what),
        having=None,
        order=(Ordering(number, ORDER[ranked.label]),),
        limit=limit,
        per=(within,),
        distinct=False,
    )
    return [replace(made, show=(*made.show, number)), made]


def _rows_of_each(frame: Frame, query: Query, ranked: Part, within: Rows | Field, what: Rows | Field) -> list[Query]:
    """ "The cheapest product per brand": rows by a column of their own, the first within each."""
    first = query.order[0] if len(query.order) == 1 else None
    plain = not (query.group or query.having) and bool(query.limit) and first is not None
    if not plain or first is None or first.by != _meant(ranked) or not isinstance(first.by, Field):
        return [query]
    if first.by.rows != (what if isinstance(what, Rows) else what.rows):
        return [query]
    shown = (*_shown(frame, within), *_shown(frame, what))
    made = replace(query, show=shown, subject=None, per=(within,), distinct=False)
    return [made, replace(made, show=(*made.show, first.by))]


def best_of_periods(frame: Frame, query: Query) -> Query:
    """The limit within each period that the question names a length of."""
    if not query.limit or not query.order or query.per or query.combined or len(query.group) < 2:
        return query
    periods = tuple(one for one in query.group if isinstance(one, Bucket))
    return replace(query, per=periods) if periods else query


def best_period(frame: Frame, query: Query) -> list[Query]:
    """ "Which month had the most orders": the first of the periods, with its number or without."""
    if query.limit or not isinstance(query.show[0], Bucket):
        return [query]
    places = [(one.first, one.last) for one in frame.sentence.times]
    places += [(one.first, one.last) for one in frame.sentence.cues]
    told = [token for first, last in places for token in frame.sentence.tokens[first:last]]
    peak = next((PEAKS[token.form] for token in told if token.form in PEAKS), None)
    asked = peak is not None or any(_asks(frame, first, last) for first, last in places)
    ranking = [kind == "most" for kind in frame.kinds if kind in ("most", "least")] if peak is None else [peak]
    numbers = numbers_of(query)
    if not asked or len(numbers) != 1 or not ranking:
        return [query]
    limits = [int(float(p.choice.target.value)) for p in frame.parts if p.label is Label.LIMIT and p.choice]
    limits += [
        int(token.number) for before, token in pairwise(told) if token.number and before.form in PEAKS
    ]  # "top 3 days", and no "worst month in 2025"
    made = replace(query, order=(Ordering(numbers[0], ranking[0]),), limit=limits[0] if limits else 1)
    if peak is not None:
        return [made]  # "best month for sales": with what makes it the best
    return [made, replace(made, show=tuple(one for one in made.show if one != numbers[0]))]


def few(frame: Frame, query: Query) -> Query:
    """ "Top customers", "oldest customers": some, where no number is said. "Highest revenue by country" is each
    country's, the highest first."""
    if query.limit != 1 or not query.order:
        return query
    if not query.per and any(_of_each(frame, part) for part in frame.parts):
        number = query.order[0].by
        return replace(query, limit=None, show=query.show if number in query.show else (*query.show, number))
    said = any(_are_several_best(frame, part) for part in frame.parts if part.item.first and part.item.plural)
    return replace(query, limit=_FEW) if said else query


def _of_each(frame: Frame, part: Part) -> bool:
    """Whether a headline begins with a superlative and a metric, split by something."""
    opening = [token for token in frame.sentence.tokens[: part.item.first] if token.form not in _OPENING]
    return part.label in ORDER and len(opening) == 1 and is_end_of_split(part, frame.sentence)


def is_end_of_split(part: Part, sentence: Sentence) -> bool:
    """ "Highest revenue by country": a metric behind a superlative, split by what comes."""
    tokens, first, last = sentence.tokens, part.item.first, part.item.last
    if part.choice is None or not part.choice.target.metric or not first or last >= len(tokens):
        return False
    before = tokens[first - 1].form
    return tokens[last].form in ("by", "per") and (WORDS.get(before) in ("most", "least") or before in BEST)


def _are_several_best(frame: Frame, part: Part) -> bool:
    """Whether rows are named right behind "top", or behind a superlative that a headline begins with."""
    forms = [token.form for token in frame.sentence.tokens[: part.item.first]]
    if forms[-1] == "top":
        return True
    table = part.choice is not None and part.choice.target.kind is TargetKind.TABLE
    told = forms[-1] in ADJECTIVE_FORMS and (forms[-1].endswith("est") or forms[-2:-1] in (["most"], ["least"]))
    return table and told and set(forms[:-1]) <= _OPENING | {"most", "least"}


def by_total(frame: Frame, query: Query) -> Query:
    """ "Which country has the highest revenue" of rows that are single sales: of the country's total. Only for amounts,
    and for columns that say the same of many rows."""
    fields = [one for one in query.show if isinstance(one, Field)]
    one_order = query.order[0].by if len(query.order) == 1 else None
    plain = not (query.group or query.combined or query.subject or query.distinct)
    if not plain or not query.limit or not isinstance(one_order, Field) or not fields or len(fields) < len(query.show):
        return query
    column = frame.index.catalog.columns[one_order.key]
    if not column.data_type.numeric or not is_additive(column) or one_order in fields:
        return query
    if not all(one.rows == one_order.rows and _repeats(frame, one) for one in fields):
        return query
    total = Aggregate(Function.SUM, one_order)
    return replace(query, group=tuple(fields), order=(replace(query.order[0], by=total),))


def of_whom(frame: Frame, query: Query) -> Query:
    """ "The 3 most recently hired doctors": the doctors, not the days, unless it is asked when."""
    by = query.order[0].by if len(query.order) == 1 else None
    plain = not (query.group or query.combined) and bool(query.limit) and query.show == (by,)
    if not plain or not isinstance(by, Field) or not type_of(frame, by).temporal:
        return query
    if _ASKING_WHEN & {token.form for token in frame.sentence.tokens}:
        return query
    labels = labels_of(frame, by.rows) if is_named(frame, by.rows) else ()
    return replace(query, show=labels) if labels and by not in labels else query


def _repeats(frame: Frame, one: Field) -> bool:
    table = frame.index.catalog.by_key[one.key.table]
    distinct = frame.index.catalog.columns[one.key].distinct_count
    return bool(distinct and table.row_count and distinct * _OFTEN <= table.row_count)


def _asks(frame: Frame, first: int, last: int) -> bool:
    return bool({"which", "what"} & {token.form for token in frame.sentence.tokens[first:last]})


def _is_each(frame: Frame, part: Part) -> bool:
    first = part.item.first
    before = [token.form for token in frame.sentence.tokens[max(first - 2, 0) : first]]
    said = bool(before) and (
        before[-1] in _EACH or (before[0] in _EACH and before[-1] in ("single", "one", "of", "the"))
    )
    return said and _meant(part) is not None and part.label not in (Label.WHERE, Label.NOT, Label.LIMIT)


def _number(part: Part) -> Expression | None:
    assert part.choice
    target = part.choice.target
    if target.kind is TargetKind.METRIC:
        return MetricValue(target.metric)
    if target.kind is TargetKind.TABLE:
        return Aggregate(Function.COUNT, Rows(target.table, target.relationship))
    if target.kind is TargetKind.COLUMN and part.label in RANK:
        return Aggregate(Function.SUM, Field(ColumnKey(target.table, target.column), target.relationship))
    return None


def _shown(frame: Frame, one: Rows | Field) -> tuple[Expression, ...]:
    return labels_of(frame, one) if isinstance(one, Rows) else (one,)


def _meant(part: Part) -> Rows | Field | None:
    if part.choice is None:
        return None
    target = part.choice.target
    if target.kind is TargetKind.TABLE:
        return Rows(target.table, target.relationship)
    if target.kind is TargetKind.COLUMN:
        return Field(ColumnKey(target.table, target.column), target.relationship)
    return None
