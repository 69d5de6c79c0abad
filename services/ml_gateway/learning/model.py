"""Learned words, verified answers and verdicts, each of one organization and, but verdicts, of one of its sources."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from services.ml_gateway.engine.naming import words as name_in_words
from services.ml_gateway.learning.words import question_key, words_key

# What weighs less is used no more; it stays visible.
BAR = 0.5
LEAST_WEIGHT, MOST_WEIGHT = 0.0, 2.0
INITIAL_WEIGHT = 1.0
# Two persons' thumbs down are below the bar; one alone isn't.
DOWN, UP = -0.3, 0.1


def shown_weight(weight: float) -> float:
    """A weight within its bounds; beyond them verdicts still add up."""
    return min(max(round(weight, 6), LEAST_WEIGHT), MOST_WEIGHT)


class SynonymKind(StrEnum):
    TABLE = "table"
    COLUMN = "column"
    VALUE = "value"
    METRIC = "metric"
    RELATIONSHIP = "relationship"
    DATE = "date"  # the date that questions about a table mean
    CHOICE = "choice"  # the reading meant where the words are unclear


# Kinds that name something of the catalog.
_NAMING = frozenset(
    {SynonymKind.TABLE, SynonymKind.COLUMN, SynonymKind.VALUE, SynonymKind.METRIC, SynonymKind.RELATIONSHIP}
)


class Origin(StrEnum):
    CLARIFICATION = "clarification"
    PERSON = "person"


class Verdict(StrEnum):
    UP = "up"
    DOWN = "down"

    @property
    def effect(self) -> float:
        """What it adds to a weight."""
        return UP if self is Verdict.UP else DOWN


@dataclass(frozen=True, slots=True)
class SynonymTarget:
    """What words stand for, by the catalog's names; the kind says which fields count."""

    kind: SynonymKind
    schema: str = ""
    table: str = ""
    column: str = ""
    value: str = ""
    metric: str = ""
    reference_columns: tuple[str, ...] = ()
    choice: str = ""

    @property
    def spoken(self) -> str:
        """The target's own words, which stand for the learned ones where two questions are compared; or empty."""
        named = {
            SynonymKind.TABLE: self.table,
            SynonymKind.COLUMN: self.column,
            SynonymKind.VALUE: self.value,
            SynonymKind.METRIC: self.metric,
        }
        name = named.get(self.kind, "")
        return name_in_words(name) if name else ""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words of an organization for something of a source.

    words_key is their form in which they compare (see words.py); weight is between 0 and 2.
    """

    id: UUID
    source_id: UUID
    words: str
    words_key: str
    target: SynonymTarget
    meaning: str
    origin: Origin
    user_id: UUID | None
    create_time: datetime
    update_time: datetime
    use_count: int = 0
    last_use_time: datetime | None = None
    weight: float = INITIAL_WEIGHT

    @property
    def counts(self) -> bool:
        return self.weight >= BAR

    @property
    def is_naming(self) -> bool:
        """Whether the words are as good as the thing's own name, in every question. A choice of somebody who was asked
        back says less: it decides where the same words are unclear again, and no reading that is sure without it."""
        return self.origin is Origin.PERSON and self.target.kind in _NAMING


@dataclass(frozen=True, slots=True)
class VerifiedAnswer:
    """A question and the query that a person vouches for.

    sql is as proposed to the boundary. A correction's query was written by a person; any other is the engine's reading
    of read_question (the question as it was read, once what was asked back had been settled) at reference_time in
    time_zone, and has its fingerprint. is_relative: the question counts time from the moment it is asked. tables are
    the query's, as schema.name.
    """

    id: UUID
    source_id: UUID
    question: str
    read_question: str
    sql: str
    summary: str
    is_correction: bool
    is_relative: bool
    fingerprint: str
    tables: tuple[str, ...]
    reference_time: datetime
    time_zone: str
    user_id: UUID | None
    create_time: datetime
    update_time: datetime
    catalog_version: str
    use_count: int = 0
    last_use_time: datetime | None = None
    weight: float = INITIAL_WEIGHT

    @property
    def counts(self) -> bool:
        return self.weight >= BAR


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's verdict on one answer, and what that answer had used."""

    answer_id: UUID
    user_id: UUID
    verdict: Verdict
    reason: str
    update_time: datetime
    verified_answer_id: UUID | None = None
    synonym_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerUse:
    """An answer that somebody got, and which learned things it used: often none."""

    answer_id: UUID
    source_id: UUID
    user_id: UUID | None
    verified_answer_id: UUID | None
    synonym_ids: tuple[UUID, ...]


@dataclass(frozen=True)
class Learned:
    """What counts in a source, as of one moment."""

    synonyms: Sequence[Synonym] = ()
    verified: Sequence[VerifiedAnswer] = ()

    @cached_property
    def version(self) -> str:
        """Equal for words learned to mean the same; empty where there are none."""
        return _digest(self.synonyms)

    @cached_property
    def naming_version(self) -> str:
        """The same of those that a catalog is overlaid with."""
        return _digest([one for one in self.synonyms if one.is_naming])

    @cached_property
    def meanings(self) -> Mapping[str, str]:
        """The words that each learned word stands for, where it names something in every question."""
        naming = [one for one in self.synonyms if one.is_naming and one.target.spoken]
        return {one.words_key: words_key(one.target.spoken) for one in naming}

    @cached_property
    def by_question(self) -> Mapping[str, Sequence[VerifiedAnswer]]:
        """Verified answers by their questions' keys."""
        found: dict[str, list[VerifiedAnswer]] = {}
        for one in self.verified:
            for key in dict.fromkeys(question_key(text, self.meanings) for text in (one.question, one.read_question)):
                found.setdefault(key, []).append(one)
        return found

    @cached_property
    def by_words(self) -> Mapping[str, Sequence[Synonym]]:
        found: dict[str, list[Synonym]] = {}
        for one in self.synonyms:
            found.setdefault(one.words_key, []).append(one)
        return found


NOTHING = Learned()


def _digest(synonyms: Sequence[Synonym]) -> str:
    if not synonyms:
        return ""
    parts = sorted(repr((one.words_key, one.is_naming, one.target)) for one in synonyms)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """At most `size` items after `position` (the create time and id of the last one seen)."""

    size: int
    position: tuple[datetime, UUID] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What to change of a synonym or a verified answer; None leaves a field as it is."""

    values: Mapping[str, object] = field(default_factory=dict)
    weight: float | None = None
