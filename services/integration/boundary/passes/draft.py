"""What the passes hand to one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.tokenizer_core import Token

from services.integration.boundary.allow.rules import DialectRules
from services.integration.boundary.model import Limits, Relation, Scope


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed query on its way. The tree belongs to the draft alone; passes may change it in place.

    read: the relations found in the tree with the columns used of each; filled by the passes that resolve them.
    rendered: the text that may run; empty until it is rendered.
    """

    sql: str
    scope: Scope
    limits: Limits
    rules: DialectRules
    tokens: tuple[Token, ...] = ()
    tree: exp.Expr = field(default_factory=exp.Null)
    read: tuple[Relation, ...] = ()
    rendered: str = ""


Pass = Callable[[Draft], Draft]
