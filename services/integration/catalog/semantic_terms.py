"""What a semantic model is made of, once it is read. docs/semantic-model.md describes each part."""

from dataclasses import dataclass, field

ROLES = ("ceo", "director", "manager", "analyst", "viewer")
FORMATS = ("number", "integer", "currency", "percent")
BETTER = ("higher", "lower", "neither")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """How a number is written. `kind` is one of `FORMATS`; a percent is stored as a share (0.25 is 25 %);
    `currency` is an ISO 4217 code, "" unless `kind` is "currency"; `unit` is what is counted, "" for none and for
    currencies and percents."""

    kind: str = "number"
    currency: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ColumnMeaning:
    """`values` maps what is stored to what people say: `(("DE", ("Germany",)),)`. A hidden column is left out
    of what is shown unasked; that is about clarity, not about rights."""

    name: str
    label: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    hidden: bool = False
    format: Format | None = None
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class TableMeaning:
    """`name` is `table` or `schema.table`. `date` is the column that "last month" means for its rows, `display` the
    column that names a row to a person; "" where the file doesn't say."""

    name: str
    label: str = ""
    description: str = ""
    synonyms: tuple[str, ...] = ()
    hidden: bool = False
    date: str = ""
    display: str = ""
    columns: tuple[ColumnMeaning, ...] = ()


@dataclass(frozen=True, slots=True)
class Relationship:
    """Many rows of `from_table` point to one of `to_table`, as a foreign key would. `name` is the part the other table
    plays, such as "billing address"; "" when there is only one. `off`: the key is there, but is not joined over."""

    from_table: str
    from_column: str
    to_table: str
    to_column: str
    name: str = ""
    off: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A number with a name. Either an aggregate `expression` over the columns of `table`, kept to the rows where
    `filter` holds, or the ratio of two other metrics (`numerator`, `denominator`: names; `table` is then "").

    `filter` and `time` may name a column of another table as `table.column` when each row of `table` points to at
    most one row there. `time` "" means the table's `date`."""

    name: str
    label: str
    description: str = ""
    synonyms: tuple[str, ...] = ()
    table: str = ""
    expression: str = ""
    filter: str = ""
    time: str = ""
    numerator: str = ""
    denominator: str = ""
    format: Format = field(default_factory=Format)
    better: str = "neither"

    @property
    def is_ratio(self) -> bool:
        return bool(self.numerator)


@dataclass(frozen=True, slots=True)
class GlossaryWord:
    """A word of the organization's own, and the same in words of the data."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SuggestedQuestion:
    """A question offered to start with; `role` "" means everyone."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class SemanticModel:
    """`currency` is that of amounts that name no other, "" if there is none. `week_starts_on` is one of `DAYS`,
    `fiscal_year_starts_in` one of `MONTHS`; "" where the file doesn't say: weeks begin on Monday, years in January."""

    name: str = ""
    description: str = ""
    currency: str = ""
    week_starts_on: str = ""
    fiscal_year_starts_in: str = ""
    tables: tuple[TableMeaning, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    metrics: tuple[Metric, ...] = ()
    glossary: tuple[GlossaryWord, ...] = ()
    questions: tuple[SuggestedQuestion, ...] = ()
