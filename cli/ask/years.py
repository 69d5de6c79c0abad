"""When the asker's weeks and fiscal years begin, where the command line says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.ask.exits import UsageProblem

if TYPE_CHECKING:  # a run that ends early needs none of it
    from services.integration.catalog.model import Catalog


def checked(week_starts_on: str | None, fiscal_year_starts_in: str | None) -> tuple[int | None, int | None]:
    """The day (0 is Monday) and the month (from 1), None for what wasn't given. Raises UsageProblem."""
    if week_starts_on is None and fiscal_year_starts_in is None:
        return None, None
    from services.integration.catalog.semantic_terms import DAYS, MONTHS

    day = _place("--week-starts-on", week_starts_on, DAYS)
    month = _place("--fiscal-year-starts-in", fiscal_year_starts_in, MONTHS)
    return day, None if month is None else month + 1


def with_years(catalog: Catalog, week_starts_on: int | None, fiscal_year_starts_in: int | None) -> Catalog:
    """The catalog, with what was given in place of what its semantic model says."""
    return replace(
        catalog,
        week_starts_on=catalog.week_starts_on if week_starts_on is None else week_starts_on,
        fiscal_year_starts_in=catalog.fiscal_year_starts_in if fiscal_year_starts_in is None else fiscal_year_starts_in,
    )


def _place(option: str, given: str | None, names: tuple[str, ...]) -> int | None:
    """A name, or its first letters."""
    if given is None:
        return None
    found = [place for place, name in enumerate(names) if len(given) > 2 and name.startswith(given.strip().lower())]
    if len(found) != 1:
        raise UsageProblem(f"{option} doesn't know {given[:60]}", f"Name one of: {', '.join(names)}.")
    return found[0]
