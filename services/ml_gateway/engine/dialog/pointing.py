"""Sentences that point back: "their", "which of those", "those orders"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.ml_gateway.engine.dialog import conditions, ordering, shapes
from services.ml_gateway.engine.dialog.model import Attempt, Merge
from services.ml_gateway.engine.dialog.parts import tables
from services.ml_gateway.engine.dialog.pronouns import Pointer, determined, subset, swap, the_one
from services.ml_gateway.engine.dialog.rewriting import Swap
from services.ml_gateway.engine.dialog.saying import Saying
from services.ml_gateway.engine.dialog.wording import many, one, said
from services.ml_gateway.engine.naming import column_label
from services.ml_gateway.engine.query.model import Aggregate, Field, Function, Rows
from services.ml_gateway.engine.tokens import lemma, name_words

_ONES = frozenset("ones,the ones,those ones,these ones,the one,those,that one,this one".split(","))
_LESS_LIKELY = 0.08  # that another of the things spoken of is meant
_OTHERWISE = 0.02  # for saying the same in other words
_COMPARED = re.compile(r"\b(?:than|above|below|over|under|exceeds?|exceeding|to|as)\s+$", re.IGNORECASE)
_NUMBERS = {Function.AVG: "average", Function.MIN: "minimum", Function.MAX: "maximum"}
_PREPOSITION = re.compile(r"\s(?:of|in|for|with|from|by|at|on|to|about)\s+$", re.IGNORECASE)
_NEAR = 25  # characters between "those" and the end of what it determines


def pointing(saying: Saying) -> Iterator[Attempt]:
    """The ways to take a sentence with a word that points back, for each thing that may be meant."""
    words = saying.words
    for rank, topic in enumerate(saying.topics[:2]):
        found = [_grown(pointer, topic, saying) for pointer in saying.pointers]
        swaps = tuple(_swapped(pointer, topic, saying) for pointer in found)
        start, head = words.whole_start, ""
        leading = found[0].form == "of many" and found[0].start <= words.start
        if leading:
            start, head, swaps = _rest(saying, found[0], topic, swaps[1:])
        elif not shapes.VERB.match(words.core):
            start, head = words.start, "show "
        why = f"“{found[0].text}” is taken to mean the {said(topic, saying.index)} of the question before"
        phrasings = [(swaps, "")]
        if found[0].form == "own" and len(found) == 1 and _ends_sentence(saying, found[0]):
            of = f" of the {_counted(saying, found[0], topic)}"
            phrasings.insert(0, ((Swap(found[0].start, found[0].end, "the"),), of))
        for merge, prior in _merges(saying, found, leading):
            for worse, (made, tail) in enumerate(phrasings):
                prior -= _LESS_LIKELY * rank + _OTHERWISE * worse
                yield saying.attempt(merge, prior, start, head=head, tail=tail, swaps=made, topic=topic, why=why)


def determining(saying: Saying) -> Iterator[Attempt]:
    """ "Those orders": the noun names what was spoken of."""
    words = saying.words
    for start, end, topic in _determined(saying):
        pointer = words.said[start:end].strip()
        told = f"“{pointer} {many(topic, saying.index)}” is taken to mean those of the question before"
        prior = 0.97 if pointer.lower() != "such" else 0.9
        made = (Swap(start, end, "the "),)
        if words.also:
            yield saying.attempt(Merge.ALSO_ATTRIBUTES, prior, words.whole_start, swaps=made, topic=topic, why=told)
        yield saying.attempt(Merge.ROWS, prior, words.whole_start, swaps=made, topic=topic, why=told)
        return


def of_part(saying: Saying) -> Iterator[Attempt]:
    """ "What is the name of the first one", "what about the prices of the others"."""
    words, held = saying.words, saying.before
    found = subset(words.said, words.start, words.end)
    if found is None or (found[0].start == words.start and found[0].end == words.end):
        return
    pointer, which = found
    query = (
        conditions.opposite(held.query, *held.latest)
        if which == "others"
        else ordering.last(held.query, 1)
        if which == "last"
        else ordering.first(held.query, 1)
    )
    if query is not None:
        yield from pointing(replace(saying, before=replace(held, query=query), part=pointer))


def valued(saying: Saying) -> Iterator[Attempt]:
    """ "The books of that genre": a noun that names a column whose values were shown."""
    words, held = saying.words, saying.before.query
    fields = [one for one in (*held.group, *held.show) if isinstance(one, Field)]
    if saying.pointers or len(set(fields)) != 1 or next(_determined(saying), None) is not None:
        return
    field = fields[0]
    noun = name_words(column_label(field.key, saying.index))[-1:]
    for start, end in determined(words.said, words.whole_start, words.end, saying.hidden):
        match = re.match(r"[\w-]+", words.said[end : words.end])
        if not match or name_words(match.group())[-1:] != noun:
            continue
        last = end + match.end()
        clause = _PREPOSITION.search(words.said[words.whole_start : start])
        first = words.whole_start + clause.start() if clause else start
        put = "" if clause else f"the {many(field.rows, saying.index)}"
        told = f"“{words.said[start:last]}” is taken to mean what was shown before"
        swaps = (Swap(first, last, put),)
        at = saying.attempt(Merge.VALUES, 0.97, words.whole_start, swaps=swaps, topic=field.rows, why=told)
        yield replace(at, value=field)
        return


def _swapped(pointer: Pointer, topic: Rows, saying: Saying) -> Swap:
    """What is read in the place of words that point back."""
    held = saying.before.query
    if pointer.form == "each" and (shown := _value(pointer, saying)):
        return Swap(pointer.start, pointer.end, f"each {column_label(shown.key, saying.index)}")
    if pointer.form == "there" and held.limit == 1:
        return Swap(pointer.start, pointer.end, f"in the {one(topic, saying.index)}")
    if pointer.form == "one" and _COMPARED.search(saying.words.said[: pointer.start]):
        number = held.show[0] if len(held.show) == 1 else None
        if isinstance(number, Aggregate) and number.function in _NUMBERS and isinstance(number.of, Field):
            column = column_label(number.of.key, saying.index)
            return Swap(pointer.start, pointer.end, f"the {_NUMBERS[number.function]} {column}")
    return swap(pointer, many(topic, saying.index), one(topic, saying.index))


def _value(pointer: Pointer, saying: Saying) -> Field | None:
    """The column of whose values "each" is said; None where it is said of rows."""
    held = saying.before.query
    groups = [one for one in held.group if isinstance(one, Field)]
    if any(isinstance(one, Rows) for one in held.group) or len(groups) > 1:
        return None
    field = groups[0] if groups else held.show[0] if len(held.show) == 1 and isinstance(held.show[0], Field) else None
    if field is None:
        return None
    if field.key.name not in saying.index.tables[field.key.table].labels:  # a value of many rows: "of each grade"
        return field
    # "How many orders are there in each": of the rows themselves there is one in each.
    own = any(table == field.key.table and place < pointer.start for place, table in saying.named)
    return field if own and pointer.text.lower() == "each" else None


def points_at_topic(saying: Saying) -> bool:
    """Whether a noun that was spoken of stands behind "those" or "this", in a sentence without other such words."""
    return not saying.pointers and next(_determined(saying), None) is not None


def _determined(saying: Saying) -> Iterator[tuple[int, int, Rows]]:
    """Where "those", "this" stand before a noun that names what was spoken of."""
    words = saying.words
    for start, end in determined(words.said, words.whole_start, words.end, saying.hidden):
        named = next((table for place, table in saying.named if end <= place <= end + _NEAR), None)
        topic = next((rows for rows in saying.topics if rows.table == named), None)
        if topic is None and named is not None and named in tables(saying.before.query):
            topic = Rows(named)
        if topic is not None:
            yield start, end, topic
    if saying.before.query.limit != 1 or shapes.BEST.search(words.core):
        return
    for start, end in the_one(words.said, words.whole_start, words.end):
        for place, table in saying.named:
            topic = next((rows for rows in saying.topics if rows.table == table), None)
            noun = one(topic, saying.index) if topic else ""
            if topic and place == end and re.match(rf"{re.escape(noun)}\b", words.said[place:], re.IGNORECASE):
                yield start, end, topic


def _ends_sentence(saying: Saying, pointer: Pointer) -> bool:
    """Whether only what is owned follows: "their names and e-mails", not "their orders in Germany"."""
    rest = saying.words.said[pointer.end : saying.words.end]
    return not shapes.CLAUSE.search(rest)


def _counted(saying: Saying, pointer: Pointer, topic: Rows) -> str:
    single = pointer.text.lower() in ("its", "his", "her")
    return one(topic, saying.index) if single else many(topic, saying.index)


def _rest(saying: Saying, first: Pointer, topic: Rows, swaps: tuple[Swap, ...]) -> tuple[int, str, tuple[Swap, ...]]:
    """ "Of those, who is the oldest": what follows is the sentence, and "who" is which of them."""
    words = saying.words
    rest = words.said[first.end : words.end]
    start = first.end + len(rest) - len(rest.lstrip(" ,:;-"))
    plural = many(topic, saying.index)
    if chosen := shapes.CHOOSING.match(words.said, start, words.end):
        noun = one(topic, saying.index) if shapes.SINGLE.match(words.said, chosen.end(), words.end) else plural
        return start, "", (Swap(chosen.start(), chosen.end(), f"which {noun}"), *swaps)
    if counting := shapes.HOW_MANY.match(words.said, start, words.end):
        return start, "", (Swap(counting.start(), counting.end(), f"how many {plural}"), *swaps)
    if shapes.VERB.match(words.said, start, words.end):
        return start, "", swaps
    dropped = shapes.REST.match(words.said, start, words.end)
    return (dropped.end() if dropped else start), f"show the {plural} ", swaps


def _merges(saying: Saying, found: Sequence[Pointer], leading: bool) -> Iterator[tuple[Merge, float]]:
    """How a sentence that points back may be joined, by the form that points."""
    words, first = saying.words, found[0]
    at_start = first.start <= words.start + len("show me ")
    if shapes.SORTING.match(words.core):
        yield Merge.ORDER, 0.97
    asks_columns = shapes.ASKING.match(words.said[first.end : words.end].lstrip(" ,:;-"))
    if words.opener == "without":
        yield Merge.EXCLUDE, 0.96
        return
    chosen = first.form == "of many" and bool(shapes.CHOOSING.match(words.core))
    if (leading and not asks_columns) or chosen or (first.form in ("which many", "which one") and at_start):
        yield Merge.AMONG, 0.97
    elif first.form == "plain" and not shapes.VERB.match(words.core):
        yield Merge.NARROW if words.only else Merge.WIDEN if words.also else Merge.CHANGE, 0.95
    elif first.form in ("many", "one") and first.text.lower() in _ONES and not shapes.VERB.match(words.core):
        yield Merge.CHANGE if words.opener in ("change", "bare") else Merge.NARROW, 0.95
    elif words.only and first.form in ("many", "one", "of many"):
        yield Merge.NARROW, 0.94
    if words.also:
        yield Merge.ALSO_ATTRIBUTES, 0.96
    yield Merge.ROWS, 0.93


def _grown(pointer: Pointer, topic: Rows, saying: Saying) -> Pointer:
    """ "Which of those" with the noun behind it: "which of those students"."""
    if pointer.form == "own":
        return pointer
    words = name_words(many(topic, saying.index))
    rest = saying.words.said[pointer.end : saying.words.end]
    for noun in (words, words[-1:]):
        match = re.match(r"\s+" + r"\s+".join(r"\w+" for _ in noun), rest)
        if match and tuple(lemma(word.lower()) for word in match.group().split()) == noun:
            return replace(pointer, end=pointer.end + match.end(), text=pointer.text + match.group())
    return pointer
