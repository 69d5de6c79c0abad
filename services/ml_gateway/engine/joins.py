"""Paths over the foreign-key graph, kept apart by role.

A path goes down (to the many) any number of times and then up (to the one) any number of times. Going up and then down
again would pair rows that have nothing to do with each other, so no such path exists here.
"""

from dataclasses import dataclass, field

from services.ml_gateway.engine.model import Catalog, Relationship, TableKey
from services.ml_gateway.engine.reading import Hop, Place
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import IDENTIFIERS

MAX_HOPS = 4
_UP_COST, _DOWN_COST, _SELF_COST = 1.0, 2.5, 3.0
_INFERRED_COST, _UNSURE_COST, _SURE = 0.25, 0.5, 0.8


@dataclass(frozen=True, slots=True)
class Path:
    place: Place
    cost: float


@dataclass(frozen=True)
class Graph:
    """All paths between tables, found once per base table and kept."""

    catalog: Catalog
    _found: dict[TableKey, dict[TableKey, tuple[Path, ...]]] = field(default_factory=dict, compare=False)

    def paths(self, base: TableKey, target: TableKey, relationship: int | None = None) -> tuple[Path, ...]:
        """Paths from base to target, cheapest first; with a relationship, only those that go up through it."""
        paths = self._from(base).get(target, ())
        if relationship is not None:
            wanted = Hop(relationship, upward=True)
            paths = tuple(path for path in paths if wanted in path.place.path)
        return paths

    def nearest(self, base: TableKey, target: TableKey, relationship: int | None = None) -> tuple[Path, ...]:
        """The cheapest paths: more than one where a table plays two roles that nothing tells apart."""
        paths = self.paths(base, target, relationship)
        return tuple(path for path in paths if path.cost == paths[0].cost)

    def _from(self, base: TableKey) -> dict[TableKey, tuple[Path, ...]]:
        if base not in self._found:
            found: dict[TableKey, list[Path]] = {}
            self._walk(base, (), 0.0, {base}, found)
            self._found[base] = {
                table: tuple(sorted(paths, key=lambda path: (path.cost, _hops(path)))) for table, paths in found.items()
            }
        return self._found[base]

    def _walk(
        self,
        table: TableKey,
        path: tuple[Hop, ...],
        cost: float,
        seen: set[TableKey],
        found: dict[TableKey, list[Path]],
    ) -> None:
        found.setdefault(table, []).append(Path(Place(table, path), cost))
        if len(path) == MAX_HOPS:
            return
        for number, relationship in enumerate(self.catalog.relationships):
            doubt = _doubt(relationship)
            if relationship.table == table == relationship.target:
                hop = Hop(number, upward=True)
                if hop not in path:
                    found.setdefault(table, []).append(Path(Place(table, (*path, hop)), cost + _SELF_COST + doubt))
            elif relationship.table == table and relationship.target not in seen:
                step = (*path, Hop(number, upward=True))
                self._walk(relationship.target, step, cost + _UP_COST + doubt, seen | {relationship.target}, found)
            elif (
                relationship.target == table and relationship.table not in seen and all(not hop.upward for hop in path)
            ):
                step = (*path, Hop(number, upward=False))
                self._walk(relationship.table, step, cost + _DOWN_COST + doubt, seen | {relationship.table}, found)


def _doubt(relationship: Relationship) -> float:
    """What a key costs for not being declared. Coarse, so that two parts that one table plays stay equal, and are
    asked about, though one's values overlap a little better."""
    if not relationship.inferred:
        return 0.0
    return _INFERRED_COST if relationship.confidence >= _SURE else _UNSURE_COST


def _hops(path: Path) -> tuple[tuple[int, bool], ...]:
    return tuple((hop.relationship, hop.upward) for hop in path.place.path)


def role_words(relationship: Relationship) -> tuple[str, ...]:
    """The words that tell this relationship from another to the same table: ("origin",) for origin_airport_id."""
    if relationship.role:
        return name_words(relationship.role)
    if len(relationship.columns) != 1:
        return ()
    target = set(name_words(relationship.target.name))
    return tuple(w for w in name_words(relationship.columns[0]) if w not in target and w not in IDENTIFIERS)
