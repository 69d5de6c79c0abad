"""Fixtures of the command's tests."""

from pathlib import Path

import pytest

from tests.ask.running import Asker


@pytest.fixture
def ask(tmp_path: Path) -> Asker:
    """Runs `infinure ask`."""
    home = tmp_path / "home"
    home.mkdir()
    return Asker(home)
