"""How busy the shop is on each day: growth, week, year, campaigns, and the week when payments broke."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import exp, log

from cli.demo.rows import Campaign

MONTHS_OF_BUSINESS = 30
_DAY = timedelta(days=1)

# Monday first: people browse on Sunday evenings and are out on Fridays and Saturdays.
_WEEKDAYS = (1.06, 1.02, 0.99, 0.98, 0.92, 0.88, 1.15)
# January first: a dip in July and August, a long climb to Christmas.
_MONTHS = (0.93, 0.92, 0.97, 1.02, 1.03, 0.95, 0.83, 0.82, 0.98, 1.05, 1.22, 1.24)
# Days from Black Friday to how many times as busy; the last is Cyber Monday.
_BLACK_FRIDAY = {-1: 1.3, 0: 3.1, 1: 2.0, 2: 1.8, 3: 2.6}
_QUIET_DAYS = {(12, 24): 0.45, (12, 25): 0.35, (12, 26): 0.6, (12, 31): 0.6, (1, 1): 0.6}

# The campaign to find and the bad week to find lie at least so many days back, at the latest quiet time before that.
_HIGHLIGHT_DAYS_BACK = 130
_OUTAGE_DAYS_BACK = 56
HIGHLIGHT = "Refer a Friend Fortnight"
_HIGHLIGHT_LIFT = 1.75

LAUNCH_ORDERS = 9.0
_ORDERS_AFTER_RAMP = 23.0
_GROWTH = log(1.27)  # a year


@dataclass(frozen=True, slots=True)
class Event:
    """A campaign of every year, from month/day for `days` days, or from days around Black Friday."""

    name: str
    month: int
    day: int
    days: int
    discount_percent: int
    lift: float


_YEARLY = (
    Event("New Year Sale", 1, 2, 14, 15, 1.18),
    Event("Spring Refresh", 4, 3, 12, 10, 1.15),
    Event("Summer Clearance", 7, 5, 16, 20, 1.14),
    Event("Back to Routine", 9, 4, 10, 10, 1.12),
)


@dataclass(frozen=True, slots=True)
class Trading:
    """The shop's calendar up to, and without, `today`."""

    start: date
    today: date
    campaigns: tuple[Campaign, ...]
    highlight: Campaign
    outage_start: date

    def days(self) -> list[date]:
        return [self.start + n * _DAY for n in range((self.today - self.start).days)]

    def orders_on(self, day: date) -> float:
        """The expected number of orders on the day."""
        age = (day - self.start).days
        ramp = 1 - exp(-age / 45)  # a launch, then word gets around
        base = (LAUNCH_ORDERS + (_ORDERS_AFTER_RAMP - LAUNCH_ORDERS) * ramp) * exp(_GROWTH * age / 365)
        season = _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] * _QUIET_DAYS.get((day.month, day.day), 1.0)
        rush = _BLACK_FRIDAY.get((day - black_friday(day.year)).days, 1.0)
        return base * season * rush * self._lift(day)

    def running(self, day: date) -> Campaign | None:
        """The campaign of the day; where two overlap, the later to start."""
        return max((c for c in self.campaigns if c.starts_on <= day <= c.ends_on), key=_start_of, default=None)

    def is_outage(self, day: date) -> bool:
        return self.outage_start <= day < self.outage_start + 7 * _DAY

    def _lift(self, day: date) -> float:
        campaign = self.running(day)
        if campaign is None:
            return 1.0
        if campaign == self.highlight:
            return _HIGHLIGHT_LIFT
        return next((event.lift for event in _YEARLY if campaign.name.startswith(event.name)), 1.0)


def plan(today: date) -> Trading:
    """The calendar of a shop that has traded for two and a half years when `today` (UTC) begins."""
    start = months_before(today, MONTHS_OF_BUSINESS)
    yearly = [c for c in _yearly_campaigns(start, today) if c.starts_on >= start and c.ends_on < today]
    starts_on = _quiet_monday(today - _HIGHLIGHT_DAYS_BACK * _DAY, 14, yearly)
    highlight = Campaign(0, HIGHLIGHT, Decimal(5), starts_on, starts_on + 13 * _DAY)
    in_order = sorted([*yearly, highlight], key=_start_of)
    campaigns = tuple(c._replace(campaign_id=number) for number, c in enumerate(in_order, start=1))
    return Trading(
        start=start,
        today=today,
        campaigns=campaigns,
        highlight=next(c for c in campaigns if c.name == HIGHLIGHT),
        outage_start=_quiet_monday(today - _OUTAGE_DAYS_BACK * _DAY, 7, list(campaigns)),
    )


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November."""
    first = date(year, 11, 1)
    return first + ((3 - first.weekday()) % 7 + 22) * _DAY


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    last = date((index + 1) // 12, (index + 1) % 12 + 1, 1) - _DAY
    return min(first + (day.day - 1) * _DAY, last)


def _yearly_campaigns(start: date, today: date) -> list[Campaign]:
    found = []
    for year in range(start.year, today.year + 1):
        for event in _YEARLY:
            first = date(year, event.month, event.day)
            last = first + (event.days - 1) * _DAY
            found.append(Campaign(0, f"{event.name} {year}", Decimal(event.discount_percent), first, last))
        friday = black_friday(year)
        found.append(Campaign(0, f"Black Friday {year}", Decimal(20), friday - _DAY, friday + 3 * _DAY))
    return found


def _quiet_monday(latest: date, days: int, taken: list[Campaign]) -> date:
    """The last Monday up to `latest` from which `days` days touch no campaign, no Black Friday and no Christmas."""
    monday = latest - latest.weekday() * _DAY
    while _is_busy(monday, monday + (days - 1) * _DAY, taken):
        monday -= 7 * _DAY
    return monday


def _is_busy(first: date, last: date, taken: list[Campaign]) -> bool:
    rush = any(day.month == 12 or (day.month == 11 and day.day > 15) for day in (first, last))
    return rush or any(first <= c.ends_on and c.starts_on <= last for c in taken)


def _start_of(campaign: Campaign) -> date:
    return campaign.starts_on
