"""What the reading of catalogs asks of a dialect: its structure, and snippets of SQL to look at rows with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.integration.catalog.model import Column
from services.integration.catalog.reader import Reader
from services.integration.catalog.structure import Found, Structure

STRUCTURE_SECONDS = 10.0


class Dialect(Protocol):
    """Pure, but for `structure`, which reads.

    by_values: a declared type binds no value, so values decide. columnar: a column of a large table is read without
    its others, so ranges and distinct values of all rows are affordable. readers: how many are worth having at once.
    """

    by_values: bool
    columnar: bool
    readers: int

    async def structure(self, reader: Reader, schemas: Sequence[str]) -> Structure:
        """Raises SourceError."""
        ...

    def quoted(self, identifier: str) -> str: ...

    def relation(self, found: Found) -> str:
        """The table's whole name."""
        ...

    def value(self, column: Column, expression: str, characters: int) -> str:
        """The expression, which has the column's type, as text of at most so many characters in ISO forms."""
        ...

    def typed_value(self, column: Column, expression: str, characters: int) -> str:
        """The same, where by_values holds with a letter before it that says what it is (values.untagged reads it)."""
        ...

    def time_check(self, expression: str) -> str:
        """Where by_values holds, an aggregate: 0 where all values are dates as values.family_of takes them, 1 where
        some are moments, 2 where some are neither."""
        ...

    def sample(self, found: Found, columns: Sequence[str], rows: int, wanted: int) -> str:
        """A relation of about `wanted` of the table's `rows` rows, spread over all of it where that is cheap.

        It has at least these columns, which are quoted already. The same call gives the same rows of the same data.
        """
        ...
