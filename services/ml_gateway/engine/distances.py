"""How far a time zone is from UTC, and when that changes: for databases that know no zones by name."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

# Moments outside of these years are taken to be as far from UTC as the nearest inside.
FIRST_YEAR, LAST_YEAR = 2010, 2037
_STEP = timedelta(days=7)  # summer time is interrupted for a month where there is Ramadan


@cache
def distances(timezone: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The distance at first, like `+01:00`; and the moments in UTC from which it was, or will be, another."""
    zone = ZoneInfo(timezone)
    moment = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    first = found = _distance(moment, zone)
    changes = []
    while moment.year <= LAST_YEAR:
        later = moment + _STEP
        if (then := _distance(later, zone)) != found:
            changes.append((_change(moment, later, zone).strftime("%Y-%m-%d %H:%M:%S"), then))
            found = then
        moment = later
    return first, tuple(changes)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The minute between the two from which the distance is that of the later."""
    then = _distance(high, zone)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        low, high = (low, middle) if _distance(middle, zone) == then else (middle, high)
    return high


def _distance(instant: datetime, zone: ZoneInfo) -> str:
    away = instant.astimezone(zone).strftime("%z")
    return f"{away[:3]}:{away[3:5]}"
