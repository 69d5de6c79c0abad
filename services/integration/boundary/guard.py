"""The boundary's one door: proposed SQL goes through an ordered list of passes, and new SQL comes out."""

from __future__ import annotations

from services.integration.boundary.model import GuardedQuery, Limits, Scope


def guard(sql: str, scope: Scope, limits: Limits | None = None) -> GuardedQuery:
    """Check `sql` against the caller's scope and render what may run instead of it.

    Raises QueryRefused, and nothing else, for every text that won't run.
    """
    raise NotImplementedError
