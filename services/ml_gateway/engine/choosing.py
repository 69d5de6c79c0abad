"""When readings tie: one question back, with the readings as options that can be asked as they stand."""

from collections.abc import Sequence

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.naming import target_phrase, words
from services.ml_gateway.engine.outcome import ClarificationKind, ClarificationOption, NeedsClarification
from services.ml_gateway.engine.ranking import TIE
from services.ml_gateway.engine.reading import Place

MAX_OPTIONS = 4


def clarification(order: Sequence[tuple[float, Candidate]], asked: Asked, index: Index) -> NeedsClarification | None:
    """A question back if the best reading has an equal, or reaches a table by ways that nothing tells apart."""
    best_score, best = order[0]
    for link, target, places in best.ambiguous:
        asked_back = _roles(link, target, places, asked, index)
        if asked_back:
            return asked_back
    equals = [
        other
        for score, other in order[1:]
        if best_score - score < TIE and other.reading and not other.unplaced and other.reading != best.reading
    ]
    for position, link in enumerate(best.links):
        others = [other.links[position] for other in equals if len(other.links) == len(best.links)]
        differing = list(dict.fromkeys(o.target for o in others if o.target != link.target and o.first == link.first))
        differing = [target for target in differing if not _same_thing(link.target, target, index)]
        if link.target.kind is TargetKind.METRIC:  # a metric called like a table is the table's number
            differing = [target for target in differing if target.kind is not TargetKind.TABLE]
        if differing:
            return _meanings(link, [link.target, *differing], asked, index)
    return None


def _same_thing(one: Target, other: Target, index: Index) -> bool:
    """A value of a key and a value of the row that the key points to: "DE" of customers, "Germany" of countries."""
    if {one.kind, other.kind} == {TargetKind.COLUMN, TargetKind.FLAG}:
        return (one.table, one.column) == (other.table, other.column)
    if one.kind is not TargetKind.VALUE or other.kind is not TargetKind.VALUE:
        return False
    return any(
        relationship.table == key.table and key.column in relationship.columns and relationship.target == row.table
        for key, row in ((one, other), (other, one))
        for relationship in index.catalog.relationships
    )


def _meanings(link: Link, targets: Sequence[Target], asked: Asked, index: Index) -> NeedsClarification:
    start, end = asked.characters(link.first, link.last)
    options = []
    for target in targets[:MAX_OPTIONS]:
        phrase = target_phrase(target, index)
        options.append(ClarificationOption(_id(target), phrase, asked.text[:start] + phrase + asked.text[end:]))
    kind = ClarificationKind.VALUE if link.target.kind is TargetKind.VALUE else ClarificationKind.COLUMN
    return NeedsClarification(kind, f"What do you mean by “{asked.text[start:end]}”?", tuple(options), start, end)


def _roles(
    link: Link, target: Target, places: Sequence[Place], asked: Asked, index: Index
) -> NeedsClarification | None:
    start, end = asked.characters(link.first, link.last)
    options = []
    for place in places[:MAX_OPTIONS]:
        hop = next(
            (hop for hop in place.path if hop.upward and role_words(index.catalog.relationships[hop.relationship])),
            None,
        )
        if hop is None:
            continue
        role = " ".join(role_words(index.catalog.relationships[hop.relationship]))
        named = words(target.column or target.table.name)
        value = f'"{link.target.value}"' if link.target.value else ""
        phrase = f"{role} {named} {value}".strip()
        identifier = f"{_id(target)}:{hop.relationship}"
        options.append(ClarificationOption(identifier, phrase, asked.text[:start] + phrase + asked.text[end:]))
    if len({option.label for option in options}) < 2:
        return None
    said = asked.text[start:end]
    return NeedsClarification(ClarificationKind.COLUMN, f"Which “{said}” do you mean?", tuple(options), start, end)


def _id(target: Target) -> str:
    parts = (target.table.schema, target.table.name, target.column, target.value or target.metric)
    return f"{target.kind.value}:{'.'.join(part for part in parts if part)}"
