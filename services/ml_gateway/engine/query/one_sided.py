"""What holds of one side of a ratio alone: "refund rate of what came back damaged" over the sales of only that."""

from __future__ import annotations

from collections.abc import Sequence

from services.ml_gateway.engine.problems import unsafe
from services.ml_gateway.engine.query.joining import connect, fan_outs
from services.ml_gateway.engine.query.model import Condition, Query, Rows
from services.ml_gateway.engine.query.parts import Part
from services.ml_gateway.engine.query.rows import conjuncts, rows_of_condition
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.query.standing_in import condition_for_rows


def refuse_one_sided(parts: Sequence[Part], query: Query, schema: Schema) -> None:
    """Raises Unreadable where a condition can be looked up from the rows of one side, and on the other would only keep
    those of which there is a row on the first: the two would be of different things.
    """
    homes = list(dict.fromkeys(part.home for part in parts))
    if len(homes) < 2:
        return
    for one in conjuncts(query.where):
        found = [_is_above(home, condition_for_rows(one, home, schema.keys), schema) for home in homes]
        if any(found) and not all(found):
            raise unsafe(
                "What you ask of one part of this ratio says nothing of the other part, so it can't be worked out."
            )


def _is_above(home: Rows, condition: Condition | None, schema: Schema) -> bool:
    rows = tuple(rows_of_condition(condition)) if condition else ()
    return fan_outs(connect(home, rows, schema.keys), schema.keys) == 0
