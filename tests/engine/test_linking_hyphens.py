"""Names whose words are joined by hyphens, or begin with "no": they are names, and deny nothing."""

import pytest

from services.ml_gateway.engine.index import prepare
from services.ml_gateway.engine.linking import spans
from services.ml_gateway.engine.model import Catalog, Metric
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import table

_STAYS = table("stays", "id int!, arrived date!, walk_in_fee num!, state text!", samples={"state": ("kept", "missed")})
_RATE = Metric("no_show_rate", _STAYS.key, "avg(state = 'missed')", label="No-show rate", synonyms=("drop-out rate",))
_INDEX = prepare(Catalog(tables=(_STAYS,), metrics=(_RATE,)))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("no-show rate by month", "no_show_rate"),
        ("what is the no show rate", "no_show_rate"),
        ("drop-out rate in May", "no_show_rate"),
        ("average walk-in fee", "walk_in_fee"),
    ],
)
def test_a_hyphen_does_not_break_a_name(words: str, named: str) -> None:
    found = {
        one.target.metric or one.target.column for span in spans(tokenize(words), _INDEX) for one in span.links[:1]
    }
    assert named in found


def test_a_negation_that_is_no_name_stays_one() -> None:
    found = spans(tokenize("stays with no state"), _INDEX)
    assert all(one.first != 2 for one in found)
