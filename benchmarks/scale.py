"""The built-in engine on a large catalog: making it ready, after one table changed, questions, memory."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context

import psutil

from benchmarks.figures import Aim, Figure, median, p95
from benchmarks.large_catalog import large_catalog
from services.ml_gateway.engine import Index, plan, prepare
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.model import Catalog, Table
from services.ml_gateway.engine.tokens import tokenize

SUBJECT = "scale"
MIB = 1024 * 1024
_ABOUT = 60  # tables that questions are about
_BUILD, _PLAN, _MEMORY = Aim(30.0), Aim(150.0), Aim(200.0)
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
    catalog = large_catalog()
    size = f"{len(catalog.tables)} tables, {sum(len(table.columns) for table in catalog.tables):,} columns"
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    index = prepare(catalog)
    building = time.perf_counter() - begun
    questions = tuple(_questions(catalog))
    now = datetime.now(UTC)
    linking = [_timed(partial(_linked, asked, index)) for asked in questions]
    planning = [_timed(partial(plan, asked, index, now=now)) for asked in questions]
    memory = (psutil.Process().memory_info().rss - before) / MIB
    begun = time.perf_counter()
    prepare(_changed(catalog), index)
    again = time.perf_counter() - begun
    asked = f"{len(questions)} questions"
    return [
        Figure(SUBJECT, "index", "s", building, aim=_BUILD, aim_on="median", note=size),
        Figure(SUBJECT, "index after one table changed", "s", again),
        Figure(SUBJECT, "words to meanings", "ms", median(linking), p95(linking), note=asked),
        Figure(SUBJECT, "one question", "ms", median(planning), p95(planning), aim=_PLAN, aim_on="p95", note=asked),
        Figure(SUBJECT, "index and planning", "MiB", memory, aim=_MEMORY, aim_on="median", note="RSS"),
    ]


def _questions(catalog: Catalog) -> Iterator[str]:
    step = len(catalog.tables) // _ABOUT
    for place, table in enumerate(catalog.tables[::step]):
        yield _FORMS[place % len(_FORMS)].format(
            rows=table.name.replace("_", " "), number=_first(table, "number"), text=_first(table, "text")
        )


def _first(table: Table, data_type: str) -> str:
    return next((c.name.replace("_", " ") for c in table.columns if c.data_type.value == data_type), "name")


def _changed(catalog: Catalog) -> Catalog:
    first, *others = catalog.tables
    return replace(catalog, tables=(replace(first, label="Everything Else"), *others))


def _linked(asked: str, index: Index) -> None:
    spans(tokenize(asked), index)


def _timed(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - begun)
