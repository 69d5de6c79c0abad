"""Names taken apart, families of words, slips: English alone, no catalog."""

import pytest

from services.ml_gateway.engine.expanding import adjective, shortens
from services.ml_gateway.engine.spelling import near
from services.ml_gateway.engine.words.roots import root
from services.ml_gateway.engine.words.splitting import column_words, full_words

_SPELLINGS = {("c", 7): ("country",), ("d", 10): ("department",), ("p", 5): ("price",), ("b", 7): ("balance",)}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mgr_fname", ("manager", "first", "name")),
        ("custDOB", ("customer", "birth", "date")),
        ("OrderLineItemID", ("order", "line", "item", "id")),
        ("deliverydate", ("delivery", "date")),
        ("HTTPStatusCode", ("http", "status", "code")),
        ("qty_avail", ("quantity", "availability")),
        ("Max Price (USD)", ("maximum", "price", "usd")),
        ("heightcm", ("height", "cm")),
        ("long", ("long",)),
        ("zzqx", ("zzqx",)),
        ("", ()),
    ],
)
def test_words_of_a_name(name: str, words: tuple[str, ...]) -> None:
    assert full_words(name) == words


@pytest.mark.parametrize(
    ("name", "table", "words"),
    [
        ("bname", ("branch",), ("name",)),
        ("fltno", ("flight",), ("flight", "number")),
        ("cCode", ("course",), ("code",)),
        ("lName", ("visitor",), ("last", "name")),
        ("vid", ("visitor",), ("id",)),
        ("amount", ("account",), ("amount",)),
    ],
)
def test_initials_of_the_table_are_no_words(name: str, table: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert column_words(name, table) == words


@pytest.mark.parametrize(
    "family",
    [
        "enroll enrolled enrollment enrolling",
        "locate located location",
        "teach taught teacher teaching",
        "organize organized organizer organizing",
        "compete competitor competition",
        "sell sold sale seller",
        "order ordered orders ordering",
        "number numbered numbers",
        "estimate estimated estimation",
        "publish published publisher publication",
    ],
)
def test_families_share_a_root(family: str) -> None:
    assert len({root(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("location", "local"), ("station", "state"), ("price", "prize")])
def test_other_words_have_other_roots(one: str, other: str) -> None:
    assert root(one) != root(other)


@pytest.mark.parametrize(
    ("form", "base"),
    [("tallest", "tall"), ("heavier", "heavy"), ("biggest", "big"), ("latest", "recent"), ("recently", "recent"),
     ("customer", ""), ("interest", "")],
)  # fmt: skip
def test_degrees_lead_to_the_adjective(form: str, base: str) -> None:
    assert adjective(form) == base


@pytest.mark.parametrize(
    ("written", "meant"),
    [("coutnry", ("country",)), ("departmnet", ("department",)), ("dpartmant", ("department",)), ("prize", ("price",)),
     ("pric", ()), ("banana", ())],
)  # fmt: skip
def test_slips_lead_to_the_word(written: str, meant: tuple[str, ...]) -> None:
    assert near(written, _SPELLINGS) == meant


def test_what_a_word_is_cut_to() -> None:
    assert shortens("inst", "institution")
    assert shortens("crs", "course")
    assert not shortens("inst", "station")
    assert not shortens("course", "crs")
