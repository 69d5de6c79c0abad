"""What people hardly ever ask, whatever the words: a column shown that a condition holds to one value, a word compared
as a number, groups of single rows, an order that its word denies.

No feature holds a name or a value of a catalog.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Column
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Compare,
    Condition,
    Either,
    Exists,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words

_EXTREMES = ("most", "least", "longest", "shortest", "frequent", "quality", "ascending", "descending", "last")
_EQUAL = (Operator.EQUAL, Operator.IS_NULL)


def plausibility(candidate: Candidate, index: Index) -> dict[str, float]:
    """Counts and flags."""
    query, sentence = candidate.query, candidate.sentence
    names = (_shown(query, index), _conditions(query, index), _groups(query, index), _orders(query, sentence, index),
             _counts(query, sentence))  # fmt: skip
    return {name: float(count) for name, count in Counter(chain(*names)).items()}


def _kind(column: Column) -> str:
    if column.data_type.numeric and "year" in name_words(column.name):
        return "year"  # of years, the oldest is the least
    return "number" if column.data_type.numeric else "time" if column.data_type.temporal else column.data_type.value


def _use(field: Field, index: Index) -> str:
    facts = index.tables[field.key.table]
    if field.key.name in facts.keys:
        return "key"
    return "label" if field.key.name in facts.labels else "plain"


def _shown(query: Query, index: Index) -> Iterator[str]:
    fields = [one for one in query.show if isinstance(one, Field)]
    held = {c.left for c in _atoms(query.where) if c.operator in _EQUAL and not isinstance(c.right, Query)}
    tested = {c.left for c in _atoms(query.where)}
    ordered = {one.by for one in query.order}
    for one in fields:
        if one in held:
            yield "shown though held to one value"
        elif one in tested:
            yield "shown and compared"
        if one in ordered:
            yield f"shown and ordered by, top {query.limit is not None}"
        yield f"shown {_use(one, index)}"
    tables = {one.key.table for one in fields}
    yield f"shown of tables {min(len(tables), 3)}"
    uses = sorted(_use(one, index) for one in fields)
    yield f"shown together {' '.join(uses[:3])}"
    aggregates = sum(not isinstance(one, Field | Bucket) for one in query.show)
    if aggregates and fields and not query.group:
        yield "numbers beside columns without groups"
    yield f"shown {min(len(fields), 3)} and {min(aggregates, 3)} numbers"


def _atoms(condition: Condition | None) -> Iterator[Compare]:
    match condition:
        case Compare():
            yield condition
        case Both() | Either():
            for one in condition.conditions:
                yield from _atoms(one)
        case Not():
            yield from _atoms(condition.condition)
        case Exists():
            yield from _atoms(condition.where)
        case _:
            return


def _conditions(query: Query, index: Index) -> Iterator[str]:
    if isinstance(query.where, Both):
        lefts = [c.left for c in query.where.conditions if isinstance(c, Compare) and c.operator in _EQUAL]
        if len(set(lefts)) < len(lefts):
            yield "one column held to two values"
    atoms = list(_atoms(query.where))
    yield f"conditions {min(len(atoms), 3)}"
    for one in atoms:
        if not isinstance(one.left, Field):
            continue
        column = index.catalog.columns[one.left.key]
        use = _use(one.left, index)
        if isinstance(one.right, tuple):
            yield f"{one.operator.value} {use} {_kind(column)} {_known(one.right, column)}"
            yield f"{_known(one.right, column)} {use}"
        else:
            yield f"{one.operator.value} against {type(one.right).__name__} {_kind(column)}"


def _known(right: tuple[object, ...], column: Column) -> str:
    """Whether a column is known to hold what it is compared with."""
    texts = [one for one in right if isinstance(one, str)]
    if not texts:
        return "numbers" if right else "nothing"
    if all(one in column.samples for one in texts):
        return "values"
    looks = "digits" if all(one.replace(".", "").isdigit() for one in texts) else "texts"
    return f"{looks} that it can't hold" if column.samples_complete else f"{looks} unknown"


def _groups(query: Query, index: Index) -> Iterator[str]:
    counted = {one.of.table for one in (*query.show, *(o.by for o in query.order)) if isinstance(one, Aggregate)
               and isinstance(one.of, Rows)}  # fmt: skip
    for group in query.group:
        if isinstance(group, Rows):
            yield "grouped by rows"
            if group.table in counted:
                yield "rows counted of themselves"
        elif isinstance(group, Field):
            facts = index.tables[group.key.table]
            column = index.catalog.columns[group.key]
            yield f"grouped by {_use(group, index)} {_kind(column)} unique {group.key.name in facts.unique}"
            yield f"group shown {group in query.show}"
    if query.group:
        ordered = any(isinstance(one.by, Aggregate) for one in query.order)
        numbers = any(isinstance(one, Aggregate) for one in query.show)
        yield f"groups with numbers {numbers} ordered {ordered} having {query.having is not None}"


def _orders(query: Query, sentence: Sentence, index: Index) -> Iterator[str]:
    kinds = set(sentence.kinds)
    extremes = [name for name in _EXTREMES if name in kinds]
    for one in query.order:
        way = "down" if one.descending else "up"
        by = one.by
        if isinstance(by, Field):
            what = f"{_use(by, index)} {_kind(index.catalog.columns[by.key])}"
        elif isinstance(by, Aggregate):
            what = by.function.value
        else:
            what = "metric" if isinstance(by, MetricValue) else "other"
        yield f"order {what} top {query.limit is not None}"
        if len(extremes) == 1:
            yield f"{extremes[0]} {way} {what}"
            yield f"{extremes[0]} {way}"
        elif not extremes:
            yield f"no extreme {way} top {query.limit is not None}"
    if query.limit:
        said = any(token.number == query.limit for token in sentence.tokens)
        yield f"limit {min(query.limit, 2)} said {said}"


def _counts(query: Query, sentence: Sentence) -> Iterator[str]:
    opening = [WORDS.get(symbol, symbol) for symbol in sentence.symbols[:4]]
    many = opening[:2] == ["how", "count"]
    counted = [n for n, one in enumerate(query.show) if isinstance(one, Aggregate) and one.function is Function.COUNT]
    yield f"opens how many {many} counts {bool(counted)}"
    if many:
        yield f"how many shows {min(len(query.show), 3)} first {0 in counted}"
    if counted:
        one = query.show[counted[0]]
        assert isinstance(one, Aggregate)
        kinds = set(sentence.kinds)
        yield f"counts {type(one.of).__name__} distinct {one.distinct} asked {'distinct' in kinds}"
