"""What a statement is and whether it may run, by the engine's own parser; and where an INSERT's data begins."""

import re
from dataclasses import dataclass
from typing import Protocol

from cli.stores.clickhouse.errors import (
    NOT_IMPLEMENTED,
    QUERY_IS_TOO_LARGE,
    SYNTAX_ERROR,
    Refused,
    denied,
)

READS, WRITES = "READ_ONLY", "MUTATING"
# Table functions that read nothing but this store and their own arguments.
TABLE_FUNCTIONS = frozenset(
    "numbers numbers_mt zeros zeros_mt primes values generateseries generate_series generaterandom null view "
    "viewifpermitted merge format loop input mergetreeindex mergetreeprojection viewexplain".split()
)
# Functions, wherever they stand: they reach files, programs, the interpreter or the network.
FUNCTIONS = re.compile(
    r"^(file|filesystem|python|executable|eval|arrowstream|dictionary|catboostevaluate|evalmlmethod"
    r"|ai[a-z]+|url|remote|remotesecure|cluster|clusterallreplicas|input"
    r"|.*cluster|s3|gcs|oss|cosn|hdfs|hudi|iceberg.*|deltalake.*|paimon.*|azure.*|odbc|jdbc|mysql|postgresql|mongodb"
    r"|redis|sqlite|bigquery|ytsaurus|fuzz.*)$",
)
_INSERT_ALLOWS = frozenset(("input",))
_KILL = re.compile(r"\s*KILL\s+QUERY\s+WHERE\s+query_id\s*=\s*'([^'\\]{1,200})'\s*(?:SYNC|ASYNC)?\s*;?\s*", re.I)
_TOKEN = re.compile(
    r"(?P<space>\s+|--[^\n]*|#[ !][^\n]*|/\*.*?\*/)"
    r"|(?P<text>'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`(?:[^`\\]|\\.|``)*`)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<other>.)",
    re.DOTALL,
)


class Parser(Protocol):
    """The engine's parser."""

    def classify(self, statement: str) -> tuple[str, int]: ...
    def tree(self, statement: str) -> str: ...


@dataclass(frozen=True)
class Insert:
    """An INSERT whose data follows it: the statement without its FORMAT, the format, where the data begins."""

    statement: str
    format: str
    data_at: int


@dataclass(frozen=True)
class Statement:
    """What may run. `format` is the one it names itself, `kills` the id of the query it ends."""

    writes: bool
    # The engine gives results block by block for these alone.
    selects: bool = False
    format: str | None = None
    kills: str | None = None


def read(text: str, parser: Parser) -> Statement:
    """What the statement is.

    Raises:
        Refused: it may not run here, or is no single statement.
        EngineFailed: the parser's own words about a syntax error.
    """
    kind, count = parser.classify(text)
    if count > 1:
        raise Refused(SYNTAX_ERROR, "SYNTAX_ERROR", "Multi-statements are not allowed.")
    tree = parser.tree(text)  # fails where the text is no statement at all
    if tree.startswith("KillQueryQuery"):
        return Statement(writes=False, kills=_killed(text))
    if kind not in (READS, WRITES):
        raise denied("This kind of statement")
    _check(tree)
    if "log_comment" in text and "Set\n" in tree:
        raise denied("The setting log_comment")  # by it a query is found that is to be ended
    return Statement(kind == WRITES, tree.startswith("Select"), _format(tree, text))


def insert(text: str) -> Insert | None:
    """The head of an INSERT … FORMAT name or INSERT … VALUES with nothing behind; None for everything else."""
    first, depth, target = True, 0, ""
    for token in _TOKEN.finditer(text):
        word = (token["word"] or "").upper()
        if first and not token["space"]:
            if word != "INSERT":
                return None
            first = False
        elif token["other"] in ("(", "[", "{"):
            depth += 1
        elif token["other"] in (")", "]", "}"):
            depth -= 1
        elif depth == 0 and word in ("SELECT", "WITH", "WATCH"):
            return None
        elif depth == 0 and word == "VALUES":
            return (
                Insert(text[: token.start()], "Values", token.end()) if not text[token.end() :].strip(" ;\n") else None
            )
        elif depth == 0 and word == "FORMAT" and target != ".":
            return _with_format(text, token.start(), token.end())
        if not token["space"]:
            target = token[0]
    return None


def _with_format(text: str, clause: int, end: int) -> Insert:
    name = re.compile(r"\s+([A-Za-z][A-Za-z0-9_]*)[ \t]*;?(?:\r?\n|[ \t\r]|$)?").match(text, end)
    if not name:
        raise Refused(SYNTAX_ERROR, "SYNTAX_ERROR", "Syntax error: a format's name is expected after FORMAT.")
    return Insert(text[:clause], name[1], name.end())


def check_insert(head: Insert, parser: Parser) -> None:
    """Raises:
    Refused: it may not run here.
    """
    text = f"{head.statement} FORMAT {head.format}"
    kind, count = parser.classify(text)
    tree = parser.tree(text)
    if kind != WRITES or count != 1:
        raise denied("This kind of statement")
    _check(tree)


def too_long() -> Refused:
    return Refused(QUERY_IS_TOO_LARGE, "QUERY_IS_TOO_LARGE", "The statement is too long.")


def _check(tree: str) -> None:
    """The tree is a line a node, its depth the number of spaces before it."""
    above = ""
    inserting = tree.startswith("InsertQuery")
    for line in tree.split("\n"):
        node = line.strip(" ")
        kind, _, name = node.partition(" ")
        if kind == "Function":
            called = name.partition(" ")[0].lower()
            in_table = above == "TableExpression"
            if in_table and called not in TABLE_FUNCTIONS:
                raise denied(f"The table function {_shown(called)}")
            if FUNCTIONS.match(called) and not (inserting and called in _INSERT_ALLOWS):
                raise denied(f"The function {_shown(called)}")
        elif inserting and kind == "Literal" and line.startswith(" Literal"):
            raise denied("FROM INFILE")
        above = kind


def _shown(called: str) -> str:
    return called if called.isascii() and called.replace("_", "").isalnum() else "of this name"


def _format(tree: str, text: str) -> str | None:
    """The outermost node's last name is the format, where the text says so too."""
    names = [line.removeprefix(" Identifier ") for line in tree.split("\n") if line.startswith(" Identifier ")]
    named = bool(names) and re.search(rf"\bFORMAT\s+{re.escape(names[-1])}\b", text, re.I)
    return names[-1] if named else None


def _killed(text: str) -> str:
    found = _KILL.fullmatch(text)
    if not found:
        raise Refused(
            NOT_IMPLEMENTED, "NOT_IMPLEMENTED", "A query is ended here by: KILL QUERY WHERE query_id = 'its id'."
        )
    return found[1]
