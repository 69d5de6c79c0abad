"""A pool that can run the tests' deeds."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.integration.workers import Workers
from tests.workers.running import MODULES


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers.open(warm=2, at_once=6, modules=MODULES) as opened:
        yield opened
