"""What no question asks for at all: the mean of keys or of words, a number held against a date, a period of what is
missing. Such queries, and such parts for the words of a question, are no candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from services.ml_gateway.engine.flags import is_flag, stored
from services.ml_gateway.engine.index import Index, LiteralKind, Target, TargetKind
from services.ml_gateway.engine.model import Column, ColumnKey, DataType
from services.ml_gateway.engine.opposing import OPPOSITE
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Compare,
    During,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
    SetOperator,
)
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import is_money
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.marks import WORDS
from services.ml_gateway.engine.reader.labelling.roles import RANK, SHOWING, TOP
from services.ml_gateway.engine.reader.labelling.said_of import is_deed, is_of_other_rows, is_verb
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.pruning.heard import denies
from services.ml_gateway.engine.reader.wording.stating import UNKNOWN
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tokens import name_words

_CALLED_SO = 0.9
_NAMED_BY, _CLEARLY = ("name", "word form", "label"), 0.25
_RECKONED = (Function.SUM, Function.AVG, Function.MEDIAN, Function.PERCENTILE)
_ENDS = (Function.MAX, Function.MIN)
_BEYOND = (Operator.GREATER, Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)
_TOPS = frozenset("top best bottom worst first last".split())
_COUNTED = frozenset(("frequent", "most", "least", "more", "less"))
_SINGLING = frozenset("most least longest shortest frequent quality order descending ascending last".split())
_THERE = frozenset("have with exist that what where how person only be do for made too last all among no".split())
_BY_ROWS = (Label.ASC, Label.DESC, Label.TOP_ASC, Label.TOP_DESC)
_UNSPLIT = (
    Label.IGNORED, Label.CONTEXT, Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX,
)  # fmt: skip
_SINGLED = (*TOP, Label.MIN, Label.MAX)
_GROUPING = (
    *SHOWING, Label.COUNT, Label.COUNT_DISTINCT, Label.SUM, Label.AVG, Label.MIN, Label.MAX, Label.GROUP, Label.ALL,
)  # fmt: skip
_HELD = (Label.WHERE, Label.NOT)
_BOUNDING = frozenset("more less equal than least_at most least be of to exist >".split())
_NUMBERED = (Label.WHERE, Label.NOT, Label.HAVING)
_SPLITTING = frozenset("by per".split())
_DONE_BY = frozenset("order sort rank arrange made held sold run led done built".split())
_KNOWN = 0.9
_NOT = frozenset("no but other only exist either less change".split())
_BEHIND = 2
_SIZES = frozenset("highest lowest largest smallest greatest biggest maximum minimum max min".split())
_OF_ALL = frozenset("all any some every each other others".split())
_OF_MANY = frozenset(("average", "median"))
_DENYING = frozenset("not outside except excluding without".split())
_ENDING = frozenset("in for during since with where and , . ? over from between this last".split())
_PERCENT = frozenset("percent percentage pct".split())  # no sum of such is a percentage, or an amount
_NUMBER = re.compile(r"\W*\d[\d.,]*\W*")


def is_possible(query: Query, index: Index) -> bool:
    """Whether all that it compares and reckons with can be."""
    return not _ranks_one_row(query) and not any(_is_nonsense(node, index) for node in nodes_of(query))


def _ranks_one_row(query: Query) -> bool:
    """ "Revenue from the top 3 categories": the first three of one number are no part of it."""
    told = all(isinstance(one, Aggregate | MetricValue) for one in query.show)
    return bool(query.show) and told and not query.group and query.limit is not None and query.combined is None


def is_sensible(parts: Sequence[Part], sentence: Sentence, index: Index) -> bool:
    """Whether no word has a part that the words around it rule out."""
    meant = [part for part in parts if part.choice]
    for one, other in pairwise(meant):
        heard = one.label is Label.HAVING is other.label
        if other.label in _NUMBERED and not heard and bounds_metric(one, other, sentence, index):
            return False
    if any(one.label is Label.LIMIT and is_money(one.item, sentence.tokens) for one in meant):
        return False
    if any(part.choice and _is_ruled_out(part, sentence, index) for part in parts):
        return False
    if any(part.label in _UNSPLIT and _splits(part, sentence) for part in parts):
        return False
    if any(part.label in _SINGLED for part in parts) and not _may_single_out(parts, sentence):
        return False
    if any(part.label is Label.AVG for part in parts) and not _may_average(sentence):
        return False
    if any(part.label is Label.AGAINST for part in parts) and not _may_hold_against(sentence):
        return False
    if any(part.label is Label.NULL for part in parts) and not _may_be_missing(parts, sentence):
        return False
    if any(part.label is Label.NOT_NULL for part in parts) and not _may_be_there(parts, sentence):
        return False
    return not _counts_itself(parts) and not _adds_up_rows(parts, index)


def differs(target: Target, index: Index) -> bool:
    """Whether a column has another value in each row of its table, as far as is known."""
    if target.kind is not TargetKind.COLUMN:
        return False
    rows = index.catalog.by_key[target.table].row_count
    return rows is not None and index.catalog.columns[ColumnKey(target.table, target.column)].distinct_count == rows


def _adds_up_rows(parts: Sequence[Part], index: Index) -> bool:
    """ "Top 3 receipts by amount", where each row is a receipt: the rows are ranked, no totals."""
    named = [part for part in parts if part.choice and part.choice.target.table.name]
    ranked = {part.choice.target.table for part in named if part.choice and part.label in RANK}
    return any(
        part.choice and part.label is Label.SHOW and part.choice.target.table in ranked
        and (part.choice.target.kind is TargetKind.TABLE or differs(part.choice.target, index))
        for part in named
    )  # fmt: skip


def _may_be_there(parts: Sequence[Part], sentence: Sentence) -> bool:
    """Whether a word says, or may say, that something is there: with, have, done."""
    held = "~" in sentence.symbols or not _THERE.isdisjoint(sentence.kinds)
    done = ("ed", "en", "ing")
    return held or any(
        sentence.tokens[part.item.last - 1].form.endswith(done) for part in parts if part.label is Label.NOT_NULL
    )


def _may_be_missing(parts: Sequence[Part], sentence: Sentence) -> bool:
    """Whether a word says that something is not there, or may say so."""
    short = "w / o" in " ".join(token.form for token in sentence.tokens)
    return (
        short or denies(parts, sentence) or "~" in sentence.symbols or not {"last", "where"}.isdisjoint(sentence.kinds)
    )


def _may_single_out(parts: Sequence[Part], sentence: Sentence) -> bool:
    """Whether a word says that only the first are wanted, or may say so."""
    if any(part.item.measured or part.label is Label.LIMIT for part in parts):
        return True
    return "~" in sentence.symbols or not _SINGLING.isdisjoint(sentence.kinds)


def _may_average(sentence: Sentence) -> bool:
    return "~" in sentence.symbols or not {"average", "median", "quality", "how"}.isdisjoint(sentence.kinds)


def _may_hold_against(sentence: Sentence) -> bool:
    """Whether a word says, or may say, what all of them are like: "more than 200" is more than no average."""
    kinds = set(sentence.kinds)
    return "~" in sentence.symbols or bool(sentence.forms & _OF_ALL or kinds & _SINGLING or kinds & _OF_MANY)


def _counts_itself(parts: Sequence[Part]) -> bool:
    """ "Top 5 doctors": each of them is one row of its own, so that nothing ranks them."""
    named = [part for part in parts if part.choice and part.choice.target.table.name]
    ranked = [p for p in named if p.label in _BY_ROWS and p.choice and p.choice.target.kind is TargetKind.TABLE]
    return bool(ranked) and not any(part.label in _GROUPING for part in named)


def leaves_value(parts: Sequence[Part], notes: Sequence[str]) -> bool:
    """Whether words are a text of no column, which are surely known as a value."""
    return "unbound" in notes and any(
        part.choice
        and part.choice.target.literal is LiteralKind.TEXT
        and part.item.choices[0].target.kind is TargetKind.VALUE
        and part.item.choices[0].score >= _KNOWN
        for part in parts
    )


def bounds_metric(part: Part, number: Part, sentence: Sentence, index: Index) -> bool:
    """ "Revenue over 1000": a bound right behind a metric's name is of the metric, and no condition on single rows."""
    best = part.item.choices[0]
    named = best.target.kind is TargetKind.METRIC and best.score >= _CALLED_SO
    named = named or (part.choice is not None and part.choice.target.kind is TargetKind.METRIC)
    if not named or number.item.symbol != "#" or _counts_rows_beyond(part, number, sentence, index):
        return False
    between = sentence.tokens[part.item.last : number.item.first]
    return bool(between) and all(WORDS.get(token.form, token.text) in _BOUNDING for token in between)


