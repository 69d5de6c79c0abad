"""A real integration server in this process, and databases for it to have as sources."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import IntegrationServer, serving

SHOP = """
CREATE TABLE countries (code text PRIMARY KEY, name text NOT NULL);
CREATE TABLE customers (id bigint PRIMARY KEY, name text, email text, country text REFERENCES countries,
                        signed_up date, balance numeric(12,2));
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, amount numeric(10,2),
                     status text, placed_at timestamptz);
INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France');
INSERT INTO customers SELECT g, 'Customer ' || g, 'person' || g || '@example.test', (ARRAY['DE','FR'])[1 + g % 2],
       date '2025-01-01' + g, g * 1.5 FROM generate_series(1, 20) g;
INSERT INTO orders SELECT g, 1 + g % 20, g * 0.25, (ARRAY['paid','open','late'])[1 + g % 3],
       timestamptz '2025-01-01 10:00+00' + g * interval '1 hour' FROM generate_series(1, 300) g;
ANALYZE;
"""


@pytest.fixture
async def integration(control_plane: Callable[..., Database], tmp_path: Path) -> AsyncIterator[IntegrationServer]:
    async with serving(control_plane("integration"), tmp_path) as server:
        yield server


@pytest.fixture(scope="session")
def shop(postgres: PostgresCluster) -> Iterator[Database]:
    """A small shop as a source; tests only read it."""
    database = postgres.empty_database("shop")
    database.run(SHOP)
    yield database
    postgres.drop(database)
