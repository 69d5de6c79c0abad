"""A reading in plain words: a short title for its chart, and a sentence that says what was computed."""

from collections.abc import Sequence

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.columns import output_columns
from services.ml_gateway.engine.dating import verb_date
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import (
    column_label,
    lowered,
    place_role,
    placed_label,
    plural,
    singular,
    table_label,
    title,
)
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.reading import Aggregate, Filter, Operator, Part, PlacedColumn, Reading
from services.ml_gateway.engine.timeranges import Span
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import DATE_ENDINGS, DATE_NOUNS, IRREGULAR_PARTICIPLES, ROLE_PREPOSITIONS

MAX_TITLE = 120
_SPOKEN = {
    Operator.EQUAL: "is", Operator.NOT_EQUAL: "is not", Operator.GREATER: "over", Operator.AT_LEAST: "at least",
    Operator.LESS: "under", Operator.AT_MOST: "at most", Operator.CONTAINS: "contains", Operator.BETWEEN: "between",
    Operator.IS_NULL: "is missing", Operator.NOT_NULL: "is known",
}  # fmt: skip
_COUNTED = _SPOKEN | {
    Operator.EQUAL: "exactly", Operator.GREATER: "more than", Operator.LESS: "fewer than",
    Operator.NOT_EQUAL: "not exactly",
}  # fmt: skip
_PLAIN = ("last ", "this ", "since ", "after ", "before ", "until ")


def short_title(reading: Reading, candidate: Candidate, asked: Asked, index: Index) -> str:
    """ "Top 5 products by revenue, last quarter"."""
    parts = [_subject(reading, index), *(_tag(f, index) for f in reading.parts[0].filters)]
    parts += _existences(reading, candidate, index)
    if span := _span(reading, candidate):
        verb = _verb(reading.parts[0], candidate, asked, index)
        parts.append(f"{verb} {_during(span)}" if verb else span.label.removeprefix("the "))
    text = ", ".join(part for part in parts if part)
    return text if len(text) <= MAX_TITLE else text[: MAX_TITLE - 1].rstrip(" ,") + "…"


def summary(reading: Reading, candidate: Candidate, asked: Asked, index: Index) -> str:
    """ "Revenue by month in 2025, by order date."."""
    text = _subject(reading, index)
    if span := _span(reading, candidate):
        part = reading.parts[0]
        verb = _verb(part, candidate, asked, index)
        date = date_label(part.times[0].column, index)
        text += f", {verb} {_during(span)}" if verb else f" {_during(span)}, by {date}"
    conditions = [_condition(f, index) for f in reading.parts[0].filters]
    if conditions:
        text += f", where {_joined(conditions)}"
    extra = _existences(reading, candidate, index)
    return ", ".join([text, *extra]) + "."


def date_label(column: PlacedColumn, index: Index) -> str:
    """What people call a date column: its label, or "order date" for ordered_at."""
    label = index.catalog.columns[column.key].label
    if label and not _participle(label.lower().split()[0]):
        return lowered(label)
    words = [word for word in name_words(label or column.column) if word not in DATE_ENDINGS - {"day"}]
    if not words or words == ["day"]:
        return "date"
    phrase = " ".join(words)
    return phrase if words[-1] == "day" else f"{DATE_NOUNS.get(phrase, phrase)} date"


def range_in_days(span: Span) -> str:
    """ "from 2025-01-01 to before 2026-01-01"."""
    start = f"from {span.start.isoformat()}" if span.start else ""
    end = f"before {span.end.isoformat()}" if span.end else ""
    return " to ".join(part for part in (start, end) if part)


def _subject(reading: Reading, index: Index) -> str:
    columns = output_columns(reading, index)
    groups = [column for column in columns if not column.is_measure]
    if not reading.outputs:
        return _listed(reading, groups, index)
    numbers = _joined([_number(n, column, reading, bool(groups)) for n, column in enumerate(_numbers(columns))])
    names = _group_names(groups, reading, index)
    if not names:
        return title(numbers)
    order = reading.order
    if reading.limit is not None and order and order.output is not None:
        return _ranking(order.output, order.descending, reading, names, columns)
    if reading.having:
        return title(f"{plural(_joined(names))} {_joined(_having(reading, columns))}")
    return f"{title(numbers)} by {_joined(names)}"