def _counts_rows_beyond(part: Part, number: Part, sentence: Sentence, index: Index) -> bool:
    """ "How many orders over 500 euros": rows of more than that, where what counts them is called as they are and
    nothing is split."""
    targets = [one.target for one in part.item.choices if one.score >= _CALLED_SO]
    rows = any(one.kind is TargetKind.TABLE for one in targets)
    counted = any(one.kind is TargetKind.METRIC and is_count(MetricValue(one.metric), index) for one in targets)
    split = any(token.form in ("by", "per", "each", "which") for token in sentence.tokens)
    of_others = any(one.first < part.item.first for one in sentence.items)  # "countries with orders over 500": so many
    return (rows or counted) and (is_money(number.item, sentence.tokens) or not (split or of_others))


def is_count(one: Expression, index: Index) -> bool:
    """Whether it tells how many rows there are."""
    if isinstance(one, MetricValue):
        return index.metrics[one.name].expression.lstrip().upper().startswith("COUNT(")
    return isinstance(one, Aggregate) and one.function is Function.COUNT


def _is_other_rows(part: Part) -> bool:
    """ "Who ordered more than 10 times": a word that names a table isn't half of another table's name."""
    if part.choice is None or part.choice.target.kind is not TargetKind.TABLE or part.choice.how != "partial":
        return False
    return any(
        one.target.kind is TargetKind.TABLE and one.how in _NAMED_BY and one.score >= part.choice.score + _CLEARLY
        for one in part.item.choices
    )


