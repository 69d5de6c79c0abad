"""Statements over one table whose failure is an answer too: what is refused or takes too long stays unknown."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from services.integration.catalog.dialects.port import Dialect
from services.integration.catalog.reader import Reader
from services.integration.catalog.structure import Found
from services.integration.executors.errors import QueryFailed, TimedOut

_LEAST_SECONDS = 0.05
_FEW = 4


class TableAsker:
    """Asks one table for lists of expressions, within a time for the table as a whole."""

    def __init__(self, reader: Reader, dialect: Dialect, found: Found, statement_ms: int, table_ms: int) -> None:
        self._reader = reader
        self._statement_seconds = statement_ms / 1000
        self._deadline = time.monotonic() + table_ms / 1000
        self._relation = dialect.relation(found)
        self.late = False

    async def rows(self, sql: str) -> Sequence[tuple[Any, ...]] | None:
        """None where the source refuses or takes too long; `late` says which."""
        seconds = self._seconds(many=True)
        if seconds < _LEAST_SECONDS:
            self.late = True
            return None
        try:
            found = await self._reader.rows(sql, timeout_seconds=seconds)
        except (TimedOut, QueryFailed) as error:
            self.late = isinstance(error, TimedOut)
            return None
        return found

    async def aggregates(self, items: Sequence[str], at_once: int) -> list[Any]:
        """The values of these aggregates over all rows, so many in one pass; None for each that can't be had."""
        found: list[Any] = []
        for start in range(0, len(items), at_once):
            found += await self._halving(items[start : start + at_once])
        return found

    def _seconds(self, *, many: bool) -> float:
        """A scan for many columns may take longer than one for a few, but not all that is left."""
        left = self._deadline - time.monotonic()
        return min(left, max(self._statement_seconds, left / 2) if many else self._statement_seconds)

    async def _halving(self, items: Sequence[str]) -> list[Any]:
        """One expression that fails (as in a view that divides by zero) must not cost the others their values."""
        seconds = self._seconds(many=len(items) > _FEW)
        if seconds < _LEAST_SECONDS:
            return [None] * len(items)
        try:
            sql = f"SELECT {', '.join(items)} FROM {self._relation}"  # noqa: S608  quoted by us
            return list((await self._reader.rows(sql, timeout_seconds=seconds))[0])
        except TimedOut:
            return [None] * len(items)
        except QueryFailed:
            if len(items) == 1:
                return [None]
            middle = len(items) // 2
            return [*await self._halving(items[:middle]), *await self._halving(items[middle:])]


async def asked(reader: Reader, sql: str, seconds: float) -> Sequence[tuple[Any, ...]] | None:
    """The rows, or None where the source refuses or takes too long."""
    try:
        return await reader.rows(sql, timeout_seconds=seconds)
    except (TimedOut, QueryFailed):
        return None
