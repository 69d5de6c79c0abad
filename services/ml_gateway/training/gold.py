"""SQL text → the intermediate form: what a question with known SQL asks.

Joins vanish: where a table's columns are used, the path to it is found again when the query is compiled. Sub-queries
and set operations that only ask whether a row is connected with another become Exists.
"""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from services.ml_gateway.engine.model import Catalog, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Condition,
    Expression,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.parts import computed
from services.ml_gateway.engine.query.rows import rows_of
from services.ml_gateway.training.conditions import Conditions
from services.ml_gateway.training.membership import combined, exists, member
from services.ml_gateway.training.problems import NotRepresentable
from services.ml_gateway.training.sources import Sources, sources_of
from services.ml_gateway.training.usage import unused
from services.ml_gateway.training.values import expression

__all__ = ["NotRepresentable", "query_of"]


def query_of(sql: str, catalog: Catalog) -> Query:
    """The query that the SQL (SQLite's dialect) says. Raises NotRepresentable."""
    try:
        parsed = parse_one(sql, dialect="sqlite")
    except SqlglotError:
        raise NotRepresentable("no SQL") from None
    if not isinstance(parsed, exp.Query):
        raise NotRepresentable("no query")
    return read(parsed, catalog, None)


def read(node: exp.Query, catalog: Catalog, outer: Sources | None) -> Query:
    while isinstance(node, exp.Subquery):
        node = node.this
    if isinstance(node, exp.SetOperation):
        return combined(node, catalog, outer, read)
    if not isinstance(node, exp.Select):
        raise NotRepresentable(type(node).__name__)
    sources = sources_of(node, catalog, outer)
    return _Selecting(node, sources).query()


class _Selecting:
    def __init__(self, select: exp.Select, sources: Sources) -> None:
        self._select = select
        self._sources = sources
        self._conditions = Conditions(sources, self._member, self._nested, self._exists)

    def query(self) -> Query:
        select, sources = self._select, self._sources
        show = self._shown()
        group = self._group(show)
        order = self._order(show)
        having = select.args.get("having")
        limit = self._limit()
        distinct = select.args.get("distinct") is not None
        computed = having or any(isinstance(e, Aggregate) for e in (*show, *(o.by for o in order)))
        if group and not computed and all(e in group for e in show):
            group, distinct = (), True  # grouping that only drops repeats
        made = Query(
            show=show,
            where=self.where(),
            group=group,
            having=self._conditions.read(having.this) if having else None,
            order=order,
            limit=limit,
            distinct=distinct,
        )
        made = replace(_picking(made), subject=self._subject(made))
        return replace(made, also=unused(made, sources))

    def _subject(self, query: Query) -> Rows | None:
        """What sums and means run over, where it isn't the table of the column."""
        over = [one.of for one in computed(query) if isinstance(one, Aggregate) and not one.distinct]
        if not over or not all(isinstance(of, Field) for of in over):
            return None
        try:
            bottom = self._sources.rows(self._sources.bottom())
        except NotRepresentable:
            return None
        return None if any(rows.table == bottom.table for of in over for rows in rows_of(of)) else bottom

    def _shown(self) -> tuple[Expression, ...]:
        shown: list[Expression] = []
        for node in self._select.expressions:
            if isinstance(node, exp.Star) or (isinstance(node, exp.Column) and isinstance(node.this, exp.Star)):
                wanted = node.table.lower() if isinstance(node, exp.Column) else ""
                for alias, table in self._sources.tables.items():
                    if not wanted or alias == wanted:
                        shown += [self._sources.field(alias, column.name) for column in table.columns]
            else:
                shown.append(expression(node, self._sources))
        return tuple(shown)

    def _group(self, show: tuple[Expression, ...]) -> tuple[Expression | Rows, ...]:
        """A key groups by the rows that it is of; what hangs on the row adds nothing."""
        node = self._select.args.get("group")
        if node is None:
            return ()
        groups: list[Expression | Rows] = []
        for one in node.expressions:
            by = show[int(one.this) - 1] if isinstance(one, exp.Literal) else self._by(one)
            is_rows = isinstance(by, Field) and (by.key.name,) == self._primary(by.key.table)
            groups.append(by.rows if is_rows and isinstance(by, Field) else by)
        rows = {one for one in groups if isinstance(one, Rows)}
        kept = [one for one in groups if not (isinstance(one, Field) and one.rows in rows)]
        return tuple(dict.fromkeys(kept))

    def _primary(self, table: TableKey) -> tuple[str, ...]:
        return self._sources.catalog.by_key[table].primary_key

    def _by(self, node: exp.Expr) -> Expression:
        """An expression, or the name that SELECT gives to one."""
        if isinstance(node, exp.Column) and not node.table:
            for shown in self._select.expressions:
                if isinstance(shown, exp.Alias) and shown.alias.lower() == node.name.lower():
                    return expression(shown.this, self._sources)
        return expression(node, self._sources)

    def _order(self, show: tuple[Expression, ...]) -> tuple[Ordering, ...]:
        node = self._select.args.get("order")
        found = []
        for one in node.expressions if node is not None else ():
            key = one.this
            by = show[int(key.this) - 1] if isinstance(key, exp.Literal) and key.is_int else self._by(key)
            found.append(Ordering(by, bool(one.args.get("desc"))))
        return tuple(found)

    def _limit(self) -> int | None:
        node = self._select.args.get("limit")
        if self._select.args.get("offset") is not None:
            raise NotRepresentable("OFFSET")
        if node is None:
            return None
        if not (isinstance(node.expression, exp.Literal) and node.expression.is_int):
            raise NotRepresentable("LIMIT of something")
        return int(node.expression.this)

    def _member(self, left: Field, query: exp.Query, sources: Sources) -> Condition:
        return member(left, query, sources, read)

    def _exists(self, query: exp.Query, sources: Sources) -> Condition:
        return exists(query, sources, lambda inner: _Selecting(exp.select(), inner).where())

    def where(self) -> Condition | None:
        return self._conditions.all(self._sources.conditions)

    def _nested(self, query: exp.Query, sources: Sources) -> Query:
        return read(query, sources.catalog, sources)


def _picking(query: Query) -> Query:
    """SQLite shows, beside the one MIN or MAX, the row that has it: that is the first of an order."""
    aggregates = [e for e in query.show if isinstance(e, Aggregate)]
    if len(aggregates) != 1 or aggregates[0].function not in (Function.MIN, Function.MAX):
        return query
    one = aggregates[0]
    plain = [e for e in query.show if e != one and not _hangs(e, query.group)]
    if not plain or not isinstance(one.of, Field) or query.having:
        return query
    return replace(
        query,
        show=tuple(one.of if e == one else e for e in query.show),
        group=(),
        order=(Ordering(one.of, descending=one.function is Function.MAX),),
        limit=1,
        per=query.group,
    )


def _hangs(shown: Expression, group: tuple[Expression | Rows, ...]) -> bool:
    return shown in group or (isinstance(shown, Field) and shown.rows in group)