def _is_ruled_out(part: Part, sentence: Sentence, index: Index) -> bool:
    assert part.choice
    tokens, first = sentence.tokens, part.item.first
    before = tokens[first - 1].form if first else ""
    target = part.choice.target
    if _is_other_rows(part) or is_of_other_rows(part, sentence, index) or is_verb(part, sentence):
        return True
    if is_deed(part, sentence, index):
        return True
    if part.label in (Label.COMMON, Label.RARE) and before in _SIZES and target.kind is TargetKind.COLUMN:
        return index.catalog.columns[ColumnKey(target.table, target.column)].data_type.numeric  # not the commonest
    if part.item.symbol == "#" and part.label in _NUMBERED:  # "top 3": so many, and no condition
        return before in _TOPS and tokens[first].number is not None and not _is_counted_on(part, sentence)
    if target.kind is TargetKind.TABLE and part.label in (Label.COMMON, Label.RARE):
        # rows of a table occur once each
        return not any(WORDS.get(token.form) in _COUNTED and token.form not in _TOPS for token in tokens)
    if part.label in _HELD and before in _SPLITTING and target.column:  # "patients by insured": each of both
        held = target.kind is TargetKind.FLAG or is_flag(index.catalog.columns[ColumnKey(target.table, target.column)])
        return held and target.kind is not TargetKind.VALUE
    if part.label is Label.NOT and part.choice.how != OPPOSITE and target.value:
        return not _may_be_denied(part, sentence)
    if part.label is Label.WHERE and target.value and part.item.symbol != "#":
        return _is_denied(part, sentence)
    return False


def _is_denied(part: Part, sentence: Sentence) -> bool:
    """ "Not from Germany", "outside Rome": what is denied is no condition that must hold."""
    for at in range(part.item.first - 1, max(part.item.first - 4, -1), -1):
        form = sentence.tokens[at].form
        if form in _DENYING:
            return at == 0 or sentence.tokens[at - 1].form not in ("or", "if", "whether")
        if WORDS.get(form) not in ("in", "from", "to", "with", "for", "the", "of"):
            return False
    return False


def _may_be_denied(part: Part, sentence: Sentence) -> bool:
    """Whether a word before it, or right behind it, says that it must not be, or may say so."""
    near = (*sentence.symbols[: part.item.first], *sentence.symbols[part.item.last : part.item.last + _BEHIND])
    forms = [token.form for token in sentence.tokens[: part.item.last + _BEHIND]]
    return any(one == "~" or WORDS.get(one) in _NOT for one in near) or any(
        form in _DENYING or form in UNKNOWN or form.startswith(("un", "non")) for form in forms
    )


def _splits(part: Part, sentence: Sentence) -> bool:
    """Whether a number is asked for by what the words name: "payments by method", not "books by author Smith"."""
    tokens, first, last = sentence.tokens, part.item.first, part.item.last
    if part.item.measured or part.item.plural or first < 2 or tokens[first - 1].form not in _SPLITTING:
        return False  # "reviews by readers" were written by them
    if tokens[first - 2].form.endswith(("ed", "en")) or tokens[first - 2].form in _DONE_BY:
        return False
    return last == len(tokens) or tokens[last].form in _ENDING


def _is_counted_on(part: Part, sentence: Sentence) -> bool:
    """ "In the top 5 percent", "first 2 digits": a unit follows."""
    following = sentence.tokens[part.item.last : part.item.last + 1]
    return any(token.form in ("percent", "%") for token in following)


