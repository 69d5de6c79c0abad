"""The foreign keys of a catalog as ways between tables, and what tells rows apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import Catalog, Relationship, TableKey
from services.ml_gateway.engine.query.searching import Search, Step, Steps, Way
from services.ml_gateway.engine.reading import Hop

# An inferred key costs a little more than a declared one.
_INFERRED, _UNSURE, _SURE = 0.02, 0.2, 0.8


@dataclass(frozen=True)
class Keys:
    """What it finds out it remembers: keep it as long as the catalog."""

    catalog: Catalog
    _searches: dict[TableKey, Search] = field(default_factory=dict, compare=False)
    _ways: dict[tuple[TableKey, TableKey], tuple[Way, ...]] = field(default_factory=dict, compare=False)

    def relationship(self, hop: Hop) -> Relationship:
        return self.catalog.relationships[hop.relationship]

    def target(self, hop: Hop) -> TableKey:
        one = self.relationship(hop)
        return one.target if hop.upward else one.table

    def columns(self, hop: Hop) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The columns that a hop compares: those where it starts, those where it ends."""
        one = self.relationship(hop)
        return (one.columns, one.target_columns) if hop.upward else (one.target_columns, one.columns)

    def fans(self, hop: Hop) -> bool:
        """Whether a row may meet several rows at the end of the hop."""
        one = self.relationship(hop)
        return not hop.upward and not (set(self._single(one.table)) & set(one.columns))

    def _single(self, table: TableKey) -> frozenset[str]:
        known = self.catalog.by_key[table]
        return frozenset(key[0] for key in (known.primary_key, *known.unique_keys) if len(key) == 1)

    def key(self, table: TableKey) -> tuple[str, ...]:
        """Columns that tell the table's rows apart; () where none are known."""
        known = self.catalog.by_key[table]
        names = {column.name for column in known.columns}
        for key in (known.primary_key, *known.unique_keys):
            if key and set(key) <= names:
                return key
        rows = known.row_count or 0
        seen = [c.name for c in known.columns if rows > 1 and c.distinct_count == rows and not c.nullable]
        return (seen[0],) if seen else ()

    @cached_property
    def numbers(self) -> dict[TableKey, int]:
        return {table.key: number for number, table in enumerate(self.catalog.tables)}

    @cached_property
    def steps(self) -> Steps:
        """From each table, the hops to others and what they cost more for not being sure."""
        found: list[list[Step]] = [[] for _ in self.catalog.tables]
        for number, one in enumerate(self.catalog.relationships):
            own, other = self.numbers.get(one.table), self.numbers.get(one.target)
            if own is None or other is None or own == other:
                continue
            doubt = 0.0 if not one.inferred else _INFERRED if one.confidence >= _SURE else _UNSURE
            found[own].append((number, True, other, doubt))
            found[other].append((number, False, own, doubt))
        return found

    def ways(self, start: TableKey, end: TableKey) -> tuple[Way, ...]:
        """The cheapest ways, equally cheap; the one that a bare name means most likely first."""
        if start not in self.numbers or end not in self.numbers:
            return ()
        if (start, end) not in self._ways:
            if end not in self._searches:
                self._searches[end] = Search(self.numbers[end], self.steps)
            found = self._searches[end].ways_from(self.numbers[start])
            self._ways[start, end] = tuple(sorted(found, key=lambda way: [self._plainness(hop) for hop in way.hops]))
        return self._ways[start, end]

    def _plainness(self, hop: Hop) -> tuple[bool, int, int]:
        """A declared key before a guessed one, one whose columns are called alike before one that names a part."""
        one = self.relationship(hop)
        same = sum(a.lower() == b.lower() for a, b in zip(one.columns, one.target_columns, strict=True))
        return one.inferred, -same + len(role_words(one)), hop.relationship
