"""Queries in the intermediate form over the small catalogs, by what they are for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Both,
    Bucket,
    Compare,
    During,
    Either,
    Exists,
    Field,
    Function,
    MetricValue,
    Not,
    Ordering,
    Query,
    Rows,
    SetOperator,
    Share,
)
from services.ml_gateway.engine.reading import Grain, Operator


class Named:
    """Short names for what a catalog holds, all of whose tables are in one schema."""

    def __init__(self, schema: str) -> None:
        self._schema = schema

    def rows(self, table: str, role: int | None = None) -> Rows:
        return Rows(TableKey(self._schema, table), role)

    def field(self, dotted: str, role: int | None = None) -> Field:
        table, column = dotted.split(".", 1)
        return Field(ColumnKey(TableKey(self._schema, table), column), role)

    def count(self, table: str, role: int | None = None) -> Aggregate:
        return Aggregate(Function.COUNT, self.rows(table, role))

    def of(self, function: Function, dotted: str) -> Aggregate:
        return Aggregate(function, self.field(dotted))


def equal(left: Field, *values: str | float | bool | date) -> Compare:
    return Compare(left, Operator.EQUAL, values)


def shop_queries(schema: str) -> dict[str, Query]:
    """No keys are named: there is one between any two tables."""
    n = Named(schema)
    orders, lines = n.count("orders"), n.count("order_lines")
    quantity = n.of(Function.SUM, "order_lines.quantity")
    customer, country = n.field("customers.name"), n.field("customers.country")
    germans = equal(country, "Germany")
    ordered_at = n.field("orders.ordered_at")
    paid = Aggregate(Function.SUM, n.field("payments.amount"))
    cancelled = equal(n.field("orders.status"), "cancelled")
    price = Arithmetic(ArithmeticOperator.TIMES, n.field("order_lines.quantity"), n.field("order_lines.unit_price"))
    return {
        "list": Query((customer, country), where=germans, order=(Ordering(customer, descending=True),), limit=7),
        "list of two tables": Query((n.field("orders.id"), customer), where=germans, order=(Ordering(ordered_at),)),
        "list for every match": Query((customer,), where=cancelled),
        "list of subjects": Query((customer,), subject=n.rows("customers"), where=cancelled),
        "different": Query((country,), distinct=True),
        "different in another's order": Query((country,), order=(Ordering(customer, True),), distinct=True, limit=3),
        "count": Query((orders,)),
        "count above": Query((n.count("customers"),), where=cancelled),
        "count below": Query((lines,), where=germans),
        "by value": Query((country, orders), group=(country,), order=(Ordering(orders, True),), limit=2),
        "by entity": Query(
            (customer, orders), group=(n.rows("customers"),), having=Compare(orders, Operator.AT_LEAST, (7.0,))
        ),
        "by what is below": Query(
            (n.field("products.name"), n.count("customers"), n.of(Function.AVG, "customers.id")),
            group=(n.rows("products"),),
            order=(Ordering(n.count("customers"), True),),
            limit=5,
        ),
        "two many sides": Query((country, quantity, paid), group=(country,)),
        "two many sides of an entity": Query(
            (customer, quantity, paid), group=(n.rows("customers"),), order=(Ordering(paid, True),), limit=9
        ),
        "ratio of integers": Query(
            (country, Arithmetic(ArithmeticOperator.DIVIDED_BY, lines, orders)), group=(country,)
        ),
        "division by nothing": Query(
            (
                country,
                Arithmetic(
                    ArithmeticOperator.DIVIDED_BY, orders, replace(orders, where=equal(n.field("orders.id"), -1.0))
                ),
            ),
            group=(country,),
        ),
        "product of columns": Query(
            (n.field("products.id"), Aggregate(Function.SUM, price)), group=(n.rows("products"),)
        ),
        "metric": Query((country, MetricValue("revenue")), group=(country,)),
        "ratio metric": Query((country, MetricValue("average_order_value"), orders), group=(country,)),
        "share": Query(
            (country, Share(orders)), group=(country,), having=Compare(Share(orders), Operator.GREATER, (0.2,))
        ),
        "share of some": Query((Share(replace(orders, where=cancelled)),)),
        "share by a metric": Query((country, Share(MetricValue("revenue"))), group=(country,)),
        "narrowed beside": Query(
            (
                country,
                orders,
                replace(orders, where=cancelled),
                replace(orders, where=equal(n.field("payments.method"), "card")),
            ),
            group=(country,),
        ),
        "median": Query((country, n.of(Function.MEDIAN, "order_lines.quantity")), group=(country,)),
        "median of all": Query((n.of(Function.MEDIAN, "payments.amount"), n.of(Function.MAX, "payments.amount"))),
        "median where rows multiply": Query(
            (n.field("products.category_id"), n.of(Function.MEDIAN, "customers.id")),
            group=(n.field("products.category_id"),),
        ),
        "by month": Query((Bucket(ordered_at, Grain.MONTH), orders), group=(Bucket(ordered_at, Grain.MONTH),)),
        "by week and value": Query(
            (Bucket(ordered_at, Grain.WEEK), country, quantity), group=(Bucket(ordered_at, Grain.WEEK), country)
        ),
        "during": Query((orders,), where=During(ordered_at, date(2025, 1, 1), date(2025, 4, 1))),
        "on a day": Query((n.count("orders"),), where=Compare(ordered_at, Operator.AT_MOST, (date(2025, 3, 1),))),
        "between days": Query(
            (n.field("orders.id"),), where=Compare(ordered_at, Operator.BETWEEN, (date(2025, 3, 1), date(2025, 3, 9)))
        ),
        "contains": Query((customer,), where=Compare(customer, Operator.CONTAINS, ("ERS 1",))),
        "starts and ends": Query(
            (customer,),
            where=Both(
                (Compare(customer, Operator.STARTS_WITH, ("Cust",)), Compare(customer, Operator.ENDS_WITH, ("7",)))
            ),
        ),
        "signs in a pattern": Query(
            (n.count("customers"),), where=Compare(customer, Operator.CONTAINS, ("100%_!\\'",))
        ),
        "part of a number": Query(
            (n.count("customers"),), where=Compare(n.field("customers.id"), Operator.CONTAINS, ("1",))
        ),
        "one of": Query((orders,), where=equal(country, "France", "Spain")),
        "none of": Query(
            (n.count("customers"),),
            where=Compare(n.field("customers.email"), Operator.NOT_EQUAL, ("customers 1", "customers 2")),
        ),
        "unseen value in another case": Query((n.count("customers"),), where=equal(customer, "CUSTOMERS 3")),
        "missing": Query((n.count("customers"),), where=Compare(n.field("customers.email"), Operator.IS_NULL)),
        "not": Query(
            (n.count("orders"),),
            where=Not(Compare(n.field("orders.shipped_at"), Operator.GREATER, (date(2025, 1, 1),))),
        ),
        "either, across tables": Query(
            (n.field("orders.id"),),
            subject=n.rows("orders"),
            where=Either((germans, equal(n.field("payments.method"), "card"))),
        ),
        "truth": Query((n.count("order_lines"),), where=equal(n.field("products.is_active"), True)),
        "exists": Query((n.count("customers"),), where=Exists(n.rows("refunds"))),
        "exists not": Query((customer,), where=Not(Exists(n.rows("orders"), cancelled))),
        "exists twice": Query(
            (n.count("orders"),),
            where=Both(
                (
                    Exists(n.rows("order_lines"), equal(n.field("order_lines.product_id"), 1.0)),
                    Exists(n.rows("order_lines"), equal(n.field("order_lines.product_id"), 2.0)),
                )
            ),
        ),
        "exists several times": Query(
            (customer,), where=Exists(n.rows("orders"), cancelled, Compare(orders, Operator.AT_LEAST, (2.0,)))
        ),
        "exists less often": Query(
            (n.count("customers"),), where=Exists(n.rows("orders"), None, Compare(orders, Operator.LESS, (7.0,)))
        ),
        "exists with a sum": Query(
            (n.field("orders.id"),),
            where=Exists(n.rows("order_lines"), None, Compare(quantity, Operator.GREATER, (40.0,))),
        ),
        "below an owner above": Query((n.count("payments"),), where=Exists(n.rows("refunds"))),
        "above the mean": Query(
            (n.field("payments.id"), n.field("payments.amount")),
            where=Compare(
                n.field("payments.amount"), Operator.GREATER, Query((n.of(Function.AVG, "payments.amount"),))
            ),
        ),
        "the greatest": Query(
            (n.field("payments.id"),),
            where=Compare(n.field("payments.amount"), Operator.EQUAL, Query((n.of(Function.MAX, "payments.amount"),))),
        ),
        "among a query's": Query(
            (n.count("customers"),),
            where=Compare(
                n.field("customers.id"),
                Operator.EQUAL,
                Query(
                    (n.field("orders.customer_id"),),
                    group=(n.field("orders.customer_id"),),
                    order=(Ordering(orders, True),),
                    limit=3,
                ),
            ),
        ),
        "in no query's": Query(
            (n.count("customers"),),
            where=Compare(n.field("customers.id"), Operator.NOT_EQUAL, Query((n.field("web_sessions.customer_id"),))),
        ),
        "groups above the mean": Query(
            (country,),
            group=(country,),
            having=Compare(
                n.of(Function.AVG, "orders.id"), Operator.GREATER, Query((n.of(Function.AVG, "orders.id"),))
            ),
        ),
        "two best of each": Query(
            (country, customer, orders),
            group=(n.rows("customers"),),
            order=(Ordering(orders, True),),
            limit=2,
            per=(country,),
        ),
        "latest of each": Query(
            (n.field("orders.id"), n.field("orders.status")),
            order=(Ordering(ordered_at, True),),
            limit=1,
            per=(n.rows("customers"),),
        ),
        "in one or the other": Query(
            (n.field("customers.name"),),
            combined=(SetOperator.UNION, Query((n.field("products.name"),))),
            order=(Ordering(customer),),
            limit=4,
        ),
        "in both": Query(
            (country,),
            where=equal(n.field("customers.segment"), "consumer"),
            combined=(
                SetOperator.INTERSECT,
                Query((country,), where=equal(n.field("customers.segment"), "small business")),
            ),
        ),
        "in the first alone": Query(
            (n.field("customers.id"),), combined=(SetOperator.EXCEPT, Query((n.field("web_sessions.customer_id"),)))
        ),
        "of nothing": Query(
            (n.count("orders"), n.of(Function.SUM, "orders.id"), n.of(Function.AVG, "orders.id")),
            where=equal(n.field("orders.id"), -1.0),
        ),
        "sum over a subject": Query((n.of(Function.AVG, "products.unit_price"),), subject=n.rows("order_lines")),
        "also": Query((n.count("orders"),), also=(n.rows("payments"), n.rows("refunds"))),
    }


def flight_queries(schema: str) -> dict[str, Query]:
    """Keys: 1 is the origin, 2 the destination."""
    n = Named(schema)
    flights = n.count("flights")
    origin, destination = n.field("airports.city", 1), n.field("airports.city", 2)
    return {
        "two roles": Query((origin, destination, flights), group=(origin, destination)),
        "one role": Query(
            (destination, flights), where=equal(n.field("airports.country", 1), "DE"), group=(destination,)
        ),
        "count of a role": Query((n.count("airports", 2),), where=equal(origin, "Berlin")),
        "exists in a role": Query((n.field("airports.code"),), where=Not(Exists(n.rows("flights", 2)))),
    }


def school_queries(schema: str) -> dict[str, Query]:
    """Key 2 is an employee's manager."""
    n = Named(schema)
    manager = n.field("Employees.name", 2)
    staff = n.count("Employees")
    return {
        "self": Query((n.field("Employees.name"), manager)),
        "more than the manager": Query(
            (n.field("Employees.name"),),
            where=Compare(n.field("Employees.salary"), Operator.GREATER, n.field("Employees.salary", 2)),
        ),
        "by manager": Query((manager, staff), group=(n.rows("Employees", 2),), order=(Ordering(staff, True),), limit=3),
        "manages nobody": Query((n.count("Employees"),), where=Not(Exists(n.rows("Employees", 2)))),
        "many to many": Query(
            (n.field("Courses.title"), n.count("Students"), n.of(Function.AVG, "Students.gpa")),
            group=(n.rows("Courses"),),
        ),
        "names that want quoting": Query(
            (n.field("Students.Full Name"), n.field("select.order")),
            where=equal(n.field('Students.home "town"'), "Graz"),
        ),
    }


QUERIES = {"shop": shop_queries, "flights": flight_queries, "school": school_queries}
