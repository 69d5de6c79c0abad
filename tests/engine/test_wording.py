"""Titles and summaries as people read them."""

from pathlib import Path

import pytest
import yaml

from services.ml_gateway.engine import Planned, plan, prepare
from tests.engine.catalogs import CATALOGS
from tests.engine.data import NOW, READ

_CASES: list[dict[str, str]] = yaml.safe_load((Path(__file__).parent / "cases" / "wording.yaml").read_text())


@pytest.mark.parametrize("case", _CASES, ids=[case["question"] for case in _CASES])
def test_wording(case: dict[str, str]) -> None:
    outcome = plan(case["question"], prepare(CATALOGS[case["catalog"]]()), now=NOW, bar=READ)
    assert isinstance(outcome, Planned), outcome
    assert outcome.title == case.get("title", outcome.title)
    assert outcome.interpretation.summary == case.get("summary", outcome.interpretation.summary)
    assert "assumes" not in case or case["assumes"] in outcome.assumptions
