"""Candidates that do the opposite of what a column's name says, or nothing with it, go where there are others.

Of questions over unseen databases every seventh has such a candidate, and it is the right one for none of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import ColumnKey
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.query.model import Field
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.features import Part
from services.ml_gateway.engine.reader.items import Sentence
from services.ml_gateway.engine.reader.labels import Label
from services.ml_gateway.engine.reader.marks import WORDS

_DENYING_KINDS = ("no", "exist", "too", "only")
_DENYING = frozenset("minus blank unknown unset undefined undated left remaining pending outstanding".split())
_NEGATIVE = ("un", "in", "im", "non", "dis")  # "unpaid", "incomplete": what begins so may deny
_WITHOUT = "w / o"
_UNUSED = "unused column"


def sifted(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those without such a flaw; all where each has one."""
    kept = tuple(one for one in found if not _is_flawed(one))
    return kept or tuple(found)


def _is_flawed(candidate: Candidate) -> bool:
    parts, sentence = candidate.labelling.parts, candidate.sentence
    if any(_is_missing_unasked(part, sentence) for part in parts):
        return True
    return _UNUSED in candidate.notes and any(_is_unused(part, candidate) for part in parts)


def _is_missing_unasked(part: Part, sentence: Sentence) -> bool:
    """A column that is said and must be empty, where no word denies anything: "paid invoices" have been."""
    if part.label is not Label.NULL or part.choice is None or part.choice.how == OPPOSITE:
        return False
    forms = [token.form for token in sentence.tokens]
    return _WITHOUT not in " ".join(forms) and not any(map(_denies, forms))


def _denies(form: str) -> bool:
    return WORDS.get(form) in _DENYING_KINDS or form in _DENYING or form.startswith(_NEGATIVE)


def _is_unused(part: Part, candidate: Candidate) -> bool:
    """A column that something must hold for, and that nothing is done with."""
    if part.label not in (Label.WHERE, Label.NOT) or part.choice is None:
        return False
    target = part.choice.target
    if target.kind is not TargetKind.COLUMN:
        return False
    key = ColumnKey(target.table, target.column)
    return not any(isinstance(node, Field) and node.key == key for node in nodes_of(candidate.query))
