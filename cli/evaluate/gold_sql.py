"""What is to be known of SQL written by hand, by its text alone: SQLite takes more than a parser does. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Texts and quoted names, comments, brackets, words; each of the rest by itself.
_PIECE = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?\*/|\w+|\s+|.", re.DOTALL)
_NOW_LITERALS = frozenset({"'now'", '"now"'})
_CLOCK = re.compile(r"\b(date|datetime)\(\s*\)", re.IGNORECASE)


def is_ordered(sql: str) -> bool:
    """Whether the statement as a whole orders its rows."""
    depth = 0
    before = ""
    for piece in _pieces(sql):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth -= 1
        elif depth == 0 and piece.lower() == "by" and before == "order":
            return True
        before = piece.lower()
    return False


def as_of(sql: str, now: str) -> str:
    """The statement with the moment in place of the clock; "" leaves it as it is. A bare date is at noon."""
    if not now:
        return sql
    day = now[:10]
    moment = now.replace("T", " ") if len(now) > len(day) else f"{day} 12:00:00"
    fixed = {"current_timestamp": f"'{moment}'", "current_date": f"'{day}'", "current_time": f"'{moment[11:]}'"}
    pieces = (
        f"'{moment}'" if piece.lower() in _NOW_LITERALS else fixed.get(piece.lower(), piece)
        for piece in _PIECE.findall(sql)
    )
    return _CLOCK.sub(lambda called: f"'{day if called[1].lower() == 'date' else moment}'", "".join(pieces))


def _pieces(sql: str) -> Iterator[str]:
    """Without spaces and comments."""
    return (piece for piece in _PIECE.findall(sql) if not piece.isspace() and not piece.startswith(("--", "/*")))
