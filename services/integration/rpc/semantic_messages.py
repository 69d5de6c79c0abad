"""Semantic models between messages and the model, pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from infinure.integration.v1 import semantic_model_pb2 as pb

from meshkit.errors import FieldViolation, InvalidArgument
from services.integration.catalog.drafting import Suggestion
from services.integration.catalog.semantic_terms import (
    DAYS,
    MONTHS,
    ColumnMeaning,
    Format,
    GlossaryWord,
    Metric,
    Relationship,
    SemanticModel,
    SuggestedQuestion,
    TableMeaning,
)
from services.integration.catalog.strict_yaml import Problem
from services.integration.model import ModelVersion
from services.integration.rpc.translate import timestamp

_FORMATS = {
    pb.NUMBER_FORMAT_UNSPECIFIED: "number",
    pb.NUMBER_FORMAT_NUMBER: "number",
    pb.NUMBER_FORMAT_INTEGER: "integer",
    pb.NUMBER_FORMAT_CURRENCY: "currency",
    pb.NUMBER_FORMAT_PERCENT: "percent",
}
_FORMAT_NUMBERS = {kind: number for number, kind in _FORMATS.items()}
_DIRECTIONS = {
    pb.METRIC_DIRECTION_UNSPECIFIED: "neither",
    pb.METRIC_DIRECTION_NEUTRAL: "neither",
    pb.METRIC_DIRECTION_HIGHER_IS_BETTER: "higher",
    pb.METRIC_DIRECTION_LOWER_IS_BETTER: "lower",
}
_WEEKDAYS = dict(zip(pb.Weekday.values(), ("", *DAYS), strict=True))
_WEEKDAY_NUMBERS = {name: number for number, name in _WEEKDAYS.items()}
_MONTHS = ("", *MONTHS)
_DIRECTION_NUMBERS = {better: number for number, better in _DIRECTIONS.items()}


def model(message: pb.SemanticModel) -> SemanticModel:
    """Raises InvalidArgument where something of one name is there twice: the YAML couldn't hold it."""
    _no_doubles(message)
    currency = message.currency.strip()
    return SemanticModel(
        name=message.name.strip(),
        description=message.description.strip(),
        currency=currency,
        week_starts_on=_WEEKDAYS.get(message.week_start, ""),
        fiscal_year_starts_in=_MONTHS[message.fiscal_year_first_month],
        tables=tuple(_table(table, currency) for table in message.tables),
        relationships=tuple(
            Relationship(
                written(link.from_schema, link.from_table),
                link.from_column,
                written(link.to_schema, link.to_table),
                link.to_column,
                link.name.strip(),
                link.switched_off,
            )
            for link in message.relationships
        ),
        metrics=tuple(_metric(metric, currency) for metric in message.metrics),
        glossary=tuple(GlossaryWord(word.word.strip(), word.meaning.strip()) for word in message.glossary),
        questions=tuple(SuggestedQuestion(question.role, question.text.strip()) for question in message.questions),
    )


def written(schema: str, table: str) -> str:
    """A table's name as the YAML has it."""
    return f"{schema}.{table}" if schema else table


def _no_doubles(message: pb.SemanticModel) -> None:
    wrong = [
        *_doubles("model.tables", (written(table.schema, table.table) for table in message.tables)),
        *_doubles("model.metrics", (metric.name for metric in message.metrics)),
        *_doubles("model.glossary", (word.word.strip() for word in message.glossary)),
    ]
    for number, table in enumerate(message.tables):
        path = f"model.tables[{number}].columns"
        wrong += _doubles(path, (column.column for column in table.columns))
        for place, column in enumerate(table.columns):
            wrong += _doubles(f"{path}[{place}].values", (value.value for value in column.values))
    if wrong:
        raise InvalidArgument("the semantic model is wrong", reason="SEMANTIC_MODEL_INVALID", violations=wrong)


def _doubles(path: str, names: Iterable[str]) -> list[FieldViolation]:
    seen = set[str]()
    wrong = []
    for number, name in enumerate(names):
        if name in seen:
            wrong.append(FieldViolation(f"{path}[{number}]", f'"{name[:80]}" is there twice'))
        seen.add(name)
    return wrong


def _table(message: pb.TableMeaning, currency: str) -> TableMeaning:
    return TableMeaning(
        name=written(message.schema, message.table),
        label=message.label.strip(),
        description=message.description.strip(),
        synonyms=_texts(message.synonyms),
        hidden=message.hidden,
        date=message.time_column,
        display=message.label_column,
        columns=tuple(_column(column, currency) for column in message.columns),
    )


def _column(message: pb.ColumnMeaning, currency: str) -> ColumnMeaning:
    return ColumnMeaning(
        name=message.column,
        label=message.label.strip(),
        description=message.description.strip(),
        synonyms=_texts(message.synonyms),
        hidden=message.hidden,
        format=_style(message.style, currency) if message.HasField("style") else None,
        values=tuple((value.value, _texts(value.synonyms)) for value in message.values),
    )


def _metric(message: pb.MetricDefinition, currency: str) -> Metric:
    return Metric(
        name=message.name,
        label=message.label.strip(),
        description=message.description.strip(),
        synonyms=_texts(message.synonyms),
        table=written(message.schema, message.table),
        expression=message.expression.strip(),
        filter=message.filter.strip(),
        time=message.time_column,
        numerator=message.numerator,
        denominator=message.denominator,
        format=_style(message.style, currency),
        better=_DIRECTIONS.get(message.direction, "neither"),
    )


