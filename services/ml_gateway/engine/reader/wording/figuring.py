"""Several numbers in one question ("count and total", "the lowest and the highest fee"), and amounts where rows alone
are named ("how much feed")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Expression,
    Field,
    Function,
    MetricValue,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.directions import greatest_first
from services.ml_gateway.engine.reader.assembly.frame import Frame, is_above, type_of
from services.ml_gateway.engine.reader.labelling.measured import ADJECTIVE_FORMS
from services.ml_gateway.engine.tables import is_additive, lasts
from services.ml_gateway.engine.tokens import name_words

_SAID = {
    "average": Function.AVG, "sum": Function.SUM, "most": Function.MAX, "least": Function.MIN,
    "longest": Function.MAX, "shortest": Function.MIN,
}  # fmt: skip
_MONEY = ("amount", "amt", "total", "price", "charge", "fee", "cost", "paid", "value", "revenue", "budget", "payment")
_AMOUNTS = ("qty", "quantity", "count", "unit", "piece", "kg", "weight", "litre", "liter", "hour", "minute", "volume",
            "people", "person", "number", "km", "distance", "duration", "sec", "second")  # fmt: skip
_THINGS = ("qty", "quantity", "count", "unit", "piece", "people", "person", "number")
_COUNTING = frozenset("number count many often".split())
_ADDING = frozenset("sum total totals value amount much altogether money".split())
_HELD_IN = frozenset("total totals gross overall".split())  # of several amounts, the one that holds the others
_SOME = 10  # of "oldest trucks", where a headline says no number
_OPENING = frozenset(("the", "that", "show", "most", "least"))
_FEW = 100  # more than these are no first few
_SUMMED = frozenset("sales goods supplies earnings".split())  # of these the most is how much
_CALLED_SO = 0.95
_MUCH = frozenset("much quantity amount volume total sum".split())


def figured(frame: Frame, query: Query) -> Iterator[tuple[Query, str]]:
    """Further queries with the numbers that the words ask for, each with what it is taken for."""
    if query.combined:
        return
    if (made := _ends(frame, query)) is not None:
        yield made, "both ends"
    if (made := _first_by_adjective(frame, query)) is not None:
        yield made, "first by an adjective"
    if (made := _further_functions(frame, query)) is not None:
        yield made, "further functions"
    if (made := _counted_and_added(frame, query)) is not None:
        yield made, "count and total"
    if (made := _counted_beside(frame, query)) is not None:
        yield made, "count and total"
    if (made := _added_beside(frame, query)) is not None:
        yield made, "added up beside a count"
    for made in _amounts_for_rows(frame, query):
        yield made, "amounts for rows"


def _ends(frame: Frame, query: Query) -> Query | None:
    """ "The earliest and the latest date", "the thinnest and the thickest": the least and the greatest value."""
    forms = [token.form for token in frame.sentence.tokens]
    places = [at for at, form in enumerate(forms) if form in ADJECTIVE_FORMS and form.endswith("est")]
    places += [at for at, kind in enumerate(frame.kinds) if kind in ("most", "least") and at not in places]
    if len(places) != 2 or abs(places[0] - places[1]) > 4 or query.group:
        return None
    field = _measured(query)
    if field is None or not (type_of(frame, field).numeric or type_of(frame, field).temporal):
        return None
    ways = [_greatest(frame, at, field) for at in sorted(places)]
    if None in ways or ways[0] == ways[1]:
        return None
    show = tuple(Aggregate(Function.MAX if way else Function.MIN, field) for way in ways)
    return replace(query, show=show, order=(), limit=None, subject=None, distinct=False)


def _first_by_adjective(frame: Frame, query: Query) -> Query | None:
    """ "Oldest truck", "the two dearest tests", where nothing was made of the superlative: the first by its column."""
    shown = [one for one in query.show if isinstance(one, Field)]
    if query.order or query.group or query.limit or len(shown) < len(query.show):
        return None
    items = [one for one in frame.sentence.items if one.measured and _is_superlative(frame, one.first)]
    if len(items) != 1 or any(part.item is items[0] for part in frame.parts):
        return None
    tables = [one.key.table for one in shown]
    columns = [one for one in items[0].choices if one.target.kind is TargetKind.COLUMN]
    columns = [one for one in columns if one.target.table in tables or _is_of_each(frame, tables, one.target.table)]
    choice = next((one for one in columns if one.target.table in tables), columns[0] if columns else None)
    if choice is None:
        return None
    field = Field(ColumnKey(choice.target.table, choice.target.column), choice.target.relationship)
    tokens, at = frame.sentence.tokens, items[0].first
    descending = greatest_first(tokens[at].form, field.key, frame.index)
    if descending is None:
        return None
    least = at > 0 and tokens[at - 1].form in ("least", "less")
    before = next((one.number for one in reversed(tokens[max(at - 2, 0) : at]) if one.number), None)
    after = tokens[items[0].last].number if items[0].last < len(tokens) else None
    behind = next((one for one in frame.sentence.items if one.first == items[0].last and one.plural), None)
    number = before or after or (_SOME if behind and set(frame.kinds[:at]) <= _OPENING else 1)
    limit = int(number) if number == int(number) and 0 < number <= _FEW else 1
    return replace(query, order=(Ordering(field, descending is not least),), limit=limit)


def _is_of_each(frame: Frame, tables: Sequence[TableKey], table: TableKey) -> bool:
    """Whether each row has one of the table's."""
    return any(is_above(frame, Rows(one), Rows(table)) for one in tables)


