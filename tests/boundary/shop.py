"""A small shop of our own: what its tables are, what a caller may see of them, and rows for a real database."""

from services.integration.boundary.model import ColumnType, Relation, Scope

TABLES: dict[str, dict[str, str]] = {
    "public.stores": {"id": "int", "name": "text", "region": "text"},
    "public.staff": {"id": "int", "name": "text", "store_id": "int", "boss_id": "int", "hired_on": "date",
                     "salary": "numeric"},
    "public.sales": {"id": "int", "sale_key": "text", "store_id": "int", "staff_id": "int", "sold_on": "date",
                     "sold_at": "timestamptz", "status": "text", "amount": "numeric", "note": "text", "extra": "jsonb",
                     "Campaign Name": "text"},
    "public.sale_lines": {"sale_key": "text", "line_no": "int", "quantity": "int", "price": "numeric"},
    "public.vault": {"secret": "text"},
    "public.forbidden": {"id": "int"},
    "archive.totals": {"n": "int"},
    "archive.stores": {"id": "int"},
}  # fmt: skip
HIDDEN = {"public.staff": {"salary"}, "public.vault": {"secret"}}
ABSENT = {"public.forbidden"}


def scope(dialect: str = "postgres") -> Scope:
    """What the caller sees: no table `forbidden`, no column staff.salary, nothing inside `vault`."""
    relations = []
    for qualified, columns in TABLES.items():
        schema, _, name = qualified.partition(".")
        if qualified in ABSENT or (dialect != "postgres" and schema == "archive"):
            continue  # one schema there: the archive's table of the same name would be a second
        shown = tuple(ColumnType(c, t) for c, t in columns.items() if c not in HIDDEN.get(qualified, ()))
        relations.append(Relation("main" if dialect == "sqlite" else schema, name, shown))
    return Scope(dialect, tuple(relations), "policy-1", ("main",) if dialect == "sqlite" else ("public",))  # type: ignore[arg-type]


def statements() -> list[str]:
    """DDL and rows, the same every time."""
    made = ["CREATE SCHEMA archive"]
    for qualified, columns in TABLES.items():
        listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        made.append(f"CREATE TABLE {qualified} ({listed})")
    made += [
        "INSERT INTO stores VALUES (1,'North','n'), (2,'South Side','s'), (3,'East','e'), (4,'Nowhere',NULL)",
        "INSERT INTO staff SELECT i, 'Person ' || i, 1 + i % 3, nullif(i / 2, 0), DATE '2015-01-01' + i * 200, 1000 * i"
        " FROM generate_series(1, 9) i",
        """INSERT INTO sales SELECT i, 'k' || i, 1 + i % 3, nullif(i % 10, 0), DATE '2025-01-01' + i,
           TIMESTAMPTZ '2025-01-01 00:30:00+00' + i * interval '25 hours',
           (ARRAY['paid','open','refunded','Paid'])[1 + i % 4], (i * 37 % 101) + 0.5,
           CASE WHEN i % 5 = 0 THEN NULL ELSE 'note ' || i % 7 END,
           jsonb_build_object('color', (ARRAY['red','blue'])[1 + i % 2], 'size', jsonb_build_array(i % 3, 'x')),
           'campaign ' || i % 2 FROM generate_series(1, 150) i""",
        "INSERT INTO sale_lines SELECT 'k' || i, j, (i + j) % 5, i * 1.25 FROM generate_series(1, 120) i,"
        " generate_series(1, 2) j",
        "INSERT INTO vault VALUES ('a'), ('b')",
        "INSERT INTO archive.totals VALUES (1), (2)",
    ]
    return made
