"""The built-in engine on databases of the usual size: the project's own questions, each by itself and asked once."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.asking import Asked, costs, figure
from benchmarks.figures import Figure, median
from services.ml_gateway.engine import Index, prepare
from services.ml_gateway.engine.reader.weights import packaged
from tests.business.databases import DATABASES, catalog_of, file_of
from tests.business.questions import questions

SUBJECT = "business"
_MOST = 50.0
_WARM = 20  # questions that fill caches of words and aren't counted


def measure() -> list[Figure]:
    begun = time.process_time()
    packaged()
    weights = 1000 * (time.process_time() - begun)
    preparing, asked = _asked()
    costs(asked[::-1][:_WARM])
    return [
        Figure(SUBJECT, "learned weights read", "ms", weights, note="once in each process, processor time"),
        Figure(SUBJECT, "index of a database", "ms", median(preparing), max(preparing), note="median and most"),
        figure(SUBJECT, "one question", costs(asked), _MOST),
    ]


def _asked() -> tuple[list[float], list[Asked]]:
    """Milliseconds of preparing each database, and the questions that need nothing said before."""
    indexes, took = {}, []
    with tempfile.TemporaryDirectory(prefix="infinure-bench-") as folder:
        for name, database in DATABASES.items():
            catalog = asyncio.run(catalog_of(database, file_of(database, Path(folder))))
            begun = time.process_time()
            indexes[name] = prepare(catalog)
            took.append(1000 * (time.process_time() - begun))
    return took, list(_alone(indexes))


def _alone(indexes: dict[str, Index]) -> Iterator[Asked]:
    for one in questions():
        if not one.history and not one.instructions:
            yield Asked(one.text, indexes[one.database], one.now)
