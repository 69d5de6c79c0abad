"""Names as words: what a person would read in `CustomerAddresses`, `customer_address` or `custAddrID`."""

from __future__ import annotations

import re
from functools import lru_cache

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "mice": "mouse", "feet": "foot",
    "geese": "goose", "teeth": "tooth", "indices": "index", "matrices": "matrix", "vertices": "vertex",
    "analyses": "analysis", "bases": "base", "crises": "crisis", "criteria": "criterion", "data": "datum",
    "media": "medium", "staff": "staff", "series": "series", "species": "species", "news": "news", "movies": "movie",
    "cookies": "cookie", "ties": "tie", "wives": "wife", "lives": "life", "knives": "knife", "shelves": "shelf",
    "halves": "half", "leaves": "leaf", "thieves": "thief",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def words(name: str) -> tuple[str, ...]:
    """The words of an identifier in lower case, singular: "OrderLines" is ("order", "line")."""
    spaced = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name)
    spaced = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", spaced)
    return tuple(singular(word) for word in re.findall(r"[^\W_]+", spaced.lower()))


def singular(word: str) -> str:
    """An English noun's singular, by rule; words that aren't plurals stay as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(("ss", "us", "is", "os")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
