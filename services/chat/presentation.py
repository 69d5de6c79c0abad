"""The same result in the sections of a role. Pure: each statement and figure names its rule and the cells it rests on.

A rule that doesn't hold gives nothing; a section without statements and figures is left out.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from infinure.ml_gateway.v1.answer_event_pb2 import (
    CellReference,
    Figure,
    Interpretation,
    Section,
    SectionKind,
    Statement,
)
from infinure.ml_gateway.v1.receipt_pb2 import Outcome, Receipt
from infinure.ml_gateway.v1.result_pb2 import Rows

from meshkit.errors import MeshError
from services.chat.figures import number
from services.chat.result import Result

Rule = Callable[["Result"], Iterable[Statement | Figure]]
MAX_SHOWN = 5


def sections(role: str, interpretation: Interpretation, rows: Rows | None, receipt: Receipt) -> list[Section]:
    """The role's sections over a result; none where there is no result."""
    if rows is None or receipt.outcome not in (Outcome.OUTCOME_ANSWERED, Outcome.OUTCOME_NO_DATA):
        return []
    result = Result(interpretation, rows, receipt)
    made = (_section(kind, title, rules, result) for kind, title, rules in BY_ROLE.get(role, VIEWER))
    return [section for section in made if section.statements or section.figures]


def headline(
    interpretation: Interpretation, rows: Rows | None, said: str, error: MeshError | None, receipt: Receipt | None
) -> str:
    """The answer in a sentence, for listings and for who reads no events. receipt: None where there is none yet."""
    if error is not None:
        return error.message
    if rows is not None:
        result = Result(interpretation, rows, receipt or Receipt())
        for rule in SUMMARY:
            for made in rule(result):
                if isinstance(made, Statement):
                    return made.text
    return said or interpretation.summary


def _section(kind: SectionKind.ValueType, title: str, rules: Sequence[Rule], result: Result) -> Section:
    section = Section(kind=kind, title=title)
    for rule in rules:
        for made in rule(result):
            if isinstance(made, Statement):
                section.statements.append(made)
            else:
                section.figures.append(made)
    return section


def no_rows(result: Result) -> Iterable[Statement]:
    if not result.rows.rows:
        yield Statement(text="There is no data for this question.", rule="no_rows")


def single_value(result: Result) -> Iterable[Statement]:
    if result.is_single:
        told = (f"{result.label(column)}: {result.text(0, column)}" for column in result.measures)
        yield Statement(text="; ".join(told) + ".", rule="single_value", cells=_cells((0, c) for c in result.measures))


def only_row(result: Result) -> Iterable[Statement]:
    """The figure of the one thing that there is, or of the one period."""
    for row, value in result.values() if result.is_only else ():
        text = f"{result.name(row)}: {result.amount(value)} ({result.label(result.measures[0])})."
        yield Statement(text=text, rule="only_row", cells=_line(result, row))


def only_name(result: Result) -> Iterable[Statement]:
    """What the one thing that there is is called."""
    if result.is_named:
        labels = " and ".join(result.label(key) for key in result.keys)
        text = f"{labels}: {result.name(0)}."
        yield Statement(text=text, rule="only_name", cells=_cells([(0, key) for key in result.keys]))


def leader(result: Result) -> Iterable[Statement]:
    values = result.values() if result.is_ranking else []
    if len(values) > 1:
        row, value = max(values, key=lambda pair: pair[1])
        text = f"{result.name(row)} leads with {result.amount(value)} ({result.label(result.measures[0])})."
        yield Statement(text=text, rule="leader", cells=_line(result, row))


def nameless(result: Result) -> Iterable[Statement]:
    measure = result.measures[0] if result.measures else 0
    for row in result.nameless():
        value = number(result.rows.rows[row].cells[measure])
        if value is not None:
            named = " and ".join(result.label(key) for key in result.keys)
            text = f"{result.amount(value)} ({result.label(measure)}) has no {named}."
            yield Statement(text=text, rule="nameless", cells=_line(result, row))


def peak(result: Result) -> Iterable[Statement]:
    values = result.values() if result.is_series else []
    if len(values) > 1:
        key, measure = result.keys[0], result.measures[0]
        (high, most), (low, least) = max(values, key=_value), min(values, key=_value)
        if most == least:
            text = f"{result.label(measure)} is {result.amount(most)} in every period."
            cells = _cells([(high, measure), (low, measure)])
        else:
            text = (
                f"{result.label(measure)} is highest in {result.text(high, key)} ({result.amount(most)}) "
                f"and lowest in {result.text(low, key)} ({result.amount(least)})."
            )
            cells = _cells([(high, key), (high, measure), (low, key), (low, measure)])
        yield Statement(text=text, rule="peak", cells=cells)


def listing(result: Result) -> Iterable[Statement]:
    count = len(result.rows.rows)
    if count and not (result.is_single or result.is_only or result.is_named or result.is_series or result.is_ranking):
        total = result.rows.total_row_count or count
        told = f"{total:,} row{'' if total == 1 else 's'}"
        text = (
            f"{told}, of which the first {count:,} are shown."
            if result.rows.truncated and count < total
            else f"{told}."
        )
        yield Statement(text=text, rule="listing")


def unfinished_period(result: Result) -> Iterable[Statement]:
    row = result.unfinished()
    if row is not None:
        key = result.keys[0]
        text = f"{result.text(row, key)} isn't over yet and is left out of comparisons."
        yield Statement(text=text, rule="unfinished_period", cells=_cells([(row, key)]))


