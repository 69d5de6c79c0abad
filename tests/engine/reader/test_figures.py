"""Numbers in people's wording: what adjectives and words for kinds of numbers measure, lists sorted by them, products
of two columns, several numbers at once, two columns of a row held against each other."""

from collections.abc import Mapping

import pytest

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.assuming import assumptions
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Compare,
    Field,
    Function,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.assembly.frame import Frame
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.measured import of_adjective, of_figure
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.wording.alternatives import alternatives
from services.ml_gateway.engine.reader.wording.beside_each_other import held_against
from services.ml_gateway.engine.reader.wording.beyond_average import beyond_average
from services.ml_gateway.engine.reader.wording.products import implied
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table
from tests.engine.data import NOW


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(
        Catalog(
            (
                table("kilns", "id int!, title text!, built_year int!, wall_cm num!, clay_kg num!, min_clay int!"),
                table("vases", "id int!, title text!, list_price num!, glazed_on date!, due_on date!, paid_on date"),
                table("sale_lines", "id int!, vase_id int!, shop_id int!, qty int!, sold_on date!"),
                table("shops", "id int!, title text!, credit_limit num!"),
                table("payments", "id int!, shop_id int!, amount num!, fee num!, paid_on date!"),
                table("carts", "id int!, from_shop_id int!, to_shop_id int!, km num!"),
            ),
            (
                key("sale_lines.vase_id -> vases.id"),
                key("sale_lines.shop_id -> shops.id"),
                key("payments.shop_id -> shops.id"),
                key("carts.from_shop_id -> shops.id"),
                key("carts.to_shop_id -> shops.id"),
            ),
            dialect="sqlite",
        )
    )


def _key(index: Index, said: str) -> ColumnKey:
    owner, _, name = said.partition(".")
    return next(one for one in index.catalog.columns if one.table.name == owner and one.name == name)


def _field(index: Index, said: str) -> Field:
    return Field(_key(index, said))


def _rows(index: Index, name: str) -> Rows:
    return Rows(next(one.key for one in index.catalog.tables if one.name == name))


def _read(question: str, labels: Mapping[str, Label], index: Index, division: int = 0) -> list[Query]:
    sentence = sentences(tokenize(question), index)[division]
    return [one.query for _, one in alternatives(_parts(sentence, labels), sentence, index)]


def _parts(sentence: Sentence, labels: Mapping[str, Label]) -> list[Part]:
    parts = []
    for item in sentence.items:
        words = " ".join(token.form for token in sentence.tokens[item.first : item.last])
        label = labels.get(words, Label.IGNORED)
        parts.append(Part(item, label, None if label is Label.IGNORED else item.choices[0]))
    return parts


@pytest.mark.parametrize(
    ("form", "named", "column"),
    [("oldest", "kilns", "built_year"), ("dearest", "vases", "list_price"), ("newest", "vases", "glazed_on"),
     ("thickest", "kilns", ""), ("priciest", "payments", "amount")],
)  # fmt: skip
def test_an_adjective_measures_a_column_of_what_it_is_said_of(form: str, named: str, column: str, index: Index) -> None:
    found = of_adjective(form, index, {_rows(index, named).table})
    assert (found[0][1].column if found else "") == column


def test_words_for_kinds_of_numbers_are_the_columns_that_may_hold_them(index: Index) -> None:
    def named(question: str) -> list[str]:
        tokens = tokenize(question)
        return [one.column for _, one in of_figure(tokens[-1], [token.form for token in tokens], index)]

    assert named("kilos")[:1] == ["clay_kg"]
    assert named("what turnover")[0] == "amount"
    assert named("kilometres") == ["km"]
    assert named("by card was paid") == []  # a verb alone asks for no number
    assert named("how much was paid")[0] == "amount"


def test_what_comes_first_sorts_a_list(index: Index) -> None:
    shown = (_field(index, "kilns.title"),)
    year, clay = _field(index, "kilns.built_year"), _field(index, "kilns.clay_kg")
    assert Query(show=shown, order=(Ordering(year),)) in _read("kilns, oldest first", {"kilns": Label.SHOW}, index)
    assert Query(show=shown, order=(Ordering(year, True),)) in _read(
        "kilns from newest to oldest", {"kilns": Label.SHOW}, index
    )
    assert Query(show=shown, order=(Ordering(clay),)) in _read("kilns, lowest clay first", {"kilns": Label.SHOW}, index)
    counted = _read("sale lines per shop, most first", {"sale lines": Label.COUNT, "shop": Label.SHOW}, index)[0]
    assert [one.descending for one in counted.order] == [True]
    assert counted.order[0].by == Aggregate(Function.COUNT, _rows(index, "sale_lines"))


def test_a_superlative_that_nothing_was_made_of_takes_the_first(index: Index) -> None:
    made = _read("the two oldest kilns", {"kilns": Label.SHOW}, index)
    assert Query(
        show=(_field(index, "kilns.title"),), order=(Ordering(_field(index, "kilns.built_year")),), limit=2
    ) in made  # fmt: skip


def test_both_ends_are_two_numbers(index: Index) -> None:
    made = _read("smallest and largest fee", {"fee": Label.SHOW}, index)
    fee = _field(index, "payments.fee")
    assert Query(show=(Aggregate(Function.MIN, fee), Aggregate(Function.MAX, fee))) in made


