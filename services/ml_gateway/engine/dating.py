"""Which date a time range or a grain is about: the one that the question's verb names, else the table's own default."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.intent import Intent
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.naming import column_label, table_label, words
from services.ml_gateway.engine.outcome import ClarificationKind, ClarificationOption, NeedsClarification
from services.ml_gateway.engine.problems import Unreadable, no_such_data
from services.ml_gateway.engine.reading import Place, PlacedColumn
from services.ml_gateway.engine.tokens import Token, name_words, stem
from services.ml_gateway.engine.vocabulary import DATE_VERBS, PARTICLES


@dataclass(frozen=True, slots=True)
class Dated:
    """The chosen date; assumed says in words what was taken for granted; verbs are the tokens that named it."""

    column: PlacedColumn
    assumed: str = ""
    verbs: tuple[int, ...] = ()


def date_for(base: TableKey, declared: ColumnKey | None, intent: Intent, asked: Asked, index: Index) -> Dated:
    """The date column for rows of base. Raises Unreadable: none there, or several and nothing to choose by."""
    if intent.time_column:
        target = intent.time_column.target
        said = verb_date(base, intent.verbs, asked.tokens, index)
        return Dated(_reach(base, ColumnKey(target.table, target.column), index), verbs=said.verbs if said else ())
    by_verb = verb_date(base, intent.verbs, asked.tokens, index, asked)
    if by_verb:
        return by_verb
    by_value = verb_date(base, intent.told_by_value, asked.tokens, index)
    if by_value:
        return Dated(by_value.column)
    if declared:
        return Dated(_reach(base, declared, index))
    for place in _dated_places(base, index):
        facts = index.tables[place.table]
        if len(facts.default_dates) > 1:
            raise Unreadable(which_date(place.table, facts.default_dates, asked, index))
        if facts.default_dates:
            chosen = facts.default_dates[0]
            of_parent = f" of the {table_label(place.table, index)}" if place.path else ""
            label = column_label(ColumnKey(place.table, chosen), index)
            alone = (len(facts.dates) == 1 and not place.path) or bool(facts.table.time_column)
            assumed = "" if alone else f"Time is taken from “{label}”{of_parent}."
            return Dated(PlacedColumn(place, chosen), assumed)
    raise no_such_data(f"There is no date on {table_label(base, index)}, so I can't place them in time.")


def verb_date(
    base: TableKey, verbs: Sequence[int], tokens: Sequence[Token], index: Index, asked: Asked | None = None
) -> Dated | None:
    """The date column of base, or of what its rows are lines of, that a verb of the question names.

    Where it names several, the first stands unless `asked` is given: then Unreadable asks back.
    """
    for position in verbs:
        dates = date_words(tokens[position])
        for place in _dated_places(base, index):
            facts = index.tables[place.table]
            named = [name for name in facts.dates if _matches(name, dates)]
            named = [name for name in named if _is_called(name, tokens[position])] or named
            if len(named) > 1:
                named = [n for n in named if n in facts.default_dates] or named
            if len(named) > 1 and asked:
                raise Unreadable(which_date(place.table, named, asked, index))
            if named:
                return Dated(PlacedColumn(place, named[0]), verbs=with_particles(position, tokens))
            # Orders were "placed": their default date.
            if len(facts.default_dates) == 1 and _matches(place.table.name, dates):
                return Dated(PlacedColumn(place, facts.default_dates[0]), verbs=with_particles(position, tokens))
    return None


def date_words(token: Token) -> frozenset[str]:
    """The words that date columns use for what a verb says."""
    found: set[str] = set()
    for verbs, dates in DATE_VERBS:
        if token.form in verbs or token.lemma in verbs:
            found |= dates
    return frozenset(found)


def with_particles(position: int, tokens: Sequence[Token]) -> tuple[int, ...]:
    following = position + 1
    if following < len(tokens) and tokens[following].form in PARTICLES:
        return (position, following)
    return (position,)


def _matches(name: str, dates: frozenset[str]) -> bool:
    parts = name_words(name)
    return any(part in dates or stem(part) in {stem(word) for word in dates} for part in parts)


def _is_called(name: str, verb: Token) -> bool:
    """ "Booked" is booked_at, though "scheduled" may be meant by it where there is no such date."""
    return bool({stem(verb.form), stem(verb.lemma)} & set(map(stem, name_words(name))))


def _dated_places(base: TableKey, index: Index) -> list[Place]:
    """The base itself; where it has no date, the tables that its rows are lines of (order_lines: orders)."""
    if index.tables[base].dates:
        return [Place(base)]
    own = set(name_words(base.name))
    key = set(index.catalog.by_key[base].primary_key)
    places = []
    for table in index.catalog.tables:
        for path in index.graph.nearest(base, table.key):
            place = path.place
            if len(place.path) != 1 or place.fans_out or not index.tables[table.key].dates:
                continue
            relationship = index.catalog.relationships[place.path[0].relationship]
            if set(name_words(table.name)) & own or set(relationship.columns) <= key:
                places.append(place)
    return places


def _reach(base: TableKey, column: ColumnKey, index: Index) -> PlacedColumn:
    for path in index.graph.nearest(base, column.table):
        if not path.place.fans_out:
            return PlacedColumn(path.place, column.name)
    label = column_label(column, index)
    raise no_such_data(
        f"“{label}” of {table_label(column.table, index)} can't be reached from {table_label(base, index)}."
    )


def which_date(table: TableKey, names: Sequence[str], asked: Asked, index: Index) -> NeedsClarification:
    options = []
    for name in names[:4]:
        label = column_label(ColumnKey(table, name), index)
        question = f"{asked.text.rstrip(' ?.!')} using {words(table.name)} {words(name)}"
        options.append(ClarificationOption(f"time:{table.schema}.{table.name}.{name}", label, question))
    message = f"Which date of {table_label(table, index)} do you mean?"
    return NeedsClarification(ClarificationKind.TIME_COLUMN, message, tuple(options))
