"""The built-in engine on a large catalog: making it ready, after one table changed, questions, memory."""

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context

import psutil

from benchmarks.asking import Asked, costs, figure
from benchmarks.figures import Aim, Figure, median, p95
from benchmarks.large_catalog import large_catalog
from services.ml_gateway.engine import Index, prepare
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.model import Catalog, Table
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize

SUBJECT = "scale"
MIB = 1024 * 1024
_ASKED = 60
_SMALLER = ((10, 160, 50.0), (100, 1_600, 75.0))  # tables, columns, milliseconds that 95 of 100 questions may take
_BUILD, _AGAIN, _MEMORY, _PLAN = Aim(30.0), Aim(5.0), Aim(200.0), 150.0
_FORMS = (
    "how many {rows} are there",
    "average {number} of {rows} by {text}",
    "total {number} of {rows} in Germany last month",
    "list the {text} and {number} of the {rows} whose status is open",
    "top 5 {rows} by {number}",
    "which {rows} have the highest {number}",
)


def measure() -> list[Figure]:
    """In a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_measured).result()


def _measured() -> list[Figure]:
    packaged()  # what every process has, whatever it plans over
    smaller = [_smaller(tables, columns, most) for tables, columns, most in _SMALLER]
    catalog = large_catalog()
    size = f"{len(catalog.tables)} tables, {sum(len(table.columns) for table in catalog.tables):,} columns"
    gc.collect()
    before = psutil.Process().memory_info().rss
    begun = time.process_time()
    index = prepare(catalog)
    building = time.process_time() - begun
    asked = list(_questions(index))
    linking = [_linked(one) for one in asked]
    planning = costs(asked)
    gc.collect()
    memory = (psutil.Process().memory_info().rss - before) / MIB
    changed = _changed(catalog)
    begun = time.process_time()
    prepare(changed, index)
    again = time.process_time() - begun
    return [
        *smaller,
        Figure(SUBJECT, "index", "s", building, aim=_BUILD, aim_on="median", note=size),
        Figure(SUBJECT, "index after one table changed", "s", again, aim=_AGAIN, aim_on="median"),
        Figure(SUBJECT, "words to meanings", "ms", median(linking), p95(linking), note=f"{len(linking)} questions"),
        figure(SUBJECT, "one question", planning, _PLAN),
        Figure(SUBJECT, "index and planning", "MiB", memory, aim=_MEMORY, aim_on="median", note="RSS"),
    ]


def _smaller(tables: int, columns: int, most: float) -> Figure:
    index = prepare(large_catalog(tables, columns))
    return figure(SUBJECT, f"one question of {tables} tables", costs(_questions(index)), most)


def _questions(index: Index) -> Iterator[Asked]:
    tables, now = index.catalog.tables, datetime(2026, 6, 1, tzinfo=UTC)
    step = max(1, len(tables) // _ASKED)
    for place in range(_ASKED):
        rounds, at = divmod(place * step, len(tables))
        table = tables[at]
        question = _FORMS[(place + rounds) % len(_FORMS)].format(
            rows=table.name.replace("_", " "), number=_first(table, "number"), text=_first(table, "text")
        )
        yield Asked(question, index, now)


def _first(table: Table, data_type: str) -> str:
    return next((c.name.replace("_", " ") for c in table.columns if c.data_type.value == data_type), "name")


def _changed(catalog: Catalog) -> Catalog:
    first, *others = catalog.tables
    return replace(catalog, tables=(replace(first, label="Everything Else"), *others))


def _linked(asked: Asked) -> float:
    """Milliseconds."""
    begun = time.process_time()
    spans(tokenize(asked.question), asked.index)
    return 1000 * (time.process_time() - begun)
