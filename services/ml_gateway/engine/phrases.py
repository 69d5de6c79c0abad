"""The phrases that name what a catalog holds, each with what it may mean and how surely."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import Catalog, Column, DataType, Relationship, Table, TableKey
from services.ml_gateway.engine.tables import TableFacts
from services.ml_gateway.engine.targets import Target, TargetKind
from services.ml_gateway.engine.tokens import name_words, stem
from services.ml_gateway.engine.vocabulary import (
    AMOUNTS,
    COUNTRIES,
    DATE_ENDINGS,
    DATE_VERBS,
    FILLER,
    STATES,
    SYNONYM_SETS,
    UNITS,
)

Phrase = tuple[str, ...]
Names = Collection[Phrase]
_NAME, _SYNONYM, _VOCABULARY, _PARTIAL, _DESCRIPTION = 1.0, 0.97, 0.75, 0.68, 0.55
_HEAD = 0.86  # "shipping" for shipping_amount


@dataclass(frozen=True, slots=True)
class Entry:
    target: Target
    score: float
    how: str


@dataclass(frozen=True, slots=True)
class TablePhrases:
    """What one table contributes, and what that was made of.

    Of other tables only this counts: which of its own columns and values are called like a table or column there.
    """

    table: Table
    keys: tuple[Relationship, ...]
    said: frozenset[Phrase]
    clashes: tuple[frozenset[Phrase], frozenset[Phrase]]
    entries: tuple[tuple[Phrase, Entry], ...]


def phrases_by_table(
    catalog: Catalog, facts: Mapping[TableKey, TableFacts], previous: Mapping[TableKey, TablePhrases]
) -> dict[TableKey, TablePhrases]:
    """Those of `previous` that still hold are taken from there."""
    tables = {name_words(table.name) for table in catalog.tables}
    names = tables | {name_words(column.name) for table in catalog.tables for column in table.columns} | {("name",)}
    found = {}
    for table in catalog.tables:
        keys = catalog.keys_of.get(table.key, ())
        before = previous.get(table.key)
        if (
            before is None
            or before.table != table
            or before.keys != keys
            or before.clashes != (before.said & names, before.said & tables)
        ):
            said = frozenset({name_words(text) for column in table.columns for text in (column.name, *column.samples)})
            entries = tuple(_entries(table, facts[table.key], keys, names, tables))
            before = TablePhrases(table, keys, said, (said & names, said & tables), entries)
        found[table.key] = before
    return found


def metric_phrases(catalog: Catalog) -> Iterator[tuple[Phrase, Entry]]:
    for metric in catalog.metrics:
        target = Target(TargetKind.METRIC, metric.table, metric=metric.name)
        yield from _named(target, metric.name, metric.label, metric.synonyms, boost=0.04)


def role_phrases(catalog: Catalog) -> Iterator[tuple[Phrase, Entry]]:
    """What keys call the tables that they point to."""
    for number, relationship in enumerate(catalog.relationships):
        if relationship.target in catalog.by_key:
            words = role_words(relationship)
            yield from _role(number, catalog.by_key[relationship.target], words, relationship.synonyms)


def _entries(
    table: Table, facts: TableFacts, keys: Sequence[Relationship], names: Names, tables: Names
) -> Iterator[tuple[Phrase, Entry]]:
    foreign = {name for key in keys for name in key.columns}
    target = Target(TargetKind.TABLE, table.key)
    yield from _named(target, table.name, table.label, table.synonyms)
    yield from _partial(target, name_words(table.name))
    for column in table.columns:
        # A key that points elsewhere, or a column called like a table, gives way to that table.
        points = column.name in foreign and (column.name,) != table.primary_key
        factor = 0.85 if points else 0.97 if name_words(column.name) in tables else 1.0
        for phrase, entry in _column(table, column, names):
            named = entry.target.kind is TargetKind.COLUMN
            given = factor if named else 0.95 if points else 1.0
            yield phrase, replace(entry, score=entry.score * given * (0.97 if column.hidden else 1.0))
    texts = {column.name for column in table.columns if column.data_type is DataType.TEXT}
    if len(facts.labels) == 1 and facts.labels[0] in texts - facts.keys:
        yield ("name",), Entry(Target(TargetKind.COLUMN, table.key, facts.labels[0]), 0.9, "label")
    if len(facts.labels) > 1:  # a first and a last name: the row itself, which is shown by both
        yield ("name",), Entry(target, 0.9, "label")
    if len(table.primary_key) == 1:
        yield ("id",), Entry(Target(TargetKind.COLUMN, table.key, table.primary_key[0]), 0.7, "key")


def _named(
    target: Target, name: str, label: str, synonyms: Iterable[str], boost: float = 0.0
) -> Iterator[tuple[Phrase, Entry]]:
    for words in dict.fromkeys((name_words(name), name_words(label))):
        if words:
            yield words, Entry(target, _NAME + boost, "name")
            for variant in _variants(words):
                yield variant, Entry(target, _VOCABULARY + boost, "vocabulary")
    for synonym in synonyms:
        yield name_words(synonym), Entry(target, _SYNONYM + boost, "synonym")


def _variants(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The phrase with one word replaced by a word that business English uses for it."""
    for position, word in enumerate(words):
        for synonyms in SYNONYM_SETS:
            if word in synonyms:
                for other in sorted(synonyms - {word}):
                    yield (*words[:position], other, *words[position + 1 :])


