"""Labelled parts → the queries that they can make, the plainest first.

What the labels leave open (which of two ways to nest, whether equal rows are dropped) gives several queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, DataType, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Ordering,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.reader.comparing import either, of_number
from services.ml_gateway.engine.reader.conditions import Atom, Conditions, field_of, negation
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.items import Sentence
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.reader.marks import WORDS
from services.ml_gateway.engine.reading import Operator

_AGGREGATED = {
    Label.SUM: Function.SUM, Label.AVG: Function.AVG, Label.MIN: Function.MIN, Label.MAX: Function.MAX,
}  # fmt: skip
_TOP = {
    Label.TOP_ASC: False, Label.TOP_DESC: True, Label.SHOW_TOP_ASC: False, Label.SHOW_TOP_DESC: True,
    Label.RANK_TOP_ASC: False, Label.RANK_TOP_DESC: True, Label.COMMON: True, Label.RARE: False,
}  # fmt: skip
_SORTED = {
    Label.ASC: False, Label.DESC: True, Label.SHOW_ASC: False, Label.SHOW_DESC: True,
    Label.RANK_ASC: False, Label.RANK_DESC: True,
}  # fmt: skip
_ORDER = {**_TOP, **_SORTED}
_FUNCTIONS = {
    "average": Function.AVG, "sum": Function.SUM, "least": Function.MIN, "most": Function.MAX,
    "median": Function.MEDIAN, "longest": Function.MAX, "shortest": Function.MIN,
}  # fmt: skip
_RANK = (Label.RANK_ASC, Label.RANK_DESC, Label.RANK_TOP_ASC, Label.RANK_TOP_DESC)
_SHOWING = (
    Label.SHOW, Label.SHOW_ASC, Label.SHOW_DESC, Label.SHOW_TOP_ASC, Label.SHOW_TOP_DESC, Label.COMMON, Label.RARE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assembled:
    """A query, and what was left over or taken for granted in making it."""

    query: Query
    notes: tuple[str, ...] = ()


def assemble(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Assembled, ...]:
    """Empty where the parts make no query."""
    return _Assembling([p for p in parts if p.choice], sentence, index).queries()


class _Assembling:
    def __init__(self, parts: list[Part], sentence: Sentence, index: Index) -> None:
        self._parts, self._sentence, self._index = parts, sentence, index
        self._notes: list[str] = []
        self._kinds = [WORDS.get(symbol, "") for symbol in sentence.symbols]

    # What is shown

    def _shown(self) -> list[Expression]:
        shown: list[Expression] = []
        for part in self._parts:
            assert part.choice
            target = part.choice.target
            if target.kind is TargetKind.METRIC and part.label is Label.SHOW:
                shown.append(MetricValue(target.metric))
            elif target.kind is TargetKind.TABLE:
                shown += self._shown_of_table(part)
            elif target.kind is TargetKind.COLUMN:
                shown += self._shown_of_column(part)
        return list(dict.fromkeys(shown))

    def _shown_of_table(self, part: Part) -> list[Expression]:
        assert part.choice
        target = part.choice.target
        rows = Rows(target.table, target.relationship)
        if part.label is Label.ALL:
            table = self._index.catalog.by_key[target.table]
            return [Field(ColumnKey(table.key, c.name), rows.role) for c in table.columns if not c.hidden]
        if part.label in (Label.COUNT, Label.COUNT_DISTINCT):
            return [Aggregate(Function.COUNT, rows)]
        if part.label in (Label.SHOW, Label.COMMON, Label.RARE):
            return list(self._labels(rows))
        return []

    def _labels(self, rows: Rows) -> tuple[Field, ...]:
        return tuple(Field(ColumnKey(rows.table, name), rows.role) for name in self._index.tables[rows.table].labels)

    def _shown_of_column(self, part: Part) -> list[Expression]:
        field = field_of(part)
        if part.label in _SHOWING:
            return [field]
        if part.label in _AGGREGATED:
            functions = dict.fromkeys((_AGGREGATED[part.label], *self._listed(part)))
            return [Aggregate(function, field) for function in functions]
        if part.label is Label.COUNT:
            return [Aggregate(Function.COUNT, field)]
        if part.label is Label.COUNT_DISTINCT:
            return [Aggregate(Function.COUNT, field, distinct=True)]
        return []

    def _listed(self, part: Part) -> list[Function]:
        """ "The minimum, maximum and average price": all the aggregates that stand before one name."""
        found: list[Function] = []
        for position in range(part.item.first - 1, -1, -1):
            symbol, kind = self._sentence.symbols[position], self._kinds[position]
            if kind in _FUNCTIONS:
                found.insert(0, _FUNCTIONS[kind])
            elif symbol != "," and kind not in ("and", "that", "the", "of", "both"):
                break
        return found if len(found) > 1 else []

    def _something(self) -> list[Expression]:
        """What is shown where no part is: a count where the question counts, else the first table named."""
        tables = [p for p in self._parts if p.choice and p.choice.target.kind is TargetKind.TABLE]
        self._notes.append("nothing shown")
        if not tables:
            grouped = [p for p in self._parts if p.label is Label.GROUP and p.choice.target.column]  # type: ignore[union-attr]
            fields: list[Expression] = [field_of(p) for p in grouped]
            owners = {p.choice.target.table for p in self._parts if p.choice and p.choice.target.table.name}
            if "count" in self._kinds and len(owners) == 1:
                return [Aggregate(Function.COUNT, Rows(owners.pop()))]
            return fields
        assert tables[0].choice
        target = tables[0].choice.target
        rows = Rows(target.table, target.relationship)
        if "count" in self._kinds[:4]:
            return [Aggregate(Function.COUNT, rows)]
        return list(self._labels(rows))

    def _keyed(self, shown: list[Expression]) -> list[Expression]:
        """With the keys of tables that are shown, in place of what names their rows; empty where that is the same."""
        found = list(shown)
        for part in self._parts:
            assert part.choice
            target = part.choice.target
            if target.kind is not TargetKind.TABLE or part.label not in (Label.SHOW, Label.COMMON, Label.RARE):
                continue
            rows = Rows(target.table, target.relationship)
            key, labels = self._key(rows), self._labels(rows)
            if key and key not in labels and labels and labels[0] in found:
                found[found.index(labels[0])] = key
                found = [one for one in found if one not in labels]
        return list(dict.fromkeys(found)) if found != shown else []

    # Whose rows are ranked or counted

    def _host(self, part: Part, shown: Sequence[Expression]) -> Rows | Field | None:
        """What "with the most employees" is said of: the nearest name before that is no condition."""
        for other in reversed([p for p in self._parts if p.item.first < part.item.first]):
            assert other.choice
            target = other.choice.target
            if other.label in (Label.HAVING, Label.COUNT, Label.COUNT_DISTINCT, Label.NOT) or other.label in _ORDER:
                if other.label not in _SHOWING:
                    continue
            if target.kind is TargetKind.TABLE and target.table != part.choice.target.table:  # type: ignore[union-attr]
                return Rows(target.table, target.relationship)
            if target.kind is TargetKind.COLUMN and (other.label in _SHOWING or other.label is Label.GROUP):
                return self._hosting(field_of(other), part)
        for one in shown:
            if isinstance(one, Field):
                return self._hosting(one, part)
        following = [p for p in self._parts if p.item.first > part.item.first]
        for other in following:
            assert other.choice
            if other.choice.target.kind is TargetKind.TABLE:
                return Rows(other.choice.target.table, other.choice.target.relationship)
        return None

    def _hosting(self, field: Field, part: Part) -> Rows | Field:
        """A table's rows aren't ranked by their own number: the column's values are."""
        assert part.choice
        return field if field.key.table == part.choice.target.table else self._entity(field)

    def _entity(self, field: Field) -> Rows | Field:
        """A row where the column tells rows apart or names them, else the column's value."""
        facts = self._index.tables[field.key.table]
        if field.key.name in facts.labels or field.key.name in facts.unique:
            return field.rows
        named = {p.choice.target.table for p in self._parts if p.choice and p.choice.target.kind is TargetKind.TABLE}
        return field.rows if field.key.table in named else field

    # Clauses

    def queries(self) -> tuple[Assembled, ...]:
        shown = self._shown() or self._something()
        if not shown:
            return ()
        fields = [one for one in shown if isinstance(one, Field)]
        conditions = Conditions(self._parts, self._sentence, self._index, fields)
        self._notes += ["unbound"] * len(conditions.unbound) + ["unused column"] * len(conditions.unused)
        made = [Query(show=tuple(one)) for one in (shown, self._keyed(shown)) if one]
        made = [self._grouped(one) for one in made]
        made = [further for one in made for further in self._counted(one)]
        made = [further for one in made for further in self._ordered(one)]
        made = [further for one in made for further in self._where(one, conditions)]
        made = [self._with_context(one) for one in made]
        made = [further for one in made for further in self._distinct(one)]
        made += [further for one in made if (further := self._row_by_row(one))]
        made = [self._timed(one, conditions.unused) for one in made]
        return tuple(Assembled(one, tuple(self._notes)) for one in dict.fromkeys(made))

    def _grouped(self, query: Query) -> Query:
        computed = [one for one in query.show if isinstance(one, Aggregate | MetricValue)]
        groups: list[Expression | Rows] = []
        for part in self._parts:
            assert part.choice
            target = part.choice.target
            if part.label is Label.GROUP or part.label in (Label.COMMON, Label.RARE):
                rows = Rows(target.table, target.relationship)
                groups.append(rows if target.kind is TargetKind.TABLE else field_of(part))
        if computed:
            for one in query.show:
                if isinstance(one, Field):
                    entity = self._entity(one) if one.key.name in self._index.tables[one.key.table].labels else one
                    groups.append(entity if isinstance(entity, Rows) and self._is_named(entity) else one)
        kept = dict.fromkeys(groups)
        rows_of = {one for one in kept if isinstance(one, Rows)}
        return replace(
            query, group=tuple(one for one in kept if not (isinstance(one, Field) and one.rows in rows_of))
        )

    def _is_named(self, rows: Rows) -> bool:
        return any(
            p.choice and p.choice.target.kind is TargetKind.TABLE and p.choice.target.table == rows.table
            for p in self._parts
        )

    def _counted(self, query: Query) -> list[Query]:
        """HAVING: so many rows of a table, or an aggregate of a column."""
        numbers = [p for p in self._parts if p.label is Label.HAVING and p.choice.target.kind is TargetKind.LITERAL]  # type: ignore[union-attr]
        names = [p for p in self._parts if p.label is Label.HAVING and p.choice.target.kind is not TargetKind.LITERAL]  # type: ignore[union-attr]
        found = [query]
        for number in numbers:
            name = min(names, key=lambda p: abs(p.item.first - number.item.first), default=None)
            if name is not None:
                names.remove(name)
            found = [further for one in found for further in self._having(one, number, name)]
        self._notes += ["unused having"] * len(names)
        return found

    def _having(self, query: Query, number: Part, name: Part | None) -> list[Query]:
        assert number.choice
        value = float(number.choice.target.value)
        operator = of_number(self._sentence, number.item)
        measured = self._measured(name, number, query)
        host = self._host(name or number, query.show)
        if measured is None or host is None:
            self._notes.append("unplaced having")
            return [query]
        compare = Compare(measured, operator, (value,))
        flat = self._flat(query, host, having=compare)
        if flat is not None:
            return [flat]
        return [self._within(query, host, Query(show=(), group=(host,), having=compare))]

    def _measured(self, name: Part | None, near: Part, query: Query) -> Aggregate | None:
        if name is None:
            for one in query.show:
                if isinstance(one, Aggregate):
                    return one
            tables = [p.choice.target for p in self._parts if p.choice and p.choice.target.kind is TargetKind.TABLE]
            fields = [one for one in query.show if isinstance(one, Field)]
            if fields:
                return Aggregate(Function.COUNT, Rows(fields[0].key.table))
            return Aggregate(Function.COUNT, Rows(tables[0].table)) if tables else None
        assert name.choice
        target = name.choice.target
        if target.kind is TargetKind.TABLE:
            return Aggregate(Function.COUNT, Rows(target.table, target.relationship))
        function = self._function_near(name)
        field = field_of(name)
        if function is None or not self._index.catalog.columns[field.key].data_type.numeric:
            return Aggregate(Function.COUNT, field, distinct=True)
        return Aggregate(function, field)

    def _function_near(self, part: Part) -> Function | None:
        for kind in reversed(self._kinds[max(part.item.first - 4, 0) : part.item.first]):
            if kind in ("average", "sum", "count"):
                return {"average": Function.AVG, "sum": Function.SUM}.get(kind)
        return Function.SUM

    def _flat(self, query: Query, host: Rows | Field, **more: object) -> Query | None:
        """The query grouped by the host, where all that it shows hangs on that."""
        group = tuple(dict.fromkeys((*query.group, host)))
        if isinstance(host, Rows):
            group = tuple(one for one in group if one == host or not (isinstance(one, Field) and one.rows == host))
        for one in query.show:
            if isinstance(one, Field) and one not in group and one.rows not in group:
                if not self._above(host, one.rows):
                    return None
        if any(isinstance(one, Aggregate) for one in query.show) and not query.group:
            return None
        return replace(query, group=group, **more)  # type: ignore[arg-type]

    def _above(self, host: Rows | Field, rows: Rows) -> bool:
        if isinstance(host, Field) or host.table == rows.table:
            return False
        paths = self._index.graph.nearest(host.table, rows.table, rows.role)
        return bool(paths) and not paths[0].place.fans_out

    def _within(self, query: Query, host: Rows | Field, inner: Query) -> Query:
        """Only rows whose host is among what the inner query gives."""
        key = host if isinstance(host, Field) else self._key(host)
        if key is None:
            self._notes.append("unplaced nesting")
            return query
        compare = Compare(key, Operator.EQUAL, replace(inner, show=(key,)))
        return replace(query, where=_both([*([query.where] if query.where else []), compare]))

    def _key(self, rows: Rows) -> Field | None:
        key = self._index.catalog.by_key[rows.table].primary_key
        return Field(ColumnKey(rows.table, key[0]), rows.role) if len(key) == 1 else None

    def _ordered(self, query: Query) -> list[Query]:
        limit = next(
            (int(float(p.choice.target.value)) for p in self._parts if p.label is Label.LIMIT and p.choice), None
        )
        found = [query]
        for part in self._orderings():
            if part.label in _ORDER:
                found = [further for one in found for further in self._ordered_by(one, part, limit)]
        return found

    def _orderings(self) -> list[Part]:
        """One count of rows is enough to rank by: of the table that is nearest to what is ranked."""
        found = [part for part in self._parts if part.label in _ORDER]
        counted = [p for p in found if p.choice and p.choice.target.kind is TargetKind.TABLE and p.label not in _SHOWING]
        if len(counted) < 2:
            return found
        hosts = [self._host(part, ()) for part in counted]

        def cost(number: int) -> int:
            host, choice = hosts[number], counted[number].choice
            if not isinstance(host, Rows) or choice is None:
                return 9
            paths = self._index.graph.nearest(host.table, choice.target.table)
            return len(paths[0].place.path) if paths else 9

        kept = counted[min(range(len(counted)), key=lambda number: (cost(number), number))]
        return [part for part in found if part is kept or part not in counted]

    def _ordered_by(self, query: Query, part: Part, limit: int | None) -> list[Query]:
        assert part.choice
        descending, first = _ORDER[part.label], part.label in _TOP
        kept = limit or 1 if first else None
        target = part.choice.target
        if target.kind is TargetKind.METRIC:
            return [_with_order(query, Ordering(MetricValue(target.metric), descending), kept)]
        if target.kind is TargetKind.TABLE and part.label not in (Label.COMMON, Label.RARE):
            by = Aggregate(Function.COUNT, Rows(target.table, target.relationship))
            return self._ranked(query, part, Ordering(by, descending), kept)
        if part.label in (Label.COMMON, Label.RARE):
            counted = self._counted_rows(target.table)
            return [_with_order(query, Ordering(Aggregate(Function.COUNT, counted), descending), kept)]
        field = field_of(part)
        if part.label in _RANK:
            function = self._function_near(part) or Function.SUM
            own = [k for k in self._kinds[max(part.item.first - 4, 0) : part.item.first] if k in ("average", "sum")]
            if not own:
                function = Function.MAX if descending else Function.MIN
            return self._ranked(query, part, Ordering(Aggregate(function, field), descending), kept)
        computed = any(isinstance(one, Aggregate) for one in query.show)
        if first and not computed and field.rows not in [one.rows for one in query.show if isinstance(one, Field)]:
            host = self._host(part, query.show)
            flat = _with_order(query, Ordering(field, descending), kept)
            if isinstance(host, Rows) and host.table == field.key.table and (key := self._key(host)):
                inner = Query(show=(key,), order=(Ordering(field, descending),), limit=kept)
                compare = Compare(key, Operator.EQUAL, inner)
                nested = replace(query, where=_both([*([query.where] if query.where else []), compare]))
                return [flat, nested]
            return [flat]
        return [_with_order(query, Ordering(field, descending), kept)]

    def _counted_rows(self, table: TableKey) -> Rows:
        """Rows of the nearest other table that is named and hangs below, else the column's own."""
        for part in self._parts:
            assert part.choice
            target = part.choice.target
            if target.kind is TargetKind.TABLE and target.table != table and part.label is Label.CONTEXT:
                if self._above(Rows(target.table), Rows(table)):
                    return Rows(target.table)
        return Rows(table)

    def _ranked(self, query: Query, part: Part, ordering: Ordering, kept: int | None) -> list[Query]:
        """Groups in the order of an aggregate."""
        if query.group and any(isinstance(one, Aggregate) for one in query.show):
            return [_with_order(query, ordering, kept)]
        host = self._host(part, query.show)
        if host is None:
            return [_with_order(query, ordering, kept)]
        flat = self._flat(query, host)
        if flat is not None:
            return [_with_order(flat, ordering, kept)]
        if kept is None:
            return [_with_order(replace(query, group=(*query.group, host)), ordering, kept)]
        return [self._within(query, host, Query(show=(), group=(host,), order=(ordering,), limit=kept))]

    # Conditions

    def _where(self, query: Query, conditions: Conditions) -> list[Query]:
        absent: list[Condition] = [
            Not(Exists(Rows(p.choice.target.table, p.choice.target.relationship)))
            for p in self._parts
            if p.label is Label.NOT and p.choice and p.choice.target.kind is TargetKind.TABLE
        ]
        own = [query.where] if query.where else []
        clauses = self._clauses(query, conditions.atoms)
        found = [replace(query, where=_both([*own, *clause, *absent])) for clause in clauses]
        apart = self._without(query, conditions.atoms)
        if apart is not None and not absent:
            found.append(apart)
        both = self._of_two_rows(query, conditions.atoms)
        if both is not None:
            found.append(replace(both, where=_both([*([both.where] if both.where else []), *absent])))
        return found

    def _clauses(self, query: Query, atoms: Sequence[Atom]) -> list[list[Condition]]:
        """Conditions joined by "or" where that stands between them; negated ones apart where their rows are below."""
        groups: list[list[Atom]] = []
        for atom in atoms:
            if (groups and either(self._sentence, groups[-1][-1].last.item, atom.first.item)) or (groups and self._alike(groups[-1][-1], atom)):
                groups[-1].append(atom)
            else:
                groups.append([atom])
        clause: list[Condition] = []
        other: list[Condition] = []
        differs = False
        for group in groups:
            merged = _merged([atom.condition for atom in group])
            if not any(atom.negated for atom in group):
                clause.append(merged)
                other.append(merged)
                continue
            plain = negation(merged)
            apart = Not(Exists(group[0].field.rows, merged))
            below = self._is_below(query, group[0].field.rows)
            clause.append(apart if below else plain)
            other.append(plain if below else apart)
            differs = differs or below
        return [clause, other] if differs else [clause]

    def _alike(self, one: Atom, other: Atom) -> bool:
        """Two values of one column, which no row can have both."""
        return (
            one.field == other.field
            and one.condition.operator is Operator.EQUAL is other.condition.operator
            and one.negated == other.negated
        )

    def _is_below(self, query: Query, rows: Rows) -> bool:
        for one in query.show:
            base = one.rows if isinstance(one, Field) else one.of if isinstance(one, Aggregate) else None
            base = base.rows if isinstance(base, Field) else base
            if isinstance(base, Rows):
                return base.table != rows.table and not self._above(base, rows)
        return False

    def _without(self, query: Query, atoms: Sequence[Atom]) -> Query | None:
        """Values that several rows share: those of which no row is so, where a plain "not" would look at one row."""
        negated = [atom for atom in atoms if atom.negated]
        own = [one for one in query.show if isinstance(one, Field)]
        if len(negated) != 1 or not own or len(own) != len(query.show) or query.group or query.order:
            return None
        if any(one.key.name in self._index.tables[one.key.table].unique for one in own):
            return None
        rest = _both([*([query.where] if query.where else []), *(a.condition for a in atoms if not a.negated)])
        other = replace(query, where=negated[0].condition)
        return replace(query, where=rest, combined=(SetOperator.EXCEPT, other))

    def _of_two_rows(self, query: Query, atoms: Sequence[Atom]) -> Query | None:
        """ "Both A and B": two rows of the same thing, each with one of the values."""
        for one, other in pairwise(atoms):
            if one.field == other.field and not either(self._sentence, one.last.item, other.first.item):
                rest = [_signed(atom) for atom in atoms if atom not in (one, other)]
                if self._is_below(query, one.field.rows):
                    pair = [Exists(one.field.rows, _signed(one)), Exists(one.field.rows, _signed(other))]
                    return replace(query, where=_both([*([query.where] if query.where else []), *rest, *pair]))
                right = replace(query, where=_both([*rest, _signed(other)]))
                left = replace(query, where=_both([*rest, _signed(one)]))
                return replace(left, combined=(SetOperator.INTERSECT, right))
        return None

    # The rest

    def _with_context(self, query: Query) -> Query:
        """Tables that were named and that nothing else uses."""
        used = _tables(query)
        also = [
            Rows(p.choice.target.table, p.choice.target.relationship)
            for p in self._parts
            if p.choice
            and p.choice.target.kind is TargetKind.TABLE
            and p.label is Label.CONTEXT
            and p.choice.target.table not in used
        ]
        return replace(query, also=tuple(dict.fromkeys(also)))

    def _timed(self, query: Query, named: Sequence[Part]) -> Query:
        """Periods and grains, of the date that the question names, else of the one that the rows are told by."""
        for mention in self._sentence.times:
            field = next((field_of(p) for p in named if self._type(field_of(p)).temporal), None) or self._date(query)
            if field is None:
                self._notes.append("undated")
                continue
            if mention.span:
                during = During(field, mention.span.start, mention.span.end)
                query = replace(query, where=_both([*([query.where] if query.where else []), during]))
            if mention.grain:
                bucket = Bucket(field, mention.grain)
                order = query.order or (Ordering(bucket),)
                query = replace(query, show=(bucket, *query.show), group=(bucket, *query.group), order=order)
        return query

    def _type(self, field: Field) -> DataType:
        return self._index.catalog.columns[field.key].data_type

    def _date(self, query: Query) -> Field | None:
        """The default date of the rows that the query counts or shows, or of what those hang on."""
        metrics = [self._index.metrics[one.name] for one in query.show if isinstance(one, MetricValue)]
        if metrics and metrics[0].time_column:
            return Field(metrics[0].time_column)
        tables = [metric.table for metric in metrics]
        tables += [table for one in query.show if isinstance(one, Aggregate) for table in sorted(_tables(one))]
        tables += [table for one in query.show for table in sorted(_tables(one))]
        tables += [p.choice.target.table for p in self._parts if p.choice and p.choice.target.table.name]
        for table in dict.fromkeys(tables):
            if dates := self._index.tables[table].default_dates:
                return Field(ColumnKey(table, dates[0]))
        return None

    def _row_by_row(self, query: Query) -> Query | None:
        """One row for each row below that a condition is about, where the words don't say once for each."""
        plain = all(isinstance(one, Field) for one in query.show) and not query.group and not query.distinct
        if not plain or query.combined or query.limit or query.subject:
            return None
        own = {one.key.table for one in query.show if isinstance(one, Field)}
        others = _tables((query.where, query.also)) - own
        below = [one for one in others if all(self._above(Rows(one), Rows(table)) for table in own)]
        lowest = [one for one in below if all(one == o or self._above(Rows(one), Rows(o)) for o in below)]
        return replace(query, subject=Rows(lowest[0])) if lowest else None

    def _distinct(self, query: Query) -> list[Query]:
        if query.group or any(isinstance(one, Aggregate | MetricValue) for one in query.show):
            return [query]
        unique = any(
            isinstance(one, Field) and one.key.name in self._index.tables[one.key.table].unique for one in query.show
        )
        if "distinct" in self._kinds:
            return [replace(query, distinct=True), query]
        return [query] if unique and not _tables(query) else [query, replace(query, distinct=True)]


