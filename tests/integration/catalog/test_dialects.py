"""The same shop in every dialect gives the same catalog."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.integration.catalog.document import from_document, to_document, versioned
from services.integration.catalog.model import Catalog, Column, ColumnRole, ColumnType, Table
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reading import read_catalog
from tests.integration.catalog.building import Build
from tests.integration.catalog.shop import BY_DIALECT, FOREIGN, ORDERS, PRIMARY, statements

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DECLARING = ("postgres", "mysql", "duckdb", "sqlite")
DIALECTS = (*DECLARING, "clickhouse")


async def read(build: Build, dialect: str, *, keys: bool = True, limits: ProfileLimits | None = None) -> Catalog:
    declared = keys and dialect in DECLARING
    async with build(dialect, statements(BY_DIALECT[dialect], keys=declared)) as dial:
        return versioned(await read_catalog(dialect, dial, now=NOW, limits=limits))


def table(catalog: Catalog, name: str) -> Table:
    (found,) = (one for one in catalog.tables if one.name == name)
    return found


def column(catalog: Catalog, of: str, name: str) -> Column:
    (found,) = (one for one in table(catalog, of).columns if one.name == name)
    return found


def links(catalog: Catalog) -> set[tuple[str, tuple[str, ...], str, tuple[str, ...], bool]]:
    return {
        (one.from_table, one.from_columns, one.to_table, one.to_columns, one.inferred) for one in catalog.relationships
    }


def traits(catalog: Catalog) -> dict[tuple[str, str], object]:
    """All that must not depend on the dialect."""
    found: dict[tuple[str, str], object] = {}
    for one in catalog.tables:
        counts = (one.row_count, one.row_count_exact)
        found[one.name, ""] = (counts, one.default_time_column, one.latest_time, one.display_column)
        for c in one.columns:
            values = (c.samples, c.samples_complete, c.distinct_count, c.min_value, c.max_value)
            found[one.name, c.name] = (c.type, c.nullable, values, c.role, c.sensitive)
    return found


@pytest.mark.parametrize("dialect", DECLARING)
async def test_declared_keys_are_read(build: Build, dialect: str) -> None:
    catalog = await read(build, dialect)
    assert links(catalog) == {(start, (name,), end, (key,), False) for start, name, end, key in FOREIGN}
    assert {one.name: one.primary_key for one in catalog.tables} == PRIMARY
    assert all(one.confidence == 1.0 for one in catalog.relationships)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_undeclared_keys_are_inferred(build: Build, dialect: str) -> None:
    catalog = await read(build, dialect, keys=False)
    assert links(catalog) == {(start, (name,), end, (key,), True) for start, name, end, key in FOREIGN}
    assert all(0.6 <= one.confidence <= 1.0 for one in catalog.relationships)
    keys = {one.name: one.primary_key for one in catalog.tables}
    assert keys == PRIMARY | {"order_items": ()}  # of several columns: only where it is declared


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_the_same_shop_gives_the_same_catalog(build: Build, dialect: str) -> None:
    reference = await read(build, "duckdb", keys=False)
    catalog = await read(build, dialect, keys=False)
    mine, theirs = traits(catalog), traits(reference)
    assert mine.keys() == theirs.keys()
    assert [(name, mine[name], theirs[name]) for name in mine if mine[name] != theirs[name]] == []
    assert from_document(to_document(catalog)) == catalog


async def test_what_the_catalog_of_the_shop_says(build: Build) -> None:
    catalog = await read(build, "duckdb")
    orders = table(catalog, "orders")
    assert (orders.row_count, orders.row_count_exact) == (ORDERS, True)
    assert (table(catalog, "products").display_column, table(catalog, "customers").display_column) == (
        "name",
        "full_name",
    )
    status = column(catalog, "orders", "status")
    assert (status.samples, status.samples_complete) == (("cancelled", "paid", "shipped"), True)
    roles = {(one.name, c.name): c.role for one in catalog.tables for c in one.columns}
    assert {name for name, role in roles.items() if role is ColumnRole.KEY} == {
        ("countries", "code"), ("customers", "id"), ("customers", "country"), ("categories", "id"),
        ("categories", "parent_id"), ("products", "id"), ("products", "category_id"), ("orders", "id"),
        ("orders", "customer_id"), ("order_items", "order_id"), ("order_items", "line_no"),
        ("order_items", "product_id"),
    }  # fmt: skip
    assert {name for name, role in roles.items() if role is ColumnRole.MEASURE} == {
        ("products", "price"), ("products", "weight"), ("orders", "total"), ("order_items", "quantity"),
        ("order_items", "discount_rate"),
    }  # fmt: skip
    assert roles["orders", "note"] is ColumnRole.TEXT
    assert roles["orders", "ordered_at"] is ColumnRole.TIME
    assert roles["orders", "status"] is ColumnRole.DIMENSION
    total = column(catalog, "orders", "total")
    assert (total.type, total.min_value, total.max_value) == (ColumnType.DECIMAL, "1.25", f"{ORDERS}.25")


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_nothing_personal_is_kept_whatever_its_column_is_called(build: Build, dialect: str) -> None:
    catalog = await read(build, dialect, keys=False)
    flagged = {(one.name, c.name) for one in catalog.tables for c in one.columns if c.sensitive}
    assert flagged == {("customers", "email"), ("customers", "contact"), ("customers", "full_name")}
    assert "@example" not in to_document(catalog)
    assert "Customer 1" not in to_document(catalog)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_of_a_large_table_a_part_is_looked_at(build: Build, dialect: str) -> None:
    catalog = await read(build, dialect, keys=False, limits=ProfileLimits(sampled_rows=60))
    orders = table(catalog, "orders")
    assert (orders.row_count, orders.row_count_exact, orders.primary_key) == (ORDERS, True, ("id",))
    status = column(catalog, "orders", "status")
    assert (status.samples, status.samples_complete, status.distinct_count) == (
        ("cancelled", "paid", "shipped"),
        True,
        3,
    )
    assert column(catalog, "orders", "total").max_value == f"{ORDERS}.25"
    assert column(catalog, "orders", "note").samples == ()
    assert column(catalog, "orders", "paid_on").max_value == "2025-12-28"
    assert ("orders", ("customer_id",), "customers", ("id",), True) in links(catalog)
    assert any("too large to be read whole" in note for note in catalog.notes)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_names_that_break_out_of_quotes_are_only_names(build: Build, dialect: str) -> None:
    quote = "`" if dialect in ("mysql", "clickhouse") else '"'

    def quoted(name: str) -> str:
        escaped = name.replace("\\", "\\\\") if dialect == "clickhouse" else name
        return quote + escaped.replace(quote, ("\\" if dialect == "clickhouse" else quote) + quote) + quote

    types = BY_DIALECT[dialect]
    table_name, names = "it's a `t\"able; --", ("na\\me", 'say "when"', "`;DROP", "東京 ü", "select")
    columns = ", ".join(f"{quoted(name)} {types.text}" for name in names)
    if dialect == "mysql":  # no backslash at a name's end, no blank there either: these are its own rules
        columns = columns.replace("text", "varchar(50)")
    created = types.table.format(name=quoted(table_name), columns=columns)
    inserted = f"INSERT INTO {quoted(table_name)} VALUES ('a', 'b', 'c', 'ü', 'e')"
    async with build(dialect, [created, inserted]) as dial:
        catalog = await read_catalog(dialect, dial, now=NOW)
    (odd,) = catalog.tables
    assert odd.name == table_name
    assert [(c.name, c.samples) for c in odd.columns] == list(
        zip(names, (("a",), ("b",), ("c",), ("ü",), ("e",)), strict=True)
    )
