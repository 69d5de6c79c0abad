"""Receipts: how an answer was made, so that it can be checked and made again. Pure."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from infinure.integration.v1.catalog_pb2 import Catalog
from infinure.ml_gateway.v1.answer_event_pb2 import Completed
from infinure.ml_gateway.v1.receipt_pb2 import (
    OUTCOME_ANSWERED,
    OUTCOME_NO_DATA,
    Outcome,
    ReadTable,
    Receipt,
)

from services.ml_gateway.builtin.choosing import Read
from services.ml_gateway.builtin.vouched import Written
from services.ml_gateway.engine import Planned
from services.ml_gateway.model import QueryResult, Question

ENGINE = "builtin"


def begun(question: Question, engine_version: str, bar: float) -> Receipt:
    """What every receipt says."""
    receipt = Receipt(engine=ENGINE, engine_version=engine_version, question=question.text, bar=bar)
    receipt.time_zone = question.time_zone
    receipt.reference_time.FromDatetime(question.now)
    return receipt


def read_from(receipt: Receipt, read: Read, planning_seconds: float) -> None:
    """Notes as what, and against what, the question was read."""
    known = read.known
    receipt.question = read.text
    receipt.earlier[:] = read.earlier
    receipt.learned_version = read.learned.version
    receipt.verified_answer_id = str(read.verified.id) if read.verified else ""
    receipt.source_id = known.source_id
    receipt.source_name = known.catalog.source_name
    receipt.catalog_version = known.catalog.version or known.version
    receipt.semantic_model_version = known.catalog.semantic_model_version
    receipt.policy_version = known.catalog.policy_version
    receipt.planning_duration.FromTimedelta(timedelta(seconds=planning_seconds))


def planned(receipt: Receipt, read: Read, plan: Planned | Written) -> None:
    """Notes how sure the plan is, and which."""
    receipt.confidence = read.confidence or 0.0
    receipt.plan_fingerprint = plan.fingerprint


def answered(receipt: Receipt, result: QueryResult, catalog: Catalog, seal: str) -> Completed:
    """The end of an answer with a result; catalog is the source's, which knows how large the tables are."""
    receipt.sql = result.sql
    receipt.seal = seal
    receipt.tables.extend(result.tables)
    receipt.read_tables.extend(_read(result.tables, catalog))
    receipt.policy_version = result.policy_version or receipt.policy_version
    receipt.scope_note = result.scope_note
    receipt.row_count = result.row_count
    receipt.data_time.CopyFrom(result.data_time)
    receipt.query_duration.FromTimedelta(timedelta(seconds=result.seconds))
    return ended(receipt, OUTCOME_NO_DATA if is_empty(result) else OUTCOME_ANSWERED)


def _read(tables: Sequence[str], catalog: Catalog) -> Iterator[ReadTable]:
    known = {f"{table.schema}.{table.name}": table for table in catalog.tables}
    for name in tables:
        table = known.get(name)
        if table is None:
            yield ReadTable(table=name)
        else:
            yield ReadTable(table=name, row_count=table.row_count, row_count_exact=table.row_count_exact)


def ended(receipt: Receipt, outcome: Outcome.ValueType) -> Completed:
    receipt.outcome = outcome
    return Completed(receipt=receipt)


def is_empty(result: QueryResult) -> bool:
    """No rows, or the one row without any value that totals over no rows make: a sum of nothing isn't 0."""
    if result.row_count > 1:
        return False
    return all(cell.WhichOneof("value") is None for row in result.rows for cell in row.cells)
