"""Candidates that do the opposite of what a column's name says, or nothing with it, go where there are others.

Of questions over unseen databases every seventh has such a candidate, and it is the right one for next to none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from services.ml_gateway.engine.flags import is_flag
from services.ml_gateway.engine.index import Index, LiteralKind, TargetKind
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Exists,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.pruning.omitting import omitted
from services.ml_gateway.engine.reader.pruning.said_beside import is_ruled_out
from services.ml_gateway.engine.reader.pruning.twisted import is_twisted
from services.ml_gateway.engine.reader.scoring.bare import is_headline
from services.ml_gateway.engine.reader.wording.listing import shown_whole
from services.ml_gateway.engine.reading import Operator

_DENYING_KINDS = ("no", "exist", "too", "only")
_DENYING = frozenset("minus blank unknown unset undefined undated left remaining pending outstanding".split())
_NEGATIVE = ("un", "in", "im", "non", "dis")  # "unpaid", "incomplete": what begins so may deny
_WITHOUT = "w / o"
_LACKING = frozenset("missing empty null blank unknown unset known lack lacks lacking".split())
_UNUSED = "unused column"
_KNOWN = 0.9


def sifted(found: Sequence[Candidate], index: Index) -> tuple[Candidate, ...]:
    """Those without such a flaw, of a headline those that leave out nothing that is surely meant; all where each has
    one. Of those that are answered alike the likeliest."""
    named = {(time.first, time.last) for one in found for time in one.sentence.times}
    kept = tuple(one for one in found if not _is_flawed(one, index) and not _leaves_out_a_time(one, named))
    kept = kept or tuple(found)
    # A sentence says in other words what a headline leaves out: there the rest is right no more often than these.
    kept = tuple(one for one in kept if not (is_headline(one.sentence) and omitted(one, index))) or kept
    kept = _by_name(_straight(kept, index), index)
    answered: dict[Query, Candidate] = {}
    for one in kept:
        answered.setdefault(shown_whole(one.query, one.labelling.parts, one.sentence.tokens, index), one)
    return tuple(answered.values())


def _straight(found: Sequence[Candidate], index: Index) -> tuple[Candidate, ...]:
    """Without those where a word does another's work, if others explain as much."""
    twisted = [one for one in found if is_twisted(one, index)]
    others = [one for one in found if one not in twisted]
    most = max(map(_explained, twisted), default=0)
    return tuple(others) if twisted and any(_explained(one) >= most for one in others) else tuple(found)


def _explained(candidate: Candidate) -> int:
    return sum(part.item.last - part.item.first for part in candidate.labelling.parts if part.choice)


def _by_name(found: Sequence[Candidate], index: Index) -> tuple[Candidate, ...]:
    """Of headlines those that tell rows by their names, where others tell the same by keys that no word names."""
    if not found or not is_headline(found[0].sentence):
        return tuple(found)
    queries = {one.query for one in found}
    return tuple(one for one in found if not _is_by_key(one, queries, index))


def _is_by_key(candidate: Candidate, queries: Collection[Query], index: Index) -> bool:
    query = candidate.query
    said = {
        ColumnKey(part.choice.target.table, part.choice.target.column)
        for part in candidate.labelling.parts
        if part.choice and part.choice.target.kind is TargetKind.COLUMN
    }
    keys = [one for one in query.show if isinstance(one, Field) and one.key not in said and _tells_apart(one, index)]
    for one in keys:
        names = [Field(ColumnKey(one.key.table, name), one.role) for name in index.tables[one.key.table].labels]
        shown = tuple(dict.fromkeys(
            other for place in query.show for other in (names if place == one else (place,))
        ))  # fmt: skip
        groups = tuple(one.rows if place == one else place for place in query.group)
        named = replace(query, show=shown, group=groups)
        if names and named != query and named in queries:
            return True
    return False


