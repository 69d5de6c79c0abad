"""A gateway over a scripted integration service."""

from collections.abc import AsyncIterator, Callable

import pytest

from tests.builders.postgres import Database
from tests.ml_gateway.server import GatewayServer, Integration, scripted, serving


@pytest.fixture
def integration() -> Integration:
    """What the gateway's caller has; empty until a test adds to it."""
    return Integration()  # type: ignore[abstract]


@pytest.fixture
async def gateway(integration: Integration, control_plane: Callable[..., Database]) -> AsyncIterator[GatewayServer]:
    async with scripted(integration) as address, serving(address, control_plane("ml_gateway")) as server:
        yield server
