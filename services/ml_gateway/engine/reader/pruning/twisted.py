"""Queries that use each word, and some for something else than it says where it stands.

What a name is linked to is told by the name alone; what it belongs to, by its neighbours: a quality before rows is
theirs, the rows behind "from" are a condition and no split, and whose manager somebody is isn't the manager's own name.
"""

from __future__ import annotations

from itertools import pairwise

from services.ml_gateway.engine.flags import stored
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Compare,
    Exists,
    Field,
    MetricValue,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.business.best import is_end_of_split
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import is_money
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.pruning.deeds import mistells_deed
from services.ml_gateway.engine.reader.pruning.possible import is_count
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import stem

_CALLED_SO = 0.9
_HELD = (Label.WHERE, Label.NOT)
_SPLIT = (Label.SHOW, Label.GROUP)
_OF = frozenset("from of for with among to".split())
_IS = frozenset("is are was were s called named = : to by".split())
_REPORTING = frozenset("report reports reporting reported".split())
_SUPERIORS = frozenset(map(stem, "manager supervisor boss superior lead leader head chief".split()))


def is_twisted(candidate: Candidate, index: Index) -> bool:
    """Whether a word does another's work."""
    return (
        any(_is_of_others(*two) for two in pairwise(candidate.labelling.parts))
        or _splits_by_whose(candidate)
        or _leaves_out_the_end(candidate)
        or _absent_elsewhere(candidate, index)
        or _is_superior_itself(candidate, index)
        or _counts_money(candidate, index)
        or mistells_deed(candidate, index)
        or _affirms_denied(candidate, index)
    )


def _counts_money(candidate: Candidate, index: Index) -> bool:
    """ "Customers with orders over 1000 euros" by how many orders they have, or with the number as a limit or a key."""
    said = {one.choices[0].target.value for one in candidate.sentence.items
            if is_money(one, candidate.sentence.tokens)}  # fmt: skip
    if not said:
        return False
    for part in candidate.labelling.parts:
        if is_money(part.item, candidate.sentence.tokens) and part.label in (Label.LIMIT, Label.SHOW, Label.COUNT):
            return True
    return any(
        f"{one:.15g}" in said
        for node in nodes_of(candidate.query)
        if isinstance(node, Compare) and isinstance(node.right, tuple) and is_count(node.left, index)
        for one in node.right
        if isinstance(one, int | float)
    )


def _affirms_denied(candidate: Candidate, index: Index) -> bool:
    """ "Not on display" as what is."""
    tokens = candidate.sentence.tokens
    denied = {
        ColumnKey(part.choice.target.table, part.choice.target.column)
        for part in candidate.labelling.parts
        if part.choice and part.choice.target.column and part.item.first and tokens[part.item.first - 1].form == "not"
    }
    flags = {key: held[0] for key in denied if (held := stored(index.catalog.columns[key]))}
    return any(
        isinstance(one, Compare)
        and isinstance(one.left, Field)
        and one.operator is Operator.EQUAL
        and one.left.key in flags
        and one.right == (flags[one.left.key],)
        for one in conjuncts(candidate.query.where)
    )


def _is_of_others(part: Part, rows: Part) -> bool:
    """ "Returned orders" by their refunds, though orders have a state of that name."""
    if part.choice is None or rows.choice is None or part.item.last != rows.item.first or part.label not in _HELD:
        return False
    table, taken = rows.choice.target.table, part.choice
    if rows.choice.target.kind is not TargetKind.TABLE or taken.target.table == table:
        return False
    return any(
        one.target.kind is TargetKind.VALUE and one.target.table == table and one.score >= _CALLED_SO > taken.score
        for one in part.item.choices
    )