def _partial(target: Target, words: tuple[str, ...]) -> Iterator[tuple[Phrase, Entry]]:
    """The end of a name stands for it, at a lower score: "amount" for total_amount."""
    for start in range(1, len(words)):
        tail = words[start:]
        if tail[0] not in FILLER and not tail[0].isdigit():
            score = _PARTIAL - 0.04 * (start - 1)
            yield tail, Entry(target, score, "partial")
            for variant in _variants(tail):
                yield variant, Entry(target, score - 0.1, "vocabulary")


def _column(table: Table, column: Column, tables: Names) -> Iterator[tuple[Phrase, Entry]]:
    target = Target(TargetKind.COLUMN, table.key, column.name)
    words, of_table = name_words(column.name), name_words(table.name)
    yield from _named(target, column.name, column.label, column.synonyms)
    yield from _partial(target, words)
    owners = dict.fromkeys((of_table, of_table[-1:], *(name_words(s) for s in (table.label, *table.synonyms) if s)))
    for owner, own in product(owners, (words, *(name_words(s) for s in column.synonyms))):
        yield (*owner, *own), Entry(target, _NAME if own == words else _SYNONYM, "name")
    if column.data_type.numeric and len(words) > 1 and words[-1] in UNITS:
        yield words[:-1], Entry(target, 0.95, "name")
    if column.data_type.numeric and len(words) > 1 and words[-1] in AMOUNTS and words[0] not in {*FILLER, *AMOUNTS}:
        yield words[:-1], Entry(target, _HEAD, "partial")
    if column.data_type.temporal and len(core := _without(words, DATE_ENDINGS)) < len(words) and core:
        yield core, Entry(target, 0.9, "name")
        yield (*core, "date"), Entry(target, 0.95, "name")
        for word in sorted(_said_of(core)):
            sure = stem(word) == stem(core[0])
            yield (word, "date"), Entry(target, 0.93 if sure else _VOCABULARY, "vocabulary")
    if column.data_type is DataType.BOOLEAN:
        flag = Target(TargetKind.FLAG, table.key, column.name)
        quality = words[1:] if words[:1] in (("is",), ("has",), ("was",)) else words
        yield quality, Entry(flag, 0.95, "name")
    if column.description and len(described := name_words(column.description)) <= 3:
        yield described, Entry(target, _DESCRIPTION + 0.2, "description")
    if column.data_type is DataType.TEXT:
        yield from _values(table, column, tables)


def _said_of(core: tuple[str, ...]) -> frozenset[str]:
    """All that English says for what a date column's name says: "ship date" for shipped_at."""
    if len(core) != 1:
        return frozenset()
    groups = [verbs | dates for verbs, dates in DATE_VERBS if core[0] in dates]
    return frozenset().union(*groups) - {core[0]}


def _without(words: tuple[str, ...], endings: frozenset[str]) -> tuple[str, ...]:
    while words and words[-1] in endings:
        words = words[:-1]
    return words


def _values(table: Table, column: Column, tables: Names) -> Iterator[tuple[Phrase, Entry]]:
    samples = set(column.samples)
    for value in column.samples:
        words = name_words(value)
        if not any(word in STATES or (word not in FILLER and not word.isdigit() and len(word) > 1) for word in words):
            if len(value) > 1 and value.isalpha() and value.isupper():  # IT, US, OR: only where written so
                yield (value,), Entry(Target(TargetKind.VALUE, table.key, column.name, value), 0.96, "value")
            continue
        score = 0.96 if words not in tables else 0.75  # a value called like a table or column gives way to it
        yield words, Entry(Target(TargetKind.VALUE, table.key, column.name, value), score, "value")
    for said, value in column.value_synonyms:
        target = Target(TargetKind.VALUE, table.key, column.name, value)
        yield name_words(said), Entry(target, 0.97, "synonym")
    folded = {value.casefold(): value for value in column.samples}
    for codes in dict.fromkeys(_COUNTRY_CODES[text] for text in folded if text in _COUNTRY_CODES):
        stored = [code for code in codes if code in samples]
        for country in _COUNTRY_NAMES[codes]:
            others = (folded[name] for name in _COUNTRY_NAMES[codes] if name != country and name in folded)
            for code in (*stored, *others):
                target = Target(TargetKind.VALUE, table.key, column.name, code)
                yield name_words(country), Entry(target, 0.93, "country code")


def _role(number: int, table: Table, words: tuple[str, ...], synonyms: Iterable[str]) -> Iterator[tuple[Phrase, Entry]]:
    """A table, and each of its columns, in the role that a key's name gives it: "origin city"."""
    of_table = name_words(table.name)
    roles = [role for role in (words, *(name_words(s) for s in synonyms)) if role]
    for role in roles:
        target = Target(TargetKind.TABLE, table.key, relationship=number)
        if role[0] not in FILLER:
            yield role, Entry(target, 0.9, "role")
        yield (*role, *of_table), Entry(target, _NAME, "role")
        for column in table.columns:
            own = Target(TargetKind.COLUMN, table.key, column.name, relationship=number)
            column_words = name_words(column.name)
            yield (*role, *column_words), Entry(own, _NAME, "role")
            yield (*role, *of_table, *column_words), Entry(own, _NAME, "role")


def _country_names() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, codes in COUNTRIES.items():
        found[codes].append(name)
    return {codes: tuple(names) for codes, names in found.items()}


_COUNTRY_NAMES = _country_names()
# By any way in which a country may be stored, in lower case.
_COUNTRY_CODES = {said: codes for name, codes in COUNTRIES.items() for said in (name, *map(str.lower, codes))}
