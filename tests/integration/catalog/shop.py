"""One small shop as every dialect builds it: the same rows, types of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

TABLES: dict[str, dict[str, str]] = {
    "countries": {"code": "code!", "name": "text!"},
    "customers": {
        "id": "integer!", "full_name": "text!", "email": "text", "contact": "text", "country": "code", "born": "date",
        "is_active": "boolean",
    },
    "categories": {"id": "integer!", "name": "text!", "parent_id": "integer"},
    "products": {"id": "integer!", "name": "text!", "category_id": "integer", "price": "decimal", "weight": "number"},
    "orders": {
        "id": "integer!", "customer_id": "integer!", "status": "text!", "ordered_at": "timestamp!", "paid_on": "date",
        "updated_at": "timestamp", "total": "decimal!", "note": "text",
    },
    "order_items": {
        "order_id": "integer!", "line_no": "integer!", "product_id": "integer!", "quantity": "integer!",
        "discount_rate": "number",
    },
}  # fmt: skip
PRIMARY = {
    "countries": ("code",), "customers": ("id",), "categories": ("id",), "products": ("id",), "orders": ("id",),
    "order_items": ("order_id", "line_no"),
}  # fmt: skip
FOREIGN = (
    ("categories", "parent_id", "categories", "id"),
    ("customers", "country", "countries", "code"),
    ("order_items", "order_id", "orders", "id"),
    ("order_items", "product_id", "products", "id"),
    ("orders", "customer_id", "customers", "id"),
    ("products", "category_id", "categories", "id"),
)
_STATUSES = ("cancelled", "paid", "shipped")
_COUNTRIES = (("AT", "Austria"), ("DE", "Germany"), ("FR", "France"), ("PL", "Poland"))
ORDERS = 120


@dataclass(frozen=True)
class Types:
    """How a dialect writes the families, and what NOT NULL and keys look like there."""

    code: str = "varchar(2)"
    text: str = "text"
    integer: str = "integer"
    decimal: str = "decimal(10,2)"
    number: str = "double precision"
    date: str = "date"
    timestamp: str = "timestamp"
    boolean: str = "boolean"
    required: str = "{} NOT NULL"
    optional: str = "{}"
    table: str = "CREATE TABLE {name} ({columns})"

    def of(self, family: str) -> str:
        written = str(getattr(self, family.removesuffix("!")))
        return (self.required if family.endswith("!") else self.optional).format(written)


MYSQL = Types(number="double", timestamp="datetime", boolean="tinyint(1)")
CLICKHOUSE = Types(
    code="String", text="String", integer="Int64", decimal="Decimal(10, 2)", number="Float64", date="Date32",
    timestamp="DateTime", boolean="Bool", required="{}", optional="Nullable({})",
    table="CREATE TABLE {name} ({columns}) ENGINE = MergeTree ORDER BY tuple()",
)  # fmt: skip
BY_DIALECT = {
    "postgres": Types(), "mysql": MYSQL, "duckdb": Types(), "sqlite": Types(), "clickhouse": CLICKHOUSE,
}  # fmt: skip


def statements(types: Types, *, keys: bool) -> Iterator[str]:
    """What builds the shop; with its keys declared or without any."""
    for name, columns in TABLES.items():
        parts = [f"{column} {types.of(family)}" for column, family in columns.items()]
        if keys:
            parts.append(f"PRIMARY KEY ({', '.join(PRIMARY[name])})")
            parts += [
                f"FOREIGN KEY ({column}) REFERENCES {target} ({key})"
                for table, column, target, key in FOREIGN
                if table == name
            ]
        yield types.table.format(name=name, columns=", ".join(parts))
        # A row that points to another of its table must come after it: not all take both in one statement.
        together = 1 if any(table == name == target for table, _, target, _ in FOREIGN) else ORDERS
        values = [f"({', '.join(row)})" for row in rows(name)]
        for start in range(0, len(values), together):
            yield f"INSERT INTO {name} VALUES {', '.join(values[start : start + together])}"


def rows(table: str) -> Iterator[tuple[str, ...]]:
    """Literals, which every dialect reads."""
    if table == "countries":
        yield from ((f"'{code}'", f"'{name}'") for code, name in _COUNTRIES)
    if table == "customers":
        for n in range(1, 41):
            contact = f"'person{n}@example.org'" if n % 2 else "NULL"
            yield (
                str(n), f"'Customer {n}'", f"'c{n}@example.com'", contact, f"'{_COUNTRIES[n % 4][0]}'",
                f"'19{50 + n}-03-0{n % 9 + 1}'", "TRUE" if n % 3 else "FALSE",
            )  # fmt: skip
    if table == "categories":
        yield from (("1", "'Food'", "NULL"), ("2", "'Fruit'", "1"), ("3", "'Tools'", "NULL"))
    if table == "products":
        for n in range(1, 13):
            yield str(n), f"'Product {n}'", str(n % 3 + 1), f"{n}.50", f"{n}.25"
    if table == "orders":
        for n in range(1, ORDERS + 1):
            day = f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
            paid = f"'{day}'" if n % 5 else "NULL"
            yield (
                str(n), str(n % 40 + 1), f"'{_STATUSES[n % 3]}'", f"'{day} 08:30:00'", paid, f"'{day} 09:00:00'",
                f"{n}.25", f"'note {n}: {'as the customer asked for it ' * 8}'",
            )  # fmt: skip
    if table == "order_items":
        for n in range(1, ORDERS + 1):
            for line in (1, 2):
                yield str(n), str(line), str((n + line) % 12 + 1), str(n % 7 + 1), f"0.{n % 4}5"
