"""From the checked tree to the text that runs, and the proof that this text is read as what was checked."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp
from sqlglot.errors import ErrorLevel

from services.integration.boundary.passes.draft import PARSER_ERRORS, Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def rendered(draft: Draft) -> Draft:
    """Render from the tree, with every name quoted and without comments."""
    return replace(draft, rendered=_text(draft, draft.tree))


def read_again(draft: Draft) -> Draft:
    """Parse the rendered text: the checks after this judge the tree of what will run."""
    try:
        trees = draft.rules.parser.parse(draft.rendered, error_level=ErrorLevel.IMMEDIATE)
    except PARSER_ERRORS:
        raise QueryRefused(RefusalReason.NOT_STABLE) from None
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise QueryRefused(RefusalReason.NOT_STABLE)
    return replace(draft, tree=trees[0])


def stable(draft: Draft) -> Draft:
    """What was read again renders to the same text; else the parser and the renderer disagree about something."""
    if _text(draft, draft.tree) != draft.rendered:
        raise QueryRefused(RefusalReason.NOT_STABLE)
    return draft


def _text(draft: Draft, tree: exp.Expr) -> str:
    try:  # the tree isn't needed after it is rendered: rendering may change it
        return str(
            tree.sql(draft.rules.parser, comments=False, identify=True, unsupported_level=ErrorLevel.RAISE, copy=False)
        )
    except PARSER_ERRORS:
        raise QueryRefused(RefusalReason.NOT_STABLE) from None
    except RecursionError:
        raise QueryRefused(RefusalReason.TOO_COMPLEX) from None
