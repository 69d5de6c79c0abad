"""The closed lists: kinds of nodes with their arguments, functions, types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from services.integration.boundary.allow.common import JOIN_KINDS, JOIN_SIDES, WORDS
from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def bounded_tree(draft: Draft) -> Draft:
    """Bound the tree's size and depth: everything after this walks it, some of it recursively."""
    nodes: list[exp.Expr] = []
    level, depth = [draft.tree], 0
    while level:
        nodes += level
        depth += 1
        if len(nodes) > draft.limits.max_nodes or depth > draft.limits.max_tree_depth:
            raise QueryRefused(RefusalReason.TOO_COMPLEX, f"over {len(nodes)} parts or {depth} levels")
        level = [child for node in level for child in node.iter_expressions()]
    return replace(draft, nodes=tuple(nodes))


def plain_literals(draft: Draft) -> Draft:
    """Dollar-quoted and escape strings become ordinary ones; escapes that could be read two ways are refused."""
    nodes = list(draft.nodes)
    for number, node in enumerate(nodes):
        if isinstance(node, exp.RawString | exp.ByteString | exp.National):
            text = node.name
            if isinstance(node, exp.ByteString) and ("\\" in text or not text.isascii()):
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "an escape string with backslashes")
            nodes[number] = node.replace(exp.Literal.string(text))
    return replace(draft, nodes=tuple(nodes))


def allowed_nodes(draft: Draft) -> Draft:
    """Every node that isn't a function is of a listed kind, and only its listed arguments are filled."""
    allowed = draft.rules.nodes
    for node in draft.nodes:
        arguments = allowed.get(type(node))
        if arguments is None:
            if isinstance(node, exp.Func | exp.Connector) or type(node) in draft.rules.functions:
                continue  # allowed_functions judges these
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, _name(node))
        for key, value in node.args.items():
            if value and key not in arguments:
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, f"{_name(node)} {key.strip('_').upper()}")
        judge = _USES.get(type(node))
        if judge and (refused := judge(node)):
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, refused)
    return draft


_SOURCES = (exp.Table, exp.Subquery, exp.Values, exp.Lateral)


def _join(node: exp.Expr) -> str:
    assert isinstance(node, exp.Join)
    if node.side in JOIN_SIDES and node.kind in JOIN_KINDS:
        return _from(node)
    return f"{node.side} {node.kind} JOIN".strip()


def _from(node: exp.Expr) -> str:
    return "" if isinstance(node.this, _SOURCES) else f"{_name(node)} of something that isn't a table or query"


def _subquery(node: exp.Expr) -> str:
    return "" if isinstance(node.this, exp.Query | exp.Subquery) else "parentheses round a table"


def _word(node: exp.Expr) -> str:
    return "" if node.name.upper() in WORDS else node.name


def _lateral(node: exp.Expr) -> str:
    return "" if isinstance(node.this, exp.Subquery) else "LATERAL over a function"


def _star(node: exp.Expr) -> str:
    return "" if isinstance(node.parent, exp.Select | exp.Column | exp.Count) else "* inside an expression"


def _column(node: exp.Expr) -> str:
    whole_row = isinstance(node.this, exp.Star) and not isinstance(node.parent, exp.Select)
    return "a table's * inside an expression" if whole_row else ""


# What is wrong with a node of a listed kind, if anything.
_USES: dict[type[exp.Expr], Callable[[exp.Expr], str]] = {
    exp.From: _from,
    exp.Join: _join,
    exp.Subquery: _subquery,
    exp.Var: _word,
    exp.Lateral: _lateral,
    exp.Star: _star,
    exp.Column: _column,
}


# Functions that the parser knows by their name alone; the last two are ClickHouse's, as in sumIf(…), quantile(…)(…).
_NAMED = (exp.Anonymous, exp.AnonymousAggFunc, exp.ParameterizedAgg)


def allowed_functions(draft: Draft) -> Draft:
    """Functions are of the dialect's list, by the parser's class or, for others, by name."""
    known = draft.rules.nodes.keys() | draft.rules.functions
    for node in draft.nodes:
        table = node.parent if isinstance(node, exp.Func) and isinstance(node.parent, exp.Table) else None
        if table is not None:
            if type(node) not in draft.rules.series or table.db:
                raise QueryRefused(RefusalReason.FUNCTION_REFUSED, f"{_name(node).lower()} as a table")
        elif isinstance(node, _NAMED):
            if not isinstance(node.this, str) or node.name.lower() not in draft.rules.named_functions:
                raise QueryRefused(RefusalReason.FUNCTION_REFUSED, str(node.this).lower())
        elif isinstance(node, exp.Func) and type(node) not in known:
            raise QueryRefused(RefusalReason.FUNCTION_REFUSED, _name(node).lower())
    return draft


def allowed_types(draft: Draft) -> Draft:
    """Casts go to plain types only: a cast to regclass asks the catalog, one to xml parses a document."""
    for node in draft.nodes:
        typed = isinstance(node, exp.DataType | exp.ObjectIdentifier | exp.PseudoType)
        if typed and node.this not in draft.rules.types:
            raise QueryRefused(RefusalReason.TYPE_REFUSED, str(getattr(node.this, "value", node.this)).lower())
    return draft


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Func):
        return node.sql_name() if node.sql_names() else node.key
    return node.key.upper()
