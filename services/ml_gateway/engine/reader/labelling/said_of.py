"""What a word can't mean for what stands around it: whose number it is, and that it tells what is done."""

from __future__ import annotations

from services.ml_gateway.engine.flags import is_flag
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.tokens import name_words

_CALLED_SO = 0.95
_MAKING = frozenset(("sum", "average", "median", "most", "least"))
_STATES = (TargetKind.VALUE, TargetKind.FLAG)
_GUESSES = frozenset(("word form", "vocabulary", "related"))
_ANY = frozenset("a an any".split())
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


def is_deed(part: Part, sentence: Sentence, index: Index) -> bool:
    """ "Products never sold", "customers who never booked an order" tell what was not done, and no state that is only
    near the verb: not what isn't on sale now, nor orders of another state."""
    tokens, item, choice = sentence.tokens, part.item, part.choice
    if choice is None or not choice.target.column or not item.first or tokens[item.first - 1].form != "never":
        return False
    target = choice.target
    if part.label is Label.NOT and choice.how in _GUESSES:
        return True
    if target.kind is TargetKind.VALUE:
        any_ = item.last < len(tokens) and tokens[item.last].form in _ANY
        return any_ and tokens[item.last - 1].form.endswith("ed") and _names_rows(target.table, item.last + 1, sentence)
    words = {word for token in tokens[item.first : item.last] for word in (token.form, token.lemma)}
    column = index.catalog.columns[ColumnKey(target.table, target.column)]
    return is_flag(column) and words.isdisjoint(name_words(target.column))


def _names_rows(table: TableKey, at: int, sentence: Sentence) -> bool:
    """Whether the name that begins there may be the table's."""
    targets = (choice.target for one in sentence.items if one.first == at for choice in one.choices)
    return any(one.kind is TargetKind.TABLE and one.table == table for one in targets)


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
