"""What a SELECT reads: its tables by alias, how they are joined, which of them is the many side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlglot import exp

from services.ml_gateway.engine.model import Catalog, ColumnKey, Table
from services.ml_gateway.engine.query.model import Field, Rows
from services.ml_gateway.training.problems import NotRepresentable


@dataclass(frozen=True, slots=True)
class Edge:
    """many.column = one.column; relationship is the catalog's number of it, None where the catalog has no such key."""

    many: str
    many_column: str
    one: str
    one_column: str
    relationship: int | None
    alike: bool = False  # each side has at most one row for the other


@dataclass
class Sources:
    """Aliases are in lower case. outer: the sources of the statement around."""

    catalog: Catalog
    tables: dict[str, Table] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    conditions: list[exp.Expr] = field(default_factory=list)  # of WHERE and ON, without what only joins
    outer: Sources | None = None

    def find(self, column: exp.Column) -> tuple[str, str] | None:
        """(alias, the column's exact name); None where no table here has it."""
        name = column.name.lower()
        aliases = [column.table.lower()] if column.table else list(self.tables)
        for alias in aliases:
            if alias in self.tables:
                for known in self.tables[alias].columns:
                    if known.name.lower() == name:
                        return alias, known.name
        return None

    def rows(self, alias: str) -> Rows:
        """The alias as rows of its table: in a role where the table could be reached by more than one key."""
        table = self.tables[alias].key
        twice = sum(other.key == table for other in self.tables.values()) > 1
        for edge in self.edges:
            if edge.one == alias and edge.relationship is not None:
                among = self.catalog.relationships[edge.relationship]
                same = [r for r in self.catalog.relationships if (r.table, r.target) == (among.table, among.target)]
                if twice or len(same) > 1:
                    return Rows(table, edge.relationship)
        return Rows(table)

    def field(self, alias: str, column: str) -> Field:
        """A key that points to a joined table is that table's own key."""
        seen = {alias}
        while up := next(
            (e for e in self.edges if (e.many, e.many_column) == (alias, column) and e.one not in seen), None
        ):
            alias, column = up.one, up.one_column
            seen.add(alias)
        rows = self.rows(alias)
        return Field(ColumnKey(rows.table, column), rows.role)

    def is_key(self, one: Field) -> bool:
        return (one.key.name,) == self.catalog.by_key[one.key.table].primary_key or one.key.name in _unique(
            self.catalog.by_key[one.key.table]
        )

    def bottom(self, *, of: set[str] | None = None) -> str:
        """The alias whose rows are the join's rows: from it, every other is reached by keys that point to one row."""
        among = of or set(self.tables)
        reaching = [alias for alias in self.tables if alias in among and among <= self._above(alias)]
        if not reaching:
            raise NotRepresentable("rows of two many sides")
        pointed = {edge.one for edge in self.edges if not edge.alike}
        return next((alias for alias in reaching if alias not in pointed), reaching[0])

    def below(self, anchor: str) -> set[str]:
        """The aliases that a row of the anchor may have several rows of."""
        return set(self.tables) - self._above(anchor)

    def _above(self, alias: str) -> set[str]:
        found, left = {alias}, [alias]
        while left:
            at = left.pop()
            for edge in self.edges:
                steps = [(edge.many, edge.one)] + ([(edge.one, edge.many)] if edge.alike else [])
                for start, end in steps:
                    if start == at and end not in found:
                        found.add(end)
                        left.append(end)
        return found


def sources_of(select: exp.Select, catalog: Catalog, outer: Sources | None = None) -> Sources:
    """Raises NotRepresentable for outer joins, sub-queries in FROM and tables that the catalog lacks."""
    made = Sources(catalog, outer=outer)
    joins: list[exp.Join] = select.args.get("joins") or []
    start = select.args.get("from_")
    if start is None:
        raise NotRepresentable("no table")
    for source in (start.this, *(join.this for join in joins)):
        if not isinstance(source, exp.Table):
            raise NotRepresentable("a sub-query in FROM")
        made.tables[source.alias_or_name.lower()] = _table(source.name, catalog)
    candidates: list[exp.Expr] = []
    for join in joins:
        if join.side or join.kind not in ("", "INNER", "CROSS"):
            raise NotRepresentable("an outer join")
        candidates += _shared(join, made)
        if on := join.args.get("on"):
            candidates += conjuncts(on)
    where = select.args.get("where")
    if where is not None:
        candidates += conjuncts(where.this)
    for condition in candidates:
        edge = _edge(condition, made)
        if edge:
            made.edges.append(edge)
        else:
            made.conditions.append(condition)
    return made


def _shared(join: exp.Join, sources: Sources) -> Iterator[exp.Expr]:
    """What USING says: equal columns of the joined table and of the first before it that has one of the name."""
    own = join.this.alias_or_name.lower()
    for name in join.args.get("using") or ():
        for alias, table in sources.tables.items():
            if alias == own:
                break
            if any(column.name.lower() == name.name.lower() for column in table.columns):
                yield exp.column(name.name, table=alias).eq(exp.column(name.name, table=own))
                break


def conjuncts(condition: exp.Expr) -> Iterator[exp.Expr]:
    condition = condition.unnest()
    if isinstance(condition, exp.And):
        yield from conjuncts(condition.left)
        yield from conjuncts(condition.right)
    elif isinstance(condition, exp.Boolean) and condition.this:
        return  # what the parser gives a JOIN without ON
    else:
        yield condition


def _table(name: str, catalog: Catalog) -> Table:
    for table in catalog.tables:
        if table.name.lower() == name.lower():
            return table
    raise NotRepresentable("an unknown table")


def _edge(condition: exp.Expr, sources: Sources) -> Edge | None:
    condition = condition.unnest()
    if not isinstance(condition, exp.EQ):
        return None
    left, right = condition.left.unnest(), condition.right.unnest()
    if not (isinstance(left, exp.Column) and isinstance(right, exp.Column)):
        return None
    one, other = sources.find(left), sources.find(right)
    if one is None or other is None or one[0] == other[0]:
        return None
    for many, target in ((one, other), (other, one)):
        for number, r in enumerate(sources.catalog.relationships):
            ends = (sources.tables[many[0]].key, (many[1],), sources.tables[target[0]].key, (target[1],))
            if (r.table, r.columns, r.target, r.target_columns) == ends:
                alike = many[1] in _unique(sources.tables[many[0]])
                return Edge(*many, *target, number, alike)
    unique = [name in _unique(sources.tables[alias]) for alias, name in (one, other)]
    return Edge(*one, *other, None, all(unique)) if unique[1] or not unique[0] else Edge(*other, *one, None)


def _unique(table: Table) -> set[str]:
    """Columns that tell rows apart by themselves: declared, or seen to."""
    declared = {key[0] for key in (table.primary_key, *table.unique_keys) if len(key) == 1}
    seen = {c.name for c in table.columns if table.row_count and c.distinct_count == table.row_count}
    return declared | (seen if (table.row_count or 0) > 1 else set())
