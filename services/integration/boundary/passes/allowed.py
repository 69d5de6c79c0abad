"""The closed lists: kinds of nodes with their arguments, functions, types."""

from __future__ import annotations

from sqlglot import exp

from services.integration.boundary.allow.common import JOIN_KINDS, JOIN_SIDES, WORDS
from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def bounded_tree(draft: Draft) -> Draft:
    """Bound the tree's size and depth: everything after this walks it, some of it recursively."""
    nodes, deepest = 0, 0
    stack: list[tuple[exp.Expr, int]] = [(draft.tree, 1)]
    while stack:
        node, depth = stack.pop()
        nodes, deepest = nodes + 1, max(deepest, depth)
        stack.extend((child, depth + 1) for child in node.iter_expressions())
    if nodes > draft.limits.max_nodes or deepest > draft.limits.max_tree_depth:
        raise QueryRefused(RefusalReason.TOO_COMPLEX, f"{nodes} parts, {deepest} levels deep")
    return draft


def plain_literals(draft: Draft) -> Draft:
    """Dollar-quoted and escape strings become ordinary ones; escapes that could be read two ways are refused."""
    for node in list(draft.tree.find_all(exp.RawString, exp.ByteString, exp.National)):
        text = node.name
        if isinstance(node, exp.ByteString) and ("\\" in text or not text.isascii()):
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "an escape string with backslashes")
        node.replace(exp.Literal.string(text))
    return draft


def allowed_nodes(draft: Draft) -> Draft:
    """Every node that isn't a function is of a listed kind, and only its listed arguments are filled."""
    for node in draft.tree.walk():
        arguments = draft.rules.nodes.get(type(node))
        if arguments is None:
            if isinstance(node, exp.Func | exp.Connector) or type(node) in draft.rules.functions:
                continue  # allowed_functions judges these
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, _name(node))
        for key, value in node.args.items():
            if value and key not in arguments:
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, f"{_name(node)} {key.strip('_').upper()}")
        if refused := _ill_used(node):
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, refused)
    return draft


def _ill_used(node: exp.Expr) -> str:
    """What is wrong with a node of a listed kind, if anything."""
    if isinstance(node, exp.Join) and not (node.side in JOIN_SIDES and node.kind in JOIN_KINDS):
        return f"{node.side} {node.kind} JOIN".strip()
    if isinstance(node, exp.Var) and node.name.upper() not in WORDS:
        return node.name
    if isinstance(node, exp.Lateral) and not isinstance(node.this, exp.Subquery):
        return "LATERAL over a function"
    if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Select | exp.Column | exp.Count):
        return "* inside an expression"
    whole_row = isinstance(node, exp.Column) and isinstance(node.this, exp.Star)
    if whole_row and not isinstance(node.parent, exp.Select):
        return "a table's * inside an expression"
    return ""


def allowed_functions(draft: Draft) -> Draft:
    """Functions are of the dialect's list, by the parser's class or, for others, by name."""
    for node in draft.tree.walk():
        if isinstance(node, exp.Anonymous):
            if not isinstance(node.this, str) or node.name.lower() not in draft.rules.named_functions:
                raise QueryRefused(RefusalReason.FUNCTION_REFUSED, str(node.this).lower())
        elif isinstance(node, exp.Func) and type(node) not in draft.rules.nodes:
            if type(node) in draft.rules.series and isinstance(node.parent, exp.Table):
                continue
            if type(node) not in draft.rules.functions:
                raise QueryRefused(RefusalReason.FUNCTION_REFUSED, _name(node).lower())
    return draft


def allowed_types(draft: Draft) -> Draft:
    """Casts go to plain types only: a cast to regclass asks the catalog, one to xml parses a document."""
    for node in draft.tree.find_all(exp.DataType, exp.ObjectIdentifier, exp.PseudoType):
        if node.this not in draft.rules.types:
            raise QueryRefused(RefusalReason.TYPE_REFUSED, str(getattr(node.this, "value", node.this)).lower())
    return draft


def _name(node: exp.Expr) -> str:
    if isinstance(node, exp.Func):
        return node.sql_name() if node.sql_names() else node.key
    return node.key.upper()
