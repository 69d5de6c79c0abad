"""What an answer is called, and the sentence above it: "Top 5 products by revenue, last quarter"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.ml_gateway.engine.dialog.held import about, holding, is_of_others, tags_of, when_said, with_rows
from services.ml_gateway.engine.dialog.moved import moved, without_moved
from services.ml_gateway.engine.dialog.parts import conjuncts, is_measure
from services.ml_gateway.engine.dialog.telling import in_percent, joined, others_told, told
from services.ml_gateway.engine.dialog.when import Said
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.naming import lowered, plural, singular, table_label, title
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.query.model import (
    Bucket,
    Change,
    Compare,
    Condition,
    During,
    Expression,
    Field,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Operator

MOST_CHARACTERS = 120
_COUNT = "number of "
_COUNTED = {
    Operator.EQUAL: "exactly", Operator.GREATER: "more than", Operator.LESS: "fewer than", Operator.BETWEEN: "between",
    Operator.NOT_EQUAL: "not exactly", Operator.AT_LEAST: "at least", Operator.AT_MOST: "at most",
}  # fmt: skip
_MEASURED = _COUNTED | {Operator.GREATER: "over", Operator.LESS: "under"}
_NOTHING_SAID = Said()


def short_title(query: Query, columns: Sequence[OutputColumn], index: Index, said: Said = _NOTHING_SAID) -> str:
    """ "Revenue, Germany, last month"."""
    heading = _Heading(query, columns, index, said.today)
    tags = [tag for one in heading.conditions for tag in tags_of(one, query, index, said)]
    tags += [with_rows(rows, query, index, said) for rows in query.also]
    text = title(", ".join([heading.text(), *tags]))
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1].rstrip(" ,") + "…"


def summary(query: Query, columns: Sequence[OutputColumn], index: Index, said: Said = _NOTHING_SAID) -> str:
    """ "Revenue last month, by order date, where customer country is “Germany”."."""
    heading = _Heading(query, columns, index, said.today)
    text, when, held = heading.text(), "", list[str]()
    for one in heading.conditions:
        if isinstance(one, During) and not when and not is_of_others(one, query):
            when = when_said(one, index, said)
        elif not (isinstance(one, During) and is_of_others(one, query)):
            held.append(holding(one, query, index, said))
    parts = [f"{text}{when}", *(with_rows(rows, query, index, said) for rows in query.also)]
    if held:
        parts.append(f"where {joined(held)}")
    if query.combined:
        operator, other = query.combined
        words = {"union": "and also", "intersect": "and at once", "except": "but not"}[operator.value]
        parts.append(f"{words} {others_told(other, query, index)}")
    return title(", ".join([*parts, *heading.order()])) + "."


@dataclass(frozen=True, slots=True)
class _Heading:
    """What is shown, by what it is split, and what a limit keeps of it."""

    query: Query
    columns: Sequence[OutputColumn]
    index: Index
    today: date | None = None

    @property
    def conditions(self) -> list[Condition]:
        """Those that the text doesn't tell."""
        having = [one for one in without_moved(self.query) if not (self._is_of_groups and _is_bound(one))]
        return [*conjuncts(self.query.where), *having]

    @property
    def _is_of_groups(self) -> bool:
        return bool(self._names()) and any(_is_bound(one) for one in conjuncts(self.query.having))

    @property
    def _is_best(self) -> bool:
        """Whether it is the best, or the worst, few of some groups."""
        query = self.query
        if query.limit is None or not query.order or query.per or not self._names():
            return False
        return is_measure(query.order[0].by)

    def text(self) -> str:
        numbers, names = self._numbers(), self._names()
        having = [self._bound(one) for one in conjuncts(self.query.having) if _is_bound(one)] if names else []
        if self._is_best:
            return self._best(names, having)
        if names and having:
            return joined([plural(joined(names)), joined(having)]).replace(" and with", " with", 1)
        if not numbers:
            return self._listed()
        if told := moved(query := self.query, self.today):
            numbers = [(one, f"{label} {told[2]}" if isinstance(one, Change) else label) for one, label in numbers]
            names = [name for name in names if name != self._name(told[0]) or told[0] in query.show]
        if not names:
            return joined([label for _, label in numbers])
        return f"{joined([_plain(label) for _, label in numbers])} by {joined(names)}"

    def order(self) -> list[str]:
        """What the text doesn't say of the order, and of how much is shown."""
        query = self.query
        if not query.order or self._is_best or self._is_singled:
            return []
        if query.limit is None and all(isinstance(one.by, Bucket) and not one.descending for one in query.order):
            return []  # along the time
        by = joined([told(one.by, self.index) for one in query.order])
        first = query.order[0]
        ways = _ways(first.by, self.index)
        way = ways[0] if first.descending else ways[1]
        way = {"last in the alphabet": "Z to A", "A": "A to Z"}.get(way, f"{way} first")
        only = "" if query.limit is None else f"the first {query.limit} "
        each = f" for each {joined([self._name(one) for one in query.per])}" if query.per else ""
        return [f"{only}by {by}, {way}{each}"]

    def _best(self, names: Sequence[str], having: Sequence[str]) -> str:
        query, first = self.query, self.query.order[0]
        number = self._number(first.by)
        things = joined([*names[:-1], names[-1] if query.limit == 1 else plural(names[-1])])
        things = " ".join([things, *([joined(having)] if having else [])])
        if first.descending and query.limit != 1:
            return f"top {query.limit} {things} by {number}"
        counted = number.startswith(_COUNT) or self._is_count(first.by)
        extreme = ("most" if counted else "highest") if first.descending else ("fewest" if counted else "lowest")
        lead = "" if query.limit == 1 else f"{query.limit} "
        number = number.removeprefix(_COUNT).removeprefix(f"{extreme} ")
        return f"{lead}{things} with the {extreme} {number}"

    def _is_count(self, one: Expression) -> bool:
        """A metric that counts rows: the most orders, not the highest."""
        metric = self.index.metrics[one.name] if isinstance(one, MetricValue) else None
        return metric is not None and metric.expression.lstrip().upper().startswith("COUNT(")

    @property
    def _is_singled(self) -> bool:
        """Whether it is a few rows by a column of theirs."""
        query = self.query
        return query.limit is not None and len(query.order) == 1 and not query.per and not self._numbers()

    def _listed(self) -> str:
        query, index = self.query, self.index
        rows = query.subject or about(query, index)
        labels = [lowered(column.label) for column in self.columns]
        if rows is None:
            return joined(labels)
        things = plural(table_label(rows.table, index)).lower()
        if query.limit == 1:
            things = singular(things)
        by = query.order[0].by if self._is_singled and query.order else None
        shown = [(one, label) for one, label in zip(query.show, labels, strict=True) if one != by or len(labels) == 1]
        keys = {one.key.name for one, _ in shown if isinstance(one, Field) and one.rows.table == rows.table}
        itself = len(keys) == len(shown) and (
            keys == set(index.tables[rows.table].labels) or keys >= _visible(rows, index, by)
        )
        lead = f"first {query.limit} " if query.limit is not None and query.limit != 1 and not query.order else ""
        if query.limit is not None and by is not None:
            first = query.order[0]
            lead = "" if query.limit == 1 else f"{query.limit} "
            ways = _ways(by, index)
            things += f" with the {_extreme(ways[0] if first.descending else ways[1])} {told(by, index)}"
        if itself:
            return f"{lead}{things}"
        the = "the " if query.limit is not None else ""
        return f"{joined([label for _, label in shown])} of {the}{lead}{things}"

    def _numbers(self) -> list[tuple[Expression, str]]:
        shown = zip(self.query.show, self.columns, strict=True)
        return [(one, lowered(column.label)) for one, column in shown if column.is_measure]

    def _number(self, one: Expression) -> str:
        return next((label for shown, label in self._numbers() if shown == one), told(one, self.index))

    def _names(self) -> list[str]:
        """By what rows are told apart, where they are groups; a first and a last name tell one person, who is named by
        what the table is of."""
        query, found = self.query, list[str]()
        if not query.group:
            return found
        for one, column in zip(query.show, self.columns, strict=True):
            if column.is_measure:
                continue
            name = lowered(column.label)
            if isinstance(one, Field) and self._is_entity(one):
                name = self._name(one.rows)
            found.append(name)
        return list(dict.fromkeys(found)) or [self._name(one) for one in query.group]

    def _is_entity(self, one: Field) -> bool:
        return one.rows in self.query.group and one.key.name in self.index.tables[one.key.table].labels

    def _name(self, one: Expression | Rows) -> str:
        if not isinstance(one, Rows):
            return told(one, self.index)
        role = "" if one.role is None else " ".join(role_words(self.index.catalog.relationships[one.role]))
        return role or singular(table_label(one.table, self.index)).lower()

    def _bound(self, one: Condition) -> str:
        """ "With more than 2 orders"."""
        assert isinstance(one, Compare)
        assert isinstance(one.right, tuple)
        label = self._number(one.left)
        values = in_percent(one.left, one.right, self.index, " and ") or joined(
            [f"{value:g}" if isinstance(value, float | int) else str(value) for value in one.right]
        )
        if label.startswith(_COUNT):
            return f"with {_COUNTED[one.operator]} {values} {label.removeprefix(_COUNT)}"
        return f"with {label} {_MEASURED[one.operator]} {values}"


def _is_bound(one: Condition) -> bool:
    """A number of each group that is held against numbers."""
    return (
        isinstance(one, Compare) and isinstance(one.right, tuple) and bool(one.right)
        and is_measure(one.left) and one.operator in _COUNTED
    )  # fmt: skip


def _plain(label: str) -> str:
    return label.removeprefix(_COUNT)  # "Customers by country"


def _visible(rows: Rows, index: Index, by: Expression | None) -> set[str]:
    """The columns of which whole rows are shown."""
    left_out = by.key.name if isinstance(by, Field) else ""
    return {one.name for one in index.catalog.by_key[rows.table].columns if not one.hidden and one.name != left_out}


def _ways(one: Expression, index: Index) -> tuple[str, str]:
    kind = index.catalog.columns[one.key].data_type if isinstance(one, Field) else DataType.NUMBER
    if kind.temporal or isinstance(one, Bucket):
        return "latest", "earliest"
    return ("last in the alphabet", "A") if kind is DataType.TEXT else ("largest", "smallest")


def _extreme(way: str) -> str:
    return {"largest": "highest", "smallest": "lowest", "last in the alphabet": "last", "A": "first"}.get(way, way)