def test_count_and_total(index: Index) -> None:
    made = _read("payments per shop, count and total", {"payments": Label.COUNT, "shop": Label.SHOW}, index)
    both = [one for one in made if len([n for n in one.show if isinstance(n, Aggregate)]) == 2]
    assert Aggregate(Function.SUM, _field(index, "payments.amount")) in both[0].show
    assert Aggregate(Function.COUNT, _rows(index, "payments")) in both[0].show


def test_worth_is_how_many_times_the_price_where_nothing_keeps_it(index: Index) -> None:
    qty, price = _field(index, "sale_lines.qty"), _field(index, "vases.list_price")
    sentence = sentences(tokenize("sales value by shop"), index)[0]
    frame = Frame([], sentence, index)
    shop = _field(index, "shops.title")
    plain = Query(show=(shop, Aggregate(Function.SUM, price)), group=(shop,), also=(_rows(index, "sale_lines"),))
    made = next(implied(frame, plain))
    assert made.show[1] == Aggregate(Function.SUM, Arithmetic(ArithmeticOperator.TIMES, qty, price))
    sql = compile_query(made, Schema(index), timezone="UTC").sql
    assert '"sale_lines"."qty" * ' in sql
    asked = Asked("sales value by shop", sentence.tokens, NOW.date(), "UTC")
    assert assumptions(made, (), asked, index) == ("Reckoned as “qty” times “list price” of each row.",)
    paid = Query(show=(Aggregate(Function.SUM, _field(index, "payments.fee")),))
    assert list(implied(frame, paid)) == []  # an amount is kept


def test_a_formula_is_reckoned_as_it_is_spelled(index: Index) -> None:
    made = _read("fee less amount per payment", {"payment": Label.SHOW, "fee": Label.SHOW, "amount": Label.SHOW}, index)
    fee, amount = _field(index, "payments.fee"), _field(index, "payments.amount")
    difference = Arithmetic(ArithmeticOperator.MINUS, fee, amount)
    assert any(difference in one.show for one in made)


@pytest.mark.parametrize(
    ("question", "left", "operator", "right"),
    [
        ("vases paid late", "vases.paid_on", Operator.GREATER, "vases.due_on"),
        ("vases paid after the due date", "vases.paid_on", Operator.GREATER, "vases.due_on"),
        ("vases paid on time", "vases.paid_on", Operator.AT_MOST, "vases.due_on"),
        ("vases paid on the day they were glazed", "vases.paid_on", Operator.EQUAL, "vases.glazed_on"),
        ("carts that ended where they began", "carts.from_shop_id", Operator.EQUAL, "carts.to_shop_id"),
        ("kilns below minimum clay", "kilns.clay_kg", Operator.LESS, "kilns.min_clay"),
    ],
)
def test_two_columns_are_held_against_each_other(
    question: str, left: str, operator: Operator, right: str, index: Index
) -> None:
    sentence = sentences(tokenize(question), index)[0]
    held = next(held_against(_parts(sentence, {sentence.tokens[0].form: Label.SHOW}), sentence, index))
    assert {held.condition.left, held.condition.right} == {_field(index, left), _field(index, right)}
    assert held.condition.operator is operator
    if operator is not Operator.EQUAL:
        assert held.condition.left == _field(index, left)


@pytest.mark.parametrize("question", ["vases paid in May", "how late are vases", "vases that are not late", "kilns"])
def test_nothing_is_held_against_what_is_not_said(question: str, index: Index) -> None:
    sentence = sentences(tokenize(question), index)[0]
    assert list(held_against(_parts(sentence, {"vases": Label.SHOW, "kilns": Label.SHOW}), sentence, index)) == []


def test_most_is_said_of_totals_and_highest_of_one(index: Index) -> None:
    def functions(question: str) -> list[Function]:
        labels = {"shop": Label.SHOW, "shops": Label.SHOW, "amount": Label.RANK_TOP_DESC, "3": Label.LIMIT}
        made = _read(question, labels, index)
        return [one.order[0].by.function for one in made[:2] if isinstance(one.order[0].by, Aggregate)]

    assert functions("shop with the most amount")[0] is Function.SUM
    assert functions("top 3 shops by amount")[0] is Function.SUM
    assert functions("shop with the highest amount")[0] is Function.MAX


def test_conditions_are_compares(index: Index) -> None:
    made = _read("vases paid late", {"vases": Label.SHOW}, index)
    late = Compare(_field(index, "vases.paid_on"), Operator.GREATER, _field(index, "vases.due_on"))
    assert any(one.where == late and one.show == (_field(index, "vases.title"),) for one in made)


@pytest.mark.parametrize(
    ("question", "column", "operator"),
    [
        ("vases dearer than the average vase", "vases.list_price", Operator.GREATER),
        ("kilns older than the average kiln", "kilns.built_year", Operator.LESS),
        ("kilns with above average clay", "kilns.clay_kg", Operator.GREATER),
        ("payments below the average payment", "payments.amount", Operator.LESS),
    ],
)
def test_rows_are_held_against_the_mean(question: str, column: str, operator: Operator, index: Index) -> None:
    first = question.split()[0]
    held = Compare(_field(index, column), operator, Query(show=(Aggregate(Function.AVG, _field(index, column)),)))
    assert any(one.where == held for one in _read(question, {first: Label.SHOW}, index))


@pytest.mark.parametrize("question", ["average payment", "payments of more than 5 and the average fee of 2025"])
def test_a_mean_that_nothing_is_held_against(question: str, index: Index) -> None:
    sentence = sentences(tokenize(question), index)[0]
    assert list(beyond_average(_parts(sentence, {"payments": Label.SHOW}), sentence, index)) == []
