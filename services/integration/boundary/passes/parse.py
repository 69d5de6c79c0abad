"""From text to the tree of one reading query."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

# What a reading query begins with. The parser keeps what it doesn't know as an opaque command, and logs its text:
# such statements never reach it.
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
    _refuse_writing_with(tokens, draft.rules.parser.parser_class.STATEMENT_PARSERS)
    try:
        trees = draft.rules.parser().parser(error_level=ErrorLevel.IMMEDIATE).parse(tokens, draft.sql)
    except (SqlglotError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        # sqlglot raises ParseError; the rest are its slips on odd texts, and mean the same to the asker.
        raise QueryRefused(RefusalReason.NOT_PARSEABLE) from None
    except RecursionError:
        raise QueryRefused(RefusalReason.TOO_COMPLEX) from None
    if len(trees) != 1 or trees[0] is None:
        raise QueryRefused(RefusalReason.NOT_ONE_STATEMENT)
    return replace(draft, tree=trees[0])


def _refuse_writing_with(tokens: list[Token], statements: Container[TokenType]) -> None:
    """The body of a WITH query is a statement of its own to the parser, with opaque commands and all."""
    for before, opening, first in zip(tokens, tokens[1:], tokens[2:], strict=False):
        body = before.text.upper() in ("AS", "MATERIALIZED") and opening.token_type is TokenType.L_PAREN
        if body and first.token_type in statements and first.token_type not in _BEGINNINGS:
            raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, f"{first.text.upper()} inside WITH")


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
