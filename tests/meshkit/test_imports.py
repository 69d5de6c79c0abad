"""What import-linter can't say of generated packages."""

import ast
from pathlib import Path

import meshkit


def test_meshkit_knows_of_the_protos_only_errors_and_access_rules() -> None:
    folder = Path(next(iter(meshkit.__path__)))
    nodes = [node for file in folder.rglob("*.py") for node in ast.walk(ast.parse(file.read_text()))]
    names = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    assert {name for name in names if name.startswith("infinure")} == {"infinure.error.v1"}
