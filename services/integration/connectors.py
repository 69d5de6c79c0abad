"""Which connector reaches a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.integration.executors.errors import Unreachable
from services.integration.model import Configuration
from services.integration.ports import Connector


class Connectors:
    """One connector for each kind of configuration."""

    def __init__(self, by_kind: Mapping[type[Configuration], Connector[Any]]) -> None:
        self._by_kind = dict(by_kind)

    def of(self, configuration: Configuration) -> Connector[Any]:
        """The connector of its kind. Raises Unreachable for one that this installation lacks."""
        connector = self._by_kind.get(type(configuration))
        if connector is None:
            raise Unreachable("This installation doesn't reach sources of this kind: ask your operator.")
        return connector
