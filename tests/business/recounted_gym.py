"""Answers about the gyms, worked out from the rows."""

import itertools
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from statistics import median

from tests.business.recounting import (
    Answer,
    Recount,
    Row,
    Tables,
    counted,
    during,
    grouped,
    keyed,
    mean,
    month,
    quarter,
    summed,
)  # fmt: skip

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _gym_of(t: Tables, payment: Row) -> Row:
    return keyed(t.gyms, "gym_id")[keyed(t.members, "member_id")[payment.member_id].gym_id]


def _amount(payment: Row) -> float:
    return float(payment.amount)


def _growth(t: Tables) -> Answer:
    by_month: dict[str, float] = dict(summed(t.payments, lambda p: month(p.paid_on), _amount))
    months = sorted(by_month)
    pairs = itertools.pairwise(months)
    return [(two, by_month[two] / by_month[one] - 1) for one, two in pairs if two >= "2025-01-01"]


def _running(t: Tables) -> Answer:
    found, total = [], 0
    for name, members in sorted(grouped(t.members, lambda m: quarter(m.joined_on)).items()):
        total += len(members)
        found.append((name, total))
    return found


def _median(t: Tables) -> Answer:
    return [(m, median(map(_amount, paid))) for m, paid in grouped(t.payments, lambda p: p.method).items()]


def _top_courses(t: Tables) -> Answer:
    classes, courses, gyms = keyed(t.classes, "class_id"), keyed(t.courses, "course_id"), keyed(t.gyms, "gym_id")
    booked: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in during(t.bookings, "booked_at", "2025-01-01", "2026-01-01"):
        held = classes[one.class_id]
        booked[gyms[held.gym_id].name][courses[held.course_id].name] += 1
    best = ((gym, sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:2]) for gym, names in booked.items())
    return [(gym, course, count) for gym, pairs in best for course, count in pairs]


def _stay(t: Tables) -> Answer:
    ended = [one for one in t.visits if one.exited_at]
    spans = (datetime.fromisoformat(one.exited_at) - datetime.fromisoformat(one.entered_at) for one in ended)
    return [(mean(span.total_seconds() / 3600 for span in spans),)]


def _both(t: Tables) -> Answer:
    classes, courses = keyed(t.classes, "class_id"), keyed(t.courses, "course_id")
    done: dict[str, set[int]] = defaultdict(set)
    for one in t.bookings:
        done[courses[classes[one.class_id].course_id].discipline].add(one.member_id)
    return [(len(done["yoga"] & done["boxing"]),)]


def _weekdays(t: Tables) -> Answer:
    visits = during(t.visits, "entered_at", "2025-01-01", "2026-01-01")
    return counted(visits, lambda one: _WEEKDAYS[datetime.fromisoformat(one.entered_at).weekday()])


def _one_year_not_the_next(t: Tables) -> Answer:
    earlier, later = (
        {one.member_id for one in during(t.visits, "entered_at", f"{year}-01-01", f"{year + 1}-01-01")}
        for year in (2024, 2025)
    )
    return [(len(earlier - later),)]


def _never_booked(t: Tables) -> Answer:
    booked = {one.member_id for one in during(t.bookings, "booked_at", "2025-01-01", "2026-01-01")}
    return [(sum(one.member_id not in booked for one in t.members),)]


def _two_cities(t: Tables) -> Answer:
    paid = during(t.payments, "paid_on", "2025-07-01", "2025-10-01")
    kept = [one for one in paid if _gym_of(t, one).city in ("Bristol", "Hull")]
    return summed(kept, lambda one: _gym_of(t, one).city, _amount)


def _shares(t: Tables) -> Answer:
    tariffs = keyed(t.tariffs, "tariff_id")
    return [(name, n / len(t.members)) for name, n in counted(t.members, lambda m: tariffs[m.tariff_id].name)]


def _per_visit(t: Tables) -> Answer:
    paid = during(t.payments, "paid_on", "2025-01-01", "2026-01-01")
    entered = during(t.visits, "entered_at", "2025-01-01", "2026-01-01")
    visits: dict[str, int] = dict(counted(entered, lambda v: month(v.entered_at)))
    return [(name, total / visits[name]) for name, total in summed(paid, lambda p: month(p.paid_on), _amount)]


RECOUNTED: Mapping[str, Recount] = {
    "gym-revenue-last-month": lambda t: [
        (sum(map(_amount, during(t.payments, "paid_on", "2025-10-01", "2025-11-01"))),)
    ],
    "gym-growth": _growth,
    "gym-running": _running,
    "gym-median": _median,
    "gym-top-in-each": _top_courses,
    "gym-stay": _stay,
    "gym-both": _both,
    "gym-weekday": _weekdays,
    "gym-but-not": _one_year_not_the_next,
    "gym-no-bookings-2025": _never_booked,
    "gym-bristol-vs-hull": _two_cities,
    "gym-share-tariff": _shares,
    "gym-revenue-per-visit": _per_visit,
    "gym-no-mail": lambda t: [(sum(one.email is None for one in t.members),)],
}
