"""Questions for causes, which no query answers: "why?", "why not?", "what explains the drop in revenue?"."""

from __future__ import annotations

import re

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import table_label
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.tokens import name_words, stem, tokenize

_LEAD = r"\s*(?:(?:ok(?:ay)?|and|but|so|then|well|hmm+|can you tell me|do you know|tell me)[\s,]+)*"
_CHANGE = r"(?:drop|fall|decline|decrease|loss|dip|rise|increase|growth|jump|peak|spike|change|difference)"
_WHY = re.compile(
    rf"{_LEAD}(?:why\b|how come\b|how so\W*$|"
    r"what(?:'s| is| was| are)? (?:the )?(?:caus(?:e|es|ed|ing)|explain(?:s|ed)?|reasons?|dr(?:ove|ives|iving)|behind)"
    rf"(?: (?:of|for|behind))? (?:the|this|that|these|our)\b.{{0,40}}\b{_CHANGE}|"
    rf"explain (?:why\b|(?:the|this|that|our)\b.{{0,40}}\b{_CHANGE}))",
    re.IGNORECASE,
)
_MORE = re.compile(r"[?.!;:]\s*\w")  # "Why do customers leave? Count cancellations by reason"
_CAUSES = frozenset(("reason", "cause", "why", "motive", "explanation"))


def asks_why(text: str, index: Index) -> bool:
    """Whether it asks for causes, and nothing else. Where a named table has a column of reasons, it may be that
    which is asked for: "why were orders returned".
    """
    if not _WHY.match(text) or _MORE.search(text):
        return False
    said = {stem(word) for token in tokenize(text) for word in (token.form, token.lemma)}
    owners = [key.table for key in index.catalog.columns if _CAUSES & {*name_words(key.name)}]
    return not any(said & {stem(word) for word in name_words(table_label(table, index))} for table in owners)


def no_causes(suggestions: tuple[str, ...]) -> Refused:
    """suggestions: questions for a number split by something."""
    message = (
        "I read and reckon what your data hold, but I don't explain causes. "
        "A number split by something, or over time, often shows where a change comes from."
    )
    return Refused(RefusalReason.UNSUPPORTED, message, suggestions=suggestions)
