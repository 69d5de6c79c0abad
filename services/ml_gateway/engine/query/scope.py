"""The FROM clause of one SELECT as it grows: each place gets an alias and is joined once."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlglot import exp

from services.ml_gateway.engine.model import Column, TableKey
from services.ml_gateway.engine.naming import place_role, words
from services.ml_gateway.engine.query.joining import Ambiguity
from services.ml_gateway.engine.query.model import Field, Rows
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reading import Hop, Place


@dataclass(frozen=True, slots=True)
class Setting:
    """What all SELECTs of a statement share. named: values that have names (weekdays) are shown by them."""

    schema: Schema
    timezone: str
    named: bool = True

    @property
    def dialect(self) -> str:
        return self.schema.dialect


@dataclass
class Scope:
    """places: where rows stand, from the root. joined: paths whose rows are joined one by one, whatever they multiply;
    conditions on what fans out elsewhere become EXISTS. anchors: the places whose rows Exists is about; () is the root.
    outer: the scope that a sub-query may look out to.
    """

    setting: Setting
    root: Place
    places: dict[Rows, Place]
    joined: frozenset[tuple[Hop, ...]] = frozenset()
    prefix: str = ""
    anchors: tuple[Place, ...] = ()
    outer: Scope | None = None
    ambiguities: tuple[Ambiguity, ...] = ()
    _aliases: dict[tuple[Hop, ...], str] = field(default_factory=dict)
    _inner: set[tuple[Hop, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._aliases[()] = self._alias(self.root)

    @property
    def schema(self) -> Schema:
        return self.setting.schema

    def column(self, of: Field, *, sure: bool = True) -> exp.Column:
        """sure: rows for which the place is empty are not wanted, so that an inner join does."""
        place = self.places.get(of.rows)
        if place is None:
            assert self.outer is not None, of
            return self.outer.column(of)
        return self.named(place, of.key.name, sure=sure)

    def named(self, place: Place, column: str, *, sure: bool = True) -> exp.Column:
        return named_column(self.reach(place.path, sure=sure), column)

    def reach(self, path: tuple[Hop, ...], *, sure: bool = True) -> str:
        """The alias of a place, joined along its path. A row above may be missing, a row below must be there."""
        down = max((n for n in range(1, len(path) + 1) if not path[n - 1].upward), default=0)
        self._inner |= {path[:n] for n in range(1, (len(path) if sure else down) + 1)}
        for length in range(1, len(path) + 1):
            if path[:length] not in self._aliases:
                self._aliases[path[:length]] = self._alias(
                    Place(self.schema.keys.target(path[length - 1]), path[:length])
                )
        return self._aliases[path]

    def is_inner(self, path: tuple[Hop, ...]) -> bool:
        return path in self._inner

    @property
    def reached(self) -> tuple[tuple[Hop, ...], ...]:
        return tuple(path for path in self._aliases if path)

    def place_at(self, path: tuple[Hop, ...]) -> Place:
        return Place(self.table_at(path), path)

    def table_at(self, path: tuple[Hop, ...]) -> TableKey:
        return self.schema.keys.target(path[-1]) if path else self.root.table

    def known(self, of: Field) -> Column:
        return self.schema.catalog.columns[of.key]

    def from_(self, query: exp.Select) -> exp.Select:
        query = query.from_(aliased_table(self.root.table, self._aliases[()]))
        for path, alias in self._aliases.items():
            if path:
                table = aliased_table(self.table_at(path), alias)
                side = None if path in self._inner else "LEFT"
                query.append("joins", exp.Join(this=table, side=side, on=self._on(path, alias)))
        return query

    def _on(self, path: tuple[Hop, ...], alias: str) -> exp.Expr:
        near = self._aliases[path[:-1]]
        starts, ends = self.schema.keys.columns(path[-1])
        return exp.and_(
            *(
                exp.EQ(this=named_column(near, start), expression=named_column(alias, end))
                for start, end in zip(starts, ends, strict=True)
            )
        )

    def _alias(self, place: Place) -> str:
        role = place_role(place, self.schema.index)
        name = f"{role} {place.table.name}" if role else place.table.name
        alias = plain = self.prefix + "_".join(words(name).split())[:50]
        count = 2
        while alias in self._aliases.values():
            alias, count = f"{plain}_{count}", count + 1
        return alias


def named_column(table: str, column: str) -> exp.Column:
    return exp.column(exp.to_identifier(column, quoted=True), table=exp.to_identifier(table, quoted=True))


def aliased_table(key: TableKey, alias: str) -> exp.Expr:
    table = exp.Table(
        this=exp.to_identifier(key.name, quoted=True),
        db=exp.to_identifier(key.schema, quoted=True) if key.schema else None,
    )
    return exp.alias_(table, alias, table=True, quoted=True)
