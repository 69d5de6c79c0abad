"""When a source's weeks and fiscal years begin, from its semantic model to the rows of an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from meshkit.ids import new_id
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import configuration
from tests.integration.server import serving as serving_integration
from tests.ml_gateway.server import NOW, serving

SALES = """
CREATE TABLE sales (id bigint PRIMARY KEY, sold_on date NOT NULL, amount numeric(10,2) NOT NULL);
INSERT INTO sales SELECT g, date '2024-01-01' + g, g FROM generate_series(1, 900) g;
ANALYZE;
"""
MODEL = """version: 1
tables: {sales: {date: sold_on}}
metrics: {revenue: {table: sales, expression: sum(amount)}}
"""
CASES = {
    "revenue this fiscal year": (
        ("fiscal_year_starts_in: april", "2025-04-01", "2026-04-01"),
        ("fiscal_year_starts_in: october", "2025-10-01", "2026-10-01"),
        ("", "2026-01-01", "2027-01-01"),
    ),
    "revenue last week": (
        ("week_starts_on: wednesday", "2026-03-04", "2026-03-11"),
        ("", "2026-03-02", "2026-03-09"),
    ),
}


@pytest.mark.parametrize("question", CASES)
async def test_an_answer_counts_as_the_model_says(
    question: str, control_plane: Callable[..., Database], postgres: PostgresCluster, tmp_path: Path
) -> None:
    """On a Sunday: 15 March 2026."""
    assert NOW.date().isoformat() == "2026-03-15"
    source = postgres.empty_database("fiscal")
    source.run(SALES)
    control = control_plane("integration", "ml_gateway")
    async with serving_integration(control, tmp_path) as integration, serving(integration.address, control) as gateway:
        sums = []
        for setting, start, end in CASES[question]:
            organization = new_id()
            await integration.client(organization).create(configuration(source), semantic_model=f"{MODEL}{setting}\n")
            answer = await gateway.asker(organization).ask(question)
            assert answer.error is None
            ((cell,),) = [row.cells for row in answer.rows.rows]
            between = f"sold_on >= '{start}' AND sold_on < '{end}'"
            assert [cell.decimal] == source.run(f"SELECT sum(amount) FROM sales WHERE {between}")
            sums.append(cell.decimal)
        assert len(set(sums)) == len(sums)
    postgres.drop(source)
