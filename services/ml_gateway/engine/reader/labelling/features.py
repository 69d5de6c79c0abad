"""What the labeller sees of an item: the words around it that say what to do, and what its meanings are for.

No feature holds a name or a value of a catalog.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, TableKey
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence

_CUES = frozenset(
    """most least longest shortest frequent quality average sum median count more less equal between each group order
    descending ascending distinct no both either but by share contain start end""".split()
)
_OF_COLUMNS = frozenset({TargetKind.COLUMN, TargetKind.VALUE, TargetKind.FLAG})
_SENTENCE = _CUES | {"how", "what", "where", "show", "if"}


@dataclass(frozen=True, slots=True)
class Part:
    """An item's label and the meaning it was given; no choice where it is ignored."""

    item: Item
    label: Label
    choice: Choice | None


def around(sentence: Sentence, number: int) -> list[str]:
    """Features of an item that depend neither on its meaning nor on the labels before it."""
    item = sentence.items[number]
    found = ["bias", *_window(sentence, item), *_cues(sentence, item), *_neighbours(sentence, number)]
    kinds = "".join(sorted({_kind(choice) for choice in item.choices}))
    found += [f"kinds={kinds}", f"plural={item.plural}", f"kinds={kinds} plural={item.plural}"]
    for name in sorted({WORDS[s] for s in sentence.symbols if s in WORDS} & _SENTENCE):
        found.append(f"has={name}")
        found.append(f"has={name} first={number == 0} last={number == len(sentence.items) - 1}")
    opening = " ".join(sentence.symbols[:2])
    found += [f"opens={opening}", f"opens={opening} at={min(number, 3)}"]
    return found


def _window(sentence: Sentence, item: Item) -> list[str]:
    def at(position: int) -> str:
        return sentence.symbols[position] if 0 <= position < len(sentence.symbols) else "|"

    b1, b2, b3, b4 = (at(item.first - n) for n in (1, 2, 3, 4))
    a1, a2, a3 = (at(item.last + n) for n in (0, 1, 2))
    c1, c2, c3, d1, d2 = (WORDS.get(word, word) for word in (b1, b2, b3, a1, a2))
    return [
        f"c1={c1}", f"c12={c2} {c1}", f"c123={c3} {c2} {c1}", f"d1={d1}", f"d12={d1} {d2}", f"cd={c1} {d1}",
        f"c12d={c2} {c1} {d1}", f"cd12={c1} {d1} {d2}",
        f"b1={b1}", f"b2={b2}", f"b3={b3}", f"b12={b2} {b1}", f"b123={b3} {b2} {b1}", f"b1234={b4} {b3} {b2} {b1}",
        f"a1={a1}", f"a2={a2}", f"a12={a1} {a2}", f"a123={a1} {a2} {a3}", f"ba={b1} {a1}", f"bba={b2} {b1} {a1}",
        f"baa={b1} {a1} {a2}",
    ]  # fmt: skip


def _cues(sentence: Sentence, item: Item) -> list[str]:
    """The nearest cues on both sides, with how many items stand between."""
    found = []
    for side, positions in (
        ("left", range(item.first - 1, -1, -1)),
        ("right", range(item.last, len(sentence.symbols))),
    ):
        passed, seen, nearest = 0, set[str](), []
        previous = ""
        for position in positions:
            symbol = sentence.symbols[position]
            if len(symbol) == 1 and symbol.isupper():
                passed += symbol != previous or side == "left"
                previous = symbol
                continue
            previous = ""
            name = WORDS.get(symbol, "")
            if name in _CUES and name not in seen:
                seen.add(name)
                nearest.append(name)
                found.append(f"{side}={name}/{min(passed, 3)}")
                if len(nearest) == 1:
                    found.append(f"{side}1={name}/{min(passed, 3)}/{min(abs(position - item.first), 6)}")
        if not nearest:
            found.append(f"{side}1=none")
        else:
            found.append(f"{side}12={' '.join(nearest[:2])}")
    return found


