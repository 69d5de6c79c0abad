"""Columns of yes and no: which they are, and what they hold where they say yes and where they say no."""

from __future__ import annotations

from services.ml_gateway.engine.model import Column, DataType, Role
from services.ml_gateway.engine.query.model import Literal
from services.ml_gateway.engine.tokens import name_words
from services.ml_gateway.engine.words.codes import FALSE_FORMS, TRUE_FORMS

# Whole numbers of two values that are called so count, rank or identify.
_NO_FLAGS = frozenset(
    """id key code no nr num number year month day week quarter hour minute rank ranking position level grade order line
    index sequence version count amount total quantity""".split()
)


def is_flag(column: Column) -> bool:
    return stored(column) is not None


def stored(column: Column) -> tuple[Literal, Literal] | None:
    """What the column holds for yes and for no; None for other columns."""
    if column.data_type is DataType.BOOLEAN:
        return True, False
    if column.data_type is DataType.INTEGER:
        words = name_words(column.name)
        few = column.role is Role.DIMENSION and column.distinct_count in (1, 2)
        return (1.0, 0.0) if few and words and words[-1] not in _NO_FLAGS else None
    if column.data_type is not DataType.TEXT or len(column.samples) != 2:
        return None
    samples = {one.strip().casefold(): one for one in column.samples}
    yes = next((text for said, text in samples.items() if said in TRUE_FORMS), None)
    no = next((text for said, text in samples.items() if said in FALSE_FORMS), None)
    return (yes, no) if yes is not None and no is not None else None