def _is_superlative(frame: Frame, at: int) -> bool:
    tokens = frame.sentence.tokens
    return tokens[at].form.endswith("est") or (at > 0 and tokens[at - 1].form in ("most", "least"))


def _greatest(frame: Frame, at: int, field: Field) -> bool | None:
    if frame.kinds[at] in ("most", "least"):
        return frame.kinds[at] == "most"
    return greatest_first(frame.sentence.tokens[at].form, field.key, frame.index)


def _measured(query: Query) -> Field | None:
    """The one column that a query tells an end of."""
    found: list[object] = [one.of for one in query.show if isinstance(one, Aggregate)]
    found += [one.by for one in query.order]
    found = found or list(query.show)
    fields = [one for one in dict.fromkeys(found) if isinstance(one, Field)]
    return fields[0] if len(fields) == 1 else None


def _further_functions(frame: Frame, query: Query) -> Query | None:
    """ "The average fee, and what was the highest?": what is said of the one column, wherever it is said."""
    numbers = [one for one in query.show if isinstance(one, Aggregate)]
    if len(numbers) != 1 or not isinstance(numbers[0].of, Field) or query.order or numbers[0].distinct:
        return None
    if numbers[0].function not in _SAID.values():
        return None
    said = list(
        dict.fromkeys(_SAID[kind] for at, kind in enumerate(frame.kinds) if kind in _SAID and not _at(frame, at))
    )
    if len(said) < 2 or numbers[0].function not in said:
        return None
    more = [replace(numbers[0], function=one) for one in said if one is not numbers[0].function]
    return replace(query, show=(*query.show, *more))


def _at(frame: Frame, at: int) -> bool:
    return at > 0 and frame.sentence.tokens[at - 1].form == "at"


def _counted_and_added(frame: Frame, query: Query) -> Query | None:
    """ "Pledges per state, count and total": how many rows, and the total of their amount."""
    forms = {token.form for token in frame.sentence.tokens}
    numbers = [one for one in query.show if isinstance(one, Aggregate)]
    if len(numbers) != 1 or query.limit or not _COUNTING & forms:
        return None
    one = numbers[0]
    if one.function is Function.COUNT and isinstance(one.of, Rows) and _ADDING & forms:
        amounts = amounts_of(frame.index, one.of.table)
        if not amounts:
            return None
        return replace(query, show=(*query.show, Aggregate(Function.SUM, Field(amounts[0], one.of.role))))
    if one.function in (Function.SUM, Function.AVG) and isinstance(one.of, Field):
        return replace(query, show=(*query.show, Aggregate(Function.COUNT, one.of.rows)))
    return None


