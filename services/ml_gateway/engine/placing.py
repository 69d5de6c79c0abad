"""An intent onto the tables: each name gets its place, reached from the base over keys, or there is no reading."""

from dataclasses import dataclass, field, replace

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.dating import date_for, date_words, verb_date, which_date, with_particles
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.intent import Intent, WantedDimension, WantedMeasure
from services.ml_gateway.engine.joins import Path, role_words
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.model import ColumnKey, Metric, TableKey
from services.ml_gateway.engine.naming import column_label, table_label
from services.ml_gateway.engine.problems import Unreadable, no_such_data, unsafe, unsupported
from services.ml_gateway.engine.reading import (
    Aggregate,
    Dimension,
    Existence,
    Filter,
    Having,
    Hop,
    Measure,
    Operator,
    Order,
    Output,
    Part,
    Place,
    PlacedColumn,
    Reading,
    TimeFilter,
)
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import ROLE_PREPOSITIONS

_BEFORE_PERIODS = frozenset({"in", "on", "during", "within", "since", "the", "of", "for", "from", "made"})
_SAFE_FANNED = frozenset({Aggregate.COUNT, Aggregate.COUNT_DISTINCT, Aggregate.MIN, Aggregate.MAX})


@dataclass(slots=True)
class Placement:
    """What placing finds out beside the reading. ambiguous: a name, and the places among which nothing decides."""

    asked: Asked
    index: Index
    assumed: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    cost: float = 0.0
    ambiguous: list[tuple[Link, Target, tuple[Place, ...]]] = field(default_factory=list)

    def place(self, base: TableKey, target: Target, link: Link | None) -> Place:
        """Where a target's table stands as seen from base. Raises Unreadable when it can't be reached."""
        paths = self.index.graph.nearest(base, target.table, target.relationship)
        if not paths:
            there, here = table_label(target.table, self.index), table_label(base, self.index)
            raise no_such_data(f"I can't connect {there} with {here}: no key leads from one to the other.")
        if len(paths) > 1 and link:
            paths = self._by_preposition(paths, link)
        if len(paths) > 1 and link:
            self.ambiguous.append((link, target, tuple(path.place for path in paths)))
        self.cost += paths[0].cost
        return paths[0].place

    def _by_preposition(self, paths: tuple[Path, ...], link: Link) -> tuple[Path, ...]:
        """ "From Berlin" and "to Berlin": the role that the word before says, if it says one."""
        before = [token.form for token in self.asked.tokens[max(link.first - 2, 0) : link.first] if token.form != "the"]
        roles = ROLE_PREPOSITIONS.get(before[-1] if before else "", frozenset())
        relationships = self.index.catalog.relationships
        said = [
            path
            for path in paths
            if (not path.place.fans_out or self._named(path))
            and any(roles & set(role_words(relationships[hop.relationship])) for hop in path.place.path)
        ]
        return (said[0],) if len(said) == 1 else paths

    def _named(self, path: Path) -> bool:
        """Whether the question names the table below through which a path leads: "airlines with flights from Oslo"."""
        said = {token.lemma for token in self.asked.tokens}
        below = [self.index.catalog.relationships[hop.relationship] for hop in path.place.path if not hop.upward]
        return all(set(name_words(relationship.table.name)) <= said for relationship in below)

    def whose(self, base: TableKey, placed: PlacedColumn) -> None:
        """Say whose column was taken where a farther table has one of the same name."""
        place, catalog = placed.place, self.index.catalog
        said, name = {token.lemma for token in self.asked.tokens}, name_words(placed.column)
        if not place.path or place.fans_out or set(name_words(place.table.name)) <= said:
            return
        for table in catalog.tables:
            if table.key == place.table or all(name_words(column.name) != name for column in table.columns):
                continue
            paths = self.index.graph.nearest(base, table.key)
            if paths and not paths[0].place.fans_out and len(paths[0].place.path) <= len(place.path) + 1:
                label = column_label(placed.key, self.index)
                self.assumed.append(f"“{label}” is that of {table_label(place.table, self.index)}.")
                return


