"""DuckDB's exceptions as kinds: their texts quote data and stay in the worker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from services.integration.workers.errors import Refused

# The first that fits; OutOfMemoryException is no kind of refusal.
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (duckdb.OutOfRangeException, "overflow"),
    (duckdb.ConversionException, "conversion"),
    (duckdb.TypeMismatchException, "conversion"),
    (duckdb.CatalogException, "unknown_name"),
    (duckdb.BinderException, "syntax"),
    (duckdb.ParserException, "syntax"),
    (duckdb.SyntaxException, "syntax"),
    (duckdb.NotImplementedException, "syntax"),
    (duckdb.PermissionException, "forbidden"),
    (duckdb.InterruptException, "time"),
    (duckdb.IOException, "damaged"),
    (duckdb.SerializationException, "damaged"),
    (duckdb.InvalidInputException, "value"),
    (duckdb.Error, "query"),
)


@contextmanager
def told() -> Iterator[None]:
    """Raises Refused or MemoryError in place of what DuckDB raises."""
    try:
        yield
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        kind = next(kind for raised, kind in _KINDS if isinstance(error, raised))
        raise Refused(kind, "DuckDB refused the query.") from None
