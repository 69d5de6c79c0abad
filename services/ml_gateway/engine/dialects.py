"""What differs between dialects: how days are written, how dates are cut, how texts are compared, how numbers divide.

SQLite keeps dates as ISO texts. MySQL has no instants: its timestamps are read in UTC, as every session here is set
to. ClickHouse's old dates end in 1970, so everything goes through Date32 and DateTime64. The rest is sqlglot's work.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlglot import exp

from services.ml_gateway.engine.distances import distances
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.reading import Grain

_TYPE = exp.DataType.Type


def day_start(day: date, data_type: DataType, timezone: str, dialect: str) -> exp.Expr:
    """The first instant of a day as a literal that compares with a column of the type."""
    if dialect == "sqlite":
        return exp.Literal.string(day.isoformat())  # dates are ISO texts there, and compare as such
    if data_type is DataType.DATE:
        literal = exp.Literal.string(day.isoformat())
        return _function("toDate32", literal) if dialect == "clickhouse" else exp.cast(literal, _TYPE.DATE)
    wall = f"{day.isoformat()} 00:00:00"
    if dialect == "clickhouse":
        zone = [exp.Literal.string(timezone)] if data_type is DataType.TIMESTAMP_TZ else []
        return _function("toDateTime64", exp.Literal.string(wall), exp.Literal.number(3), *zone)
    instant = datetime.combine(day, time(), tzinfo=ZoneInfo(timezone))
    if dialect == "mysql":
        if data_type is DataType.TIMESTAMP_TZ:
            wall = instant.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        return exp.cast(exp.Literal.string(wall), _TYPE.DATETIME)
    if data_type is DataType.TIMESTAMP:
        return exp.cast(exp.Literal.string(wall), _TYPE.TIMESTAMP)
    return exp.cast(exp.Literal.string(instant.isoformat(" ")), _TYPE.TIMESTAMPTZ)


def cut(column: exp.Expr, grain: Grain, data_type: DataType, timezone: str, dialect: str) -> exp.Expr:
    """The first day of the unit that holds the date: a DATE (an ISO text in SQLite). Weeks begin on Monday."""
    if dialect == "sqlite":
        return _cut_sqlite(column, grain)
    column = in_zone(column, data_type, timezone, dialect)
    if dialect == "mysql":
        return _cut_mysql(column, grain)
    unit = exp.var(grain.value.upper())
    if dialect == "clickhouse":
        day = _function("toDate32", column)
        return day if grain is Grain.DAY else exp.TimestampTrunc(this=day, unit=unit)
    if grain is Grain.DAY:
        return exp.cast(column, _TYPE.DATE)
    return exp.cast(exp.TimestampTrunc(this=column, unit=unit), _TYPE.DATE)


def in_zone(column: exp.Expr, data_type: DataType, timezone: str, dialect: str) -> exp.Expr:
    """The wall-clock time of an instant; other dates and times are that already."""
    if data_type is not DataType.TIMESTAMP_TZ or dialect == "sqlite":
        return column
    return _IN_ZONE.get(dialect, _in_zone)(column, timezone)


def lowered(column: exp.Expr, dialect: str) -> exp.Expr:
    """The text in lower case, letters beyond ASCII too where the database can."""
    return _function("lowerUTF8", column) if dialect == "clickhouse" else exp.Lower(this=column)


def divided(above: exp.Expr, below: exp.Expr, dialect: str) -> exp.Expr:
    """A quotient with its fraction; nothing where nothing is divided by."""
    if dialect in ("postgres", "sqlite"):
        numerator: exp.Expr = exp.Mul(this=exp.Literal.number("1.0"), expression=exp.Paren(this=above))
    else:  # decimals there keep few digits of a quotient
        numerator = exp.cast(above, _TYPE.DOUBLE)
    return exp.Div(this=numerator, expression=exp.Nullif(this=below, expression=exp.Literal.number(0)), typed=True)


def adapted(query: exp.Select, dialect: str) -> exp.Select:
    """Aggregates as the dialect needs them to mean the same: an average keeps its fraction, nothing has no sum."""
    change = {"mysql": _mysql_aggregate, "clickhouse": _clickhouse_aggregate}.get(dialect)
    return query.transform(change, copy=False) if change else query  # type: ignore[return-value]


def within(near: list[exp.Expr], far: list[exp.Expr], inner: exp.Select, dialect: str) -> exp.Expr:
    """Whether a row of `inner` has the keys `far` equal to `near`. ClickHouse asks by IN: its older servers can't look
    out of a sub-query."""
    if dialect != "clickhouse":
        matching = (exp.EQ(this=own, expression=other) for own, other in zip(far, near, strict=True))
        return exp.Exists(this=_where_first(inner.select(exp.Literal.number(1)), list(matching)))
    one = len(near) == 1
    this = near[0] if one else exp.Tuple(expressions=near)
    found = exp.In(this=this, query=exp.Subquery(this=inner.select(*far)))
    return exp.EQ(this=exp.Coalesce(this=exp.Paren(this=found), expressions=[exp.Literal.number(0)]),
                  expression=exp.Literal.number(1))  # fmt: skip


def _where_first(query: exp.Select, conditions: list[exp.Expr]) -> exp.Select:
    where = query.args.get("where")
    query.set("where", None)
    return query.where(*conditions, *([where.this] if where else []))


def _function(name: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=name, expressions=list(arguments))


def _in_zone(column: exp.Expr, timezone: str) -> exp.Expr:
    return exp.AtTimeZone(this=column, zone=exp.Literal.string(timezone))


def _in_zone_clickhouse(column: exp.Expr, timezone: str) -> exp.Expr:
    return _function("toTimeZone", column, exp.Literal.string(timezone))


def _in_zone_mysql(column: exp.Expr, timezone: str) -> exp.Expr:
    """A server without tables of time zones converts nothing by name; there the zone's distances stand in the query."""
    if timezone == "UTC":
        return column
    by_name = _function("CONVERT_TZ", column.copy(), exp.Literal.string("+00:00"), exp.Literal.string(timezone))
    away = _away_mysql(column, timezone)
    by_distance = _function("CONVERT_TZ", column, exp.Literal.string("+00:00"), away)
    return exp.Coalesce(this=by_name, expressions=[by_distance])


