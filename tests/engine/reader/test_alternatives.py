"""What labels leave open, or say worse than the words, makes further queries."""

from collections.abc import Mapping, Sequence

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, Function, Ordering, Query, Rows
from services.ml_gateway.engine.reader.assembly.assembling import Assembled
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.wording.alternatives import alternatives
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table


@pytest.fixture(scope="module")
def index() -> Index:
    halls = table("halls", "id int!, title text!, town text!, style text!, seats int!, height num!, rent num!")
    actors = table("actors", "id int!, first_name text!, last_name text!, hall_id int!")
    return prepare(Catalog((halls, actors), (key("actors.hall_id -> halls.id"),), dialect="sqlite"))


def _made(question: str, labels: Mapping[str, Label], index: Index) -> Sequence[Assembled]:
    sentence = sentences(tokenize(question), index)[0]
    parts = []
    for item in sentence.items:
        words = " ".join(token.form for token in sentence.tokens[item.first : item.last])
        label = labels.get(words, Label.IGNORED)
        parts.append(Part(item, label, None if label is Label.IGNORED else item.choices[0]))
    return [one for _, one in alternatives(parts, sentence, index)]


def _noted(made: Sequence[Assembled], note: str) -> Query:
    return next(one.query for one in made if note in one.notes)


def _shown(query: Query) -> list[str]:
    """Columns, and functions of columns, by name."""
    told = []
    for one in query.show:
        if isinstance(one, Field):
            told.append(one.key.name)
        elif isinstance(one, Aggregate) and isinstance(one.of, Field):
            told.append(f"{one.function.value} {one.of.key.name}")
    return told


def test_all_functions_before_a_number_of_something(index: Index) -> None:
    made = _made("the average, maximum, and minimum number of seats for all halls", {"seats": Label.MIN}, index)
    assert _shown(made[0].query) == ["avg seats", "max seats", "min seats"]


def test_functions_are_those_that_stand_before_each_name(index: Index) -> None:
    made = _made(
        "find the highest rent, lowest height and seats of all halls",
        {"rent": Label.MIN, "height": Label.MAX, "seats": Label.MAX},
        index,
    )
    assert _shown(_noted(made, "function as said")) == ["max rent", "min height", "min seats"]


def test_the_greatest_of_each_group(index: Index) -> None:
    made = _made("for each town, return the highest rent of its halls", {"town": Label.SHOW, "rent": Label.SHOW}, index)
    query = _noted(made, "function as said")
    assert _shown(query) == ["town", "max rent"]
    assert [one.key.name for one in query.group if isinstance(one, Field)] == ["town"]


def test_how_many_of_a_number_that_is_kept(index: Index) -> None:
    made = _made("how many seats are there in halls", {"seats": Label.COUNT}, index)
    assert _shown(_noted(made, "summed for counted")) == ["sum seats"]
    assert _shown(_noted(made, "shown for counted")) == ["seats"]


def test_the_name_of_what_a_column_holds(index: Index) -> None:
    made = _made("the title of the town with rent", {"title": Label.SHOW, "town": Label.SHOW}, index)
    assert all("named by what follows" not in one.notes for one in made)  # a title is its hall's
    made = _made("the names of the town of actors", {"names": Label.SHOW, "town": Label.SHOW}, index)
    assert _shown(_noted(made, "named by what follows")) == ["town"]


def test_names_in_two_parts(index: Index) -> None:
    made = _made("show the names of actors", {"names": Label.SHOW, "actors": Label.CONTEXT}, index)
    assert _shown(_noted(made, "first and last name")) == ["first_name", "last_name"]
    made = _made("show the last name of actors", {"last name": Label.SHOW, "actors": Label.CONTEXT}, index)
    assert all("first and last name" not in one.notes for one in made)


@pytest.mark.parametrize(("question", "descending"), [("top 3 greatest rents", True), ("3 lowest rents", False)])
def test_the_first_few_of_what_is_shown(question: str, descending: bool, index: Index) -> None:
    query = _noted(_made(question, {"3": Label.LIMIT, "rents": Label.SHOW}, index), "first few of what is shown")
    assert query.limit == 3
    (order,) = query.order
    assert isinstance(order.by, Field)
    assert (order.by.key.name, order.descending) == ("rent", descending)


def test_an_order_that_names_no_column(index: Index) -> None:
    made = _made(
        "list the town and the number of halls in descending order", {"town": Label.SHOW, "halls": Label.COUNT}, index
    )
    (order,) = _noted(made, "sorted by what is shown").order
    assert isinstance(order.by, Aggregate)
    assert order.by.function is Function.COUNT
    assert order.descending
    made = _made("rents and titles of halls alphabetically", {"titles": Label.SHOW, "rents": Label.SHOW}, index)
    (order,) = _noted(made, "sorted by what is shown").order
    assert isinstance(order, Ordering)
    assert isinstance(order.by, Field)
    assert order.by.key.name == "title"


def test_what_is_of_the_commonest_without_it(index: Index) -> None:
    labels = {"titles": Label.SHOW, "style": Label.COMMON, "halls": Label.CONTEXT}
    query = _noted(_made("titles of halls of the most common style", labels, index), "the commonest unseen")
    assert _shown(query) == ["title"]
    assert isinstance(query.where, Compare)
    assert isinstance(query.where.right, Query)
    assert _shown(query.where.right) == ["style"]


def test_keys_beside_names(index: Index) -> None:
    labels = {"hall": Label.SHOW, "rent": Label.TOP_DESC}
    query = _noted(_made("which hall has the highest rent", labels, index), "keys and names")
    assert _shown(query) == ["id", "title"]


def test_ranked_by_the_mean_that_is_said(index: Index) -> None:
    labels = {"town": Label.SHOW, "rent": Label.TOP_ASC}
    query = _noted(_made("the town with the lowest average rent", labels, index), "ranked by the function said")
    (order,) = query.order
    assert isinstance(order.by, Aggregate)
    assert (order.by.function, order.descending, query.limit) == (Function.AVG, False, 1)
    assert query.group


def test_two_words_for_one_count(index: Index) -> None:
    made = _made("how many actors perform in halls", {"actors": Label.COUNT, "halls": Label.COUNT}, index)
    query = _noted(made, "counted once")
    assert [one.of.table.name for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Rows)] == [
        "actors"
    ]
    made = _made("the number of actors and the number of halls", {"actors": Label.COUNT, "halls": Label.COUNT}, index)
    assert all("counted once" not in one.notes for one in made)


def test_a_row_is_one_row_of_itself(index: Index) -> None:
    made = _made("which halls have two or more", {"halls": Label.SHOW, "two": Label.HAVING}, index)
    counted = [
        one.query.having.left.of
        for one in made
        if isinstance(one.query.having, Compare) and isinstance(one.query.having.left, Aggregate)
    ]
    assert next(one.table.name for one in counted if isinstance(one, Rows)) == "actors"
