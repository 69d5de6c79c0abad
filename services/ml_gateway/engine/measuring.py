"""What is to be computed, when the words do not say it outright: a count, a sum, or a list."""

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.intent import Intent, WantedDimension, WantedFilter, WantedMeasure
from services.ml_gateway.engine.linking import Link
from services.ml_gateway.engine.model import ColumnKey, Metric, TableKey
from services.ml_gateway.engine.naming import column_label, target_phrase, words
from services.ml_gateway.engine.outcome import ClarificationKind, ClarificationOption, NeedsClarification
from services.ml_gateway.engine.problems import Unreadable, no_such_data
from services.ml_gateway.engine.reading import Aggregate
from services.ml_gateway.engine.tables import is_additive
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import SYNONYM_SETS

TOP = 10  # rows of a ranking that names no number


def settle(intent: Intent, asked: Asked, index: Index) -> list[str]:
    """Give the intent its measures and dimensions, or leave it a list. Returns what was assumed, in sentences."""
    assumed: list[str] = []
    _dates(intent, index)
    _adjectives(intent, index)
    if not intent.measures:
        _imply_measure(intent, asked, index, assumed)
    if intent.measures:
        _most_of(intent, asked, index)
        _dimensions(intent, asked, index)
        _not_of_itself(intent, index)
    return assumed


def _not_of_itself(intent: Intent, index: Index) -> None:
    """ "The most popular genre" counts something of genres; each of them is itself once."""
    counted = {m.target.table for m in intent.measures if m.aggregate is Aggregate.COUNT}
    rows = {
        d.target.table
        for d in intent.dimensions
        if d.target.kind is TargetKind.TABLE or (d.target.column,) == index.tables[d.target.table].labels
    }
    ranked = intent.descending is not None or intent.superlative
    repeated = any(d.target.kind is TargetKind.COLUMN and _repeats(d.target, index) for d in intent.dimensions)
    if ranked and counted & rows and len(intent.dimensions) == 1 and not repeated:
        raise no_such_data("I can't tell what to count.")


def _most_of(intent: Intent, asked: Asked, index: Index) -> None:
    """ "Customers with the most orders": who has them is what is ranked, ten where the word is a plural."""
    if not intent.superlative or not intent.ranked_by or intent.subject or intent.dimensions or intent.projections:
        return
    counted = [measure for measure in intent.measures if measure.link == intent.ranked_by]
    if len(intent.mentioned) != 1 or not counted or counted[0].aggregate is not Aggregate.COUNT:
        return
    named = intent.mentioned[0]
    last = asked.tokens[named.last - 1]
    if named.first < intent.ranked_by.first and _above(counted[0].target, named, index):
        intent.mentioned, intent.dimensions = [], [WantedDimension(named.target, named)]
        intent.limit = intent.limit or (TOP if last.form != last.lemma else 1)


def _dates(intent: Intent, index: Index) -> None:
    """A date that is named beside a number or a period says which date counts: it is not a thing to show."""
    for link in tuple(intent.projections):
        target = link.target
        if target.kind is not TargetKind.COLUMN:
            continue
        if not index.catalog.columns[ColumnKey(target.table, target.column)].data_type.temporal:
            continue
        if intent.measures or intent.span or intent.grain:
            intent.time_column = intent.time_column or link
            if intent.measures or intent.mentioned or intent.subject or len(intent.projections) > 1:
                intent.projections.remove(link)


def _adjectives(intent: Intent, index: Index) -> None:
    """ "Oldest", "cheaper than 10": the column that the adjective measures, in a table that the question names."""
    if intent.rank_adjective and not intent.ranked_by and not intent.measures:
        link, name = _measured_by(intent, intent.rank_adjective, index)
        intent.ranked_by = link
        if intent.rank_adjective[0] == "age" and not _counts_years(name):
            intent.descending = not intent.descending
    if intent.compared_adjective:
        adjective, operator, numbers = intent.compared_adjective
        link, _ = _measured_by(intent, adjective[:1], index)
        intent.filters.append(WantedFilter(link.target, operator, numbers, link))
        intent.compared_adjective = None


def _counts_years(name: str) -> bool:
    return "age" in name_words(name)