def _neighbours(sentence: Sentence, number: int) -> list[str]:
    items, item = sentence.items, sentence.items[number]
    previous = items[number - 1] if number else None
    following = items[number + 1] if number + 1 < len(items) else None
    gap = _gap(sentence, previous.last if previous else 0, item.first)
    ahead = _gap(sentence, item.last, following.first if following else len(sentence.symbols))
    left, right = previous.symbol if previous else "|", following.symbol if following else "|"
    return [
        f"gap={left} {gap}", f"ahead={ahead} {right}", f"left={left}", f"right={right}", f"lr={left}{right}",
        f"at={min(number, 4)}", f"from_end={min(len(items) - number, 4)}", f"many={min(len(items), 7)}",
        f"self={left}{item.symbol}{right}",
    ]  # fmt: skip


def _gap(sentence: Sentence, first: int, last: int) -> str:
    words = sentence.symbols[first:last]
    return " ".join(words) if len(words) <= 4 else " ".join((*words[:2], "..", *words[-2:]))


def earlier(before: Sequence[Part]) -> list[str]:
    """Features of the labels before an item."""
    labels = [part.label.value for part in before if part.label is not Label.IGNORED]
    last, second = (labels[-1] if labels else "|"), (labels[-2] if len(labels) > 1 else "|")
    found = [f"prev={last}", f"prev2={second} {last}"]
    for label in sorted(set(labels)):
        found.append(f"had={label}")
    if not {"show", "count", "count_distinct", "sum", "avg", "min", "max", "all"} & set(labels):
        found.append("nothing shown")
    return found


def _kind(choice: Choice) -> str:
    return choice.target.literal.value if choice.target.literal else choice.target.kind.value[0]


def meaning(choice: Choice, number: int, sentence: Sentence, index: Index) -> list[str]:
    """Features of one meaning of an item that don't depend on the labels before it."""
    target = choice.target
    kind = _kind(choice)
    found = [
        f"kind={kind}", f"how={kind} {choice.how}", f"rank={min(choice.rank, 3)}", f"equal={min(choice.equal, 4)}",
        f"score={kind} {round(choice.score * 10)}", f"alone={kind} {len(sentence.items[number].choices) == 1}",
        f"role={target.relationship is not None}",
    ]  # fmt: skip
    if target.kind is TargetKind.LITERAL:
        return found
    found += [f"{kind} {feature}" for feature in _company(target.table, number, sentence, index)]
    found += [f"{kind} {feature}" for feature in _rivals(target.table, number, sentence)]
    if target.kind in _OF_COLUMNS:
        found += [f"{kind} {feature}" for feature in _column(target.table, target.column, index)]
        found += [f"{kind} {feature}" for feature in _beside(choice, number, sentence)]
    return found


def after(choice: Choice, before: Sequence[Part], index: Index) -> list[str]:
    """Features of one meaning beside the meanings and labels before it: of their tables, the last of these, and what
    the same column is labelled."""
    target = choice.target
    named = [part.choice.target for part in before if part.choice]
    chosen = [one.table for one in named if one.table.name]
    same = frozenset(
        part.label for part in before
        if part.choice and (part.choice.target.table, part.choice.target.column) == (target.table, target.column)
    )  # fmt: skip
    last = chosen[-1] if chosen else None
    return [*after_tables(choice, frozenset(chosen), last, index), *after_labels(choice, same)]


def after_tables(choice: Choice, chosen: frozenset[TableKey], last: TableKey | None, index: Index) -> list[str]:
    """Those of `after` that the kind of the meaning, its table, and the tables before it tell."""
    kind, table = _kind(choice), choice.target.table
    if choice.target.kind is TargetKind.LITERAL:
        return []
    found = [
        f"{kind} chosen={table in chosen}",
        f"{kind} last_chosen={last == table}",
        f"{kind} none_chosen={not chosen}",
    ]
    if last is not None:
        found.append(f"{kind} near_chosen={min(_distance(table, other, index) for other in chosen)}")
        found.append(f"{kind} near_last={_distance(table, last, index)}")
    return found


