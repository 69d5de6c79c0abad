""" "Donors with total donations over 1000": the sum of what they gave, not how often they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, Role, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Compare, Condition, Field, Function, Query, Rows
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.reader.assembly.frame import all_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.wording.bounded import whole_amount
from services.ml_gateway.engine.vocabulary import AMOUNTS
from services.ml_gateway.engine.words.splitting import full_words

_TOTAL = frozenset("total combined overall cumulative summed".split())
_SUMMED = frozenset("totalling totaling totalled totaled worth amounting summing adding".split())


def with_totals(query: Query, parts: Sequence[Part], sentence: Sentence, index: Index) -> Query:
    """The query, where a total of rows that have an amount is compared, with the sum of it in place of their number."""
    held = [_summed(one, parts, sentence, index) for one in conjuncts(query.having)]
    return query if held == list(conjuncts(query.having)) else replace(query, having=all_of(held))


def _summed(one: Condition, parts: Sequence[Part], sentence: Sentence, index: Index) -> Condition:
    match one:
        case Compare(left=Aggregate(function=Function.COUNT, of=Rows(table=table), distinct=False) as counted):
            amount = _amount(table, index)
            if amount and _is_total(table, parts, sentence):
                return replace(one, left=replace(counted, function=Function.SUM, of=Field(amount)))
    return one


def _is_total(table: TableKey, parts: Sequence[Part], sentence: Sentence) -> bool:
    forms = [token.form for token in sentence.tokens]
    for part in parts:
        target = part.choice.target if part.choice else None
        if target is None or target.kind is not TargetKind.TABLE or target.table != table:
            continue
        if part.item.first and forms[part.item.first - 1] in _TOTAL:
            return True
        if forms[part.item.last : part.item.last + 1] and forms[part.item.last] in _SUMMED:
            return True
    return False


def _amount(table: TableKey, index: Index) -> ColumnKey | None:
    """The one amount of all of a row."""
    keys = index.tables[table].keys
    numbers = [
        one
        for one in index.catalog.by_key[table].columns
        if one.data_type.numeric and one.name not in keys and one.role in (Role.MEASURE, Role.UNKNOWN)
    ]
    amounts = [one for one in numbers if AMOUNTS & set(full_words(one.name))]
    found = amounts if len(amounts) == 1 else whole_amount(amounts, table)
    return ColumnKey(table, found[0].name) if found else None
