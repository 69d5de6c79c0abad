"""The chart that a question asks for in so many words: "revenue by month as a bar chart", "plot the orders by day"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.outcome import Chart, ChartKind, Planned

_KINDS = {
    "line": ChartKind.LINE, "area": ChartKind.LINE, "bar": ChartKind.BAR, "bars": ChartKind.BAR,
    "column": ChartKind.BAR, "pie": ChartKind.BAR, "donut": ChartKind.BAR, "doughnut": ChartKind.BAR,
    "table": ChartKind.TABLE,
}  # fmt: skip
_UNDRAWN = {"pie": "pies", "donut": "pies", "doughnut": "pies", "area": "areas"}
_KIND = rf"(?P<kind>{'|'.join(_KINDS)})"
_CHART = r"(?:charts?|graphs?|diagrams?|plots?)"
_LEADING = (
    "please|can|could|would|you|and|now|ok|i|want|like|to|see|show|give|display|make|turn|put|change|me|us|it|that|this|"
    "them|into|as|in|an?|the"
)
_PHRASES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf",?\s*\b(?:as|in|on|with|using)\s+(?:an?|the)\s+(?:{_KIND}\s+)?{_CHART}\s*(?=[.?!]*\s*$)",
        r",?\s*\b(?:as|in)\s+(?:an?\s+|the\s+)?(?P<kind>bars|table)\s*(?=[.?!]*\s*$)",
        rf"^\s*(?:please\s+)?(?:(?:show|give|draw|make|create|plot)(?:\s+me)?\s+)?(?:an?\s+|the\s+)?"
        rf"(?:(?:{_KIND}\s+)?{_CHART}|(?P<table>table))\s+(?:of|for|with|showing)\s+",
        r"^\s*(?:please\s+)?(?:plot|draw|chart|graph)\s+(?:me\s+)?(?:the\s+)?(?=\S)",
        rf"^\s*(?:(?:{_LEADING})\s+)*(?:{_KIND}\s+{_CHART}|(?:into|to)\s+(?:an?\s+)?(?P<kind2>bars|table))"
        r"(?:\s+(?:please|instead|thanks|now))*\s*(?=[.?!]*\s*$)",
    )
)
# What is left of "can you show me that as a line chart", "make it a bar chart".
_NOTHING_ELSE = re.compile(
    r"(?:\W|\b(?:please|and|now|ok|okay|can|could|would|you|i|we|want|like|to|see|have|get|show|give|display|draw|plot|"
    r"make|turn|put|change|me|us|it|that|this|them|those|these|the (?:same|results?|answers?|numbers)|into?|instead|"
    r"thanks)\b)*",
    re.IGNORECASE,
)
_WORDS = ("chart", "plot", "graph", "diagram", "table", "bars", "draw")


@dataclass(frozen=True, slots=True)
class Drawing:
    """text: the question without the words about its chart, which are blanks so that places stay. said: the kind in the
    question's words, "chart" where none is named, empty where no chart is asked for.
    """

    text: str
    said: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing but a chart is asked for: of what was answered before."""
        return bool(self.said) and bool(_NOTHING_ELSE.fullmatch(self.text))

    def drawn(self, planned: Planned) -> Planned:
        """The same answer with that chart; what can't be drawn so is said."""
        kind = _KINDS.get(self.said)
        if kind is None:
            return planned
        fits = kind is ChartKind.TABLE or bool(planned.chart.x)
        notes = []
        if not fits:
            notes.append("A chart needs a number for each of several things.")
        elif self.said in _UNDRAWN:
            notes.append(
                f"There are no {_UNDRAWN[self.said]}: drawn as {'lines' if kind is ChartKind.LINE else 'bars'}."
            )
        chart = (
            planned.chart if not fits else Chart(kind) if kind is ChartKind.TABLE else replace(planned.chart, kind=kind)
        )
        told = planned.interpretation
        meant = () if self.is_all else told.meanings  # else those are of the words that were answered
        told = replace(told, meanings=meant, assumptions=(*told.assumptions, *notes))
        return replace(planned, chart=chart, interpretation=told)


def drawing(question: str, index: Index) -> Drawing:
    """Nothing is taken out where the catalog has things of such a name: a farm's plots, a page's charts."""
    for phrase in _PHRASES:
        found = phrase.search(question)
        if found and not any(word in found[0].lower() and (word,) in index.phrases for word in _WORDS):
            text = question[: found.start()] + " " * len(found[0]) + question[found.end() :]
            said = next(filter(None, found.groupdict().values()), "chart")
            return Drawing(text, said.lower())
    return Drawing(question)