def after_labels(choice: Choice, same: frozenset[Label]) -> list[str]:
    """Those of `after` that the labels of the same column before it tell."""
    if choice.target.kind not in _OF_COLUMNS:
        return []
    kind = _kind(choice)
    return [f"{kind} same={label}" for label in sorted(one.value for one in same)] or [f"{kind} same=none"]


def _company(table: TableKey, number: int, sentence: Sentence, index: Index) -> list[str]:
    """How a table stands to the tables that the words around may mean."""
    later = sentence.items[number + 1 :]
    found = [f"next={_names(later[:1], table)}"]
    items, item = sentence.items, sentence.items[number]
    if later:
        ahead = _gap(sentence, item.last, later[0].first)
        found.append(f"next={_names(later[:1], table)} {ahead}")
    if number:
        gap = _gap(sentence, items[number - 1].last, item.first)
        found.append(f"previous={_names(items[number - 1 : number], table)} {gap}")
    found.append(f"next2={_names(later[1:2], table)}")
    found.append(f"later={max((_names((one,), table) for one in later), default=0)}")
    named = [
        choice.target.table
        for one in sentence.items
        for choice in one.choices[:1]
        if one is not sentence.items[number] and choice.target.table.name
    ]
    near = min((_distance(table, other, index) for other in named), default=9)
    found.append(f"near={near}")
    return found


def _rivals(table: TableKey, number: int, sentence: Sentence) -> list[str]:
    """Whether the name behind, and that before, may mean the table rather than the tables of the item's others."""
    items = sentence.items
    others = {one.target.table for one in items[number].choices if not one.target.literal} - {table}
    if not others:
        return []
    found = []
    for side, place in (("next", number + 1), ("previous", number - 1)):
        near = items[place : place + 1] if place >= 0 else ()
        if near:
            first, last = sorted((number, place))
            own, best = _names(near, table), max(_names(near, other) for other in others)
            than = "more" if own > best else "less" if own < best else "as"
            gap = _gap(sentence, items[first].last, items[last].first)
            found += [f"{side} {than} {own}", f"{side} {than} {gap}"]
    return found


def _names(items: Sequence[Item], table: TableKey) -> int:
    """How near one of the items is to meaning the table, 0 to 3, as `Item.near` has it."""
    return max((item.near.get(table, 0) for item in items), default=0)


def _distance(one: TableKey, other: TableKey, index: Index) -> int:
    """Hops between two tables, whichever way: 0..3, 4 where there is no path."""
    if one == other:
        return 0
    hops = [found for found in (index.graph.hops(one, other), index.graph.hops(other, one)) if found is not None]
    return min(*hops, 3) if hops else 4


def _column(table: TableKey, name: str, index: Index) -> list[str]:
    facts = index.tables[table]
    column: Column = index.catalog.columns[ColumnKey(table, name)]
    counted, rows = column.distinct_count, facts.table.row_count
    unique = bool(counted and rows and counted == rows)
    use = (
        "primary"
        if (name,) == facts.table.primary_key
        else "foreign"
        if name in facts.keys and name not in facts.table.primary_key
        else "label"
        if name in facts.labels
        else column.role.value or "plain"
    )
    kind = "number" if column.data_type.numeric else "time" if column.data_type.temporal else column.data_type.value
    return [f"type={kind}", f"use={use}", f"type={kind} use={use}", f"unique={unique}"]


def _beside(choice: Choice, number: int, sentence: Sentence) -> list[str]:
    """Whether the names on both sides may mean the same column: "1 credit", "whose city is"."""
    target, items = choice.target, sentence.items
    sides = []
    for other in (number - 1, number + 1):
        near = items[other].choices if 0 <= other < len(items) else ()
        sides.append(any((one.target.table, one.target.column) == (target.table, target.column) for one in near))
    return [f"beside={sides[0]} {sides[1]}"]
