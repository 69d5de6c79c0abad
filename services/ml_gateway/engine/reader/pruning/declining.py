"""Refusals of what was read, but not surely enough: they name the words that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.expanding import RELATED
from services.ml_gateway.engine.index import Index, TargetKind
from services.ml_gateway.engine.offering import suggestions
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.query.model import MetricValue
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate
from services.ml_gateway.engine.reader.pruning.clock import unheard_times
from services.ml_gateway.engine.reader.pruning.dropped import dropped, guesses
from services.ml_gateway.engine.reader.pruning.heard import functions_unheard
from services.ml_gateway.engine.reader.pruning.omitting import looks_in_vain, omitted
from services.ml_gateway.engine.reader.pruning.which_number import which_number
from services.ml_gateway.engine.refusing import unexplained
from services.ml_gateway.engine.vocabulary import FILLER

_TOLD = (RefusalReason.NO_SUCH_DATA, RefusalReason.UNSAFE_JOIN)


def declined(best: Candidate | None, asked: Asked, index: Index, failure: Refused | None = None) -> Refused:
    """best: the likeliest reading; None where there is none. failure: why no SQL can say what is likelier still."""
    timeless = _times_unheard(best, asked, index) if best else None
    if timeless:
        return replace(timeless, suggestions=suggestions(index))
    if failure and failure.reason in _TOLD:
        return replace(failure, suggestions=suggestions(index))
    if best is None:
        message = "I can only answer questions about your data, and I found none of it in this one."
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=suggestions(index))
    numberless = which_number(best, asked, index)
    if numberless:
        return numberless
    symbols = best.sentence.symbols
    guessed = set(_only_guessed(best))
    unknown = [
        at
        for at, token in enumerate(asked.tokens)
        if (symbols[at] == "~" or at in guessed) and token.form not in FILLER
    ]
    unknown = unknown or [at for at in omitted(best, index) if asked.tokens[at].text[:1].isupper()]  # "in Utopia"
    unknown = unknown or [at for at in _sought_in_vain(best, index) if at < len(asked.tokens)]
    unknown = unknown or [at for at in guesses(best, index) if at < len(asked.tokens)]
    if unknown:
        linked = any(part.choice for part in best.labelling.parts)
        return unexplained(unknown, linked, asked, index)
    figure = _figure_of_a_figure(best, asked, index) or _dropped(best, asked, index)
    figure = figure or _two_things(best, asked, index) or _together(best, asked, index) or _of_nothing(best, asked)
    if figure:
        return replace(figure, suggestions=suggestions(index))
    message = "I am not sure enough what you mean. Please name what you are after as it is called in your data."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=suggestions(index))


def _dropped(best: Candidate, asked: Asked, index: Index) -> Refused | None:
    """What no reading of the rest has anything of."""
    words = tuple(asked.tokens[at].text for at in dropped(best, index) if at < len(asked.tokens))
    if not words:
        return None
    message = f"I can answer this only without “{' '.join(words)}”, and that would be something else."
    return Refused(RefusalReason.UNSUPPORTED, message, words)


def _only_guessed(best: Candidate) -> Iterator[int]:
    """Words that the reading does nothing with and whose every meaning was a guess: "late", beside no day that says
    when anything is due."""
    if "held against each other" in best.notes:
        return  # "paid late": said by two columns
    for part in best.labelling.parts:
        guesses = all(one.how == RELATED for one in part.item.choices)
        if part.choice is None and guesses and not part.item.measured:
            yield from range(part.item.first, part.item.last)


def _sought_in_vain(best: Candidate, index: Index) -> Iterator[int]:
    """The words of values that are looked for where all values are known, and they are none of them."""
    if looks_in_vain(best.query, index):
        for part in best.labelling.parts:
            if part.choice and part.choice.target.kind is TargetKind.LITERAL and not part.item.measured:
                yield from range(part.item.first, part.item.last)


def _two_things(best: Candidate, asked: Asked, index: Index) -> Refused | None:
    """ "Visits or doctors": what "or" joins that no query brings together."""
    said = [at for at in omitted(best, index) if at < len(asked.tokens) and asked.tokens[at].form == "or"]
    if not said:
        return None
    message = "I can't answer what “or” joins here in one go. Please ask for one after the other."
    return Refused(RefusalReason.UNSUPPORTED, message, ("or",))


def _times_unheard(best: Candidate, asked: Asked, index: Index) -> Refused | None:
    """ "Orders before noon", "the second week of March": the part of the day or the period that nothing was made of."""
    said = [at for at in unheard_times(best, index) if at < len(asked.tokens)]
    if not said:
        return None
    words = tuple(asked.tokens[at].text for at in said)
    message = (
        f"I can't tell yet which time “{' '.join(words)}” means here. Please name the days, months or years, such as "
        "“last month”, “March 2025” or “between 2025-03-01 and 2025-03-15”."
    )
    return Refused(RefusalReason.UNSUPPORTED, message, words)


def _together(best: Candidate, asked: Asked, index: Index) -> Refused | None:
    """ "Bought together with": what several rows of one thing have in common."""
    said = [at for at in omitted(best, index) if at < len(asked.tokens) and asked.tokens[at].form == "together"]
    if not said:
        return None
    words = (asked.tokens[said[0] - 1].text, asked.tokens[said[0]].text)
    message = f"I can't tell yet what is {' '.join(words)}. Please ask for one of the things at a time."
    return Refused(RefusalReason.UNSUPPORTED, message, words)


def _of_nothing(best: Candidate, asked: Asked) -> Refused | None:
    """ "Total by country", where no number is named that could be added up."""
    unheard = [at for at in functions_unheard(best.sentence, best.query) if at < len(asked.tokens)]
    if not unheard:
        return None
    words = tuple(asked.tokens[at].text for at in unheard)
    message = f"I don't know which number “{' '.join(words)}” asks for. Please name the number, too."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, words)


def _figure_of_a_figure(best: Candidate, asked: Asked, index: Index) -> Refused | None:
    """ "Average revenue", where revenue is a metric: there is no other number to be made of it."""
    metrics = [node.name for node in nodes_of(best.query) if isinstance(node, MetricValue)]
    unheard = [at for at in functions_unheard(best.sentence, best.query) if at < len(asked.tokens)]
    if not metrics or not unheard:
        return None
    metric, words = index.metrics[metrics[0]], tuple(asked.tokens[at].text for at in unheard)
    name = metric.label or metric.name.replace("_", " ")
    message = f"“{name}” is one number for whatever it is asked of: there is no {' '.join(words)} of it."
    if not best.query.group:
        message += " Ask for it by month, or by something else."
    return Refused(RefusalReason.UNSUPPORTED, message, words)
