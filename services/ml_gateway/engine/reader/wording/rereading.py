"""Other parts for what is shown, where the words leave them open or say them better than the labels do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, TableKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import ORDER, SHOWING
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Sentence
from services.ml_gateway.engine.reader.wording.besides import best_in_each, listed, of_each, of_one_table
from services.ml_gateway.engine.reader.wording.bounded import bounded
from services.ml_gateway.engine.reader.wording.named_roles import with_roles_named
from services.ml_gateway.engine.reader.wording.naming_rows import only_held, through_keys
from services.ml_gateway.engine.reader.wording.pairing import paired
from services.ml_gateway.engine.reader.wording.partaking import in_their_parts, partaking
from services.ml_gateway.engine.reader.wording.stating import stated
from services.ml_gateway.engine.words.splitting import full_words

_FUNCTIONS = {"average": Label.AVG, "sum": Label.SUM, "most": Label.MAX, "least": Label.MIN}
_COMPUTED = frozenset(_FUNCTIONS.values())
_COUNTS = (Label.COUNT, Label.COUNT_DISTINCT)
_RANKED = {
    Label.TOP_ASC: Label.RANK_TOP_ASC, Label.TOP_DESC: Label.RANK_TOP_DESC,
    Label.ASC: Label.RANK_ASC, Label.DESC: Label.RANK_DESC,
}  # fmt: skip
_HALVES = frozenset("first last given family surname surnames forename forenames middle fname lname".split())
_PASSED = frozenset(("the", "of", "all", "that"))
_PERHAPS_MEAN = (Label.SHOW, Label.COUNT, Label.SUM, Label.MIN, Label.MAX, Label.TOP_DESC, Label.TOP_ASC)
_NEARLY = 0.35
THROUGH_A_KEY = "named through a key"
WHOLE_NAME = "first and last name"


@dataclass(frozen=True, slots=True)
class Reread:
    """Parts in the order of the question; note: what is other than the labels say."""

    parts: tuple[Part, ...]
    note: str


def rereadings(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[Reread]:
    """parts: those with a meaning."""
    reading = _Reading(parts, sentence, index)
    yield from reading.functions()
    yield from reading.ranked()
    yield from reading.counted_once()
    yield from reading.numbers()
    yield from reading.named()
    yield from by_name(parts, sentence, index)
    yield from reading.first_few()
    yield from reading.held_of_groups()
    yield from reading.on_average()
    yield from reading.how_old()
    for said in stated(parts, sentence, index):
        yield Reread(said, "said of rows")
    for said in bounded(parts, sentence, index):
        yield Reread(said, "of an amount")
    if (held := only_held(parts, sentence, index)) is not None:
        yield Reread(held, "a date for its period")
    for found in partaking(parts, sentence.symbols, index):
        yield Reread(found, "rows by their part")
    for found in of_one_table(parts):
        yield Reread(found, "of one table")
    if (named := listed(parts, sentence)) is not None:
        yield Reread(named, "listed with what is shown")
    if (whose := of_each(parts, sentence, index)) is not None:
        yield Reread(whose, "shown of each")
    if (best := best_in_each(parts, sentence)) is not None:
        yield Reread(best, "best in each")
    if (placed := in_their_parts(parts, sentence, index)) is not None:
        yield Reread(placed, "values in their part")
    if (both := paired(parts, sentence, index)) is not None:
        yield Reread(both, "two of one noun")


def by_name(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[Reread]:
    """Whom and what is shown by name, whatever else the question does."""
    yield from _Reading(parts, sentence, index).whole_names()
    if (pointed := through_keys(parts, sentence, index)) is not None:
        yield Reread(pointed, THROUGH_A_KEY)
    if (roles := with_roles_named(parts, sentence, index)) is not None:
        yield Reread(roles, "roles by name")


class _Reading:
    def __init__(self, parts: Sequence[Part], sentence: Sentence, index: Index) -> None:
        self._parts, self._sentence, self._index = tuple(parts), sentence, index
        self._kinds = sentence.kinds

    def functions(self) -> Iterator[Reread]:
        """ "The highest price": the greatest of the prices, of each group, where that is said right before it."""
        computed = any(one.label in (*_COMPUTED, *_COUNTS) for one in self._parts)
        grouped = "each" in self._kinds
        found: list[Part] = []
        last: Label | None = None
        for number, part in enumerate(self._parts):
            said = self._function(part)
            if said is None and last and number and self._joined(self._parts[number - 1], part):
                said = last
            last = said
            wanted = part.label in _COMPUTED or (part.label is Label.SHOW and (computed or grouped))
            if said and wanted and said is not part.label and self._measures(part, said):
                part = replace(part, label=said)
            found.append(part)
        if tuple(found) != self._parts:
            yield Reread(tuple(found), "function as said")

    def _function(self, part: Part) -> Label | None:
        """What is said right before a name."""
        at = part.item.first - 1
        while at >= 0 and (self._kinds[at] in _PASSED or self._kinds[at] == "count"):
            at -= 1
        return _FUNCTIONS.get(self._kinds[at]) if at >= 0 else None

    def _joined(self, one: Part, other: Part) -> bool:
        between = self._sentence.symbols[one.item.last : other.item.first]
        return 0 < len(between) <= 3 and all(s == "," or WORDS.get(s) in ("and", "the") for s in between)

    def _measures(self, part: Part, label: Label) -> bool:
        column = self._column(part.choice)
        if column is None or self._is_key(part.choice):
            return False
        return column.data_type.numeric or (column.data_type.temporal and label in (Label.MIN, Label.MAX))

    def _column(self, choice: Choice | None) -> Column | None:
        if choice is None or choice.target.kind is not TargetKind.COLUMN:
            return None
        return self._index.catalog.columns[ColumnKey(choice.target.table, choice.target.column)]

    def _is_key(self, choice: Choice | None) -> bool:
        return choice is not None and choice.target.column in self._index.tables[choice.target.table].keys

    def ranked(self) -> Iterator[Reread]:
        """ "The lowest average price": groups by their average, not rows by their price."""
        for part in self._parts:
            said = self._function(part)
            if part.label in _RANKED and said in (Label.AVG, Label.SUM) and self._measures(part, said):
                yield Reread(self._with(part, replace(part, label=_RANKED[part.label])), "ranked by the function said")

    def counted_once(self) -> Iterator[Reread]:
        """ "How many guests stayed": one count, of the rows that hang on the others, though two words name rows."""
        counts = [
            one for one in self._parts if one.label is Label.COUNT and one.choice and not one.choice.target.column
        ]
        tables = dict.fromkeys(one.choice.target.table for one in counts if one.choice)
        if len(tables) < 2 or self._kinds.count("count") >= len(tables):
            return
        lowest = next((t for t in tables if all(t == o or self._hangs(t, o) for o in tables)), next(iter(tables)))
        kept = tuple(
            replace(one, label=Label.CONTEXT)
            if one in counts and one.choice and one.choice.target.table != lowest
            else one
            for one in self._parts
        )
        yield Reread(kept, "counted once")

    def _hangs(self, table: TableKey, other: TableKey) -> bool:
        paths = self._index.graph.nearest(table, other)
        return bool(paths) and not paths[0].place.fans_out

    def numbers(self) -> Iterator[Reread]:
        """ "How many seats": a number that is kept, or the sum of those, instead of a count of rows."""
        counts = [one for one in self._parts if one.label in _COUNTS]
        if len(counts) != 1:
            return
        part = counts[0]
        assert part.choice
        kept = [
            one for one in part.item.choices
            if (column := self._column(one)) and column.data_type.numeric and not self._is_key(one)
            and one.score >= part.choice.score - _NEARLY and one.how != "question"
        ]  # fmt: skip
        if kept:
            yield Reread(self._with(part, replace(part, choice=kept[0], label=Label.SUM)), "summed for counted")
            yield Reread(self._with(part, replace(part, choice=kept[0], label=Label.SHOW)), "shown for counted")

    def _with(self, part: Part, other: Part) -> tuple[Part, ...]:
        return tuple(other if one is part else one for one in self._parts)

    def named(self) -> Iterator[Reread]:
        """ "The name of the studio", where a column holds the studio: that column, without another's name."""
        for one, other in zip(self._parts, self._parts[1:], strict=False):
            between = self._kinds[one.item.last : other.item.first]
            near = all(kind in _PASSED or kind == "each" for kind in between) and len(between) <= 3
            words = [WORDS.get(t.form, "") for t in self._sentence.tokens[one.item.first : one.item.last]]
            told, column = self._column(other.choice), self._column(one.choice)
            if near and words in (["named"], ["id"]) and told and column and other.label in SHOWING:
                if one.label is Label.SHOW and told is not column:
                    yield Reread(tuple(p for p in self._parts if p is not one), "named by what follows")
            elif not between and other.label is Label.SHOW and column and one.label in SHOWING and told:
                last = [WORDS.get(t.form, "") for t in self._sentence.tokens[other.item.first : other.item.last]]
                if last in (["named"], ["id"]):
                    yield Reread(tuple(p for p in self._parts if p is not other), "named by what stands before")

    def whole_names(self) -> Iterator[Reread]:
        """ "Names", "tenant", where first and last names are kept apart: both, unless the words say which."""
        found: list[Part] = []
        for part in self._parts:
            words = {t.form for t in self._sentence.tokens[part.item.first : part.item.last]}
            if part.label is Label.SHOW and words and not words & _HALVES:
                found += self._whole_name(part)
            else:
                found.append(part)
        if len(found) > len(self._parts):
            yield Reread(tuple(found), WHOLE_NAME)

    def _whole_name(self, part: Part) -> list[Part]:
        assert part.choice
        target = part.choice.target
        if target.kind is not TargetKind.COLUMN:
            return [part]
        names = self._index.tables[target.table].labels
        if len(names) < 2 or target.column not in names:
            told = {full_words(c.name)[-2:]: c.name for c in self._index.catalog.by_key[target.table].columns}
            names = (told.get(("first", "name"), ""), told.get(("last", "name"), ""))
        if target.column not in names or not all(names):
            return [part]
        targets = [Target(TargetKind.COLUMN, target.table, name, relationship=target.relationship) for name in names]
        return [replace(part, choice=replace(part.choice, target=one)) for one in targets]

    def first_few(self) -> Iterator[Reread]:
        """ "The top 3 prices": so many of them by what is shown, where nothing else orders."""
        limits = [one for one in self._parts if one.label is Label.LIMIT]
        if len(limits) != 1 or any(one.label in ORDER for one in self._parts):
            return
        for part in self._parts:
            column = self._column(part.choice)
            if part.label is not Label.SHOW or part.item.first < limits[0].item.last or column is None:
                continue
            if column.data_type.numeric or column.data_type.temporal:
                least = {"least", "shortest"} & {*self._kinds[max(part.item.first - 4, 0) : part.item.first]}
                label = Label.SHOW_TOP_ASC if least else Label.SHOW_TOP_DESC
                yield Reread(self._with(part, replace(part, label=label)), "first few of what is shown")
                return

    def held_of_groups(self) -> Iterator[Reread]:
        """ "Average price above 10", "total stock of more than 5": of each group, not of each row."""
        numbers = [p for p in self._parts if p.label is Label.WHERE and p.item.choices[0].target.literal]
        for part in self._parts:
            said = self._function(part)
            if part.label is not Label.WHERE or said not in (Label.AVG, Label.SUM) or not self._measures(part, said):
                continue
            number = next((one for one in numbers if one.item.first >= part.item.last), None)
            if number is None or number.choice is None or number.choice.target.literal is not LiteralKind.NUMBER:
                continue
            kept = tuple(replace(p, label=Label.HAVING) if p in (part, number) else p for p in self._parts)
            yield Reread(kept, "held of groups")
            return

    def on_average(self) -> Iterator[Reread]:
        """ "How many seats does a hall have on average": the mean of the number that is kept."""
        forms = [token.form for token in self._sentence.tokens]
        if ("on", "average") not in pairwise(forms):
            return
        for part in self._parts:
            if part.label in _PERHAPS_MEAN and self._measures(part, Label.AVG):
                yield Reread(self._with(part, replace(part, label=Label.AVG)), "on average")
                return

    def how_old(self) -> Iterator[Reread]:
        """ "How old is the youngest": the least of the ages."""
        measured = [p for p in self._parts if p.item.measured and p.choice]
        for one, other in pairwise(measured):
            asked = one.item.first and self._kinds[one.item.first - 1] == "how"
            assert one.choice
            assert other.choice
            if not asked or one.choice.target != other.choice.target or not self._measures(one, Label.MIN):
                continue
            form = self._sentence.tokens[other.item.first].form
            label = Label.MIN if WORDS.get(form) == "shortest" else Label.MAX
            kept = tuple(replace(p, label=label) if p is one else p for p in self._parts if p is not other)
            yield Reread(kept, "how much at most")
            return
