""" "Clerks with their boss's name", "the name of each boat together with the name of its captain": who has a part in
the rows is shown by name, through the key that the part's word names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import IDENTIFIERS
from services.ml_gateway.engine.words.splitting import full_words

_NAMED = frozenset("name names called".split())
_OF = frozenset("of for".split())
_PASSED = frozenset("the its their his her each every respective main".split())
_LISTED = frozenset("with and show give , together along plus list including".split())
_DONE = ("ed", "ing")
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class _Role:
    """Tokens [first, last) say it, the words of what is shown of it included. columns: those shown."""

    first: int
    last: int
    relationship: int
    columns: tuple[str, ...]


def with_roles_named(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """The parts with what is asked of each role that the question lists, its name where no column is named; None where
    it lists no role."""
    roles = list(_Listing(parts, sentence, index).roles())
    if not roles:
        return None
    kept = [one for one in parts if not any(_within(one.item, role) for role in roles)]
    added = [part for role in roles for part in _shown(role, index)]
    return tuple(sorted((*kept, *added), key=lambda one: one.item.first))


def _within(item: Item, role: _Role) -> bool:
    return item.first < role.last and role.first < item.last


def _shown(role: _Role, index: Index) -> Iterator[Part]:
    key = index.catalog.relationships[role.relationship]
    for column in role.columns:
        target = Target(TargetKind.COLUMN, key.target, column, relationship=role.relationship)
        choice = Choice(target, _SURE, "name", 0, 1)
        yield Part(Item(role.first, role.last, (choice,), "C", False), Label.SHOW, choice)


class _Listing:
    def __init__(self, parts: Sequence[Part], sentence: Sentence, index: Index) -> None:
        self._parts, self._index = parts, index
        self._forms = [token.form for token in sentence.tokens]

    def roles(self) -> Iterator[_Role]:
        words = self._words()
        end = 0
        for at, form in enumerate(self._forms):
            found = words.get(stem(form), [])
            if len(found) != 1 or at < end or form.endswith(_DONE):
                continue
            role = self._role(at, found[0])
            if role is not None:
                end = role.last
                yield role

    def _words(self) -> dict[str, list[int]]:
        """The nouns of the keys of tables that are named."""
        named = {one.choice.target.table for one in self._parts if one.choice}
        words: dict[str, list[int]] = {}
        for number, key in enumerate(self._index.catalog.relationships):
            if key.table in named and self._index.tables[key.target].is_named:
                for word in dict.fromkeys(nouns_of(number, self._index)):
                    words.setdefault(word, []).append(number)
        return words

    def _role(self, at: int, number: int) -> _Role | None:
        """What a word at a place asks to show of its rows; None where it asks for nothing."""
        forms, key = self._forms, self._index.catalog.relationships[number]
        labels = self._index.tables[key.target].labels
        first, last = at, at + 1
        if forms[last : last + 1] and stem(forms[last]) in {stem(one) for one in name_words(key.target.name)}:
            last += 1  # the source tank
        while first and forms[first - 1] in _PASSED:
            first -= 1
        if forms[last : last + 1] and forms[last] in _NAMED:
            return _Role(first, last + 1, number, labels)
        behind = self._column(key.target, lambda one: at <= one.item.first <= last < one.item.last)
        if behind is not None:
            return _Role(first, behind.item.last, number, (behind.choice.target.column,))  # type: ignore[union-attr]
        if first > 1 and forms[first - 1] in _OF:
            before = self._column(key.target, lambda one: one.item.last == first - 1)
            if forms[first - 2] in _NAMED and (before is None or before.item.last - before.item.first == 1):
                return _Role(first - 2, last, number, labels)
            if before is not None:
                return _Role(before.item.first, last, number, (before.choice.target.column,))  # type: ignore[union-attr]
        listed = first > 0 and forms[first - 1] in _LISTED
        return _Role(at, last, number, labels) if listed else None

    def _column(self, table: TableKey, stands: Callable[[Part], bool]) -> Part | None:
        """A column of the table that is named where it must be."""
        for part in self._parts:
            target = part.choice.target if part.choice else None
            if target is not None and target.kind is TargetKind.COLUMN and target.table == table and stands(part):
                return part
        return None


def nouns_of(number: int, index: Index) -> Iterator[str]:
    """The noun of a key: "captain" of "captain_id" and of "captain", where that isn't what the rows are called."""
    key = index.catalog.relationships[number]
    own = {*name_words(key.target.name)}
    for said in (key.columns[0] if len(key.columns) == 1 else "", key.role, *key.synonyms):
        words = [one for one in full_words(said) if one not in IDENTIFIERS and one not in own]
        if words and words[-1].isalpha() and len(words[-1]) > 3:
            yield stem(words[-1])
