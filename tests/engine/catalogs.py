"""Small catalogs, built in one line per table, and the data that their SQL runs on."""

import re
from collections.abc import Mapping, Sequence

from services.ml_gateway.engine.model import Catalog, Column, DataType, Metric, Relationship, Table, TableKey

_TYPES = {
    "int": DataType.INTEGER,
    "num": DataType.NUMBER,
    "text": DataType.TEXT,
    "bool": DataType.BOOLEAN,
    "date": DataType.DATE,
    "ts": DataType.TIMESTAMP,
    "tstz": DataType.TIMESTAMP_TZ,
}


def column(spec: str, samples: Mapping[str, Sequence[str]]) -> Column:
    """ "name type" with "!" for not null; quoted names may hold spaces."""
    match = re.fullmatch(r"(.+) (\w+)(!?)", spec.strip())
    assert match, spec
    name = match[1]
    values = tuple(samples.get(name, ()))
    return Column(name, _TYPES[match[2]], nullable=not match[3], samples=values, samples_complete=bool(values))


def table(
    name: str,
    columns: str,
    *,
    schema: str = "public",
    samples: Mapping[str, Sequence[str]] | None = None,
    **more: object,
) -> Table:
    """The first column is the primary key."""
    made = tuple(column(spec, samples or {}) for spec in columns.split(","))
    return Table(schema, name, made, primary_key=(made[0].name,), **more)  # type: ignore[arg-type]


def key(spec: str, schema: str = "public", role: str = "") -> Relationship:
    """ "orders.customer_id -> customers.id"."""
    left, right = (side.strip().rsplit(".", 1) for side in spec.split("->"))
    return Relationship(TableKey(schema, left[0]), (left[1],), TableKey(schema, right[0]), (right[1],), role)


def shop(**more: object) -> Catalog:
    countries = ("Germany", "France", "United Kingdom", "Spain")
    tables = (
        table(
            "customers",
            "id int!, name text!, email text, country text!, segment text!, signed_up_at tstz!",
            samples={"country": countries, "segment": ("consumer", "small business")},
            row_count=400,
        ),
        table("categories", "id int!, name text!", samples={"name": ("Shoes", "Jackets", "Bags")}),
        table("products", "id int!, name text!, category_id int!, unit_price num!, is_active bool!"),
        table(
            "orders",
            "id int!, customer_id int!, ordered_at tstz!, status text!, shipped_at tstz",
            samples={"status": ("completed", "cancelled", "pending")},
        ),
        table("order_lines", "id int!, order_id int!, product_id int!, quantity int!, unit_price num!, discount num!"),
        table(
            "payments",
            "id int!, order_id int!, paid_at tstz!, method text!, amount num!",
            samples={"method": ("card", "paypal")},
        ),
        table(
            "refunds",
            "id int!, order_id int!, refunded_at tstz!, reason text!, amount num!",
            samples={"reason": ("damaged", "wrong size")},
        ),
        table(
            "marketing_spend",
            "id int!, day date!, channel text!, amount num!, clicks int!",
            samples={"channel": ("search", "social", "email")},
        ),
        table(
            "web_sessions",
            "id int!, customer_id int, started_at tstz!, device text!, pages int!",
            samples={"device": ("mobile", "desktop")},
        ),
    )
    keys = (
        key("products.category_id -> categories.id"),
        key("orders.customer_id -> customers.id"),
        key("order_lines.order_id -> orders.id"),
        key("order_lines.product_id -> products.id"),
        key("payments.order_id -> orders.id"),
        key("refunds.order_id -> orders.id"),
        key("web_sessions.customer_id -> customers.id"),
    )
    metrics = (
        Metric(
            "revenue",
            TableKey("public", "order_lines"),
            "SUM(quantity * unit_price - discount)",
            label="Revenue",
            synonyms=("sales", "turnover"),
            filters=("orders.status <> 'cancelled'",),
        ),
        Metric("order_count", TableKey("public", "orders"), "COUNT(*)", filters=("status <> 'cancelled'",)),
        Metric(
            "average_order_value",
            TableKey("public", "orders"),
            label="Average order value",
            synonyms=("aov",),
            numerator="revenue",
            denominator="order_count",
        ),
    )
    return Catalog(tables, keys, metrics, **more)  # type: ignore[arg-type]


