"""Words that a slip of the pen leads to."""

from collections.abc import Mapping

SLIP = 0.7
FEWEST, _LONG = 5, 8  # letters


def near(word: str, spellings: Mapping[tuple[str, int], tuple[str, ...]], shortest: int = FEWEST) -> tuple[str, ...]:
    """Words one edit away, of the same first letter; two edits for long words. An edit in a short word makes another
    word, so none there."""
    if len(word) < shortest or not word.isalpha():
        return ()
    most = 2 if len(word) >= _LONG else 1
    found: list[tuple[int, str]] = []
    for length in range(len(word) - most, len(word) + most + 1):
        for other in spellings.get((word[0], length), ()):
            if length >= min(shortest, FEWEST - 1) and (edits := _edits(word, other, most)) <= most:
                found.append((edits, other))
    if not found:
        return ()
    least = min(edits for edits, _ in found)
    return tuple(sorted(other for edits, other in found if edits == least))


def _edits(one: str, other: str, most: int) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours; most + 1 if there are more (Damerau's distance,
    optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row, oldest = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
        before = above
        if min(row) > most:
            return most + 1
    return row[-1]
