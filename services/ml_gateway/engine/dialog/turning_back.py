"""Words by which somebody takes back what was said: "never mind", "go back", "no, I meant 2024"."""

from __future__ import annotations

import re

from services.ml_gateway.engine.outcome import NeedsClarification, RefusalReason, Refused

_SO = r"(?:(?:ok(?:ay)?|no|sorry|oh|ah|hm+|wait|please|and|actually|well|let's|let us|can you|could you)[\s,.!:-]+)*"
_DROPPED = re.compile(
    rf"{_SO}(?:never ?mind|nevermind|forget (?:it|that|about it)|cancel(?: (?:that|it))?|drop (?:it|that)|"
    r"no(?:pe)?(?: thanks?(?: you)?)?|none(?: of (?:these|those|them|the above))?|neither(?: of (?:these|those|them))?|"
    r"not (?:now|any more|important))(?:[\s,]+(?:please|thanks?|thank you|then|now))*[\s.!]*",
    re.IGNORECASE,
)
_NO_OPTION = re.compile(
    rf"{_SO}(?:no(?:pe)?|none|neither(?: one)?|both|all|either|any|whichever)"
    r"(?: of (?:these|those|them|the above|the two))?"
    r"(?:[\s,]+(?:please|thanks?|thank you|is fine|are fine))*[\s.!?]*",
    re.IGNORECASE,
)
_BACK = re.compile(
    rf"{_SO}(?:(?:undo|revert|take back|take (?:that|it) back)(?: (?:that|it|this|the last(?: \w+)?|my last \w+))?|"
    r"(?:go|step|turn|back)(?: one)?(?: step)? ?back(?: (?:one|once|a)(?: step)?)?|back(?: up)?|"
    r"(?:(?:go )?back to|return to) (?:the )?(?:previous|last|earlier) "
    r"(?:one|question|answer|result|table|view|step|query)(?: again)?|"
    r"(?:show(?: me)?(?: again)? )?(?:the )?(?:previous|last) (?:question|answer|result|view|step|query)(?: again)?|"
    r"(?:as|like) (?:it was )?before|what (?:you|we) had before|(?:the )?one before(?: that)?)"
    r"(?:[\s,]+(?:please|again|thanks?))*[\s.!]*",
    re.IGNORECASE,
)
_CORRECTING = re.compile(
    r"\s*(?:(?:no+|nope|wait|sorry|oops|never ?mind|nevermind|forget (?:it|that)|not that|wrong|"
    r"that's (?:wrong|not it|not right|not what i (?:meant|asked)))\b"
    r"(?:\s*[,.;:!]+\s*|\s+[-\u2013]+\s+|\s+(?=(?:i (?:actually |rather )?mean|i meant|not that|sorry|that's)\b)))*"
    r"(?:(?:actually|rather|but|instead|i said|i (?:actually |rather )?mean(?:t)?|i was asking(?: for| about)?|"
    r"i (?:actually |rather )?wanted(?: to (?:see|know|ask))?|make (?:it|that)(?= \S))\b[\s,.;:!-]*)*",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"\b(?:no+|nope|wait|sorry|oops|never ?mind|nevermind|forget|not that|wrong|mean(?:t)?|said)\b", re.I
)


def drops(said: str) -> bool:
    """Whether it gives up what was asked, and asks nothing else."""
    return bool(_DROPPED.fullmatch(said.strip()))


def takes_none(said: str) -> bool:
    """Whether it says of the options of a question back that none, or more than one, is meant."""
    return bool(_NO_OPTION.fullmatch(said.strip()))


def goes_back(said: str) -> bool:
    """Whether it asks for the answer before the last one."""
    return bool(_BACK.fullmatch(said.strip()))


def corrected(said: str) -> str:
    """The same without the words that only say that something else was meant: blanks stand for them, so that places
    stay. As it is where there are none, or nothing else.
    """
    found = _CORRECTING.match(said)
    end = found.end() if found else 0
    if not found or not _SIGN.search(found[0]) or not re.search(r"\w", said[end:]):
        return said
    return " " * end + said[end:]


def dropped(*, was_open: bool) -> Refused:
    """What is said to "never mind"."""
    told = "All right, I leave that question." if was_open else "All right, everything stays as it is."
    return Refused(RefusalReason.NOT_A_DATA_QUESTION, f"{told} Ask me whatever you like to know next.")


def still_open(asked: NeedsClarification) -> Refused:
    """What is said to "neither": the question stays, as do its options."""
    labels = [f"“{option.label}”" for option in asked.options]
    offered = f"{', '.join(labels[:-1])} or {labels[-1]}"
    message = f"No problem. I can do one of these at a time: {offered}. Choose one, or ask in other words."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=tuple(one.question for one in asked.options))


def nothing_to_go_back_to() -> Refused:
    message = "There is no answer before this one to go back to. Please ask the question that you want answered."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message)
