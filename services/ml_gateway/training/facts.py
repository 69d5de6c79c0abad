"""What a query's SQL asks, as a flat list of facts that the words of its question can be laid beside."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlglot
from sqlglot import exp

from services.ml_gateway.engine.model import Catalog, ColumnKey, Table, TableKey

_COMPARISONS = {exp.EQ: "=", exp.NEQ: "<>", exp.GT: ">", exp.GTE: ">=", exp.LT: "<", exp.LTE: "<="}
_AGGREGATES = {exp.Count: "count", exp.Sum: "sum", exp.Avg: "avg", exp.Min: "min", exp.Max: "max"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An output: a column (None: rows, or all columns where function is "*"), perhaps aggregated."""

    column: ColumnKey | None
    function: str = ""
    distinct: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """value is text as written, or None; against names the aggregate that it is compared with."""

    column: ColumnKey
    operator: str
    values: tuple[str, ...] = ()
    negated: bool = False
    against: str = ""


@dataclass(slots=True)
class Facts:
    tables: set[TableKey] = field(default_factory=set)
    counted: set[TableKey] = field(default_factory=set)  # whose rows a count may be of
    absent: set[TableKey] = field(default_factory=set)  # of which there must be no row
    shown: list[Shown] = field(default_factory=list)
    everything: set[TableKey] = field(default_factory=set)
    conditions: list[Condition] = field(default_factory=list)
    group: list[ColumnKey] = field(default_factory=list)
    order: list[tuple[Shown, bool, bool]] = field(default_factory=list)  # descending; only the first are kept
    having: list[tuple[Shown, str, str]] = field(default_factory=list)
    limits: list[int] = field(default_factory=list)


def facts_of(sql: str, catalog: Catalog) -> Facts:
    """Raises sqlglot's errors and ValueError for what isn't a query over the catalog."""
    found = Facts()
    _Reader(catalog, found).query(sqlglot.parse_one(sql, read="sqlite"), outer=True, negated=False)
    return found


