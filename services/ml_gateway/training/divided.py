"""Which way of dividing a question into items fits its known query: what names a time is a period there, or isn't."""

from __future__ import annotations

from collections.abc import Sequence

from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.query.model import Bucket, Query
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.training.facts import Facts


def fitting(divided: Sequence[Sentence], query: Query, facts: Facts) -> Sentence:
    """The division with periods where the query has all of them, or where there is no other; else the plain one."""
    divided = [one for one in divided if not one.cues]
    plain = next((one for one in divided if not one.times), None)
    timed = next((one for one in divided if one.times), None)
    is_timed = timed and all(_is_asked(one, query, facts) for one in timed.times)
    fits = timed if is_timed or plain is None else plain
    assert fits, "a question has a division without set phrases"
    return fits


def _is_asked(mention: TimeMention, query: Query, facts: Facts) -> bool:
    if mention.grain and not any(isinstance(one, Bucket) and one.grain is mention.grain for one in query.group):
        return False
    if mention.span is None:
        return True
    days = {str(value)[:10] for held in facts.held for value in held.values}
    bounds = [bound.isoformat() for bound in (mention.span.start, mention.span.end) if bound is not None]
    return any(bound in days for bound in bounds)
