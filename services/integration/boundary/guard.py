"""The boundary's one door: proposed SQL goes through an ordered list of passes, and new SQL comes out."""

from __future__ import annotations

from services.integration.boundary.allow.rules import rules_for
from services.integration.boundary.model import GuardedQuery, Limits, Scope
from services.integration.boundary.passes.aliases import bounded_aliases, plain_aliases
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
    plain_limits,
)
from services.integration.boundary.passes.columns import known_columns, qualified
from services.integration.boundary.passes.draft import Draft, Pass
from services.integration.boundary.passes.names import constant_lists, plain_names
from services.integration.boundary.passes.operands import plain_operands
from services.integration.boundary.passes.outputs import distinct_outputs, named_outputs
from services.integration.boundary.passes.parse import one_statement, only_query
from services.integration.boundary.passes.recursion import bounded_recursion
from services.integration.boundary.passes.relations import folded_names, known_relations
from services.integration.boundary.passes.render import read_again, rendered, stable
from services.integration.boundary.passes.rewrite import capped, is_capped, only_permitted, permitted_columns
from services.integration.boundary.passes.text import bounded_tokens, plain_characters, plain_escapes
from services.integration.boundary.refusals import QueryRefused, RefusalReason

# What the rendered text is held to, as if a stranger had sent it.
CHECKS: tuple[Pass, ...] = (
    bounded_tree,
    allowed_nodes,
    allowed_functions,
    allowed_types,
    bounded_recursion,
    known_relations,
    known_columns,
    constant_lists,
    only_permitted,
    plain_names,
    is_capped,
)


def judging_again(checks: tuple[Pass, ...]) -> Pass:
    """A pass that reads the rendered text and holds it to the checks: what the parser and the renderer make of
    a query between them must be as harmless as what was proposed."""

    def judged_again(draft: Draft) -> Draft:
        draft = read_again(draft)
        for check in checks:
            draft = check(draft)
        return draft

    return judged_again


judged_again = judging_again(CHECKS)


PASSES: tuple[Pass, ...] = (
    # The text, before any parser sees it
    plain_characters,  # first: what hides text would mislead every reader after it
    bounded_tokens,  # before the parser, which recurses
    plain_escapes,
    # The tree, as proposed
    one_statement,
    only_query,
    bounded_tree,  # before everything that walks it
    plain_literals,  # before the nodes are judged: what stays special is refused there
    allowed_nodes,
    allowed_functions,
    allowed_types,
    plain_operands,
    plain_limits,
    bounded_series,
    bounded_texts,
    constant_lists,
    # Its names
    folded_names,
    bounded_recursion,  # needs names as they are compared
    known_relations,
    bounded_aliases,  # before `qualified`, which writes them out
    plain_aliases,
    named_outputs,  # before `qualified`, which would invent names
    qualified,
    known_columns,
    distinct_outputs,
    joined_on_something,  # needs to know which table a column is of
    # Its new form
    permitted_columns,
    capped,
    plain_names,  # when every name is in its place
    rendered,
    judged_again,
    stable,  # last: rendering may change the tree
)


def guard(sql: str, scope: Scope, limits: Limits | None = None, *, passes: tuple[Pass, ...] = PASSES) -> GuardedQuery:
    """Check `sql` against the caller's scope and render what may run instead of it.

    Raises QueryRefused, and nothing else, for every text that won't run; KeyError for a dialect without rules.
    `passes` is there for the tests that leave one out.
    """
    limits = limits or Limits()
    draft = Draft(sql=sql, scope=scope, limits=limits, rules=rules_for(scope.dialect))
    try:
        for step in passes:
            draft = step(draft)
    except RecursionError:
        raise QueryRefused(RefusalReason.TOO_COMPLEX) from None
    return GuardedQuery(
        sql=draft.rendered,
        tables=tuple(relation.qualified_name for relation in draft.read),
        max_rows=limits.max_rows,
        policy_version=scope.policy_version,
    )