def _ranking(output: int, descending: bool, reading: Reading, names: list[str], columns: Sequence[OutputColumn]) -> str:
    number = _number(output, _numbers(columns)[output], reading, grouped=False)
    things = _joined([*names[:-1], names[-1] if reading.limit == 1 else plural(names[-1])])
    things = " ".join([things, *_having(reading, columns)])
    if descending and reading.limit != 1:
        return f"Top {reading.limit} {things} by {number}"
    counted = number.startswith("number of ")
    extreme = ("most" if counted else "highest") if descending else ("fewest" if counted else "lowest")
    lead = "" if reading.limit == 1 else f"{reading.limit} "
    return title(f"{lead}{things} with the {extreme} {number.removeprefix('number of ')}")


def _numbers(columns: Sequence[OutputColumn]) -> list[OutputColumn]:
    return [column for column in columns if column.is_measure]


def _number(position: int, column: OutputColumn, reading: Reading, grouped: bool) -> str:
    label = lowered(column.label)
    output = reading.outputs[position]
    counts = not output.metric and reading.measures[output.measure][1].aggregate is Aggregate.COUNT
    return label.removeprefix("number of ") if counts and grouped else label  # "Customers by country"


def _group_names(groups: list[OutputColumn], reading: Reading, index: Index) -> list[str]:
    """A first and a last name tell one person, who is named by what the table is of."""
    names, position = list[str](), 0
    for dimension in reading.dimensions:
        shown = groups[position : position + len(dimension.columns)]
        place = dimension.columns[0].place
        if dimension.entity and len(shown) > 1:
            owner = singular(table_label(place.table, index))
            names.append(f"{place_role(place, index)} {lowered(owner)}".strip())
        else:
            names += [lowered(column.label) for column in shown]
        position += len(dimension.columns)
    return names


def _listed(reading: Reading, columns: list[OutputColumn], index: Index) -> str:
    part = reading.parts[0]
    rows = lowered(plural(table_label(part.base, index)))
    order = reading.order
    shown = part.columns
    by = order.column if order else None
    if by and len(shown) > 1:
        shown = tuple(column for column in shown if column != by)
    labels = index.tables[part.base].labels
    itself = all(not column.place.path and column.column in labels for column in shown)
    kept = [c for c, placed in zip(columns, part.columns, strict=True) if placed in shown]
    text = rows if itself else f"{_joined([lowered(column.label) for column in kept])} of {rows}"
    if reading.limit is not None and order and by:
        extreme = "highest" if order.descending else "lowest"
        if index.catalog.columns[by.key].data_type.temporal:
            extreme = "latest" if order.descending else "earliest"
        if reading.limit == 1:
            text = singular(text)
        lead = "" if reading.limit == 1 else f"{reading.limit} "
        return title(f"{lead}{text} with the {extreme} {lowered(placed_label(by, index))}")
    return title(f"{text} sorted by {lowered(placed_label(by, index))}" if by else text)


def _span(reading: Reading, candidate: Candidate) -> Span | None:
    """The period of the rows themselves, not of those below that a clause brings in."""
    times = reading.parts[0].times
    return candidate.intent.span if times and not times[0].column.place.fans_out else None


def _during(span: Span) -> str:
    label = span.label
    if label.startswith(_PLAIN) or label.endswith((" ago", " to date")) or label in ("today", "yesterday"):
        return label
    if " to " in label:
        return f"from {label}"
    day = span.start and span.end and (span.end - span.start).days == 1
    return f"on {label}" if day else f"in {label}"


