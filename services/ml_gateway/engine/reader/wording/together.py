"""Two deeds of the same rows ("who has both lent and borrowed", "sold as well as bought"), and values that several rows
share ("names shared by two clerks", "cities that occur more than once").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Exists,
    Field,
    Function,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.wording.absent import subject_of
from services.ml_gateway.engine.reader.wording.ties import Tie, ties
from services.ml_gateway.engine.reading import Operator

BOTH, SHARED = "both deeds", "shared values"
_LEAST = 2.0  # how well words must name rows
_SHARING = frozenset("shared share same duplicate duplicates duplicated".split())
_AGAIN = ("more than once", "more than one", "twice", "several", "multiple times", "repeatedly")


def segments(frame: Frame) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The tokens of the two deeds; None where there are none."""
    forms = [token.form for token in frame.sentence.tokens]
    said = " ".join(forms)
    if "no" in frame.kinds or not ("both" in forms or "as well as" in said or "and also" in said):
        return None
    start = forms.index("both") + 1 if "both" in forms else _behind_subject(frame)
    for at in range(start + 1, len(forms) - 1):
        if forms[at : at + 3] == ["as", "well", "as"]:
            return (start, at), (at + 3, len(forms))
        if forms[at] == "and":
            return (start, at), (at + 1, len(forms))
    return None


def _behind_subject(frame: Frame) -> int:
    first = frame.sentence.items[0] if frame.sentence.items else None
    return first.last if first is not None else 0


def apart_from(frame: Frame, said: tuple[tuple[int, int], tuple[int, int]]) -> list[Part]:
    """The parts that are of neither."""
    return [one for one in frame.parts if not said[0][0] <= one.item.first < said[1][1]]


def both_deeds(
    frame: Frame, said: tuple[tuple[int, int], tuple[int, int]], queries: Sequence[Query]
) -> Iterator[tuple[Query, str]]:
    """queries: what the other parts make; each with rows of both kinds."""
    for query in queries:
        table = subject_of(query)
        if table is None or query.having or query.combined or query.order:
            continue
        one, other = (_best(frame, table, *segment) for segment in said)
        if one and other and one.rows != other.rows:
            own = [query.where] if query.where else []
            yield replace(query, where=all_of([*own, Exists(one.rows), Exists(other.rows)])), BOTH


def _best(frame: Frame, table: TableKey, first: int, last: int) -> Tie | None:
    found = ties(table, frame.sentence, first, last, frame.index)
    return found[0] if found and found[0].score >= _LEAST else None


def shared(frame: Frame, query: Query) -> Iterator[tuple[Query, str]]:
    """A column's values that more than one row has, where the query lists that column alone."""
    field = query.show[0] if len(query.show) == 1 else None
    if not isinstance(field, Field) or query.group or query.having or query.order or query.combined or query.limit:
        return
    forms = [token.form for token in frame.sentence.tokens]
    said = f" {' '.join(forms)} "
    if not _SHARING & set(forms) and not any(f" {one} " in said for one in _AGAIN):
        return
    if field.key.name in frame.index.tables[field.key.table].unique:
        return
    counted = Compare(Aggregate(Function.COUNT, Rows(field.key.table, field.role)), Operator.GREATER, (1.0,))
    yield replace(query, distinct=False, subject=None, group=(field,), having=counted), SHARED
