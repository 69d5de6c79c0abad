"""Questions made unanswerable: what is taken out of the catalog."""

from services.ml_gateway.engine.model import Catalog, Column, ColumnKey, DataType, Relationship, Table, TableKey
from services.ml_gateway.engine.query.model import Compare, Field, Query
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.training.lacking import lacking

_BOAT, _HARBOUR = TableKey("", "boat"), TableKey("", "harbour")
_CATALOG = Catalog(
    (
        Table(
            "", "boat",
            (Column("id", DataType.INTEGER), Column("name", DataType.TEXT), Column("harbour_id", DataType.INTEGER)),
            ("id",), unique_keys=(("name",),), label_column="name",
        ),
        Table("", "harbour", (Column("id", DataType.INTEGER), Column("town", DataType.TEXT)), ("id",)),
    ),
    (Relationship(_BOAT, ("harbour_id",), _HARBOUR, ("id",)),),
)  # fmt: skip


def _field(table: TableKey, name: str) -> Field:
    return Field(ColumnKey(table, name))


def test_a_column_that_the_query_needs_is_gone_and_nothing_else() -> None:
    query = Query((_field(_BOAT, "name"),))
    poorer = lacking(query, _CATALOG, "Which boats are there?")
    assert poorer
    assert set(_CATALOG.columns) - set(poorer.columns) == {ColumnKey(_BOAT, "name")}
    boat = poorer.by_key[_BOAT]
    assert (boat.unique_keys, boat.label_column) == ((), "")
    assert poorer.relationships == _CATALOG.relationships


def test_the_same_question_always_lacks_the_same_column() -> None:
    query = Query((_field(_BOAT, "name"),), where=Compare(_field(_HARBOUR, "town"), Operator.EQUAL, ("Riga",)))
    gone = {
        text: {
            tuple(sorted(set(_CATALOG.columns) - set(poorer.columns)))
            for _ in range(3)
            if (poorer := lacking(query, _CATALOG, text))
        }
        for text in (
            "boats of Riga",
            "which boats lie in Riga",
            "names of boats in Riga",
            "Riga's boats",
            "boats, Riga",
        )
    }
    assert all(len(found) == 1 for found in gone.values())
    assert {one for found in gone.values() for one in found} == {
        (ColumnKey(_BOAT, "name"),),
        (ColumnKey(_HARBOUR, "town"),),
    }


def test_keys_stay_as_tables_would_not_join_without_them() -> None:
    query = Query((_field(_BOAT, "id"), _field(_BOAT, "harbour_id"), _field(_HARBOUR, "id")))
    assert lacking(query, _CATALOG, "boats and their harbours") is None
