"""When a value of a query is what words of its question say, and which label a condition gives them."""

from __future__ import annotations

from datetime import date

from services.ml_gateway.engine.flags import stored
from services.ml_gateway.engine.model import Column, ColumnKey
from services.ml_gateway.engine.query.model import Literal
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.words.splitting import full_words
from services.ml_gateway.training.facts import Held


def column_label(held: Held, column: Column) -> Label:
    if held.operator in (Operator.IS_NULL, Operator.NOT_NULL):
        return Label.NULL if (held.operator is Operator.IS_NULL) != held.negated else Label.NOT_NULL
    if (said := flag_label(held, column)) is not None:
        return said
    return Label.AGAINST if held.against else Label.WHERE


def flag_label(held: Held, column: Column) -> Label | None:
    """Of a column of yes and no whether it must hold, or must not; None for what is no such condition."""
    known = stored(column)
    if known is None or len(held.values) != 1 or held.values[0] not in known:
        return None
    no = held.values[0] == known[1]
    return Label.NOT if no != (value_label(held) is Label.NOT) else Label.WHERE


def value_label(held: Held) -> Label:
    return Label.NOT if held.negated != (held.operator is Operator.NOT_EQUAL) else Label.WHERE


def numbered(number: float, other: Literal, column: ColumnKey) -> bool:
    """ "Zone 2" for 2 in a column of zones."""
    words = full_words(other) if isinstance(other, str) else ()
    return len(words) > 1 and set(words[:-1]) <= set(full_words(column.name)) and equal(number, words[-1])


def equal(one: str | float, other: Literal) -> bool:
    if isinstance(one, str) and isinstance(other, date):
        return one.strip()[:10] == other.isoformat()[:10]
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold().strip() == other.casefold().strip("% ")
    try:
        return abs(float(one) - float(str(other))) < 1e-9
    except ValueError:
        return False
