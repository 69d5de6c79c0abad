"""Answers about the clinics, worked out from the rows."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
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
    summed,
)  # fmt: skip


def _total(invoice: Row) -> float:
    return float(invoice.total)


def _revenue(t: Tables, start: str, end: str) -> float:
    return sum(map(_total, during(t.invoices, "issued_on", start, end)))


def _branch(t: Tables, row: Row) -> str:
    return str(keyed(t.branches, "branch_id")[row.branch_id].name)


def _by_doctor(t: Tables) -> Answer:
    """Two doctors have the same name."""
    held = during(t.appointments, "scheduled_for", "2025-10-01", "2026-01-01")
    doctors = keyed(t.doctors, "doctor_id")
    return [(doctors[number].full_name, count) for number, count in counted(held, lambda one: one.doctor_id)]


def _idle(t: Tables, start: str = "", end: str = "9999") -> Answer:
    busy = {one.doctor_id for one in during(t.appointments, "scheduled_for", start, end)}
    return [(one.full_name,) for one in t.doctors if one.doctor_id not in busy]


def _weekend(t: Tables) -> Answer:
    held = during(t.appointments, "scheduled_for", "2025-01-01", "2026-01-01")
    return [(sum(datetime.fromisoformat(one.scheduled_for).weekday() > 4 for one in held),)]


def _growth(t: Tables) -> Answer:
    held: dict[str, float] = dict(summed(t.invoices, lambda one: month(one.issued_on), _total))
    months = sorted(held)
    return [(two, held[two] / held[one] - 1) for one, two in pairwise(months) if "2025-01-01" <= two < "2026-01-01"]


def _top_procedures(t: Tables) -> Answer:
    procedures, found = keyed(t.procedures, "procedure_code"), []
    uses = Counter(one.procedure_code for one in t.treatments)
    for category, listed in grouped(procedures.values(), lambda one: one.category).items():
        used = [(one.title, uses[one.procedure_code]) for one in listed if uses[one.procedure_code]]
        best = sorted(used, key=lambda pair: (-pair[1], pair[0]))[:3]
        found += [(category, title, count) for title, count in best]
    return found


def _median(t: Tables) -> Answer:
    return [(name, median(map(_total, bills))) for name, bills in grouped(t.invoices, lambda o: _branch(t, o)).items()]


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _both(t: Tables) -> Answer:
    doctors = keyed(t.doctors, "doctor_id")
    seen = {kind: set[int]() for kind in {one.specialty for one in t.doctors}}
    for one in t.appointments:
        seen[doctors[one.doctor_id].specialty].add(one.patient_id)
    return [(len(seen["dermatology"] & seen["radiology"]),)]


def _no_shows(t: Tables) -> Answer:
    doctors = keyed(t.doctors, "doctor_id")
    held = during(t.appointments, "scheduled_for", "2025-01-01", "2026-01-01")
    by = grouped(held, lambda one: doctors[one.doctor_id].specialty)
    return [(kind, mean(one.status == "no_show" for one in rows)) for kind, rows in by.items()]


def _february(t: Tables) -> Answer:
    years = (("2026-02-01", "2026-03-01"), ("2025-02-01", "2025-03-01"))
    return [(start, _revenue(t, start, end)) for start, end in years]


def _share(t: Tables) -> Answer:
    held = during(t.appointments, "scheduled_for", "2025-01-01", "2026-01-01")
    return [(name, count / len(held)) for name, count in counted(held, lambda one: one.channel)]


RECOUNTED: Mapping[str, Recount] = {
    "clinic-revenue-last-month": lambda t: [(_revenue(t, "2026-02-01", "2026-03-01"),)],
    "clinic-new-patients-quarter": lambda t: [(len(during(t.patients, "registered_on", "2026-01-01", "2026-04-01")),)],
    "clinic-average-bill": lambda t: [(mean(map(_total, t.invoices)),)],
    "clinic-weekend": _weekend,
    "clinic-top3-each": _top_procedures,
    "clinic-share-channel": _share,
    "clinic-growth": _growth,
    "clinic-same-month-last-year": _february,
    "clinic-since-november": lambda t: [(len(during(t.referrals, "referred_on", "2025-11-01")),)],
    "clinic-unpaid": lambda t: [(sum(one.paid_on is None for one in t.invoices),)],
    "clinic-unpaid-total": lambda t: summed(
        [one for one in t.invoices if one.paid_on is None], lambda one: _branch(t, one), _total
    ),
    "clinic-idle-doctors": _idle,
    "clinic-idle-january": lambda t: _idle(t, "2026-01-01", "2026-02-01"),
    "clinic-never-used": lambda t: [
        (one.title,) for one in t.procedures if one.procedure_code not in {x.procedure_code for x in t.treatments}
    ],
    "clinic-no-show-specialty": _no_shows,
    "clinic-uninsured": lambda t: [(sum(one.insurer_id is None for one in t.patients),)],
    "clinic-days-to-pay": lambda t: [(mean(_days(o.issued_on, o.paid_on) for o in t.invoices if o.paid_on),)],
    "clinic-median-bill": _median,
    "clinic-booked-by-month": lambda t: counted(
        during(t.appointments, "booked_at", "2025-01-01", "2026-01-01"), lambda one: month(one.booked_at)
    ),
    "clinic-paid-in": lambda t: [(sum(map(_total, during(t.invoices, "paid_on", "2026-02-01", "2026-03-01"))),)],
    "clinic-both": _both,
    "clinic-visits-by-doctor": _by_doctor,
}
