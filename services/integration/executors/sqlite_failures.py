"""SQLite's errors as kinds: their texts quote data and stay in the worker."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from services.integration.workers.errors import Refused

_KINDS = {
    "SQLITE_AUTH": "forbidden",
    "SQLITE_READONLY": "forbidden",
    "SQLITE_INTERRUPT": "time",
    "SQLITE_TOOBIG": "limit",
    "SQLITE_MISMATCH": "conversion",
    "SQLITE_RANGE": "syntax",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_IOERR": "damaged",
    "SQLITE_CANTOPEN": "damaged",
    "SQLITE_FORMAT": "damaged",
}
# Only the text of a plain error says which it is; it goes no further.
_TELLING = (
    ("no such table", "unknown_name"),
    ("no such column", "unknown_name"),
    ("integer overflow", "overflow"),
    ("malformed", "value"),
    ("syntax error", "syntax"),
)


@contextmanager
def told() -> Iterator[None]:
    """Raises Refused or MemoryError in place of what sqlite3 raises."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_NOMEM":
            raise MemoryError from None
        # An extended code begins with the name of the plain one.
        known = next((kind for code, kind in _KINDS.items() if name.startswith(code)), None)
        raise Refused(known or _by_text(str(error)), "SQLite refused the query.") from None


def _by_text(text: str) -> str:
    return next((kind for telling, kind in _TELLING if telling in text), "query")
