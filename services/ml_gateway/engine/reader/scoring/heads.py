"""What kind of thing a query shows, beside what its question begins with and names first.

"Lifeguards hired after 2020" asks for lifeguards, not for how many, nor for the day: which words ask is half of it, the
other half is what the first name means. No feature holds a name or a value of a catalog.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import Aggregate, During, Expression, Field, Query, Rows
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence

_CLASSES = frozenset(WORDS.values())
_TOLD = (Label.SHOW, Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX)


def heads(candidate: Candidate, index: Index) -> dict[str, float]:
    """Counts and flags."""
    query, parts = candidate.query, candidate.labelling.parts
    first = next((part for part in parts if part.choice), None)
    target = first.choice.target if first and first.choice else None
    kind = target.kind.value if target else "nothing"
    what = "+".join(sorted({_kind(one, target.table if target else None, index) for one in query.show})[:3])
    opens, ends = opening(candidate.sentence), ending(candidate.sentence)
    found = Counter(
        (
            f"{opens}: {what}",
            f"{opens} {ends}: {what}",
            f"{opens} {kind}: {what}",
            f"{kind}: {what} groups {bool(query.group)}",
        )
    )
    if first:
        found[f"{kind} {first.label.value} at once {first.item.first == 0}: {what}"] += 1
    found.update(_said(query, parts, opens, index))
    found.update(_behind(candidate.sentence, parts))
    return {name: float(count) for name, count in found.items()}


def opening(sentence: Sentence) -> str:
    """What the first word does, and the second behind "how"."""
    said = [_does(symbol) for symbol in sentence.symbols[:2]]
    return " ".join(said if said[:1] == ["how"] else said[:1])


def ending(sentence: Sentence) -> str:
    """The mark at the end: "?", "." for any other one, "" for none."""
    last = sentence.tokens[-1].text if sentence.tokens else ""
    return last if last == "?" else "" if last[-1:].isalnum() else "."


def _does(symbol: str) -> str:
    """The class of a word, the kind of a name."""
    does = WORDS.get(symbol, symbol)
    return does if does in _CLASSES or len(does) == 1 else "~"


def _kind(shown: Expression, of: TableKey | None, index: Index) -> str:
    """What is shown, and whether it is of the table that the first name is of."""
    if isinstance(shown, Field):
        return f"{'own' if shown.key.table == of else 'far'} {_use(shown, index)}"
    if isinstance(shown, Aggregate):
        own = isinstance(shown.of, Rows) and shown.of.table == of
        return f"{shown.function.value}{' own' if own else ''}"
    return type(shown).__name__


def _use(field: Field, index: Index) -> str:
    facts, column = index.tables[field.key.table], index.catalog.columns[field.key]
    if field.key.name in facts.labels:
        return "label"
    if field.key.name in facts.keys:
        return "key"
    if column.data_type.temporal:
        return "time"
    return "number" if column.data_type.numeric else column.data_type.value


def _said(query: Query, parts: tuple[Part, ...], opens: str, index: Index) -> Iterator[str]:
    """Of each column that is shown, whether any word names it; tables named but not shown."""
    targets = [part.choice.target for part in parts if part.choice]
    columns = {(one.table, one.column) for one in targets}
    tables = {one.table for one in targets if one.kind is TargetKind.TABLE}
    shown = [one for one in query.show if isinstance(one, Field)]
    held = {node.field for node in nodes_of(query.where) if isinstance(node, During)} if query.where else set()
    for one in shown:
        said = (one.key.table, one.key.name) in columns
        yield f"shown {_use(one, index)} said {said}"
        if held and index.catalog.columns[one.key].data_type.temporal:
            yield f"time shown, a period of it {one in held}"
    for use, said in {(_use(one, index), (one.key.table, one.key.name) in columns) for one in shown}:
        yield f"{opens}: shown {use} said {said}"
    if shown and not {one.key.table for one in shown} & tables:
        yield f"{opens}: shown beside named tables {bool(tables)}"


def _behind(sentence: Sentence, parts: tuple[Part, ...]) -> Iterator[str]:
    """What stands before each column that is shown or reckoned with."""
    for part in parts:
        if part.choice and part.label in _TOLD and part.choice.target.kind is TargetKind.COLUMN:
            before = _does(sentence.symbols[part.item.first - 1]) if part.item.first else "|"
            yield f"{part.label.value} of a column behind {before}"
