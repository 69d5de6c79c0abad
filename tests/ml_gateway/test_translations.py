"""Catalogs into the engine, plans out of it, and sources chosen: pure, and case by case."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from infinure.integration.v1 import catalog_pb2 as pb
from infinure.integration.v1.semantic_model_pb2 import GlossaryWord
from infinure.ml_gateway.v1 import answer_event_pb2, chart_pb2, result_pb2

from meshkit.ids import new_id
from services.ml_gateway.builtin import choosing, messages
from services.ml_gateway.builtin.catalog import engine_catalog
from services.ml_gateway.builtin.choosing import Read, Tied
from services.ml_gateway.builtin.version import engine_version
from services.ml_gateway.engine import Outcome, Planned, Refused, plan, prepare
from services.ml_gateway.engine import outcome as said
from services.ml_gateway.engine.model import ColumnKey, DataType, Direction, Format, Metric, TableKey
from services.ml_gateway.kept import Kept
from services.ml_gateway.model import KnownCatalog, Source
from tests.ml_gateway.catalogs import column, employees, orders, revenue
from tests.ml_gateway.server import NOW

ORDERS = TableKey("public", "orders")


def metrics(*given_metrics: pb.Metric, tables: tuple[pb.Table, ...] = ()) -> dict[str, Metric]:
    catalog = engine_catalog(pb.Catalog(tables=[orders(), *tables], metrics=given_metrics), "v")
    return {metric.name: metric for metric in catalog.metrics}


def planned(question: str, **more: Any) -> Planned:
    outcome = plan(question, prepare(engine_catalog(pb.Catalog(dialect="postgres", **more), "v")), now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome


def test_a_column_keeps_all_that_is_known_of_it() -> None:
    given_column = column(
        "country",
        pb.COLUMN_TYPE_TEXT,
        label="Country",
        sample_values=["DE", "FR"],
        samples_complete=True,
        distinct_count=0,
        hidden_in_presentation=True,
        value_synonyms=[pb.ValueSynonyms(value="DE", synonyms=["Germany", "Deutschland"])],
    )
    table = pb.Table(schema="public", name="customers", columns=[given_column])
    (read,) = engine_catalog(pb.Catalog(tables=[table]), "v").tables[0].columns
    assert (read.data_type, read.label, read.samples, read.samples_complete) == (
        DataType.TEXT,
        "Country",
        ("DE", "FR"),
        True,
    )
    assert (read.distinct_count, read.hidden) == (0, True)
    assert read.value_synonyms == (("Germany", "DE"), ("Deutschland", "DE"))


@pytest.mark.parametrize("kind", pb.ColumnType.values())
def test_every_type_of_the_contract_is_read(kind: pb.ColumnType.ValueType) -> None:
    table = pb.Table(schema="public", name="t", columns=[column("c", kind)])
    (read,) = engine_catalog(pb.Catalog(tables=[table]), "v").tables[0].columns
    name = pb.ColumnType.Name(kind).removeprefix("COLUMN_TYPE_").lower()
    expected = {"decimal": "number"}.get(name, name)
    assert read.data_type == (expected if expected in set(DataType) else DataType.OTHER)
    assert read.distinct_count is None


def test_metrics_and_keys_of_tables_that_are_not_seen_are_left_out() -> None:
    """A ratio is left out with either of its parts."""
    hidden = pb.Metric(name="cost", schema="public", table="invoices", expression="sum(total)")
    margin = pb.Metric(name="margin", numerator="revenue", denominator="cost")
    per_order = pb.Metric(name="per_order", numerator="revenue", denominator="orders_made")
    made = pb.Metric(name="orders_made", schema="public", table="orders", expression="count(*)")
    found = metrics(revenue(), hidden, margin, per_order, made)
    assert set(found) == {"revenue", "per_order", "orders_made"}
    assert found["per_order"].table == ORDERS
    key = pb.Relationship(from_schema="public", from_table="orders", to_schema="public", to_table="customers")
    assert engine_catalog(pb.Catalog(tables=[orders()], relationships=[key]), "v").relationships == ()


@pytest.mark.parametrize(
    ("written", "table"),
    [
        ("ordered_on", ORDERS),
        ("orders.ordered_on", ORDERS),
        ("public.orders.ordered_on", ORDERS),
        ("archive.orders.ordered_on", TableKey("archive", "orders")),
    ],
)
def test_a_metrics_date_may_be_another_tables(written: str, table: TableKey) -> None:
    other = orders()
    other.schema = "archive"
    found = metrics(revenue(time_column=written), tables=(other,))
    assert found["revenue"].time_column == ColumnKey(table, "ordered_on")


def test_formats() -> None:
    found = metrics(*(revenue(name=form or "none", format=form) for form in ("currency:EUR", "percent", "unit:kg", "")))
    assert {name: (metric.format, metric.unit) for name, metric in found.items()} == {
        "currency:EUR": (Format.CURRENCY, "EUR"),
        "percent": (Format.PERCENT, ""),
        "unit:kg": (Format.NONE, "kg"),
        "none": (Format.NONE, ""),
    }
    assert messages.number_format(Format.CURRENCY, "EUR").currency == "EUR"
    assert messages.number_format(Format.PERCENT, "").style == result_pb2.NUMBER_STYLE_PERCENT
    assert messages.number_format(Format.NONE, "kg").unit == "kg"
    assert messages.number_format(Format.INTEGER, "").fraction_digits == 0
    assert not messages.number_format(Format.NONE, "").HasField("fraction_digits")


def test_a_chart_names_columns_by_place() -> None:
    made = messages.chart(planned("revenue by month and status", tables=[orders()], metrics=[revenue()]))
    assert (made.kind, made.HasField("series_column")) == (chart_pb2.CHART_KIND_LINE, True)
    assert sorted((made.x_column, made.series_column, *made.y_columns)) == [0, 1, 2]


def test_every_word_of_the_engine_has_one_in_the_contract() -> None:
    for reason in said.RefusalReason:
        assert messages.refusal(Refused(reason, "no"), []).reason != answer_event_pb2.REFUSAL_REASON_UNSPECIFIED
    assert set(messages._CHARTS) == set(said.ChartKind)
    assert set(messages._MEANINGS) == set(said.MeaningKind)


def test_the_engines_version_names_its_code() -> None:
    assert engine_version() == engine_version()
    assert engine_version().partition("+")[2]


def read(name: str, outcome: Outcome) -> Read:
    return Read(KnownCatalog(new_id(), name, "v", pb.Catalog(source_name=name)), outcome, "?")


def test_a_plan_comes_before_a_refusal_and_the_nearest_refusal_before_others() -> None:
    plan_of_orders = planned("how many orders are there", tables=[orders()])
    far = Refused(said.RefusalReason.NOT_A_DATA_QUESTION, "no")
    near = Refused(said.RefusalReason.NO_SUCH_DATA, "no", words=("purple",))
    further = Refused(said.RefusalReason.NO_SUCH_DATA, "no", words=("purple", "unicorn"))
    chosen = choosing.best([read("a", far), read("b", plan_of_orders)])
    assert isinstance(chosen, Read)
    assert chosen.known.source_id == "b"
    refused = choosing.best([read("a", far), read("b", further), read("c", near)])
    assert isinstance(refused, Read)
    assert refused.known.source_id == "c"


def test_at_most_four_sources_are_offered() -> None:
    plan_of_orders = planned("how many orders are there", tables=[orders(), employees()])
    tied = choosing.best([read(str(number), plan_of_orders) for number in range(6)])
    assert isinstance(tied, Tied)
    assert [one.known.source_id for one in tied.reads] == ["0", "1", "2", "3"]


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_a_named_source_is_found_again(question: str, name: str) -> None:
    """Whatever the names are: the words before the name stay where they were, so offsets into them hold."""
    source = Source("1", name, True)
    asked, found = choosing.named(choosing.naming(question, name), [source])
    if question.rstrip().rstrip("?").strip():
        assert (found, asked) == (source, question.rstrip().rstrip("?").rstrip())
    else:  # nothing but question marks: without the brackets there is no question
        assert found is None


def test_a_question_without_a_source_stays_as_it_is() -> None:
    sources = [Source("1", "Shop", True)]
    for question in ("revenue (in Shops)", "(in Shop)", "revenue in Shop", "revenue (in Shop) by month"):
        assert choosing.named(question, sources) == (question, None)
    assert choosing.named("revenue (IN SHOP) ", sources) == ("revenue", sources[0])


def test_the_least_recently_used_leaves_first() -> None:
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_directions_and_glossary_reach_the_engine() -> None:
    def metric(name: str, **more: Any) -> pb.Metric:
        return pb.Metric(name=name, schema="public", table="orders", expression="count(*)", **more)

    read = engine_catalog(
        pb.Catalog(
            tables=[orders()],
            metrics=[metric("up", higher_is_better=True), metric("down", higher_is_better=False), metric("flat")],
            glossary=[GlossaryWord(word="GMV", meaning="gross revenue")],
        ),
        "v",
    )

    assert [one.direction for one in read.metrics] == [Direction.HIGHER, Direction.LOWER, Direction.NEITHER]
    assert read.glossary == (("GMV", "gross revenue"),)
