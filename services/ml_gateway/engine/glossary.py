"""Glossary text → a catalog with the names that it defines, for the questions that it is given along with. Pure.

Only what the catalog bears out is taken: a figure of columns that are there ("margin means total price minus total
cost"), another name for a table or a column ("clients refers to the customers table"). All other text is left alone. It
is data: it can name what the catalog has, and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.ml_gateway.engine.formulas import Formula, formula
from services.ml_gateway.engine.model import Catalog, Column, Metric, Table
from services.ml_gateway.engine.periods import MONTHS
from services.ml_gateway.engine.tokens import name_words

# As much text as people write, and as many definitions as an index takes without being slow.
_MOST_CHARACTERS, _MOST_OF_SENTENCE, _MOST_DEFINITIONS = 20_000, 1_000, 50
_MOST_NAME_WORDS = 6

_SENTENCE_END = re.compile(r"(?<=[^.])[.!?;](?=\s|$)|\n+|•")
_LEAD = (
    r"(?:(?:please\s+)?(?:note|remember|assume|keep in mind)(?:\s+that)?[,:]?\s+|(?:and|also|here|where),?\s+|[-*]\s+)*"
)
_NAME = (
    r"(?:an?\s+|the\s+)?(?:term\s+|word\s+|phrase\s+)?[\"'\u201c\u2018]?"
    r"(?P<name>[^\"'\u201c\u201d\u2018\u2019=:,]{1,80}?)[\"'\u201d\u2019]?"
)
_SHORT = r"(?:\s*\((?P<short>[\w ]{1,40})\))?"
_MEANS = (
    r"(?:refers?\s+to|means?|stands?\s+for|denotes?|equals?|is\s+short\s+for"
    r"|(?:is|are)\s+(?:defined|calculated|computed|measured|given|obtained)\s+(?:as|by)|(?:is|are)\s+equal\s+to|:?=)"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_LEAD}when\s+(?:asked|asking|I\s+ask|someone\s+asks|we\s+talk)\s+(?:about|for)\s+{_NAME}{_SHORT},?\s+"
        r"(?:please\s+)?(?:use|take|return|give|compute|calculate|show)\s+(?P<body>.+)",
        rf"{_LEAD}to\s+(?:compute|calculate|get|find|determine)\s+{_NAME}{_SHORT},\s*(?:please\s+)?"
        r"(?:use|take|compute|calculate)?\s*(?P<body>.+)",
        rf"{_LEAD}by\s+{_NAME}{_SHORT},?\s+(?:we|I)\s+mean\s+(?P<body>.+)",
        rf"{_LEAD}{_NAME}{_SHORT}\s*{_MEANS}\s+(?P<body>.+)",
    )
)
_WORDS = re.compile(r"[\w\s'-]+")
_NAMED_TABLE = re.compile(r"(?:the\s+)?(?:table\s+(?P<after>.+)|(?P<before>.+?)\s+table)", re.IGNORECASE)
_NAMED_COLUMN = re.compile(
    r"(?:the\s+)?(?:(?:column|field)\s+(?P<after>.+)|(?P<before>.+?)\s+(?:column|field))", re.IGNORECASE
)

_FISCAL = re.compile(
    r"(?:fiscal|financial)\s+years?\s+(?:always\s+)?(?:starts?|begins?|runs?)\s+(?:on|in|from|at)?\s*(?:the\s+)?"
    r"(?:beginning\s+of\s+|start\s+of\s+)?(?:(?:1|1st|first)\s+(?:day\s+)?(?:of\s+)?)?(?P<month>[A-Za-z]+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Definition:
    """That these names mean what the text says."""

    names: tuple[str, ...]
    text: str


def definitions(text: str) -> Iterator[Definition]:
    """What the text defines, sentence by sentence, whether or not it can be used."""
    for sentence in _SENTENCE_END.split(text[:_MOST_CHARACTERS]):
        stripped = " ".join(sentence.split())[:_MOST_OF_SENTENCE]
        for form in _FORMS:
            found = form.fullmatch(stripped)
            if found and len(name_words(found["name"])) in range(1, _MOST_NAME_WORDS + 1):
                names = (found["name"].strip(), *((found["short"].strip(),) if found["short"] else ()))
                yield Definition(names, found["body"].strip())
                break


def with_definitions(catalog: Catalog, text: str) -> Catalog:
    """The catalog with the figures and other names that the text defines, and the beginning of the fiscal year that it
    tells; the same catalog where it defines none."""
    if (found := _FISCAL.search(text[:_MOST_CHARACTERS])) and (month := MONTHS.get(found["month"].lower())):
        catalog = replace(catalog, fiscal_year_starts_in=month)
    for number, definition in enumerate(definitions(text)):
        if number == _MOST_DEFINITIONS:
            break
        meant = formula(catalog, definition.text)
        if meant:
            catalog = _with_metric(catalog, definition, meant)
        else:
            named = _with_synonym(catalog, definition)
            catalog = named if named is not catalog else _with_words(catalog, definition)
    return catalog


def _with_metric(catalog: Catalog, definition: Definition, meant: Formula) -> Catalog:
    """The text's own meaning of a name goes before one that the catalog has."""
    called = {name_words(name) for name in definition.names}
    others = tuple(
        metric
        for metric in catalog.metrics
        if called.isdisjoint(name_words(name) for name in (metric.name, metric.label, *metric.synonyms))
    )
    name, *more = definition.names
    metric = Metric(
        name="_".join(name_words(name)),
        table=meant.table,
        expression=meant.expression,
        label=name,
        synonyms=tuple(more),
    )
    needed = {part for other in others for part in (other.numerator, other.denominator) if part}
    kept = others if needed <= {other.name for other in others} else catalog.metrics
    return replace(catalog, metrics=(*(one for one in kept if one.name != metric.name), metric))