class _Reader:
    def __init__(self, catalog: Catalog, facts: Facts) -> None:
        self._by_name = {table.name.casefold(): table for table in catalog.tables}
        self._facts = facts

    def query(self, node: exp.Expression, *, outer: bool, negated: bool) -> None:
        if isinstance(node, exp.Subquery):
            return self.query(node.this, outer=outer, negated=negated)
        if isinstance(node, exp.SetOperation):
            self.query(node.left, outer=outer, negated=negated)
            self.query(node.right, outer=False, negated=negated != isinstance(node, exp.Except))
            if isinstance(node, exp.Except) and not node.right.find(exp.Where, exp.Having):
                self._facts.absent |= {table.key for table in self._tables(node.right).values()}
            self._ordering(node, self._tables(node.left), outer=True)
            return None
        if isinstance(node, exp.Select):
            self._select(node, outer=outer, negated=negated)
        return None

    def _tables(self, select: exp.Expression) -> dict[str, Table]:
        """By alias: of this query's own FROM and JOINs."""
        if isinstance(select, exp.SetOperation | exp.Subquery):
            return self._tables(select.left if isinstance(select, exp.SetOperation) else select.this)
        sources = [select.args.get("from_") or select.args.get("from"), *(select.args.get("joins") or ())]
        named: dict[str, Table] = {}
        for source in sources:
            if source is None:
                continue
            if isinstance(source.this, exp.Subquery):
                self.query(source.this, outer=False, negated=False)
                named |= self._tables(source.this)
            elif isinstance(source.this, exp.Table) and (known := self._by_name.get(source.this.name.casefold())):
                named[source.this.alias_or_name.casefold()] = known
        return named

    def _select(self, select: exp.Select, *, outer: bool, negated: bool) -> None:
        facts, tables = self._facts, self._tables(select)
        facts.tables |= {table.key for table in tables.values()}
        group = [column for one in _list(select, "group") if (column := self._column(one, tables))]
        if outer:
            for one in select.expressions:
                if isinstance(one, exp.Star) or (
                    isinstance(getattr(one, "this", None), exp.Star) and isinstance(one, exp.Column)
                ):
                    facts.everything |= {table.key for table in tables.values()}
                    continue
                facts.shown += [s for s in self._aggregates(one, tables)] or [Shown(None, "?")]
        facts.group += group
        if select.find(exp.Count):
            own = {key.table for key in group}
            facts.counted |= {t.key for t in tables.values() if t.key not in own} or {t.key for t in tables.values()}
        where = select.args.get("where")
        if where:
            self._condition(where.this, tables, negated)
        having = select.args.get("having")
        if having:
            self._having(having.this, tables, negated)
        self._ordering(select, tables, outer=outer)

    def _ordering(self, node: exp.Expression, tables: dict[str, Table], *, outer: bool) -> None:
        order, limit = node.args.get("order"), node.args.get("limit")
        if order:
            aliases = {one.alias: one.this for one in getattr(node, "expressions", ()) if isinstance(one, exp.Alias)}
            for one in order.expressions:
                by = aliases.get(one.this.name, one.this) if isinstance(one.this, exp.Column) else one.this
                for shown in self._aggregates(by, tables):
                    self._facts.order.append((shown, bool(one.args.get("desc")), limit is not None))
        if limit and isinstance(limit.expression, exp.Literal):
            self._facts.limits.append(int(limit.expression.this))

    def _aggregates(self, node: exp.Expression, tables: dict[str, Table]) -> list[Shown]:
        """The columns and aggregates in an expression."""
        node = node.this if isinstance(node, exp.Alias | exp.Paren) else node
        if isinstance(node, exp.Column):
            column = self._column(node, tables)
            return [Shown(column)] if column else []
        for kind, name in _AGGREGATES.items():
            if isinstance(node, kind):
                inner = node.this
                distinct = isinstance(inner, exp.Distinct)
                if isinstance(inner, exp.Distinct):
                    inner = inner.expressions[0]
                return [Shown(self._column(inner, tables), name, distinct)]
        if isinstance(node, exp.Binary):
            return self._aggregates(node.left, tables) + self._aggregates(node.right, tables)
        return []

    def _column(self, node: exp.Expression, tables: dict[str, Table]) -> ColumnKey | None:
        if not isinstance(node, exp.Column):
            return None
        owners = [tables[node.table.casefold()]] if node.table.casefold() in tables else list(tables.values())
        for table in owners:
            for column in table.columns:
                if column.name.casefold() == node.name.casefold():
                    return ColumnKey(table.key, column.name)
        return None

    def _literals(self, node: exp.Expression, tables: dict[str, Table]) -> list[str]:
        if isinstance(node, exp.Column) and self._column(node, tables) is None:
            return [node.name]
        if isinstance(node, exp.Neg):
            return ["-" + node.this.name]
        return [node.name] if isinstance(node, exp.Literal) else []

    def _condition(self, node: exp.Expression, tables: dict[str, Table], negated: bool) -> None:
        if isinstance(node, exp.Paren):
            return self._condition(node.this, tables, negated)
        if isinstance(node, exp.Not):
            return self._condition(node.this, tables, not negated)
        if isinstance(node, exp.And | exp.Or):
            self._condition(node.left, tables, negated)
            return self._condition(node.right, tables, negated)
        column = (
            self._column(node.this, tables) if node.this is not None and isinstance(node.this, exp.Expression) else None
        )
        subquery = node.find(exp.Select)
        if subquery:
            return self._nested(node, subquery, column, negated)
        if column is None:
            column = self._column(getattr(node, "expression", None) or exp.Null(), tables)
            if column is None:
                return None
        other = [node.expression] if isinstance(node, exp.Binary) else []
        values = [v for one in other for v in self._literals(one, tables)]
        if isinstance(node, exp.Between):
            values = [v for key in ("low", "high") for v in self._literals(node.args[key], tables)]
        if isinstance(node, exp.In):
            values = [v for one in node.expressions for v in self._literals(one, tables)]
        if isinstance(node, exp.Is):
            self._facts.conditions.append(Condition(column, "null", (), negated))
        elif values:
            operator = _COMPARISONS.get(type(node), "like" if isinstance(node, exp.Like) else "in")
            self._facts.conditions.append(Condition(column, operator, tuple(values), negated))
        return None

    def _nested(self, node: exp.Expression, inner: exp.Select, column: ColumnKey | None, negated: bool) -> None:
        tables = self._tables(inner)
        shown = [s for one in inner.expressions for s in self._aggregates(one, tables)]
        if column and len(shown) == 1 and shown[0].function and type(node) in _COMPARISONS:
            operator = _COMPARISONS[type(node)]
            self._facts.conditions.append(Condition(column, operator, (), negated, shown[0].function))
        self.query(inner, outer=False, negated=negated)
        if negated and not inner.find(exp.Where, exp.Having):
            self._facts.absent |= {table.key for table in tables.values()}

    def _having(self, node: exp.Expression, tables: dict[str, Table], negated: bool) -> None:
        if isinstance(node, exp.And | exp.Or | exp.Paren):
            for child in (node.this, node.args.get("expression")):
                if child is not None:
                    self._having(child, tables, negated)
            return
        if isinstance(node, exp.Between):
            for shown in self._aggregates(node.this, tables):
                for key in ("low", "high"):
                    self._facts.having.append((shown, "between", node.args[key].name))
            return
        if isinstance(node, exp.Binary):
            for shown in self._aggregates(node.left, tables):
                self._facts.having.append((shown, _COMPARISONS.get(type(node), "?"), node.right.name))


def _list(select: exp.Select, key: str) -> list[exp.Expression]:
    found = select.args.get(key)
    return list(found.expressions) if found else []
