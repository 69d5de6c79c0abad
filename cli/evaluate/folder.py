"""The folder that every db_path is under."""

from __future__ import annotations

import os
from pathlib import Path

from cli.ask.exits import UsageProblem


class Folder:
    """Where a db_path leads."""

    def __init__(self, folder: Path) -> None:
        """Raises UsageProblem."""
        if not folder.is_dir():
            what = "is no folder" if folder.exists() else "is not there"
            raise UsageProblem(f"The folder of databases {what}: {folder}", "Name it by --databases.")
        self._folder = folder.absolute()

    def file(self, db_path: str) -> Path:
        """Where the path leads. Raises UsageProblem where that is out of the folder.

        Links in the folder are followed, wherever they lead: who made them is whoever made the folder.
        """
        if "\0" in db_path:
            raise UsageProblem("A db_path holds a zero byte.", "Name a file under the folder of databases.")
        path = Path(os.path.normpath(self._folder / db_path))
        if not path.is_relative_to(os.path.normpath(self._folder)):
            raise UsageProblem(
                f"The db_path {db_path[:100]} leads out of the folder of databases.",
                "Every db_path is a path under that of --databases.",
            )
        return path