def first_to_last(result: Result) -> Iterable[Statement]:
    """Change over the whole run of periods; without a percentage where the first value is not above zero."""
    values = result.run()
    if len(values) > 1:
        key, measure = result.keys[0], result.measures[0]
        (first, before), (last, after) = values[0], values[-1]
        change = after - before
        share = f" ({change / before * 100:+.1f} %)" if before > 0 else ""
        direction = "rose" if change > 0 else "fell" if change < 0 else "stayed the same"
        by = f" by {result.amount(abs(change))}{share}" if change else ""
        text = f"From {result.text(first, key)} to {result.text(last, key)}, {result.label(measure)} {direction}{by}."
        cells = _cells([(first, key), (first, measure), (last, key), (last, measure)])
        yield Statement(text=text, rule="first_to_last", cells=cells)


def gap_to_second(result: Result) -> Iterable[Statement]:
    values = sorted(result.values(), key=_value, reverse=True) if result.is_ranking else []
    if len(values) > 1 and values[0][1] > values[1][1]:
        (first, most), (second, next_most) = values[:2]
        text = f"{result.name(first)} is {result.amount(most - next_most)} ahead of {result.name(second)}."
        cells = [*_line(result, first), *_line(result, second)]
        yield Statement(text=text, rule="gap_to_second", cells=cells)


def measures_as_figures(result: Result) -> Iterable[Figure]:
    if result.is_single:
        for column in result.measures:
            text = result.text(0, column)
            yield Figure(label=result.label(column), text=text, rule="measure", cells=_cells([(0, column)]))


def extremes_as_figures(result: Result) -> Iterable[Figure]:
    values = result.values() if result.is_series or result.is_ranking else []
    if len(values) > 1:
        for name, (row, value) in (("Highest", max(values, key=_value)), ("Lowest", min(values, key=_value))):
            label = f"{name}: {result.name(row)}"
            yield Figure(label=label, text=result.amount(value), rule=name.lower(), cells=_line(result, row))


def latest_as_figure(result: Result) -> Iterable[Figure]:
    values = result.run()
    if values:
        row, value = values[-1]
        cells = _cells([(row, result.keys[0]), (row, result.measures[0])])
        label = f"Latest: {result.text(row, result.keys[0])}"
        yield Figure(label=label, text=result.amount(value), rule="latest", cells=cells)


def how_it_was_read(result: Result) -> Iterable[Statement]:
    if result.interpretation.summary:
        yield Statement(text=result.interpretation.summary, rule="interpretation")
    for assumption in result.interpretation.assumptions:
        yield Statement(text=assumption, rule="assumption")
    if result.receipt.tables:
        yield Statement(text=f"Tables read: {', '.join(result.receipt.tables)}.", rule="tables")


def empty_cells(result: Result) -> Iterable[Statement]:
    for column in range(len(result.rows.columns)):
        empty = [row for row, line in enumerate(result.rows.rows) if line.cells[column].WhichOneof("value") is None]
        if empty:
            text = f"{len(empty)} of {len(result.rows.rows)} rows have no {result.label(column)}."
            cells = _cells((row, column) for row in empty[:MAX_SHOWN])
            yield Statement(text=text, rule="empty_cells", cells=cells)


def cut_short(result: Result) -> Iterable[Statement]:
    if result.rows.truncated:
        text = f"Only the first {len(result.rows.rows)} rows are shown; the figures above rest on these."
        yield Statement(text=text, rule="cut_short")


def _value(pair: tuple[int, Decimal]) -> Decimal:
    return pair[1]


def _cells(places: Iterable[tuple[int, int]]) -> list[CellReference]:
    return [CellReference(row=row, column=column) for row, column in places]


def _line(result: Result, row: int) -> list[CellReference]:
    """What the row is called, and its figure."""
    return _cells((row, column) for column in (*result.keys, result.measures[0]))


SUMMARY: tuple[Rule, ...] = (
    no_rows,
    single_value,
    only_row,
    only_name,
    leader,
    nameless,
    peak,
    listing,
    unfinished_period,
)
_SUMMARY = SectionKind.SECTION_KIND_SUMMARY
_FIGURES = SectionKind.SECTION_KIND_KEY_FIGURES
_COMPARISONS = SectionKind.SECTION_KIND_COMPARISONS
_METHODOLOGY = SectionKind.SECTION_KIND_METHODOLOGY
_QUALITY = SectionKind.SECTION_KIND_DATA_QUALITY

Layout = tuple[tuple[SectionKind.ValueType, str, tuple[Rule, ...]], ...]
CEO: Layout = (
    (_SUMMARY, "Executive summary", (*SUMMARY, first_to_last)),
    (_FIGURES, "Key figures", (measures_as_figures, latest_as_figure, extremes_as_figures)),
)
DIRECTOR: Layout = (
    (_SUMMARY, "Summary", SUMMARY),
    (_FIGURES, "Metrics", (measures_as_figures, extremes_as_figures)),
    (_COMPARISONS, "Comparisons", (first_to_last, gap_to_second)),
)
MANAGER: Layout = (
    (_SUMMARY, "Operational view", (*SUMMARY, first_to_last, gap_to_second)),
    (_FIGURES, "Figures", (measures_as_figures, latest_as_figure)),
)
ANALYST: Layout = (
    (_SUMMARY, "Findings", (*SUMMARY, first_to_last, gap_to_second)),
    (_METHODOLOGY, "Methodology", (how_it_was_read,)),
    (_QUALITY, "Data quality", (empty_cells, cut_short)),
)
VIEWER: Layout = ((_SUMMARY, "Answer", SUMMARY),)
BY_ROLE = {"ceo": CEO, "director": DIRECTOR, "manager": MANAGER, "analyst": ANALYST, "viewer": VIEWER}
