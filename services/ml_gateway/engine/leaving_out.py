"""What is said of rows that an answer's joins leave out: "551 of 65,332 orders have no matching customer …". Pure."""

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.naming import lowered, plural, singular, table_label
from services.ml_gateway.engine.outcome import Dropping


def left_out(fact: Dropping, dropped: int, total: int, index: Index) -> str:
    """The sentence for `dropped` rows of `total`; empty where none is left out."""
    if dropped <= 0:
        return ""
    verbs = ("has", "is") if dropped == 1 else ("have", "are")
    rows = _rows(fact, index)
    counted = f"{dropped:,} of {total:,} {rows}" if total > 1 else f"The only {singular(rows)}"
    return f"{counted} {verbs[0]} {_lacking(fact, index)} and {verbs[1]} left out."


def not_counted(fact: Dropping, index: Index) -> str:
    """The sentence where nobody knows."""
    return f"Any {_rows(fact, index)} that have {_lacking(fact, index)} are left out; how many could not be counted."


def _rows(fact: Dropping, index: Index) -> str:
    return plural(lowered(table_label(fact.table, index)))


def _lacking(fact: Dropping, index: Index) -> str:
    label = lowered(table_label(fact.lacking, index))
    if not fact.upward:
        return f"no {plural(label)}"
    role = " ".join(role_words(index.catalog.relationships[fact.relationship]))
    named = singular(label)
    return f"no matching {role} {named}" if role and role != named else f"no matching {named}"
