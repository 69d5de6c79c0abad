"""The queries that the likeliest labellings make."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import inf

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.query.model import Field, Query
from services.ml_gateway.engine.reader.assembly.assembling import assemble
from services.ml_gateway.engine.reader.business.cues import CueKind
from services.ml_gateway.engine.reader.business.obeying import is_obedient, obedient
from services.ml_gateway.engine.reader.business.rules import by_rule
from services.ml_gateway.engine.reader.labelling.labeller import Labeller, Labelling, Weights
from services.ml_gateway.engine.reader.labelling.said_of import is_deed, is_of_other_rows
from services.ml_gateway.engine.reader.labelling.sentence import Sentence
from services.ml_gateway.engine.reader.pruning.connected import groups, is_connected
from services.ml_gateway.engine.reader.pruning.heard import unheard
from services.ml_gateway.engine.reader.pruning.plainer import is_vain, plain
from services.ml_gateway.engine.reader.pruning.possible import is_possible, is_sensible, leaves_value
from services.ml_gateway.engine.reader.wording.absent import NAMED
from services.ml_gateway.engine.reader.wording.alternatives import alternatives, figures
from services.ml_gateway.engine.reader.wording.rereading import THROUGH_A_KEY, WHOLE_NAME
from services.ml_gateway.engine.reader.wording.so_often import COUNTED, RANKED

LABELLINGS = 16
CANDIDATES = 20
_VARIANT = 0.8  # how much less likely each further query of a labelling is than the one before, as a logarithm
_UNHEARD = 2.0  # how much less likely each word is to be left unheard
_BY_RULE = 6  # kept beyond these
_TOLD = (COUNTED, RANKED, NAMED, THROUGH_A_KEY)  # notes of other ways to the same query that speak for it
_FIGURES = 2  # other numbers for the likeliest of a rule


@dataclass(frozen=True, slots=True)
class Candidate:
    """A query, the labelling that makes it, and the place of the query among those that the labelling makes.

    division: which way of dividing the question into items (0 is the likeliest). ruled: a rule gives the same query.
    unheard: how many words that ask for something it leaves unheard.
    """

    query: Query
    sentence: Sentence
    labelling: Labelling
    division: int
    variant: int
    notes: tuple[str, ...]
    ruled: bool = False
    unheard: int = 0


def candidates(found: Sequence[Sentence], index: Index, weights: Weights) -> tuple[Candidate, ...]:
    """No query twice; those of likelier labellings, and plainer ones, first."""
    made: dict[Query, Candidate] = {}
    ruled: set[Query] = set()
    plainest: dict[Query, Query] = {}  # half of what labellings make another one has made
    known_groups = groups(index)
    for division, sentence in enumerate(found):
        labeller = Labeller(sentence, index, weights)
        known_rests = set[Hashable]()
        for labelling in labeller.labellings(LABELLINGS if division == 0 else LABELLINGS // 2):
            least = _least(made.values())
            if labelling.score < least:
                break  # nor are its queries any likelier, nor is what comes
            if not is_sensible(labelling.parts, sentence, index):
                continue
            for variant, one in alternatives(labelling.parts, sentence, index, known_rests):
                if leaves_value(labelling.parts, one.notes):
                    continue
                query = plainest.get(one.query)
                if query is None:
                    query = plainest[one.query] = plain(one.query, index)
                candidate = Candidate(query, sentence, labelling, division, variant, one.notes)
                if _likely(candidate) < least:
                    if variant <= 1:
                        break  # what comes is no likelier
                    continue
                known = made.get(query)
                if known and _likely(candidate) <= _likely(known):  # what is unheard makes it no likelier
                    made[query] = _told(known, one.notes)
                    continue
                if known and known.sentence.cues and not sentence.cues and is_obedient(known):
                    continue  # the same query, told by what the set phrases say
                if not known and not (is_connected(query, known_groups) and is_possible(query, index)):
                    continue
                if not known and is_vain(query, index):
                    continue
                candidate = replace(candidate, unheard=unheard(query, labelling.parts, sentence, one.notes))
                if not known or _likely(candidate) > _likely(known):
                    made[query] = candidate
        for divided, parts in by_rule(sentence, index):
            if any(is_of_other_rows(part, divided, index) or is_deed(part, divided, index) for part in parts):
                continue
            labelling = Labelling(parts, labeller.likelihood(parts))
            for variant, one in enumerate(assemble(parts, divided, index)):
                one = replace(one, query=plain(one.query, index))
                if not is_possible(one.query, index) or is_vain(one.query, index):
                    continue
                made.setdefault(one.query, Candidate(one.query, divided, labelling, division, variant, one.notes))
                ruled.add(one.query)
                for further in figures(parts, divided, index, one)[:_FIGURES] if variant == 0 else ():
                    made.setdefault(
                        further.query, Candidate(further.query, divided, labelling, division, 1, further.notes)
                    )
    kept = obedient(tuple(replace(one, ruled=one.query in ruled) for one in _whole_names(tuple(made.values()), index)))
    order = sorted(kept, key=lambda one: (-_likely(one), one.division, one.variant))
    return (*order[:CANDIDATES], *[one for one in order[CANDIDATES:] if one.ruled][:_BY_RULE])


def _told(known: Candidate, notes: Sequence[str]) -> Candidate:
    """With what another way to the same query says for it."""
    further = tuple(one for one in notes if one in _TOLD and one not in known.notes)
    return replace(known, notes=(*known.notes, *further)) if further else known


def _whole_names(found: Sequence[Candidate], index: Index) -> list[Candidate]:
    """ "The names of employees" are first and last names: without the candidates that show half of them."""
    whole = [set(one.query.show) for one in found if WHOLE_NAME in one.notes]
    return [one for one in found if _shows_keys(one, index) or not any(set(one.query.show) < names for names in whole)]


def _shows_keys(candidate: Candidate, index: Index) -> bool:
    """ "The ids of employees" are no half of a name."""
    return all(
        isinstance(one, Field) and one.key.name in index.tables[one.key.table].keys for one in candidate.query.show
    )


def _least(made: Collection[Candidate]) -> float:
    """How likely a query must be to be a candidate; anything where set phrases may yet leave some out. "Newest first"
    leaves out what nothing sorts, so that there the sorted ones count."""
    cued = [one for one in made if one.sentence.cues]
    if any(cue.kind is not CueKind.SORTED for one in cued for cue in one.sentence.cues):
        return -inf
    kept = [one for one in cued if one.query.order] if cued else made
    if len(kept) < CANDIDATES:
        return -inf
    return nlargest(CANDIDATES, (_likely(one) for one in kept))[-1]


def _likely(candidate: Candidate) -> float:
    return candidate.labelling.score - _VARIANT * candidate.variant - _UNHEARD * candidate.unheard
