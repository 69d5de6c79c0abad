""" "Newest first", "highest limit first", "from the cheapest to the dearest": what a list is sorted by."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Bucket,
    Compare,
    Expression,
    Field,
    MetricValue,
    Ordering,
    Query,
)
from services.ml_gateway.engine.reader.assembly.directions import greatest_first
from services.ml_gateway.engine.reader.assembly.frame import Frame, tables_named, type_of
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.business.numbers import atoms, numbers_of
from services.ml_gateway.engine.reader.labelling.measured import ADJECTIVE_FORMS, of_adjective
from services.ml_gateway.engine.tokens import lemma, name_words

_SMALL = frozenset("lowest smallest fewest least".split())
_TIMED = frozenset("old young new recent early".split())
_SAID_OF_ROWS = frozenset("the a and with put one first top on at to from".split())


def sort(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """Empty where nothing in the query can be sorted so."""
    if query.combined:
        return []
    words = [token.form for token in frame.sentence.tokens[cue.first : cue.last]]
    form = next((one for one in words if one in ADJECTIVE_FORMS), "")
    by = _named(frame, query, words, form) or _measured(frame, query, form) or _number(frame, query)
    if by is None:
        return []
    kept = tuple(one for one in query.order if one.by != by) if query.limit else ()
    return [replace(query, order=(Ordering(by, _descending(frame, by, form, words)), *kept))]


def _descending(frame: Frame, by: Expression, form: str, words: list[str]) -> bool:
    if not form:
        return not _SMALL & set(words)
    field = by.field if isinstance(by, Bucket) else by
    least = bool({"least", "less"} & set(words))
    return greatest_first(form, field.key if isinstance(field, Field) else None, frame.index) is not least


def _named(frame: Frame, query: Query, words: list[str], form: str) -> Expression | None:
    """ "Lowest stock first": a column that the words hold a name of."""
    said = {lemma(one) for one in words if one not in ADJECTIVE_FORMS and one not in _SAID_OF_ROWS}
    if not said:
        return None
    for one in _numeric(frame, query):
        if said & set(name_words(one.key.name)):
            return None if numbers_of(query) else one
    for table in _tables(query):
        for column in frame.index.catalog.by_key[table].columns:
            own = set(name_words(column.name)) - set(name_words(table.name))
            if column.data_type.numeric and said & own and column.name not in frame.index.tables[table].keys:
                return None if query.group else Field(ColumnKey(table, column.name))
    return None


def _measured(frame: Frame, query: Query, form: str) -> Expression | None:
    """ "Oldest first": by when it began; "cheapest first": by the price, of what is shown."""
    if not form:
        return None
    timed = ADJECTIVE_FORMS[form] in _TIMED
    if timed:
        for one in query.show:
            field = one.field if isinstance(one, Bucket) else one
            if isinstance(field, Field) and type_of(frame, field).temporal:
                return one
    if numbers_of(query) and not timed:
        return None
    tables = _tables(query)
    found = [one for _, one in of_adjective(form, frame.index, tables) if one.table in tables]
    shown = [one for one in query.show if isinstance(one, Field)]
    fields = [Field(ColumnKey(one.table, one.column), one.relationship) for one in found
              if one.kind is TargetKind.COLUMN]  # fmt: skip
    told = next((one for one in fields if one in (*shown, *_held(query))), None)
    own = next((one for one in fields if shown and one.key.table == shown[0].key.table), None)
    made = told or own or (fields[0] if fields else None)
    return None if made is None or (query.group and not any(made == one for one in query.group)) else made


def _number(frame: Frame, query: Query) -> Expression | None:
    """The number that is shown; else that a condition is about."""
    numbers = numbers_of(query)
    if numbers:
        return numbers[0]
    having = query.having.left if isinstance(query.having, Compare) else None
    if isinstance(having, Aggregate | MetricValue):
        return having
    return next(iter(_numeric(frame, query)), None)


def _numeric(frame: Frame, query: Query) -> list[Field]:
    shown = [one for one in query.show if isinstance(one, Field)]
    return [one for one in (*reversed(shown), *_held(query)) if type_of(frame, one).numeric and not _is_key(frame, one)]


def _held(query: Query) -> list[Field]:
    """Columns that conditions are about."""
    return [one.left for one in atoms(query.where) if isinstance(one, Compare) and isinstance(one.left, Field)]


def _tables(query: Query) -> list[TableKey]:
    shown = [one.key.table for one in query.show if isinstance(one, Field)]
    return list(dict.fromkeys((*shown, *sorted(tables_named(query)))))


def _is_key(frame: Frame, one: Field) -> bool:
    return one.key.name in frame.index.tables[one.key.table].keys
