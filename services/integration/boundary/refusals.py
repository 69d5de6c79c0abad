"""Why a proposed query is refused: a closed list, each reason with a sentence that a person can act on."""

from __future__ import annotations

from enum import StrEnum


class RefusalReason(StrEnum):
    """Reasons, finer than the contract's; `contract_reason` gives the name that goes over the wire."""

    CHARACTERS_REFUSED = "CHARACTERS_REFUSED"
    NOT_PARSEABLE = "NOT_PARSEABLE"
    NOT_ONE_STATEMENT = "NOT_ONE_STATEMENT"
    NOT_A_QUERY = "NOT_A_QUERY"
    CONSTRUCT_REFUSED = "CONSTRUCT_REFUSED"
    FUNCTION_REFUSED = "FUNCTION_REFUSED"
    TYPE_REFUSED = "TYPE_REFUSED"
    RELATION_UNKNOWN = "RELATION_UNKNOWN"
    COLUMN_UNKNOWN = "COLUMN_UNKNOWN"
    NAME_AMBIGUOUS = "NAME_AMBIGUOUS"
    TOO_COMPLEX = "TOO_COMPLEX"
    NOT_BOUNDED = "NOT_BOUNDED"
    NOT_STABLE = "NOT_STABLE"

    @property
    def contract_reason(self) -> str:
        """The ErrorReason of infinure.error.v1, without its prefix."""
        return _CONTRACT[self]


_CONTRACT = {
    RefusalReason.CHARACTERS_REFUSED: "QUERY_NOT_UNDERSTOOD",
    RefusalReason.NOT_PARSEABLE: "QUERY_NOT_UNDERSTOOD",
    RefusalReason.NOT_ONE_STATEMENT: "QUERY_CONSTRUCT_REFUSED",
    RefusalReason.NOT_A_QUERY: "QUERY_CONSTRUCT_REFUSED",
    RefusalReason.CONSTRUCT_REFUSED: "QUERY_CONSTRUCT_REFUSED",
    RefusalReason.FUNCTION_REFUSED: "QUERY_CONSTRUCT_REFUSED",
    RefusalReason.TYPE_REFUSED: "QUERY_CONSTRUCT_REFUSED",
    RefusalReason.RELATION_UNKNOWN: "QUERY_RELATION_UNKNOWN",
    RefusalReason.COLUMN_UNKNOWN: "QUERY_RELATION_UNKNOWN",
    RefusalReason.NAME_AMBIGUOUS: "QUERY_RELATION_UNKNOWN",
    RefusalReason.TOO_COMPLEX: "QUERY_TOO_COMPLEX",
    RefusalReason.NOT_BOUNDED: "QUERY_TOO_COMPLEX",
    RefusalReason.NOT_STABLE: "QUERY_NOT_UNDERSTOOD",
}

_ACTION = {
    RefusalReason.CHARACTERS_REFUSED: "the query holds characters that may hide text: retype it in plain characters",
    RefusalReason.NOT_PARSEABLE: "the query can't be read in the source's SQL dialect: check its syntax",
    RefusalReason.NOT_ONE_STATEMENT: "send exactly one statement",
    RefusalReason.NOT_A_QUERY: "only reading queries are run: SELECT, VALUES, WITH … SELECT and their set operations",
    RefusalReason.CONSTRUCT_REFUSED: "this construct isn't allowed: rewrite the query without it",
    RefusalReason.FUNCTION_REFUSED: "this function isn't on the list of allowed functions: use another",
    RefusalReason.TYPE_REFUSED: "values can't be cast to this type: cast to a plain number, text, date or time type",
    RefusalReason.RELATION_UNKNOWN: "there is no such table in your catalog: choose one that is listed there",
    RefusalReason.COLUMN_UNKNOWN: "there is no such column: name columns of the tables in the query",
    RefusalReason.NAME_AMBIGUOUS: "the name fits more than one thing: put the schema or the table's alias before it",
    RefusalReason.TOO_COMPLEX: "the query is too long or too deeply nested: split it or shorten its lists",
    RefusalReason.NOT_BOUNDED: "the query could grow without bound: join tables on keys, keep series and texts short",
    RefusalReason.NOT_STABLE: "the query isn't read the same way twice: write the unusual part more plainly",
}


class QueryRefused(Exception):
    """The query won't run. metadata holds only names out of the query itself, never data or catalog entries."""

    def __init__(self, reason: RefusalReason, subject: str = "", /, **metadata: str) -> None:
        self.reason = reason
        self.subject = subject[:120]
        self.message = f"{self.subject}: {_ACTION[reason]}" if subject else _ACTION[reason]
        self.metadata = {key: value[:120] for key, value in metadata.items()}
        super().__init__(self.message)
