"""Each text of the folder cases is read as cases/expected.yaml says."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.files.conftest import Read

CASES = Path(__file__).parent / "cases"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "expected.yaml").read_text())


def test_every_case_has_its_expectation() -> None:
    assert {path.stem for path in CASES.glob("*.csv")} == set(EXPECTED)


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_case(case: str, read: Read) -> None:
    expected = EXPECTED[case]
    outcome = read(CASES / f"{case}.csv", f"{case}.csv")
    (table,) = outcome.file.tables
    assert outcome.file.reading.delimiter == expected["delimiter"]
    assert outcome.file.reading.has_header is expected["header"]
    assert table.row_count == expected["rows"]
    assert table.name == case
    assert [[row.line, row.problem] for row in table.broken_rows] == expected.get("broken", [])
    assert table.broken_row_count == len(expected.get("broken", []))
    found = []
    for column in table.columns:
        one: dict[str, Any] = {
            "name": column.name, "type": str(column.type), "samples": list(column.sample_values[:3]),
        }  # fmt: skip
        one |= {"note": column.note} if column.note else {}
        one |= {"empty": column.empty_count} if column.empty_count else {}
        one |= {"left_out": True} if column.left_out else {}
        found.append(one)
    assert found == expected["columns"]
    assert [file.name for file in outcome.out.iterdir()] == [table.file]
