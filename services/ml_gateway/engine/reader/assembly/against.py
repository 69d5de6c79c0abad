"""What is compared with what other rows have, or with another column of the same row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Aggregate, Compare, Field, Function, Query
from services.ml_gateway.engine.reader.assembly.binding import field_of, type_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reading import Operator

_AGAINST = {
    "average": Function.AVG, "most": Function.MAX, "least": Function.MIN, "longest": Function.MAX,
    "shortest": Function.MIN, "quality": Function.MAX,
}  # fmt: skip
_REACH = 8
_ALL, _SOME = frozenset("all every each".split()), frozenset("any some".split())
_SIDES = {"more": Operator.GREATER, "less": Operator.LESS}
_LINKING = frozenset("than to".split())


def against(first: Part, last: Part, sentence: Sentence, index: Index) -> tuple[Compare, ...]:
    """ "Above the average age", "before all of 2006", "cheaper than any": the likeliest reading first. From the first
    to the last part it is one column."""
    field = field_of(first)
    kinds = [WORDS.get(token.form, "") for token in sentence.tokens]
    before = list(reversed(kinds[max(first.item.first - _REACH, 0) : first.item.last]))
    after = kinds[first.item.last : last.item.last + _REACH - 1]
    compared = "than" in after or any(kind in _SIDES for kind in after)
    near = [*after, *before] if compared else [*before, *after]
    said = next((kind for kind in near if kind in _SIDES), "")
    operator = _SIDES.get(said, Operator.EQUAL)
    function = next((_AGAINST[kind] for kind in near if kind in _AGAINST), None)
    functions = [function] if function else _of_several(first, sentence, operator)
    if operator is Operator.EQUAL and functions == [Function.AVG]:
        operator = Operator.GREATER
    return tuple(Compare(field, operator, Query(show=(Aggregate(one, field),))) for one in functions)


def _of_several(part: Part, sentence: Sentence, operator: Operator) -> list[Function]:
    """More than all: more than the most; more than any: than the least, though some mean all by it."""
    words = [token.form for token in sentence.tokens[part.item.first : part.item.last + _REACH]]
    most, least = (Function.MIN, Function.MAX) if operator is Operator.LESS else (Function.MAX, Function.MIN)
    if _SOME & set(words):
        return [least, most]
    return [most] if _ALL & set(words) and operator is not Operator.EQUAL else [Function.AVG]


def of_columns(free: Sequence[Part], sentence: Sentence, index: Index) -> tuple[Part, Part, Compare] | None:
    """ "Budgeted less than invested", "colder in March than in July": two columns of a row."""
    plain = [one for one in free if not one.item.measured]
    for left, right in pairwise(plain):
        one, other = field_of(left), field_of(right)
        if one == other or type_of(index, one).numeric != type_of(index, other).numeric:
            continue
        between = range(left.item.last, right.item.first)
        words = [sentence.tokens[at].form for at in between]
        kinds = [WORDS.get(word, "") for word in words]
        side = next((kind for kind in reversed(kinds) if kind in _SIDES), "")
        if not side and "than" in words:  # "a lower price in May than in June"
            earlier = [
                WORDS.get(token.form, "") for token in sentence.tokens[max(left.item.first - 5, 0) : left.item.first]
            ]
            side = next((kind for kind in reversed(earlier) if kind in _SIDES), "")
        if side and (_LINKING & set(words) or words[-1:] in (["after"], ["before"])):
            return left, right, Compare(one, _SIDES[side], other)
        if "equal" in kinds and _LINKING & set(words):
            return left, right, Compare(one, Operator.EQUAL, other)
    return None


def of_a_third(column: Part, before: Compare, end: int, sentence: Sentence) -> Compare | None:
    """ "Colder in March than in July or warmer than in May": what is compared once is compared again."""
    words = [token.form for token in sentence.tokens[end : column.item.first]]
    side = next((kind for word in words if (kind := WORDS.get(word, "")) in _SIDES), "")
    compared = isinstance(before.right, Field) and side and "than" in words
    return Compare(before.left, _SIDES[side], field_of(column)) if compared else None
