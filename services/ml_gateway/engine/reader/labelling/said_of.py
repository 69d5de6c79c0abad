"""What a word can't mean for what stands around it: whose number it is, and that it tells what is done."""

from __future__ import annotations

from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import Sentence
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.tokens import name_words

_CALLED_SO = 0.95
_MAKING = frozenset(("sum", "average", "median", "most", "least"))
_STATES = (TargetKind.VALUE, TargetKind.FLAG)
_DOING = frozenset("do does did to who that".split())
_TAKING = frozenset("take takes took taken taking in of at".split())  # "take place", "in place of"


def is_of_other_rows(part: Part, sentence: Sentence, index: Index) -> bool:
    """ "The total amount of failed payments", where payments have an amount, is no column "total amount" of others."""
    if part.choice is None or part.choice.target.kind is not TargetKind.COLUMN:
        return False
    owner = _owner(part, sentence)
    if owner is None or owner == part.choice.target.table:
        return False
    said = {token.lemma for token in sentence.tokens[part.item.first : part.item.last]
            if WORDS.get(token.form) not in _MAKING}  # fmt: skip
    facts = index.tables[owner]
    return any(
        set(name_words(one.name)) - set(name_words(owner.name)) == said
        for one in index.catalog.by_key[owner].columns
        if one.data_type.numeric and one.name not in facts.keys
    )


def _owner(part: Part, sentence: Sentence) -> TableKey | None:
    """The table that is named right behind "of"; values may stand between."""
    at, tokens = part.item.last, sentence.tokens
    if at >= len(tokens) or tokens[at].form != "of":
        return None
    at += 1
    for item in sentence.items:
        if item.first < at:
            continue
        if any(WORDS.get(token.form) not in ("the", "that") for token in tokens[at : item.first]):
            return None
        first = item.choices[0]
        if first.target.kind is TargetKind.TABLE and first.score >= _CALLED_SO:
            return first.target.table
        if first.target.kind not in _STATES:
            return None
        at = item.last
    return None


def is_verb(part: Part, sentence: Sentence) -> bool:
    """ "Orders that they placed", "how many did they place": no place on a map."""
    if part.choice is None or part.choice.how != "vocabulary":
        return False
    forms = [token.form for token in sentence.tokens]
    for at in range(part.item.first, part.item.last):
        if forms[at] == "placed":
            return True
        if forms[at] == "place" and at and forms[at - 1] not in _TAKING and _DOING & set(forms[:at]):
            return True
    return False