def _measured_by(intent: Intent, adjective: tuple[str, ...], index: Index) -> tuple[Link, str]:
    context = [link for link in (intent.subject, *intent.mentioned, *intent.projections) if link]
    for link in context:
        for word in adjective:
            for column in index.catalog.by_key[link.target.table].columns:
                measurable = column.data_type.numeric or column.data_type.temporal
                if (
                    measurable
                    and word in name_words(column.name)
                    and column.name not in index.tables[link.target.table].keys
                ):
                    target = Target(TargetKind.COLUMN, link.target.table, column.name)
                    return Link(target, link.first, link.last, 0.8, "adjective"), column.name
    raise no_such_data("I can't tell by which column to compare.")


def _imply_measure(intent: Intent, asked: Asked, index: Index, assumed: list[str]) -> None:
    shown = intent.projections or intent.everything
    if intent.weakly_grouped and not intent.ranked_by and not intent.grain and shown:
        for dimension in intent.dimensions:
            table = dimension.target.kind is TargetKind.TABLE
            (intent.mentioned if table else intent.projections).append(dimension.link)
        intent.dimensions = []
        intent.listing = True
    grouped = bool(intent.dimensions or intent.grain)
    numeric = [link for link in intent.projections if _is_amount(link, index)]
    ranked = intent.ranked_by
    if ranked and _is_amount(ranked, index):
        entity = intent.subject
        if grouped and not entity and all(dimension.link.first > ranked.first for dimension in intent.dimensions):
            kind = Aggregate.MAX if intent.descending else Aggregate.MIN  # "lowest fee per clinic"
            intent.measures.append(WantedMeasure(ranked.target, kind, ranked))
            intent.ranked_by, intent.descending, intent.superlative = None, None, intent.limit is not None
        elif grouped or (entity and (entity.target.table != ranked.target.table or _ranks_groups(intent, index))):
            _aggregate(intent, ranked, asked, index, assumed)
        elif not entity and not intent.projections and all(link.first > ranked.first for link in intent.mentioned):
            kind = Aggregate.MAX if intent.descending else Aggregate.MIN
            intent.measures.append(WantedMeasure(ranked.target, kind, ranked))
            intent.ranked_by, intent.descending, intent.superlative = None, None, False
        return
    if intent.limit and not ranked and not intent.needs_measure and _evident_count(intent, index, assumed):
        return
    if intent.needs_measure or (intent.limit and not ranked and not intent.rank_adjective):
        raise Unreadable(_which_measure(intent, asked, index))
    if grouped and numeric:
        for link in numeric:
            intent.projections.remove(link)
            _aggregate(intent, link, asked, index, assumed)
    elif numeric and not intent.listing and not intent.subject and _totals(intent, numeric, index):
        link = numeric[0]
        intent.projections.remove(link)
        _aggregate(intent, link, asked, index, assumed)
    elif (
        grouped
        or (intent.span and not intent.listing and not intent.projections and not intent.subject)
        or (intent.descending is not None and intent.dimensions)
    ):
        _count(intent, index, assumed)


def _ranks_groups(intent: Intent, index: Index) -> bool:
    """ "Top 3 cities by amount", where many rows are of one city: its total, and not the rows with the most."""
    if intent.subject is None or intent.ranked_by is None or intent.subject.target.kind is not TargetKind.COLUMN:
        return False
    measured = index.catalog.columns[ColumnKey(intent.ranked_by.target.table, intent.ranked_by.target.column)]
    if intent.superlative and is_additive(measured) is False:
        return False  # "which city has the highest temperature": once
    return _repeats(intent.subject.target, index)


def _repeats(target: Target, index: Index) -> bool:
    """Whether it is known that several rows hold one value: then the column names a group and no row."""
    facts = index.tables[target.table]
    if (target.column,) == facts.table.primary_key or target.column in facts.unique:
        return False
    values = index.catalog.columns[ColumnKey(target.table, target.column)].distinct_count or 0
    rows = facts.table.row_count or 0
    if name_words(target.column)[-1:] in (("name",), ("title",)):
        return 0 < 2 * values <= rows  # two people may have one name
    return 0 < values < rows


def _evident_count(intent: Intent, index: Index, assumed: list[str]) -> bool:
    """ "Customers by city top 10" ranks by their number, "doctors by visits top 3" by that of the visits."""
    if len(intent.mentioned) != 1 or not intent.dimensions or intent.projections or intent.rank_adjective:
        return False
    named, first = intent.mentioned[0], intent.dimensions[0]
    counted = named
    if len(intent.dimensions) == 1 and first.target.kind is TargetKind.TABLE and _above(first.target, named, index):
        counted, intent.dimensions = first.link, [WantedDimension(named.target, named)]
    elif not all(_above(named.target, dimension.link, index) for dimension in intent.dimensions):
        return False
    intent.mentioned = []
    intent.measures.append(WantedMeasure(Target(TargetKind.TABLE, counted.target.table), Aggregate.COUNT, counted))
    intent.ranked_by = counted
    assumed.append(f"Rows of {words(counted.target.table.name)} are counted.")
    return True


