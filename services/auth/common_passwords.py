"""Which passwords are guessed first: the 30,000 most common ones in their usual disguises, sequences, repetitions, and
what the account itself is called by.

Every word of a list is met in the forms in which people hide it: case, letters written as digits (`P@ssw0rd`), digits
and symbols put around it (`Summer2026!`). What is put around is no disguise from eight characters on.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from zxcvbn.frequency_lists import FREQUENCY_LISTS

# What the list of passwords lacks, being none of its time or place.
_MORE = frozenset(
    "january february march april june july august september october november december "
    "autumn tuesday wednesday thursday administrator changeit company temporary default infinure".split()
)
_PRODUCT = "infinure"
_SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS = tuple(run for one in _SEQUENCES for run in (one, one[::-1]))
_LEET = ({"1": "i"}, {"1": "l"})
_ALWAYS = {"@": "a", "4": "a", "3": "e", "0": "o", "5": "s", "$": "s", "7": "t", "!": "i"}
_TABLES = tuple(str.maketrans(_ALWAYS | one) for one in _LEET)
SHORTEST_WORD = 4
LONGEST_AROUND = 7


def is_common(password: str) -> bool:
    """Whether the password is one of the list or a sequence, disguised or not."""
    return any(form in _words() or _is_run(form) for form in _forms(password) if len(form) >= SHORTEST_WORD)


def repeats(password: str, longest_unit: int) -> bool:
    """Whether the password, less what stands around it, is one unit of at most so many characters over and over."""
    return any(
        len(form) > unit and form == (form[:unit] * (len(form) // unit + 1))[: len(form)]
        for form in _forms(password)
        if len(form) >= 2 * SHORTEST_WORD
        for unit in range(1, longest_unit + 1)
    )


def holds_word(password: str, words: Iterable[str]) -> bool:
    """Whether a word of at least four letters or digits stands in the password, whatever is put between them."""
    plain = {_plain(password), *(_plain(password.casefold().translate(table)) for table in _TABLES)}
    wanted = {_plain(word) for word in (*words, _PRODUCT)}
    return any(word in form for word in wanted if len(word) >= SHORTEST_WORD for form in plain)


def _forms(password: str) -> Iterator[str]:
    """The password in lower case, less symbols and digits around it, and each of these with digits read as letters."""
    folded = password.casefold()
    bare = (folded, _less(folded, "PSZ"), _less(folded, "PSZN", behind_alone=True), _less(folded, "PSZN"))
    for form in bare:
        if len(folded) - len(form) <= LONGEST_AROUND:
            yield form
            yield from (form.translate(table) for table in _TABLES)


def _less(text: str, classes: str, behind_alone: bool = False) -> str:
    """The text without characters of these Unicode classes before (unless `behind_alone`) and behind it."""
    begin, end = 0, len(text)
    while end and unicodedata.category(text[end - 1])[0] in classes:
        end -= 1
    while not behind_alone and begin < end and unicodedata.category(text[begin])[0] in classes:
        begin += 1
    return text[begin:end]


def _is_run(form: str) -> bool:
    return any(form in run for run in _RUNS)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


@cache
def _words() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"]) | _MORE
