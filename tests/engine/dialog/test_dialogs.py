"""Dialogs over several schemas: each turn gives, on the same rows, what SQL written by hand gives."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import Index, NeedsClarification, Planned, Refused, plan, prepare
from tests.engine.catalogs import CATALOGS
from tests.engine.data import NOW, database
from tests.engine.dialog import climbing, library

_READ = 0.2  # a bar below the usual one: dialogs are about what is read, not about how sure it is
_SCHEMAS = ("library", "shop", "flights", "climbing")


def _turns() -> Iterator[Any]:
    """Every turn with all that was said before it. Those marked `unread` name what the reader doesn't read yet."""
    for schema in _SCHEMAS:
        for dialog in yaml.safe_load((Path(__file__).parent / f"{schema}.yaml").read_text()):
            said = [turn["said"] for turn in dialog]
            for number, turn in enumerate(dialog):
                marks = [pytest.mark.xfail(reason="unread", strict=True)] if turn.get("unread") else []
                yield pytest.param(
                    schema, turn, said[:number], id=f"{schema}: {' / '.join(said[: number + 1])}", marks=marks
                )


@pytest.fixture(scope="module")
def indexes() -> Mapping[str, Index]:
    catalogs = {name: replace(CATALOGS[name](), dialect="sqlite") for name in ("shop", "flights")}
    own = {"library": library.library(), "climbing": climbing.climbing()}
    return {name: prepare(catalog) for name, catalog in (catalogs | own).items()}


@pytest.fixture(scope="module")
def databases() -> Iterator[Mapping[str, sqlite3.Connection]]:
    opened = {"library": library.rows(), "climbing": climbing.rows()} | {
        name: database(CATALOGS[name]()) for name in ("shop", "flights")
    }
    yield opened
    for connection in opened.values():
        connection.close()


@pytest.mark.parametrize(("schema", "turn", "earlier"), list(_turns()))
def test_turn(
    schema: str,
    turn: dict[str, Any],
    earlier: list[str],
    indexes: Mapping[str, Index],
    databases: Mapping[str, sqlite3.Connection],
) -> None:
    outcome = plan(turn["said"], indexes[schema], now=NOW, earlier=earlier, bar=turn.get("bar", _READ))
    if "sql" in turn:
        assert isinstance(outcome, Planned), outcome
        rows = databases[schema].execute(outcome.sql).fetchall()
        expected = databases[schema].execute(turn["sql"]).fetchall()
        assert _same(rows) == _same(expected), outcome.sql
        assert expected or turn.get("maybe_empty")
        assert outcome.interpretation.summary
    elif "refused" in turn:
        assert isinstance(outcome, Refused), outcome
        assert outcome.reason == turn["refused"]
        assert outcome.message
    else:
        assert isinstance(outcome, NeedsClarification), outcome
        assert outcome.kind == turn["clarified"]


def _same(rows: list[tuple[Any, ...]]) -> list[str]:
    """Rows as a multiset, their columns in any order."""
    return sorted(repr(sorted(repr(round(v, 4) if isinstance(v, float) else v) for v in row)) for row in rows)
