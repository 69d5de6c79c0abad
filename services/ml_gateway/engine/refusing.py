"""Refusals in words that help: what was not understood, and what there is instead."""

import re
from collections.abc import Sequence

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import table_label, words
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.tokens import TokenKind
from services.ml_gateway.engine.vocabulary import FILLER, GREETINGS, SMALL_TALK, UNSUPPORTED

_SHOWN = r"(?:\*|\w+\s*\([^)]*\)|[\w.`\"\[\]]+)(?:\s+as\s+\w+)?"  # "Select the names of those from Rome" is none
_SQL = re.compile(
    rf"[\s;'\"()]*(?:select\s+(?:distinct\s+|all\s+)?{_SHOWN}(?:\s*,\s*{_SHOWN})*\s+from\s+\S|select\s+[\d'(]|"
    r"with\s+\w+\s+as\s*\(|insert\s+into\b|update\s+\S+\s+set\b|delete\s+from\b|"
    r"(?:drop|alter|create|truncate)\s+(?:table|view|index|database|schema)\b|pragma\b)",
    re.IGNORECASE,
)
MAX_CHARACTERS, MAX_TOKENS = 4000, 120


def refuse_early(asked: Asked, index: Index) -> Refused | None:
    """What can be told before anything is linked."""
    text = asked.text
    contents = [token for token in asked.tokens if token.kind is not TokenKind.PUNCTUATION]
    if len(text) > MAX_CHARACTERS or len(asked.tokens) > MAX_TOKENS:
        return Refused(RefusalReason.TOO_LONG, "That is too long for one question. Please ask it in a sentence or two.")
    if not contents:
        return Refused(RefusalReason.EMPTY, "Please ask a question about your data.", suggestions=suggestions(index))
    letters = [character for character in text if character.isalpha()]
    latin = sum(1 for character in letters if character < "ɐ")
    if letters and latin < len(letters) / 2:
        return Refused(RefusalReason.LANGUAGE, "I read questions in English only, for now.")
    if all(t.form in GREETINGS or t.form in FILLER for t in contents) and any(t.form in GREETINGS for t in contents):
        message = "Hello! Ask me about your data, for example how many there are of something, or a number by month."
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=suggestions(index))
    if _SQL.match(text):
        message = "That is SQL, and I read questions in plain words. Say what you want to know, or run it as a query."
        return Refused(RefusalReason.UNSUPPORTED, message, suggestions=suggestions(index))
    return None


def unplaced(candidate: Candidate, asked: Asked, index: Index) -> Refused:
    return unexplained(candidate.unplaced, bool(candidate.links), asked, index)


def unexplained(positions: Sequence[int], linked: bool, asked: Asked, index: Index) -> Refused:
    """The words that nothing in the catalog explains decide the reason. linked: whether it explains any others."""
    found = tuple(asked.tokens[position].text for position in positions)
    forms = {asked.tokens[position].form for position in positions}
    constructs = sorted({UNSUPPORTED[form] for form in forms if form in UNSUPPORTED})
    if constructs:
        message = f"I understand that you ask for {' and '.join(constructs)}, but I can't answer that yet."
        return Refused(RefusalReason.UNSUPPORTED, message, found)
    if not linked or forms & SMALL_TALK:
        message = "I can only answer questions about your data, and I found none of it in this one."
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, found, suggestions(index))
    quoted = ", ".join(f"“{word}”" for word in found)
    message = f"I could not find anything in your data for {quoted}."
    return Refused(RefusalReason.NO_SUCH_DATA, message, found, suggestions(index))


def not_confident(candidate: Candidate, asked: Asked, index: Index) -> Refused:
    message = "I am not sure enough what you mean. Please name what you are after as it is called in your data."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=suggestions(index))


def suggestions(index: Index) -> tuple[str, ...]:
    """Up to three questions that this catalog answers, made from its own names."""
    found = [f"{words(metric.label or metric.name)} by month" for metric in index.catalog.metrics[:2]]
    tables = sorted(index.catalog.tables, key=lambda table: -(table.row_count or 0))
    found += [f"how many {table_label(table.key, index)} are there" for table in tables]
    return tuple(found[:3])
