"""The databases: made from seeds into SQLite files, and their catalogs, read as any source's is."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cli.ask.catalogs import engine_catalog
from services.integration.catalog.meaning import with_meaning
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reading import read_catalog
from services.ml_gateway.engine.model import Catalog
from tests.business import clinic, flat, gym, haulage, shop, software
from tests.business.comments import Comments, with_comments
from tests.integration.catalog.readers import dial_to

_MODELS = Path(__file__).parent / "models"
# Every row is looked at, however slow the machine: what the catalog says of values must not depend on it.
_WHOLE = ProfileLimits(total_seconds=300.0, statement_ms=60_000, table_ms=60_000, sampled_rows=200_000)


@dataclass(frozen=True, slots=True)
class Database:
    """`now` is the moment at which its questions are asked unless they say otherwise.

    kept_apart: nothing is learned from its questions, so that they show how far what was learned carries.
    """

    name: str
    now: datetime
    build: Callable[[sqlite3.Connection], None]
    comments: Callable[[], Comments]
    semantic_model: Callable[[], str]
    kept_apart: bool = False


def _noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC)


def _model(name: str) -> Callable[[], str]:
    return lambda: (_MODELS / f"{name}.yaml").read_text(encoding="utf-8")


DATABASES: Mapping[str, Database] = {
    "shop": Database("shop", _noon("2026-05-13"), shop.build, shop.comments, shop.semantic_model),
    "software": Database("software", _noon("2025-08-20"), software.build, software.comments, _model("software")),
    "haulage": Database("haulage", _noon("2026-02-18"), haulage.build, haulage.comments, _model("haulage")),
    "gym": Database("gym", _noon("2025-11-12"), gym.build, gym.comments, _model("gym")),
    "clinic": Database("clinic", _noon("2026-03-18"), clinic.build, clinic.comments, _model("clinic"), kept_apart=True),
    "flat_sales": Database(
        "flat_sales", _noon("2025-10-08"), flat.build_sales, flat.comments, flat.semantic_model, kept_apart=True
    ),
    "flat_tickets": Database(
        "flat_tickets", _noon("2025-10-08"), flat.build_tickets, flat.comments, flat.semantic_model, kept_apart=True
    ),
}


def file_of(database: Database, folder: Path) -> Path:
    """The database's file in the folder, made if it isn't there yet; several processes may ask at once."""
    path = folder / f"{database.name}.sqlite"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        building = folder / f".{database.name}.{os.getpid()}"
        building.unlink(missing_ok=True)
        with closing(sqlite3.connect(building)) as connection, connection:
            database.build(connection)
        building.replace(path)
    return path


async def catalog_of(database: Database, path: Path) -> Catalog:
    with closing(sqlite3.connect(path)) as connection:
        read = await read_catalog("sqlite", dial_to(connection), limits=_WHOLE, now=database.now)
    return engine_catalog(with_meaning(with_comments(read, database.comments()), database.semantic_model()))
