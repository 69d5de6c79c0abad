"""What was said, without what only leads in: "ok, and what about Germany instead?" is about Germany, instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.ml_gateway.engine.dialog.turning_back import corrected

_LEAD = re.compile(
    r"(?:ok|okay|now|then|so|well|please|thanks|thank you|great|good|right|yes|yeah|hmm|cool|alright|all right|fine|"
    r"perfect|nice|actually|can you|could you|would you|will you|i want to|i want|i'd like to|i would like to|let's|"
    r"let us|sorry|hey|i mean|finally|next,|lastly|in that case)\b[\s,.!;:-]*",
    re.IGNORECASE,
)
_CHANGE = (
    r"(?:and |but )?(?:what|how) (?:about|if it (?:is|were|was))",
    r"(?:and |but )?(?:the )?same (?:thing |question |query |list )?(?:again )?(?:but )?"
    r"(?:for|with|in|of|by|since|as of)?",
    r"do (?:it|that|the same) (?:again )?for|repeat (?:it |that |this )?for",
    r"change (?:it |that |this )?to|make (?:it|that)|use",
)
_ONLY = (
    r"(?:and |but )?(?:only|just) (?:show|list|give)(?: me)?|(?:and |but )?show (?:me )?(?:only|just)",
    r"(?:and |but )?(?:only|just|keep(?: only)?|filter (?:it |them |that )?(?:by|on|for|to))",
    r"(?:restrict|limit) (?:it |them |that )?to|narrow (?:it |them |that )?(?:down )?to",
)
_ALSO_SAID = (
    r"and also|also|plus|add|include|in addition|additionally|and add|and include|as well as|along with",
    r"(?:and )?(?:together )?with(?= (?:their|its|his|her)\b)",
)
_WITHOUT = (
    r"(?:and |but )?(?:without|except(?: for)?|excluding|exclude|leave out|remove|drop|hide|ignore|forget(?: about)?)",
    r"(?:and |but )?(?:don't show|do not show|not|other than|apart from|take out|skip)",
)
_COMPARE = (r"(?:and )?compare[ds]?(?: (?:it|that|this|them|those|these))? (?:with|to|against)|versus|vs\.?|against",)
_OPENERS = {
    "compare": _COMPARE,
    "change": _CHANGE,
    "only": _ONLY,
    "also": _ALSO_SAID,
    "without": _WITHOUT,
    "bare": ("and|but|or",),
}
_OPENER = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{'|'.join(forms)})" for name, forms in _OPENERS.items()) + r")\b[\s,:]*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,;:.!?-]*\b(?P<word>instead(?: of (?:the |their |its )?[\w-]+(?: [\w-]+)?)?|"
    r"rather|too|also|as well|in addition|please|only|again|now|this time|though|thanks|"
    r"thank you|if possible)\s*[.!?]*$",
    re.IGNORECASE,
)
_ALSO = frozenset({"too", "also", "as well", "in addition"})
_INSTEAD = frozenset({"instead", "rather", "this time"})
_SHOWING = re.compile(
    r"(?:show|list|give|tell|display|return|provide|get|find|see|what (?:is|are|was|were)|what's|what're)\b"
    r"(?: me| us)?[\s,]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """said[start:end] is what is left of it without leads, openers and tails.

    whole_start is where the sentence without its leads begins, openers kept. opener is one of change, only, also,
    without, bare, or empty. corrects: it says that something else was meant than what was understood.
    """

    said: str
    start: int
    end: int
    whole_start: int
    opener: str
    also: bool
    instead: bool
    only: bool
    corrects: bool = False

    @property
    def core(self) -> str:
        return self.said[self.start : self.end]

    @property
    def whole(self) -> str:
        """The sentence with its opener, without leads, tails and the mark at its end."""
        return self.said[self.whole_start : self.end]

    @property
    def opened_by(self) -> str:
        """The words that open it: "what about"."""
        return self.said[self.whole_start : self.start].strip(" ,:")

    def object(self) -> tuple[int, int]:
        """Where what is to be shown stands: behind "show me", "what is"."""
        found = _SHOWING.match(self.said, self.start, self.end)
        return (found.end() if found else self.start), self.end


def utterance(said: str) -> Utterance:
    """The parts of what was said."""
    plain = corrected(said)
    start, end = len(plain) - len(plain.lstrip()), len(said.rstrip())
    while match := _LEAD.match(said, start, end):
        if match.end() == end:
            break
        start = match.end()
    end = _trimmed(said, start, end)
    tails = []
    while match := _TAIL.search(said, start, end):
        if match.start() <= start:
            break
        tails.append(match["word"].lower().partition(" of ")[0])
        end = _trimmed(said, start, match.start())
    opener, whole = "", start
    while match := _OPENER.match(said, start, end):
        if match.end() >= end:
            break
        opener = opener if opener and match.lastgroup == "bare" else match.lastgroup or ""
        start = match.end()
    return Utterance(
        said=said,
        start=start,
        end=end,
        whole_start=whole,
        opener=opener,
        also=opener == "also" or bool(_ALSO & set(tails)),
        instead=bool(_INSTEAD & set(tails)),
        only=opener == "only" or "only" in tails,
        corrects=plain != said,
    )


def _trimmed(said: str, start: int, end: int) -> int:
    while end > start and said[end - 1] in " \t\n.,;:!?":
        end -= 1
    return end
