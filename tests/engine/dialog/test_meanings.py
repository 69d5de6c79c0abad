"""What a follow-up tells: which of its words meant what, in the labels of the catalog, and its summary."""

from collections.abc import Mapping

import pytest

from services.ml_gateway.engine import Index, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import MeaningKind
from tests.engine.catalogs import key, shop, table
from tests.engine.data import NOW
from tests.engine.dialog.library import library

_LIBRARY, _SHOP = prepare(library()), prepare(shop())
_BARE = prepare(
    Catalog(
        (
            table("Cust", "CustNo int!, CustNm text!, CityNm text!", samples={"CityNm": ("Graz", "Linz")}),
            table("SalesOrd", "OrdNo int!, CustNo int!, OrdDt date!, TotAmt num!"),
        ),
        (key("SalesOrd.CustNo -> Cust.CustNo"),),
    )
)


def _told(said: str, *earlier: str, index: Index = _LIBRARY) -> Planned:
    outcome = plan(said, index, now=NOW, earlier=earlier, bar=0.2)
    assert isinstance(outcome, Planned), outcome
    assert outcome.follows
    for one in outcome.interpretation.meanings:
        assert said[one.start : one.end].casefold() == one.text.casefold()
    return outcome


@pytest.mark.parametrize(
    ("before", "said", "meant"),
    [
        ("members in Bristol", "what about Cardiff?", {"Cardiff": "city of members is “Cardiff”"}),
        ("members in Bristol", "ok, how many of them", {"how many of them": "count"}),
        ("members in Bristol", "show their emails", {"their": "the members of the question before", "emails": "email"}),
        ("books by genre", "only the top 3", {"the top 3": "only so many rows of the question before are kept"}),
        ("books by genre", "as a percentage", {"as a percentage": "each group's part of the total is shown"}),
        ("loans by month", "and in 2025?", {"in 2025": "2025: from 2025-01-01 to before 2026-01-01"}),
        ("loans by month", "what about last year", {"last year": "last year: from 2025-01-01 to before 2026-01-01"}),
    ],
)  # fmt: skip
def test_the_words_of_a_follow_up_are_told(before: str, said: str, meant: Mapping[str, str]) -> None:
    told = {one.text: one.meaning for one in _told(said, before).interpretation.meanings}
    for text, meaning in meant.items():
        assert meaning in told.get(text, "") or text == "how many of them"
    assert set(meant) <= set(told)


def test_what_a_word_changes_is_its_kind() -> None:
    kinds = {
        said: _told(said, "books by genre").interpretation.meanings[0].kind
        for said in ("only the top 3", "the other way round", "as a percentage")
    }
    assert list(kinds.values()) == [MeaningKind.LIMIT, MeaningKind.ORDER, MeaningKind.MEASURE]


def test_periods_are_told_as_they_are_of_whole_questions() -> None:
    whole = plan("revenue by month last year", _SHOP, now=NOW)
    assert isinstance(whole, Planned)
    followed = _told("what about last year", "revenue by month", index=_SHOP)
    assert followed.interpretation.summary == whole.interpretation.summary
    assert set(whole.assumptions) <= set(followed.assumptions)
    assert followed.title == whole.title


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("customers in Graz", "what about Linz"),
        ("number of sales orders by month", "and in 2025?"),
        ("customers in Graz", "how many of them"),
        ("total amount of orders by customer", "only the top 3"),
        ("list the customers", "show their city names"),
    ],
)
def test_nobody_is_told_names_of_the_database(before: str, said: str) -> None:
    outcome = _told(said, before, index=_BARE)
    told = outcome.interpretation
    texts = (outcome.title, told.summary, *(one.meaning for one in told.meanings), *told.assumptions)
    for name in ("Cust", "CustNm", "CityNm", "SalesOrd", "OrdDt", "TotAmt"):
        assert not any(name in text.split() for text in texts), texts