def _style(message: pb.NumberStyle, currency: str) -> Format:
    kind = _FORMATS.get(message.format, "number")
    own = message.currency.strip() or (currency if kind == "currency" else "")
    return Format(kind, own, message.unit.strip())


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value.strip() for value in values)


def message_of(known: SemanticModel) -> pb.SemanticModel:
    """The model as a message."""
    return pb.SemanticModel(
        name=known.name,
        description=known.description,
        currency=known.currency,
        week_start=_WEEKDAY_NUMBERS[known.week_starts_on],
        fiscal_year_first_month=_MONTHS.index(known.fiscal_year_starts_in),
        tables=[_table_message(table) for table in known.tables],
        relationships=[_relationship_message(link) for link in known.relationships],
        metrics=[_metric_message(metric) for metric in known.metrics],
        glossary=[pb.GlossaryWord(word=word.word, meaning=word.meaning) for word in known.glossary],
        questions=[pb.SuggestedQuestion(role=question.role, text=question.text) for question in known.questions],
    )


def _parts(name: str) -> tuple[str, str]:
    schema, _, table = name.rpartition(".")
    return schema, table


def _table_message(table: TableMeaning) -> pb.TableMeaning:
    schema, name = _parts(table.name)
    return pb.TableMeaning(
        schema=schema,
        table=name,
        label=table.label,
        description=table.description,
        synonyms=table.synonyms,
        time_column=table.date,
        label_column=table.display,
        hidden=table.hidden,
        columns=[
            pb.ColumnMeaning(
                column=column.name,
                label=column.label,
                description=column.description,
                synonyms=column.synonyms,
                hidden=column.hidden,
                style=_style_message(column.format) if column.format else None,
                values=[pb.ValueMeaning(value=stored, synonyms=said) for stored, said in column.values],
            )
            for column in table.columns
        ],
    )


def _relationship_message(link: Relationship) -> pb.ModelRelationship:
    start, end = _parts(link.from_table), _parts(link.to_table)
    return pb.ModelRelationship(
        from_schema=start[0],
        from_table=start[1],
        from_column=link.from_column,
        to_schema=end[0],
        to_table=end[1],
        to_column=link.to_column,
        name=link.name,
        switched_off=link.off,
    )


def _metric_message(metric: Metric) -> pb.MetricDefinition:
    schema, table = _parts(metric.table)
    return pb.MetricDefinition(
        name=metric.name,
        label=metric.label,
        description=metric.description,
        synonyms=metric.synonyms,
        schema=schema,
        table=table,
        expression=metric.expression,
        filter=metric.filter,
        time_column=metric.time,
        numerator=metric.numerator,
        denominator=metric.denominator,
        style=_style_message(metric.format),
        direction=_DIRECTION_NUMBERS[metric.better],
    )


def _style_message(style: Format) -> pb.NumberStyle:
    return pb.NumberStyle(format=_FORMAT_NUMBERS[style.kind], currency=style.currency, unit=style.unit)


def version(known: ModelVersion) -> pb.SemanticModelVersion:
    return pb.SemanticModelVersion(
        number=known.number,
        change=known.change,
        user_id=_id(known.user_id),
        create_time=timestamp(known.create_time) if known.create_time else None,
        byte_count=known.byte_count,
    )


def stale(problems: Iterable[Problem]) -> list[pb.StaleEntry]:
    return [pb.StaleEntry(path=problem.path, message=problem.message) for problem in problems]


def suggestions(found: Iterable[Suggestion]) -> list[pb.DraftSuggestion]:
    return [
        pb.DraftSuggestion(path=one.path, reason=one.reason, confidence=one.confidence, included=one.included)
        for one in found
    ]


def in_yaml(path: str) -> str:
    """The field of an import for a path of its YAML."""
    return f"yaml.{path}" if path else "yaml"


def in_message(message: pb.SemanticModel) -> Callable[[str], str]:
    """The message's field for a path of the YAML that is made of it."""
    places = dict(_places(message))

    def place(path: str) -> str:
        known = path
        while known and known not in places:
            known = known[:-1]
        rest = path[len(known) :].lstrip(".")
        if known and rest and path[len(known)] not in ".[":
            return "model"
        head, sep, tail = rest.partition("[")
        field = _FIELDS.get(head, head) if known else head
        return ".".join(part for part in (places.get(known, "model"), field + sep + tail) if part)

    return place


# The YAML's keys that the messages call otherwise, below an entry with a name of its own.
_FIELDS = {
    "date": "time_column",
    "time": "time_column",
    "display": "label_column",
    "from": "from_column",
    "to": "to_column",
    "ignored": "switched_off",
    "better": "direction",
    "format": "style.format",
    "currency": "style.currency",
    "unit": "style.unit",
}


def _places(message: pb.SemanticModel) -> Iterable[tuple[str, str]]:
    for number, table in enumerate(message.tables):
        path, field = f"tables.{written(table.schema, table.table)}", f"model.tables[{number}]"
        yield path, field
        for place, column in enumerate(table.columns):
            of, column_field = f"{path}.columns.{column.column}", f"{field}.columns[{place}]"
            yield of, column_field
            for index, value in enumerate(column.values):
                yield f"{of}.values.{value.value}", f"{column_field}.values[{index}].synonyms"
    for number, metric in enumerate(message.metrics):
        yield f"metrics.{metric.name}", f"model.metrics[{number}]"
    for number, _ in enumerate(message.relationships):
        yield f"relationships[{number}]", f"model.relationships[{number}]"
    for number, word in enumerate(message.glossary):
        yield f"glossary.{word.word.strip()}", f"model.glossary[{number}].meaning"


def _id(user_id: UUID | None) -> str:
    return str(user_id) if user_id else ""