def _verb(part: Part, candidate: Candidate, asked: Asked, index: Index) -> str:
    """The question's own participle, if it named the date: "signed up"."""
    if part.dimensions and part.dimensions[0].grain:
        return ""
    named = candidate.intent.time_column
    dated = verb_date(part.base, candidate.intent.verbs, asked.tokens, index)
    if named:
        words = [token.form for token in asked.tokens[named.first : named.last]]
    elif dated and dated.column == part.times[0].column:
        words = [asked.tokens[position].form for position in dated.verbs]
    else:
        return ""
    while len(words) > 1 and words[-1] in ("in", "on"):
        words.pop()  # that belongs to the period
    return " ".join(words) if _participle(words[0]) and words[-1] != "date" else ""


def _participle(word: str) -> bool:
    return word.endswith("ed") or word in IRREGULAR_PARTICIPLES


def _tag(condition: Filter, index: Index) -> str:
    """A condition in few words: a text's value speaks for itself, but where its role matters."""
    texts = condition.values and all(isinstance(value, str) for value in condition.values)
    if not texts or condition.operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
        return _condition(condition, index)
    values = _joined([str(value) for value in condition.values], "or")
    label = f"{_condition_label(condition.column, index)} " if place_role(condition.column.place, index) else ""
    return f"{label}{'' if condition.operator is Operator.EQUAL else 'not '}{values}"


def _condition(condition: Filter, index: Index) -> str:
    label = _condition_label(condition.column, index)
    if condition.values and isinstance(condition.values[0], bool):
        quality = label.removeprefix("is ").removeprefix("has ")
        return quality if condition.values[0] is (condition.operator is Operator.EQUAL) else f"not {quality}"
    if condition.operator in (Operator.IS_NULL, Operator.NOT_NULL):
        missing = condition.operator is Operator.IS_NULL
        words = [word for word in name_words(condition.column.column) if word not in DATE_ENDINGS]
        if words and _participle(words[0]):
            return f"{'not ' if missing else ''}{' '.join(words)}"
        return f"{label} {_SPOKEN[condition.operator]}"
    joint = "and" if condition.operator is Operator.BETWEEN else "or"
    values = _joined([f"{v:g}" if isinstance(v, float) else str(v) for v in condition.values], joint)
    return f"{label} {_SPOKEN[condition.operator]} {values}".strip()


def _condition_label(column: PlacedColumn, index: Index) -> str:
    """ "Category" for the name of a category."""
    known = index.catalog.columns[column.key]
    if column.place.path and not known.label and (column.column,) == index.tables[column.place.table].labels:
        role = place_role(column.place, index)
        return f"{role} {singular(table_label(column.place.table, index)).lower()}".strip()
    label, role = lowered(placed_label(column, index)), place_role(column.place, index)
    if column.place.path and (not role or role in ROLE_PREPOSITIONS):
        owner = singular(table_label(column.place.table, index)).lower()
        own = lowered(column_label(column.key, index))
        return own if set(name_words(owner)) <= set(name_words(own)) else f"{role} {owner} {own}".strip()
    return label


def _existences(reading: Reading, candidate: Candidate, index: Index) -> list[str]:
    """ "Without visits in 2024"."""
    part, span = reading.parts[0], candidate.intent.span
    found = []
    below = [time.column.place for time in part.times if time.column.place.fans_out]
    for place, negated, dated in (
        *((place, False, True) for place in below),
        *((existence.place, existence.negated, existence.time) for existence in part.existences),
    ):
        rows = plural(table_label(place.table, index)).lower()
        found.append(f"{'without' if negated else 'with'} {rows}{f' {_during(span)}' if span and dated else ''}")
    return found


def _having(reading: Reading, columns: Sequence[OutputColumn]) -> list[str]:
    """ "With more than 2 orders"."""
    found = []
    for having in reading.having:
        label = _number(having.output, _numbers(columns)[having.output], reading, grouped=False)
        values = _joined([f"{value:g}" for value in having.values], "and")
        if label.startswith("number of "):
            found.append(f"with {_COUNTED[having.operator]} {values} {label.removeprefix('number of ')}")
        else:
            found.append(f"with {label} {_SPOKEN[having.operator]} {values}")
    return found


def _joined(words: list[str], joint: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}" if words else ""
