"""Tables with more around them than a header: remarks, groups of columns, drawn lines, Excel's hint."""

import pytest

from tests.files.conftest import Read

BANK = (
    "Kontonummer:;DE89370400440532013000\nZeitraum:;01.01.2024 - 31.01.2024\n\n"
    '"Buchungstag";"Zweck";"Betrag"\n"05.01.2024";"Miete, Januar";"-1.200,00"\n"16.01.2024";"Gehalt";"2.500,00"\n'
)
DRAWN = (
    "31.01.2025      Listenausgabe      1\n-------------------------\n|Material|Werk|Preis   |\n"
    "-------------------------\n|A1      |1000|   12,50|\n|B2      |1001|1.200,00|\n-------------------------\n"
)


@pytest.mark.parametrize(
    ("text", "types", "rows"),
    [
        (BANK, {"buchungstag": "date", "zweck": "text", "betrag": "decimal"}, 2),
        (DRAWN, {"material": "text", "werk": "integer", "preis": "decimal"}, 2),
        ("sep=;\na;b\n1;2,5\n3;4,5\n", {"a": "integer", "b": "decimal"}, 2),
        (
            ",2023,2023,2024\nRegion,Q1,Q2,Q1\nNorth,1,2,3\nSouth,5,6,7\n",
            {"region": "text", "column_2023_q1": "integer", "column_2023_q2": "integer", "column_2024_q1": "integer"},
            2,
        ),
        (
            "Region,Plan,,Actual,\n,Q1,Q2,Q1,Q2\nNorth,1,2,3,4\n",
            {"region": "text", "plan_q1": "integer", "plan_q2": "integer", "actual_q1": "integer",
             "actual_q2": "integer"}, 1,
        ),
        ("place,temperature,load\n,°C,kg\nA,1,2\nB,3,4\n", {"place": "text", "temperature_c": "integer",
                                                             "load_kg": "integer"}, 2),
        ("name,x,y\nAnn,k.A.,k.A.\nBob,3,4\n", {"name": "text", "x": "text", "y": "text"}, 2),  # no second header
        ("a,b\n1,2\n3,4\n\nc,d,e\n5,6,7\n8,9,10\n", {"a": "text", "b": "text", "column_3": "text"}, 5),  # nothing lost
    ],
)  # fmt: skip
def test_layout(text: str, types: dict[str, str], rows: int, read: Read) -> None:
    table = read(text).table()
    assert {column.name: str(column.type) for column in table.columns if not column.left_out} == types
    assert (table.row_count, table.broken_row_count) == (rows, 0)
