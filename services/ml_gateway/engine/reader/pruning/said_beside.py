"""What the words right beside a name rule out: such candidates go where others obey."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import Field
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import SHOWING, TOP
from services.ml_gateway.engine.reader.labelling.sentence import Item
from services.ml_gateway.engine.reader.pruning.heard import alternatives_unheard

_NAMES = ("named", "id")
_OF = frozenset("of the all each every these those".split())
_COUNTED = frozenset("most fewest least".split())
_COUNT_OF = ("number", "of")
_UNRANKED = (Label.CONTEXT, Label.IGNORED)
_CALLED = 0.7


def is_ruled_out(candidate: Candidate, index: Index) -> bool:
    """Whether it does other than what stands right beside one of its names says."""
    parts, sentence, query = candidate.labelling.parts, candidate.sentence, candidate.query
    if alternatives_unheard(parts, sentence, query) or _ranks_by_another(candidate, index):
        return True
    shown = {one.key for one in query.show if isinstance(one, Field)}
    if any(_is_told_twice(one, other, candidate) for one, other in _of(candidate) if {_key(one), _key(other)} <= shown):
        return True
    return any(_is_of_others(one, other) for one, other in _of(candidate) if _key(one) in shown)


def _key(part: Part) -> ColumnKey | None:
    target = part.choice.target if part.choice else None
    return ColumnKey(target.table, target.column) if target and target.kind is TargetKind.COLUMN else None


def _of(candidate: Candidate) -> Iterator[tuple[Part, Part]]:
    """What is shown beside whose it is: "the names of all clubs"."""
    tokens = candidate.sentence.tokens
    for one, other in pairwise(candidate.labelling.parts):
        between = [token.form for token in tokens[one.item.last : other.item.first]]
        if one.label in SHOWING and between[:1] == ["of"] and _OF.issuperset(between):
            yield one, other


def _is_told_twice(one: Part, other: Part, candidate: Candidate) -> bool:
    """ "The name of the author", where a column holds the author: no name of something else beside it."""
    words = candidate.sentence.tokens[one.item.first : one.item.last]
    if not all(WORDS.get(token.form) in _NAMES for token in words):
        return False
    return _key(one) != _key(other)


def _is_of_others(one: Part, other: Part) -> bool:
    """ "The names of the clubs" as the names of other rows, where clubs have some."""
    if one.choice is None or one.choice.target.kind is not TargetKind.COLUMN:
        return False
    own = _tables(other.item)
    return (
        bool(own)
        and one.choice.target.table not in own
        and any(
            choice.target.kind is TargetKind.COLUMN and choice.target.table in own and choice.score >= one.choice.score
            for choice in one.item.choices
        )
    )


def _tables(item: Item) -> set[TableKey]:
    """The tables that words name; none where they rather name something else."""
    if item.choices[0].target.kind is not TargetKind.TABLE:
        return set()
    return {one.target.table for one in item.choices if one.target.kind is TargetKind.TABLE and one.score >= _CALLED}


def _ranks_by_another(candidate: Candidate, index: Index) -> bool:
    """ "The artist who made the fewest songs" by how many artists there are."""
    tokens, parts = candidate.sentence.tokens, candidate.labelling.parts
    counted = [part for part in parts if part.item.choices[0].target.kind is TargetKind.TABLE]
    behind = [
        part
        for part in counted
        if _stands_behind([token.form for token in tokens[max(part.item.first - 3, 0) : part.item.first]])
    ]
    wanted = {one for part in behind for one in _tables(part.item)}
    ranked = [part for part in counted if part.label in TOP and part not in behind and not _counts(part, wanted, index)]
    return bool(ranked) and bool(behind) and all(part.label in _UNRANKED for part in behind)


def _counts(part: Part, wanted: Collection[TableKey], index: Index) -> bool:
    """Whether its rows are such rows, or each is about one: pictures taken, where the most mountains are wanted."""
    table = part.choice.target.table if part.choice else None
    above = {one.target for one in index.catalog.keys_of.get(table, ())} if table else set()
    return table in wanted or bool(above & set(wanted))


def _stands_behind(before: list[str]) -> bool:
    if tuple(before[-2:]) == _COUNT_OF:
        before = before[:-2]
    return bool(before) and before[-1] in _COUNTED
