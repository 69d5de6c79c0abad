"""What comments of tables and columns say of other names and of values, where they say it in a usual form."""

from __future__ import annotations

import re

_ALSO = re.compile(
    r"\b(?:a\.?k\.?a\.?|also (?:known as|called|named)|synonyms?(?: are| is)?|alias(?:es)?)\s*[:=]?\s*"
    r"([^.;()\n]{2,120})",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:,|/|\bor\b|\band\b)\s*", re.IGNORECASE)
_VALUE = re.compile(
    r"""(?:^|[\s,;:(\[])['"]?([\w.+-]{1,40})['"]?\s*(?:=>|->|=|:)\s*['"]?([^\W\d][^,;.()\[\]'"=:\n]{1,60})"""
)
_MOST_WORDS = 4


def other_names(comment: str) -> tuple[str, ...]:
    """ "Clients (also called buyers or accounts)" names "buyers" and "accounts"."""
    found = [name.strip(" \"'`") for match in _ALSO.finditer(comment) for name in _PARTS.split(match.group(1))]
    plain = [name for name in found if 2 <= len(name) <= 80 and len(name.split()) <= _MOST_WORDS and name.isprintable()]
    return tuple(dict.fromkeys(plain))[:10]


def spelled_values(comment: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a stored value and its meaning: "1 = open, 2 = closed"; only where there are two or more."""
    found: dict[str, str] = {}
    for value, said in _VALUE.findall(comment):
        words = " ".join(said.split())
        if len(words.split()) <= _MOST_WORDS and words.casefold() != value.casefold():
            found.setdefault(value, words)
    return tuple(found.items()) if len(found) > 1 else ()
