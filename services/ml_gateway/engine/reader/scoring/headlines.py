"""Signs of how sure a reading is that only business questions have: metrics, periods, figures by their bare names.

"Revenue by month" has no verb and no "which": what a sentence says in many words is said by the places of few. There a
labelling by rule (`business/rules.py`) says more than it says of sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.ml_gateway.engine.query.model import MetricValue
from services.ml_gateway.engine.reader.pruning.heard import nodes_of
from services.ml_gateway.engine.reader.scoring.bare import is_headline
from services.ml_gateway.engine.reader.scoring.ranking import Ranked


def headline_signs(order: Sequence[Ranked]) -> dict[str, float]:
    """order is best first and not empty. Those of the business are 0 elsewhere."""
    best = order[0]
    sentence = best.candidate.sentence
    metric = any(isinstance(node, MetricValue) for node in nodes_of(best.candidate.query))
    headline = is_headline(sentence)
    business = float(metric or headline or bool(sentence.times))
    by_rule = [one for one in order if one.candidate.ruled]
    agreed = any(one.asks == best.asks for one in by_rule)
    return {
        "metric": float(metric), "period": float(bool(sentence.times)), "headline": float(headline),
        "business": business, "ruled share": sum(one.share for one in by_rule), "rule agrees": float(agreed),
        "business and rule agrees": business * agreed, "business without rule": business * (not by_rule),
        "business ruled share": business * sum(one.share for one in by_rule), "business meant": business * best.meant,
        "business share": business * best.share,
    }  # fmt: skip
