"""A row of totals at a table's end: left out if it says that it is one and the arithmetic proves it.

Kept, it would double every sum that is ever made of the table.
"""
# ruff: noqa: S608  (the SQL is ours; names and texts of the file pass through quoted() and literal())

import csv
import re
from collections.abc import Sequence
from pathlib import Path

from services.integration.catalog.model import ColumnType
from services.integration.files.choosing import Choice
from services.integration.files.duck import Duck, Row, Telling

PROBLEM = "a row of totals, left out"
_TAIL = 64 * 1024
_LABEL = re.compile(
    r"(grand |overall |report |sub-?)?totals?|total (g[eé]n[eé]ral|geral)|sums?|(gesamt|end|zwischen)?summe|gesamt"
    r"|insgesamt|somme|totale|suma|totaal|totalt|yhteensä|razem|celkem|összesen|toplam|итого|всего|合計|总计|合计",
    re.IGNORECASE,
)
_NUMBERS = frozenset({ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.NUMBER})


def labelled(cells: Sequence[str]) -> bool:
    """Whether a row says that it is one of totals."""
    return any(_LABEL.fullmatch(cell.strip().rstrip(":").strip("*= ")) for cell in cells)


def last_record(path: Path, delimiter: str) -> list[str]:
    """The last row of a delimited UTF-8 text, read from its end."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        lines = file.read().decode("utf-8", "replace").splitlines()
    last = next((line for line in reversed(lines) if line.strip(f'{delimiter} \t"')), "")
    try:
        return next(csv.reader([last], delimiter=delimiter), [])
    except csv.Error:
        return []


def body_and_last(relation: str, row_count: int) -> tuple[str, str]:
    """Relations of all rows but the last, and of the last."""
    return f"(FROM {relation} LIMIT {row_count - 1})", f"(FROM {relation} LIMIT 1 OFFSET {row_count - 1})"


def proves(duck: Duck, body: str, last: str, choices: Sequence[Choice], cells: Sequence[str]) -> Telling[bool]:
    """Whether most numbers of the last row, one that isn't zero among them, are the sums of their columns.

    `cells` are SQL of the text that each choice reads.
    """
    numbers = [at for at, choice in enumerate(choices) if choice.type in _NUMBERS]
    if not numbers:
        return False
    inner = ", ".join(f"{cells[at]} AS x{at}" for at in numbers)
    values = {at: f"try_cast({choices[at].sql} AS DOUBLE)" for at in numbers}
    sums = ", ".join(f"coalesce(sum({value}), 0), coalesce(sum(abs({value})), 0)" for value in values.values())
    totals = ", ".join(values.values())
    (summed,) = yield from duck.run(f"SELECT {sums} FROM (SELECT {inner} FROM {body})", "checking the totals", 0.1, 0.1)
    (total,) = yield from duck.run(
        f"SELECT {totals} FROM (SELECT {inner} FROM {last})", "checking the totals", 0.1, 0.1
    )
    return _agree(total, summed)


def _agree(totals: Row, sums: Row) -> bool:
    given = [(total, *sums[2 * at : 2 * at + 2]) for at, total in enumerate(totals) if total is not None]
    same = [total for total, summed, size in given if abs(total - summed) <= 1e-9 * max(size, abs(total))]
    return any(same) and len(same) * 2 > len(given)
