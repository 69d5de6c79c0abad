"""The ways in which a table's names may be said: words with weights, to be met in any order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.flags import is_flag
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import Catalog, Column, DataType, Metric, Relationship, Table
from services.ml_gateway.engine.tables import TableFacts
from services.ml_gateway.engine.targets import Target, TargetKind
from services.ml_gateway.engine.tokens import lemma
from services.ml_gateway.engine.vocabulary import UNITS
from services.ml_gateway.engine.words.abbreviations import ABBREVIATIONS, ALSO_WORDS
from services.ml_gateway.engine.words.splitting import as_written, column_words, full_words, plain_words
from services.ml_gateway.engine.words.synonyms import PHRASES

# How much of a name a word is: "depot" says nearly all of depot_code, "by" nothing of drawn_by.
_PARTICLES = frozenset("of by in at to is has the and or from with for on an a was as yes".split())
_GENERIC = frozenset(
    """id code name number no type date time description detail details value amount total info information text flag
    status key title label data record list table other""".split()
)
_AFFIXES = frozenset(
    "table data info information list record detail details dim fact ref reference lookup master".split()
)
_PARTICLE, _UNIT, _GENERIC_WEIGHT, _REDUNDANT = 0.05, 0.15, 0.4, 0.0
_NAME, _SYNONYM, _PHRASE, _LABEL, _DESCRIPTION, _ROLE = 1.0, 0.97, 0.92, 0.9, 0.5, 0.9
_MOST_DESCRIBED = 12


@dataclass(frozen=True, slots=True)
class Form:
    """words of a name with what each weighs; those that the table's name says anyway weigh nothing.

    base: the score when all of it is said. how: see Link.
    """

    target: Target
    words: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    base: float
    how: str


def table_forms(table: Table, facts: TableFacts, keys: Sequence[Relationship]) -> tuple[Form, ...]:
    """Of the table, its columns, and what the keys out of it say of columns; nothing of other tables."""
    return tuple(_distinct(_forms(table, facts, {name for key in keys for name in key.columns})))


def _forms(table: Table, facts: TableFacts, foreign: set[str]) -> Iterator[Form]:
    own = table_words(table)
    target = Target(TargetKind.TABLE, table.key)
    core = tuple(word for word in own if word not in _AFFIXES) or own
    yield from _said(target, core, (), _NAME, "name")
    if (written := plain_words(table.name)) not in (own, core):  # "unicode" may be no "uni code"
        yield _form(target, written, (), _NAME, "name")
    yield from _given(target, table.label, table.synonyms, ())
    for column in table.columns:
        yield from _column(table, column, own, foreign)
    for label in facts.labels:
        if label not in facts.keys:
            named = Target(TargetKind.COLUMN, table.key, label)
            yield _form(named, ("name",), (), _LABEL, "label")
            if len(facts.labels) > 1:
                yield _form(named, ("full", "name"), (), _SYNONYM, "label")
    if len(table.primary_key) == 1:
        yield _form(Target(TargetKind.COLUMN, table.key, table.primary_key[0]), ("id",), (), _LABEL, "key")


def _column(table: Table, column: Column, own: tuple[str, ...], foreign: set[str]) -> Iterator[Form]:
    target = Target(TargetKind.COLUMN, table.key, column.name)
    words = column_words(column.name, own)
    factor = 0.97 if column.hidden or words == own else 1.0
    if column.name in foreign and (column.name,) != table.primary_key:
        factor = 0.93
    yield from _said(target, words, own, _NAME * factor, "name", column)
    yield from _given(target, column.label, column.synonyms, own, factor)
    if len(words) == 1 and words[0] in ALSO_WORDS and words[0] in ABBREVIATIONS:
        yield _form(target, ABBREVIATIONS[words[0]], own, _LABEL * factor, "abbreviation")
    if (written := as_written(column.name)) and written != words:
        yield _form(target, written, own, _SYNONYM * factor, "name", column)
    if is_flag(column) and column.data_type is not DataType.TEXT:
        quality = words[1:] if words[:1] in (("is",), ("has",), ("was",)) else words
        yield _form(Target(TargetKind.FLAG, table.key, column.name), quality, own, 0.96, "name")
    described = tuple(word for word in full_words(column.description) if word not in _PARTICLES)
    if described and len(described) <= _MOST_DESCRIBED:
        yield _form(target, tuple(dict.fromkeys(described)), own, _DESCRIPTION, "description")


def metric_forms(metrics: Iterable[Metric]) -> Iterator[Form]:
    for metric in metrics:
        target = Target(TargetKind.METRIC, metric.table, metric=metric.name)
        yield from _said(target, full_words(metric.name), (), _NAME, "name")
        yield from _given(target, metric.label, metric.synonyms, ())


def role_forms(catalog: Catalog) -> Iterator[Form]:
    """Tables in the parts that keys give them, "home team"; and their columns where two keys of one table point there,
    "away team's captain"."""
    twice = Counter((key.table, key.target) for key in catalog.relationships)
    for number, key in enumerate(catalog.relationships):
        table = catalog.by_key.get(key.target)
        if table is None:
            continue
        own = table_words(table)
        said = (role_words(key), *(full_words(synonym) for synonym in key.synonyms))
        for role in dict.fromkeys(words for words in said if words and words != own):
            yield _form(Target(TargetKind.TABLE, table.key, relationship=number), role, own, _ROLE, "role")
            if twice[key.table, key.target] > 1:
                yield from _role_columns(table, number, role, own)


def _role_columns(table: Table, number: int, role: tuple[str, ...], own: Sequence[str]) -> Iterator[Form]:
    for column in table.columns:
        words = column_words(column.name, own)
        target = Target(TargetKind.COLUMN, table.key, column.name, relationship=number)
        yield _form(target, (*role, *(word for word in words if word not in role)), own, _SYNONYM, "role", column)


def table_words(table: Table) -> tuple[str, ...]:
    return full_words(table.name)


def _given(
    target: Target, label: str, synonyms: Iterable[str], own: Sequence[str], factor: float = 1.0
) -> Iterator[Form]:
    if label:
        yield from _said(target, full_words(label), own, _NAME * factor, "name")
    for synonym in synonyms:  # a person wrote it: no abbreviations, and "bedside" is no "bed side"
        yield from _said(target, plain_words(synonym), own, _SYNONYM * factor, "synonym")


def _said(
    target: Target, words: tuple[str, ...], own: Sequence[str], base: float, how: str, column: Column | None = None
) -> Iterator[Form]:
    if not words:
        return
    yield _form(target, words, own, base, how, column)
    for phrases in PHRASES:
        for phrase in phrases:
            at = _within(phrase, words)
            if at >= 0:
                for other in phrases:
                    if other != phrase:
                        changed = (*words[:at], *other, *words[at + len(phrase) :])
                        yield _form(target, changed, own, base * _PHRASE, "vocabulary", column)


def _within(phrase: tuple[str, ...], words: tuple[str, ...]) -> int:
    if phrase[0] not in words:
        return -1
    for at in range(len(words) - len(phrase) + 1):
        if words[at : at + len(phrase)] == phrase:
            return at
    return -1


def _form(
    target: Target, words: tuple[str, ...], own: Sequence[str], base: float, how: str, column: Column | None = None
) -> Form:
    numeric = column is not None and column.data_type.numeric
    weights = [_weight(word, numeric and place == len(words) - 1 and place > 0) for place, word in enumerate(words)]
    essential = [place for place, word in enumerate(words) if word not in own]
    if essential and any(weights[place] >= _GENERIC_WEIGHT for place in essential):
        for place in range(len(words)):
            if words[place] in own:
                weights[place] = _REDUNDANT
    return Form(target, words, tuple(weights), sum(weights) or 1.0, base, how)


def _weight(word: str, measures: bool) -> float:
    if word in _PARTICLES:
        return _PARTICLE
    if measures and word in UNITS:
        return _UNIT
    return _GENERIC_WEIGHT if word in _GENERIC or lemma(word) in _GENERIC else 1.0


def _distinct(forms: Iterable[Form]) -> Iterator[Form]:
    seen: set[tuple[Target, tuple[str, ...]]] = set()
    for form in forms:
        if (form.target, form.words) not in seen and form.words:
            seen.add((form.target, form.words))
            yield form