def read_aggregate(intent: Intent, placement: Placement) -> Reading:
    """The reading of an intent with measures: one part for each base table."""
    index = placement.index
    wanted, outputs = _expand(intent, index)
    parts: dict[tuple[TableKey, ColumnKey | None, tuple[str, ...]], list[Measure]] = {}
    order_of: list[tuple[tuple[TableKey, ColumnKey | None, tuple[str, ...]], int]] = []
    for measure in wanted:
        metric = index.metrics.get(measure.target.metric)
        key = (measure.target.table, metric.time_column if metric else None, metric.filters if metric else ())
        group = parts.setdefault(key, [])
        group.append(_measure(measure, index))
        order_of.append((key, len(group) - 1))
    starts, start = {}, 0
    for key, group in parts.items():
        starts[key] = start
        start += len(group)
    flat = [starts[key] + offset for key, offset in order_of]
    outputs = [Output(flat[o.measure], None if o.divisor is None else flat[o.divisor], o.metric) for o in outputs]
    built = [_part(key[0], key[1], group, intent, placement) for key, group in parts.items()]
    return _finish(intent, tuple(built), tuple(outputs))


def _expand(intent: Intent, index: Index) -> tuple[list[WantedMeasure], list[Output]]:
    """Ratios become their two metrics."""
    wanted: list[WantedMeasure] = []
    outputs: list[Output] = []
    for measure in intent.measures:
        metric = index.metrics.get(measure.target.metric)
        if metric and metric.numerator:
            two = [_metric_named(name, metric, index) for name in (metric.numerator, metric.denominator)]
            for one in two:
                wanted.append(replace(measure, target=Target(TargetKind.METRIC, one.table, metric=one.name)))
            outputs.append(Output(len(wanted) - 2, len(wanted) - 1, metric.name))
        else:
            wanted.append(measure)
            outputs.append(Output(len(wanted) - 1, None, measure.target.metric))
    return wanted, outputs


def _metric_named(name: str, ratio: Metric, index: Index) -> Metric:
    metric = index.metrics.get(name)
    if metric is None or metric.numerator:
        raise no_such_data(f"“{ratio.label or ratio.name}” rests on “{name}”, which is not defined as a metric.")
    return metric


def _measure(wanted: WantedMeasure, index: Index) -> Measure:
    target = wanted.target
    if target.kind is TargetKind.METRIC:
        return Measure(Aggregate.METRIC, metric=target.metric)
    if target.kind is TargetKind.TABLE:
        return Measure(Aggregate.COUNT)
    column = index.catalog.columns[ColumnKey(target.table, target.column)]
    aggregate = wanted.aggregate or Aggregate.SUM
    if aggregate in (Aggregate.SUM, Aggregate.AVG) and not column.data_type.numeric:
        raise unsupported(f"the {aggregate.value} of “{column.label or column.name}”, which holds no numbers,")
    return Measure(aggregate, PlacedColumn(Place(target.table), target.column))


def _part(
    base: TableKey, declared: ColumnKey | None, measures: list[Measure], intent: Intent, placement: Placement
) -> Part:
    index = placement.index
    dimensions = [_dimension(base, wanted, placement) for wanted in intent.dimensions]
    times: tuple[TimeFilter, ...] = ()
    existences = [_existence(base, link, negated, intent, placement) for link, negated in intent.existences]
    event = _event_below(base, intent, placement) if intent.span and not intent.grain and not declared else None
    if any(existence.time for existence in existences):
        pass  # "without a visit in 2024": the period is theirs
    elif event:
        times = (TimeFilter(event, intent.span.start, intent.span.end),) if intent.span else ()
    elif intent.span or intent.grain:
        dated = date_for(base, declared, intent, placement.asked, index)
        placement.used.update(dated.verbs)
        if dated.assumed and dated.assumed not in placement.assumed:
            placement.assumed.append(dated.assumed)
        if intent.span:
            times = (TimeFilter(dated.column, intent.span.start, intent.span.end),)
        if intent.grain:
            dimensions.insert(0, Dimension((dated.column,), intent.grain))
    elif dated_by_verb := verb_date(base, intent.verbs, placement.asked.tokens, index):
        placement.used.update(dated_by_verb.verbs)
    filters = _filters(base, intent, placement)
    if not (intent.span or intent.grain):
        filters += _verb_filters(base, intent, placement)
    if any(column.place.fans_out for d in dimensions for column in d.columns):
        if any(measure.aggregate not in _SAFE_FANNED for measure in measures):
            there = next(c.place.table for d in dimensions for c in d.columns if c.place.fans_out)
            raise unsafe(
                f"One of the {table_label(base, index)} can have many {table_label(there, index)}, "
                "so adding up by them would count rows more than once."
            )
        if any(m.aggregate is Aggregate.COUNT for m in measures):
            if not index.catalog.by_key[base].primary_key:
                raise unsafe(f"Without a key of {table_label(base, index)} they can't be counted once each.")
            placement.assumed.append(
                f"Each of the {table_label(base, index)} counts once in every group it belongs to."
            )
    existences += _implied_existences(base, intent, dimensions, filters, times, placement)
    _apart(existences, filters)
    return Part(base, tuple(measures), tuple(dimensions), (), tuple(filters), tuple(existences), times)


