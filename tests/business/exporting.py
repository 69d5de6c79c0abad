"""The questions as lines of JSON, with their databases: what `infinure evaluate` reads."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.business.databases import DATABASES, file_of
from tests.business.questions import Question


def export(asked: Sequence[Question], folder: Path) -> None:
    """Writes DATABASE.sqlite and DATABASE.yaml (its semantic model) for each, questions.jsonl and gold.jsonl."""
    for database in DATABASES.values():
        file_of(database, folder)
        (folder / f"{database.name}.yaml").write_text(database.semantic_model(), encoding="utf-8")
    _write(folder / "questions.jsonl", [_question(one) for one in asked])
    _write(folder / "gold.jsonl", [_gold(one) for one in asked])


def _question(one: Question) -> dict[str, Any]:
    line = {
        "id": one.id, "db": one.database, "db_path": f"{one.database}.sqlite", "question": one.text,
        "now": one.now.isoformat(), "history": list(one.history), "instructions": one.instructions,
    }  # fmt: skip
    return {key: value for key, value in line.items() if value}


def _gold(one: Question) -> dict[str, Any]:
    answer = {"gold_sql": list(one.gold)} if one.gold else {"answerable": False}
    groups = {"dataset": one.database, "features": list(one.tags), "turn": len(one.history) + 1}
    return {"id": one.id, "db": one.database, "db_path": f"{one.database}.sqlite", **answer, **groups}


def _write(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
