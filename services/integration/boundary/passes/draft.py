"""What the passes hand to one another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token

from services.integration.boundary.allow.rules import DialectRules
from services.integration.boundary.model import Limits, Relation, Scope


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed query on its way. The tree belongs to the draft alone; passes may change it in place.

    nodes: all of the tree, parents first, for the passes that judge node by node; `bounded_tree` fills it.
    read: the relations found in the tree with the columns used of each; filled by the passes that resolve them.
    rendered: the text that may run; empty until it is rendered.
    """

    sql: str
    scope: Scope
    limits: Limits
    rules: DialectRules
    tokens: tuple[Token, ...] = ()
    tree: exp.Expr = field(default_factory=exp.Null)
    nodes: tuple[exp.Expr, ...] = ()
    read: tuple[Relation, ...] = ()
    rendered: str = ""


# sqlglot raises errors of its own; the rest are its slips on odd texts, and mean the same to the asker.
PARSER_ERRORS = (SqlglotError, ValueError, TypeError, AttributeError, LookupError, AssertionError)

Pass = Callable[[Draft], Draft]
