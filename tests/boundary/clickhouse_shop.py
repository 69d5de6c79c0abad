"""The shop in ClickHouse: its statements, and an embedded server in a process of its own that answers line by line."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.boundary import shop

_TYPES = {"int": "Nullable(Int32)", "text": "Nullable(String)", "numeric": "Decimal(12, 2)", "date": "Date",
          "timestamptz": "DateTime('UTC')", "jsonb": "String"}  # fmt: skip


def statements() -> list[str]:
    """DDL and rows, the same every time; the archive is left out as it is from the scope."""
    made = ["CREATE DATABASE public"]
    for qualified, columns in shop.TABLES.items():
        if qualified.startswith("public."):
            listed = ", ".join(f"`{name}` {_TYPES[kind]}" for name, kind in columns.items())
            made.append(f"CREATE TABLE {qualified} ({listed}) ENGINE = MergeTree ORDER BY tuple()")
    made += [
        "USE public",
        "INSERT INTO stores VALUES (1,'North','n'), (2,'South Side','s'), (3,'East','e'), (4,'Nowhere',NULL)",
        "INSERT INTO staff SELECT i, concat('Person ', toString(i)), 1 + i % 3, nullIf(intDiv(i, 2), 0),"
        " toDate('2015-01-01') + i * 200, 1000 * i FROM (SELECT number + 1 AS i FROM numbers(9))",
        """INSERT INTO sales SELECT i, concat('k', toString(i)), 1 + i % 3, nullIf(i % 10, 0), toDate('2025-01-01') + i,
           toDateTime('2025-01-01 00:30:00', 'UTC') + i * 90000,
           ['paid','open','refunded','Paid'][1 + i % 4], (i * 37 % 101) + 0.5,
           if(i % 5 = 0, NULL, concat('note ', toString(i % 7))), '{}', concat('campaign ', toString(i % 2))
           FROM (SELECT number + 1 AS i FROM numbers(150))""",
        "INSERT INTO sale_lines SELECT concat('k', toString(i)), j, (i + j) % 5, i * 1.25 FROM"
        " (SELECT number + 1 AS i FROM numbers(120)) AS a, (SELECT number + 1 AS j FROM numbers(2)) AS b",
        "INSERT INTO vault VALUES ('a'), ('b')",
    ]
    return made


@dataclass(frozen=True)
class Answer:
    """Rows with the names of their columns, or the code of the error: an answer that isn't rows has none of both."""

    names: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    error: str = ""


class Engine:
    """An embedded ClickHouse in a child process, with join_use_nulls as every source is read with it."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child

    def ask(self, sql: str) -> Answer:
        assert self._child.stdin
        assert self._child.stdout
        self._child.stdin.write(json.dumps(sql) + "\n")
        self._child.stdin.flush()
        answer = json.loads(self._child.stdout.readline())
        return Answer(tuple(answer["names"]), tuple(tuple(row) for row in answer["rows"]), answer["error"])


@contextmanager
def running() -> Iterator[Engine]:
    """A fresh server holding the shop; it ends with the block."""
    child = subprocess.Popen([sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        engine = Engine(child)
        for statement in statements():
            assert not engine.ask(statement).error, statement
        yield engine
    finally:
        assert child.stdin
        child.stdin.close()
        child.wait()


def _serve() -> None:
    from chdb import session

    opened: Any = session.Session()  # type: ignore[no-untyped-call]
    opened.query("SET join_use_nulls = 1, max_execution_time = 10, output_format_json_quote_decimals = 1")
    for line in sys.stdin:
        answer: dict[str, Any] = {"names": [], "rows": [], "error": ""}
        try:
            found = str(opened.query(json.loads(line), "JSONCompact"))
            document = json.loads(found) if found.lstrip().startswith("{") else {"meta": [], "data": []}
            answer = {"names": [c["name"] for c in document["meta"]], "rows": document["data"], "error": ""}
        except RuntimeError as error:
            answer["error"] = str(error)[:200]
            opened.query("SELECT 1")  # what a failed query had written already comes with the next reply
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
