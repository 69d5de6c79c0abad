"""What columns say of rows without being shown: "never checked", "whose address is unknown", "returned copies"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.flags import is_flag
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import SHOWING
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.vocabulary import IRREGULAR_PARTICIPLES

_NO = frozenset("no not never without t nt lack lacks lacking cannot nobody none".split())
_BETWEEN = frozenset(
    """yet been be being a an any the its their his her our have has had having got ever still so far been made
    assigned registered recorded known marked named stated given set""".split()
)
_SPLITTING = frozenset("by per".split())
_NEAR = 4
UNKNOWN = frozenset("unknown missing empty blank unspecified undefined unset absent null lacking unrecorded".split())
_KNOWN = frozenset("known recorded given set stated filled entered noted specified registered on available".split())
_HAVING = frozenset("have has had having with".split())
_ONE = frozenset("a an any".split())
_GOING_ON = frozenset("in by per for and but from ? .".split())
_PASSED = frozenset("is are was were be been has have had not yet n t s the of still".split())
_MAY_SAY = (*SHOWING, Label.WHERE, Label.NOT, Label.NULL, Label.NOT_NULL, Label.GROUP)


def stated(parts: Sequence[Part], sentence: Sentence, index: Index) -> Iterator[tuple[Part, ...]]:
    """Parts whose columns say what holds of rows, where the labels show them; at most the words' own reading."""
    parts = tuple(parts)
    opposed = tuple(_opposed(part) or part for part in parts)
    if opposed != parts:
        yield opposed
    told = tuple(_told(part, sentence, index) or part for part in parts)
    if told != parts:
        yield told
    held = tuple(_quality(part, sentence, index) or part for part in told)
    if held != told:
        yield held


def _opposed(part: Part) -> Part | None:
    """ "Open claims" that were opened, and are not closed."""
    if part.choice is None or part.choice.how == OPPOSITE or part.choice.target.kind is not TargetKind.COLUMN:
        return None
    other = next((one for one in part.item.choices if one.how == OPPOSITE), None)
    if other is None:
        return None
    labels = {TargetKind.COLUMN: Label.NULL, TargetKind.FLAG: Label.NOT}
    return replace(part, choice=other, label=labels.get(other.target.kind, Label.WHERE))


def _column(part: Part, index: Index) -> Column | None:
    if part.choice is None or part.choice.target.kind is not TargetKind.COLUMN or part.choice.how == OPPOSITE:
        return None
    return index.catalog.columns[ColumnKey(part.choice.target.table, part.choice.target.column)]


def _told(part: Part, sentence: Sentence, index: Index) -> Part | None:
    """A column that words say to be missing, or to be there."""
    column = _column(part, index)
    if column is None or part.label not in _MAY_SAY or part.item.measured:
        return None
    denied = _denied(part, sentence)
    there = None if denied else _there(part, sentence)
    if denied is None and there is None:
        return replace(part, label=Label.NOT_NULL) if column.nullable and _had(part, sentence) else None
    if is_flag(column):
        label = Label.NOT if denied or there is False else Label.WHERE
    elif not column.nullable:
        return None
    else:
        label = Label.NULL if denied or there is False else Label.NOT_NULL
    return replace(part, label=label) if label is not part.label else None


def _denied(part: Part, sentence: Sentence) -> bool | None:
    """Whether a negation stands right before the name, with nothing but small words between."""
    at = part.item.first - 1
    while at >= 0 and part.item.first - at <= _NEAR and sentence.tokens[at].form in _BETWEEN - _NO:
        at -= 1
    return True if at >= 0 and sentence.tokens[at].form in _NO else None


def _had(part: Part, sentence: Sentence) -> bool:
    """ "Customers who have a phone", of which no more is said: with an article it is one, and not which one it is."""
    words = [token.form for token in sentence.tokens]
    before, behind = words[max(part.item.first - 2, 0) : part.item.first], words[part.item.last :]
    had = len(before) == 2 and before[0] in _HAVING and before[1] in _ONE
    return had and (not behind or behind[0] in _GOING_ON)


def _there(part: Part, sentence: Sentence) -> bool | None:
    """What is said behind the name: that it is known, or that it isn't."""
    negated = False
    for at in range(part.item.last, min(part.item.last + _NEAR, len(sentence.tokens))):
        form = sentence.tokens[at].form
        if form in UNKNOWN:
            return negated
        if form in _KNOWN and (negated or WORDS.get(sentence.tokens[at - 1].form) in ("be", "have")):
            return not negated
        if form in ("not", "never", "t", "nt"):
            negated = True
        elif form not in _PASSED:
            return None
    return None


def _quality(part: Part, sentence: Sentence, index: Index) -> Part | None:
    """A column that only says how rows are: a flag is true, and what has happened has its day."""
    column = _column(part, index)
    if column is None or part.label not in SHOWING or part.item.measured:
        return None
    if is_flag(column):
        split = part.item.first > 0 and sentence.tokens[part.item.first - 1].form in _SPLITTING
        return None if split else replace(part, label=Label.WHERE)
    form = sentence.tokens[part.item.last - 1].form
    done = form.endswith("ed") or form in IRREGULAR_PARTICIPLES
    if column.data_type.temporal and column.nullable and done and not sentence.times:
        return replace(part, label=Label.NOT_NULL)
    return None
