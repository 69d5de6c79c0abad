"""Questions to learn from over catalogs that are no mere files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from cli.training.rows import Open
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.training.known import Known


@dataclass(frozen=True, slots=True)
class Own:
    """Catalogs by name, questions over them, and what opens their rows in SQLite, by the same names."""

    catalogs: Mapping[str, Catalog]
    questions: tuple[Known, ...]
    open: Open


def loaded(name: str) -> Own:
    """What a function, "module:function", gives."""
    module, _, function = name.partition(":")
    found: Callable[[], Own] = getattr(import_module(module), function)
    return found()
