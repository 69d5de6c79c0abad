"""What was learned, as an answer tells of it. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from infinure.ml_gateway.v1 import answer_event_pb2 as events

from services.ml_gateway.builtin.choosing import Read
from services.ml_gateway.learning.model import Origin, Synonym, VerifiedAnswer


def note(interpretation: events.Interpretation, read: Read, time_zone: str) -> events.Interpretation:
    """The interpretation with the learned words and the verified answer that it rests on, its assumptions too."""
    interpretation.learned_words.extend(learned_word(one, time_zone) for one in read.uses)
    interpretation.assumptions.extend(word.text for word in interpretation.learned_words)
    if read.verified:
        interpretation.verified.CopyFrom(verified_use(read.verified, time_zone))
        interpretation.assumptions.append(interpretation.verified.text)
    if read.confidence is not None:
        interpretation.confidence = read.confidence
    return interpretation


def learned_word(synonym: Synonym, time_zone: str) -> events.LearnedWord:
    chosen = synonym.origin is Origin.CLARIFICATION
    how = "as chosen" if chosen else "as your organization has taught"
    told = events.LearnedWord(
        synonym_id=str(synonym.id),
        words=synonym.words,
        meaning=synonym.meaning,
        is_choice=chosen,
        user_id=str(synonym.user_id or ""),
        text=f"“{synonym.words}” is taken to mean {synonym.meaning}, {how} on {_day(synonym.update_time, time_zone)}.",
    )
    told.learn_time.FromDatetime(synonym.update_time)
    return told


def verified_use(answer: VerifiedAnswer, time_zone: str) -> events.VerifiedUse:
    day = _day(answer.update_time, time_zone)
    told = events.VerifiedUse(
        verified_answer_id=str(answer.id),
        question=answer.question,
        user_id=str(answer.user_id or ""),
        text=f"Used a verified answer: “{answer.question}”, verified on {day}.",
    )
    told.verify_time.FromDatetime(answer.update_time)
    return told


def _day(moment: datetime, time_zone: str) -> str:
    day = moment.astimezone(ZoneInfo(time_zone))
    return f"{day.day} {day:%B %Y}"
