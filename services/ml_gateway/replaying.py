"""Use case: an answer made again from its receipt. Nothing is run."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from infinure.ml_gateway.v1.receipt_pb2 import OUTCOME_ANSWERED, OUTCOME_NO_DATA, Receipt
from infinure.ml_gateway.v1.receipt_service_pb2 import (
    REPLAY_DIFFERENCE_CATALOG,
    REPLAY_DIFFERENCE_ENGINE,
    REPLAY_DIFFERENCE_LEARNING,
    REPLAY_DIFFERENCE_RECEIPT,
    REPLAY_DIFFERENCE_UNSPECIFIED,
    ReplayDifference,
)

from meshkit.identity import caller
from services.ml_gateway.answering import known_zone, may_write_sql
from services.ml_gateway.builtin.choosing import Read
from services.ml_gateway.builtin.reading import Reading
from services.ml_gateway.builtin.receipts import ENGINE
from services.ml_gateway.builtin.remembering import Remembering
from services.ml_gateway.builtin.sealing import Seal
from services.ml_gateway.builtin.vouched import Written
from services.ml_gateway.engine import Planned
from services.ml_gateway.errors import ReceiptNotReplayable
from services.ml_gateway.learning.model import NOTHING
from services.ml_gateway.model import KnownCatalog, Question, Turn
from services.ml_gateway.ports import Data

_RAN = (OUTCOME_ANSWERED, OUTCOME_NO_DATA)
_LATEST = 7_258_118_400  # 2200, in seconds since 1970

_TOLD = {
    REPLAY_DIFFERENCE_UNSPECIFIED: "The same query as the receipt's.",
    REPLAY_DIFFERENCE_ENGINE: "The engine has another version than the receipt's, and reads the question otherwise.",
    REPLAY_DIFFERENCE_CATALOG: "The source's catalog has changed since, or you see another part of it.",
    REPLAY_DIFFERENCE_LEARNING: "Your organization has taught or forgotten something since.",
    REPLAY_DIFFERENCE_RECEIPT: "Nothing has changed that the query depends on, but the query: the receipt was altered.",
}
_UNSEALED = (
    "The question gives the same plan, but what ran for it can't be checked: the receipt has no seal. It was made "
    "before receipts were sealed, or it was altered."
)


@dataclass(frozen=True, slots=True)
class Replayed:
    """The reading of today; identical says that it is the receipt's, text what it is or why not. sealed: the receipt
    has a seal, or tells no query that needs one.
    """

    read: Read
    known: KnownCatalog
    difference: ReplayDifference.ValueType
    sealed: bool = True

    @property
    def plan(self) -> Planned | Written | None:
        outcome = self.read.outcome
        return outcome if isinstance(outcome, Planned | Written) else None

    @property
    def identical(self) -> bool:
        return self.difference == REPLAY_DIFFERENCE_UNSPECIFIED

    @property
    def text(self) -> str:
        return _TOLD[self.difference] if self.sealed else _UNSEALED


@dataclass(frozen=True)
class Replaying:
    """With the caller's own rights, over the catalog as it is now."""

    data: Data
    reading: Reading
    remembering: Remembering
    engine_version: str
    seal: Seal

    async def replay(self, receipt: Receipt) -> Replayed:
        """Raises ReceiptNotReplayable, NotFound SOURCE_NOT_FOUND, UnknownTimeZone."""
        known = await self.data.catalog(_source(receipt))
        moment = _moment(receipt)
        turns = tuple(map(Turn, receipt.earlier))
        zone = known_zone(receipt.time_zone)
        question = Question(receipt.question, known.source_id, zone, moment, turns=turns, bar=_bar(receipt))
        question = replace(question, may_write_sql=may_write_sql(caller()))
        learned = await self.remembering.learned(question, [known])
        read = await self.reading.over(question, known, learned.get(known.source_id, NOTHING))
        plan = read.outcome
        if not isinstance(plan, Planned | Written) or plan.fingerprint != receipt.plan_fingerprint:
            return Replayed(read, known, self._difference(receipt, read, known))
        if receipt.sql and not receipt.seal:
            return Replayed(read, known, REPLAY_DIFFERENCE_RECEIPT, sealed=False)
        same = self._ran_as_told(receipt, plan)
        return Replayed(read, known, REPLAY_DIFFERENCE_UNSPECIFIED if same else self._difference(receipt, read, known))

    def _ran_as_told(self, receipt: Receipt, plan: Planned | Written) -> bool:
        """Whether what the receipt tells to have run is what the plan ran as; one without a result may tell none."""
        if not receipt.sql and not receipt.seal:
            return receipt.outcome not in _RAN
        return self.seal.holds(receipt.seal, plan.fingerprint, plan.sql, receipt.sql)

    def _difference(self, receipt: Receipt, read: Read, known: KnownCatalog) -> ReplayDifference.ValueType:
        if receipt.engine_version != self.engine_version:
            return REPLAY_DIFFERENCE_ENGINE
        if receipt.catalog_version != (known.catalog.version or known.version):
            return REPLAY_DIFFERENCE_CATALOG
        verified_id = str(read.verified.id) if read.verified else ""
        if (receipt.learned_version, receipt.verified_answer_id) != (read.learned.version, verified_id):
            return REPLAY_DIFFERENCE_LEARNING
        return REPLAY_DIFFERENCE_RECEIPT


def _moment(receipt: Receipt) -> datetime:
    if not receipt.HasField("reference_time") or not 0 <= receipt.reference_time.seconds < _LATEST:
        raise ReceiptNotReplayable("the receipt's moment is none at which a question was asked")
    return receipt.reference_time.ToDatetime(tzinfo=UTC)


def _bar(receipt: Receipt) -> float | None:
    """The bar of then: what was answered then is answered again, and what was said before was asked back as then."""
    if not receipt.HasField("bar"):
        return None
    if not 0 <= receipt.bar <= 1:
        raise ReceiptNotReplayable("the receipt's bar is none")
    return receipt.bar


def _source(receipt: Receipt) -> str:
    if receipt.engine != ENGINE or not receipt.plan_fingerprint or not receipt.question:
        raise ReceiptNotReplayable("the receipt has no query of the built-in engine")
    try:
        return str(UUID(receipt.source_id))
    except ValueError:
        raise ReceiptNotReplayable("the receipt names no source") from None
