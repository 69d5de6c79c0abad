"""Periods as they were named, and the dates that they are about, in words for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import column_label, lowered
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.query.model import During, Field
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.vocabulary import DATE_ENDINGS, DATE_NOUNS, IRREGULAR_PARTICIPLES

_PLAIN = (
    "last ",
    "this ",
    "since ",
    "after ",
    "before ",
    "until ",
    "next ",
    "the last ",
    "the next ",
    "same ",
)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a question, where they are known, the periods that it names, and the day on which it was asked."""

    text: str = ""
    times: tuple[TimeMention, ...] = ()
    today: date | None = None


def span_name(one: During, said: Said) -> str:
    """ "Last quarter", "2025"; the first and the last day where nothing names the period."""
    for time in said.times:
        if time.span and (time.span.start, time.span.end) == (one.start, one.end):
            return time.span.label.removeprefix("the ")
    return days(one.start, one.end).removeprefix("in ")


def period(one: During, said: Said) -> str:
    """ "Last quarter", "in 2025", "from January to March 2025"."""
    named = any(time.span and (time.span.start, time.span.end) == (one.start, one.end) for time in said.times)
    if not named:
        return days(one.start, one.end)
    label = span_name(one, said)
    if " of " in label and label.startswith(("first ", "second ", "third ", "fourth ", "last ")):
        return f"in the {label}"
    if label.startswith(_PLAIN) or label.endswith((" ago", " to date")) or label in ("today", "yesterday", "tomorrow"):
        return f"in the {label}" if label.startswith(("last ", "next ")) and label.endswith("s") else label
    if " to " in label:
        return f"from {label}"
    day = one.start and one.end and (one.end - one.start).days == 1
    return f"on {label}" if day else f"in {label}"


def days(start: date | None, end: date | None) -> str:
    """Whole years by their number, else the first and the last day."""
    if start and end and (start.month, start.day, end.month, end.day) == (1, 1, 1, 1) and end.year == start.year + 1:
        return f"in {start.year}"
    last = end - timedelta(days=1) if end else None
    if start and last:
        return f"on {start}" if start == last else f"from {start} to {last}"
    return f"since {start}" if start else f"until {last}"


def dated(field: Field, index: Index) -> str:
    """What people call a date: its label, or "order date" for ordered_at."""
    label = index.catalog.columns[field.key].label
    if label and not _is_done(label.lower().split()[0]):
        return lowered(label)
    words = [word for word in name_words(label or field.key.name) if word not in DATE_ENDINGS - {"day"}]
    if not words or words == ["day"]:
        return "date"
    phrase = " ".join(words)
    return phrase if words[-1] == "day" else f"{DATE_NOUNS.get(phrase, phrase)} date"


def verb_said(field: Field, index: Index, said: Said) -> str:
    """The question's own participle, where the date is called by it: "signed up"."""
    verb = done_word(field, index)
    return verb if verb and f" {verb} " in f" {said.text.lower()} " else ""


def done_word(field: Field, index: Index) -> str:
    """What is done at a moment that is called by it: "delivered" of delivered_at; nothing of any other column."""
    if not index.catalog.columns[field.key].data_type.temporal:
        return ""
    named = name_words(index.catalog.columns[field.key].label or column_label(field.key, index))
    words = [word for word in named if word not in DATE_ENDINGS]
    return " ".join(words) if words and _is_done(words[0]) else ""


def _is_done(word: str) -> bool:
    return word.endswith("ed") or word in IRREGULAR_PARTICIPLES
