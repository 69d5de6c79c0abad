"""What the ranker sees of a candidate as a whole: does the query do what the words ask, and nothing else?

No feature holds a name or a value of a catalog.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
)
from services.ml_gateway.engine.query.walking import tables_in
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reading import Operator

CROSSED = " & "  # between a cue and any part of a query: for the choice alone, as calibration has too few examples
_COMPARED = (Operator.GREATER, Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)


def describe(candidate: Candidate, best: float, index: Index) -> dict[str, float]:
    """best: the score of the likeliest labelling."""
    query, sentence = candidate.query, candidate.sentence
    found: dict[str, float] = {
        f"division={candidate.division}": 1.0,
        f"times={bool(sentence.times)}": 1.0,
        "likely per item": max(candidate.labelling.score, -30.0) / max(len(sentence.items), 1),
        "likely": max(candidate.labelling.score - best, -12.0),
        "variant": float(min(candidate.variant, 3)),
        f"variant={min(candidate.variant, 3)}": 1.0,
    }
    for note in candidate.notes:
        found[f"note {note}"] = found.get(f"note {note}", 0.0) + 1.0
    parts = dict(parts_of(query))
    kinds = set(sentence.kinds)
    found |= _explained(candidate, sentence)
    found |= dict.fromkeys(_obeyed(parts, kinds), 1.0)
    found |= {f"{cue}{CROSSED}{name}": 1.0 for cue in sorted(kinds) if cue for name in parts}
    found |= shape(query, parts)
    found |= _number_beside(query, kinds)
    found |= _distinct(query, kinds, index)
    found |= _types(query, index)
    found |= _tables(candidate, index)
    return found


def _explained(candidate: Candidate, sentence: Sentence) -> dict[str, float]:
    """Words and links that the query leaves out, and how surely those that it takes are linked."""
    parts = candidate.labelling.parts
    found: defaultdict[str, float] = defaultdict(float)
    scores = [part.choice.score for part in parts if part.choice]
    found["weakest link"] = 1 - min(scores, default=0.0)
    found["links"] = sum(1 - score for score in scores)
    for part in parts:
        best = part.item.choices[0]
        if part.choice is None:
            found["ignored"] += best.score
            found[f"ignored {best.target.kind.value}"] += 1
            if best.score > 0.9:
                found[f"ignored sure {best.target.kind.value}"] += 1
        else:
            found["not the best link"] += part.choice.rank > 0
            found[f"how {part.choice.how}"] += 1
    for part in parts:
        if part.choice and part.choice.target.literal and part.label is not Label.LIMIT:
            known = [one for one in part.item.choices if one.target.kind is TargetKind.VALUE and one.score > 0.85]
            found["literal though a value"] += bool(known)
    found["unknown words"] = float(sentence.symbols.count("~"))
    labels = Counter(part.label for part in parts)
    for label, count in labels.items():
        if count > 1 and label not in (Label.SHOW, Label.WHERE, Label.CONTEXT, Label.IGNORED):
            found[f"twice {label.value}"] += 1
    return dict(found)


_SHOWS = {MetricValue: "shows metric", Bucket: "shows period"}
_ORDERS = {Aggregate: "aggregate", MetricValue: "aggregate", Bucket: "period"}


def parts_of(query: Query) -> Iterator[tuple[str, float]]:
    """What there is in a query, by name."""
    for expression in query.show:
        if isinstance(expression, Aggregate):
            yield f"shows {expression.function.value}{' distinct' if expression.distinct else ''}", 1.0
        else:
            yield _SHOWS.get(type(expression), "shows plain"), 1.0
    if query.group:
        yield "group", 1.0
    for ordering in query.order:
        by = ordering.by
        counted = isinstance(by, Aggregate) and by.function is Function.COUNT
        kind = "count" if counted else _ORDERS.get(type(by), "plain")
        yield f"order {kind}", 1.0
        yield ("top" if query.limit else "sorted"), 1.0
        yield ("descending" if ordering.descending else "ascending"), 1.0
    if query.having:
        yield "having", 1.0
    if query.combined:
        yield "intersect", 1.0
    if query.subject:
        yield "row by row", 1.0
    if query.distinct:
        yield "distinct", 1.0
    if query.where:
        yield "where", 1.0
        yield from _conditions(query.where)


def _conditions(condition: Condition) -> Iterator[tuple[str, float]]:
    match condition:
        case Both():
            for one in condition.conditions:
                yield from _conditions(one)
        case Either():
            yield "either", 1.0
            for one in condition.conditions:
                yield from _conditions(one)
        case Not():
            yield "not", 1.0
            yield from _conditions(condition.condition)
        case Exists():
            yield "exists", 1.0
            if condition.where:
                yield from _conditions(condition.where)
        case During():
            yield "during", 1.0
        case Compare():
            if isinstance(condition.right, Query):
                yield "nested", 1.0
                for name, value in parts_of(condition.right):
                    yield f"inner {name}", value
            elif condition.operator is Operator.NOT_EQUAL:
                yield "not", 1.0
            elif condition.operator in _COMPARED:
                yield "compared", 1.0
            elif isinstance(condition.right, tuple) and len(condition.right) > 1:
                yield "among", 1.0


_EXPECTED: Mapping[str, tuple[str, ...]] = {
    "count": ("shows count", "shows count distinct", "having", "order count"),
    "average": ("shows avg", "nested", "order aggregate", "having"),
    "sum": ("shows sum", "shows count", "order aggregate", "having"),
    "each": ("group",),
    "group": ("group",),
    "order": ("sorted",),
    "ascending": ("ascending",),
    "descending": ("descending",),
    "most": ("top", "shows max", "nested", "compared", "having", "inner top"),
    "least": ("top", "shows min", "nested", "compared", "having", "inner top"),
    "longest": ("top", "shows max", "nested", "inner top"),
    "shortest": ("top", "shows min", "nested", "inner top"),
    "frequent": ("order count", "inner order count"),
    "distinct": ("distinct", "shows count distinct"),
    "no": ("not", "having"),
    "either": ("either", "among", "compared", "having"),
    "both": ("intersect", "exists", "among"),
    "but": ("not", "intersect"),
    "more": ("compared", "having", "nested"),
    "less": ("compared", "having", "nested"),
    "between": ("compared", "having"),
    "where": ("where",),
    "contain": ("where",),
}


def _obeyed(parts: Mapping[str, float], kinds: set[str]) -> Iterator[str]:
    """Each cue with whether the query does what it asks for, and each part with whether a cue asks for it."""
    for cue, wanted in _EXPECTED.items():
        whole, each = _TOLD[cue, cue in kinds]
        yield whole[any(name in parts for name in wanted)]
        for name, told in each:
            yield told[name in parts]


# By a cue and whether it is said: what is told of all that it asks for, and of each, undone and done.
_TOLD = {
    (cue, said): (
        [f"{cue} {done} {said}" for done in (False, True)],
        [(name, [f"{cue}/{name} {done} {said}" for done in (False, True)]) for name in wanted],
    )
    for cue, wanted in _EXPECTED.items()
    for said in (False, True)
}


def shape(query: Query, parts: Mapping[str, float]) -> dict[str, float]:
    found = {f"has {name}": 1.0 for name in parts}
    found[f"shown={min(len(query.show), 5)}"] = 1.0
    found[f"orders={len(query.order)}"] = 1.0
    found[f"limit={bool(query.limit)} order={bool(query.order)} group={bool(query.group)}"] = 1.0
    names = sorted(name for name in parts if name.startswith(("shows", "group", "order", "top", "having", "nested")))
    found["shape " + "+".join(names)] = 1.0
    return found


def _types(query: Query, index: Index) -> dict[str, float]:
    """Aggregates and orders by the type of what they are of."""
    found: dict[str, float] = {}
    for one in (*query.show, *(ordering.by for ordering in query.order)):
        if isinstance(one, Aggregate) and isinstance(one.of, Field):
            column = index.catalog.columns[one.of.key]
            key = one.of.key.name in index.tables[one.of.key.table].keys
            kind = "number" if column.data_type.numeric else column.data_type.value
            found[f"{one.function.value} of {kind} key={key}"] = 1.0
    for ordering in query.order:
        if isinstance(ordering.by, Field):
            kind = index.catalog.columns[ordering.by.key].data_type.value
            found[f"ordered by {kind} top={query.limit is not None}"] = 1.0
    return found


def _number_beside(query: Query, kinds: set[str]) -> dict[str, float]:
    """Whether what the first groups are ranked by is shown, and how that was asked for."""
    if not (query.group and query.limit and query.order):
        return {}
    beside = f"number beside={query.order[0].by in query.show}"
    asked = [f"{kind}={kind in kinds}" for kind in ("what", "show", "count", "by", "and", "most", "how")]
    return {
        beside: 1.0,
        f"{beside} several={query.limit > 1}": 1.0,
        **{f"{beside} {one}": 1.0 for one in asked},
        f"{beside} {asked[0]} {asked[3]} several={query.limit > 1}": 1.0,
    }


def _distinct(query: Query, kinds: set[str], index: Index) -> dict[str, float]:
    """Whether equal rows could be shown, and why one might not want them."""
    fields = [one for one in query.show if isinstance(one, Field)]
    if len(fields) != len(query.show) or query.group:
        return {}
    own = {one.key.table for one in fields}
    facts = [index.tables[one.key.table] for one in fields]
    unique = any(one.key.name in fact.unique for one, fact in zip(fields, facts, strict=True))
    label = any(one.key.name in fact.labels for one, fact in zip(fields, facts, strict=True))
    others = tables_in(query) - own
    below = any(_fans(table, other, index) for table in own for other in others)
    state = f"distinct={query.distinct} rows={query.subject is not None}"
    where = bool(query.where)
    return {
        f"{state} asked={'distinct' in kinds}": 1.0,
        f"{state} asked={'distinct' in kinds} unique={unique} label={label} below={below} where={where}": 1.0,
        f"{state} unique={unique} below={below}": 1.0,
        f"{state} shown={min(len(fields), 3)} label={label}": 1.0,
        f"{state} order={bool(query.order)} top={bool(query.limit)}": 1.0,
        f"{state} below={below} what={'what' in kinds} all={'all' in kinds}": 1.0,
    }


def _fans(one: TableKey, other: TableKey, index: Index) -> bool:
    paths = index.graph.paths(one, other)
    return bool(paths) and paths[0].place.fans_out


def _tables(candidate: Candidate, index: Index) -> dict[str, float]:
    used = tables_in(candidate.query)
    named = {
        part.choice.target.table
        for part in candidate.labelling.parts
        if part.choice and part.choice.target.kind is TargetKind.TABLE
    }
    mentioned = {
        item.choices[0].target.table
        for item in (part.item for part in candidate.labelling.parts)
        if item.choices[0].target.kind is TargetKind.TABLE and item.choices[0].score > 0.85
    }
    far = sum(
        not any(index.graph.paths(one, other) or index.graph.paths(other, one) for other in used if other != one)
        for one in used
        if len(used) > 1
    )
    keys = sum(
        isinstance(one, Field) and one.key.name in index.tables[one.key.table].keys for one in candidate.query.show
    )
    return {
        "tables": float(len(used)),
        "tables that no word names": float(len(used - named)),
        "tables named but not used": float(len(mentioned - used)),
        "apart": float(far),
        "keys shown": float(keys),
        "context": float(len(candidate.query.also)),
    }