def _counted_beside(frame: Frame, query: Query) -> Query | None:
    """ "Count and total of refunds", where the total is a metric: how many rows it is of, too."""
    metrics = [one for one in query.show if isinstance(one, MetricValue)]
    said = [at for at, kind in enumerate(frame.kinds) if kind == "count"]
    joined = any("and" in frame.kinds[max(at - 2, 0) : at + 3] for at in said)
    if len(metrics) != 1 or not joined or query.limit or any(isinstance(one, Aggregate) for one in query.show):
        return None
    metric = frame.index.metrics[metrics[0].name]
    if not metric.expression.lower().startswith(("sum(", "avg(")):
        return None
    counted = Aggregate(Function.COUNT, Rows(metric.table))
    show = [one for one in query.show if one != metrics[0]]
    return replace(query, show=(*show, counted, metrics[0]))


def _added_beside(frame: Frame, query: Query) -> Query | None:
    """ "Number of orders and pieces per colour": an amount beside a number is added up."""
    numbers = [one for one in query.show if isinstance(one, Aggregate)]
    added = [one for one in query.show if isinstance(one, Field) and one in query.group and _adds_up(frame, one)]
    if not numbers or len(added) != 1:
        return None
    show = tuple(Aggregate(Function.SUM, added[0]) if one == added[0] else one for one in query.show)
    return replace(query, show=show, group=tuple(one for one in query.group if one != added[0]))


def _adds_up(frame: Frame, one: Field) -> bool:
    column = frame.index.catalog.columns[one.key]
    known = column.data_type.numeric and one.key.name not in frame.index.tables[one.key.table].keys
    return known and (is_additive(column) is not False or lasts(column)) and _place(column) is not None


def _amounts_for_rows(frame: Frame, query: Query) -> Iterator[Query]:
    """ "How much feed", "tickets sold in July" where a row is several: the total of the amount, no number of rows."""
    forms = {token.form for token in frame.sentence.tokens}
    numbers = [one for one in (*query.show, *(o.by for o in query.order)) if isinstance(one, Aggregate)]
    if not numbers or any(one.function is not Function.COUNT or not isinstance(one.of, Rows) for one in numbers):
        return
    tables = {one.of.table for one in numbers if isinstance(one.of, Rows)}
    if len(tables) != 1:
        return
    table = tables.pop()
    if not _MUCH & forms and _are_counted(frame, query, table):
        return
    amounts = amounts_of(frame.index, table, counted=not _MUCH & forms)
    if not amounts:
        return

    def of(one: Expression) -> Expression:
        if isinstance(one, Aggregate) and isinstance(one.of, Rows):
            return replace(one, function=Function.SUM, of=Field(amounts[0], one.of.role))
        return one

    order = tuple(Ordering(of(one.by), one.descending) for one in query.order)
    yield replace(query, show=tuple(map(of, query.show)), order=order)


def _are_counted(frame: Frame, query: Query, table: TableKey) -> bool:
    """ "The most refunds", "more than 3 visits": rows by their own name, which are counted."""
    for item in frame.sentence.items:
        target = item.choices[0].target
        named = target.kind is TargetKind.TABLE and target.table == table and item.choices[0].score >= _CALLED_SO
        before = frame.kinds[item.first - 1] if item.first else ""
        if named and item.plural and before in ("most", "least") and bool(query.order):
            return frame.sentence.tokens[item.first].form not in _SUMMED
    return False


def amounts_of(index: Index, table: TableKey, counted: bool = False) -> list[ColumnKey]:
    """The columns of a table that say how much each row is, the likeliest first; counted: how many things it is."""
    keys = index.tables[table].keys
    found = [
        (place, not _HELD_IN & set(name_words(one.name)), one.name)
        for one in index.catalog.by_key[table].columns
        if one.data_type.numeric and one.name not in keys and (place := _place(one, counted)) is not None
    ]
    return [ColumnKey(table, name) for *_, name in sorted(found)]


def _place(column: Column, counted: bool = False) -> int | None:
    said = name_words(column.name)
    if {"limit", "capacity", "max", "min", "credit", "rating", "score", "level", "unit"} & set(said[:-1]):
        return None
    words = _THINGS if counted else (*_MONEY, *_AMOUNTS)
    return next((place for place, word in enumerate(words) if word in said), None)