def _dimension(base: TableKey, wanted: WantedDimension, placement: Placement) -> Dimension:
    place = placement.place(base, wanted.target, wanted.link)
    if wanted.target.kind is TargetKind.TABLE:
        labels = placement.index.tables[wanted.target.table].labels
        return Dimension(tuple(PlacedColumn(place, name) for name in labels), entity=True)
    column = PlacedColumn(place, wanted.target.column)
    placement.whose(base, column)
    return Dimension((column,))


def _filters(base: TableKey, intent: Intent, placement: Placement) -> list[Filter]:
    found = []
    for wanted in intent.filters:
        place = placement.place(base, wanted.target, wanted.link)
        if place.fans_out and wanted.all_of:
            raise unsupported("conditions that several rows must meet together")
        if place.fans_out and wanted.operator is Operator.IS_NULL:
            raise unsupported("leaving out by a condition on other rows")
        column = PlacedColumn(place, wanted.target.column)
        placement.whose(base, column)
        found.append(Filter(column, wanted.operator, wanted.values))
    return found


def _verb_filters(base: TableKey, intent: Intent, placement: Placement) -> list[Filter]:
    """ "How many orders were shipped": a verb whose date may be missing says that it is not."""
    dated = verb_date(base, intent.verbs, placement.asked.tokens, placement.index)
    if not dated:
        return []
    if not placement.index.catalog.columns[dated.column.key].nullable:
        return []
    if dated.column.column in placement.index.tables[dated.column.place.table].default_dates:
        return []
    return [Filter(dated.column, Operator.NOT_NULL)]


def _event_below(base: TableKey, intent: Intent, placement: Placement) -> PlacedColumn | None:
    """ "Customers who ordered last month": the date of the rows below that the verb names."""
    index, tokens = placement.index, placement.asked.tokens
    if intent.time_column or verb_date(base, intent.verbs, tokens, index):
        return None
    for link in intent.mentioned:
        paths = index.graph.nearest(base, link.target.table, link.target.relationship)
        below = paths and paths[0].place.fans_out
        if below and len(paths) == 1 and _dates_clause(link, intent, placement.asked):
            placement.cost += paths[0].cost
            return _date_of(paths[0].place, placement)
    for position in intent.verbs:
        words = date_words(tokens[position])
        for table in index.catalog.tables:
            defaults = index.tables[table.key].default_dates
            paths = index.graph.nearest(base, table.key)
            if paths and paths[0].place.fans_out and len(defaults) == 1 and set(name_words(table.name)) & words:
                placement.used.update(with_particles(position, tokens))
                placement.cost += paths[0].cost
                placement.assumed.append(f"Time is when the {table_label(table.key, index)} happened.")
                return PlacedColumn(paths[0].place, defaults[0])
    return None


def _existence(base: TableKey, link: Link, negated: bool, intent: Intent, placement: Placement) -> Existence:
    place = placement.place(base, link.target, link)
    if not place.fans_out:
        raise unsupported(f"rows without {table_label(link.target.table, placement.index)}")
    if any(
        placement.index.graph.nearest(base, f.target.table)[:1] != () and f.link.first > link.first
        for f in intent.filters
    ):
        raise unsupported("leaving out by a condition on other rows")
    if intent.span and not intent.grain and _dates_clause(link, intent, placement.asked):
        dated = _date_of(place, placement)
        return Existence(place, negated, TimeFilter(dated, intent.span.start, intent.span.end))
    return Existence(place, negated)