def _above(rows: Target, link: Link, index: Index) -> bool:
    """Whether each row of a table is of at most one of what the link names."""
    paths = index.graph.nearest(rows.table, link.target.table)
    same = rows.table == link.target.table and link.target.kind is TargetKind.TABLE
    return bool(paths) and not paths[0].place.fans_out and not same


def _totals(intent: Intent, numeric: list[Link], index: Index) -> bool:
    """One amount asked for alone, as in "refund amount last month": a total. "Price of the Team plan" is looked up."""
    table = numeric[0].target.table
    named = [
        f.target for f in intent.filters if f.target.table == table and f.target.column in index.tables[table].labels
    ]
    if any(not _repeats(target, index) for target in named):
        return False
    return len(intent.projections) == len(numeric) == 1 and not intent.rank_adjective and not intent.order_link


def _is_amount(link: Link, index: Index) -> bool:
    target = link.target
    if target.kind is not TargetKind.COLUMN or target.column in index.tables[target.table].keys:
        return False
    return index.catalog.columns[ColumnKey(target.table, target.column)].data_type.numeric


def _aggregate(intent: Intent, link: Link, asked: Asked, index: Index, assumed: list[str]) -> None:
    column = index.catalog.columns[ColumnKey(link.target.table, link.target.column)]
    additive = is_additive(column)
    if additive is not True:
        raise Unreadable(_which_aggregate(link, asked, index, unknown=additive is None))
    intent.measures.append(WantedMeasure(link.target, Aggregate.SUM, link))
    assumed.append(f"“{column_label(ColumnKey(link.target.table, link.target.column), index)}” is added up.")


def _count(intent: Intent, index: Index, assumed: list[str]) -> None:
    named = next(iter(intent.mentioned), None) or intent.subject
    happened = intent.time_column
    if named is None and not intent.dimensions and happened and happened.last - happened.first > 1:
        named = happened  # "tickets opened" per month
        intent.projections = [link for link in intent.projections if link != happened]
    if named is None:
        tables = {dimension.target.table for dimension in intent.dimensions}
        tables |= {wanted.target.table for wanted in intent.filters}
        if len(tables) != 1 or not intent.dimensions:
            raise no_such_data("I can't tell what to count or to add up.")
        table = tables.pop()
        named = intent.dimensions[0].link
        rows = Target(TargetKind.TABLE, table)
        intent.penalty += 0.15
    else:
        rows = Target(TargetKind.TABLE, named.target.table)
        if named in intent.mentioned:
            intent.mentioned.remove(named)
        elif named == intent.subject:
            intent.subject = None
    amount = _amount_in_name(rows.table, index)
    if amount:
        intent.measures.append(WantedMeasure(Target(TargetKind.COLUMN, rows.table, amount), Aggregate.SUM, named))
        assumed.append(f"“{column_label(ColumnKey(rows.table, amount), index)}” is added up.")
        return
    intent.measures.append(WantedMeasure(rows, Aggregate.COUNT, named))
    assumed.append(f"Rows of {words(rows.table.name)} are counted.")


def _amount_in_name(table: TableKey, index: Index) -> str:
    """The one amount that a table is called after: spend in marketing_spend. A plural names things to count."""
    if not table.name or words(table.name).endswith("s"):
        return ""
    parts = set(name_words(table.name)[1:])
    parts |= {other for part in parts for group in SYNONYM_SETS if part in group for other in group}
    amounts = [
        column.name
        for column in index.catalog.by_key[table].columns
        if column.data_type.numeric and column.name not in index.tables[table].keys and is_additive(column)
    ]
    named = [name for name in amounts if set(name_words(name)) & parts]
    found = named or [name for name in amounts if set(name_words(name)) & {"amount", "total"}]
    return found[0] if len(found) == 1 and parts else ""


def _unasked(link: Link, asked: Asked, index: Index) -> float:
    """How little a name behind a number looks like something to group by."""
    before = {token.form for token in asked.tokens[max(link.first - 2, 0) : link.first]}
    if before & {"in", "on", "with", "from", "at"} and not before & {"and", ","}:
        return 0.55  # "how many are in the division": which?
    return 0.4 if _is_amount(link, index) else 0.25


