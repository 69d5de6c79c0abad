"""Facts of a query laid beside the words of its question: which label each meaning of each item may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.reader.items import Item, Sentence
from services.ml_gateway.engine.reader.labels import Label, allowed
from services.ml_gateway.engine.reader.marks import WORDS
from services.ml_gateway.training.facts import Condition, Facts, Shown

_ORDERED = {
    (False, False): Label.ASC, (True, False): Label.DESC, (False, True): Label.TOP_ASC, (True, True): Label.TOP_DESC,
}  # fmt: skip
_SHOWN = {key: Label[f"SHOW_{label.name}"] for key, label in _ORDERED.items()}
_RANKED = {key: Label[f"RANK_{label.name}"] for key, label in _ORDERED.items()}
_AGGREGATES = {"sum": Label.SUM, "avg": Label.AVG, "min": Label.MIN, "max": Label.MAX}


@dataclass(frozen=True, slots=True)
class Acceptable:
    """For each choice of an item the labels that the query allows; none for any choice: the item is ignored."""

    labels: tuple[frozenset[Label], ...]


def acceptable(sentence: Sentence, facts: Facts, index: Index) -> tuple[Acceptable, ...]:
    reader = _Laying(sentence, facts, index)
    return tuple(reader.item(item) for item in sentence.items)


class _Laying:
    def __init__(self, sentence: Sentence, facts: Facts, index: Index) -> None:
        self._sentence, self._facts, self._index = sentence, facts, index
        self._mentioned = {
            (choice.target.table, choice.target.column)
            for item in sentence.items
            for choice in item.choices
            if choice.target.kind is TargetKind.COLUMN
        }
        self._tables = {
            choice.target.table
            for item in sentence.items
            for choice in item.choices
            if choice.target.kind is TargetKind.TABLE
        }

    def item(self, item: Item) -> Acceptable:
        found = [frozenset(self._labels(item, choice.target) & set(allowed(choice.target, item.measured))) for choice in item.choices]
        strong = [labels - {Label.CONTEXT} for labels in found]
        if any(strong):  # what has a part is no mere context
            found = strong
        return Acceptable(tuple(found))

    def _labels(self, item: Item, target: Target) -> set[Label]:
        match target.kind:
            case TargetKind.TABLE:
                return self._table(item, target.table)
            case TargetKind.COLUMN:
                return self._column(item, ColumnKey(target.table, target.column))
            case TargetKind.VALUE:
                return self._value(target)
            case TargetKind.LITERAL:
                return self._number(target) if target.literal is LiteralKind.NUMBER else self._text(target)
            case _:
                return set()

    def _table(self, item: Item, table: TableKey) -> set[Label]:
        facts, found = self._facts, set[Label]()
        if table in facts.everything:
            found.add(Label.ALL)
        counts = [s for s in facts.shown if s.function == "count" and (s.column is None or self._stands_for(s.column, table))]
        before = self._sentence.symbols[max(item.first - 3, 0) : item.first]
        asked = any(WORDS.get(word) == "count" for word in before)
        if counts and (table in facts.counted or asked):
            found.add(Label.COUNT_DISTINCT if counts[0].distinct else Label.COUNT)
        for shown, descending, top in facts.order:
            if shown.function == "count" and table in facts.counted:
                found.add(_ORDERED[descending, top])
        for shown, _, _ in facts.having:
            if shown.function == "count" and table in facts.counted:
                found.add(Label.HAVING)
        if table in facts.absent:
            found.add(Label.NOT)
        for shown in facts.shown:
            if not shown.function and shown.column and self._stands_for(shown.column, table):
                if (shown.column.table, shown.column.name) not in self._mentioned:
                    found.add(Label.SHOW)
        for column in facts.group:
            if self._stands_for(column, table) and Shown(column) not in facts.shown:
                if any(s.function for s in facts.shown) and not any(s.column and not s.function for s in facts.shown):
                    found.add(Label.GROUP)
        if table in facts.tables:
            found.add(Label.CONTEXT)
        return found

    def _stands_for(self, column: ColumnKey, table: TableKey) -> bool:
        """Whether a column says which row of the table: its label, its key, or a key that points at it."""
        facts = self._index.tables[table]
        if column.table == table:
            return column.name in facts.labels or column.name in facts.table.primary_key
        return any(
            rel.table == column.table and rel.target == table and column.name in rel.columns
            for rel in self._index.catalog.relationships
        )

    def _column(self, item: Item, column: ColumnKey) -> set[Label]:
        facts, found = self._facts, set[Label]()
        same = self._same(column)
        shown = [s for s in facts.shown if s.column in same]
        for one in shown:
            if not one.function:
                found.add(Label.SHOW)
            elif one.function == "count":
                found.add(Label.COUNT_DISTINCT if one.distinct else Label.COUNT)
            elif one.function in _AGGREGATES:
                found.add(_AGGREGATES[one.function])
        if column.table in facts.everything:
            found.add(Label.SHOW)
        for condition in facts.conditions:
            if condition.column in same:
                found.add(_condition(condition))
        for by, descending, top in facts.order:
            if by.column in same and by.function in ("", "count"):
                found.add(_ORDERED[descending, top])
                if Label.SHOW in found:
                    found.add(_SHOWN[descending, top])
            elif by.column in same:
                found.add(_RANKED[descending, top])
        for by, _, _ in facts.having:
            if by.column in same:
                found.add(Label.HAVING)
        grouped = [one for one in facts.group if one in same]
        if grouped and Label.SHOW not in found:
            found.add(Label.GROUP)
        if grouped and Label.SHOW in found:
            common = self._common()
            if common is not None:
                found = (found - {Label.SHOW}) | {common}
        return found

    def _common(self) -> Label | None:
        """Ordered by a count of rows that no words name."""
        for by, descending, top in self._facts.order:
            if by.function == "count" and by.column is None and top:
                words = {WORDS.get(word, "") for word in self._sentence.symbols}
                if "frequent" in words or not (self._tables & self._facts.counted):
                    return Label.COMMON if descending else Label.RARE
        return None

    def _same(self, column: ColumnKey) -> set[ColumnKey]:
        """The column, and those that a key makes equal to it."""
        found = {column}
        for rel in self._index.catalog.relationships:
            for own, other in zip(rel.columns, rel.target_columns, strict=False):
                one, two = ColumnKey(rel.table, own), ColumnKey(rel.target, other)
                if column in (one, two):
                    found |= {one, two}
        return {one for one in found if one == column or one.table not in self._facts.tables or column.table not in self._facts.tables}

    def _value(self, target: Target) -> set[Label]:
        said = target.value.casefold()
        return {
            Label.NOT if one.negated or one.operator == "<>" else Label.WHERE
            for one in self._facts.conditions
            if one.column in self._same(ColumnKey(target.table, target.column))
            and said in [value.casefold().strip("%") for value in one.values]
        }

    def _text(self, target: Target) -> set[Label]:
        said = target.value.casefold()
        return {
            Label.NOT if one.negated or one.operator == "<>" else Label.WHERE
            for one in self._facts.conditions
            if said in [value.casefold().strip("%") for value in one.values]
        }

    def _number(self, target: Target) -> set[Label]:
        number, found = float(target.value), set[Label]()
        for one in self._facts.conditions:
            if any(_equals(value.strip("%"), number) for value in one.values):
                found.add(Label.NOT if one.operator == "<>" or one.negated else Label.WHERE)
        if any(_equals(value, number) for _, _, value in self._facts.having):
            found.add(Label.HAVING)
        if number in self._facts.limits and (self._facts.order or number > 1):
            found.add(Label.LIMIT)
        return found


def _condition(condition: Condition) -> Label:
    if condition.operator == "null":
        return Label.NOT_NULL if condition.negated else Label.NULL
    if condition.against:
        return Label.AGAINST
    return Label.WHERE


def _equals(value: str, number: float) -> bool:
    try:
        return abs(float(value) - number) < 1e-9
    except ValueError:
        return False


def ignored(acceptables: Sequence[Acceptable]) -> int:
    return sum(not any(one.labels) for one in acceptables)
