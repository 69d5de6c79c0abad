"""A follow-up that was read as a whole question, joined with the query before, in each way of joining."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.dialog.merging import merged
from services.ml_gateway.engine.dialog.model import Before, Merge
from services.ml_gateway.training.gold import query_of
from tests.engine.dialog.library import library
from tests.engine.dialog.sameness import plain

_CATALOG = library()
_INDEX = prepare(_CATALOG)
_CASES = yaml.safe_load((Path(__file__).parent / "merges.yaml").read_text())


@pytest.mark.parametrize("case", _CASES, ids=lambda case: f"{case['merge']}: {case['read']}")
def test_merge(case: dict[str, Any]) -> None:
    before = Before(query_of(case["before"], _CATALOG))
    made = merged(Merge(case["merge"]), query_of(case["read"], _CATALOG), before, None, _INDEX)
    assert made is not None
    assert plain(made) == plain(query_of(case["after"], _CATALOG))


def test_what_was_cut_off_and_has_no_key_cannot_be_spoken_of() -> None:
    keyless = prepare(library(keyless=True))
    before = Before(query_of("SELECT title FROM books ORDER BY pages DESC LIMIT 5", keyless.catalog))
    read = query_of("SELECT AVG(price) FROM books", keyless.catalog)
    assert merged(Merge.ROWS, read, before, None, keyless) is None
