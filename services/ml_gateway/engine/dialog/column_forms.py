"""Follow-ups about a column that is shown and named as it is called, that need no reader: "sort by age descending"."""

from __future__ import annotations

import re

from services.ml_gateway.engine.dialog import ordering
from services.ml_gateway.engine.dialog.form import LIST, THEM, Form
from services.ml_gateway.engine.dialog.group_forms import downward
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import column_label
from services.ml_gateway.engine.query.model import Field, Ordering, Query
from services.ml_gateway.engine.tokens import name_words

_WAY = r"(?:descending|decreasing|desc|ascending|increasing|asc)(?:ly)?(?: order)?"


def _sorted(match: re.Match[str], before: Before, index: Index) -> Query | None:
    """By the one column of that name; of some rows in an order, other rows could be meant than those."""
    held, said = before.query, name_words(match["column"])
    if held.limit is not None or held.group or held.combined:
        return None
    named = [
        one
        for one in held.show
        if isinstance(one, Field) and said in (name_words(one.key.name), name_words(column_label(one.key, index)))
    ]
    return ordering.ordered(held, Ordering(named[0], downward(match["way"]))) if len(named) == 1 else None


COLUMN_FORMS = (
    Form.of(
        rf"(?:and |now |then )*(?:sort|order|rank|arrange|sorted|ordered|ranked)(?: (?:{THEM}|{LIST}))? "
        rf"by (?:the |their |its )?(?P<column>[\w -]+?),? (?:in )?(?P<way>{_WAY})",
        _sorted,
        "the rows of the question before are put in the order of that column",
    ),
)
