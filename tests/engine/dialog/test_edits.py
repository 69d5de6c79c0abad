"""Follow-ups that are understood without reading a sentence: each makes of the query before what is written here."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.dialog.attempts import attempts
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.training.gold import query_of
from tests.engine.dialog.library import library
from tests.engine.dialog.sameness import plain

_TODAY = date(2026, 2, 10)
_CATALOG = library()
_INDEX = prepare(_CATALOG)
_CASES = yaml.safe_load((Path(__file__).parent / "edits.yaml").read_text())


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["said"])
def test_edit(case: dict[str, Any]) -> None:
    before = Before(query_of(case["before"], _CATALOG))
    best = attempts(case["said"], before, _INDEX, _TODAY)[0]
    assert best.query is not None, best
    assert plain(best.query) == plain(query_of(case["after"], _CATALOG))
    assert best.why