def _signed(atom: Atom) -> Condition:
    return negation(atom.condition) if atom.negated else atom.condition


def _both(conditions: Sequence[Condition]) -> Condition | None:
    kept = tuple(dict.fromkeys(conditions))
    return None if not kept else kept[0] if len(kept) == 1 else Both(kept)


def _merged(compares: Sequence[Compare]) -> Condition:
    """Any of them: one comparison where they are about one column's values."""
    first = compares[0]
    if len(compares) == 1:
        return first
    if all(c.left == first.left and c.operator is Operator.EQUAL and isinstance(c.right, tuple) for c in compares):
        values = tuple(value for c in compares if isinstance(c.right, tuple) for value in c.right)
        return Compare(first.left, Operator.EQUAL, tuple(dict.fromkeys(values)))
    return Either(tuple(compares))


def _with_order(query: Query, ordering: Ordering, limit: int | None) -> Query:
    order = tuple(dict.fromkeys((*query.order, ordering)))
    return replace(query, order=order, limit=limit if limit is not None else query.limit)


def _tables(node: object) -> set[TableKey]:
    """Every table that a query's expressions name."""
    if isinstance(node, Rows):
        return {node.table}
    if isinstance(node, Field):
        return {node.key.table}
    if isinstance(node, tuple):
        return set().union(*(_tables(one) for one in node)) if node else set()
    if hasattr(node, "__dataclass_fields__"):
        return set().union(*(_tables(getattr(node, name)) for name in node.__dataclass_fields__))
    return set()
