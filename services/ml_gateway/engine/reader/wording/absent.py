"""What there is none of where only a verb says of what: "books nobody borrowed", "people who teach nothing", "who have
led but never guided", "neither sold nor lent", "desks nobody keeps".

The clause of each negation is set aside; what is left makes a query as it would alone, and to that comes that there is
no row that the clause's words name. Where no word names one, the few that there are, are guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    Exists,
    Field,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, is_above, labels_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.wording.ties import NAMED_TIE, Tie, empty_where, said_in, ties
from services.ml_gateway.engine.reading import Operator

NAMED, GUESSED = "absent as named", "absent as guessed"
_ENDS = frozenset(".?;!,()")
_OBJECTS = frozenset("nobody nothing none noone no".split())
_OPENING = frozenset("that who which whom whose but and nor or neither".split())
_BEGINNING = frozenset("that who which whom what".split())
_BARE = frozenset("nobody noone nothing anything anyone anybody none never neither nor used".split())
_LEAVING = frozenset("leave leaving except excluding exclude excludes omit omitting ignore ignoring skip drop".split())
_OF_ROWS = frozenset("TCMF~") | {"have"}
_FEW = 3
_CALLED_SO = 0.8
_NEGATIVE = (Operator.IS_NULL, Operator.NOT_EQUAL)
_HELD = (TargetKind.LITERAL, TargetKind.FLAG, TargetKind.METRIC)


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens [first, last) that are denied; from `own` on they tell of what, with a verb before "nothing"."""

    first: int
    last: int
    own: int


def denied(frame: Frame) -> list[Clause]:
    """Each clause of the question that a negation begins, "nor" and "or" beginning another."""
    tokens, found = frame.sentence.tokens, list[Clause]()
    if any(token.form in _LEAVING for token in tokens):
        return []  # "leave out those without a visit"
    starts = [at for at, kind in enumerate(frame.kinds) if kind == "no"]
    for start in starts:
        begins = start > 0 and tokens[start - 1].form in ".;?!"  # "No repetitions."
        if begins or (found and start < found[-1].last):
            continue
        last = next((at for at in range(start + 1, len(tokens)) if tokens[at].form in _ENDS), len(tokens))
        own = _verb_before(frame, start)
        cuts = [at for at in range(start + 1, last) if tokens[at].form in ("nor", "or")]
        cuts += [at for at in range(start + 1, last) if tokens[at].form == "and" and at + 1 in starts]
        edges = [start, *sorted(cuts), last]
        for number, (one, other) in enumerate(pairwise(edges)):
            found.append(Clause(one, other, own if number == 0 else one))
    return found


def _verb_before(frame: Frame, at: int) -> int:
    """Where the verb stands of which "nobody" or "nothing" is the object."""
    tokens = frame.sentence.tokens
    if tokens[at].form not in _OBJECTS:
        return at
    first = at
    before = next((one for one in frame.sentence.items if one.last == at), None)
    if before is not None and before is not frame.sentence.items[0] and not before.measured:
        return before.first  # "people who mentor nobody", where mentors are known by name
    while first and at - first < _FEW and frame.sentence.symbols[first - 1] not in "TCV?,.":
        word = tokens[first - 1].form
        if word in _OPENING:
            break
        first -= 1
    return first


def absences(frame: Frame, queries: Sequence[Query], parts: Sequence[Part]) -> Iterator[tuple[Query, str]]:
    """queries: what the parts outside of the clauses make."""
    clauses = denied(frame)
    if not clauses or any(_holds_more(frame, one) for one in clauses):
        return
    for query in queries:
        table = subject_of(query)
        if table is None or query.combined or query.having or any(map(_denies, conjuncts(query.where))):
            continue
        for conditions, named in _conditions(frame, table, clauses):
            positive = _besides(frame, table, clauses, parts)
            where = all_of([*([query.where] if query.where else []), *positive, *conditions])
            yield replace(query, where=where), NAMED if named else GUESSED


def outside(frame: Frame) -> list[Part]:
    """The parts that no clause of a negation covers."""
    clauses = denied(frame)
    return [one for one in frame.parts if not any(c.own <= one.item.first < c.last for c in clauses)]


def unsaid(frame: Frame) -> list[Query]:
    """ "Never had a loan": whoever could have one, where nobody is named: what the rows belong to."""
    catalog, found = frame.index.catalog, dict[TableKey, None]()
    for clause in denied(frame):
        for part in _inside(frame, clause):
            table = part.choice.target.table if part.choice else None
            if table is None or table not in catalog.by_key:
                continue
            found |= dict.fromkeys(key.target for key in catalog.keys_of.get(table, ()) if key.target != table)
            for _, link in catalog.keys_to.get(table, ()):
                found |= dict.fromkeys(one.target for one in catalog.keys_of[link.table] if one.target != table)
    return [Query(show=labels_of(frame, Rows(table))) for table in list(found)[:_FEW]]


def subject_of(query: Query) -> TableKey | None:
    """The table whose rows a query lists or counts."""
    if query.group:
        return None
    tables = {one.key.table for one in query.show if isinstance(one, Field)}
    tables |= {one.of.table for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Rows)}
    plain = all(isinstance(one, Field) or (isinstance(one, Aggregate) and isinstance(one.of, Rows))
                for one in query.show)  # fmt: skip
    return tables.pop() if plain and len(tables) == 1 else None


def _denies(condition: Condition) -> bool:
    return isinstance(condition, Not) or (isinstance(condition, Compare) and condition.operator in _NEGATIVE)


