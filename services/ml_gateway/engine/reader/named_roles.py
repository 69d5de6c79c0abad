""" "Clerks with their boss's name", "the name of each boat together with the name of its captain": who has a part in
the rows is shown by name, through the key that the part's word names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.items import Choice, Item, Sentence
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import IDENTIFIERS
from services.ml_gateway.engine.words.splitting import full_words

_NAMED = frozenset("name names called".split())
_OF = frozenset("of for".split())
_PASSED = frozenset("the its their his her each every respective main".split())
_LISTED = frozenset("with and show give , together along plus list including".split())
_SURE = 0.7


@dataclass(frozen=True, slots=True)
class _Role:
    """Tokens [first, last) say it, its name's words included."""

    first: int
    last: int
    relationship: int


def with_roles_named(parts: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, ...] | None:
    """The parts with a name for each role that the question lists; None where it lists none."""
    roles = list(_roles(parts, sentence, index))
    if not roles:
        return None
    kept = [one for one in parts if not any(_within(one.item, role) for role in roles)]
    added = [part for role in roles for part in _names(role, index)]
    return tuple(sorted((*kept, *added), key=lambda one: one.item.first))


def _within(item: Item, role: _Role) -> bool:
    return item.first < role.last and role.first < item.last


def _names(role: _Role, index: Index) -> Iterator[Part]:
    key = index.catalog.relationships[role.relationship]
    for label in index.tables[key.target].labels:
        target = Target(TargetKind.COLUMN, key.target, label, relationship=role.relationship)
        choice = Choice(target, _SURE, "name", 0, 1)
        yield Part(Item(role.first, role.last, (choice,), "C", False), Label.SHOW, choice)


def _roles(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[_Role]:
    forms = [token.form for token in sentence.tokens]
    named = {one.choice.target.table for one in parts if one.choice}
    words: dict[str, list[int]] = {}
    for number, key in enumerate(index.catalog.relationships):
        if key.table in named and index.tables[key.target].is_named:
            for word in _words(number, index):
                words.setdefault(word, []).append(number)
    end = 0
    for at, form in enumerate(forms):
        found = words.get(stem(form), [])
        if len(found) != 1 or at < end or form.endswith(("ed", "ing")):
            continue
        span = _span(forms, at)
        if span is not None:
            end = span[1]
            yield _Role(*span, found[0])


def _words(number: int, index: Index) -> Iterator[str]:
    """The noun of a key: "captain" of "captain_id" and of "captain", where that isn't what the rows are called."""
    key = index.catalog.relationships[number]
    own = {*name_words(key.target.name)}
    for said in (key.columns[0] if len(key.columns) == 1 else "", key.role, *key.synonyms):
        words = [one for one in full_words(said) if one not in IDENTIFIERS and one not in own]
        if words and words[-1].isalpha() and len(words[-1]) > 3:
            yield stem(words[-1])


def _span(forms: Sequence[str], at: int) -> tuple[int, int] | None:
    """The words that ask for the name of whoever a word at a place says; None where none do."""
    first, last = at, at + 1
    if forms[last : last + 1] in (["'s"], ["'"], ["s"]):
        last += 1
    named = forms[last : last + 1] != [] and forms[last] in _NAMED
    while first and forms[first - 1] in _PASSED:
        first -= 1
    if named:
        return first, last + 1
    if first > 1 and forms[first - 1] in _OF and forms[first - 2] in _NAMED:
        return first - 2, last
    listed = first == 0 or forms[first - 1] in _LISTED
    return (at, last) if listed and first and last == at + 1 else None
