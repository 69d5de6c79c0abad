"""Which plain words a query does nothing with: such candidates come after those that obey.

The labels of one name can't see that a word elsewhere was left unheard; a query as a whole can.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Both,
    Bucket,
    Compare,
    During,
    Either,
    Exists,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    SetOperator,
)
from services.ml_gateway.engine.query.walking import nodes_of as nodes_of
from services.ml_gateway.engine.reader.assembly.comparing import either
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.wording.stating import UNKNOWN
from services.ml_gateway.engine.reading import Operator

_ENDS = frozenset(("most", "least", "longest", "shortest"))
_NUMBERS = frozenset(
    """count sum average median most least frequent longest shortest more less long share each twice least_at quality
    change""".split()
)
_ADDED = frozenset((Function.SUM, Function.COUNT))
_MEANS = frozenset((Function.AVG, Function.MEDIAN, Function.PERCENTILE))
_TOTALS = frozenset("total totals sum".split())
_LEFT = ("unbound", "clash")
_MISSING = ("no", "exist", "too", "but", "only", "other")
_CONDITIONS = (Label.WHERE, Label.HAVING, Label.NOT)


def unheard(query: Query, parts: Sequence[Part], sentence: Sentence, notes: Sequence[str]) -> int:
    """How many of the words that ask for something the query doesn't obey."""
    said = _said(sentence)
    nodes = nodes_of(query)
    ordered = any(isinstance(node, Query) and node.order for node in nodes)
    missed = sum(note in _LEFT for note in notes) + alternatives_unheard(parts, sentence, query)
    missed += len({sentence.kinds[at] == "average" for at in _functions_unheard(sentence, nodes)})
    missed += "order" in said and not ordered
    missed += any(isinstance(one, Compare) and one.operator is Operator.IS_NULL for one in nodes) and not denies(
        parts, sentence
    )
    told = (
        said & _NUMBERS
        or any(cue.kind is CueKind.PERCENTILE for cue in sentence.cues)
        or (query.group and ("by" in said or any(isinstance(one, Bucket) for one in query.group)))
    )
    missed += not told and any(isinstance(one, Aggregate) for one in query.show)
    return missed + _shows_what_is_given(query) + any(is_torn(node) for node in nodes)


def denies(parts: Sequence[Part], sentence: Sentence) -> bool:
    """Whether a word lets something be missing."""
    if sentence.cues or any(part.choice and part.choice.how == OPPOSITE for part in parts):
        return True
    return any(
        WORDS.get(token.form) in _MISSING or token.form in UNKNOWN or token.form.startswith("un")
        for token in sentence.tokens
    )


def _said(sentence: Sentence) -> set[str]:
    if "at" not in sentence.forms:
        return set(sentence.kinds)
    return {kind for at, kind in enumerate(sentence.kinds) if not _compares(sentence, at)}


def functions_unheard(sentence: Sentence, query: Query) -> tuple[int, ...]:
    """Where "average" or a superlative stands, of which the query has nothing."""
    return _functions_unheard(sentence, nodes_of(query))


def _functions_unheard(sentence: Sentence, nodes: Sequence[object]) -> tuple[int, ...]:
    functions = {node.function for node in nodes if isinstance(node, Aggregate)}
    ends = bool(functions & {Function.MAX, Function.MIN}) or any(isinstance(n, Query) and n.order for n in nodes)
    means = bool(functions & _MEANS) or any(isinstance(node, Arithmetic) for node in nodes)
    heard = {"average": means, **dict.fromkeys(_ENDS, ends)}
    added = bool(functions & _ADDED) or any(isinstance(node, Arithmetic | MetricValue) for node in nodes)
    return tuple(
        at
        for at, symbol in enumerate(sentence.symbols)
        if (not heard.get(WORDS.get(symbol, ""), True) and not _compares(sentence, at))
        or (symbol in _TOTALS and not added)
    )


def alternatives_unheard(parts: Sequence[Part], sentence: Sentence, query: Query) -> bool:
    """Whether "or" stands between two conditions, both of which the query wants."""
    held = [part.item for part in parts if part.choice and part.label in _CONDITIONS]
    if not any(either(sentence, one, other) for one, other in pairwise(held)):
        return False
    return not any(map(_is_alternative, nodes_of(query)))


def _is_alternative(node: object) -> bool:
    if isinstance(node, Compare):
        return isinstance(node.right, tuple) and node.operator is not Operator.BETWEEN and len(node.right) > 1
    return isinstance(node, Either) or node is SetOperator.UNION


def _compares(sentence: Sentence, at: int) -> bool:
    """ "At least", "at most"."""
    return at > 0 and sentence.tokens[at - 1].form == "at"


def is_torn(node: object) -> bool:
    """ "Without a visit in May": rows that there must not be, and beside that a condition that such a row holds."""
    if not isinstance(node, Both):
        return False
    missing = [
        one.condition.rows for one in node.conditions if isinstance(one, Not) and isinstance(one.condition, Exists)
    ]
    held = [one.field if isinstance(one, During) else one.left for one in node.conditions
            if isinstance(one, During | Compare)]  # fmt: skip
    return any(isinstance(one, Field) and one.rows in missing for one in held)


def _shows_what_is_given(query: Query) -> bool:
    """Nothing but a column whose one value the question has told."""
    if len(query.show) != 1 or query.where is None:
        return False
    return any(
        isinstance(node, Compare) and node.left == query.show[0] and node.operator is Operator.EQUAL
        and isinstance(node.right, tuple) and len(node.right) == 1
        for node in nodes_of(query.where)
    )  # fmt: skip
