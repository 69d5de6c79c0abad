"""What can't be answered: one clear line, what to do next, an exit code, and never a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ask.running import Asker, without_roots_eyes


def failed(ask: Asker, *words: str | Path, code: int = 1) -> str:
    """What was said; checks what holds for every failure."""
    ended = ask(*words)
    assert (ended.code, ended.out) == (code, "")
    lines = ended.err.strip().splitlines()
    assert lines[0].startswith("infinure: ")
    assert len(lines) <= 2
    return ended.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"a,b,c\n", "no rows"),
        (b"\x00\x01\x02\x03" * 1000, ""),
        (b"PK\x03\x04" + b"\x00" * 500, ""),
        (b"PAR1" + b"\x00" * 500 + b"PAR1", ""),
        (b"SQLite format 3\x00" + b"\xff" * 5000, ""),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 500, ""),
    ],
)
@pytest.mark.parametrize("name", ["file.csv", "file.xlsx", "file.parquet", "file.db"])
def test_a_file_that_holds_no_rows(ask: Asker, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    told = failed(ask, file, "how many rows")
    assert name in told
    assert said in told


def test_the_content_decides_not_the_name(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "really_text.xlsx"
    file.write_text("colour,count\nred,1\nblue,2\n")
    assert ask.json(file, "how many rows").document["outcome"] == "answered"


def test_a_file_that_may_not_be_read(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    file.chmod(0)
    ended = ask(file, "how many rows", prepare=without_roots_eyes)
    assert ended.code == 1
    assert "can't be read" in ended.err


def test_words_that_cannot_be_followed(ask: Asker, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a\n1\n")
    assert "No such file" in failed(ask, "nothing.csv", "how many rows", code=2)
    assert "is a folder" in failed(ask, tmp_path, "how many rows", code=2)
    assert "empty" in failed(ask, file, " ", code=2)
    assert "No such time zone" in failed(ask, file, "how many rows", "--timezone", "Mars/Base", code=2)
    assert "isn't a date" in failed(ask, file, "how many rows", "--now", "soon", code=2)
    assert "mongodb" in failed(ask, "mongodb://h/x", "how many rows", code=2)
    assert "can't be read" in failed(ask, file, "how many rows", "--model", tmp_path / "no.yaml", code=2)
    assert ask(file, "how many", "--broken", "perhaps").code == 2
    assert ask(file, "how many", "--nonsense").code == 2
    assert ask().code == 2


def test_exit_codes_are_documented(ask: Asker) -> None:
    told = ask("--help")
    assert told.code == 0
    assert "Exit codes" in told.out


def test_odd_names_are_files_all_the_same(ask: Asker, tmp_path: Path) -> None:
    for name in ("two words.csv", "ünï.csv", "--.csv", "quote'\".csv", "[brackets].csv"):
        file = tmp_path / name
        file.write_text("colour,n\nred,1\nblue,2\n")
        assert ask.rows(file, "how many rows") == [[2]], name