def _splits_by_whose(candidate: Candidate) -> bool:
    """ "Revenue from Dutch customers" by customer: whose it is, not of each."""
    query, tokens = candidate.query, candidate.sentence.tokens
    if not query.group or not any(isinstance(one, MetricValue) for one in query.show):
        return False
    groups = {one.table if isinstance(one, Rows) else one.key.table for one in query.group
              if isinstance(one, Rows | Field)}  # fmt: skip
    for part, rows in pairwise(candidate.labelling.parts):
        target = rows.choice.target if rows.choice else None
        if target is None or target.kind is not TargetKind.TABLE or rows.label not in _SPLIT:
            continue
        first = part.item.first
        beside = part.item.last == rows.item.first and not (part.choice and part.choice.target.metric)
        if beside and target.table in groups and first and tokens[first - 1].form in _OF:
            return True
    return False


def _leaves_out_the_end(candidate: Candidate) -> bool:
    """ "Highest revenue by country" by something else, or in any order."""
    parts = candidate.labelling.parts
    ranked = next((part.choice for part in parts if is_end_of_split(part, candidate.sentence)), None)
    order = candidate.query.order
    return ranked is not None and (not order or order[0].by != MetricValue(ranked.target.metric))


def _absent_elsewhere(candidate: Candidate, index: Index) -> bool:
    """ "Customers not in Leeds" as those without an order there, where customers have a place of their own and no word
    is said of orders."""
    said = {one.choice.target.table for one in candidate.labelling.parts if one.choice}
    owners = {one.key.table for one in candidate.query.show if isinstance(one, Field)}
    taken = [one.choice.target.table for one in candidate.labelling.parts if one.choice and one.label is Label.NOT]
    if len(owners) != 1 or not taken or any(token.form[-2:] == "ed" for token in candidate.sentence.tokens):
        return False
    (owner,) = owners
    near = {owner, *(key.target for key in index.catalog.keys_of.get(owner, ()))}
    if any(table not in near for table in taken):
        return False
    if candidate.query.combined and candidate.query.combined[0] is SetOperator.EXCEPT:
        return True  # each row has one value: those of that name may have others, too
    return any(
        isinstance(one, Not) and isinstance(one.condition, Exists) and one.condition.rows.table not in said
        for one in conjuncts(candidate.query.where)
    )


def _is_superior_itself(candidate: Candidate, index: Index) -> bool:
    """ "Clerks who report to Ann Poe", "depots whose parent is North Hub" as those that are called so themselves, or
    whose own job is the manager's."""
    tokens = candidate.sentence.tokens
    for part in candidate.labelling.parts:
        target = part.choice.target if part.choice else None
        if part.choice is None or target is None or part.label not in _HELD or target.value == "":
            continue
        at = part.item.first - 1
        while at >= 0 and tokens[at].form in _IS:
            at -= 1
        passed = part.item.first - 1 - at
        word = tokens[at].form if at >= 0 and passed else ""
        roles = [n for n in _own_keys(target.table, index) if _names(word, n, index)]
        if roles and not _is_role(candidate.query, target.table, target.column, roles):
            return True
        whose = part.item.first and tokens[part.item.first - 1].form == "whose"
        if whose and any(_names(tokens[part.item.first].form, n, index) for n in _own_keys(target.table, index)):
            return True
    return False


def _own_keys(table: TableKey, index: Index) -> list[int]:
    return [n for n, key in index.catalog.keys_to.get(table, ()) if key.table == table]


def _names(word: str, number: int, index: Index) -> bool:
    """Whether a word says the part that the key's rows play."""
    if not word:
        return False
    words = {stem(one) for one in role_words(index.catalog.relationships[number])}
    return stem(word) in words or (word in _REPORTING and bool(words & _SUPERIORS))


def _is_role(query: Query, table: TableKey, column: str, roles: list[int]) -> bool:
    return any(
        isinstance(one, Compare)
        and isinstance(one.left, Field)
        and (one.left.key.table, one.left.key.name) == (table, column)
        and one.left.role in roles
        for one in nodes_of(query)
    )
