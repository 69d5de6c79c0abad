"""Which columns name a table's rows to a person: "title", "car_fname" and "car_lname", a plate; else the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from services.ml_gateway.engine.model import Column, DataType, Table
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import LABELS
from services.ml_gateway.engine.words.splitting import column_words, full_words, parts

Words = tuple[str, ...]

_FIRST: frozenset[Words] = frozenset(
    (
        ("first", "name"),
        ("given", "name"),
        ("fore", "name"),
        ("christian", "name"),
        ("firstname",),
        ("first",),
        ("given",),
        ("forename",),
    )
)
_LAST: frozenset[Words] = frozenset(
    (
        ("last", "name"),
        ("family", "name"),
        ("sur", "name"),
        ("second", "name"),
        ("lastname",),
        ("last",),
        ("family",),
        ("surname",),
    )
)
_CALLED: tuple[Words, ...] = (
    ("headline",), ("caption",), ("username",), ("user", "name"),
    ("plate",), ("license", "plate"), ("licence", "plate"), ("number", "plate"), ("plate", "number"),
)  # fmt: skip
# What is written of a row, where it is found or how it is reached doesn't name it, though it may differ in all rows.
_NO_NAMES = frozenset(
    "email mail phone telephone mobile fax url website link web address street postcode zip note remark comment reason "
    "message body content detail text image photo picture path file password hash token date day time birthday since "
    "from to contact person author host by line duration score percent percentage rate number code status".split()
)
_FIRMS: tuple[Words, ...] = (("company",), ("firm",), ("organization",), ("organisation",), ("business",))
_ENDS: frozenset[Words] = frozenset((("name",), ("title",), ("label",)))
_DESCRIBING = frozenset("description descr describe".split())
_FEW_ROWS = 5  # of so few rows any text may differ by chance
_NEARLY_ALL = 0.9


def row_labels(table: Table, foreign: set[str], *, referred: bool) -> Words:
    """foreign: the columns that are keys of other tables; referred: whether other tables have a key to this one. Never
    empty where the table has columns."""
    if table.label_column:
        return (table.label_column,)
    named = _Naming(table, foreign)
    found = named.plain() or named.by_first_and_last() or named.after_a_noun()
    return found or named.told_apart(anywhere=referred) or named.by_key()


class _Naming:
    def __init__(self, table: Table, foreign: set[str]) -> None:
        self._table = table
        self._own = full_words(table.name)
        self._columns = [one for one in table.columns if one.name not in foreign]
        self._prefixes = _prefixes(table)
        self._by_words: dict[Words, str] = {}
        for column in self._columns:  # of two that say the same, the first
            self._by_words.setdefault(column_words(column.name, self._own), column.name)
        for column in self._columns:
            self._by_words.setdefault(self._without_prefix(column.name), column.name)

    def _without_prefix(self, name: str) -> Words:
        pieces = parts(name)
        if len(pieces) > 1 and pieces[0] in self._prefixes:
            rest = "_".join(pieces[1:])
            return full_words(rest)
        return full_words(name)

    def plain(self) -> Words:
        """A column called "name", "title" or as the table is; a firm that is named before whoever speaks for it."""
        person = self._halves(())
        firm = next((self._by_words[one] for one in _FIRMS if one in self._by_words), "")
        if person and firm and self._is_text(firm) and self._differs(firm):
            return (firm,)
        for label in LABELS:
            if person and label == "title":
                continue  # a person's title is no name
            if name := self._by_words.get(name_words(label)):
                return self._with_surname(name) if label == "name" else (name,)
        named = self._by_words.get(name_words(self._table.name))
        return (named,) if named and self._is_text(named) else ()

    def _with_surname(self, name: str) -> Words:
        """A "name" beside a "surname" is the first name."""
        last = next((self._by_words[one] for one in (("surname",), ("family", "name")) if one in self._by_words), "")
        return (name, last) if last and last != name else (name,)

    def by_first_and_last(self) -> Words:
        return self._halves(())

    def _halves(self, head: Words) -> Words:
        first = next((c for w, c in self._by_words.items() if w[len(head) :] in _FIRST and w[: len(head)] == head), "")
        last = next((c for w, c in self._by_words.items() if w[len(head) :] in _LAST and w[: len(head)] == head), "")
        return (first, last) if first and last and self._is_text(first) and self._is_text(last) else ()

    def after_a_noun(self) -> Words:
        """ "studio_name" in studios; the "model name" of devices only where it tells them apart."""
        own = {*self._own, *name_words(self._table.name), *self._prefixes}
        ends = {words: name for words, name in self._by_words.items() if words[-1:] in _ENDS}
        named = [name for words, name in ends.items() if words[-1] != "label" and set(words[:-1]) <= own]
        named += [n for words, n in self._by_words.items() if words[-1:] == ("text",) and set(words[:-1]) & own]
        named += [self._by_words[words] for words in _CALLED if words in self._by_words]
        named += [name for words, name in ends.items() if not set(words[:-1]) <= own and self._differs(name)]
        if named:
            return (named[0],)
        heads = {w[:-size] for w in self._by_words for size in (1, 2) if w[-size:] in _FIRST and w[:-size]}
        return next((found for head in sorted(heads) if (found := self._halves(head))), ())

    def told_apart(self, *, anywhere: bool) -> Words:
        """A text of few words that is another in each row; where nothing refers to the rows, right behind their key."""
        keys = {*self._table.primary_key}
        others = [one for one in self._columns if one.name not in keys]
        near = others if anywhere else [one for one in self._table.columns if one.name not in keys][:1]
        found = [one for one in others if one in near and self._is_short(one) and self._all_differ(one)]
        found.sort(key=lambda one: not _DESCRIBING.isdisjoint(full_words(one.name)))
        return tuple(one.name for one in found[:1])

    def _is_short(self, column: Column) -> bool:
        return column.data_type is DataType.TEXT and _NO_NAMES.isdisjoint(full_words(column.name))

    def _all_differ(self, column: Column) -> bool:
        rows = self._table.row_count or 0
        return rows >= _FEW_ROWS and column.distinct_count == rows

    def _differs(self, name: str) -> bool:
        """Whether the column's values are others in nearly all rows, as far as is known."""
        column = next(one for one in self._columns if one.name == name)
        rows, values = self._table.row_count, column.distinct_count
        return rows is None or values is None or rows < _FEW_ROWS or values >= _NEARLY_ALL * rows

    def by_key(self) -> Words:
        single = {key[0] for key in (self._table.primary_key, *self._table.unique_keys) if len(key) == 1}
        for words, name in self._by_words.items():
            if words[-1:] in (("number",), ("code",)) and name in single:
                return (name,)
        texts = [one.name for one in self._columns if one.data_type is DataType.TEXT]
        singles = [key[0] for key in self._table.unique_keys if len(key) == 1 and key[0] in texts]
        every = [one.name for one in self._table.columns]
        return tuple((singles or list(self._table.primary_key) or texts or every)[:1])

    def _is_text(self, name: str) -> bool:
        return any(one.name == name and one.data_type is DataType.TEXT for one in self._columns)


def _prefixes(table: Table) -> frozenset[str]:
    """What three columns or more begin with: "car" in car_id, car_start, car_wage."""
    begun = Counter(pieces[0] for pieces in _pieces(table) if len(pieces) > 1)
    return frozenset(piece for piece, times in begun.items() if times > 2)


def _pieces(table: Table) -> Iterator[tuple[str, ...]]:
    for column in table.columns:
        yield parts(column.name)
