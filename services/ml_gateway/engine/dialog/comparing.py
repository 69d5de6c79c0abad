"""Two periods or two values side by side: each number once for what was asked, once for what it is compared with."""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.dialog.conditions import same_place
from services.ml_gateway.engine.dialog.parts import conjuncts, is_measure, together
from services.ml_gateway.engine.query.model import Aggregate, Condition, Expression, Query


def compared(query: Query, other: Condition) -> Query | None:
    """The query's numbers beside those for the other condition; None where it has no number, or nothing to compare."""
    held = conjuncts(query.where)
    place = next((one for one in held if same_place(one, other)), None)
    if place is None or place == other or query.having is not None or query.limit is not None:
        return None
    show: list[Expression] = []
    for shown in query.show:
        if not is_measure(shown):
            show.append(shown)
        elif isinstance(shown, Aggregate):
            for one in (place, other):
                show.append(replace(shown, where=together((*conjuncts(shown.where), one))))
        else:
            return None
    rest = together(tuple(one for one in held if one != place))
    order = tuple(one for one in query.order if not is_measure(one.by))
    return replace(query, show=tuple(show), where=rest, order=order) if len(show) > len(query.show) else None
