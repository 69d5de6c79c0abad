"""Names of result columns, as the database itself would give them."""

from __future__ import annotations

from collections import Counter

from sqlglot import exp

from services.integration.boundary.passes.draft import Draft
from services.integration.boundary.refusals import QueryRefused, RefusalReason

_AS_WRITTEN = {"timestamptrunc": "date_trunc", "timetostr": "to_char", "groupconcat": "string_agg", "pow": "power",
               "logicalor": "bool_or", "logicaland": "bool_and", "currenttimestamp": "now",
               "strposition": "position", "arraysize": "array_length"}  # fmt: skip


def named_outputs(draft: Draft) -> Draft:
    """Give every computed result column a name before sqlglot would call it `_col_0`.

    A name that several columns would share gets a number, so that nothing can refer to one of them by chance.
    """
    for select in draft.tree.find_all(exp.Select):
        unnamed = [item for item in select.expressions if not isinstance(item, exp.Alias | exp.Column | exp.Star)]
        names = [_name(item) for item in unnamed]
        taken = {item.alias_or_name for item in select.expressions if isinstance(item, exp.Alias | exp.Column)}
        counts = Counter(names)
        numbers: Counter[str] = Counter()
        for item, name in zip(unnamed, names, strict=True):
            unique = name
            if counts[name] > 1 or name in taken:
                numbers[name] += 1
                unique = f"{name}_{numbers[name]}"
            item.replace(exp.Alias(this=item.copy(), alias=exp.to_identifier(unique, quoted=True)))
    return draft


def distinct_outputs(draft: Draft) -> Draft:
    """Where two results of one name are an error (`SELECT a.id, b.id` is not, as it is proposed), the later ones of
    the whole query get a number. A result that is used by its name keeps it alone, or the query is refused."""
    if not draft.rules.aliases_everywhere:
        return draft
    for select in draft.tree.find_all(exp.Select):
        seen: Counter[str] = Counter()
        used = {column.name for column in select.find_all(exp.Column) if not column.table}
        for item in select.expressions:
            name = item.alias_or_name
            seen[name] += 1
            if seen[name] == 1:
                continue
            if select.parent is not None or name in used or not isinstance(item, exp.Alias):
                raise QueryRefused(RefusalReason.NAME_AMBIGUOUS, name, column=name)
            item.set("alias", exp.to_identifier(f"{name}_{seen[name]}", quoted=True))
    return draft


def _name(item: exp.Expr) -> str:
    node = item
    while isinstance(node, exp.Paren | exp.Window | exp.Filter | exp.WithinGroup | exp.IgnoreNulls | exp.Cast):
        node = node.this
    if isinstance(node, exp.Column):
        return node.name
    if isinstance(node, exp.Subquery):
        first = node.unnest().expressions[:1]
        return (first[0].alias_or_name if first else "") or "column"
    if isinstance(node, exp.Anonymous):
        return node.name.lower()
    if isinstance(node, exp.Func) and not isinstance(node, exp.Connector):
        return _AS_WRITTEN.get(node.key, node.sql_names()[0].lower())
    return "column"
