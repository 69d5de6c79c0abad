"""The parts that a name, a value or a number can play in what is asked."""

from enum import StrEnum

from services.ml_gateway.engine.index import LiteralKind, Target, TargetKind
from services.ml_gateway.engine.opposing import OPPOSITE


class Label(StrEnum):
    """One part each. Those that begin with SHOW_ are shown too."""

    IGNORED = "ignored"  # the words mean nothing that the query needs
    CONTEXT = "context"  # a table that rows must be connected with, or that the question is about
    SHOW = "show"
    ALL = "all"  # every column of a table
    GROUP = "group"  # grouped by, not shown
    COUNT = "count"
    COUNT_DISTINCT = "count_distinct"
    SUM = "sum"
    AVG = "avg"
    MIN = "min"
    MAX = "max"
    WHERE = "where"  # a column that a condition is about; a value that it must have
    NOT = "not"  # a value, or a row below, that it must not have
    NULL = "null"
    NOT_NULL = "not_null"
    AGAINST = "against"  # a column compared with an aggregate of itself
    ASC = "asc"
    DESC = "desc"
    SHOW_ASC = "show_asc"
    SHOW_DESC = "show_desc"
    TOP_ASC = "top_asc"  # ordered by, and only the first kept
    TOP_DESC = "top_desc"
    SHOW_TOP_ASC = "show_top_asc"
    SHOW_TOP_DESC = "show_top_desc"
    COMMON = "common"  # shown: the value that most rows have
    RARE = "rare"
    RANK_ASC = "rank_asc"  # groups are ordered by an aggregate of the column
    RANK_DESC = "rank_desc"
    RANK_TOP_ASC = "rank_top_asc"
    RANK_TOP_DESC = "rank_top_desc"
    HAVING = "having"  # a table whose rows are counted, or a column aggregated, for a condition; its number
    LIMIT = "limit"

    __hash__ = str.__hash__  # an enumeration's own is written in Python


_SHOWN = (Label.SHOW, Label.COUNT, Label.COUNT_DISTINCT)
_ORDERED = (Label.ASC, Label.DESC, Label.TOP_ASC, Label.TOP_DESC)
_TABLE = (Label.CONTEXT, *_SHOWN, Label.ALL, Label.GROUP, *_ORDERED, Label.HAVING, Label.NOT, Label.COMMON, Label.RARE)
_COLUMN = (
    *_SHOWN, Label.GROUP, Label.SUM, Label.AVG, Label.MIN, Label.MAX, Label.WHERE, Label.NOT, Label.NULL,
    Label.NOT_NULL, Label.AGAINST, *_ORDERED, Label.SHOW_ASC, Label.SHOW_DESC,
    Label.SHOW_TOP_ASC, Label.SHOW_TOP_DESC, Label.COMMON, Label.RARE,
    Label.RANK_ASC, Label.RANK_DESC, Label.RANK_TOP_ASC, Label.RANK_TOP_DESC, Label.HAVING,
)  # fmt: skip
_VALUE = (Label.WHERE, Label.NOT)
_METRIC = (
    Label.SHOW, *_ORDERED, Label.SHOW_ASC, Label.SHOW_DESC, Label.SHOW_TOP_ASC, Label.SHOW_TOP_DESC, Label.HAVING,
)  # fmt: skip
_NUMBER = (Label.WHERE, Label.NOT, Label.HAVING, Label.LIMIT)


_DENIED = {TargetKind.COLUMN: (Label.NULL,), TargetKind.FLAG: (Label.NOT,)}
_MEASURED = (
    Label.WHERE, Label.AGAINST, *_ORDERED, Label.MIN, Label.MAX, Label.RANK_TOP_ASC, Label.RANK_TOP_DESC,
)  # fmt: skip


def allowed(target: Target, measured: bool, how: str = "") -> tuple[Label, ...]:
    """The parts that what words mean can play, besides none. measured: an adjective says it ("oldest": the age).

    how: as of a link; by its opposite a column is named because it doesn't hold, or is missing.
    """
    if how == OPPOSITE and target.kind in _DENIED:
        return _DENIED[target.kind]
    match target.kind:
        case TargetKind.TABLE:
            return _TABLE
        case TargetKind.COLUMN:
            return _MEASURED if measured else _COLUMN
        case TargetKind.METRIC:
            return _METRIC
        case TargetKind.LITERAL if target.literal is LiteralKind.NUMBER:
            return _NUMBER
        case _:
            return _VALUE