def _away_mysql(column: exp.Expr, timezone: str) -> exp.Expr:
    """How far the zone is from UTC at the moment in the column: `+02:00` or the like."""
    first, changes = distances(timezone)
    if not changes:
        return exp.Literal.string(first)
    case, before = exp.Case(), first
    for instant, after in changes:
        begins = exp.cast(exp.Literal.string(instant), _TYPE.DATETIME)
        case = case.when(exp.LT(this=column.copy(), expression=begins), exp.Literal.string(before))
        before = after
    return case.else_(exp.Literal.string(before))


_IN_ZONE: dict[str, Callable[[exp.Expr, str], exp.Expr]] = {
    "clickhouse": _in_zone_clickhouse,
    "mysql": _in_zone_mysql,
}


def _cut_mysql(column: exp.Expr, grain: Grain) -> exp.Expr:
    day = exp.cast(column, _TYPE.DATE)
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return _back(day, _function("WEEKDAY", column.copy()))
    if grain is Grain.MONTH:
        return _back(day, _less_one(_function("DAYOFMONTH", column.copy())))
    new_year = _function("MAKEDATE", exp.Year(this=column.copy()), exp.Literal.number(1))
    if grain is Grain.YEAR:
        return new_year
    quarters = exp.Interval(this=_less_one(exp.Quarter(this=column.copy())), unit=exp.var("QUARTER"))
    return exp.DateAdd(this=new_year, expression=quarters.this, unit=quarters.args["unit"])


def _back(day: exp.Expr, days: exp.Expr) -> exp.Expr:
    return exp.DateSub(this=day, expression=days, unit=exp.var("DAY"))


def _less_one(expression: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Sub(this=expression, expression=exp.Literal.number(1)))


def _cut_sqlite(column: exp.Expr, grain: Grain) -> exp.Expr:
    def day(*modifiers: str) -> exp.Expr:
        return _function("DATE", column, *map(exp.Literal.string, modifiers))

    if grain is Grain.DAY:
        return day()
    if grain is Grain.WEEK:
        return day("weekday 0", "-6 days")
    if grain is Grain.MONTH:
        return day("start of month")
    if grain is Grain.YEAR:
        return day("start of year")
    month = exp.cast(_function("STRFTIME", exp.Literal.string("%m"), column), _TYPE.INT)
    since_quarter = exp.Mod(this=_less_one(month), expression=exp.Literal.number(3))
    back = exp.DPipe(this=exp.Neg(this=exp.Paren(this=since_quarter)), expression=exp.Literal.string(" months"))
    return _function("DATE", column.copy(), exp.Literal.string("start of month"), back)


def _mysql_aggregate(node: exp.Expr) -> exp.Expr:
    """An average of whole numbers has four digits there, unless they are floats."""
    if isinstance(node, exp.Avg) and not isinstance(node.this, exp.Cast | exp.Distinct):
        return exp.Avg(this=exp.cast(node.this, _TYPE.DOUBLE))
    return node


_OR_NULL: dict[type[exp.Expr], str] = {
    exp.Sum: "sumOrNull",
    exp.Avg: "avgOrNull",
    exp.Min: "minOrNull",
    exp.Max: "maxOrNull",
}


def _clickhouse_aggregate(node: exp.Expr) -> exp.Expr:
    """The sum, the least or the mean of no rows is 0 or NaN there, unless it is asked for as nothing. Windows that end
    at the row itself are never of no rows.
    """
    name = _OR_NULL.get(type(node))
    if name is None or (isinstance(node.parent, exp.Window) and not node.parent.args.get("spec")):
        return node
    return exp.CombinedAggFunc(this=name, expressions=[node.this])
