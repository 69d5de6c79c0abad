"""What planning needs of a catalog, prepared once: phrases that name things, values, facts of tables, the graph."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain

from services.ml_gateway.engine.joins import Graph
from services.ml_gateway.engine.lexicon import Lexicon, lexicon
from services.ml_gateway.engine.links import Span
from services.ml_gateway.engine.model import Catalog, DataType, Metric, TableKey
from services.ml_gateway.engine.opposing import Qualities, qualities
from services.ml_gateway.engine.phrases import Entry as Entry
from services.ml_gateway.engine.phrases import Phrase, TablePhrases, metric_phrases, phrases_by_table, role_phrases
from services.ml_gateway.engine.row_names import with_row_names
from services.ml_gateway.engine.tables import TableFacts, table_facts
from services.ml_gateway.engine.targets import LiteralKind as LiteralKind
from services.ml_gateway.engine.targets import Target as Target
from services.ml_gateway.engine.targets import TargetKind as TargetKind
from services.ml_gateway.engine.tokens import name_words, stem

MAX_PHRASE = 6
_MOST = 24  # entries of one phrase
_MOST_PLACES = 12  # columns of one name in which a value may stand; among more, it says nothing where


@dataclass(frozen=True)
class Index:
    """A catalog, ready to plan over. Safe to share between threads; keep it for as long as the catalog stands.

    linked: what the last few texts may name, which are looked at again and again.
    """

    catalog: Catalog
    graph: Graph
    phrases: Mapping[Phrase, tuple[Entry, ...]]
    stems: Mapping[str, tuple[Entry, ...]]
    words: Mapping[int, tuple[str, ...]]  # single-word phrases by length, for spelling
    tables: Mapping[TableKey, TableFacts]
    metrics: Mapping[str, Metric]
    lexicon: Lexicon
    by_table: Mapping[TableKey, TablePhrases]
    qualities: Qualities
    linked: dict[Hashable, tuple[Span, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)


def prepare(catalog: Catalog, previous: Index | None = None) -> Index:
    """The index of a catalog: tens of milliseconds for tens of tables. What an index of an earlier state of it holds
    of tables that haven't changed is used again; the outcome is the same."""
    catalog = with_row_names(catalog.trusted())
    tables = {table.key: table_facts(table, catalog) for table in catalog.tables}
    found: dict[Phrase, dict[Target, Entry]] = defaultdict(dict)
    by_table = phrases_by_table(catalog, tables, previous.by_table if previous else {})
    said = (one.entries for one in by_table.values())
    for phrase, entry in chain(metric_phrases(catalog), *said, role_phrases(catalog)):
        if not phrase or len(phrase) > MAX_PHRASE or not any(phrase):
            continue
        known = found[phrase].get(entry.target)
        if known is None or known.score < entry.score:
            found[phrase][entry.target] = entry
    _perhaps_there_too(found, catalog, tables)
    phrases = {phrase: tuple(sorted(e.values(), key=lambda x: -x.score)[:_MOST]) for phrase, e in found.items()}
    stems: dict[str, dict[Target, Entry]] = defaultdict(dict)
    words: dict[int, list[str]] = defaultdict(list)
    for phrase, entries in phrases.items():
        if len(phrase) == 1:
            words[len(phrase[0])].append(phrase[0])
            for entry in entries:
                stems[stem(phrase[0])].setdefault(entry.target, entry)
    return Index(
        catalog=catalog,
        graph=Graph(catalog),
        phrases=phrases,
        stems={key: tuple(value.values()) for key, value in stems.items()},
        words={length: tuple(sorted(group)) for length, group in words.items()},
        tables=tables,
        metrics={metric.name: metric for metric in catalog.metrics},
        lexicon=lexicon(catalog, tables, previous.lexicon if previous else None),
        by_table=by_table,
        qualities=qualities(catalog),
    )


def _perhaps_there_too(
    found: Mapping[Phrase, dict[Target, Entry]], catalog: Catalog, tables: Mapping[TableKey, TableFacts]
) -> None:
    """A value seen in one table's "city" may stand in another's, where not all values are known."""
    unknown: dict[tuple[str, ...], list[Target]] = defaultdict(list)
    for table in catalog.tables:
        facts = tables[table.key]
        for column in table.columns:
            naming = {*facts.labels, *facts.keys, *facts.unique}
            if column.data_type is DataType.TEXT and not column.samples_complete and column.name not in naming:
                unknown[name_words(column.name)].append(Target(TargetKind.COLUMN, table.key, column.name))
    for entries in found.values():
        for entry in [e for e in entries.values() if e.how == "value"]:
            places = unknown.get(name_words(entry.target.column), ())
            for place in places if len(places) <= _MOST_PLACES else ():
                there = replace(place, kind=TargetKind.VALUE, value=entry.target.value)
                entries.setdefault(there, Entry(there, entry.score + 0.01, "elsewhere"))
