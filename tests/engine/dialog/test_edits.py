"""Follow-ups that are understood without reading a sentence: each makes of the query before what is written here."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.dialog.attempts import attempts
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.parts import base, conjuncts, together
from services.ml_gateway.engine.query.model import Query
from services.ml_gateway.training.gold import query_of
from tests.engine.dialog.library import library

_TODAY = date(2026, 2, 10)
_CATALOG = library()
_INDEX = prepare(_CATALOG)
_CASES = yaml.safe_load((Path(__file__).parent / "edits.yaml").read_text())


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["said"])
def test_edit(case: dict[str, Any]) -> None:
    before = Before(query_of(case["before"], _CATALOG))
    best = attempts(case["said"], before, _INDEX, _TODAY)[0]
    assert best.query is not None, best
    assert _plain(best.query) == _plain(query_of(case["after"], _CATALOG))
    assert best.why


def _plain(query: Query) -> Query:
    """Conditions in a fixed order, the subject said."""
    conditions = tuple(sorted(conjuncts(query.where), key=repr))
    return replace(query, where=together(conditions), subject=base(query))
