"""Whether something typed is a statement of SQL and not a question."""

import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

_MOST_CHARACTERS = 5000
_DIALECTS = ("postgres", "mysql")  # between them they quote names as every dialect does
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.DPipe)
_SHOWN = r"(?:\*|\w+\s*\([^)]*\)|[\w.`\"\[\]]+)(?:\s+as\s+\w+)?"  # "Select the names of those from Rome" is none
_READING = (
    rf"select\s+(?:distinct\s+|all\s+|top\s+\d+\s+)?{_SHOWN}(?:\s*,\s*{_SHOWN})*\s+from\s+\S",
    r"select\s+[\d'(]",
    # Also what can't be parsed, which then is explained: no English sentence calls a function
    r"select\s+(?:distinct\s+)?(?:sum|count|avg|min|max|round|coalesce|cast|[a-z]+_\w+)\(",
    r"with\s+(?:recursive\s+)?\w+\s+as\s*\(",
)
_OTHER = (
    r"insert\s+into\b",
    r"update\s+\S+\s+set\b",
    r"delete\s+from\b",
    r"merge\s+into\b",
    r"(?:drop|alter|create|truncate)\s+(?:table|view|index|database|schema|user|role)\b",
    r"(?:grant|revoke)\s+\w+(?:\s*,\s*\w+)*\s+on\b",
    r"(?:exec|execute)\s+\w*[_.]\w+",
    r"(?:pragma|attach\s+database|vacuum|call\s+\w+\s*\()\b",
    r"explain\s+(?:analyze\s+|query\s+plan\s+)?(?:select|with|insert|update|delete)\b",
)
_BEFORE = r"[\s;'\"()]*"
_QUERY = re.compile(f"{_BEFORE}(?:{'|'.join(_READING)})", re.IGNORECASE)
_STATEMENT = re.compile(f"{_BEFORE}(?:{'|'.join((*_READING, *_OTHER))})", re.IGNORECASE)
_BEGUN = re.compile(r"[\s;(]*(?:select|with)\b", re.IGNORECASE)
_AS = re.compile(r"\sas\s", re.IGNORECASE)
# "Select customers from Leeds" is English; what is below is in no English sentence.
_SIGNS = re.compile(
    r"[*=<>()`\";]|\b(?:group|order)\s+by\b|\b(?:inner|left|cross)\s+join\b|\blimit\s+\d|\bunion\b", re.IGNORECASE
)


def is_sql(text: str) -> bool:
    """Whether the text is a statement of SQL, of any kind."""
    return is_query(text) or (bool(_STATEMENT.match(text)) and _is_written_so(text))


def is_query(text: str) -> bool:
    """Whether the text is a SELECT, which could be run as it stands."""
    if _QUERY.match(text) and _is_written_so(text):
        return True
    return bool(_BEGUN.match(text)) and any(_is_parsed(text, dialect) for dialect in _DIALECTS)


def _is_written_so(text: str) -> bool:
    return bool(_SIGNS.search(text)) or not _QUERY.match(text)


def _is_parsed(text: str, dialect: str) -> bool:
    """Whether it is a query of the dialect and no English sentence that happens to be one as well: "select customers
    from Leeds", "select revenue - cost from last year"."""
    try:
        trees = sqlglot.parse(text[:_MOST_CHARACTERS], dialect=dialect)
    except (SqlglotError, RecursionError, ValueError):
        return False
    tree = trees[0] if trees else None
    if not isinstance(tree, exp.Query):
        return False
    if _SIGNS.search(text) or tree.find(exp.Identifier) is None:  # "select 1"
        return True
    plain = not any(table.alias for table in tree.find_all(exp.Table)) or bool(_AS.search(text))
    return plain and tree.find(exp.From) is not None and tree.find(*_ARITHMETIC) is not None
