"""From what was named on the command line to a source that can be asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from cli.ask.exits import AskError
from cli.ask.model import Opened
from cli.ask.notices import Notices
from cli.ask.years import with_years
from services.integration.catalog.document import versioned
from services.integration.catalog.meaning import with_meaning
from services.integration.catalog.model import Catalog
from services.integration.catalog.strict_yaml import InvalidYaml
from services.integration.executors.port import Executor
from services.integration.scoping import scope_of


@dataclass(frozen=True, slots=True)
class Reached:
    """A source that was connected to or prepared, and what it holds."""

    name: str
    catalog: Catalog
    executor: Executor


_NEEDED_LATER = ("pyarrow", "cli.ask.session", "cli.ask.catalogs")
_UNDER_WAY_SECONDS = 0.03

# Reaches a source and lets go of it at the end of the block. Raises AskError.
Reach = Callable[[Notices], AbstractAsyncContextManager[Reached]]


@asynccontextmanager
async def opened(
    reach: Reach,
    semantic_model: str,
    notices: Notices,
    clock: Callable[[], datetime],
    begin: tuple[int | None, int | None] = (None, None),
) -> AsyncIterator[Opened]:
    """The source, ready to be asked until the block ends. begin: as years.checked gives it. Raises AskError."""
    began = time.perf_counter()
    # What answering needs is imported while the source is being reached by other processes, which takes as long. In
    # this thread: two that import at the same time can wait for each other.
    asyncio.get_running_loop().call_later(_UNDER_WAY_SECONDS, _import_needed)
    async with reach(notices) as reached:
        from cli.ask.catalogs import engine_catalog
        from services.ml_gateway.engine import prepare

        catalog = versioned(with_years(_meant(reached.catalog, semantic_model), *begin))
        if not catalog.tables:
            raise AskError(f"{reached.name} holds no table that can be asked.", "Check what is in it, and your rights.")
        # In a thread: what a large schema's words mean takes its time, and Ctrl-C should not have to wait for it.
        index = await asyncio.to_thread(lambda: prepare(engine_catalog(catalog)))
        yield Opened(
            name=reached.name,
            catalog=catalog,
            scope=scope_of(catalog),
            index=index,
            executor=reached.executor,
            load_seconds=time.perf_counter() - began,
        )


def _import_needed() -> None:
    for name in _NEEDED_LATER:
        import_module(name)


def _meant(catalog: Catalog, semantic_model: str) -> Catalog:
    try:
        return with_meaning(catalog, semantic_model)
    except InvalidYaml as error:
        problems = "\n".join(str(problem) for problem in error.problems)
        raise AskError("The semantic model is wrong:", f"{problems}\nIts format: docs/semantic-model.md") from None
