"""The reader by rules: a second opinion beside the learned one, and the surer of the two on metrics and periods.

Nothing but this file knows the rules (`candidates.py` and what that imports), and only `whole.py` asks it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.candidates import Candidate, candidates
from services.ml_gateway.engine.charting import chart_for
from services.ml_gateway.engine.choosing import clarification
from services.ml_gateway.engine.compiling import compile_reading
from services.ml_gateway.engine.dialog.converting import query_of
from services.ml_gateway.engine.explaining import explain
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Outcome, Planned
from services.ml_gateway.engine.periods import TimeMention
from services.ml_gateway.engine.problems import Unreadable, unsupported
from services.ml_gateway.engine.query.model import Both, During, Query
from services.ml_gateway.engine.ranking import CONFIDENT, confidence, ranked
from services.ml_gateway.engine.refusing import not_confident, unplaced
from services.ml_gateway.engine.wording import short_title

_EXTREMES = frozenset("lowest highest smallest largest minimum maximum min max".split())
_ASKING_WHEN = frozenset("when date dates day days time times".split())
_MEANS = frozenset("average mean avg median".split())


def by_rules(asked: Asked, index: Index, times: Sequence[TimeMention]) -> Outcome:
    """How the question ends by the rules alone; times are those that it names. The plan's confidence is that of the
    rules, see `weighing.py`."""
    named = {place for one in times if one.span for place in range(one.first, one.last)}
    if any(token.lemma == "fiscal" and place not in named for place, token in enumerate(asked.tokens)):
        return unsupported("fiscal periods").outcome
    if any(one.span and "fiscal" in one.span.label for one in times) and any(one.grain for one in times):
        return unsupported("fiscal periods").outcome  # quarters of a fiscal year aren't the calendar's
    if _totals_nothing(asked):
        return unsupported("a total of nothing in particular").outcome
    if _lists_figures(asked):
        return unsupported("several figures of one column").outcome
    order = ranked(candidates(asked, index))
    best = order[0][1]
    if best.unplaced:
        return unplaced(best, asked, index)
    if best.failure:
        return best.failure
    tied = clarification(order, asked, index)
    if tied:
        return tied
    if confidence(best) < CONFIDENT:
        return not_confident(best, asked, index)
    made = _planned(best, asked, index)
    return unsupported("the days alone").outcome if _shows_days_alone(made, asked) else made


def _shows_days_alone(made: Outcome, asked: Asked) -> bool:
    """ "Tickets opened in May": the days on which they were, and nothing of them, where nobody asks when."""
    query = query_of_plan(made) if isinstance(made, Planned) else None
    if query is None or len(query.show) != 1 or _ASKING_WHEN & {token.form for token in asked.tokens}:
        return False
    conditions = query.where.conditions if isinstance(query.where, Both) else (query.where,)
    return any(isinstance(one, During) and one.field == query.show[0] for one in conditions)


def _totals_nothing(asked: Asked) -> bool:
    """ "Total by country": of what isn't said."""
    said = [token.form for token in asked.tokens if token.form not in ("the", "show", "me", "our", "give")]
    return said[:1] in (["total"], ["totals"], ["sum"]) and said[1:2] in (["by"], ["per"])


def _lists_figures(asked: Asked) -> bool:
    """ "Lowest, average and highest price": three figures, and nothing is ranked."""
    forms = [token.form for token in asked.tokens]
    for at, form in enumerate(forms):
        following = [one for one in forms[at + 1 : at + 4] if one not in ("the", "and", ",")]
        joined = forms[at + 1 : at + 2] in ([","], ["and"])
        if form in _EXTREMES and joined and following and following[0] in _EXTREMES | _MEANS:
            return True
    return False


def query_of_plan(plan: Planned) -> Query | None:
    """What a plan asks; None where it computes numbers over several tables side by side."""
    return plan.reading if isinstance(plan.reading, Query) else query_of(plan.reading)


def _planned(best: Candidate, asked: Asked, index: Index) -> Outcome:
    assert best.reading
    try:
        compiled = compile_reading(best.reading, index, asked.timezone)
    except Unreadable as problem:
        return problem.outcome
    return Planned(
        sql=compiled.sql,
        reading=best.reading,
        columns=compiled.columns,
        interpretation=explain(best, asked, index),
        chart=chart_for(compiled.columns, best.reading.dimensions),
        confidence=round(confidence(best), 3),
        tables=compiled.tables,
        fingerprint=hashlib.sha256(f"{index.catalog.dialect}\n{compiled.sql}".encode()).hexdigest()[:32],
        title=short_title(best.reading, best, asked, index),
    )
