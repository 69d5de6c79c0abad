"""The words after `infinure ask`: which are files or a database's URL, and which is the question."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cli.ask.exits import UsageProblem
from cli.ask.urls import DatabaseUrl, parse_url

SUFFIXES = frozenset(
    ".csv .tsv .tab .txt .json .jsonl .ndjson .parquet .pq .xlsx .xlsm .xlsb .xls .ods .sqlite .sqlite3 .db .db3 "
    ".gz .zip".split()
)
_EXAMPLE = 'For example: infinure ask sales.csv "revenue by month"'


@dataclass(frozen=True, slots=True)
class Files:
    """Files that are asked together, as one source."""

    paths: tuple[Path, ...]


Target = Files | DatabaseUrl


def parse(words: Sequence[str]) -> tuple[Target, str | None]:
    """The source and the question; None where there is no question. Raises UsageProblem."""
    if question := _unquoted(words):
        before = " ".join(shlex.quote(word) for word in words[: len(words) - len(question.split(" "))])
        raise UsageProblem("The question needs quotes around it.", f'Write: infinure ask {before} "{question}"')
    *named, last = words
    if not last.strip():
        raise UsageProblem("The question is empty." if named else "The name of the file is empty.", _EXAMPLE)
    if named and not _is_target(last):
        return _target(named), last
    if not named and not _is_target(last) and any(character.isspace() for character in last.strip()):
        raise UsageProblem("There is nothing to ask that: name a file or a database's URL first.", _EXAMPLE)
    return _target(words), None


def _unquoted(words: Sequence[str]) -> str:
    """The question whose quotes were forgotten: single words behind what is asked, none of them named like a file."""
    first = next((place for place, word in enumerate(words) if not _is_target(word)), len(words))
    rest = words[first:]
    single = all(len(word.split()) == 1 and not _is_target(word) for word in rest)
    return " ".join(rest) if first and len(rest) > 1 and single else ""


def _is_target(word: str) -> bool:
    """Whether the last word names something to ask, rather than asking."""
    if "://" in word.split(" ", 1)[0]:
        return True
    with suppress(OSError):  # longer than any name: a question
        if Path(word).exists() or (word.startswith("~/") and Path(word).expanduser().exists()):
            return True
    return not any(character.isspace() for character in word) and Path(word).suffix.lower() in SUFFIXES


def _target(words: Sequence[str]) -> Target:
    urls = [word for word in words if "://" in word]
    if not urls:
        return Files(tuple(_file(word) for word in words))
    if len(words) > 1:
        raise UsageProblem("A database is asked alone.", "Name one URL, or files, not both.")
    parsed = parse_url(urls[0])
    return Files((_file(str(parsed)),)) if isinstance(parsed, Path) else parsed


def _file(word: str) -> Path:
    if word == "-":
        raise UsageProblem("Standard input is read for questions, not for data.", f"Save it as a file. {_EXAMPLE}")
    path = Path(word)
    try:
        if word.startswith("~") and not path.exists():  # in quotes no shell has put the home folder there
            path = path.expanduser()
        if path.is_dir():
            raise UsageProblem(f"{word} is a folder.", f"Name the files in it, for example: {word.rstrip('/')}/*.csv")
        if not path.exists():
            raise UsageProblem(f"No such file: {word}", f"Check the path. {_EXAMPLE}")
        if not path.is_file():
            raise UsageProblem(f"{word} is not a regular file.", "Save what it gives as a file and name that.")
    except (OSError, RuntimeError):  # nobody's home, a name too long, a loop of links, a folder that may not be entered
        raise UsageProblem(f"{word[:200]} can't be looked at.", "Check the path and its rights.") from None
    return path
