"""Names and texts in SQL."""

from __future__ import annotations

from collections.abc import Iterable


def double_quoted(identifier: str) -> str:
    """As standard SQL quotes identifiers."""
    return '"' + identifier.replace('"', '""') + '"'


def back_quoted(identifier: str) -> str:
    """As MySQL quotes identifiers: a backslash is nothing special."""
    return "`" + identifier.replace("`", "``") + "`"


def escaped_quoted(identifier: str) -> str:
    """As ClickHouse quotes identifiers: backslashes escape."""
    return "`" + identifier.replace("\\", "\\\\").replace("`", "\\`") + "`"


def text(value: str) -> str:
    """A literal where a backslash is nothing special."""
    return "'" + value.replace("'", "''") + "'"


def escaped_text(value: str) -> str:
    """A literal where backslashes escape."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def chunks(rows: int, wanted: int, most: int) -> Iterable[tuple[int, int]]:
    """(offset, length) of pieces of `rows` rows, evenly spread, at most so many, together `wanted` rows."""
    count = max(1, min(most, wanted))
    length = max(1, wanted // count)
    step = max(length, rows // count)
    return [(start, length) for start in range(0, max(rows, 1), step)][:count]
