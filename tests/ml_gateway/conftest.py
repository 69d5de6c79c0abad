"""A gateway over a scripted integration service."""

from collections.abc import AsyncIterator

import pytest

from tests.ml_gateway.server import GatewayServer, Integration, scripted, serving


@pytest.fixture
def integration() -> Integration:
    """What the gateway's caller has; empty until a test adds to it."""
    return Integration()  # type: ignore[abstract]


@pytest.fixture
async def gateway(integration: Integration) -> AsyncIterator[GatewayServer]:
    async with scripted(integration) as address, serving(address) as server:
        yield server
