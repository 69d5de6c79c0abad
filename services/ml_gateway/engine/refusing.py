"""Refusals in words that help: what was not understood, and what there is instead."""

import re
from collections.abc import Sequence

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.causes import asks_why, no_causes
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.languages import language_of
from services.ml_gateway.engine.naming import table_label
from services.ml_gateway.engine.offering import overview, suggestions
from services.ml_gateway.engine.outcome import RefusalReason, Refused
from services.ml_gateway.engine.statements import is_query, is_sql
from services.ml_gateway.engine.tokens import Token, TokenKind, name_words
from services.ml_gateway.engine.vocabulary import CAUSES, CHANGING, FILLER, GREETINGS, SMALL_TALK, THANKS, UNSUPPORTED

# What is asked about the data as such, and about who answers.
_KINDS = r"(?:tables?|columns?|fields?|schemas?|databases?|data(?:sets?)?|(?:data )?sources?)"
_ASKING_FOR = (
    r"help(?: me)?",
    rf"(?:show|list|describe|explain|see)(?: me)?(?: all| the| my| our)* {_KINDS}"
    r"(?: (?:of|in|for|you|there|i|we|that|which)\b.{0,60})?",
    rf"(?:what|which)(?: kinds? of| sorts? of)? {_KINDS}(?: (?:is|are) (?:there|available|here|in .{{1,40}})|"
    r" (?:do|can|could|may) (?:you|i|we) \w+.{0,30}| does .{1,40} (?:have|hold|contain)| exist)?",
    r"what (?:can|could|should|may) (?:i|we|you) (?:ask|do|answer|query|find out)\b.{0,40}",
    r"what do you know\b.{0,40}",
    r"what(?:'s| is) in (?:here|there|this|the data|the database|my data|it|this (?:file|table|database|data))",
)
_ABOUT_DATA = re.compile(rf"(?:please |can you |could you )?(?:{'|'.join(_ASKING_FOR)})\W*", re.IGNORECASE)
_DESCRIBE = re.compile(
    r"(?:desc|describe|explain)(?: the)?(?: table)? (?P<name>[\w ]{1,60}?)(?: table)?\W*", re.IGNORECASE
)
_ONLY_READS = "I only read your data: nothing is added, changed or deleted by asking."
# "Update" is also a thing: what follows tells. "Remove" is said of what is shown ("remove the duplicates").
_TOLD = re.compile(
    r"(?:please |can you |could you |i want (?:you )?to )*"
    r"(?P<done>delete|erase|truncate|overwrite|insert|rename|"
    r"(?:update|cancel|modify)(?= (?:all|the|every|each|my|our)\b))\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:who|what) are you\b.{0,40}|what is your name\W*", re.IGNORECASE)
_CHATTING = re.compile(
    rf"(?:(?:{'|'.join(sorted(GREETINGS))})\W+)?"
    r"(?:how (?:old |tall |smart |clever |busy )?are (?:you|things)\b.{0,20}|"
    r"how(?:'s| is) (?:it|everything|life) going|"
    r"how do you do|what(?:'s| is) up|are you (?:a |an |really |there|real|human|ok|sure|happy|alive|there)\b.{0,30}|"
    r"i (?:like|love|hate) (?:you|this|it)\b.{0,20}|do you (?:like|love|hate|want|sleep|eat|dream)\b.{0,40}|"
    r"nice to meet you)\W*",
    re.IGNORECASE,
)
# How things go, without a word of which.
_PERIOD = (
    r"(?:(?:today|so far|lately|recently|right now|now|these days|at the moment|overall|in general|"
    r"(?:this|last|in the last|in the past|over the last)(?: \w+)? (?:day|week|month|quarter|year)s?)\W*)*"
)
_GENERAL = re.compile(
    r"(?:(?:so|and|ok|okay|well|hi|hey|tell me)[\s,]+)*(?:"
    r"how(?:'s| is| are| was| were| did| do| has| have|s)? (?:(?:the|our|my|your) )?"
    r"(?:business(?:es)?|company|firm|shop|store|organi[sz]ation|team|things|everything|stuff|we|it|that)"
    r"(?: (?:been|doing|going|do|did|go|perform|performing|look|looking|run|running|faring|fare|developing|well))*"
    r"(?: (?:in|at|for|with) [\w' -]{1,40})?|"
    r"(?:are|is|were|was) (?:we|(?:the |our )?(?:business|company|everything|things|all)) (?:doing |going |running )?"
    r"(?:well|ok|okay|good|fine|all right|alright|bad|badly|great)|"
    r"(?:any|what(?:'s| is| are) the|the) (?:latest )?(?:news|updates?|insights?|surprises?|highlights?|latest)|"
    r"(?:is there |do you have |have you )?(?:any ?thing|some ?thing) (?:new|interesting|unusual|special|important|"
    r"surprising|remarkable|(?:i|we) should know)|"
    r"what(?:'s| is| has|'s been)? (?:been )?(?:new|up|going on|happening|interesting|important|changed|different)|"
    r"what (?:happened|changed)|(?:tell|show|give) me (?:something|anything)(?: interesting| new)?|"
    r"(?:give me |show me )?(?:an? |some )?(?:overview|summary|insights?|highlights?|status(?: update)?)"
    r"(?: of (?:the |our |my )?(?:business|company|data|everything))?)"
    rf"\W*{_PERIOD}",
    re.IGNORECASE,
)
_NEWS = frozenset("news update insight highlight summary status overview".split())
MAX_CHARACTERS, MAX_TOKENS = 4000, 120


