"""The reading that somebody chose, known again by the words that its option added to the question.

An option's question is what was asked, and the option's label in brackets: "orders by month (shipped on)". It is read
as the question without the brackets in the way that has this label, whenever it is asked and whatever was said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from services.ml_gateway.engine.assuming import guesses
from services.ml_gateway.engine.clarifying.offering import Offered
from services.ml_gateway.engine.dialog.model import Read
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.reader.planning import Understood, answering, meanings

CHOSEN = 0.95  # how sure it is that what a person chose is what they mean
_MOST_BRACKETS = 4


def pinned(
    text: str, understood: Callable[[str], Understood], offered: Callable[[Understood], Offered | None]
) -> Understood | None:
    """The reading that the text's last brackets name; None where they name none."""
    for question, label in _bracketed(text.rstrip()):
        read = understood(question)
        found = offered(read)
        if found is None:
            continue
        for option, chosen, made in zip(found.clarification.options, found.readings, found.made, strict=True):
            if option.label.casefold() == label.casefold():
                return replace(read, order=(chosen,), made=made, sure=max(read.sure, CHOSEN))
    return None


def as_read(taken: Understood, index: Index) -> Read:
    """The chosen reading, as a dialog joins it with what was asked before."""
    chosen = taken.order[0].candidate
    told = tuple(meanings(chosen.labelling.parts, taken.asked, index))
    assumed = tuple(guesses(chosen.labelling.parts, taken.asked, index))
    return Read(answering(chosen, taken.asked, index), taken.sure, told, assumed)


def _bracketed(text: str) -> Iterator[tuple[str, str]]:
    """The text before brackets that end it, and what stands in them; the widest first."""
    if not text.endswith(")"):
        return
    places = [place for place, character in enumerate(text) if character == "(" and text[:place].endswith(" ")]
    for place in places[:_MOST_BRACKETS]:
        if text[:place].strip():
            yield text[:place].rstrip(), text[place + 1 : -1].strip()
