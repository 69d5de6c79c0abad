"""`python -m cli.lexicon` over a dictionary of a few words in WordNet's format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.lexicon.__main__ import main

_NOUNS = """00000010 06 n 02 barrow 0 pushcart 0 001 @ 00000020 n 0000 | a small cart
00000020 06 n 01 vehicle 0 001 ~ 00000010 n 0000 | a conveyance
00000030 07 n 01 heaviness 0 001 = 00000040 a 0000 | how much it weighs
"""
_ADJECTIVES = "00000040 00 a 01 leaden 0 001 = 00000030 n 0000 | weighing much\n"
_SENSES = """barrow%1:06:00:: 00000010 1 3
heaviness%1:07:00:: 00000030 1 2
leaden%3:00:00:: 00000040 1 1
pushcart%1:06:00:: 00000010 1 0
vehicle%1:06:00:: 00000020 1 9
"""
_ALIKE = {"barrow": (1.0, 0.2), "pushcart": (1.0, 0.3), "vehicle": (0.9, 0.5), "leaden": (-1.0, 0.1),
          "heaviness": (-0.9, 0.2), "stranger": (0.1, -1.0)}  # fmt: skip


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("noun", _NOUNS), ("adj", _ADJECTIVES), ("verb", ""), ("adv", "")):
        (tmp_path / f"data.{name}").write_text(f"  a line of the licence\n{text}")
    (tmp_path / "index.sense").write_text(_SENSES)
    vectors = {word: [*start, *([0.0] * 98)] for word, start in _ALIKE.items()}
    (tmp_path / "vectors.json").write_text(json.dumps({"words": list(vectors), "vectors": vectors}))
    return tmp_path, tmp_path / "vectors.json"


def test_words_are_written_with_their_part_of_speech_and_what_they_are_related_to(
    sources: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, vectors = sources
    written = []
    for name in ("once.txt", "again.txt"):
        out = folder / name
        arguments = ["lexicon", "--wordnet", str(folder), "--vectors", str(vectors), "--out", str(out)]
        monkeypatch.setattr("sys.argv", arguments)
        main()
        written.append(out.read_text())
    told = {line.split()[0]: line.split()[1:] for line in written[0].splitlines()}
    assert written[0] == written[1]
    assert set(told) == {"barrow", "heaviness", "leaden", "pushcart", "vehicle"}
    assert told["leaden"] == ["a", "heaviness9"]
    assert told["barrow"][0] == "n"
    assert [one[:-1] for one in told["barrow"][1:]] == ["pushcart", "vehicle"]
