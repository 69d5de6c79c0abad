"""What goes wrong before or during a run is told, and leaves nothing half done."""

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.ask.running import environment, heed_interrupts, without_roots_eyes
from tests.evaluate.data import database, line, lines_file
from tests.evaluate.running import COMMAND, ROOT, Evaluator

COUNT = "how many boats are there"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ("{no json", "line 2: it is no JSON"),
        ("[1]", "line 2: it is no JSON object"),
        ('{"db_path": "a", "question": "b"}', "line 2: it has no id"),
        ('{"id": "x", "question": "b"}', "line 2: it has no db_path"),
        ('{"id": "x", "db_path": "a"}', "line 2: it has no question"),
        ('{"id": "x", "db_path": "a", "question": 7}', "line 2: its question is no text"),
        ('{"id": "x", "db_path": "a", "question": "b", "history": "c"}', "line 2: its history is no list of texts"),
        ('{"id": "x", "db_path": "a", "question": "b", "now": "soon"}', "line 2: its now is no date"),
        ('{"id": "first", "db_path": "a", "question": "b"}', "line 2: the id first is there twice"),
        ('{"id": ' + "9" * 5000 + "}", "line 2: it is no JSON that can be read"),
        ("[" * 100_000, "line 2: it is no JSON"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(evaluate: Evaluator, second: str, said: str) -> None:
    ended = evaluate([line("first", COUNT), second])
    assert ended.code == 1
    assert said in ended.err
    assert not evaluate.out.exists()


def test_wrong_gold_is_told_before_anything_runs(evaluate: Evaluator) -> None:
    ended = evaluate([line("a", COUNT)], gold=[line("a", COUNT)])
    assert ended.code == 1
    assert "gold.jsonl, line 1: it has no gold_sql" in ended.err


@pytest.mark.parametrize("db_path", ["../secret.sqlite", "yards/../../secret.sqlite", "/etc/passwd", "a\0b"])
def test_no_path_leads_out_of_the_folder(evaluate: Evaluator, db_path: str) -> None:
    database(evaluate.home, "secret.sqlite")
    ended = evaluate([line("first", COUNT), line("second", COUNT, db_path=db_path)])
    assert ended.code == 2
    assert "folder of databases" in ended.err
    assert not evaluate.out.exists()


def test_a_folder_whose_name_begins_alike_is_another(evaluate: Evaluator) -> None:
    database(evaluate.home, "databases-of-others/one.sqlite")
    assert evaluate([line("first", COUNT, db_path="../databases-of-others/one.sqlite")]).code == 2


@pytest.mark.parametrize(
    ("option", "value", "code", "said"),
    [
        ("--questions", "nowhere.jsonl", 2, "No such file"),
        ("--questions", ".", 2, "is a folder"),
        ("--questions", "empty.jsonl", 1, "has no lines"),
        ("--questions", "latin.jsonl", 1, "no text in UTF-8"),
        ("--gold", "nowhere.jsonl", 2, "No such file"),
        ("--databases", "nowhere", 2, "is not there"),
        ("--databases", "empty.jsonl", 2, "is no folder"),
        ("--now", "soon", 2, "--now isn't a date"),
        ("--out", "nowhere/out.jsonl", 1, "can't be written"),
        ("--out", ".", 1, "is a folder"),
        ("--workers", "0", 2, ""),
    ],
)
def test_what_is_wrong_with_an_option_is_told(
    evaluate: Evaluator, option: str, value: str, code: int, said: str
) -> None:
    (evaluate.home / "empty.jsonl").touch()
    (evaluate.home / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    given = {
        "--questions": str(lines_file(evaluate.home / "q.jsonl", [line("a", COUNT)])),
        "--databases": str(evaluate.databases),
        "--out": str(evaluate.out),
    }
    given[option] = value if option in ("--now", "--workers") else str(evaluate.home / value)
    ended = evaluate.run(*(word for pair in given.items() for word in pair))
    assert ended.code == code, ended.err
    assert said in ended.err


def test_a_file_that_may_not_be_read_is_told(evaluate: Evaluator) -> None:
    file = lines_file(evaluate.home / "gold.jsonl", [line("a", COUNT, "SELECT 1")])
    file.chmod(0)
    ended = evaluate([line("a", COUNT)], "--gold", file, prepare=without_roots_eyes)
    assert ended.code == 2
    assert "not readable" in ended.err


def test_help_names_every_option(evaluate: Evaluator) -> None:
    ended = evaluate.run("--help")
    assert ended.code == 0
    for option in ("--questions", "--databases", "--out", "--gold", "--now", "--workers", "--details"):
        assert option in ended.out


def test_a_pipe_sees_no_progress(evaluate: Evaluator) -> None:
    ended = evaluate([line("a", COUNT)])
    assert ended.code == 0
    assert ended.err == ""


def test_an_earlier_file_is_replaced_as_a_whole(evaluate: Evaluator) -> None:
    evaluate.out.write_text("of before\n" * 100)
    assert evaluate([line("a", COUNT)]).code == 0
    assert [one["id"] for one in evaluate.written()] == ["a"]
    assert [file.name for file in evaluate.home.iterdir() if file.name.endswith(".part")] == []


def test_a_device_is_written_to_and_not_replaced(evaluate: Evaluator) -> None:
    questions = lines_file(evaluate.home / "q.jsonl", [line("a", COUNT)])
    words = ("--questions", questions, "--databases", evaluate.databases, "--out", "/dev/stdout")
    ended = evaluate.run(*words)
    assert ended.code == 0, ended.err
    assert '"outcome": "answer"' in ended.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_half_file(evaluate: Evaluator, number: signal.Signals) -> None:
    asked = [line(str(one), f"total hours of repairs by hull since {1900 + one % 100}") for one in range(3000)]
    questions = lines_file(evaluate.home / "q.jsonl", asked)
    words = (*COMMAND, "--questions", questions, "--databases", evaluate.databases, "--out", evaluate.out)
    running = subprocess.Popen(
        [*map(str, words), "--workers", "1"],
        env=environment(evaluate.home), cwd=ROOT, preexec_fn=heed_interrupts, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        while not list(evaluate.home.glob(".*.part")):
            assert running.poll() is None
            time.sleep(0.01)
        children = _children(running.pid)
        running.send_signal(number)
        _, told = running.communicate(timeout=120)
    finally:
        running.kill()
    # To a shell 130 either way: Python ends by the signal itself where that came amid its making of a dataclass.
    assert running.returncode in (128 + number, -number)
    assert "Traceback" not in told
    assert not evaluate.out.exists()
    assert not list(evaluate.home.glob(".*.part"))
    assert not [child for child in children if Path(f"/proc/{child}/exe").exists()]


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]
