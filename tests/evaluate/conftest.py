"""Fixtures of the command's tests."""

from pathlib import Path

import pytest

from tests.evaluate.data import database
from tests.evaluate.running import Evaluator


@pytest.fixture
def evaluate(tmp_path: Path) -> Evaluator:
    """Runs `infinure evaluate` over the boatyard."""
    home = tmp_path / "home"
    home.mkdir()
    evaluator = Evaluator(home)
    database(evaluator.databases)
    return evaluator
