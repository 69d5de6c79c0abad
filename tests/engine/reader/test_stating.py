"""Columns that say what holds of rows: flags of every kind, days of what has happened or hasn't, what is missing."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine.flags import is_flag, stored
from services.ml_gateway.engine.index import Index, TargetKind, prepare
from services.ml_gateway.engine.model import Catalog, Column, ColumnKey, DataType, Role, Table, TableKey
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.query.model import Both, Compare, Condition, During, Query
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.wording.alternatives import alternatives
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import table
from tests.engine.data import NOW

BERTH, BOAT = TableKey("public", "berths"), TableKey("public", "boats")


def _counted(made: Table, **distinct: int) -> Table:
    """With whole numbers of yes and no, as the catalog tells them."""
    columns = tuple(
        replace(one, role=Role.DIMENSION, distinct_count=distinct[one.name]) if one.name in distinct else one
        for one in made.columns
    )
    return replace(made, columns=columns)


@pytest.fixture(scope="module")
def index() -> Index:
    berths = table(
        "berths", "id int!, berth_name text!, roofed int, deck int, rent num!, power text",
        samples={"power": ("no", "yes")},
    )  # fmt: skip
    boats = table(
        "boats",
        "id int!, boat_name text!, insured text!, moored_from date!, moored_to date, settled_on date, hull text",
        samples={"insured": ("Y", "N"), "hull": ("wooden", "steel")},
    )
    return prepare(Catalog((_counted(berths, roofed=2, deck=3), boats), dialect="sqlite"))


def _made(question: str, labels: dict[str, tuple[Label, TargetKind]], index: Index) -> list[Query]:
    """All queries of the division that has the labelled words, whose other words are ignored."""
    tokens = tokenize(question)
    times = find_times(tokens, Today.of(NOW.date(), index.catalog))
    for sentence in sentences(tokens, index, times):
        said = {" ".join(t.form for t in sentence.tokens[one.first : one.last]): one for one in sentence.items}
        if not labels.keys() <= said.keys():
            continue
        parts = []
        for words, item in said.items():
            label, kind = labels.get(words, (Label.IGNORED, TargetKind.TABLE))
            choice = next((one for one in item.choices if one.target.kind is kind), None)
            parts.append(Part(item, label, choice if label is not Label.IGNORED else None))
        return [one.query for _, one in alternatives(parts, sentence, index)]
    raise AssertionError([one.items for one in sentences(tokens, index, times)])


def _conditions(query: Query) -> set[tuple[str, Operator, object]]:
    where = query.where
    found: tuple[Condition, ...] = where.conditions if isinstance(where, Both) else (where,) if where else ()
    return {(one.left.key.name, one.operator, one.right)  # type: ignore[union-attr]
            for one in found if isinstance(one, Compare)}  # fmt: skip


def test_what_is_a_flag(index: Index) -> None:
    def known(key: TableKey, name: str) -> Column:
        return index.catalog.columns[ColumnKey(key, name)]

    assert stored(known(BERTH, "roofed")) == (1.0, 0.0)
    assert stored(known(BERTH, "power")) == ("yes", "no")
    assert stored(known(BOAT, "insured")) == ("Y", "N")
    assert not is_flag(known(BERTH, "deck"))
    assert not is_flag(known(BOAT, "hull"))
    assert not is_flag(Column("grade", DataType.INTEGER, role=Role.DIMENSION, distinct_count=2))


@pytest.mark.parametrize(
    ("question", "words", "meant"),
    [
        ("uninsured boats", "uninsured", ("insured", TargetKind.VALUE)),
        ("unroofed berths", "unroofed", ("roofed", TargetKind.FLAG)),
        ("outstanding boats", "outstanding", ("settled_on", TargetKind.COLUMN)),
        ("unpowered berths", "unpowered", ("power", TargetKind.VALUE)),
    ],
)
def test_opposites_name_columns(question: str, words: str, meant: tuple[str, TargetKind], index: Index) -> None:
    items = [
        one for sentence in sentences(tokenize(question), index) for one in sentence.items
        if sentence.tokens[one.first].form == words
    ]  # fmt: skip
    (chosen,) = [one for one in items[0].choices if one.how == OPPOSITE]
    assert (chosen.target.column, chosen.target.kind) == meant


def test_a_flag_that_is_no_number_of_berths(index: Index) -> None:
    labels = {"berths": (Label.SHOW, TargetKind.TABLE), "power": (Label.WHERE, TargetKind.COLUMN),
              "20": (Label.WHERE, TargetKind.LITERAL)}  # fmt: skip
    made = _made("berths with power for less than 20", labels, index)
    assert {("power", Operator.EQUAL, ("yes",)), ("rent", Operator.LESS, (20.0,))} in [_conditions(one) for one in made]
    assert not any(one[0] == "power" and one[2] != ("yes",) for query in made for one in _conditions(query))


@pytest.mark.parametrize(
    ("question", "said", "operator"),
    [
        ("boats not settled yet", "settled", Operator.IS_NULL),
        ("boats whose hull is unknown", "hull", Operator.IS_NULL),
        ("settled boats", "settled", Operator.NOT_NULL),
    ],
)
def test_what_is_missing_or_there(question: str, said: str, operator: Operator, index: Index) -> None:
    labels = {"boats": (Label.SHOW, TargetKind.TABLE), said: (Label.SHOW, TargetKind.COLUMN)}
    found = [_conditions(one) for one in _made(question, labels, index)]
    name = "hull" if said == "hull" else "settled_on"
    assert {(name, operator)} in [{(name, op) for name, op, _ in one} for one in found]


def test_shown_flags_must_hold(index: Index) -> None:
    labels = {"insured": (Label.SHOW, TargetKind.COLUMN), "boats": (Label.SHOW, TargetKind.TABLE)}
    found = [_conditions(one) for one in _made("insured boats", labels, index)]
    assert {("insured", Operator.EQUAL, ("Y",))} in found


def test_conditions_alone_list_rows_by_name(index: Index) -> None:
    made = _made("wooden ones", {"wooden": (Label.WHERE, TargetKind.VALUE)}, index)
    assert [one.key.name for one in made[0].show] == ["boat_name"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("verb", "day"), [("left", "moored_to"), ("joined", "moored_from")])
def test_a_period_is_of_the_day_that_its_verb_tells(verb: str, day: str, index: Index) -> None:
    made = _made(f"boats which {verb} in 2024", {"boats": (Label.SHOW, TargetKind.TABLE)}, index)
    during = made[0].where
    assert isinstance(during, During)
    assert during.field.key.name == day


@pytest.mark.parametrize(
    ("said", "operator", "years"),
    [
        ("in the seventies", Operator.BETWEEN, (1970.0, 1979.0)),
        ("in 1985 or later", Operator.AT_LEAST, (1985.0,)),
    ],
)
def test_the_number_of_a_year_is_compared_with_periods(said: str, operator: Operator, years: tuple[float, ...]) -> None:
    tables = (table("mills", "id int!, mill_name text!, build_year int"), table("fairs", "id int!, held_on date!"))
    mills = prepare(Catalog(tables, dialect="sqlite"))
    labels = {"mills": (Label.SHOW, TargetKind.TABLE), "built": (Label.WHERE, TargetKind.COLUMN)}
    made = _made(f"mills built {said}", labels, mills)
    assert _conditions(made[0]) == {("build_year", operator, years)}