def flights(**more: object) -> Catalog:
    """Two dates with no default, and two roles of one table."""
    tables = (
        table(
            "airports",
            "code text!, name text!, city text!, country text!",
            samples={"city": ("Berlin", "Madrid", "Oslo"), "country": ("DE", "ES", "NO")},
        ),
        table("airlines", "id int!, name text!", samples={"name": ("Air North", "Sunwings")}),
        table(
            "flights",
            "id int!, airline_id int!, origin_code text!, destination_code text!, scheduled_departure ts!, "
            "actual_departure ts, distance_km num!, seats int!",
        ),
        table("tickets", "id int!, flight_id int!, passenger text!, fare num!, booked_at ts!"),
    )
    keys = (
        key("flights.airline_id -> airlines.id"),
        key("flights.origin_code -> airports.code"),
        key("flights.destination_code -> airports.code"),
        key("tickets.flight_id -> flights.id"),
    )
    return Catalog(tables, keys, **more)  # type: ignore[arg-type]


def school(**more: object) -> Catalog:
    """Names that want quoting, a many-to-many, a table that points to itself, no metrics."""
    tables = (
        table(
            "Students",
            'Student ID int!, Full Name text!, birth date date!, enrolled on date!, home "town" text!, gpa num!',
            schema="my school",
            samples={'home "town"': ("Graz", "Linz")},
        ),
        table(
            "Courses",
            "id int!, title text!, credits int!",
            schema="my school",
            samples={"title": ("Algebra", "Biology")},
        ),
        table(
            "select",
            "id int!, student int!, course int!, grade int!, order date!",
            schema="my school",
            label="enrolment",
        ),
        table("Employees", "id int!, name text!, salary num!, hire_date date!, manager_id int", schema="my school"),
    )
    keys = (
        key("select.student -> Students.Student ID", "my school"),
        key("select.course -> Courses.id", "my school"),
        key("Employees.manager_id -> Employees.id", "my school"),
    )
    return Catalog(tables, keys, **more)  # type: ignore[arg-type]


def clinic(**more: object) -> Catalog:
    """The same names in several tables, people in two columns of names, values that may be missing."""
    cities, countries = ("Paris", "Lyon", "Berlin"), ("France", "Germany", "Spain")
    tables = (
        table("departments", "id int!, name text!, city text!", samples={"city": cities}),
        table(
            "doctors", "id int!, department_id int!, fullName text!, specialty text!, salary num!",
            samples={"specialty": ("Cardiology", "Surgery")},
        ),
        table(
            "patients",
            "id int!, first_name text!, last_name text!, city text, country text, vip bool!, registered_at date!",
            samples={"city": cities, "country": countries},
        ),
        table(
            "visits", "id int!, patient_id int!, doctor_id int!, visit_date date!, status text!, fee num!",
            samples={"status": ("done", "present", "missed")},
        ),
        table("referrals", "id int!, visit_id int!, from_doctor_id int!, to_doctor_id int!, made_on date!"),
        table("customers", "id int!, full_name text!, city text!, country text!", samples={"country": countries}),
        table(
            "orders",
            "id int!, customer_id int!, placed_on date!, status text!, shipping_amount num!, total_amount num!",
            samples={"status": ("shipped", "pending", "return")},
        ),
    )  # fmt: skip
    keys = (
        key("doctors.department_id -> departments.id"),
        key("visits.patient_id -> patients.id"),
        key("visits.doctor_id -> doctors.id"),
        key("referrals.visit_id -> visits.id"),
        key("referrals.from_doctor_id -> doctors.id"),
        key("referrals.to_doctor_id -> doctors.id"),
        key("orders.customer_id -> customers.id"),
    )
    return Catalog(tables, keys, **more)  # type: ignore[arg-type]


CATALOGS = {"shop": shop, "flights": flights, "school": school, "clinic": clinic}
