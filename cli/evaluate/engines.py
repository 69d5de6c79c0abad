"""Which functions prepare a catalog and plan a question. A variable of the environment may name another plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from cli.ask.exits import UsageProblem
from cli.evaluate.conversation import Plan
from services.ml_gateway.engine import Index
from services.ml_gateway.engine.model import Catalog

PREPARE, PLAN = "services.ml_gateway.engine:prepare", "services.ml_gateway.engine:plan"


@dataclass(frozen=True, slots=True)
class EngineNames:
    """What a new process can be told: functions as module:function, and the bar of confidence; None is the engine's."""

    prepare: str = PREPARE
    plan: str = PLAN
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """prepare: a catalog's index, once per catalog; plan: how a question over it ends."""

    prepare: Callable[[Catalog], Index]
    plan: Plan


def chosen(environment: Mapping[str, str]) -> EngineNames:
    """The engine, or what INFINURE_EVALUATE_PREPARE and INFINURE_EVALUATE_PLAN name in its place."""
    return EngineNames(
        environment.get("INFINURE_EVALUATE_PREPARE", PREPARE), environment.get("INFINURE_EVALUATE_PLAN", PLAN)
    )


def loaded(names: EngineNames) -> Engine:
    """Raises UsageProblem where there is no such function."""
    plan = _function(names.plan)
    return Engine(_function(names.prepare), plan if names.bar is None else partial(plan, bar=names.bar))


def _function(named: str) -> Any:
    module, _, name = named.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        raise UsageProblem(f"There is no function {named[:100]}.", "Name it as module:function.") from None
