"""What can't be done with a result, told in words that say what can."""

from __future__ import annotations

import re

from services.ml_gateway.engine.causes import asks_why, no_causes
from services.ml_gateway.engine.dialog.forms import lacking
from services.ml_gateway.engine.dialog.model import Before
from services.ml_gateway.engine.dialog.parts import topics
from services.ml_gateway.engine.dialog.splitting import splits
from services.ml_gateway.engine.dialog.utterance import utterance
from services.ml_gateway.engine.dialog.wording import many
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import RefusalReason, Refused

_COURTESY = re.compile(
    r"(?:(?:ok(?:ay)?|thanks|thank you|thx|great|good|perfect|cool|nice|fine|wonderful|excellent|awesome|got it|"
    r"that helps|that's (?:all|it|great|good)|very much|a lot|so much|all good|never ?mind|bye|goodbye|good job|"
    r"well done)[\s,.!:-]*)+",
    re.I,
)
_NEXT = re.compile(
    r"\b(?P<words>(?:the )?(?:next|previous|following|other) "
    r"(?:page|\d+|two|three|four|five|six|seven|eight|nine|ten|twenty|few|ones?|rows|results)(?=\W*$)|"
    r"(?:show|give|list)(?: me)? more(?=\W*$)|more(?: rows| results| of (?:them|those))?(?=\W*$))",
    re.I,
)
_FUTURE = re.compile(r"\b(?P<words>forecast\w*|predict\w*|will (?:it|they|that) be|going to be|expected to)\b", re.I)
_CHANGING = re.compile(
    r"^(?P<words>(?:delete|update|rename|insert|fix|correct|e-?mail|send|export|download|print|save|plot) (?:it|them|"
    r"those|these|that|this)\b)",
    re.I,
)


# Words that lead in, or point back, and nothing behind them.
_HALF = re.compile(
    r"(?:\W*\b(?:and|or|but|so|what about|how about|only|just|without|except|excluding|compared?|versus|vs|not|"
    r"sort(?:ed)?|order(?:ed)?|group(?:ed)?|by|in|for|with|to|of|from|than|the|an?|their|theirs|its|his|her|same|again)\b)+\W*",
    re.I,
)


def refused(said: str, before: Before, index: Index) -> Refused | None:
    """The refusal of what no query answers; None for everything else."""
    text = said.strip()
    if _COURTESY.fullmatch(text):
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, "You're welcome. Ask me more about your data.")
    about = next((many(rows, index) for rows in topics(before.query)), "rows")
    instead = (f"how many {about} are there",)
    if _HALF.fullmatch(text):
        message = "That is only the beginning of a question. Please say what you want to know."
        return Refused(RefusalReason.NOT_UNDERSTOOD, message, suggestions=(*splits(before.query, index), *instead))
    if asks_why(text, index):
        return no_causes(tuple(dict.fromkeys((*splits(before.query, index), *instead))))
    if match := _NEXT.search(text):
        message = (
            "I answer each question as a whole and can't turn pages. Ask for more rows at once, as in “the first 20”"
        )
        return _refused(match, message, instead)
    if match := _FUTURE.search(text):
        return _refused(
            match, "I don't forecast, I only read what the data hold. Ask for a period that has been", instead
        )
    words = utterance(text)
    if missing := lacking(words.core, before, index) or lacking(words.whole, before, index):
        return Refused(RefusalReason.NOT_UNDERSTOOD, missing, tuple(words.core.split()), instead)
    if match := _CHANGING.match(text):
        return _refused(match, "I only answer questions and change, send or keep nothing", instead)
    return None


def never_answered(said: str, index: Index) -> bool:
    """Whether it asks for what no query answers, whatever was asked before."""
    text = said.strip()
    found = (asks_why(text, index), _NEXT.search(text), _FUTURE.search(text), _CHANGING.match(text))
    return any(found) or bool(_COURTESY.fullmatch(text))


def nothing_before(words: str) -> Refused:
    """Something that points back where nothing was asked before."""
    message = f"“{words}” points back to something, but nothing was answered before. Please ask the whole question."
    return Refused(RefusalReason.NOT_UNDERSTOOD, message, (words,))


def _refused(match: re.Match[str], message: str, instead: tuple[str, ...]) -> Refused:
    words = match["words"].strip()
    return Refused(RefusalReason.UNSUPPORTED, f"“{words}”: {message}.", tuple(words.split()), instead)
