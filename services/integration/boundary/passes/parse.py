"""From text to the tree of one reading query."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def one_statement(draft: Draft) -> Draft:
    """Parse in the source's dialect: one statement, at most a semicolon after it."""
    text = draft.sql.rstrip()
    try:
        trees = draft.rules.parser().parse(text, error_level=ErrorLevel.IMMEDIATE)
    except (SqlglotError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        # sqlglot raises ParseError; the rest are its slips on odd texts, and mean the same to the asker.
        raise QueryRefused(RefusalReason.NOT_PARSEABLE) from None
    except RecursionError:
        raise QueryRefused(RefusalReason.TOO_COMPLEX) from None
    statements = [tree for tree in trees if tree is not None and not isinstance(tree, exp.Semicolon)]
    if len(statements) != 1 or len(trees) > 2:
        raise QueryRefused(RefusalReason.NOT_ONE_STATEMENT)
    return _with_tree(draft, statements[0])


def only_query(draft: Draft) -> Draft:
    """The statement reads: SELECT, a set operation, or VALUES (which becomes a SELECT over it)."""
    tree = draft.tree
    if isinstance(tree, exp.Values) and not tree.args.get("alias"):
        return _with_tree(draft, _select_from(tree))
    if isinstance(tree, exp.Subquery) and not tree.alias:
        inner = tree.unnest()
        if all(key == "this" or not value for key, value in tree.args.items()) and isinstance(inner, exp.Query):
            return _with_tree(draft, inner.pop())
    if not isinstance(tree, exp.Select | exp.SetOperation):
        raise QueryRefused(RefusalReason.NOT_A_QUERY, tree.key.upper())
    return draft


def _select_from(values: exp.Values) -> exp.Select:
    rows = values.expressions
    width = len(rows[0].expressions) if rows and isinstance(rows[0], exp.Tuple) else 1
    columns = [exp.to_identifier(f"column{number}", quoted=True) for number in range(1, width + 1)]
    values.set("alias", exp.TableAlias(this=exp.to_identifier("rows", quoted=True), columns=columns))
    return exp.select("*").from_(values)


def _with_tree(draft: Draft, tree: exp.Expr) -> Draft:
    from dataclasses import replace

    return replace(draft, tree=tree)
