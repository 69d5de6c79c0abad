"""What became different between two semantic models, in one line for people."""

from __future__ import annotations

from collections.abc import Mapping

from services.integration.catalog.semantic_terms import SemanticModel

MOST_CHARACTERS = 200
_NAMED = 3


def changes(old: SemanticModel, new: SemanticModel) -> str:
    """One line such as "added metric revenue; changed tables orders, customers"."""
    before, after = _parts(old), _parts(new)
    told = []
    for noun in after:
        kept = before[noun].keys() & after[noun].keys()
        for verb, names in (
            ("added", [name for name in after[noun] if name not in kept]),
            ("changed", [name for name in after[noun] if name in kept and before[noun][name] != after[noun][name]]),
            ("removed", [name for name in before[noun] if name not in kept]),
        ):
            if names:
                told.append(f"{verb} {_counted(noun, names)}")
    line = "; ".join(told) or "the same in other words"
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1].rstrip() + "…"


def _parts(model: SemanticModel) -> dict[str, Mapping[str, object]]:
    """What a model holds, by what it is and by name."""
    return {
        "table": {table.name: table for table in model.tables},
        "relationship": {
            f"{link.from_table}.{link.from_column} → {link.to_table}.{link.to_column}": link
            for link in model.relationships
        },
        "metric": {metric.name: metric for metric in model.metrics},
        "glossary word": {word.word: word for word in model.glossary},
        "question": {question.text: question for question in model.questions},
        "heading": {
            key: value
            for key, value in (
                ("name", model.name), ("description", model.description), ("currency", model.currency),
                ("first day of the week", model.week_starts_on),
                ("first month of the fiscal year", model.fiscal_year_starts_in),
            )
            if value
        },
    }  # fmt: skip


def _counted(noun: str, names: list[str]) -> str:
    if len(names) == 1:
        return f"{noun} {names[0]}"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{noun}s {', '.join(names[:_NAMED])}{more}"
