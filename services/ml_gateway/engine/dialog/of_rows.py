""" "And for cancelled orders?" after a metric: the value is what is new, and the rows that it is said of are known."""

from __future__ import annotations

import re

from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Table
from services.ml_gateway.engine.query.model import MetricValue
from services.ml_gateway.engine.tokens import name_words

_SAID = re.compile(
    r"(?P<lead>(?:and|what about|how about|only|just)\s+(?:for|of|from|with|in|by)?\s*(?:the\s+)?)"
    r"(?P<value>[\w-]+(?:\s[\w-]+)?)\s+(?P<noun>\w+)\s*[?.!]*",
    re.IGNORECASE,
)


def without_rows(said: str, before: Before, index: Index) -> str:
    """What is said without the name of the rows, where a metric was asked for and theirs is the value before it."""
    match = _SAID.fullmatch(said.strip())
    if match is None or not any(isinstance(one, MetricValue) for one in before.query.show):
        return said
    noun, value = name_words(match["noun"]), match["value"].casefold()
    tables = [one for one in index.catalog.tables if _is_called(one, noun) and _has(one, value)]
    return f"{match['lead']}{match['value']}" if tables else said


def _is_called(table: Table, noun: tuple[str, ...]) -> bool:
    return noun in {tuple(name_words(one)) for one in (table.name, table.label, *table.synonyms) if one}


def _has(table: Table, value: str) -> bool:
    told = (one for column in table.columns for one in (*column.samples, *(said for said, _ in column.value_synonyms)))
    return any(one.casefold() == value for one in told)