def _tells_apart(field: Field, index: Index) -> bool:
    facts = index.tables[field.key.table]
    return field.key.name in facts.unique and field.key.name in facts.keys and field.key.name not in facts.labels


def _is_flawed(candidate: Candidate, index: Index) -> bool:
    parts, sentence = candidate.labelling.parts, candidate.sentence
    if is_ruled_out(candidate, index):
        return True
    if any(_is_missing_unasked(part, sentence) for part in parts):
        return True
    if _counts_a_list(candidate) or (_is_plain(candidate) and any(_is_code_of_named(part, index) for part in parts)):
        return True
    if any(_is_key_of_named(one, candidate, index) for one in candidate.query.show):
        return True
    if any(_is_unknown_flag(node, sentence, index) for node in nodes_of(candidate.query)):
        return True
    if any(_is_unsaid_part(node, candidate, index) for node in nodes_of(candidate.query)):
        return True
    if any(_is_guessed_elsewhere(part, candidate, index) or _is_kind_unheard(part, candidate, index) for part in parts):
        return True
    return _UNUSED in candidate.notes and any(_is_unused(part, candidate) for part in parts)


def _leaves_out_a_time(candidate: Candidate, named: Collection[tuple[int, int]]) -> bool:
    """Whether the words that name a period in another division mean nothing in this one."""
    own = {(time.first, time.last) for time in candidate.sentence.times}
    others = [one for one in named if one not in own]
    done = {at for part in candidate.labelling.parts if part.choice for at in range(part.item.first, part.item.last)}
    done |= {at for first, last in own for at in range(first, last)}
    return any(done.isdisjoint(range(first, last)) for first, last in others)


def _is_missing_unasked(part: Part, sentence: Sentence) -> bool:
    """A column that is said and must be empty, where no word denies anything: "paid invoices" have been."""
    if part.label is not Label.NULL or part.choice is None or part.choice.how == OPPOSITE:
        return False
    forms = [token.form for token in sentence.tokens]
    return _WITHOUT not in " ".join(forms) and not any(map(_denies, forms))


def _is_unknown_flag(node: object, sentence: Sentence, index: Index) -> bool:
    """What is yes or no, and must not be known, where no word says so: "not on display" is a no."""
    if not isinstance(node, Compare) or node.operator is not Operator.IS_NULL or not isinstance(node.left, Field):
        return False
    return is_flag(index.catalog.columns[node.left.key]) and _LACKING.isdisjoint(one.form for one in sentence.tokens)


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


def _counts_a_list(candidate: Candidate) -> bool:
    """ "List the books" wants them, not how many they are."""
    forms = [token.form for token in candidate.sentence.tokens]
    if forms[:1] != ["list"] or any(WORDS.get(form) in ("count", "how", "sum") for form in forms):
        return False
    query = candidate.query
    return not query.group and all(isinstance(one, Aggregate) and isinstance(one.of, Rows) for one in query.show)


def _is_plain(candidate: Candidate) -> bool:
    """Whether the likeliest labellings surely make it of other values too."""
    return not any(isinstance(node, Exists | SetOperator) for node in nodes_of(candidate.query))


def _is_code_of_named(part: Part, index: Index) -> bool:
    """The code of what is stored by its name in the table that the code points to: it is the same row."""
    if part.choice is None or part.choice.target.kind is not TargetKind.VALUE:
        return False
    own = part.choice.target
    keys = [one for one in index.catalog.keys_of.get(own.table, ()) if one.columns == (own.column,)]
    above = {one.target for one in keys} | {
        one.target
        for one in index.catalog.relationships
        if (one.target, one.target_columns) == (own.table, (own.column,))
    }
    return any(
        one.score > part.choice.score
        and one.target.kind is TargetKind.VALUE
        and one.target.table in above
        and one.target.column != own.column
        for one in part.item.choices
    )