def _is_nonsense(node: object, index: Index) -> bool:
    match node:
        case Compare(left=Field() as field, right=Query(show=(Aggregate(function=function),))):
            return function is not Function.COUNT and _is_key(field, index)
        case Compare(left=Field(key=key), right=tuple(right)):
            column = index.catalog.columns[key]
            numbers = any(isinstance(one, int | float) and not isinstance(one, bool) for one in right)
            if numbers and (column.data_type.temporal or (node.operator in _BEYOND and _are_known_words(column))):
                return True
            return _is_no_bit(node, index)
        case Aggregate(function=function, of=Field() as field):
            if function is Function.SUM and _PERCENT & set(name_words(field.key.name)):
                return True
            if function in _RECKONED:
                return _is_key(field, index) or _are_words(index.catalog.columns[field.key])
            return function in _ENDS and _points(field, index)
        case Both():
            return _is_missing_and_dated(node) or _is_two_at_once(node)
        case Query(combined=(operator, _), group=(), show=show) if operator is not SetOperator.UNION:
            return bool(show) and all(isinstance(one, Aggregate | MetricValue) for one in show)  # a number of each side
        case Query(group=group, show=show):  # in each group there is one
            if any(_is_one_of_each(one, group, index) for one in (*show, *_told_apart_by(node))):
                return True
            if any(_is_end_of_keys(one.by, index) for one in node.order):
                return True
            # nor has a month, or a weekday, one row to tell of
            return any(isinstance(one, Bucket) for one in group) and any(
                isinstance(one, Field) and one not in group and one.rows not in group for one in show
            )
        case _:
            return False


def _is_one_of_each(one: object, group: tuple[object, ...], index: Index) -> bool:
    """Whether it counts rows, or values, where each group is one of them."""
    if not isinstance(one, Aggregate) or one.where is not None:
        return False
    if one.of in group and (one.distinct or one.function is Function.COUNT):
        # rows without a key are told apart by their name, of which there may be several
        return not isinstance(one.of, Rows) or bool(index.catalog.by_key[one.of.table].primary_key)
    if not isinstance(one.of, Rows) or len(group) != 1 or not isinstance(group[0], Field):
        return False
    return group[0].rows == one.of and (group[0].key.name,) == index.catalog.by_key[one.of.table].primary_key


def _told_apart_by(query: Query) -> list[object]:
    """The numbers by which groups are kept and ordered."""
    held = nodes_of(query.having) if query.having else ()
    return [*(one.by for one in query.order), *(one.left for one in held if isinstance(one, Compare))]


def _is_missing_and_dated(both: Both) -> bool:
    """A date that is missing is in no period, and one in a period is there."""
    dated = {one.field for one in both.conditions if isinstance(one, During)}
    found = [one.condition if isinstance(one, Not) else one for one in both.conditions]
    return any(
        isinstance(one, Compare) and one.operator in (Operator.IS_NULL, Operator.NOT_NULL) and one.left in dated
        for one in found
    )


def _is_two_at_once(both: Both) -> bool:
    """A column has one value in a row: from Rome and, by the same key, from Oslo. A key that isn't said is the same."""
    held = [
        (one.left, set(one.right))
        for one in both.conditions
        if isinstance(one, Compare)
        and one.operator is Operator.EQUAL
        and isinstance(one.left, Field)
        and isinstance(one.right, tuple)
    ]
    return any(
        one.key == other.key
        and (one.role == other.role or None in (one.role, other.role))
        and values.isdisjoint(others)
        for (one, values), (other, others) in combinations(held, 2)
    )


def _are_words(column: Column) -> bool:
    """Whether a column holds yes and no, days, or texts none of which is known to be a number."""
    if column.data_type is DataType.BOOLEAN or column.data_type.temporal:
        return True
    return column.data_type is DataType.TEXT and not any(map(_NUMBER.fullmatch, column.samples))


def _are_known_words(column: Column) -> bool:
    """Whether the texts that are known of a column are no numbers: nothing is more than they are."""
    return column.data_type is DataType.TEXT and bool(column.samples) and _are_words(column)


def _is_no_bit(compare: Compare, index: Index) -> bool:
    """Whether a column of yes and no is compared with anything else: "a lift and at least 10 floors"."""
    assert isinstance(compare.left, Field)
    known = stored(index.catalog.columns[compare.left.key])
    values = compare.right if isinstance(compare.right, tuple) else ()
    return known is not None and any(one not in known for one in values)


def _is_key(field: Field, index: Index) -> bool:
    return field.key.name in index.tables[field.key.table].keys


def _is_end_of_keys(one: object, index: Index) -> bool:
    """ "The largest number of employees" is no greatest key of an employee."""
    return (
        isinstance(one, Aggregate)
        and one.function in _ENDS
        and isinstance(one.of, Field)
        and _is_key(one.of, index)
        and not index.catalog.columns[one.of.key].data_type.temporal
    )


def _points(field: Field, index: Index) -> bool:
    """Whether it says which row of another table: the greatest of such numbers says nothing."""
    keys = index.catalog.keys_of.get(field.key.table, ())
    return any((field.key.name,) == one.columns for one in keys)
