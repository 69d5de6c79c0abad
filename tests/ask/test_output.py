"""What standard output and standard error hold: for people, for pipes, for programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ask import data
from tests.ask.running import NOW, Asker
from tests.ask.terminal import Terminal

KEYS = {
    "outcome", "question", "sentence", "columns", "rows", "row_count", "truncated", "sql", "chart", "interpretation",
    "assumptions", "notices", "options", "reason", "suggestions", "receipt", "timings",
}  # fmt: skip


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    return data.plain_csv(tmp_path)


def test_the_document_of_an_answer(ask: Asker, deliveries: Path) -> None:
    ended = ask.json(deliveries, "total amount by city")
    found = ended.document
    assert ended.code == 0
    assert set(found) == KEYS
    assert found["outcome"] == "answered"
    assert [(column["type"], column["measure"]) for column in found["columns"]] == [("text", False), ("decimal", True)]
    assert all(isinstance(amount, str) for _, amount in found["rows"])
    assert (found["row_count"], found["truncated"]) == (4, False)
    assert found["sql"].startswith("SELECT")
    assert found["chart"]["kind"] == "bar"
    assert found["receipt"]["dialect"] == "duckdb"
    assert found["receipt"]["tables"] == ["main.deliveries"]
    assert found["receipt"]["row_counts"] == {"main.deliveries": 200}
    assert found["receipt"]["reference_time"].startswith(NOW)
    assert [meaning["text"] for meaning in found["interpretation"]["meanings"]]
    assert all(isinstance(seconds, float) for seconds in found["timings"].values())
    assert ended.err == ""


def test_every_outcome_has_every_key(ask: Asker, deliveries: Path) -> None:
    refused = ask.json(deliveries, "what is the meaning of life")
    assert refused.code == 4
    assert set(refused.document) == KEYS
    assert refused.document["outcome"] == "refused"
    assert refused.document["reason"]
    assert refused.document["suggestions"]
    nothing = ask.json(deliveries, "total amount in 1999")
    assert nothing.code == 4
    assert (nothing.document["outcome"], set(nothing.document)) == ("no_data", KEYS)


def test_a_failure_is_a_document_too(ask: Asker, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    ended = ask.json(empty, "how many rows")
    assert ended.code == 1
    assert ended.document["outcome"] == "failed"
    assert "empty" in ended.document["sentence"]


def test_rows_beyond_the_cap_are_counted(ask: Asker, deliveries: Path) -> None:
    found = ask.json(deliveries, "number of deliveries by customer", "--max-rows", "5").document
    assert (len(found["rows"]), found["row_count"], found["truncated"]) == (5, 23, True)
    ended = ask(deliveries, "number of deliveries by customer", "--max-rows", "5")
    assert "… 18 more" in ended.out


def test_a_pipe_gets_plain_text(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, "total amount by city")
    assert "\x1b" not in ended.out + ended.err
    lines = [line.split() for line in ended.out.splitlines()]
    for city, amount in data.amount_by_city().items():
        assert [city, f"{amount:,.2f}"] in lines
    assert "█" not in ended.out


def test_sql_and_explanation(ask: Asker, deliveries: Path) -> None:
    ended = ask(deliveries, "total amount by city", "--sql", "--explain")
    assert "GROUP BY" in ended.out
    assert "“city”" in ended.out
    assert "main.deliveries" in ended.out


def test_sql_that_is_typed_runs_behind_the_boundary(ask: Asker, deliveries: Path) -> None:
    found = ask.json(deliveries, "select city, sum(amount) as total from deliveries group by city order by city;")
    assert (found.code, found.document["outcome"], found.document["row_count"]) == (0, "answered", 4)
    assert [(one["label"], one["measure"]) for one in found.document["columns"]] == [("City", False), ("Total", True)]
    for outside in (
        "select * from read_csv('/etc/passwd')",
        "drop table deliveries",
        "select * from duckdb_settings()",
        "select 1; select 2",
    ):
        refused = ask.json(deliveries, outside)
        assert (refused.code, refused.document["outcome"]) == (4, "refused"), outside
        assert "SQL" in refused.document["sentence"]


def test_what_is_below_the_bar_is_not_answered(ask: Asker, deliveries: Path) -> None:
    low, high = (ask.json(deliveries, "total amount by city", "--bar", bar) for bar in ("0", "1"))
    assert (low.code, low.document["outcome"], low.document["receipt"]["bar"]) == (0, "answered", 0.0)
    assert low.document["receipt"]["confidence"] < 1
    assert high.code in (3, 4)
    assert high.document["receipt"]["bar"] == 1.0


def test_a_question_back_has_numbered_options(ask: Asker, tmp_path: Path) -> None:
    file = unclear(tmp_path)
    ended = ask(file, "how many trips in 2025")
    assert ended.code == 3
    assert "  1  " in ended.out
    assert "  2  " in ended.out
    found = ask.json(file, "how many trips in 2025")
    assert (found.code, found.document["outcome"]) == (3, "clarification")
    first = found.document["options"][0]["question"]
    assert ask.json(file, first).document["outcome"] == "answered"


def test_an_option_is_chosen_at_a_terminal(ask: Asker, tmp_path: Path) -> None:
    with Terminal(ask.home, unclear(tmp_path), "how many trips in 2025") as terminal:
        terminal.until("Which one? 1-2")
        terminal.type("2\n")
        assert terminal.end() == 0
        assert "Number of trips: 40." in terminal.seen


def unclear(folder: Path) -> Path:
    """Trips with two dates, of which none is said to be the usual."""
    file = folder / "trips.csv"
    lines = [f"T{n},2025-0{1 + n % 9}-10,2025-0{1 + n % 8}-20,{n}" for n in range(40)]
    file.write_text("trip,departure_date,arrival_date,seats\n" + "\n".join(lines) + "\n")
    return file


def test_a_terminal_gets_bars_beside_groups(ask: Asker, deliveries: Path) -> None:
    with Terminal(ask.home, deliveries, "total amount by city", "--now", NOW) as terminal:
        assert terminal.end() == 0
        assert "█████" in terminal.seen
        assert "\x1b[" in terminal.raw


def test_a_terminal_gets_a_chart_of_time(ask: Asker, deliveries: Path) -> None:
    with Terminal(ask.home, deliveries, "number of deliveries by month", "--now", NOW) as terminal:
        assert terminal.end() == 0
        assert " ┤" in terminal.seen


def test_a_narrow_terminal_gets_none(ask: Asker, deliveries: Path) -> None:
    with Terminal(ask.home, deliveries, "number of deliveries by month", "--now", NOW, width=40) as terminal:
        assert terminal.end() == 0
        assert " ┤" not in terminal.seen
        assert all(len(line) <= 40 for line in terminal.seen.splitlines() if "─" in line)


def test_no_color_is_respected(ask: Asker, deliveries: Path) -> None:
    with Terminal(ask.home, deliveries, "total amount by city", NO_COLOR="1") as terminal:
        assert terminal.end() == 0
        assert "\x1b[3" not in terminal.raw  # no colour of text


def test_a_wide_table_is_cut_and_said(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    names = [f"remark_{n}" for n in range(40)]
    file.write_text(",".join(names) + "\n" + "\n".join(",".join(f"text {n}" for n in range(40)) for _ in range(3)))
    with Terminal(ask.home, file, "list all wide") as terminal:
        assert terminal.end() == 0
        assert "more columns" in terminal.seen
        assert all(len(line) <= 100 for line in terminal.seen.splitlines() if "text 0" in line)


def test_data_cannot_steer_the_terminal(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "shops.csv"
    file.write_text("shop,city\n1,\x1b[2J\x1b]0;owned\x07Paris\n2,Lyon\n3,Lyon\n")
    ended = ask(file, "number of shops by city")
    assert ended.code == 0
    assert "\x1b" not in ended.out + ended.err
    assert "Paris" in ended.out


def test_a_reader_that_has_enough_is_no_failure(ask: Asker, deliveries: Path) -> None:
    import subprocess
    import sys

    from tests.ask.running import environment

    command = f"{sys.executable} -m cli ask {deliveries} 'list all deliveries' --sql | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], env=environment(ask.home), capture_output=True, text=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "BrokenPipe" not in done.stderr