def _holds_more(frame: Frame, clause: Clause) -> bool:
    """Whether a number or a period is in the clause: those are read by their own parts."""
    dated = any(clause.first <= one.first < clause.last for one in frame.sentence.times)
    return dated or any(one.choice and one.choice.target.kind in _HELD for one in _inside(frame, clause))


def _inside(frame: Frame, clause: Clause) -> list[Part]:
    return [one for one in frame.parts if clause.first <= one.item.first < clause.last]


def _conditions(frame: Frame, table: TableKey, clauses: Sequence[Clause]) -> Iterator[tuple[list[Condition], bool]]:
    """All clauses' conditions at once, and whether words name all that they are about."""
    several = [_readings(frame, table, one) for one in clauses]
    if not all(several):
        return
    for place in range(max(len(one) for one in several)):
        chosen = [one[min(place, len(one) - 1)] for one in several]
        yield [one for conditions, _ in chosen for one in conditions], all(named for _, named in chosen)


def _readings(frame: Frame, table: TableKey, clause: Clause) -> list[tuple[list[Condition], bool]]:
    sentence, index = frame.sentence, frame.index
    found = ties(table, sentence, clause.own, clause.last, index)
    values = [field_is(one) for one in _inside(frame, clause) if one.choice and one.choice.target.value]
    if values and not _tells_of_rows(frame, clause):
        return []  # "in neither Ghent nor Linz": what they themselves are like
    if values:
        return [([Not(Exists(one.rows, all_of(values)))], True) for one in _that_hold(frame, found, values, table)]
    empty = empty_where(table, sentence, clause.own, clause.last, index)
    if said_in(sentence, clause.own, clause.first):  # "without a boss" isn't "leads nobody"
        own = {key.columns[0] for key in index.catalog.keys_of.get(table, ()) if key.target == table}
        empty = [one for one in empty if one.key.name not in own]
    elif empty:
        found = [one for one in found if one.score >= NAMED_TIE and one.rows.table != table]
    best = found[0].score if found else 0.0
    made: list[tuple[list[Condition], bool]] = []
    made += [([Compare(one, Operator.IS_NULL)], True) for one in empty[:2]]
    if best > 0:
        equal = [one for one in found if one.score >= best - 0.1]
        made += [(_none_of(one), True) for one in _roles(equal)]
    elif not empty and not _is_named(frame, table, clause) and _is_bare(frame, clause):
        made += [(_none_of(one), False) for one in _roles(found)[:_FEW]]
    return made


def _tells_of_rows(frame: Frame, clause: Clause) -> bool:
    """Whether there is a verb or a name in the clause, besides its values."""
    values = [one.item for one in _inside(frame, clause) if one.choice and one.choice.target.value]
    held = {at for one in values for at in range(one.first, one.last)}
    return any(frame.sentence.symbols[at] in _OF_ROWS for at in range(clause.own, clause.last) if at not in held)


def field_is(part: Part) -> Compare:
    assert part.choice
    return Compare(field_of(part), Operator.EQUAL, (part.choice.target.value,))


def _that_hold(frame: Frame, found: Sequence[Tie], values: Sequence[Compare], table: TableKey) -> list[Tie]:
    """The ties to rows that have the values, or belong to what has them; the best named, then the nearest. None where
    the table's own rows have them."""
    fields = [one.left for one in values if isinstance(one.left, Field)]
    if any(one.key.table == table and one.role is None for one in fields):
        return []
    held = [
        tie for tie in found
        if all(one.key.table == tie.rows.table or is_above(frame, Rows(tie.rows.table), one.rows) for one in fields)
    ]  # fmt: skip
    hops = frame.index.graph.hops
    return sorted(held, key=lambda one: (-one.score, max(hops(one.rows.table, f.key.table) or 0 for f in fields)))[:2]


def _is_named(frame: Frame, table: TableKey, clause: Clause) -> bool:
    """Whether the clause is about something else that has a name."""
    inside = [one for one in frame.sentence.items if clause.own <= one.first < clause.last and not one.measured]
    return any(one.choices[0].score >= _CALLED_SO and one.choices[0].target.table != table for one in inside)


def _is_bare(frame: Frame, clause: Clause) -> bool:
    """Whether "nobody", "anything" or "never" stands for rows that have no name."""
    return any(token.form in _BARE for token in frame.sentence.tokens[clause.first : clause.last])


def _roles(found: Sequence[Tie]) -> list[list[Tie]]:
    """By the table that points: in none of its roles, then each role alone."""
    tables = dict.fromkeys(one.rows.table for one in found)
    groups = [[one for one in found if one.rows.table == table] for table in tables]
    return [*groups, *([one] for group in groups if len(group) > 1 for one in group)]


def _none_of(found: Sequence[Tie]) -> list[Condition]:
    return [Not(Exists(one.rows)) for one in found]


def _besides(frame: Frame, table: TableKey, clauses: Sequence[Clause], parts: Sequence[Part]) -> list[Condition]:
    """ "Have taught but never tutored": what there must be is told by a verb before "but", too."""
    tokens = frame.sentence.tokens
    first = clauses[0].own
    while first and frame.kinds[first - 1] in ("have", "be", "do"):
        first -= 1
    if first == 0 or tokens[first - 1].form not in ("but", "and", "yet", "although"):
        return []
    begin = next((at for at in range(first - 1, -1, -1) if tokens[at].form in _BEGINNING), 0)
    subjects = [one.item.last for one in parts if one.item.last < first and one.choice
                and one.choice.target.table == table]  # fmt: skip
    begin = max([begin + 1, *subjects])
    found = ties(table, frame.sentence, begin, first - 1, frame.index)
    if not found or found[0].score <= 0:
        return []
    return [Exists(found[0].rows)]
