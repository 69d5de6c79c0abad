"""Learned things as messages, and back. Pure."""

from infinure.ml_gateway.v1 import learning_pb2 as pb

from services.ml_gateway.learning.model import (
    Feedback,
    Origin,
    Synonym,
    SynonymKind,
    SynonymTarget,
    Verdict,
    VerifiedAnswer,
)
from services.ml_gateway.learning.seeing import Seen
from services.ml_gateway.rpc.moments import moment

_KINDS = {
    SynonymKind.TABLE: pb.SYNONYM_KIND_TABLE,
    SynonymKind.COLUMN: pb.SYNONYM_KIND_COLUMN,
    SynonymKind.VALUE: pb.SYNONYM_KIND_VALUE,
    SynonymKind.METRIC: pb.SYNONYM_KIND_METRIC,
    SynonymKind.RELATIONSHIP: pb.SYNONYM_KIND_RELATIONSHIP,
    SynonymKind.DATE: pb.SYNONYM_KIND_DATE,
    SynonymKind.CHOICE: pb.SYNONYM_KIND_CHOICE,
}
_KINDS_BACK = {number: kind for kind, number in _KINDS.items()}
_ORIGINS = {
    Origin.CLARIFICATION: pb.LEARNING_ORIGIN_CLARIFICATION,
    Origin.PERSON: pb.LEARNING_ORIGIN_PERSON,
}
_VERDICTS = {Verdict.UP: pb.VERDICT_UP, Verdict.DOWN: pb.VERDICT_DOWN}
_VERDICTS_BACK = {number: verdict for verdict, number in _VERDICTS.items()}


def synonym(one: Synonym, seen: Seen) -> pb.Synonym:
    """What is withheld is empty."""
    shown = not seen.withheld
    return pb.Synonym(
        id=str(one.id),
        source_id=str(one.source_id),
        words=one.words if shown else "",
        target=target(one.target) if shown else None,
        meaning=one.meaning if shown else "",
        origin=_ORIGINS[one.origin],
        user_id=str(one.user_id or ""),
        create_time=moment(one.create_time),
        update_time=moment(one.update_time),
        use_count=one.use_count,
        last_use_time=moment(one.last_use_time),
        weight=one.weight,
        used=seen.used,
        outdated=seen.outdated,
    )


def target(one: SynonymTarget) -> pb.SynonymTarget:
    return pb.SynonymTarget(
        kind=_KINDS[one.kind],
        schema=one.schema,
        table=one.table,
        column=one.column,
        value=one.value,
        metric=one.metric,
        reference_columns=one.reference_columns,
        choice=one.choice,
    )


def target_of(message: pb.SynonymTarget) -> SynonymTarget:
    """Only the fields that count for the kind, so that equal targets are equal."""
    kind = _KINDS_BACK[message.kind]
    placed = kind is not SynonymKind.METRIC
    columned = kind in (SynonymKind.COLUMN, SynonymKind.VALUE, SynonymKind.DATE)
    return SynonymTarget(
        kind=kind,
        schema=message.schema if placed else "",
        table=message.table if placed else "",
        column=message.column if columned else "",
        value=message.value if kind is SynonymKind.VALUE else "",
        metric=message.metric if kind is SynonymKind.METRIC else "",
        reference_columns=tuple(message.reference_columns) if kind is SynonymKind.RELATIONSHIP else (),
        choice=message.choice if kind is SynonymKind.CHOICE else "",
    )


def verified_answer(one: VerifiedAnswer, seen: Seen) -> pb.VerifiedAnswer:
    """What is withheld is empty."""
    shown = not seen.withheld
    return pb.VerifiedAnswer(
        id=str(one.id),
        source_id=str(one.source_id),
        question=one.question if shown else "",
        sql=one.sql if shown else "",
        summary=one.summary if shown else "",
        is_correction=one.is_correction,
        is_relative=one.is_relative,
        user_id=str(one.user_id or ""),
        create_time=moment(one.create_time),
        update_time=moment(one.update_time),
        catalog_version=one.catalog_version,
        use_count=one.use_count,
        last_use_time=moment(one.last_use_time),
        weight=one.weight,
        used=seen.used,
        outdated=seen.outdated,
    )


def feedback(one: Feedback) -> pb.Feedback:
    return pb.Feedback(
        answer_id=str(one.answer_id),
        user_id=str(one.user_id),
        verdict=_VERDICTS[one.verdict],
        reason=one.reason,
        verified_answer_id=str(one.verified_answer_id or ""),
        synonym_ids=map(str, one.synonym_ids),
        update_time=moment(one.update_time),
    )


def verdict(number: pb.Verdict.ValueType) -> Verdict | None:
    return _VERDICTS_BACK.get(number)