def _with_words(catalog: Catalog, definition: Definition) -> Catalog:
    """Other words for the same, where they are few: "GMV means gross revenue"."""
    if len(name_words(definition.text)) > _MOST_NAME_WORDS or not _WORDS.fullmatch(definition.text):
        return catalog
    pairs = tuple((name, definition.text) for name in definition.names)
    return replace(catalog, glossary=(*catalog.glossary, *pairs))


def _with_synonym(catalog: Catalog, definition: Definition) -> Catalog:
    """The names for the one table or column that the text names; nothing changes where it names none, or several."""
    table, column = _NAMED_TABLE.fullmatch(definition.text), _NAMED_COLUMN.fullmatch(definition.text)
    if table:
        words = name_words(table["after"] or table["before"])
    elif column:
        words = name_words(column["after"] or column["before"])
    else:
        words = name_words(re.sub(r"^(the|an?)\s+", "", definition.text, flags=re.IGNORECASE))
    tables = () if column else tuple(one for one in catalog.tables if words == name_words(one.name))
    if len(tables) == 1:
        named = replace(tables[0], synonyms=(*tables[0].synonyms, *definition.names))
        return _replaced(catalog, tables[0], named)
    pairs = () if table else tuple(
        (owner, one) for owner in catalog.tables for one in owner.columns if words == name_words(one.name)
    )  # fmt: skip
    if len(pairs) != 1:
        return catalog
    owner, found = pairs[0]
    return _replaced(catalog, owner, _with_column(owner, found, definition.names))


def _with_column(table: Table, column: Column, names: tuple[str, ...]) -> Table:
    named = replace(column, synonyms=(*column.synonyms, *names))
    return replace(table, columns=tuple(named if one is column else one for one in table.columns))


def _replaced(catalog: Catalog, old: Table, new: Table) -> Catalog:
    return replace(catalog, tables=tuple(new if one is old else one for one in catalog.tables))
