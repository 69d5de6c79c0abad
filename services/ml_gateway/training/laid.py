"""Facts of a query laid beside the words of its question: which labels each meaning of each item may have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import Aggregate, Expression, Field, Function, Rows
from services.ml_gateway.engine.reader.labelling.labels import Label, allowed
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence
from services.ml_gateway.training.facts import Facts, counted, measured, metric
from services.ml_gateway.training.held import column_label, equal, flag_label, numbered, value_label

_AGGREGATES = {
    Function.SUM: Label.SUM, Function.AVG: Label.AVG, Function.MIN: Label.MIN, Function.MAX: Label.MAX,
}  # fmt: skip
_ORDERED = {
    (False, False): Label.ASC, (True, False): Label.DESC, (False, True): Label.TOP_ASC, (True, True): Label.TOP_DESC,
}  # fmt: skip
_NEARLY = 0.02
_LIKE_A_NAME = 0.85  # "assigned" lets think of assignments, which the query asks in any case
_SAID_TOO = 0.15  # what scores so much less than something else isn't said by the words
_VERBS = frozenset({"have", "be", "do", "that", "with"})
_SHOWN = {key: Label[f"SHOW_{label.name}"] for key, label in _ORDERED.items()}
_RANKED = {key: Label[f"RANK_{label.name}"] for key, label in _ORDERED.items()}


@dataclass(frozen=True, slots=True)
class Acceptable:
    """For each choice of an item the labels that the query allows; none for any choice: the item is ignored.

    ignorable: the query says the same where the item is ignored.
    """

    labels: tuple[frozenset[Label], ...]
    ignorable: bool = False


def acceptable(sentence: Sentence, facts: Facts, index: Index) -> tuple[Acceptable, ...]:
    laying = _Laying(sentence, facts, index)
    return tuple(laying.item(item) for item in sentence.items)


class _Laying:
    def __init__(self, sentence: Sentence, facts: Facts, index: Index) -> None:
        self._sentence, self._facts, self._index = sentence, facts, index
        self._columns = {
            ColumnKey(choice.target.table, choice.target.column)
            for item in sentence.items
            for choice in item.choices
            if choice.target.kind is TargetKind.COLUMN
        }
        self._said: dict[ColumnKey, float] = {}
        for item in sentence.items:
            for choice in item.choices:
                if choice.target.kind is TargetKind.COLUMN:
                    key = ColumnKey(choice.target.table, choice.target.column)
                    self._said[key] = max(self._said.get(key, 0.0), choice.score)
        self._common = self._commonest()
        self._mentions = Counter(key for item in sentence.items for key in self._meant(item))

    def _meant(self, item: Item) -> set[ColumnKey]:
        return {
            ColumnKey(choice.target.table, choice.target.column)
            for choice in item.choices
            if choice.target.kind is TargetKind.COLUMN and choice.score > item.choices[0].score - _SAID_TOO
        }

    def item(self, item: Item) -> Acceptable:
        found = [
            frozenset(self._labels(item, choice.target) & set(allowed(choice.target, item.measured, choice.how)))
            - ({Label.CONTEXT} if choice.score < item.choices[0].score - _SAID_TOO else set())
            for choice in item.choices
        ]
        best = item.choices[0]
        if best.target.kind is TargetKind.TABLE and Label.CONTEXT in found[0]:
            found = [
                labels if not self._better(choice) else frozenset()
                for choice, labels in zip(item.choices, found, strict=True)
            ]
        found = self._best_said(item, self._in_role(item, found))
        strong = [labels - {Label.CONTEXT} for labels in found]
        if any(strong):
            return Acceptable(tuple(strong))  # what has a part is no mere context
        if best.target.kind is TargetKind.TABLE and not any(found) and self._is_between(best.target.table):
            return Acceptable((frozenset({Label.CONTEXT}), *found[1:]), ignorable=True)
        return Acceptable(tuple(found), ignorable=any(found) and best.score < _LIKE_A_NAME)

    def _is_between(self, table: TableKey) -> bool:
        """Whether rows of it tie tables that the query asks."""
        targets = {one.target for one in self._index.catalog.relationships if one.table == table}
        return len(targets & self._facts.tables) > 1

    def _best_said(self, item: Item, found: list[frozenset[Label]]) -> list[frozenset[Label]]:
        """Without meanings that happen to have a part too though the words say another that has one better."""
        found = [
            frozenset() if self._only_implied(choice) else labels
            for choice, labels in zip(item.choices, found, strict=True)
        ]
        scored = [
            (choice.score, labels)
            for choice, labels in zip(item.choices, found, strict=True)
            if labels and not choice.target.literal
        ]
        if not scored:
            return found
        best = max(score for score, _ in scored)
        wanted = frozenset[Label]().union(*(labels for score, labels in scored if score >= best - _NEARLY))
        return [
            labels if choice.target.literal or choice.score >= best - _NEARLY else
            labels & wanted if choice.score >= best - _SAID_TOO else frozenset()
            for choice, labels in zip(item.choices, found, strict=True)
        ]  # fmt: skip

    def _only_implied(self, choice: Choice) -> bool:
        """A column that a number or the part of a table lets think of, where other words say it."""
        target = choice.target
        if target.kind is not TargetKind.COLUMN or (choice.how != "question" and target.relationship is None):
            return False
        return self._said[ColumnKey(target.table, target.column)] > choice.score + 0.1

    def _in_role(self, item: Item, found: list[frozenset[Label]]) -> list[frozenset[Label]]:
        """Where a meaning has the part of its table that the query asks for, those that haven't are none."""
        roles = self._facts.roles
        plain = {
            (choice.target.table, choice.target.column): choice.score
            for choice in item.choices
            if choice.target.relationship is None
        }
        meant = {
            choice.target.table
            for choice, labels in zip(item.choices, found, strict=True)
            if labels
            and choice.target.relationship in roles
            and choice.score > plain.get((choice.target.table, choice.target.column), 0.0) - _SAID_TOO
        }
        return [
            frozenset() if choice.target.table in meant and choice.target.relationship not in roles else labels
            for choice, labels in zip(item.choices, found, strict=True)
        ]

    def _better(self, choice: Choice) -> bool:
        """Whether other words say the column better than words that name a table."""
        target = choice.target
        if target.kind is not TargetKind.COLUMN:
            return False
        best = max(self._said[one] for one in self._same(ColumnKey(target.table, target.column)) if one in self._said)
        return best > choice.score + 0.1

    def _labels(self, item: Item, target: Target) -> set[Label]:
        match target.kind:
            case TargetKind.TABLE:
                return self._table(item, target.table)
            case TargetKind.COLUMN:
                return self._column(ColumnKey(target.table, target.column))
            case TargetKind.VALUE:
                return self._value(target.value, ColumnKey(target.table, target.column), target.relationship)
            case TargetKind.FLAG:
                return self._flag(ColumnKey(target.table, target.column))
            case TargetKind.METRIC:
                return self._metric(target.metric)
            case TargetKind.LITERAL if target.literal is LiteralKind.NUMBER:
                return self._number(float(target.value))
            case TargetKind.LITERAL:
                return self._value(target.value, None)
            case _:
                return set()

    def _commonest(self) -> Expression | Rows | None:
        """The group with the most rows of its own table, or of one that no words name."""
        named = {
            choice.target.table
            for item in self._sentence.items
            for choice in item.choices
            if choice.target.kind is TargetKind.TABLE and choice.score > 0.8
        }
        for by, _, top in self._facts.order:
            rows = counted(by)
            for group in self._facts.group if rows and top else ():
                own = isinstance(group, Field) and rows and group.key.table == rows.table
                if own or not any(self._bridged(rows, table) for table in named):
                    return group
        return None

    def _table(self, item: Item, table: TableKey) -> set[Label]:
        facts, found = self._facts, set[Label]()
        columns = {ColumnKey(table, c.name) for c in self._index.catalog.by_key[table].columns}
        if len(columns) > 2 and columns <= {one.key for one in facts.shown if isinstance(one, Field)}:
            return {Label.ALL}
        for one in facts.shown:
            if isinstance(one, Aggregate) and one.function is Function.COUNT:
                near = self._after_count(item) and table == item.choices[0].target.table
                of = one.of.table if isinstance(one.of, Rows) else None
                key = isinstance(one.of, Field) and self._stands_for(one.of.key, table)
                if of == table or key or near:
                    found.add(Label.COUNT)
        common = self._common
        if isinstance(common, Rows) and common.table == table:
            found.add(Label.COMMON if any(d for _, d, _ in facts.order) else Label.RARE)
        for by, descending, top in facts.order:
            if self._bridged(counted(by), table) and not isinstance(common, Field):
                found.add(_ORDERED[descending, top])
        for by, _ in facts.having:
            if self._bridged(counted(by), table) or ((key_of := measured(by)) and self._stands_for(key_of, table)):
                found.add(Label.HAVING)
        if table in facts.absent:
            found.add(Label.NOT)
        for one in facts.shown:
            if isinstance(one, Field) and one.key not in self._columns and self._stands_for(one.key, table):
                found.add(Label.SHOW)
        for group in facts.group:
            shown = any(isinstance(one, Field) for one in facts.shown)
            if not shown and (
                group == Rows(table) or (isinstance(group, Field) and self._stands_for(group.key, table))
            ):
                found.add(Label.GROUP)
        if table in facts.tables:
            found.add(Label.CONTEXT)
        return found

    def _after_count(self, item: Item) -> bool:
        """ "How many", "the number of", with nothing between but what holds of it: "how many large stores"."""
        for position in range(item.first - 1, max(item.first - 6, -1), -1):
            symbol = self._sentence.symbols[position]
            if WORDS.get(symbol) == "count":
                return True
            if symbol in ("T", "C", "M") or WORDS.get(symbol) in _VERBS:
                return False
        return False

    def _bridged(self, rows: Rows | None, table: TableKey) -> bool:
        """Rows that tie a row of the table to something else may be spoken of by its name."""
        return rows is not None and (
            rows.table == table
            or any(
                rel.table == rows.table and rel.target == table and not self._own(rel.target)
                for rel in self._index.catalog.relationships
            )
        )

    def _own(self, table: TableKey) -> bool:
        """Whether the groups are rows of the table."""
        return any(
            (isinstance(one, Rows) and one.table == table)
            or (isinstance(one, Field) and self._stands_for(one.key, table))
            for one in self._facts.group
        )

    def _stands_for(self, column: ColumnKey, table: TableKey) -> bool:
        """Whether a column says which row of the table: its label, its key, or a key that points at it."""
        facts = self._index.tables[table]
        if column.table == table:
            return column.name in facts.labels or (column.name,) == facts.table.primary_key
        return any(
            rel.table == column.table and rel.target == table and column.name in rel.columns
            for rel in self._index.catalog.relationships
        )

    def _column(self, column: ColumnKey) -> set[Label]:
        facts, found = self._facts, set[Label]()
        same = self._same(column)
        for one in facts.shown:
            if measured(one) not in same:
                continue
            if not isinstance(one, Aggregate):
                found.add(Label.SHOW)
            elif one.function is Function.COUNT:
                found.add(Label.COUNT_DISTINCT if one.distinct else Label.COUNT)
            elif one.function in _AGGREGATES:
                found.add(_AGGREGATES[one.function])
        for held in facts.held:
            if held.column in same:
                found.add(column_label(held, self._index.catalog.columns[held.column]))
        for by, descending, top in facts.order:
            if measured(by) not in same:
                continue
            if isinstance(by, Aggregate):
                found.add(_RANKED[descending, top])
            else:
                found.add(_ORDERED[descending, top])
                if Label.SHOW in found and self._mentions[column] < 2:
                    found -= {Label.SHOW, _ORDERED[descending, top]}
                    found.add(_SHOWN[descending, top])
        if not found and self._index.catalog.columns[column].data_type is DataType.TEXT:
            for by, descending, top in facts.order:  # "the most delegates", where each row names one
                if top and (rows := counted(by)) and rows.table == column.table and self._common is None:
                    found.add(_ORDERED[descending, top])
        if any(measured(by) in same for by, _ in facts.having):
            found.add(Label.HAVING)
        if any(isinstance(one, Field) and one.key in same for one in facts.group):
            if Label.SHOW not in found:
                found.add(Label.GROUP)
            elif isinstance(self._common, Field) and self._common.key in same:
                found.remove(Label.SHOW)
                found.add(Label.COMMON if any(descending for _, descending, _ in facts.order) else Label.RARE)
        return found

    def _same(self, column: ColumnKey) -> set[ColumnKey]:
        """The column, and what a key makes equal to it where its own table isn't asked at all."""
        found = {column}
        if column.table in self._facts.tables:
            return found
        for rel in self._index.catalog.relationships:
            for own, other in zip(rel.columns, rel.target_columns, strict=False):
                pair = {ColumnKey(rel.table, own), ColumnKey(rel.target, other)}
                found |= pair if column in pair else set()
        return found

    def _value(self, value: str, column: ColumnKey | None, role: int | None = None) -> set[Label]:
        """column: None where any may hold it. A table in two parts is meant in one of them."""
        same = self._same(column) if column else None
        if column is None and (person := self._person(value)):
            return {person}
        return {
            value_label(one)
            for one in self._facts.held
            if (same is None or one.column in same)
            and role in (None, one.role)
            and any(equal(value, other) for other in one.values)
        }

    def _person(self, value: str) -> Label | None:
        """ "Jane Smith", where first and last names are held apart."""
        words = value.split()
        if len(words) != 2 or any(equal(value, other) for one in self._facts.held for other in one.values):
            return None
        parts = [next((one for one in self._facts.held if any(equal(word, v) for v in one.values)), None)
                 for word in words]  # fmt: skip
        first, last = parts
        if first is None or last is None or first.column.table != last.column.table or first.column == last.column:
            return None
        return value_label(first)

    def _flag(self, column: ColumnKey) -> set[Label]:
        """ "Active products": the column must hold, or must not."""
        known = self._index.catalog.columns[column]
        said = (flag_label(one, known) for one in self._facts.held if one.column == column)
        return {label for label in said if label is not None}

    def _metric(self, name: str) -> set[Label]:
        facts, found = self._facts, set[Label]()
        shown = any(metric(one) == name for one in facts.shown)
        if shown:
            found.add(Label.SHOW)
        for by, descending, top in facts.order:
            if metric(by) == name:
                found.add(_ORDERED[descending, top])
                found |= {_SHOWN[descending, top]} if shown else set()
        if any(metric(by) == name for by, _ in facts.having):
            found.add(Label.HAVING)
        return found

    def _number(self, number: float) -> set[Label]:
        found = {
            value_label(one)
            for one in self._facts.held
            if any(equal(number, other) or numbered(number, other, one.column) for other in one.values)
        }
        if any(equal(number, value) for _, values in self._facts.having for value in values):
            found.add(Label.HAVING)
        if number in self._facts.limits and number > 1:
            found.add(Label.LIMIT)
        return found