def _dates_clause(link: Link, intent: Intent, asked: Asked) -> bool:
    """ "With a visit in 2024": a period right behind a name that only a clause brought in is the period of that."""
    first = intent.span_at[0]
    return link.last <= first and all(token.form in _BEFORE_PERIODS for token in asked.tokens[link.last : first])


def _date_of(place: Place, placement: Placement) -> PlacedColumn:
    defaults = placement.index.tables[place.table].default_dates
    if len(defaults) > 1:
        raise Unreadable(which_date(place.table, defaults, placement.asked, placement.index))
    if not defaults:
        raise no_such_data(f"There is no date on {table_label(place.table, placement.index)}.")
    return PlacedColumn(place, defaults[0])


def _apart(existences: list[Existence], filters: list[Filter]) -> None:
    """What must not exist and what must can't be of the same rows: then the words bind otherwise than was read."""
    refused = {existence.place.path[0] for existence in existences if existence.negated}
    wanted = {existence.place.path[0] for existence in existences if not existence.negated}
    wanted |= {condition.column.place.path[0] for condition in filters if condition.column.place.fans_out}
    if refused & wanted:
        raise unsupported("leaving out by a condition on other rows")


def _implied_existences(
    base: TableKey,
    intent: Intent,
    dimensions: list[Dimension],
    filters: list[Filter],
    times: tuple[TimeFilter, ...],
    placement: Placement,
) -> list[Existence]:
    """Tables named in passing: on the way or above, they change nothing; below, a row of them must exist."""
    reached = {base}
    for column in (
        *(c for d in dimensions for c in d.columns), *(f.column for f in filters), *(t.column for t in times)
    ):  # fmt: skip
        reached |= _on_the_way(base, column.place, placement.index)
    found = _in_role(base, intent, placement.index)
    for link in intent.mentioned:
        if link.target.table in reached:
            continue
        place = placement.place(base, link.target, None)
        if place.fans_out:
            found.append(Existence(place))
            placement.cost += 1
    return found


def _in_role(base: TableKey, intent: Intent, index: Index) -> list[Existence]:
    """ "How many managers": rows of the base that some row points to in that role."""
    named = [intent.subject, *intent.mentioned, *(measure.link for measure in intent.measures)]
    found: dict[int, Existence] = {}
    for link in named:
        number = link.target.relationship if link and link.target.kind is TargetKind.TABLE else None
        if link and number is not None and link.target.table == base and _selects(number, index):
            hop = Hop(number, upward=False)
            found[number] = Existence(Place(index.catalog.relationships[number].table, (hop,)))
    return list(found.values())


def _selects(number: int, index: Index) -> bool:
    """Whether a role is that of some rows only: managers among employees, members among people."""
    relationship = index.catalog.relationships[number]
    own = set(name_words(relationship.table.name))
    return relationship.table == relationship.target or set(role_words(relationship)) <= own


def _on_the_way(base: TableKey, place: Place, index: Index) -> set[TableKey]:
    reached = {base, place.table}
    for hop in place.path:
        relationship = index.catalog.relationships[hop.relationship]
        reached |= {relationship.table, relationship.target}
    return reached


def _finish(intent: Intent, parts: tuple[Part, ...], outputs: tuple[Output, ...]) -> Reading:
    """Ranking and limits, once the numbers and groups are known."""
    grouped = bool(parts[0].dimensions)
    having = tuple(Having(position, operator, values) for position, operator, values in intent.having)
    if having and not grouped:
        raise unsupported("a condition on a single number")
    order, limit = None, intent.limit
    if not grouped and (limit is not None or intent.superlative):
        raise unsupported("a ranking of what is not divided into groups")
    if intent.ranked_by and all(measure.link != intent.ranked_by for measure in intent.measures):
        raise unsupported("ranking by something that is not computed")
    ranked = intent.ranked_by or intent.descending is not None
    if ranked and grouped:
        position = next((n for n, m in enumerate(intent.measures) if m.link == intent.ranked_by), 0)
        order = Order(intent.descending is not False, output=position)
        if limit is None and intent.superlative:
            limit = 1
    if intent.order_link:
        for number, dimension in enumerate(parts[0].dimensions):
            if dimension.columns[0].column == intent.order_link.target.column:
                order = Order(intent.order_descending, dimension=number)
        if order is None:
            raise unsupported("this order")
    return Reading(parts, outputs, having, order, limit if order else None, distinct=False)


