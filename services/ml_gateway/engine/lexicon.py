"""All forms of a catalog by their words, and the values that were seen in it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from services.ml_gateway.engine.forms import Form, metric_forms, role_forms, table_forms
from services.ml_gateway.engine.model import Catalog, Column, ColumnKey, DataType, Relationship, Table, TableKey
from services.ml_gateway.engine.tables import TableFacts
from services.ml_gateway.engine.targets import Target, TargetKind
from services.ml_gateway.engine.tokens import fold, name_words
from services.ml_gateway.engine.words.codes import FALSE_FORMS, TRUE_FORMS
from services.ml_gateway.engine.words.related import related_from
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import known

K = TypeVar("K", str, tuple[str, int])
_MOST_CODES = 3
_LONGEST_VALUE = 12  # words; more is prose


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a column and its words, in order."""

    target: Target
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableEntries:
    """What one table contributes, and what that was made of: the same parts give the same entries."""

    table: Table
    keys: tuple[Relationship, ...]
    forms: tuple[Form, ...]
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Forms and values by position; postings lead from a word to the positions of what holds it.

    met is a memo of what words of questions may say; it changes no outcome.
    """

    entries: Mapping[TableKey, TableEntries]
    forms: tuple[Form, ...]
    postings: Mapping[str, tuple[int, ...]]
    roots: Mapping[str, tuple[str, ...]]
    spellings: Mapping[tuple[str, int], tuple[str, ...]]  # words by first letter and length
    odd: Mapping[str, tuple[str, ...]]  # words that English doesn't know, by first letter
    related: Mapping[str, tuple[tuple[str, float], ...]]  # words of names, with grades, by those they are related to
    values: tuple[Value, ...]
    value_postings: Mapping[str, tuple[int, ...]]
    value_roots: Mapping[str, tuple[str, ...]]
    value_spellings: Mapping[tuple[str, int], tuple[str, ...]]
    exact_values: Mapping[str, tuple[int, ...]]  # by the folded text
    prose: frozenset[ColumnKey]  # columns of text: nothing there is long or heavy
    coded: Mapping[ColumnKey, tuple[str, str]]  # columns of nothing but yes and no: how each is stored
    neighbours: Mapping[TableKey, frozenset[TableKey]]
    met: dict[tuple[str, str, bool], object] = field(default_factory=dict, compare=False, repr=False)


def lexicon(catalog: Catalog, facts: Mapping[TableKey, TableFacts], previous: Lexicon | None = None) -> Lexicon:
    """Entries of tables that are as they were before are taken from the previous lexicon."""
    entries = _entries(catalog, facts, previous)
    forms = [form for one in entries.values() for form in one.forms]
    forms.extend(metric_forms(catalog.metrics))
    forms.extend(role_forms(catalog))
    values = tuple(value for one in entries.values() for value in one.values)
    postings = _postings((form.words, form.weights) for form in forms)
    value_postings = _postings((value.words, None) for value in values)
    return Lexicon(
        entries=entries,
        forms=tuple(forms),
        postings=postings,
        roots=_by(root, postings),
        spellings=_by(_beginning, postings),
        odd=_by(lambda word: word[0], (w for w in postings if len(w) > 2 and w.isalpha() and not known(w))),
        related=related_from(postings),
        values=values,
        value_postings=value_postings,
        value_roots=_by(root, value_postings),
        value_spellings=_by(_beginning, value_postings),
        exact_values=_exact(values),
        prose=frozenset(key for key, column in catalog.columns.items() if column.data_type is DataType.TEXT),
        coded=_coded(catalog),
        neighbours=_neighbours(catalog),
    )


def _entries(
    catalog: Catalog, facts: Mapping[TableKey, TableFacts], previous: Lexicon | None
) -> dict[TableKey, TableEntries]:
    keys: dict[TableKey, list[Relationship]] = defaultdict(list)
    for relationship in catalog.relationships:
        keys[relationship.table].append(relationship)
    found = {}
    for table in catalog.tables:
        own = tuple(keys[table.key])
        before = previous.entries.get(table.key) if previous else None
        if before is None or before.table != table or before.keys != own:
            before = TableEntries(table, own, table_forms(table, facts[table.key], own), tuple(_values(table)))
        found[table.key] = before
    return found


def _values(table: Table) -> Iterable[Value]:
    for column in table.columns:
        if column.data_type in (DataType.TEXT, DataType.OTHER):
            yield from _column_values(table, column)


def _column_values(table: Table, column: Column) -> Iterable[Value]:
    for text in column.samples:
        words = name_words(text)
        if 0 < len(words) <= _LONGEST_VALUE:
            yield Value(Target(TargetKind.VALUE, table.key, column.name, text), words)
    for said, stored in column.value_synonyms:
        if words := name_words(said):
            yield Value(Target(TargetKind.VALUE, table.key, column.name, stored), words)


def _postings(
    named: Iterable[tuple[Sequence[str], Sequence[float] | None]],
) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, (words, weights) in enumerate(named):
        for place, word in enumerate(words):
            if weights is None or weights[place]:
                at = found[word]
                if not at or at[-1] != position:
                    at.append(position)
    return {word: tuple(positions) for word, positions in found.items()}


def _beginning(word: str) -> tuple[str, int]:
    return word[0], len(word)


def _by(key: Callable[[str], K], words: Iterable[str]) -> dict[K, tuple[str, ...]]:
    found: dict[K, list[str]] = defaultdict(list)
    for word in words:
        found[key(word)].append(word)
    return {at: tuple(group) for at, group in found.items()}


def _exact(values: Sequence[Value]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, value in enumerate(values):
        found[fold(value.target.value)].append(position)
    return {text: tuple(positions) for text, positions in found.items()}


def _neighbours(catalog: Catalog) -> dict[TableKey, frozenset[TableKey]]:
    found: dict[TableKey, set[TableKey]] = defaultdict(set)
    for relationship in catalog.relationships:
        found[relationship.table].add(relationship.target)
        found[relationship.target].add(relationship.table)
    return {table: frozenset(others) for table, others in found.items()}


def _coded(catalog: Catalog) -> dict[ColumnKey, tuple[str, str]]:
    few = {key: column for key, column in catalog.columns.items() if 0 < len(column.samples) <= _MOST_CODES}
    stored = {key: (_form(column, TRUE_FORMS), _form(column, FALSE_FORMS)) for key, column in few.items()}
    return {key: forms for key, forms in stored.items() if forms[0] or forms[1]}


def _form(column: Column, forms: frozenset[str]) -> str:
    folded = {fold(text): text for text in column.samples}
    if not set(folded) <= TRUE_FORMS | FALSE_FORMS:
        return ""
    return next((folded[form] for form in sorted(folded) if form in forms), "")
