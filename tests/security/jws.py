"""The corpora of JSON Web Signatures: RFC 7515 and 8037 with alterations, and Wycheproof's.

Each vector is put to the mesh's verifier twice: with its own algorithm and key allowed, and with RS256 alone, as it
runs.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jwt.algorithms import get_default_algorithms

from meshkit import jws
from meshkit.tokens import ALGORITHM
from tests.security.outcome import Outcome

ALGORITHMS = get_default_algorithms()
# A name that key sets give the algorithm which RFC 7518 calls ES512.
ALIASES = {"ES521": "ES512"}
# Vectors whose label contradicts their own bytes, by Wycheproof's names for them: strictly encoded tokens with the
# right MAC that are labelled invalid, and tokens with a `?` among the base64url that are labelled valid.
CONTRADICTORY = frozenset(
    {
        "invalidBase64Padding",
        "invalidBase64PaddingInPayload",
        "InvalidCharacterInsertedInHeader",
        "InvalidCharacterInsertedInPayload",
    }
)


def run_rfc(folder: Path) -> tuple[list[Outcome], int]:
    """Outcomes; no line is skipped."""
    return [
        _judge(line["id"], "rfc", [line["jwk"]], [line["alg"]], line["jws"], bool(line["signature_valid"]))
        for line in _lines(folder / "jws_rfc_vectors.jsonl")
    ], 0


def run_wycheproof(folder: Path) -> tuple[list[Outcome], int]:
    """Outcomes, and how many lines were skipped because their label contradicts their bytes."""
    outcomes, skipped = [], 0
    for line in _lines(folder / "wycheproof_jws.jsonl"):
        if line["comment"] in CONTRADICTORY:
            skipped += 1
            continue
        given = line["key"].get("public") or line["key"]["private"]
        keys = [{**key, "alg": ALIASES.get(key["alg"], key["alg"])} if "alg" in key else key for key in _keys(given)]
        allowed = [key["alg"] for key in keys if "alg" in key]
        outcomes.append(_judge(line["id"], line["group"], keys, allowed, line["jws"], line["result"] == "valid"))
    return outcomes, skipped


def _judge(
    id: str, group: str, keys: list[dict[str, Any]], allowed: Iterable[str], token: str, is_valid: bool
) -> Outcome:
    names = set(allowed)
    own = any(_accepts(token, keys, name) for name in names)
    as_it_runs = _accepts(token, keys, ALGORITHM)
    expected = own == is_valid and as_it_runs == (is_valid and ALGORITHM in names)
    return Outcome(id, f"jws/{group}", not is_valid, expected, f"own {own}, {ALGORITHM} alone {as_it_runs}")


def _accepts(token: str, keys: list[dict[str, Any]], name: str) -> bool:
    if name not in ALGORITHMS:
        return False
    try:
        compact = jws.parse(token)
        key = jws.public_keys(keys, name, ALGORITHMS[name]).get(compact.kid)
        if key is None:
            return False
        compact.check(key, name, ALGORITHMS[name])
    except (jws.Malformed, jws.NotVerified):
        return False
    return True


def _keys(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(given["keys"]) if "keys" in given else [dict(given)]


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().split("\n") if line.strip()]