def _dimensions(intent: Intent, asked: Asked, index: Index) -> None:
    """Names that ask "which" beside a number are what it is grouped by."""
    counted = {m.target.table for m in intent.measures if m.aggregate is Aggregate.COUNT}
    if intent.subject:
        same_rows = intent.subject.target.kind is TargetKind.TABLE and intent.subject.target.table in counted
        if same_rows and intent.descending is not None:
            raise no_such_data("I can't tell what to count.")
        if not same_rows:
            intent.dimensions.insert(0, WantedDimension(intent.subject.target, intent.subject))
        intent.subject = None
    for link in intent.projections:
        intent.dimensions.append(WantedDimension(link.target, link))
        known = any(dimension.target == link.target for dimension in intent.dimensions[:-1])
        if not known:
            intent.penalty += 0.02 if link.first < intent.first_measure else _unasked(link, asked, index)
    intent.projections = []
    if intent.having and not intent.dimensions:
        entities = [link for link in intent.mentioned if link.target.table not in counted]
        for link in entities[:1]:
            intent.mentioned.remove(link)
            intent.dimensions.append(WantedDimension(link.target, link))
    named = {d.target.table for d in intent.dimensions if d.target.kind is TargetKind.COLUMN}
    distinct = [d for d in intent.dimensions if d.target.kind is not TargetKind.TABLE or d.target.table not in named]
    intent.dimensions = list({d.target: d for d in distinct}.values())


def _divides(metric: Metric, subject: Link, index: Index) -> bool:
    """Whether the metric can be told apart by the subject without counting rows twice."""
    parts = (
        [index.metrics.get(name) for name in (metric.numerator, metric.denominator)] if metric.numerator else [metric]
    )
    for part in parts:
        paths = index.graph.nearest(part.table, subject.target.table) if part else ()
        if not paths or paths[0].place.fans_out:
            return False
    return True


def _which_aggregate(link: Link, asked: Asked, index: Index, *, unknown: bool) -> NeedsClarification:
    """unknown: that it is added up is as likely as not."""
    label = column_label(ColumnKey(link.target.table, link.target.column), index)
    start, end = asked.characters(link.first, link.last)
    before, named, after = asked.text[:start], asked.text[start:end], asked.text[end:]
    return NeedsClarification(
        ClarificationKind.AGGREGATE,
        f"Should {label} be added up, or is it something else that you want?"
        if unknown
        else f"Adding up {label} over rows means little. Which do you want?",
        tuple(
            ClarificationOption(f"aggregate:{word}", f"{word} {label}", f"{before}{word} {named}{after}")
            for word in (("total", "average") if unknown else ("average", "total")) + ("maximum", "minimum")
        ),
        start,
        end,
    )


def _which_measure(intent: Intent, asked: Asked, index: Index) -> NeedsClarification:
    subject = intent.subject or next(iter(intent.mentioned), None)
    names = [words(m.label or m.name) for m in index.catalog.metrics if not subject or _divides(m, subject, index)]
    text = asked.text.rstrip(" ?.!")
    for dimension in intent.dimensions:
        of_rows = index.tables[dimension.target.table]
        if dimension.target.kind is TargetKind.TABLE and set(of_rows.labels) & of_rows.keys:
            raise no_such_data("I can't tell what to rank by.")  # rows that only a number names are no groups
    reachable = [(f"metric:{name}", name, f"{text} by {name}") for name in names]
    if subject:
        facts = index.tables[subject.target.table]
        row = subject.target.kind is TargetKind.TABLE
        for column in facts.table.columns if row else ():
            if column.data_type.numeric and column.name not in facts.keys and not column.hidden:
                label = column_label(ColumnKey(subject.target.table, column.name), index)
                reachable.append((f"column:{column.name}", label, f"{text} by {words(column.name)}"))
        for relationship in index.catalog.relationships if not set(facts.labels) & facts.keys else ():
            if relationship.target == subject.target.table and len(reachable) < 4:
                child = target_phrase(Target(TargetKind.TABLE, relationship.table), index)
                reachable.append((f"count:{child}", f"number of {child}", f"{text} by number of {child}"))
    if len(reachable) < 2:
        raise no_such_data("I can't tell what to rank by.")
    options = tuple(ClarificationOption(*option) for option in dict.fromkeys(reachable[:4]))
    return NeedsClarification(ClarificationKind.MEASURE, "Ranked by what?", options)
