"""Names and lists that a database would take for more than they are."""

from __future__ import annotations

from sqlglot import exp

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason


def plain_names(draft: Draft) -> Draft:
    """Where `"a.b"` is read as a.b, no name that the query makes holds a dot: a WITH query called "public.sales"
    would stand in for the table. Quotes and backslashes have no place in such a name either."""
    if not draft.rules.plain_names:
        return draft
    for name in draft.tree.find_all(exp.Identifier):
        made = isinstance(name.parent, exp.TableAlias) or (isinstance(name.parent, exp.Alias) and not _own(name.parent))
        if made and set(name.name) & set("\\\"`'."):
            raise QueryRefused(RefusalReason.CHARACTERS_REFUSED, name.name)
    return draft


def _own(alias: exp.Alias) -> bool:
    """A column under the name that it has in the catalog, which may hold dots (ClickHouse's nested columns)."""
    return isinstance(alias.this, exp.Column) and alias.this.name == alias.alias


def constant_lists(draft: Draft) -> Draft:
    """Where `x IN (name)` could mean a table of that name, the lists of IN hold no names."""
    if not draft.rules.constant_lists:
        return draft
    for node in draft.tree.find_all(exp.In):
        for item in node.expressions:
            if item.find(exp.Column, exp.Query):
                raise QueryRefused(RefusalReason.CONSTRUCT_REFUSED, "IN with names in its list")
    return draft
