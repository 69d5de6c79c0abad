"""What a growth is told to be from and to, and periods that are held against the groups of a query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from services.ml_gateway.engine.dialog.parts import conjuncts
from services.ml_gateway.engine.periods import is_running, shift
from services.ml_gateway.engine.query.model import Bucket, Change, Compare, Condition, Cycle, During, Either, Query
from services.ml_gateway.engine.reading import Grain, Operator

_BOUNDS = (Operator.AT_LEAST, Operator.LESS)


def as_periods(condition: Condition | None) -> tuple[Condition, ...]:
    """The conditions that all hold, where "at least its first day and before the next one's" is that period."""
    kept, bounds = list[Condition](), dict[Bucket, dict[Operator, date]]()
    for one in conjuncts(condition):
        match one:
            case Compare(left=Bucket() as bucket, operator=way, right=(date() as day,)) if way in _BOUNDS:
                bounds.setdefault(bucket, {})[way] = day
            case Either(conditions=parts):
                inner = [as_periods(part) for part in parts]
                kept.append(Either(tuple(part[0] for part in inner)) if all(len(part) == 1 for part in inner) else one)
            case _:
                kept.append(one)
    held = [During(one.field, days.get(Operator.AT_LEAST), days.get(Operator.LESS)) for one, days in bounds.items()]
    return (*kept, *held)


def moved(query: Query, today: date | None = None) -> tuple[Bucket, During, str] | None:
    """The groups, the period, and "from 2024 to 2025", of growth to one period that isn't shown beside it; "so
    far" where that one isn't over.
    """
    changes = [one for one in query.show if isinstance(one, Change)]
    if not changes or changes[0].along in query.show:
        return None
    change, held = changes[0], [one for one in as_periods(query.having) if isinstance(one, During)]
    grain = change.along.grain
    if len(held) != 1 or isinstance(grain, Cycle) or grain is Grain.HOUR or held[0].start is None:
        return None
    before = shift(held[0].start, change.since or grain, -change.back)
    fiscal = change.along.fiscal
    cut = " so far" if today and is_running(held[0].start, held[0].end, today) else ""
    named = f"from {_called(before, grain, fiscal)} to {_called(held[0].start, grain, fiscal)}{cut}"
    return change.along, held[0], named


def without_moved(query: Query) -> Iterator[Condition]:
    """What holds for the groups, but for the period that `moved` tells."""
    told = moved(query)
    yield from (one for one in as_periods(query.having) if told is None or one != told[1])


def _called(start: date, grain: Grain, fiscal: bool) -> str:
    if grain is Grain.YEAR and (start.month, start.day) == (1, 1):
        return str(start.year)
    if grain is Grain.MONTH:
        return f"{start:%B %Y}"
    if grain is Grain.QUARTER and not fiscal:
        return f"Q{(start.month + 2) // 3} {start.year}"
    return f"the {grain.value} of {start.isoformat()}" if grain is not Grain.DAY else start.isoformat()
