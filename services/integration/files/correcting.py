"""Reading a column as the type that a person gave it: what doesn't fit becomes empty and is counted."""

from dataclasses import replace

from services.integration.catalog.model import ColumnType
from services.integration.files import formats
from services.integration.files.choosing import Choice, as_text
from services.integration.files.counting import Count
from services.integration.files.duck import literal
from services.integration.files.formats import BY_KEY, RANK, Format


def _number_as(one: Format, kind: ColumnType) -> Format:
    def integer(x: str) -> str:
        v = one.sql(x)
        return (
            f"CASE WHEN regexp_full_match({v}, '-?[0-9]+(\\.0*)?') THEN try_cast(split_part({v}, '.', 1) AS BIGINT) END"
        )

    def number(x: str) -> str:
        return f"try_cast({one.sql(x)} AS DOUBLE)"

    if kind is ColumnType.DECIMAL:
        return replace(one, marks="")
    return Format(one.key, kind, integer if kind is ColumnType.INTEGER else number, one.note)


def _moment_as(one: Format, kind: ColumnType, target: str) -> Format:
    return Format(one.key, kind, lambda x: f"({one.sql(x)})::{target}", one.note)


def _any_truth(x: str) -> str:
    true = ", ".join(literal(words[0]) for words in (*formats.TRUTH_WORDS, ("1", "0"), ("x", "")))
    false = ", ".join(literal(words[1]) for words in (*formats.TRUTH_WORDS, ("1", "0")))
    return f"CASE WHEN lower({x}) IN ({true}) THEN true WHEN lower({x}) IN ({false}) THEN false END"


def forced_formats(kind: ColumnType) -> tuple[Format, ...]:
    """The ways in which text can be read as a type that a person gave; none for text."""
    if kind in {ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DECIMAL}:
        numbers = (*formats.NUMBERS, formats.LENIENT_NUMBER, *formats.DECORATED)
        exponent = (formats.EXPONENT,) if kind is ColumnType.NUMBER else ()
        return (*(_number_as(one, kind) for one in numbers), *exponent)
    if kind is ColumnType.BOOLEAN:
        return (Format("words", kind, _any_truth),)
    if kind is ColumnType.TIME:
        return (formats.CLOCK, formats.CLOCK_12)
    target = {ColumnType.DATE: "DATE", ColumnType.TIMESTAMP: "TIMESTAMP", ColumnType.TIMESTAMP_TZ: "TIMESTAMPTZ"}.get(
        kind
    )
    if target is None:
        return ()
    moments = {ColumnType.DATE, ColumnType.TIMESTAMP, ColumnType.TIMESTAMP_TZ}
    return tuple(_moment_as(one, kind, target) for one in formats.PREFERENCE if one.type in moments)


def choose_forced(x: str, count: Count, kind: ColumnType) -> Choice:
    """The reading of a type that a person gave by which most values fit; the others become empty and are counted."""
    if not count.formats:
        return as_text(count, x, fits=True)
    best = max(count.formats.values(), key=lambda one: (count.tallies[one.key].fit, -RANK.get(one.key, 0)))
    tally = count.tallies[best.key]
    sql = best.sql(x)
    if kind is ColumnType.DECIMAL:
        scale = min(tally.first or 0, 10)
        sql = f"try_cast({sql} AS DECIMAL({18 if scale + 12 <= 18 and (tally.second or 0) < 1e9 else 38}, {scale}))"
    unfit = count.present - tally.fit - tally.markers
    note = best.note if best.key in BY_KEY else ""
    return Choice(kind, sql, (kind, ColumnType.TEXT), note, tally.markers, unfit, count.present)
