"""Queries as businesses ask them, over the small catalogs: over time, within, per entity, side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Both,
    Bucket,
    Change,
    Compare,
    Cycle,
    Duration,
    During,
    Each,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Ordering,
    Query,
    Rows,
    Running,
    Share,
    Unit,
)
from services.ml_gateway.engine.reading import Grain, Operator
from tests.engine.queries import Named, equal


def shop_series(schema: str) -> dict[str, Query]:
    n = Named(schema)
    orders = n.count("orders")
    quantity = n.of(Function.SUM, "order_lines.quantity")
    paid = Aggregate(Function.SUM, n.field("payments.amount"))
    customer, country = n.field("customers.name"), n.field("customers.country")
    ordered_at = n.field("orders.ordered_at")
    segment = n.field("customers.segment")
    few = equal(n.field("orders.customer_id"), 3.0, 4.0)
    day, week = Bucket(ordered_at, Grain.DAY), Bucket(ordered_at, Grain.WEEK)
    month, quarter = Bucket(ordered_at, Grain.MONTH), Bucket(ordered_at, Grain.QUARTER)
    shipped = Bucket(n.field("orders.shipped_at"), Grain.MONTH)
    return {
        "change by month": Query(
            (month, orders, Change(orders, month), Change(orders, month, relative=True)), group=(month,)
        ),
        "change by month with gaps": Query(
            (month, quantity, Change(quantity, month, relative=True)), where=few, group=(month,)
        ),
        "change by day and value": Query((day, country, orders, Change(orders, day)), group=(day, country)),
        "change by week with gaps": Query((week, orders, Change(orders, week)), where=few, group=(week,)),
        "change against a year before": Query(
            (month, orders, Change(orders, month, since=Grain.YEAR)),
            group=(month,),
            having=Compare(month, Operator.AT_LEAST, (date(2025, 1, 1),)),
        ),
        "change by quarter of several tables": Query(
            (quarter, country, Change(paid, quarter), Change(quantity, quarter, relative=True)),
            group=(quarter, country),
        ),
        "change where a date is missing": Query(
            (shipped, orders, Change(orders, shipped), Running(orders, shipped)), group=(shipped,)
        ),
        "running": Query((month, Running(orders, month)), group=(month,)),
        "running by value": Query(
            (month, country, quantity, Running(quantity, month)),
            group=(month, country),
            having=Compare(Running(quantity, month), Operator.GREATER, (50.0,)),
        ),
        "running share": Query((month, Running(Share(orders), month)), group=(month,)),
        "share within": Query(
            (country, segment, orders, Share(orders, per=(country,))),
            group=(country, segment),
            order=(Ordering(Share(orders, per=(country,)), True),),
            limit=5,
        ),
        "share within an entity": Query(
            (customer, n.field("orders.status"), Share(quantity, per=(n.field("customers.id"),))),
            group=(n.rows("customers"), n.field("orders.status")),
        ),
    }


def shop_moments(schema: str) -> dict[str, Query]:
    n = Named(schema)
    orders = n.count("orders")
    ordered_at, day = n.field("orders.ordered_at"), n.field("marketing_spend.day")
    spent = n.of(Function.SUM, "marketing_spend.amount")
    hour, weekday = Bucket(ordered_at, Grain.HOUR), Bucket(ordered_at, Cycle.WEEKDAY)
    year = Bucket(ordered_at, Grain.YEAR, fiscal=True)
    made = {
        f"by {one.value} of {column.key.name}": Query((Bucket(column, one), number), group=(Bucket(column, one),))
        for column, number in ((ordered_at, orders), (day, spent))
        for one in Cycle
        if column != day or one is not Cycle.HOUR_OF_DAY
    }
    for grain in (Grain.QUARTER, Grain.YEAR, Cycle.QUARTER_OF_YEAR):
        for column, number in ((ordered_at, orders), (day, spent)):
            fiscal = Bucket(column, grain, fiscal=True)
            made[f"by fiscal {grain.value} of {column.key.name}"] = Query((fiscal, number), group=(fiscal,))
    return made | {
        "by hour": Query((hour, orders, Change(orders, hour, since=Grain.DAY)), group=(hour,)),
        "by week of a date": Query((Bucket(day, Grain.WEEK), spent), group=(Bucket(day, Grain.WEEK),)),
        "by weekday and hour": Query(
            (weekday, Bucket(ordered_at, Cycle.HOUR_OF_DAY), orders),
            group=(weekday, Bucket(ordered_at, Cycle.HOUR_OF_DAY)),
            order=(Ordering(orders, True),),
            limit=4,
        ),
        "on weekends": Query((orders,), where=Compare(weekday, Operator.EQUAL, (6.0, 7.0))),
        "on the busiest weekday": Query(
            (orders,),
            where=Compare(
                weekday,
                Operator.EQUAL,
                Query((weekday,), group=(weekday,), order=(Ordering(orders, True),), limit=1),
            ),
        ),
        "growth of fiscal years": Query((year, Change(orders, year, relative=True)), group=(year,)),
        "weekdays of months": Query(
            (Bucket(ordered_at, Grain.MONTH), weekday, Share(orders, per=(Bucket(ordered_at, Grain.MONTH),))),
            group=(Bucket(ordered_at, Grain.MONTH), weekday),
        ),
    }


def shop_each(schema: str) -> dict[str, Query]:
    n = Named(schema)
    orders, country = n.count("orders"), n.field("customers.country")
    quantity = n.of(Function.SUM, "order_lines.quantity")
    customers, month = n.rows("customers"), Bucket(n.field("orders.ordered_at"), Grain.MONTH)
    few = equal(n.field("orders.customer_id"), 3.0, 4.0, 7.0)
    in_january = During(n.field("orders.ordered_at"), date(2025, 1, 1), date(2025, 2, 1))

    def of(function: Function, number: Expression, *by: Rows | Field | Bucket, with_none: bool = False) -> Aggregate:
        return Aggregate(function, Each(number, by, with_none))

    mean = of(Function.AVG, orders, customers)
    return {
        "mean per entity": Query((mean, of(Function.MAX, orders, customers), of(Function.MIN, orders, customers))),
        "mean per entity and value": Query((country, mean, orders), group=(country,)),
        "median of sums per entity": Query((of(Function.MEDIAN, quantity, customers),), where=in_january),
        "mean per month": Query((of(Function.AVG, orders, month),)),
        "mean per entity and month": Query((month, of(Function.AVG, quantity, customers)), group=(month,)),
        "mean with those that have none": Query(
            (
                of(Function.AVG, orders, customers, with_none=True),
                of(Function.AVG, quantity, customers, with_none=True),
            ),
            where=in_january,
        ),
        "mean with those that have none by value": Query(
            (country, of(Function.AVG, orders, customers, with_none=True), mean),
            where=Both((few, Compare(country, Operator.NOT_EQUAL, ("Spain",)))),
            group=(country,),
        ),
        "median with those that have none": Query(
            (of(Function.MEDIAN, n.count("web_sessions"), customers, with_none=True),)
        ),
        "ratio per entity": Query((of(Function.AVG, MetricValue("average_order_value"), customers),)),
        "more than the mean per entity": Query(
            (n.field("customers.name"), orders),
            group=(customers,),
            having=Compare(orders, Operator.GREATER, Query((mean,))),
        ),
    }


def shop_durations(schema: str) -> dict[str, Query]:
    n = Named(schema)
    orders, country = n.count("orders"), n.field("customers.country")
    ordered_at, shipped_at = n.field("orders.ordered_at"), n.field("orders.shipped_at")
    shipping = Duration(ordered_at, shipped_at)
    age = Duration(n.field("customers.signed_up_at"), date(2026, 1, 1))
    spent = Duration(n.field("marketing_spend.day"), date(2026, 1, 1), Unit.HOURS)
    return {
        "mean duration": Query((Aggregate(Function.AVG, shipping), Aggregate(Function.MEDIAN, shipping))),
        "hours by value": Query(
            (country, Aggregate(Function.MAX, replace(shipping, unit=Unit.HOURS)), Aggregate(Function.AVG, age)),
            group=(country,),
        ),
        "longer than": Query((orders,), where=Compare(shipping, Operator.GREATER, (20.0,))),
        "not longer than": Query((orders,), where=Not(Compare(shipping, Operator.GREATER, (20.0,)))),
        "longest": Query(
            (n.field("orders.id"), shipping, Duration(date(2024, 1, 1), ordered_at)),
            order=(Ordering(shipping, True),),
            limit=5,
        ),
        "hours since a date": Query((Aggregate(Function.SUM, spent),)),
        "duration across tables": Query(
            (n.field("payments.method"), Aggregate(Function.AVG, Duration(ordered_at, n.field("payments.paid_at")))),
            group=(n.field("payments.method"),),
        ),
        "by duration": Query((age, n.count("customers")), group=(age,), order=(Ordering(age),), limit=5),
    }


def shop_side_by_side(schema: str) -> dict[str, Query]:
    n = Named(schema)
    orders, country = n.count("orders"), n.field("customers.country")
    paid, refunded = n.of(Function.SUM, "payments.amount"), n.of(Function.SUM, "refunds.amount")
    spent, clicks = n.of(Function.SUM, "marketing_spend.amount"), n.of(Function.MAX, "marketing_spend.clicks")
    ordered_at, refunded_at = n.field("orders.ordered_at"), n.field("refunds.refunded_at")
    paid_at = n.field("payments.paid_at")
    each_its_own = Bucket(replace(ordered_at, alike=(refunded_at, n.field("marketing_spend.day"))), Grain.MONTH)
    cash = replace(paid_at, alike=(refunded_at,))

    def less(left: Expression, right: Expression) -> Arithmetic:
        return Arithmetic(ArithmeticOperator.MINUS, left, right)

    def ratio(left: Expression, right: Expression) -> Arithmetic:
        return Arithmetic(ArithmeticOperator.DIVIDED_BY, left, right)

    def within(one: Aggregate, field: Field, year: int) -> Aggregate:
        return replace(one, where=During(field, date(year, 1, 1), date(year + 1, 1, 1)))

    counts = [within(orders, ordered_at, year) for year in (2025, 2024)]
    sums = [within(paid, paid_at, year) for year in (2025, 2024)]
    cards = replace(orders, where=equal(n.field("payments.method"), "card"))
    return {
        "two periods": Query((country, *counts, less(*counts), ratio(*counts)), group=(country,)),
        "two periods of sums": Query(
            (n.field("customers.name"), *sums, less(*sums)),
            group=(n.rows("customers"),),
            order=(Ordering(less(*sums), True),),
            limit=5,
        ),
        "two groups over what is below": Query((country, orders, cards, less(orders, cards)), group=(country,)),
        "two periods of several tables": Query(
            (country, *counts, *sums, less(sums[0], within(refunded, refunded_at, 2025))), group=(country,)
        ),
        "net of refunds": Query(
            (n.field("customers.name"), less(paid, refunded)),
            where=equal(country, "Germany"),
            group=(n.rows("customers"),),
            having=Compare(less(paid, refunded), Operator.GREATER, (20.0,)),
        ),
        "each by its own date": Query(
            (each_its_own, orders, refunded, spent, ratio(spent, orders), clicks), group=(each_its_own,)
        ),
        "each in its own period": Query(
            (paid, refunded, less(paid, refunded)), where=During(cash, date(2025, 1, 1), date(2025, 7, 1))
        ),
        "change of each by its own date": Query(
            (each_its_own, Change(refunded, each_its_own, relative=True), Running(less(spent, refunded), each_its_own)),
            group=(each_its_own,),
        ),
    }


def shop_business(schema: str) -> dict[str, Query]:
    n = Named(schema)
    country = n.field("customers.country")
    quantity, amount = n.field("order_lines.quantity"), n.field("payments.amount")

    def percentile(of: Field, fraction: float) -> Aggregate:
        return Aggregate(Function.PERCENTILE, of, fraction=fraction)

    return (
        shop_series(schema)
        | shop_each(schema)
        | shop_durations(schema)
        | shop_side_by_side(schema)
        | shop_moments(schema)
        | {
            "percentile": Query((country, percentile(quantity, 0.9), percentile(quantity, 0.25)), group=(country,)),
            "percentile of all": Query((percentile(amount, 0.95), n.of(Function.MEDIAN, "payments.amount"))),
            "percentiles at the ends": Query((percentile(amount, 0.0), percentile(amount, 1.0))),
            "percentile where rows multiply": Query(
                (n.field("products.category_id"), percentile(n.field("customers.id"), 0.33)),
                group=(n.field("products.category_id"),),
            ),
        }
    )


BUSINESS = {"shop": shop_business}
