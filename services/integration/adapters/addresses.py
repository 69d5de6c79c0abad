"""Connecting to a host that was judged: to its addresses in turn, to nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from meshkit.hosts import CheckedHost
from services.integration.executors.errors import Unreachable

DIAL_SECONDS = 5.0
_MOST_ADDRESSES = 4

C = TypeVar("C")


async def first_that_answers(checked: CheckedHost, dial: Callable[[str], Awaitable[C]]) -> C:
    """What `dial` makes of the first address that answers. Raises the first address's Unreachable, or another error."""
    failure: Unreachable | None = None
    for address in checked.addresses[:_MOST_ADDRESSES]:
        try:
            return await dial(address)
        except Unreachable as error:
            failure = failure or error
    assert failure is not None  # check_host gives at least one address
    raise failure
