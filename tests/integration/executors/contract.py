"""What every executor must do, as cases; an adapter says in its own dialect how each is asked. See test_contract.py.

To add an adapter: write a Contract in a module of its own here and add it to conftest's CONTRACTS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from services.integration.executors.port import Executor

# Each must be asked of every adapter, or the adapter says why it can't be.
VALUES = (
    "largest int64",
    "smallest int64",
    "beyond int64",
    "decimal",
    "decimal of 30 digits",
    "smallest decimal",
    "float",
    "float32",
    "true",
    "empty text",
    "quotes and lines",
    "unicode",
    "date",
    "date beyond reach",
    "time",
    "timestamp",
    "timestamp with zone",
    "bytes",
    "uuid",
    "json",
    "interval",
    "list",
)


@dataclass(frozen=True)
class Value:
    """An expression, and what arrives for it."""

    sql: str
    type: pa.DataType
    value: Any


@dataclass(frozen=True)
class Subject:
    """An executor, and how many queries the source itself says to be running (asked from outside)."""

    executor: Executor
    running: Callable[[], int]


@dataclass(frozen=True)
class Contract:
    """One adapter's answers.

    server: the fixture that `prepare` gets; what that yields is what `open` gets.
    typed_nulls: by a name, a query of one column `v` with two rows, both null, and the same query with no row.
    rows: 1…{n} in order: `g`, a text `t` of {width} characters, and `n`, which is g / 2 as decimal or float.
    endless: rows, about {width} bytes each, that don't end in any test's time.
    slow: no row within any test's time. scalar: `{sql}` as the only column `v` of one row.
    same_names: 1, 2 and 3 in columns of which two are called alike.
    failures: queries that fail; where they hold data it has the word canary in it.
    """

    name: str
    server: str
    prepare: Callable[[Any], AbstractContextManager[Any]]
    open: Callable[[Any], AbstractAsyncContextManager[Subject]]
    values: Mapping[str, Value]
    typed_nulls: Mapping[str, tuple[str, str]]
    rows: str
    endless: str
    slow: str
    failures: tuple[str, ...]
    absent: Mapping[str, str] = field(default_factory=dict)
    scalar: str = "SELECT {sql} AS v"
    same_names: str = "SELECT 1 AS a, 2 AS a, 3 AS b"
    at_once: int = 4

    def __post_init__(self) -> None:
        asked, excused = set(self.values), set(self.absent)
        if asked | excused != set(VALUES) or asked & excused:
            raise ValueError(f"{self.name}: {sorted((asked | excused) ^ set(VALUES))} {sorted(asked & excused)}")
