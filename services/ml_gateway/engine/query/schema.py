"""What compiling needs of a catalog, worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.keys import Keys


@dataclass(frozen=True)
class Schema:
    """An index as compiling sees it. Keep it as long as the index."""

    index: Index

    @cached_property
    def keys(self) -> Keys:
        return Keys(self.index.catalog)

    @property
    def catalog(self) -> Catalog:
        return self.index.catalog

    @property
    def dialect(self) -> str:
        return self.index.catalog.dialect