def _is_guessed_elsewhere(part: Part, candidate: Candidate, index: Index) -> bool:
    """A text that is surely known as a value of the rows, or of rows right above them, in a column that no word names
    and of which it isn't known: customers in Germany have a country of that name, and no city."""
    if part.choice is None or part.choice.target.literal is not LiteralKind.TEXT:
        return False
    known = part.item.choices[0]
    if known.target.kind is not TargetKind.VALUE or known.score < _KNOWN:
        return False
    named = {
        ColumnKey(one.choice.target.table, one.choice.target.column)
        for one in candidate.labelling.parts
        if one.choice and one.choice.target.kind is TargetKind.COLUMN
    }
    said, known_at = _text_of(part, candidate), (known.target.table, known.target.column)
    for node in nodes_of(candidate.query):
        if not isinstance(node, Compare) or not isinstance(node.left, Field) or not isinstance(node.right, tuple):
            continue
        if not any(isinstance(one, str) and one.casefold() == said for one in node.right):
            continue
        key = node.left.key
        above = {one.target for one in index.catalog.keys_of.get(key.table, ())} | {key.table}
        if key not in named and known.target.table in above and (key.table, key.name) != known_at:
            return True
    return False


def _is_kind_unheard(part: Part, candidate: Candidate, index: Index) -> bool:
    """ "Names of divers", where divers are people of whom a table of their own tells more: not of all people."""
    target = part.choice.target if part.choice else None
    if target is None or target.kind is not TargetKind.TABLE or target.relationship is None:
        return False
    key = index.catalog.relationships[target.relationship]
    if key.target != target.table or index.catalog.by_key[key.table].primary_key != key.columns:
        return False
    return not any(
        (node.key.table if isinstance(node, Field) else node.table) == key.table or node.role == target.relationship
        for node in nodes_of(candidate.query)
        if isinstance(node, Field | Rows)
    )


def _text_of(part: Part, candidate: Candidate) -> str:
    return " ".join(token.text for token in candidate.sentence.tokens[part.item.first : part.item.last]).casefold()


def _is_key_of_named(one: object, candidate: Candidate, index: Index) -> bool:
    """Keys that refer to rows are counted or shown, where those rows are called so and the others by no word: "how many
    clients" are not the orders that name one."""
    counted = isinstance(one, Aggregate) and one.function is Function.COUNT
    field = one.of if isinstance(one, Aggregate) and counted else one
    if not isinstance(field, Field):
        return False
    key = field.key
    above = {r.target for r in index.catalog.keys_of.get(key.table, ()) if r.columns == (key.name,)}
    parts = [part for part in candidate.labelling.parts if part.choice]
    said = [
        part
        for part in parts
        if part.choice and (part.choice.target.table, part.choice.target.column) == (key.table, key.name)
    ]
    others = [part for part in parts if part not in said and part.choice and part.choice.target.table == key.table]
    called = {one.target.table for part in said for one in part.item.choices if one.target.kind is TargetKind.TABLE}
    return bool(above & called) and not others


def _is_unsaid_part(node: object, candidate: Candidate, index: Index) -> bool:
    """A part that rows play for others of which no word is said: doctors as those that a referral is to, where neither
    is named."""
    if not isinstance(node, Field | Rows) or node.role is None:
        return False
    one = index.catalog.relationships[node.role]
    said = {token.lemma for token in candidate.sentence.tokens}
    words = set(role_words(one))
    if not words or words & said:
        return False
    table = node.key.table if isinstance(node, Field) else node.table
    return (
        one.table != table
        and not any(
            other.table == one.table if isinstance(other, Rows) else other.key.table == one.table
            for other in nodes_of(candidate.query)
            if isinstance(other, Field | Rows)
        )
        and not _of_metrics(candidate, one.table, index)
    )


def _of_metrics(candidate: Candidate, table: TableKey, index: Index) -> bool:
    return any(
        isinstance(node, MetricValue) and index.metrics[node.name].table == table for node in nodes_of(candidate.query)
    )
