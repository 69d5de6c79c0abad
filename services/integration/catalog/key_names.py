"""How far a column's name says which table it points to, 0 to 1. Pure; general habits of naming alone.

customer_id → customers.id, customers.customer_id     1.0   the table's name and a key's ending, or the key's name
billing_customer_id → customers.id                    0.9   the same with a part that it plays
category_id → product_categories.id                   0.75  the last word of the table's name
cust_id → customers.id                                0.75  a beginning of the name
dept_no → departments.no                              0.7   letters of the name in order
country → countries.code                              0.7   no ending at all
manager_id → employees.id, in employees               0.7   a part that rows play for each other
"""

from __future__ import annotations

import re

from services.integration.catalog.words import singular, words

ENDINGS = frozenset("id key code no nr num number uuid guid fk ref uid pk".split())
_GENERIC = ENDINGS | {"name", "title", "label", "description", "type", "status", "value", "date", "abbreviation"}
_AMONG_THEMSELVES = frozenset(
    """parent manager supervisor mentor boss superior leader predecessor successor previous next original replace
    replaced reply referrer root ancestor duplicate chief head""".split()
)
_IDENTITIES = frozenset("ssn isbn issn ean upc vin sku imo iata icao iso".split())
_FORMER = frozenset("fk ref the".split())
_SHORTEST = 3
_PART = 0.6


def name_score(column: str, table: str, key: str, *, own: bool) -> float:
    """How far `column` names the table whose key column is `key`; own: the column is of that table itself."""
    said, target, key_words = _stripped(words(column)), _bare(words(table)), words(key)
    if own:
        return _within(said, key_words)
    stem, ending = _parted(said)
    key_stem, _ = _parted(key_words)
    if said == key_words and _initialled(said, target):
        return 1.0
    if said == key_words and ending and stem:
        return 1.0 if names_table(stem, target) >= _PART else 0.9
    if not stem or (not ending and _counts(column)):
        return 0.0
    best = names_table(stem, target)
    if key_stem and key_stem != target:  # a key that is called otherwise than its table: stu_id of students
        best = max(best, 0.95 if stem == key_stem else 0.85 if _ends_with(stem, key_stem) else 0.0)
    return best if ending else min(best, 0.7)


def names_table(stem: tuple[str, ...], table: tuple[str, ...]) -> float:
    """How far these words are the table's name."""
    if not stem or not table:
        return 0.0
    joined, whole = "".join(stem), "".join(table)
    if stem == table or joined == whole:
        return 1.0
    if _ends_with(stem, table):
        return 0.9
    if stem[-1] == table[-1] and len(stem) <= len(table):
        return 0.75
    if len(table) == 1 and len(joined) >= _SHORTEST and whole.startswith(joined):
        return 0.75
    if len(stem) == len(table) and all(_short_for(a, b) for a, b in zip(stem, table, strict=True)):
        return 0.7
    if len(stem) == 1 < len(table) and len(joined) == len(table) and joined == "".join(word[0] for word in table):
        return 0.6
    if len(stem[-1]) >= _SHORTEST and table[-1].startswith(stem[-1]) and len(stem) > 1:
        return 0.6
    return 0.0


def like_a_key(column: str, table: str) -> float:
    """How far a column's name says that it identifies its table's rows: id and table_id 1, code and no less."""
    named, target = words(column), _bare(words(table))
    if _initialled(named, target):
        return 1.0
    stem, ending = _parted(named)
    if not ending:
        return 0.6 if named == target or (named and named[-1] in _IDENTITIES) else 0.0
    certain = 1.0 if ending in ("id", "uuid", "guid", "key", "pk", "uid") else 0.8
    if not stem:
        return certain
    return certain * max(0.5 if certain == 1.0 else 0.0, names_table(stem, target))


def is_generic(key: str) -> bool:
    """Whether the name alone says nothing of what is identified: id, code, name."""
    return set(words(key)) <= _GENERIC


def _within(said: tuple[str, ...], key: tuple[str, ...]) -> float:
    stem, ending = _parted(said)
    if said == key:
        return 0.0
    if set(stem) & _AMONG_THEMSELVES:
        return 0.7 if ending or len(stem) == 1 else 0.6
    if said == ("report", "to") or said[:2] == ("report", "to"):
        return 0.7
    key_stem, _ = _parted(key)
    return 0.85 if ending and key_stem and len(stem) > len(key_stem) and _ends_with(stem, key_stem) else 0.0


def _parted(named: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Words before the key's ending, and the ending; "" if there is none. `custid` counts as `cust_id`."""
    if not named:
        return (), ""
    last = named[-1]
    if last in ENDINGS:
        return named[:-1], last
    for ending in ("id", "no", "code", "key"):
        if last.endswith(ending) and len(last) - len(ending) >= _SHORTEST and ending in ("id", "code"):
            return (*named[:-1], last[: -len(ending)]), ending
    return named, ""


def _initialled(named: tuple[str, ...], table: tuple[str, ...]) -> bool:
    """Whether it is the table's first letter or two with an ending: cid of courses, dno of departments."""
    if len(named) != 1 or not table:
        return False
    for ending in ("id", "no"):
        start = named[0].removesuffix(ending)
        if start != named[0] and 1 <= len(start) <= 2:
            return table[0].startswith(start) or start == "".join(word[0] for word in table)
    return False


def _counts(column: str) -> bool:
    """Whether the last word is a plural, as of things counted: home_games."""
    last = re.findall(r"[^\W_]+", re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", column).lower())[-1:]
    return bool(last) and singular(last[0]) != last[0]


def _stripped(named: tuple[str, ...]) -> tuple[str, ...]:
    """Without what only says that it refers, and without the number of a second or third reference: club_id_2."""
    while len(named) > 1 and named[0] in _FORMER:
        named = named[1:]
    return named[:-1] if len(named) > 1 and named[-1].isdigit() else named


def _bare(named: tuple[str, ...]) -> tuple[str, ...]:
    """A table's name without what says only that it is one: dim_customer, tbl_orders, status_codes, city_master."""
    before = {"dim", "fact", "fct", "tbl", "tb", "t", "stg", "ref", "lkp", "lookup", "mst", "raw", "vw"}
    behind = {"code", "lookup", "master", "table", "list", "dim", "tbl", "mst"}
    named = named[1:] if len(named) > 1 and named[0] in before else named
    return named[:-1] if len(named) > 1 and named[-1] in behind else named


def _ends_with(named: tuple[str, ...], end: tuple[str, ...]) -> bool:
    return len(named) > len(end) and named[-len(end) :] == end


def _short_for(short: str, word: str) -> bool:
    """Whether `short` is `word`, its beginning, or some of its letters in order from the first on (dept, qty)."""
    if word.startswith(short):
        return True
    if len(short) < _SHORTEST or short[0] != word[0] or len(short) * 3 < len(word):
        return False
    rest = iter(word)
    return all(letter in rest for letter in short)
