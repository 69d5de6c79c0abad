"""The corpus `sql_guard`: statements with verdicts, over the tables of `fixture.sql` beside it.

A line of category `mask` that is allowed counts as expected where the rendered SQL reads no masked column: its
rows then can't depend on masked values. Masked columns are given to the guard as columns that aren't the caller's.
"""

import json
import re
from pathlib import Path

from sqlglot import exp, parse

from services.integration.boundary.allow.rules import rules_for
from services.integration.boundary.guard import guard
from services.integration.boundary.model import ColumnType, GuardedQuery, Relation, Scope
from services.integration.boundary.refusals import QueryRefused
from tests.security.outcome import Outcome

_MASKED = re.compile(r"^-- Masked for role \w+: (.+)$", re.MULTILINE)
_TENANT = re.compile(r"^-- Current tenant = (\w+)", re.MULTILINE)


def run(folder: Path) -> tuple[list[Outcome], int]:
    """Outcomes, and how many lines were skipped because their dialect has no rules yet."""
    fixture = (folder / "fixture.sql").read_text()
    lines = [json.loads(line) for line in (folder / "sql_guard.jsonl").read_text().split("\n") if line.strip()]
    outcomes = [_judge(line, fixture) for line in lines if _known(line["dialect"])]
    return outcomes, len(lines) - len(outcomes)


def _known(dialect: str) -> bool:
    try:
        rules_for(dialect)
    except KeyError:
        return False
    return True


def _judge(line: dict[str, str], fixture: str) -> Outcome:
    must_refuse = line["verdict"] == "refuse"
    scope = _scope(line["dialect"], fixture)
    try:
        guarded = guard(line["sql"], scope)
    except QueryRefused as refusal:
        expected, said = must_refuse, f"{refusal.reason}: {refusal.message}"
    else:
        harmless = line["category"] == "mask" and not _reads(guarded, line["dialect"], _masked(fixture))
        expected, said = not must_refuse or harmless, guarded.sql
    return Outcome(line["id"], f"{line['dialect']}/{line['category']}", must_refuse, expected, said)


def _reads(guarded: GuardedQuery, dialect: str, masked: set[tuple[str, str]]) -> bool:
    """Whether a masked column stands anywhere in the rendered SQL, by its name alone: the safe side."""
    names = {column for _, column in masked}
    trees = [tree for tree in parse(guarded.sql, read=dialect) if tree]
    return any(name.name in names for tree in trees for name in tree.find_all(exp.Identifier))


def _masked(fixture: str) -> set[tuple[str, str]]:
    """Pairs of table and column out of the fixture's head: `customers.email, .phone; employees.salary`."""
    found = _MASKED.search(fixture)
    pairs = set()
    table = ""
    for part in re.split(r"[,;]", found[1]) if found else ():
        before, _, column = part.strip().partition(".")
        table = before or table
        pairs.add((table, column))
    return pairs


def _scope(dialect: str, fixture: str) -> Scope:
    masked = _masked(fixture)
    tenant = _TENANT.search(fixture)
    schema = tenant[1] if tenant else "public"
    relations = []
    for tree in parse(fixture, read="postgres"):
        if not isinstance(tree, exp.Create):
            continue
        table = tree.find(exp.Table)
        assert table is not None
        columns = [ColumnType(d.name, d.args["kind"].sql()) for d in tree.find_all(exp.ColumnDef)]
        relations.append(Relation(schema, table.name, tuple(c for c in columns if (table.name, c.name) not in masked)))
    return Scope(dialect, tuple(relations), "corpus", (schema,))  # type: ignore[arg-type]
