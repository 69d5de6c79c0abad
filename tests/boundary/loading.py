"""Reads the cases: data, one list per file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A statement with its verdict: `reason` is empty where it is allowed.

    has: texts that the rendered SQL holds; columns: names of the result's columns; guards: the pass it stands for;
    runs: a refused statement that the database by itself would run.
    """

    name: str
    dialect: str
    sql: str
    reason: str = ""
    guards: str = ""
    has: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    runs: bool = False


def cases(pattern: str = "*.yaml") -> Iterator[Case]:
    for path in sorted(FOLDER.glob(pattern)):
        dialect = path.stem.rpartition("_")[2]
        for entry in yaml.safe_load(path.read_text()):
            yield _case(dialect, entry)


def _case(dialect: str, entry: dict[str, Any]) -> Case:
    sql = str(entry["sql"])
    if repeat := entry.get("repeat"):  # {text: "(", times: 3000} in place of «…»
        for mark, text in repeat.items():
            sql = sql.replace(f"«{mark}»", str(text["text"]) * int(text["times"]))
    return Case(
        entry["name"], dialect, sql, entry.get("reason", ""), entry.get("guards", ""),
        tuple(entry.get("has", ())), tuple(entry.get("columns", ())),
        bool(entry.get("runs")),
    )  # fmt: skip