def read_list(intent: Intent, placement: Placement) -> Reading:
    """The reading of an intent without measures: rows of one table, with what lies above them."""
    index = placement.index
    ranked = intent.ranked_by
    named = [link for link in (intent.subject, *intent.projections) if link]
    if intent.grain or intent.dimensions:
        raise unsupported("a list by groups")
    context = [*named, *intent.mentioned, *([ranked] if ranked else [])]
    if not context and not intent.filters:
        raise no_such_data("I can't tell what you are asking about.")
    if not context:
        raise no_such_data("I can't tell what to show.")
    base = _list_base(context, intent, index)
    columns: list[PlacedColumn] = []
    for link in named or context[:1]:
        place = placement.place(base, link.target, link)
        if place.fans_out:
            raise unsafe("This list would repeat rows.")
        projected = any(p.target.table == link.target.table and p.target.column for p in intent.projections)
        projected = projected and link not in intent.projections
        if link.target.kind is TargetKind.TABLE and not (projected and link.target.relationship is None):
            columns += [PlacedColumn(place, name) for name in index.tables[link.target.table].labels]
        elif link.target.kind is TargetKind.COLUMN:
            columns.append(PlacedColumn(place, link.target.column))
    if intent.everything and not intent.projections and len(columns) <= len(index.tables[base].labels):
        shown = (column.name for column in index.catalog.by_key[base].columns if not column.hidden)
        columns = [PlacedColumn(Place(base), name) for name in shown]
    order = None
    by = intent.order_link or ranked
    if by:
        column = PlacedColumn(placement.place(base, by.target, by), by.target.column)
        if column.place.fans_out or by.target.kind is not TargetKind.COLUMN:
            raise unsupported("this order")
        descending = intent.order_descending if intent.order_link else intent.descending is not False
        order = Order(descending, column=column)
        asked_for_columns = any(link.target.kind is TargetKind.COLUMN for link in intent.projections)
        if column not in columns and not intent.order_link and not asked_for_columns:
            columns.append(column)
    limit = intent.limit or (1 if ranked and intent.superlative else None)
    times: tuple[TimeFilter, ...] = ()
    existences = [_existence(base, link, negated, intent, placement) for link, negated in intent.existences]
    if intent.span and not any(existence.time for existence in existences):
        event = _event_below(base, intent, placement)
        if event is None:
            dated = date_for(base, None, intent, placement.asked, index)
            placement.used.update(dated.verbs)
            placement.assumed += [dated.assumed] if dated.assumed else []
            event = dated.column
        times = (TimeFilter(event, intent.span.start, intent.span.end),)
    filters = _filters(base, intent, placement)
    if not intent.span:
        filters += _verb_filters(base, intent, placement)
        if dated_by_verb := verb_date(base, intent.verbs, placement.asked.tokens, index):
            placement.used.update(dated_by_verb.verbs)
    existences += _implied_existences(base, intent, [], filters, times, placement)
    _apart(existences, filters)
    entity = any(link.target.kind is TargetKind.TABLE for link in (*intent.mentioned, intent.subject) if link)
    distinct = intent.distinct or intent.asks_values or (not entity and len(columns) == 1 and not filters)
    part = Part(base, (), (), tuple(dict.fromkeys(columns)), tuple(filters), tuple(existences), times)
    among = order is None or order.column in columns  # a DISTINCT can only be sorted by what it shows
    return Reading((part,), (), (), order, limit if order else None, distinct and among)


def _list_base(context: list[Link], intent: Intent, index: Index) -> TableKey:
    """The table from which all that is shown lies above: one row of the list is one row of it."""
    shown = [link.target for link in context if link not in intent.mentioned] or [context[0].target]
    tables = dict.fromkeys(target.table for target in shown)
    for base in tables:
        if all(
            (paths := index.graph.nearest(base, target.table, target.relationship)) and not paths[0].place.fans_out
            for target in shown
        ):
            return base
    raise unsafe("This list would repeat rows: what it names has no single table to start from.")
