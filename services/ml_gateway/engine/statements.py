"""Whether something typed is a statement of SQL and not a question."""

import re

_SHOWN = r"(?:\*|\w+\s*\([^)]*\)|[\w.`\"\[\]]+)(?:\s+as\s+\w+)?"  # "Select the names of those from Rome" is none
_READING = (
    rf"select\s+(?:distinct\s+|all\s+|top\s+\d+\s+)?{_SHOWN}(?:\s*,\s*{_SHOWN})*\s+from\s+\S",
    r"select\s+[\d'(]",
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
# "Select customers from Leeds" is English; what is below is in no English sentence.
_SIGNS = re.compile(
    r"[*=<>()`\";]|\b(?:group|order)\s+by\b|\b(?:inner|left|cross)\s+join\b|\blimit\s+\d|\bunion\b", re.IGNORECASE
)


def is_sql(text: str) -> bool:
    """Whether the text is a statement of SQL, of any kind."""
    return bool(_STATEMENT.match(text)) and _is_written_so(text)


def is_query(text: str) -> bool:
    """Whether the text is a SELECT, which could be run as it stands."""
    return bool(_QUERY.match(text)) and _is_written_so(text)


def _is_written_so(text: str) -> bool:
    return bool(_SIGNS.search(text)) or not _QUERY.match(text)