def refuse_early(asked: Asked, index: Index) -> Refused | None:
    """What can be told before anything is linked."""
    text = asked.text
    contents = [token for token in asked.tokens if token.kind is not TokenKind.PUNCTUATION]
    if len(text) > MAX_CHARACTERS or len(asked.tokens) > MAX_TOKENS:
        return Refused(RefusalReason.TOO_LONG, "That is too long for one question. Please ask it in a sentence or two.")
    if not contents:
        return Refused(
            RefusalReason.EMPTY, "Please ask a question about your data.", suggestions=suggestions(index, asked.tokens)
        )
    if asks_why(text, index):
        return no_causes(suggestions(index, asked.tokens))
    return _in_another_language(asked, index) or _no_question(asked, contents, index) or _changes(asked, index)


def _changes(asked: Asked, index: Index) -> Refused | None:
    """A sentence that begins with what is to be done to the data: "delete all cancelled orders", "please update …"."""
    told = _TOLD.match(asked.text)
    if told is None:
        return None
    return Refused(RefusalReason.UNSUPPORTED, _ONLY_READS, (told["done"],), suggestions(index, asked.tokens))


def _in_another_language(asked: Asked, index: Index) -> Refused | None:
    letters = [character for character in asked.text if character.isalpha()]
    if letters and sum(character < "ɐ" for character in letters) < len(letters) / 2:
        message = "Sorry, I understand questions in English only, for now. Please ask in English."
        return Refused(RefusalReason.LANGUAGE, message, suggestions=suggestions(index, asked.tokens))
    language = language_of(asked.tokens, index.catalog)
    if language is None:
        return None
    message = f"{language.sorry} (I understand questions in English only, for now. Please ask in English.)"
    return Refused(RefusalReason.LANGUAGE, message, suggestions=suggestions(index, asked.tokens))


def _no_question(asked: Asked, contents: Sequence[Token], index: Index) -> Refused | None:
    """Greetings, thanks, SQL, and what is asked about the data as such."""
    text = asked.text.strip()
    offered = suggestions(index, asked.tokens)
    forms = {token.form for token in contents}
    if forms & THANKS and forms <= THANKS | FILLER | GREETINGS:
        message = "You're welcome. Ask me more about your data."
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=offered)
    if forms & GREETINGS and forms <= GREETINGS | FILLER:
        message = f"Hello! I answer questions about your data. {overview(index)}"
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=offered)
    if is_sql(text):
        can = "an analyst can run a SELECT as it stands" if is_query(text) else "nothing but a SELECT is ever run"
        message = f"That is SQL, and I read questions in plain words. Say what you want to know; {can}."
        return Refused(RefusalReason.UNSUPPORTED, message, suggestions=offered)
    if _CHATTING.fullmatch(text):
        message = f"I only talk about your data. {overview(index)}"
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=offered)
    if _GENERAL.fullmatch(text) and not any((noun,) in index.phrases for noun in _NEWS if noun in forms):
        message = (
            "That names nothing that I could look up: I answer questions for a number, or a list, that your data hold. "
            f"{overview(index)}"
        )
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=offered)
    if _WHO.fullmatch(text):
        message = f"I answer questions about your data, by reading them and asking your database. {overview(index)}"
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=offered)
    if _is_about_data(text, index):
        message = (
            f"{overview(index, asked.tokens)} Ask how many there are, for totals or averages, by group or over time."
        )
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, suggestions=offered)
    return None


def _is_about_data(text: str, index: Index) -> bool:
    """Not where there is a table of tables."""
    named = {("table",), ("column",), ("field",), ("data",), ("schema",), ("database",), ("source",), ("dataset",)}
    if any(phrase in index.phrases for phrase in named):
        return False
    if _ABOUT_DATA.fullmatch(text):
        return True
    described = _DESCRIBE.fullmatch(text)
    return described is not None and _names_a_table(described["name"], index)


def _names_a_table(name: str, index: Index) -> bool:
    said = name_words(name)
    return any(name_words(table_label(table.key, index)) == said for table in index.catalog.tables)


def unexplained(positions: Sequence[int], linked: bool, asked: Asked, index: Index) -> Refused:
    """The words that nothing in the catalog explains decide the reason. linked: whether it explains any others."""
    found = tuple(asked.tokens[position].text for position in positions)
    forms = {asked.tokens[position].form for position in positions}
    if forms & CHANGING:
        return Refused(RefusalReason.UNSUPPORTED, _ONLY_READS, found, suggestions(index, asked.tokens))
    if any(UNSUPPORTED.get(form) == CAUSES for form in forms):
        return no_causes(suggestions(index, asked.tokens))
    constructs = sorted({UNSUPPORTED[form] for form in forms if form in UNSUPPORTED})
    if constructs:
        message = f"I understand that you ask for {' and '.join(constructs)}, but I can't answer that yet."
        return Refused(RefusalReason.UNSUPPORTED, message, found, suggestions(index, asked.tokens))
    if not linked or forms & SMALL_TALK:
        message = "I can only answer questions about your data, and I found none of it in this one."
        return Refused(RefusalReason.NOT_A_DATA_QUESTION, message, found, suggestions(index, asked.tokens))
    quoted = ", ".join(f"“{word}”" for word in found)
    message = f"I could not find anything in your data for {quoted}."
    return Refused(RefusalReason.NO_SUCH_DATA, message, found, suggestions(index, asked.tokens))
