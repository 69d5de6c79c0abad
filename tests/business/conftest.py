"""The databases of the business questions, made once for all workers of a run."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def business_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for files that are made by whoever needs them first."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return shared / "business"
