"""The command prints the figures of what it is given, and fails where something isn't as expected."""

import json
from pathlib import Path

import pytest

from tests.security.__main__ import main

FIXTURE = """-- Current tenant = mine (on the search path); other tenant = theirs
-- Masked for role analyst: people.email
CREATE TABLE people (id int, name text, email text);
"""
LINES = [
    ("postgres", "SELECT name FROM people", "allow", "basic"),
    ("postgres", "SELECT * FROM people", "refuse", "mask"),
    ("postgres", "SELECT email FROM people", "refuse", "mask"),
    ("postgres", "SELECT * FROM theirs.people", "refuse", "tenant"),
    ("mongodb", "{}", "refuse", "mixed"),
]


def corpus(folder: Path, *more: tuple[str, str, str, str]) -> Path:
    (folder / "fixture.sql").write_text(FIXTURE)
    rows = [
        {"id": str(number), "dialect": dialect, "sql": sql, "verdict": verdict, "category": category}
        for number, (dialect, sql, verdict, category) in enumerate([*LINES, *more])
    ]
    (folder / "sql_guard.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return folder


def test_figures_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(corpus(tmp_path)), "--only", "sql_guard", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["sql_guard"]
    assert (found["total"], found["skipped"], found["refuse_recall"], found["allow_pass"]) == (4, 1, 100.0, 100.0)
    assert found["failures"] == []


def test_a_failure_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corpus(tmp_path, ("postgres", "SELECT name FROM people", "refuse", "basic"))
    assert main(["--corpus", str(folder), "--only", "sql_guard", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["sql_guard"]
    assert found["failures"] == ["5"]
    assert found["refuse_recall"] == 75.0


def test_a_table_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--corpus", str(corpus(tmp_path)), "--only", "sql_guard"]) == 0
    printed = capsys.readouterr().out
    assert "4 judged, 1 skipped" in printed
    assert "postgres/mask" in printed


@pytest.mark.parametrize(
    ("name", "lines", "failures"),
    [
        (
            "passwords",
            [
                {"password": "Kestrel-Nest-41", "verdict": "accept", "nist_asvs_verdict": "accept"},
                {"password": "kestrel", "verdict": "refuse", "nist_asvs_verdict": "refuse"},
                {"password": "Kestrel-Nest-41", "verdict": "refuse", "nist_asvs_verdict": "refuse"},
                {"password": "Kestrel Nest 41", "verdict": "policy", "nist_asvs_verdict": "policy"},
            ],
            ["2"],
        ),
        (
            "totp",
            [
                {"kind": "rfc4226", "counter": 0, "code": "755224", "expect": "accept"},
                {"kind": "case", "time": 59, "code": "287082", "expect": "accept"},
                {"kind": "case", "time": 59, "code": "287082", "expect": "refuse", "name": "the same code again"},
                {"kind": "case", "time": 59, "code": "287082", "expect": "refuse", "name": "another"},
                {"kind": "scenario", "expect": "one counter"},
            ],
            ["3"],
        ),
    ],
)
def test_corpora_of_identity_are_counted_and_what_has_its_own_tests_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, lines: list[dict[str, object]], failures: list[str]
) -> None:
    rows = [{"id": str(i), "digits": 6, "secret_ascii": "12345678901234567890"} | row for i, row in enumerate(lines)]
    (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert main(["--corpus", str(tmp_path), "--only", name, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)[name]
    assert found["failures"] == failures
    assert (found["total"], found["as_expected"], found["skipped"]) == (len(lines) - 1, len(lines) - 2, 1)
