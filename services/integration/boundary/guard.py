"""The boundary's one door: proposed SQL goes through an ordered list of passes, and new SQL comes out."""

from __future__ import annotations

from services.integration.boundary.allow.rules import rules_for
from services.integration.boundary.model import GuardedQuery, Limits, Scope
from services.integration.boundary.passes.allowed import (
    allowed_functions,
    allowed_nodes,
    allowed_types,
    bounded_tree,
    plain_literals,
)
from services.integration.boundary.passes.bounds import (
    bounded_series,
    bounded_texts,
    joined_on_something,
    no_recursion,
    plain_limits,
)
from services.integration.boundary.passes.columns import known_columns, qualified
from services.integration.boundary.passes.draft import Draft, Pass
from services.integration.boundary.passes.outputs import named_outputs
from services.integration.boundary.passes.parse import one_statement, only_query
from services.integration.boundary.passes.relations import folded_names, known_relations
from services.integration.boundary.passes.render import rendered, same_when_read_again
from services.integration.boundary.passes.rewrite import capped, is_capped, only_permitted, permitted_columns
from services.integration.boundary.passes.text import bounded_tokens, plain_characters

PASSES: tuple[Pass, ...] = (
    # The text, before any parser sees it
    plain_characters,  # first: what hides text would mislead every reader after it
    bounded_tokens,  # before the parser, which recurses
    # The tree, as proposed
    one_statement,
    bounded_tree,  # before everything that walks it
    only_query,
    no_recursion,  # before names: a recursive query's name means itself
    plain_literals,  # before the nodes are judged: what stays special is refused there
    allowed_nodes,
    allowed_functions,
    allowed_types,
    plain_limits,
    bounded_series,
    bounded_texts,
    # Its names
    folded_names,
    known_relations,
    named_outputs,  # before `qualified`, which would invent names
    qualified,
    known_columns,
    joined_on_something,  # needs to know which table a column is of
    # Its new form
    permitted_columns,
    capped,
    rendered,
    # The text that runs, judged again as if it were a stranger's
    same_when_read_again,
    allowed_nodes,
    allowed_functions,
    allowed_types,
    known_relations,
    known_columns,
    only_permitted,
    is_capped,
)


def guard(
    sql: str, scope: Scope, limits: Limits | None = None, *, passes: tuple[Pass, ...] = PASSES
) -> GuardedQuery:
    """Check `sql` against the caller's scope and render what may run instead of it.

    Raises QueryRefused, and nothing else, for every text that won't run; KeyError for a dialect without rules.
    `passes` is there for the tests that leave one out.
    """
    limits = limits or Limits()
    draft = Draft(sql=sql, scope=scope, limits=limits, rules=rules_for(scope.dialect))
    for step in passes:
        draft = step(draft)
    return GuardedQuery(
        sql=draft.rendered,
        tables=tuple(relation.qualified_name for relation in draft.read),
        max_rows=limits.max_rows,
        policy_version=scope.policy_version,
    )
