"""Names that people can type, from what files call things."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

LONGEST = 63  # characters: the shortest limit of the databases that a table may be loaded into


def identifier(text: str, otherwise: str) -> str:
    """A lower snake-case identifier of letters (of any script), digits and underscores; else `otherwise`."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1_\2", text)
    text = text.replace("%", " percent ").replace("#", " number ").replace("&", " and ")
    # Marks belong to the letters of many scripts (vowel signs), so they stay with them.
    kept = "".join(one if one.isalnum() or unicodedata.category(one).startswith("M") else "_" for one in text.lower())
    name = re.sub(r"_+", "_", kept).strip("_")[:LONGEST].rstrip("_")
    if not name:
        return otherwise
    return name if not name[0].isdigit() else f"{otherwise.rstrip('0123456789').rstrip('_')}_{name}"[:LONGEST]


def unique(names: Iterable[str]) -> list[str]:
    """The names, those that came before (in any case of letters) with _2, _3, … behind."""
    wanted = list(names)
    taken: set[str] = set()
    first = {name.casefold() for name in wanted}
    found = []
    for name in wanted:
        fresh, number = name, 1
        while fresh.casefold() in taken or (number > 1 and fresh.casefold() in first):
            number += 1
            ending = f"_{number}"
            fresh = name[: LONGEST - len(ending)] + ending
        taken.add(fresh.casefold())
        found.append(fresh)
    return found


def column_names(origins: Iterable[str]) -> list[str]:
    """Names of a table's columns, in order."""
    return unique(identifier(origin, f"column_{at}") for at, origin in enumerate(origins, 1))


def file_stem(file_name: str) -> str:
    """A file's name without folders and endings, as far as it has any."""
    name = PurePosixPath(file_name.replace("\\", "/")).name
    return re.sub(r"(\.[A-Za-z0-9]{1,8}){1,2}$", "", name) or name
