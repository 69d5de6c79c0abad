"""Words that point back: "their", "which of those", "the oldest one"; and the sentence with the thing named instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.ml_gateway.engine.dialog.rewriting import Swap

# Which form of the name takes the word's place. Order matters: longer phrases first.
_PEOPLE = "people|persons|guys|folks|items|things|entries|records|results|rows"
_THEM = f"them|(?:those|these)(?: (?:{_PEOPLE}))?"
_FORMS: tuple[tuple[str, str], ...] = (
    (
        rf"(?:those|these) (?:{_PEOPLE})|"
        r"(?:the )?(?:people|persons|items|entries|records) (?:above|listed|shown)",
        "many",
    ),
    (r"(?:that|this) (?:person|individual|guy|item|thing|entry|record|row)", "one"),
    (r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )there(?=\W*$)", "there"),
    (
        rf"(?:which|who|what) (?:ones? )?(?:of|among|amongst|from|out of|in) (?:{_THEM}|that|it)(?: ones)?",
        "which many",
    ),
    (r"(?:which|what) ones", "which many"),
    (r"(?:which|what) one", "which one"),
    (rf"(?:how many|number|count) of (?:{_THEM}|which)", "count"),
    (rf"(?:each|every) (?:one )?of (?:{_THEM})|each one|every one", "each"),
    (
        "|".join(
            rf"(?<=\b{word} )each(?=\W*$)"
            for word in ("of", "for", "in", "on", "at", "from", "by", "have", "has", "had")
        ),
        "each",
    ),
    (rf"(?:all|any|some|most|both|none) of (?:{_THEM})", "many"),
    (rf"(?:of|among|amongst|from|out of) (?:{_THEM})(?: ones)?", "of many"),
    (r"(?:those|these|the) ones", "many"),
    (r"(?<=\w )ones", "plain"),
    (r"ones", "many"),
    (r"(?:that|this|the) one(?= (?:with|that|who|which|in|from|of|having|whose|is|has)\b)", "one"),
    (r"(?<!\bany )(?<!\bno )(?<!\bthe )their|its|his|her(?= \w)|theirs", "own"),
    (
        r"they|them|those(?= (?:who|that|which|with|in|from|whose|having|without|are|is|have|has|were|was|not|living|"
        r"over|under|above|below|\w+ed|\w+ing)\b)",
        "many",
    ),
    (r"(?:those|these)(?=\W*$|\s+(?:are|were|have|and|by)\b)", "many"),
    (r"he|she|him|it|(?:that|this)(?=\W*$)", "one"),
)
_ALL = re.compile(
    r"\b(?:" + "|".join(f"(?P<f{n}>{form})" for n, (form, _) in enumerate(_FORMS)) + r")\b", re.IGNORECASE
)
# "It" that stands for nothing.
_EMPTY_IT = re.compile(
    r"\b(?:is|was) it (?:true|possible|the case)\b|\bit (?:is|was) (?:true|possible)\b|"
    r"\bhow (?:long|many \w+) (?:does|did|will|would) it (?:\w+ly )?take\b|\bit (?:\w+ly )?(?:takes|took)\b",
    re.IGNORECASE,
)
_ONE_THING = frozenset({"it", "its", "that", "this", "he", "she", "him", "his", "her"})
_THE = re.compile(r"\bthe\s+(?=\w)", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:those|these|that|this|the same|the above|the previous|such)\s+(?=\w)", re.IGNORECASE)


_SUBSETS: tuple[tuple[str, str, str], ...] = (
    (r"(?:the|this|that) (?:first|top) (?:one|row|entry|result|record)|the top one", "one", "first"),
    (r"(?:the|this|that) (?:last|bottom) (?:one|row|entry|result|record)", "one", "last"),
    (r"the (?:others|other ones|rest(?: of (?:them|those|these))?|remaining ones)", "many", "others"),
)
_SUBSET = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{shape})" for shape, _, name in _SUBSETS) + r")\b", re.IGNORECASE)
_SUBSET_FORMS = {name: form for _, form, name in _SUBSETS}


@dataclass(frozen=True, slots=True)
class Pointer:
    """Characters [start, end) that point back, and the form of the name that can stand there."""

    start: int
    end: int
    text: str
    form: str

    @property
    def is_single(self) -> bool:
        """Whether it speaks of one thing."""
        return self.text.lower() in _ONE_THING


def pointers(said: str, start: int, end: int, hidden: Sequence[tuple[int, int]] = ()) -> tuple[Pointer, ...]:
    """The pointing words of said[start:end], left to right. hidden are stretches of other meaning: "this year"."""
    if _EMPTY_IT.search(said, start, end):
        return ()
    found = []
    for match in _ALL.finditer(said, start, end):
        if any(match.start() < last and first < match.end() for first, last in hidden):
            continue
        if match.group().isupper() and len(match.group()) == 2:  # IT is a department
            continue
        form = _FORMS[int((match.lastgroup or "f0")[1:])][1]
        found.append(Pointer(match.start(), match.end(), match.group(), form))
    return tuple(found)


def subset(said: str, start: int, end: int) -> tuple[Pointer, str] | None:
    """Words that point at a part of the rows before, and which part: first, last or others. They are never the whole
    of what is said: "just the first one" is an edit by itself.
    """
    match = _SUBSET.search(said, start, end)
    if not match or not match.lastgroup:
        return None
    return Pointer(match.start(), match.end(), match.group(), _SUBSET_FORMS[match.lastgroup]), match.lastgroup


def the_one(said: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where "the …" stands before a word: after a question about one thing it may be that."""
    return tuple((match.start(), match.end()) for match in _THE.finditer(said, start, end))


def determined(said: str, start: int, end: int, hidden: Sequence[tuple[int, int]] = ()) -> tuple[tuple[int, int], ...]:
    """Where "those …", "this …" stand before a word: it points back if that word names what was spoken of."""
    return tuple(
        (match.start(), match.end())
        for match in _DETERMINED.finditer(said, start, end)
        if not any(match.start() < last and first < match.end() for first, last in hidden)
    )


def swap(pointer: Pointer, many: str, one: str) -> Swap:
    """The name in the pointing words' place."""
    text = {
        "which many": f"which {many}",
        "which one": f"which {one}",
        "count": f"{'number of' if not pointer.text.lower().startswith('how') else 'how many'} {many}",
        "each": f"each {one}",
        "many": f"the {many}",
        "plain": many,
        "of many": f"of the {many}",
        "one": f"the {one}",
        "there": f"in the {many}",
        "own": f"the {one}'s" if pointer.text.lower() in ("its", "his", "her") else f"the {many}'",
    }[pointer.form]
    if pointer.form == "own" and many == one:
        text = f"the {one}"
    return Swap(pointer.start, pointer.end, text)
