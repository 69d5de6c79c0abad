"""From text to the tree of one reading query."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp
from sqlglot.errors import ErrorLevel
from sqlglot.tokenizer_core import TokenType

from services.integration.boundary.passes.draft import PARSER_ERRORS, Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

# What a reading query begins with. The parser keeps statements that it doesn't know as opaque commands.
_BEGINNINGS = {TokenType.SELECT, TokenType.WITH, TokenType.VALUES, TokenType.L_PAREN, TokenType.TABLE, TokenType.FROM}


def one_statement(draft: Draft) -> Draft:
    """Parse in the source's dialect: one statement, at most a semicolon after it, that begins as a query does."""
    tokens = list(draft.tokens)
    if tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens.pop()
    if not tokens or any(token.token_type is TokenType.SEMICOLON for token in tokens):
        raise QueryRefused(RefusalReason.NOT_ONE_STATEMENT)
    if tokens[0].token_type not in _BEGINNINGS:
        word = tokens[0].text.upper()
        raise QueryRefused(RefusalReason.NOT_A_QUERY, word if word.isalpha() else "")
    try:
        trees = draft.rules.parser.parser(error_level=ErrorLevel.IMMEDIATE).parse(tokens, draft.sql)
    except PARSER_ERRORS:
        raise QueryRefused(RefusalReason.NOT_PARSEABLE) from None
    except RecursionError:
        raise QueryRefused(RefusalReason.TOO_COMPLEX) from None
    if len(trees) != 1 or trees[0] is None:
        raise QueryRefused(RefusalReason.NOT_ONE_STATEMENT)
    return replace(draft, tree=trees[0])


def only_query(draft: Draft) -> Draft:
    """The statement reads: SELECT, a set operation, or VALUES (which becomes a SELECT over it)."""
    tree = draft.tree
    if isinstance(tree, exp.Values) and not tree.args.get("alias"):
        return replace(draft, tree=_select_from(tree))
    if isinstance(tree, exp.Subquery) and not tree.alias:
        inner = tree.unnest()
        if all(key == "this" or not value for key, value in tree.args.items()) and isinstance(inner, exp.Query):
            return replace(draft, tree=inner.pop())
    if not isinstance(tree, exp.Select | exp.SetOperation):
        raise QueryRefused(RefusalReason.NOT_A_QUERY, tree.key.upper())
    return draft


def _select_from(values: exp.Values) -> exp.Select:
    rows = values.expressions
    width = len(rows[0].expressions) if rows and isinstance(rows[0], exp.Tuple) else 1
    columns = [exp.to_identifier(f"column{number}", quoted=True) for number in range(1, width + 1)]
    values.set("alias", exp.TableAlias(this=exp.to_identifier("rows", quoted=True), columns=columns))
    return exp.select("*").from_(values)
